"""Two copies of one file: looked at before anything is written, exchanged, and what both changed chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import copies, files, histories, settling
from nhsdesk.commands.copies import Exchanged
from nhsdesk.commands.settling import Choice
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.money import Money
from nhsdesk.store.database import Database
from nhsdesk.store.record_file import Moved
from tests.conftest import Clock
from tests.store.files import assert_sound, bytes_of, names_in


class Two:
    """This copy open, the other at rest."""

    def __init__(self, mine: Database, clock: Clock) -> None:
        self.mine, self.clock = mine, clock
        with mine.change("Begin") as change:
            self.held = change.add(Commitment(title="Hub", funding=Money(50_00)))
            self.gone = change.add(Commitment(title="To go"))
        self.other = mine.path.with_name("Jo.nhsdesk")
        files.hand_out(mine, self.other)
        files.open_for_work(self.other, "Jo Bell", clock).close()

    def there(self) -> Database:
        return files.open_for_work(self.other, "Jo Bell", self.clock)

    def put(self, database: Database, **fields: Any) -> None:
        with database.change("Change the hub") as change:
            change.put(replace(change.reader.get(Commitment, self.held.id), **fields))

    def change_both(self) -> None:
        with self.there() as theirs:
            self.put(theirs, title="Their hub", funding=Money(70_00))
            with theirs.change("Tidy") as change:
                change.add(Commitment(title="Made there"))
                change.remove(self.gone)
        self.put(self.mine, title="My hub", funding=Money(60_00))

    def exchange(self, moved: Moved = Moved.NOT_SAID) -> Exchanged:
        return copies.exchange_file(self.mine, self.other, copies.look_ahead(self.mine, self.other), moved)

    def field(self, name: str) -> Any:
        with self.mine.read() as reader:
            return getattr(reader.get(Commitment, self.held.id), name)

    def choice(self, name: str) -> Choice:
        return next(one for one in settling.unsettled(self.mine) if one.field == name)


@pytest.fixture
def two(database: Database, clock: Clock) -> Two:
    return Two(database, clock)


def test_what_would_come_is_told_with_who_which_copy_and_when_and_neither_file_is_touched(two: Two) -> None:
    two.change_both()
    two.mine.rest()
    before = [bytes_of(path) for path in (two.mine.path, two.other)]
    lying = names_in(two.other.parent)
    seen = copies.look_ahead(two.mine, two.other)
    assert [bytes_of(path) for path in (two.mine.path, two.other)] == before
    assert names_in(two.other.parent) == lying
    assert (seen.mine, seen.theirs) == ("A", "B")
    here = {(one.what, one.entry): one for one in seen.coming if one.to == "A"}
    assert here["New", "C-B1 Made there"].words.startswith("What: Made there")
    (made,) = here["New", "C-B1 Made there"].by
    assert made.startswith("Jo Bell, copy B, 20 November 2026, 09:3")
    assert here["Removed", "C-002"].words.startswith("removed (C-002)")
    assert seen.counts("A")[0].startswith("Commitments: 1 new, ")
    assert any("“Funding”" in words for words in seen.conflicts)
    there = [one.by[0][:19] for one in seen.coming if one.to == "B"]
    assert set(there) <= {"Ann Archer, copy A,"}


def test_a_look_ahead_is_what_the_exchange_comes_to(two: Two) -> None:
    two.change_both()
    seen = copies.look_ahead(two.mine, two.other)
    came = two.exchange()
    assert came.here.records == sum(one.to == "A" for one in seen.coming)
    assert came.there.records == sum(one.to == "B" for one in seen.coming)
    assert files.conflict_words(two.mine, came.here.conflicts) == seen.conflicts
    again = copies.look_ahead(two.mine, two.other)
    assert (again.coming, again.conflicts) == ((), ())
    assert_sound(two.mine)


@pytest.mark.parametrize("here", [True, False])
def test_what_was_written_after_the_look_is_not_exchanged_unseen(two: Two, here: bool) -> None:
    two.change_both()
    seen = copies.look_ahead(two.mine, two.other)
    with two.there() as theirs:
        two.put(two.mine if here else theirs, owed_to="The board")
    with pytest.raises(errors.CannotExchange, match="has changed since it was looked at"):
        copies.exchange_file(two.mine, two.other, seen)
    assert settling.unsettled(two.mine) == ()


def test_a_choice_has_three_sides_and_money_waits_as_both_last_had_it(two: Two) -> None:
    two.change_both()
    two.exchange()
    money = two.choice("funding")
    assert (money.base, money.result) == ("£50.00", "£50.00")
    assert money.side(ours=True).startswith("£60.00 (Ann Archer, copy A, ")
    assert money.side(ours=False).startswith("£70.00 (Jo Bell, copy B, ")
    theirs = next(side for side in money.sides if side.words == "£70.00")
    assert settling.choose(two.mine, ((money, theirs),)) == 1
    assert two.field("funding") == Money(70_00)
    assert [one.field for one in settling.unsettled(two.mine)] == ["title"]


def test_a_choice_that_is_undone_waits_again_and_redo_settles_it(two: Two) -> None:
    two.change_both()
    two.exchange()
    before = settling.unsettled(two.mine)
    assert settling.choose(two.mine, settling.of_one_side(before, ours=True)) == 2
    assert settling.unsettled(two.mine) == ()
    two.mine.undo()
    assert two.field("funding") == Money(50_00)
    assert settling.unsettled(two.mine) == before
    two.mine.redo()
    assert settling.unsettled(two.mine) == ()
    assert two.field("title") == "My hub"
    two.mine.undo()
    two.put(two.mine, funding=Money(65_00))
    assert [one.field for one in settling.unsettled(two.mine)] == ["title"]


def test_what_one_removed_and_the_other_used_is_kept_or_removed(two: Two) -> None:
    with two.there() as theirs, theirs.change("Remove") as change:
        change.remove(two.held)
    two.put(two.mine, title="Still used")
    two.exchange()
    choice = two.choice("")
    removed = next(side for side in choice.sides if side.removes)
    settling.choose(two.mine, ((choice, removed),))
    assert settling.unsettled(two.mine) == ()
    two.mine.undo()
    assert two.field("title") == "Still used"
    assert two.choice("").sides == choice.sides


def test_the_history_of_an_entry_says_in_which_copy_each_change_was_made(two: Two) -> None:
    two.change_both()
    two.exchange()
    turns = histories.turns(two.mine, two.held.id)
    made = {(turn.who, turn.copy) for turn in turns if turn.step == "Change the hub"}
    assert made == {("Ann Archer", "A"), ("Jo Bell", "B")}


def test_the_copies_known_are_told_with_the_newest_step_of_each(two: Two) -> None:
    two.change_both()
    known = {one.letter: one for one in copies.known_copies(two.mine)}
    assert known["A"].told == "A (this one)"
    assert (known["B"].parent, known["B"].newest) == ("A", "none yet")
    two.exchange()
    (_, other) = copies.known_copies(two.mine)
    assert other.newest.startswith("“Tidy”, Jo Bell, copy B, ")


def test_a_copy_that_was_carried_here_is_looked_at_and_asked_about_before_it_is_written(two: Two) -> None:
    two.other = two.other.rename(two.other.with_name("Brought.nhsdesk"))
    before = bytes_of(two.other)
    assert copies.look_ahead(two.mine, two.other).theirs == "B"
    with pytest.raises(errors.Moved):
        two.exchange()
    assert bytes_of(two.other) == before
    assert two.exchange(Moved.MOVED).letter == "B"


def test_a_file_is_no_copy_of_itself_and_nothing_else_is_one(two: Two, tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(errors.CannotExchange, match="with itself"):
        copies.look_ahead(two.mine, two.mine.path)
    files.create(tmp_path / "Else.nhsdesk", "Westfield PCN", "Ann Archer", clock).close()
    with pytest.raises(errors.CannotExchange, match="not copies of one PCN file"):
        copies.look_ahead(two.mine, tmp_path / "Else.nhsdesk")
