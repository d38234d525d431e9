"""Copies changed apart give each other their steps, and come to the same records whatever way the steps took."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from nhsdesk import errors
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Attachment, Link, Note
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.rates import Rate
from nhsdesk.store import backups, data_sets, drafts, erasing, exchange, queries, record_file, schema
from nhsdesk.store.database import Database
from nhsdesk.store.merging import EXISTENCE
from tests.examples import examples
from tests.store import files
from tests.store.files import (
    Clock,
    as_file,
    assert_sound,
    bytes_of,
    fill,
    held,
    held_at,
    line_of,
    new_file,
    opened,
    said,
    unsettled,
    until_quiet,
    work,
)

R = TypeVar("R", bound=Record)


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file and two copies handed out of it, at rest."""
    folder = tmp_path_factory.mktemp("copies")
    clock = Clock()
    with new_file(folder, "A", clock) as a:
        fill(a)
        backups.hand_out(a, folder / "B.nhsdesk")
        backups.hand_out(a, folder / "C.nhsdesk")
    for name in "BC":
        opened(folder / f"{name}.nhsdesk", clock).close()
    return folder


class Three:
    """Three copies, open."""

    def __init__(self, source: Path, folder: Path, stack: ExitStack) -> None:
        self.clock = Clock(datetime(2026, 10, 2, 9, tzinfo=UTC))
        self.a, self.b, self.c = (
            stack.enter_context(
                opened(as_file(source / f"{name}.nhsdesk", folder / f"{name}.nhsdesk"), self.clock)
            )
            for name in "ABC"
        )

    @property
    def all(self) -> tuple[Database, Database, Database]:
        return self.a, self.b, self.c


@pytest.fixture
def three(handed_out: Path, tmp_path: Path) -> Iterator[Three]:
    with ExitStack() as stack:
        yield Three(handed_out, tmp_path, stack)


def nth(db: Database, cls: type[R], n: int = 0) -> R:
    with db.read() as reader:
        return sorted(reader.all(cls), key=lambda record: record.id)[n]


def find(db: Database, record: R) -> R | None:
    with db.read() as reader:
        return reader.find(type(record), record.id)


def put(db: Database, record: Record, **fields: Any) -> None:
    with db.change("Change") as change:
        now = change.reader.any_of(record.id)
        assert now is not None
        change.put(replace(now, **fields))


def add(db: Database, record: R) -> R:
    with db.change("Add") as change:
        return change.add(record)


def remove(db: Database, *records: Record) -> None:
    with db.change("Remove") as change:
        for record in records:
            change.remove(record)


def assert_alike(*copies: Database) -> None:
    first = held(copies[0])
    for db in copies:
        assert held(db) == first
        assert unsettled(db) == unsettled(copies[0])
        assert_sound(db)


# ---- what both come to


def test_each_copy_gets_what_the_other_did(three: Three) -> None:
    mine = add(three.a, Commitment(title="Made in A"))
    theirs = add(three.b, Commitment(title="Made in B"))
    exchange.exchange(three.a, three.b)
    assert find(three.b, mine) is not None
    assert find(three.a, theirs) is not None
    assert (mine.ref, theirs.ref) == ("C-005", "C-B1")
    assert_alike(three.a, three.b)


def test_an_exchange_in_either_order_comes_to_the_same(handed_out: Path, tmp_path: Path) -> None:
    outcomes = []
    for folder, turned in ((tmp_path / "one", False), (tmp_path / "other", True)):
        folder.mkdir()
        with ExitStack() as stack:
            three = Three(handed_out, folder, stack)
            for operation in (("title", 0, 1), ("remove", 7, 0), ("funding", 1, 4), ("note", 9, 2)):
                work(three.a, operation)
            for operation in (("title", 0, 2), ("note", 7, 1), ("funding", 1, 5), ("remove", 9, 0)):
                work(three.b, operation)
            exchange.exchange(*((three.b, three.a) if turned else (three.a, three.b)))
            assert_alike(three.a, three.b)
            conflicts = {key: (one.base, said(one.heads)) for key, one in unsettled(three.a).items()}
            outcomes.append((held(three.a), conflicts))
    assert outcomes[0] == outcomes[1]


