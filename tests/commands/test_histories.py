"""A record's history turn by turn: newest first, private words told as changed only, and what may go back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from nhsdesk.commands import entries, histories
from nhsdesk.commands.histories import Turn
from nhsdesk.domain.arrs import Assignment, Holder, Post, Role
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.money import Hours
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.records import RECORDS
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.factories import HOSTILE, added

MARKER = "Zyxwvut"


@pytest.fixture
def held(database: Database) -> Commitment:
    with database.change("Add commitment") as change:
        return change.add(Commitment(title="Share the rota"))


def words(turns: tuple[Turn, ...]) -> list[str]:
    return [turn.words for turn in turns]


def put(database: Database, record: Record, label: str = "Change", **instead: Any) -> Any:
    with database.read() as reader:
        record = reader.get(type(record), record.id)
    with database.change(label) as change:
        return change.put(replace(record, **instead))


def test_turns_are_told_newest_first_with_when_who_and_under_which_step(
    database: Database, clock: Clock, held: Commitment
) -> None:
    clock.moment = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)
    put(database, held, "Change By when of C-001", due=date(2027, 1, 30))
    put(database, held, "Change By when of C-001", due=None)
    newest, before, *first = histories.turns(database, held.id)
    assert newest == Turn(
        "2 July 2027, 00:30",
        "Ann Archer",
        "A",
        "Change By when of C-001",
        "due",
        "By when: 30 January 2027 → nothing",
        "2027-01-30",
        may_go_back=True,
    )
    assert before.words == "By when: nothing → 30 January 2027"
    assert [turn.step for turn in first] == ["Add commitment"] * len(first)
    assert first[0] == Turn(first[0].when, "Ann Archer", "A", "Add commitment", "", "Added as C-001")


def test_every_turn_that_may_go_back_can_be_put_back(database: Database, held: Commitment) -> None:
    put(database, held, due=date(2027, 1, 30), owed_to="The board")
    put(database, held, due=date(2027, 2, 28), title="Share it")
    now = put(database, held, due=None, owed_to=None)
    for turn in histories.turns(database, held.id):
        if turn.may_go_back:
            entries.put_back(database, Commitment.KIND, held.id, turn.field, turn.before)
            with database.read() as reader:
                now = reader.get(Commitment, held.id)
            assert Commitment.KIND.field(turn.field).kind.store(getattr(now, turn.field)) == turn.before
    assert (now.due, now.owed_to, now.title) == (None, None, "Share the rota")


def test_nothing_of_its_adding_or_removing_may_go_back(database: Database, held: Commitment) -> None:
    assert entries.remove(database, held) == ()
    turns = histories.turns(database, held.id)
    assert "Removed (C-001)" in words(turns)
    assert words(turns).index("Removed (C-001)") < words(turns).index("Added as C-001")
    assert not any(turn.may_go_back for turn in turns)


def test_a_field_that_must_be_given_does_not_go_back_to_nothing_nor_one_that_was_erased(
    database: Database, held: Commitment
) -> None:
    put(database, held, owed_to=MARKER, title="Another")
    put(database, held, owed_to="The board")
    with database.read() as reader:
        entries.erase(database, reader.get(Commitment, held.id), ("owed_to",), "Asked for")
    turns = histories.turns(database, held.id)
    told = {turn.words: turn.may_go_back for turn in turns}
    assert told["What: Share the rota → Another"] is True
    assert all(not back for said, back in told.items() if said.startswith("Who wants it"))
    assert MARKER not in repr(turns)
    assert f"Who wants it: {histories.ERASED}" in told


def test_private_words_are_told_as_changed_only(database: Database) -> None:
    with database.change("Add") as change:
        person = change.add(Person(role_title="Manager", name=MARKER))
    put(database, person, name=f"{MARKER} again")
    put(database, person, name=None)
    told = words(histories.turns(database, person.id))
    assert [line for line in told if line.startswith("Name")] == ["Name: changed"] * 3
    assert MARKER not in "\n".join(told)


def test_removed_and_brought_back_is_told_in_full(database: Database, held: Commitment) -> None:
    entries.remove(database, held)
    database.undo()
    steps = list(dict.fromkeys(turn.step for turn in histories.turns(database, held.id)))
    assert steps == ["Undo: Remove commitment C-001", "Remove commitment C-001", "Add commitment"]
    told = [turn.words for turn in histories.turns(database, held.id) if not turn.field]
    assert told == ["Added as C-001", "Removed (C-001)", "Added as C-001"]


def test_what_is_linked_is_told_by_reference_and_title_and_once_where_both_are_one(
    database: Database,
) -> None:
    with database.change("Add") as change:
        post = change.add(Post(role=Role.GP))
        holder = change.add(Holder(name=MARKER))
        held = change.add(Assignment(post=post.id, hours=Hours.of(30), starts=date(2026, 4, 1)))
    put(database, held, holder=holder.id)
    put(database, held, holder=None)
    entries.remove(database, holder)
    newest, before, *_ = words(histories.turns(database, held.id))
    assert (newest, before) == ("Holder: H-001 → nothing", "Holder: nothing → H-001")
    assert any(line.startswith("Post:") and "P-001 GP (ARRS)" in line for line in _)


def test_what_was_never_there_has_no_turns(database: Database) -> None:
    assert histories.turns(database, 2**63 - 1) == ()


def test_every_kind_has_turns_in_words_whatever_was_typed(database: Database) -> None:
    for place, cls in enumerate(RECORDS):
        with database.change("Add") as change:
            record = added(change, cls, HOSTILE[place % len(HOSTILE)])
        turns = histories.turns(database, record.id)
        fields = [turn.field for turn in turns if turn.field]
        assert fields == [
            field.name
            for field in cls.KIND.fields
            if field.kind.store(getattr(record, field.name)) is not None
        ]
        labels = {field.name: field.label for field in cls.KIND.fields}
        assert all(turn.words.startswith(f"{labels[turn.field]}: ") for turn in turns if turn.field)
