"""Any run of changes, undone as far as undo goes, leaves every field as it was; redone, as it ended."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nhsdesk import errors
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind, Note, Tag
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone, Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from tests.examples import examples
from tests.factories import HOSTILE, filled
from tests.store.conftest import SetClock, made
from tests.store.telling import Dump, broken, dump, dump_at

Reopen = Callable[[Database], Database]

MANAGED: tuple[type[Record], ...] = (
    Person, Commitment, Action, ActionUpdate, Note, Tag, Link, Post, Rate, Claim, ClaimLine, SentPaper,
)  # fmt: skip
OPERATIONS = (
    "person", "commitment", "action", "update", "note", "tag", "link", "post", "rate", "claim", "line",
    "change", "change", "change", "point", "point", "remove", "remove", "remove", "submit", "paper", "nothing",
)  # fmt: skip

operation = st.tuples(
    st.sampled_from(OPERATIONS), st.integers(0, 40), st.sampled_from(["plain", *HOSTILE[:12]])
)


class Run:
    """Does small operations in an open change, each on the records that are there then."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self.given: list[tuple[int, str]] = []

    def pick(self, n: int, *kinds: type[Record]) -> Record | None:
        found = [record for cls in kinds for record in self.change.reader.all(cls)]
        return found[n % len(found)] if found else None

    def add(self, record: Record) -> None:
        kept = self.change.add(record)
        self.given.append((kept.id, kept.ref))

    def named(self, n: int, cls: type[Record]) -> Id | None:
        record = self.pick(n, cls)
        return None if record is None else record.id

    def do(self, what: str, n: int, words: str) -> None:
        getattr(self, what)(n, words)

    def person(self, n: int, words: str) -> None:
        self.add(Person(role_title=words, name=words))

    def commitment(self, n: int, words: str) -> None:
        self.add(Commitment(title=words, owner=self.named(n, Person), funding=Money(n)))

    def action(self, n: int, words: str) -> None:
        self.add(Action(what=words, owner=self.named(n, Person), commitment=self.named(n, Commitment)))

    def update(self, n: int, words: str) -> None:
        if owner := self.pick(n, Action):
            self.add(ActionUpdate(action=owner.id, said_on=date(2026, 11, 1), said=words))

    def note(self, n: int, words: str) -> None:
        if about := self.pick(n, *MANAGED):
            self.add(Note(on=about.id, words=words, written_by=self.named(n, Person)))

    def tag(self, n: int, words: str) -> None:
        if about := self.pick(n, *MANAGED):
            self.add(Tag(on=about.id, word=words))

    def link(self, n: int, words: str) -> None:
        source, target = self.pick(n, *MANAGED), self.pick(n * 7 + 3, *MANAGED)
        if source and target:
            self.add(Link(source=source.id, target=target.id, says=LinkKind.RELATED, remark=words))

    def post(self, n: int, words: str) -> None:
        self.add(Post(role=Role.GP, portal_label=words))

    def rate(self, n: int, words: str) -> None:
        confidence = RateConfidence.QUOTED
        self.add(
            Rate(
                role=Role.GP, zone=LondonZone.NONE, annual=Money(n), valid_from=date(2026, 4, 1), source=words,
                confidence=confidence,
            )
        )  # fmt: skip

    def claim(self, n: int, words: str) -> None:
        self.add(Claim(month=Month(2026, n % 12 + 1), supersedes=self.named(n, Claim)))

    def line(self, n: int, words: str) -> None:
        claim, post, rate = self.pick(n, Claim), self.pick(n, Post), self.pick(n, Rate)
        if claim and post and rate:
            self.add(
                ClaimLine(
                    claim=claim.id, post=post.id, rate=rate.id, cost=Money(n), maximum=Money(n),
                    pro_rata_maximum=Money(n), claimed=Money(n), working=words,
                )
            )  # fmt: skip

    def change_words(self, record: Record, words: str) -> Record:
        names = {Person: "name", Commitment: "title", Action: "what", ActionUpdate: "said", Note: "words",
                 Tag: "word", Link: "remark", Post: "portal_label", Rate: "source", ClaimLine: "working"}  # fmt: skip
        words_in: dict[str, Any] = {names[type(record)]: words}
        return replace(record, **words_in)

    def put(self, record: Record) -> None:
        kept = self.change.put(record)
        assert kept == self.change.reader.any_of(record.id), "put gives back what is in the file"

    def nothing(self, n: int, words: str) -> None:
        if record := self.pick(n, *MANAGED):
            self.change.put(record)

    def point(self, n: int, words: str) -> None:
        record = self.pick(n, Commitment, Action)
        if isinstance(record, Commitment | Action):
            self.put(replace(record, owner=self.named(n // 2, Person)))

    def remove(self, n: int, words: str) -> None:
        if record := self.pick(n, *MANAGED):
            self.change.remove(record)

    def submit(self, n: int, words: str) -> None:
        claim = self.pick(n, Claim)
        if isinstance(claim, Claim) and n % 4 == 0:
            self.put(replace(claim, state=ClaimState.SUBMITTED))

    def paper(self, n: int, words: str) -> None:
        if n % 8 == 0:
            self.add(filled(SentPaper, words))


def _change(run: Run, n: int, words: str) -> None:
    record = run.pick(n, Person, Commitment, Action, ActionUpdate, Note, Tag, Link, Post, Rate, ClaimLine)
    if record:
        run.put(run.change_words(record, words))


class AnyRun(RuleBasedStateMachine):
    """Steps of several records, undo, redo and reopening in any order, beside a plain list of what was so when."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = SetClock()
        self.db: Database = made(Path(self.folder.name) / "Any.nhsdesk", self.clock)
        self.now: Dump = dump(self.db)
        self.at: dict[int, Dump] = {0: self.now}
        self.done: list[tuple[str, Dump, Dump]] = []
        self.undone: list[tuple[str, Dump, Dump]] = []
        self.sealed_by = ""
        self.given: set[tuple[int, str]] = set()
        self.count = 0

    @initialize(ops=st.lists(operation, min_size=4, max_size=10))
    def begin(self, ops: list[tuple[str, int, str]]) -> None:
        self.step([("person", 0, "first"), ("commitment", 0, "first"), ("action", 0, "first"), *ops])

    @rule(ops=st.lists(operation, min_size=1, max_size=5))
    def step(self, ops: list[tuple[str, int, str]]) -> None:
        self.count += 1
        label, before = f"Step {self.count}", self.now
        numbering, position = self.db.head.numbering, self.db.head.position
        run = None
        try:
            with self.db.change(label) as change:
                run = Run(change)
                for what, n, words in ops:
                    if what == "change":
                        _change(run, n, words)
                    else:
                        run.do(what, n, words)
        except (errors.StillNamed, errors.Sealed) as refused:
            told = str(refused)
            assert dump(self.db) == before
            assert (self.db.head.numbering, self.db.head.position) == (numbering, position)
            assert told.endswith(".")
            return
        assert run is not None
        assert not self.given & set(run.given)
        assert len({id_ for id_, _ in run.given}) == len({ref for _, ref in run.given}) == len(run.given)
        self.given |= set(run.given)
        self.now = dump(self.db)
        assert (self.db.head.position == position + 1) == (self.now != before), (
            "a step for a change, none for none"
        )
        if self.now == before:
            return
        self.at[self.db.head.position] = self.now
        self.undone.clear()
        if change.sealing:
            self.done.clear()
            self.sealed_by = label
        else:
            self.done.append((label, before, self.now))

    @rule()
    def undo(self) -> None:
        if not self.done:
            with pytest.raises(errors.NothingToUndo, match=self.sealed_by or "nothing to undo"):
                self.db.undo()
            return
        label, before, after = self.done.pop()
        told = self.db.undo()
        assert (told.label, told.left) == (label, ())
        self.undone.append((label, before, after))
        self.arrived_at(before)

    @rule()
    def redo(self) -> None:
        if not self.undone:
            with pytest.raises(errors.NothingToUndo, match="nothing to redo"):
                self.db.redo()
            return
        label, before, after = self.undone.pop()
        told = self.db.redo()
        assert (told.label, told.left) == (label, ())
        self.done.append((label, before, after))
        self.arrived_at(after)

    def arrived_at(self, wanted: Dump) -> None:
        self.now = dump(self.db)
        assert self.now == wanted
        self.at[self.db.head.position] = self.now

    @rule()
    def reopen(self) -> None:
        path = self.db.path
        self.db.close()
        self.db = record_file.open_file(path, "Ben Baker", self.clock)
        assert dump(self.db) == self.now

    @rule(n=st.integers(0, 1_000))
    def look_back(self, n: int) -> None:
        position = sorted(self.at)[n % len(self.at)]
        assert dump_at(self.db, position) == self.at[position]

    @invariant()
    def the_offers_are_the_steps_at_hand(self) -> None:
        offers = self.db.offers()
        assert (offers.undo and offers.undo.label) == (self.done[-1][0] if self.done else None)
        assert (offers.redo and offers.redo.label) == (self.undone[-1][0] if self.undone else None)
        assert (offers.stopped_by is not None) == (not self.done and bool(self.sealed_by))

    @precondition(lambda self: self.count % 5 == 0)
    @invariant()
    def the_chain_holds(self) -> None:
        assert broken(self.db) == ()

    def teardown(self) -> None:
        try:
            ended, steps = self.now, len(self.done)
            begun = self.done[0][1] if self.done else self.now
            for _ in range(steps):
                self.undo()
            assert dump(self.db) == begun
            for _ in range(steps):
                self.redo()
            assert dump(self.db) == ended
            assert broken(self.db) == ()
            positions = sorted(self.at)
            for position in positions[:: max(1, len(positions) // 6)]:
                assert dump_at(self.db, position) == self.at[position]
            with self.db.read() as reader:
                for id_, ref in self.given:
                    assert reader.given_name(ref) is not None
                    assert reader.given_name(ref)[1] == id_  # type: ignore[index]
        finally:
            self.db.close()
            self.folder.cleanup()


TestAnyRunIsUndoneAndRedone = AnyRun.TestCase
TestAnyRunIsUndoneAndRedone.settings = settings(
    max_examples=examples(12, 60), stateful_step_count=20, deadline=None
)


# ---- one thing at a time


def test_undo_names_what_it_takes_back_and_redo_what_it_does_again(db: Database) -> None:
    with db.change("Add a commitment") as change:
        change.add(Commitment(title="Share the rota"))
    assert db.undo().label == "Add a commitment"
    assert db.redo().label == "Add a commitment"


def test_nothing_to_undo_or_redo_is_said_in_a_sentence(db: Database) -> None:
    for asked in (db.undo, db.redo):
        with pytest.raises(errors.NothingToUndo, match=r"^There is nothing to (un|re)do\.$"):
            asked()


def test_undo_stops_at_a_paper_that_was_sent_and_says_so(db: Database) -> None:
    with db.change("Add a person") as change:
        change.add(Person(role_title="PCN manager"))
    with db.change("Issue the board briefing") as change:
        change.add(filled(SentPaper))
    with pytest.raises(errors.NothingToUndo, match="Undo stops at “Issue the board briefing”"):
        db.undo()
    with db.change("Add another") as change:
        change.add(Person(role_title="Clinical director"))
    assert db.undo().label == "Add another"


def test_offers_of_undo_and_redo_are_there_after_reopening(db: Database, again: Reopen) -> None:
    for label in ("One", "Two"):
        with db.change(label) as change:
            change.add(Person(role_title=label))
    db.undo()
    offers = again(db).offers()
    assert (offers.undo and offers.undo.label, offers.redo and offers.redo.label) == ("One", "Two")


def test_redo_is_offered_only_until_something_new_is_done(db: Database) -> None:
    with db.change("One") as change:
        person = change.add(Person(role_title="One"))
    with db.change("Two") as change:
        change.put(replace(person, role_title="Two"))
    db.undo()
    with db.change("Three") as change:
        change.add(Person(role_title="Three"))
    assert db.offers().redo is None
    with pytest.raises(errors.NothingToUndo):
        db.redo()


def test_a_change_that_came_to_nothing_leaves_redo_on_offer(db: Database) -> None:
    with db.change("One") as change:
        person = change.add(Person(role_title="One"))
    with db.change("Two") as change:
        change.put(replace(person, role_title="Two"))
    db.undo()
    with db.read() as reader:
        as_it_is = reader.get(Person, person.id)
    with db.change("Nothing") as change:
        change.put(as_it_is)
    assert db.redo().label == "Two"


def test_a_record_that_comes_back_has_its_id_and_reference_and_a_version_of_its_own(db: Database) -> None:
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager"))
    with db.change("Remove") as change:
        change.remove(person)
    db.undo()
    with db.read() as reader:
        back = reader.get(Person, person.id)
    assert replace(back, version=person.version) == person
    with pytest.raises(errors.ChangedMeanwhile), db.change("Stale") as change:
        change.put(replace(person, role_title="From before"))


def test_a_reference_is_not_given_again_after_undo_and_reopening(db: Database, again: Reopen) -> None:
    with db.change("Add") as change:
        first = change.add(Commitment(title="One"))
    db.undo()
    db = again(db)
    with db.change("Add") as change:
        second = change.add(Commitment(title="Two"))
    assert (first.ref, second.ref) == ("C-001", "C-002")
    assert first.id != second.id


def test_a_reference_is_not_given_again_when_its_record_went_in_the_same_step(
    db: Database, again: Reopen
) -> None:
    with db.change("Add and remove") as change:
        gone = change.add(Commitment(title="One"))
        change.remove(gone)
    assert db.head.position == 0
    with db.change("Add") as change:
        kept = change.add(Commitment(title="Two"))
    with db.change("Remove and add") as change:
        change.remove(change.add(Commitment(title="Three")))
        change.put(replace(kept, title="Again"))
    db = again(db)
    with db.change("Add") as change:
        last = change.add(Commitment(title="Four"))
    assert [gone.ref, kept.ref, last.ref] == ["C-001", "C-002", "C-004"]