def test_an_exchange_done_twice_is_as_once(three: Three) -> None:
    put(three.a, nth(three.a, Commitment), title="Mine")
    remove(three.b, nth(three.b, Commitment, 1))
    put(three.a, nth(three.a, Commitment, 1), title="Used")
    exchange.exchange(three.a, three.b)
    before = held(three.a), unsettled(three.a)
    exchange.exchange(three.a, three.b)
    positions = three.a.head.position, three.b.head.position
    assert exchange.exchange(three.a, three.b) == (exchange.Taken(), exchange.Taken())
    assert (three.a.head.position, three.b.head.position) == positions
    assert (held(three.a), unsettled(three.a)) == before
    assert_alike(three.a, three.b)


def test_a_field_changed_on_both_sides_is_told_with_base_mine_and_theirs(three: Three) -> None:
    one = nth(three.a, Commitment)
    put(three.a, one, title="Mine")
    put(three.b, one, title="Theirs")
    exchange.exchange(three.a, three.b)
    conflict = unsettled(three.a)[one.id, "title"]
    assert conflict.base == "Promise"
    assert {head.copy: head.value for head in conflict.heads} == {
        three.a.head.copy: "Mine",
        three.b.head.copy: "Theirs",
    }
    assert_alike(three.a, three.b)


def test_money_changed_on_both_sides_keeps_the_base_until_a_person_settles(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    put(three.a, one, funding=Money(60_00))
    put(three.b, one, funding=Money(70_00))
    exchange.exchange(three.a, three.b)
    for db in (three.a, three.b):
        assert nth(db, Commitment, 1).funding == Money(50_00)
        assert said(unsettled(db)[one.id, "funding"].heads) in ([60_00, 70_00], [70_00, 60_00])
    with three.a.change("Settle") as change:
        change.settle(Commitment.KIND, one.id, "funding", 70_00)
    assert unsettled(three.a) == {}
    exchange.exchange(three.a, three.b)
    assert nth(three.b, Commitment, 1).funding == Money(70_00)
    assert unsettled(three.b) == {}
    assert_alike(three.a, three.b)


def test_settling_on_what_stands_already_is_known_to_the_other_copy(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    put(three.a, one, funding=Money(60_00))
    put(three.b, one, funding=Money(70_00))
    exchange.exchange(three.a, three.b)
    with three.b.change("Settle") as change:
        change.settle(Commitment.KIND, one.id, "funding", 50_00)
    exchange.exchange(three.a, three.b)
    assert unsettled(three.a) == unsettled(three.b) == {}
    assert nth(three.a, Commitment, 1).funding == Money(50_00)
    exchange.exchange(three.b, three.c)
    exchange.exchange(three.a, three.c)
    assert unsettled(three.c) == {}
    assert_alike(*three.all)


def test_a_change_undone_on_one_side_leaves_the_other_side_to_hold(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    put(three.a, one, funding=Money(60_00), title="Mine")
    three.a.undo()
    put(three.b, one, funding=Money(70_00), title="Theirs")
    exchange.exchange(three.a, three.b)
    assert unsettled(three.a) == {}
    now = nth(three.a, Commitment, 1)
    assert (now.funding, now.title) == (Money(70_00), "Theirs")
    assert_alike(three.a, three.b)


# ---- removed here, used there


def test_what_was_removed_here_and_changed_there_stays_with_all_that_belongs_to_it_and_is_told(
    three: Three,
) -> None:
    one, note = nth(three.a, Commitment, 1), nth(three.a, Note, 0)
    assert note.on == one.id
    remove(three.a, one)
    put(three.b, one, title="Still in use")
    exchange.exchange(three.a, three.b)
    for db in (three.a, three.b):
        assert nth(db, Commitment, 1).title == "Still in use"
        assert find(db, note) is not None
        assert list(unsettled(db)) == [(one.id, EXISTENCE)]
        assert {h.copy: h.value for h in unsettled(db)[one.id, EXISTENCE].heads} == {
            three.a.head.copy: None,
            three.b.head.copy: one.ref,
        }
    assert_alike(three.a, three.b)


def test_what_was_removed_here_and_named_there_stays_and_is_told(three: Three) -> None:
    person = add(three.a, Person(role_title="Deputy"))
    exchange.exchange(three.a, three.b)
    remove(three.a, person)
    put(three.b, nth(three.b, Commitment), deputy=person.id)
    exchange.exchange(three.a, three.b)
    assert find(three.a, person) is not None
    assert (person.id, EXISTENCE) in unsettled(three.a)
    assert_alike(three.a, three.b)


@pytest.mark.parametrize("hangs", ["note", "link"])
def test_what_was_removed_here_and_written_about_there_stays(three: Three, hangs: str) -> None:
    one, other = nth(three.a, Commitment), nth(three.a, Action)
    remove(three.a, one)
    hung: Record = Note(on=one.id, words="Look")
    if hangs == "link":
        hung = Link(source=other.id, target=one.id, says=nth(three.b, Link).says)
    add(three.b, hung)
    exchange.exchange(three.a, three.b)
    assert find(three.a, one) is not None
    assert_alike(three.a, three.b)


def test_a_list_entry_changed_there_brings_back_its_owner_and_the_other_entries(three: Three) -> None:
    action = nth(three.a, Action)
    second = add(three.a, ActionUpdate(action=action.id, said_on=date(2026, 10, 2), said="Second"))
    exchange.exchange(three.a, three.b)
    first = nth(three.a, ActionUpdate)
    remove(three.a, action)
    put(three.b, second, said="Second, put right")
    exchange.exchange(three.a, three.b)
    for db in (three.a, three.b):
        assert find(db, action) is not None
        assert find(db, first) is not None
        assert list(unsettled(db)) == [(action.id, EXISTENCE)]
    assert_alike(three.a, three.b)


def test_an_entry_removed_by_itself_does_not_come_back_with_its_owner(three: Three) -> None:
    action, update = nth(three.a, Action), nth(three.a, ActionUpdate)
    remove(three.a, update)
    remove(three.a, action)
    put(three.b, action, what="Still to do")
    exchange.exchange(three.a, three.b)
    assert find(three.a, action) is not None
    assert find(three.a, update) is None
    assert_alike(three.a, three.b)


def test_what_stayed_because_it_was_named_stays_when_it_is_no_longer_named(three: Three) -> None:
    person = add(three.a, Person(role_title="Deputy"))
    until_quiet(*three.all)
    remove(three.a, person)
    one = nth(three.b, Commitment)
    put(three.b, one, deputy=person.id)
    exchange.exchange(three.a, three.b)
    put(three.b, one, deputy=None)
    exchange.exchange(three.a, three.b)
    assert find(three.a, person) is not None
    exchange.exchange(three.a, three.c)  # the third gets all of it at once
    assert find(three.c, person) is not None
    until_quiet(*three.all)
    assert_alike(*three.all)


def test_what_stayed_goes_for_good_when_somebody_removes_it_knowingly(three: Three) -> None:
    person = add(three.a, Person(role_title="Deputy"))
    until_quiet(*three.all)
    remove(three.a, person)
    one = nth(three.b, Commitment)
    put(three.b, one, deputy=person.id)
    exchange.exchange(three.a, three.b)
    put(three.b, one, deputy=None)
    remove(three.b, person)
    until_quiet(*three.all)
    for db in three.all:
        assert find(db, person) is None
        assert unsettled(db) == {}
    assert_alike(*three.all)


def test_a_record_that_stayed_is_settled_by_saying_that_it_stays(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    remove(three.a, one)
    put(three.b, one, title="Still in use")
    until_quiet(*three.all)
    assert all(unsettled(db) for db in three.all)
    with three.a.change("Keep it") as change:
        change.settle(Commitment.KIND, one.id, EXISTENCE, None)
    until_quiet(*three.all)
    for db in three.all:
        assert unsettled(db) == {}
        assert find(db, one) is not None


def test_a_record_that_stayed_is_settled_by_removing_it(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    remove(three.a, one)
    put(three.b, one, title="Still in use")
    put(three.a, nth(three.a, Commitment), title="Else")
    exchange.exchange(three.a, three.b)
    remove(three.b, nth(three.b, Commitment, 1))
    assert unsettled(three.b) == {}
    until_quiet(*three.all)
    assert all(unsettled(db) == {} and find(db, one) is None for db in three.all)


def test_removed_on_both_sides_is_gone_without_a_word(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    remove(three.a, one)
    remove(three.b, one)
    exchange.exchange(three.a, three.b)
    assert find(three.a, one) is None
    assert unsettled(three.a) == {}
    assert_alike(three.a, three.b)


def test_a_removal_undone_before_the_exchange_is_no_removal(three: Three) -> None:
    one = nth(three.a, Commitment, 1)
    remove(three.a, one)
    three.a.undo()
    put(three.b, one, title="Theirs")
    exchange.exchange(three.a, three.b)
    assert nth(three.a, Commitment, 1).title == "Theirs"
    assert unsettled(three.a) == {}
    assert_alike(three.a, three.b)


def test_both_removed_what_one_had_brought_into_use_again_it_stays_while_it_is_named(three: Three) -> None:
    """A points a record at a person and removes both; B changes the record, then removes the person."""
    person = add(three.a, Person(role_title="Deputy"))
    one = add(three.a, Commitment(title="Named"))
    exchange.exchange(three.a, three.b)
    put(three.a, one, deputy=person.id)
    remove(three.a, one, person)
    put(three.b, one, title="Changed")
    remove(three.b, person)
    exchange.exchange(three.a, three.b)
    now = find(three.a, one)
    assert now is not None
    assert now.deputy == person.id
    assert find(three.a, person) is not None
    assert_alike(three.a, three.b)


# ---- what was sent stays as it was sent


def submit(db: Database, claim: Claim, *also: Record) -> None:
    with db.change("Submit") as change:
        change.put(replace(claim, state=ClaimState.SUBMITTED, submitted_on=date(2026, 11, 1)))
        for record in also:
            change.put(record)


def test_a_line_changed_elsewhere_does_not_change_a_submitted_claim(three: Three) -> None:
    claim, line = nth(three.a, Claim), nth(three.a, ClaimLine)
    submit(three.a, claim)
    put(three.b, line, claimed=Money(999_00))
    exchange.exchange(three.a, three.b)
    for db in (three.a, three.b):
        assert nth(db, ClaimLine).claimed == Money(100_00)
        assert (claim.id, EXISTENCE) in unsettled(db)
    assert_alike(three.a, three.b)


def test_a_line_removed_elsewhere_stays_in_a_submitted_claim(three: Three) -> None:
    submit(three.a, nth(three.a, Claim))
    line = nth(three.b, ClaimLine)
    remove(three.b, line)
    exchange.exchange(three.a, three.b)
    assert find(three.b, line) is not None
    assert_alike(three.a, three.b)


def test_a_line_added_elsewhere_does_not_enter_a_submitted_claim_nor_what_hangs_on_it(three: Three) -> None:
    claim = nth(three.a, Claim)
    submit(three.a, claim)
    line = add(three.b, line_of(nth(three.b, Claim), nth(three.b, Post), nth(three.b, Rate)))
    note = add(three.b, Note(on=line.id, words="Added late"))
    hung = add(three.b, Link(source=note.id, target=claim.id, says=nth(three.b, Link).says))
    until_quiet(*three.all)
    for db in three.all:
        assert [find(db, one) for one in (line, note, hung)] == [None, None, None]
        assert (claim.id, EXISTENCE) in unsettled(db)
    assert_alike(*three.all)


def test_a_claim_removed_elsewhere_stays_once_submitted(three: Three) -> None:
    claim, line = nth(three.a, Claim), nth(three.a, ClaimLine)
    submit(three.a, claim)
    remove(three.b, claim)
    exchange.exchange(three.a, three.b)
    for db in (three.a, three.b):
        now = find(db, claim)
        assert now is not None
        assert now.state is ClaimState.SUBMITTED
        assert find(db, line) is not None
    assert_alike(three.a, three.b)


def test_what_was_refused_of_a_submitted_claim_is_settled_by_a_person(three: Three) -> None:
    claim = nth(three.a, Claim)
    submit(three.a, claim)
    put(three.b, nth(three.b, ClaimLine), claimed=Money(999_00))
    exchange.exchange(three.a, three.b)
    with three.b.change("Seen") as change:
        change.settle(Claim.KIND, claim.id, EXISTENCE, None)
    until_quiet(*three.all)
    assert all(unsettled(db) == {} for db in three.all)
    assert_alike(*three.all)


def test_a_draft_changed_in_the_step_that_submits_another_is_not_sealed(three: Three) -> None:
    first, second = nth(three.a, Claim), nth(three.a, Claim, 1)
    submit(three.a, first, replace(second, submitted_on=date(2026, 12, 1)))
    put(three.b, nth(three.b, ClaimLine, 1), claimed=Money(5_00))
    exchange.exchange(three.a, three.b)
    assert nth(three.a, ClaimLine, 1).claimed == Money(5_00)
    assert unsettled(three.a) == {}
    assert_alike(three.a, three.b)


def test_a_claim_submitted_on_both_sides_stays_as_one_of_them_sent_it(three: Three) -> None:
    claim = nth(three.a, Claim)
    put(three.a, nth(three.a, ClaimLine), claimed=Money(1_00))
    submit(three.a, claim)
    put(three.b, nth(three.b, ClaimLine), claimed=Money(2_00))
    submit(three.b, claim)
    until_quiet(*three.all)
    for db in three.all:
        assert nth(db, ClaimLine).claimed in (Money(1_00), Money(2_00))
        assert (claim.id, EXISTENCE) in unsettled(db)
    assert_alike(*three.all)


# ---- what travels with the steps


def test_kept_files_and_rows_of_data_sets_travel(three: Three) -> None:
    content = b"minutes of the board"
    sha = hashlib.sha256(content).hexdigest()
    with three.a.change("Keep") as change:
        kept = change.keep_bytes("minutes.pdf", content, sha)
        change.add(Attachment(on=nth(three.a, Commitment).id, kept=kept))
        data_set = DataSet(
            kind=DataSetKind.PRACTICE_MAP,
            file_name="map.csv",
            sha256="f" * 64,
            rows=2,
            read_at=datetime(2026, 10, 1, tzinfo=UTC),
        )
        data_sets.adopt(
            change, data_set, ("code", "name"), [("P1", "U1", ("P1", "Abbey")), ("P2", None, ("P2", "B"))]
        )
    exchange.exchange(three.a, three.b)
    exchange.exchange(three.b, three.c)
    for db in (three.b, three.c):
        with db.read() as reader:
            assert reader.kept_bytes(sha) == content
            assert [row["name"] for row in queries.rows_of_data_set(reader, "f" * 64)] == ["Abbey", "B"]
            assert len(queries.rows_of_data_set(reader, "f" * 64, "U1")) == 1


def test_references_and_ids_never_meet(three: Three) -> None:
    made = [add(db, Commitment(title="New")) for db in three.all for _ in range(3)]
    until_quiet(*three.all)
    assert len({one.id for one in made}) == len({one.ref for one in made}) == 9
    later = [add(db, Commitment(title="Later")) for db in three.all]
    until_quiet(*three.all)
    assert len({one.ref for one in (*made, *later)}) == 12
    assert_alike(*three.all)


def test_undo_stops_at_an_exchange(three: Three) -> None:
    put(three.a, nth(three.a, Commitment), title="Mine")
    put(three.b, nth(three.b, Commitment), clause="Theirs")
    exchange.exchange(three.a, three.b)
    for db in (three.a, three.b):
        with pytest.raises(errors.NothingToUndo, match="Exchanged"):
            db.undo()


def test_each_copy_is_as_it_was_before_and_after_an_exchange(three: Three) -> None:
    was = []
    for db, value in ((three.a, 1), (three.b, 2)):
        work(db, ("title", 1, value))
        work(db, ("remove", 8, value))
        was.append((db.head.position, held(db)))
    exchange.exchange(three.a, three.b)
    put(three.a, nth(three.a, Commitment), title="Later")
    for db, (position, before) in zip((three.a, three.b), was, strict=True):
        assert held_at(db, position) == before
        assert held_at(db, db.head.position) == held(db)


# ---- what was erased


def words_left(db: Database, word: str) -> list[str]:
    """Every table of a file that holds a word."""
    found = []
    with db.read() as reader:
        for table in schema.metadata().sorted_tables:
            if any(word in str(tuple(row)) for row in reader.connection.execute(select(table))):
                found.append(table.name)
    db.rest()
    if word.encode() in db.path.read_bytes():
        found.append("the file itself")
    return found


SECRET = "Zebedee Quux"


def test_what_was_erased_in_one_copy_is_erased_in_the_other(three: Three) -> None:
    person = add(three.a, Person(role_title="Manager", name=SECRET))
    until_quiet(*three.all)
    drafts.keep(three.b, "person", str(person.id), "name", SECRET)
    erasing.erase(three.a, person, ("name", "role_title"), "asked for")
    until_quiet(*three.all)
    for db in three.all:
        assert words_left(db, SECRET) == []
        now = find(db, person)
        assert now is not None
        assert now.name is None
    assert_alike(*three.all)


def test_what_was_erased_does_not_come_back_from_a_copy_that_did_not_know(three: Three) -> None:
    person = add(three.a, Person(role_title="Manager", name=SECRET))
    exchange.exchange(three.a, three.b)
    exchange.exchange(three.b, three.c)
    put(three.c, person, name=f"{SECRET} the elder")
    erasing.erase(three.a, person, ("name",), "asked for")
    exchange.exchange(three.a, three.c)
    exchange.exchange(three.c, three.b)
    exchange.exchange(three.a, three.b)
    until_quiet(*three.all)
    for db in three.all:
        assert words_left(db, SECRET) == []
        assert unsettled(db) == {}
    assert_alike(*three.all)


def test_what_is_written_after_an_erasure_by_somebody_who_knew_stays(three: Three) -> None:
    person = add(three.a, Person(role_title="Manager", name=SECRET))
    until_quiet(*three.all)
    erasing.erase(three.a, person, ("name",), "asked for")
    put(three.a, person, name="Somebody else")
    exchange.exchange(three.a, three.b)
    exchange.exchange(three.b, three.c)
    for db in three.all:
        assert nth(db, Person, 3).name == "Somebody else"
        assert words_left(db, SECRET) == []
        assert held_at(db, db.head.position) == held(db)


def test_erased_bytes_of_a_file_are_gone_from_both_copies(three: Three) -> None:
    content = b"a letter that names somebody"
    sha = hashlib.sha256(content).hexdigest()
    with three.a.change("Keep") as change:
        kept = change.keep_bytes("letter.pdf", content, sha)
        attached = change.add(Attachment(on=nth(three.a, Commitment).id, kept=kept))
    until_quiet(*three.all)
    put(three.b, nth(three.b, Commitment), title="Meanwhile")
    erasing.erase(three.a, attached, ("kept",), "asked for")
    until_quiet(*three.all)
    for db in three.all:
        with db.read() as reader:
            assert reader.kept_bytes(sha) is None
        assert content not in db.path.read_bytes()


def test_an_erasure_meets_a_record_removed_elsewhere(three: Three) -> None:
    person = add(three.a, Person(role_title="Manager", name=SECRET))
    until_quiet(*three.all)
    remove(three.b, person)
    erasing.erase(three.a, person, ("name", "role_title"), "asked for")
    until_quiet(*three.all)
    for db in three.all:
        assert words_left(db, SECRET) == []
    assert_alike(*three.all)


# ---- what is refused


def refused(mine: Database, theirs: Database, words: str) -> None:
    before = [(held(db), db.head.position, bytes_of(db.path)) for db in (mine, theirs)]
    with pytest.raises(errors.CannotExchange, match=words) as told:
        exchange.exchange(mine, theirs)
    assert "Nothing was exchanged." in str(told.value)
    with pytest.raises(errors.CannotExchange):
        exchange.exchange(theirs, mine)
    assert [(held(db), db.head.position, bytes_of(db.path)) for db in (mine, theirs)] == before


@pytest.mark.parametrize("changed", ["both", "one", "neither"])
def test_a_copy_made_by_the_operating_system_is_refused(tmp_path: Path, changed: str) -> None:
    new_file(tmp_path, "A").close()
    as_file(tmp_path / "A.nhsdesk", tmp_path / "Also A.nhsdesk")
    with opened(tmp_path / "A.nhsdesk") as one, opened(tmp_path / "Also A.nhsdesk") as other:
        for db in {"both": (one, other), "one": (one,), "neither": ()}[changed]:
            add(db, Commitment(title="Apart"))
        refused(one, other, "Both files are copy A")


def test_a_copy_changed_under_one_number_in_two_places_is_refused_by_a_third(
    three: Three, tmp_path: Path
) -> None:
    three.b.close()
    with (
        opened(three.b.path, three.clock) as one,
        opened(as_file(three.b.path, tmp_path / "Also B.nhsdesk"), three.clock) as other,
    ):
        add(one, Commitment(title="Here"))
        add(other, Commitment(title="There"))
        exchange.exchange(three.a, one)
        refused(three.a, other, "do not follow")


def test_an_older_file_put_in_the_place_of_a_newer_is_refused(three: Three, tmp_path: Path) -> None:
    three.b.close()
    as_file(three.b.path, tmp_path / "Old B.nhsdesk")
    with opened(three.b.path, three.clock) as b:
        add(b, Commitment(title="Since"))
        exchange.exchange(three.a, b)
    with opened(tmp_path / "Old B.nhsdesk", three.clock) as old:
        with pytest.raises(errors.CannotExchange, match="that this file lacks"):
            exchange.exchange(old, three.a)
        add(old, Commitment(title="Going on"))
        with pytest.raises(errors.CannotExchange):
            exchange.exchange(three.a, old)


def test_files_that_are_not_copies_of_one_are_refused(tmp_path: Path) -> None:
    with new_file(tmp_path, "One") as one, new_file(tmp_path, "Other") as other:
        add(other, Commitment(title="Elsewhere"))
        refused(one, other, "not copies of one")


def test_a_parcel_of_another_form_is_refused(three: Three) -> None:
    add(three.b, Commitment(title="Newer"))
    parcel = exchange.parcel_for(three.b, exchange.known(three.a))
    with pytest.raises(errors.CannotExchange, match="different forms"):
        exchange.take_in(three.a, replace(parcel, schema=parcel.schema + 1))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE changes SET new = replace(new, 'Signed', 'Forged')",
        "UPDATE changes SET new = replace(new, 'Signed', 'Forged'), salts = zeroblob(length(salts))",
        "UPDATE steps SET who = 'Somebody'",
        "UPDATE steps SET moment = '2020-01-01T00:00:00+00:00'",
        "UPDATE steps SET sealing = 1 - sealing",
        """UPDATE steps SET seen = '{"1":1}'""",
        "UPDATE changes SET kind = 'action'",
        "UPDATE changes SET id = id + 1",
        "DELETE FROM changes",
        "UPDATE steps SET number = number + 1",
        "UPDATE steps SET hash = zeroblob(32)",
    ],
)
def test_a_step_changed_outside_the_program_is_refused(three: Three, tampering: str) -> None:
    add(three.b, Commitment(title="Signed"))
    newest = three.b.head.position
    column = "step" if "changes" in tampering else "position"
    with three.b.writing() as connection:
        connection.exec_driver_sql(f"{tampering} WHERE {column} = {newest}")
    before = held(three.a), three.a.head.position
    with pytest.raises(errors.DeskError):
        exchange.exchange(three.a, three.b)
    assert (held(three.a), three.a.head.position) == before
    assert_sound(three.a)


def test_one_letter_with_two_numbers_is_refused(tmp_path: Path) -> None:
    with new_file(tmp_path, "A") as a:
        fill(a)
    as_file(a.path, tmp_path / "Second.nhsdesk")
    second = record_file.open_file(
        tmp_path / "Second.nhsdesk", "Ann", Clock(), moved=record_file.Moved.SECOND_COPY
    )
    with opened(a.path) as a, second:
        assert second.head.letter == backups.hand_out(a, tmp_path / "B.nhsdesk") == "B"
        refused(a, second, "both call themselves B")


def test_nothing_is_taken_in_when_one_of_the_two_may_only_be_read(three: Three) -> None:
    add(three.a, Commitment(title="Mine"))
    add(three.b, Commitment(title="Theirs"))
    before = held(three.a)
    with record_file.open_to_read(three.b.path, "Ben", Clock()) as reading:
        for pair in ((three.a, reading), (reading, three.a)):
            with pytest.raises(errors.Unwritable):
                exchange.exchange(*pair)
    assert held(three.a) == before


# ---- any work at all, in any order

OPERATIONS = st.tuples(
    st.sampled_from((*files.KINDS_OF_WORK, "erase")), st.integers(0, 24), st.integers(0, 24)
)
DOINGS = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(OPERATIONS, OPERATIONS, st.integers(1, 2))), max_size=14
)


def _done(three: Three, doings: list[tuple[int, Any]]) -> list[list[tuple[int, files.Dump]]]:
    """Does all of it; of each copy, its positions with all it held then."""
    was: list[list[tuple[int, files.Dump]]] = [[], [], []]
    for who, doing in doings:
        if isinstance(doing, int):
            other = (who + doing) % 3
            exchange.exchange(three.all[who], three.all[other])
            was[other].append((three.all[other].head.position, held(three.all[other])))
        else:
            work(three.all[who], doing)
        was[who].append((three.all[who].head.position, held(three.all[who])))
    return was


def _without(dump: files.Dump, erased: bool) -> files.Dump:
    """What a file held, without the fields that may have been erased since."""
    gone = ("title", "quotation") if erased else ()
    return {key: {n: v for n, v in fields.items() if n not in gone} for key, fields in dump.items()}


@settings(
    max_examples=examples(8, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(doings=DOINGS, pairs=st.permutations([(0, 1), (1, 2), (0, 2)]))
def test_three_copies_in_any_order_come_to_the_same_and_remember_what_was(
    handed_out: Path, doings: list[tuple[int, Any]], pairs: list[tuple[int, int]]
) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        three = Three(handed_out, Path(folder), stack)
        was = _done(three, doings)
        for one, other in (*pairs, *pairs):
            exchange.exchange(three.all[other], three.all[one])
        until_quiet(*three.all)
        assert_alike(*three.all)
        erased = any(doing[1][0] == "erase" for doing in doings if not isinstance(doing[1], int))
        for db, moments in zip(three.all, was, strict=True):
            for position, before in moments[-3:]:
                assert _without(held_at(db, position), erased) == _without(before, erased)


@settings(
    max_examples=examples(5, 40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mine=st.lists(OPERATIONS, max_size=7), theirs=st.lists(OPERATIONS, max_size=7))
def test_two_copies_come_to_the_same_in_either_order_and_twice_is_as_once(
    handed_out: Path, mine: list[files.Operation], theirs: list[files.Operation]
) -> None:
    outcomes = []
    for turned in (False, True):
        with TemporaryDirectory() as folder, ExitStack() as stack:
            three = Three(handed_out, Path(folder), stack)
            for operation in mine:
                work(three.a, operation)
            for operation in theirs:
                work(three.b, operation)
            pair = (three.b, three.a) if turned else (three.a, three.b)
            exchange.exchange(*pair)
            assert_alike(three.a, three.b)
            outcomes.append(held(three.a))
            exchange.exchange(*pair)
            exchange.exchange(*pair)
            assert held(three.a) == held(three.b) == outcomes[-1]
            assert exchange.exchange(*pair) == (exchange.Taken(), exchange.Taken())
    assert outcomes[0] == outcomes[1]
