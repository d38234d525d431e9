"""Every step follows from the one before; nothing in it can be altered unseen; and older words read in today's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.kinds import LARGEST
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Person
from nhsdesk.store import journal, queries, schema
from nhsdesk.store.database import Database
from nhsdesk.store.journal import ADD, DIGEST, PUT, REMOVE, SALT, Step, StepChange
from tests.factories import HALF_A_LETTER, HIGH, HOSTILE
from tests.store.telling import broken, whole_steps

stored = st.none() | st.integers(-LARGEST, LARGEST) | st.text() | st.sampled_from(HOSTILE)


def change_of(*pairs: tuple[str, Any, Any]) -> StepChange:
    names, old, new = zip(*pairs, strict=True)
    return journal.salted(StepChange("person", HIGH, PUT, names, old, new))


def chain(*changes: StepChange) -> list[Step]:
    steps: list[Step] = []
    before = b"born"
    for number, change in enumerate(changes, 1):
        step = Step(
            7, number, "2026-11-20T09:00:00.000000+00:00", "Ann", 1, "0.1", "change", f"Step {number}",
            changes=(change,), position=number, seen={3: number},
        )  # fmt: skip
        steps.append(journal.chained(step, before))
        before = steps[-1].hash
    return steps


@pytest.fixture
def worked(db: Database) -> Database:
    with db.change("Add two") as change:
        person = change.add(Person(role_title="PCN manager", name="Ann Archer"))
        promise = change.add(Commitment(title="Share the rota", funding=Money(4_400_00), owner=person.id))
    for n in range(6):
        with db.change(f"Change {n}") as change:
            promise = change.put(replace(promise, title=f"Share the rota {n}", funding=Money(n)))
    with db.change("Remove") as change:
        change.remove(promise)
    db.undo()
    db.redo()
    return db


def test_every_step_verifies(worked: Database) -> None:
    assert len(whole_steps(worked)) == 10
    assert broken(worked) == ()


@given(st.lists(st.tuples(st.text(min_size=1), stored, stored), min_size=1, max_size=6))
def test_any_values_make_a_chain_that_verifies_and_none_of_them_can_be_altered(
    pairs: list[tuple[str, Any, Any]],
) -> None:
    change = change_of(*pairs)
    steps = chain(change, change_of(("name", None, "Ann")))
    assert journal.broken_links(steps, b"born") == ()
    name, old, new = pairs[0]
    altered = replace(change, new=("altered" if new != "altered" else None, *change.new[1:]))
    assert journal.false_digests(altered) == (name,)
    swapped = replace(change, old=(new, *change.old[1:]), new=(old, *change.new[1:]))
    assert journal.false_digests(swapped) == (() if new == old else (name,))
    assert len(journal.broken_links([replace(steps[0], changes=(altered,)), steps[1]], b"born")) == 1


@pytest.mark.parametrize(
    "altered",
    [
        {"label": "Step 2!"},
        {"who": "Ben"},
        {"moment": "2026-11-20T09:00:00.000001+00:00"},
        {"number": 4},
        {"copy": 8},
        {"schema": 2},
        {"program": "0.2"},
        {"kind": "undo"},
        {"undoes": 1},
        {"sealing": True},
        {"seen": {3: 1}},
        {"hash": bytes(32)},
        {"changes": ()},
    ],
)
def test_no_part_of_a_step_can_be_altered_unseen(altered: dict[str, Any]) -> None:
    steps = chain(*(change_of(("name", n, n + 1)) for n in range(3)))
    steps[1] = replace(steps[1], **altered)
    assert steps[1] in journal.broken_links(steps, b"born")


def test_a_step_removed_added_again_or_put_elsewhere_is_found() -> None:
    steps = chain(*(change_of(("name", n, n + 1)) for n in range(4)))
    assert journal.broken_links(steps, b"born") == ()
    for without in range(3):
        assert journal.broken_links(steps[:without] + steps[without + 1 :], b"born")
    assert journal.broken_links([steps[0], *steps], b"born")
    assert journal.broken_links([steps[0], steps[2], steps[1], steps[3]], b"born")
    assert journal.broken_links(steps, b"another birth")


def test_a_change_moved_to_another_record_or_field_is_found() -> None:
    steps = chain(change_of(("name", None, "Ann")))
    change = steps[0].changes[0]
    for other in (
        replace(change, id=change.id - 1),
        replace(change, kind="holder"),
        replace(change, action=ADD),
        replace(change, fields=("remarks",)),
        replace(change, salts=bytes([change.salts[0] ^ 1]) + change.salts[1:]),
        replace(change, digests=bytes([change.digests[0] ^ 1]) + change.digests[1:]),
        replace(change, salts=bytes(SALT)),
    ):
        assert journal.broken_links([replace(steps[0], changes=(other,))], b"born") != ()


def test_the_same_value_twice_tells_nothing() -> None:
    one, two = change_of(("name", None, "Ann")), change_of(("name", None, "Ann"))
    assert (one.salts, one.digests) != (two.salts, two.digests)
    assert (len(one.salts), len(one.digests)) == (SALT, DIGEST)
    same = change_of(("name", None, "Ann"), ("remarks", None, "Ann"))
    assert same.digests[:DIGEST] != same.digests[DIGEST:]


# ---- in the file


def flipped(value: Any, place: int) -> Any:
    """A value with one bit of one byte another way round."""
    if isinstance(value, int):
        return value ^ (1 << 20)
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    raw[place % len(raw)] ^= 1
    return raw.decode("utf-8", "replace") if isinstance(value, str) else bytes(raw)


def every_cell(path: Path) -> Iterator[tuple[str, str, int, Any]]:
    covered = {
        "steps": [
            "copy",
            "number",
            "moment",
            "who",
            "schema",
            "program",
            "kind",
            "label",
            "sealing",
            "seen",
            "hash",
        ],
        "changes": ["kind", "id", "action", "fields", "old", "new", "salts", "digests"],
    }
    connection = driver.connect(str(path))
    for table, columns in covered.items():
        for column in columns:
            for rowid, value in connection.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
                if value is not None and value not in ("", b""):
                    yield table, column, rowid, value
    connection.close()


def test_a_bit_of_a_step_or_change_altered_in_the_file_is_found(worked: Database) -> None:
    worked.rest()
    connection = driver.connect(str(worked.path), isolation_level=None)
    tried = 0
    for n, (table, column, rowid, value) in enumerate(every_cell(worked.path)):
        wrong = flipped(value, n)
        connection.execute("BEGIN")
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (wrong, rowid))
        connection.execute("COMMIT")
        assert _found(worked), (table, column, value, wrong)
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))
        tried += 1
    assert tried > 150
    assert broken(worked) == ()
    connection.close()


def _found(database: Database) -> bool:
    try:
        told = broken(database)
    except errors.Damaged as error:
        return "journal" in str(error)
    with database.read() as reader:
        steps = journal.read_whole(reader.connection)
    return bool(told) or any(step.copy != database.head.copy for step in steps)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM changes WHERE step = 2", "DELETE FROM changes WHERE step = 1 AND place = 1"]
)
def test_a_change_taken_out_of_the_file_is_found(worked: Database, statement: str) -> None:
    connection = driver.connect(str(worked.path))
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert [step.number for step in broken(worked)] == [int(statement.split("step = ")[1][0])]


def test_a_step_taken_out_of_the_file_is_found(worked: Database) -> None:
    connection = driver.connect(str(worked.path))
    connection.execute("DELETE FROM steps WHERE position = 3")
    connection.execute("DELETE FROM changes WHERE step = 3")
    connection.commit()
    connection.close()
    assert [step.number for step in broken(worked)] == [4]


def test_steps_that_changed_places_in_the_file_are_found(worked: Database) -> None:
    connection = driver.connect(str(worked.path))
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(f"UPDATE steps SET position = {new} WHERE position = {old}")
        connection.execute(f"UPDATE changes SET step = {new} WHERE step = {old}")
    connection.commit()
    connection.close()
    assert broken(worked) != ()


# ---- how it is written down


@given(st.lists(stored, max_size=5))
def test_a_value_is_worded_as_json_words_it(values: list[Any]) -> None:
    assert [journal._value(value) for value in values] == [journal.compact(value) for value in values]
    assert json.loads(journal.compact(values)) == values


def test_a_value_that_json_cannot_read_back_is_told_in_a_sentence(worked: Database) -> None:
    connection = driver.connect(str(worked.path))
    connection.execute("""UPDATE changes SET new = '{"a": 1}' WHERE step = 2""")
    connection.commit()
    connection.close()
    with pytest.raises(
        errors.Damaged, match=r"^The journal cannot be read at step 2: .*Restore the newest backup\.$"
    ):
        whole_steps(worked)


def test_who_did_it_is_kept_even_with_half_a_letter_in_the_name() -> None:
    step = chain(change_of(("name", HALF_A_LETTER, None)))[0]
    assert journal.broken_links([replace(step, changes=step.changes)], b"born") == ()


# ---- older words


def older(monkeypatch: pytest.MonkeyPatch, at: int, reworded: Callable[[StepChange], StepChange]) -> None:
    """A form before today's, with its rewording to the next."""
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", at + 1)
    monkeypatch.setattr(journal, "OLDER_WORDS", {at: reworded})


def test_a_change_written_in_older_words_reads_in_todays(monkeypatch: pytest.MonkeyPatch) -> None:
    older(monkeypatch, 4, lambda change: journal.renamed(change, "person", {"title": "role_title"}))
    written = StepChange("person", HIGH, PUT, ("title", "name"), ("a", "b"), ("c", "d"))
    assert journal.in_todays_words(written, 4).fields == ("role_title", "name")
    assert journal.in_todays_words(written, 4).pairs().__next__() == ("role_title", "a", "c")
    assert journal.in_todays_words(written, 5) == written
    other = replace(written, kind="holder")
    assert journal.in_todays_words(other, 4) == other


def test_rewordings_are_taken_one_form_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", 6)
    monkeypatch.setattr(
        journal,
        "OLDER_WORDS",
        {
            3: lambda change: journal.renamed(change, "person", {"a": "b"}),
            5: lambda change: journal.renamed(change, "person", {"b": "c"}),
        },
    )
    written = StepChange("person", HIGH, REMOVE, ("a",), (1,), (None,))
    assert [journal.in_todays_words(written, n).fields for n in (3, 4, 6)] == [("c",), ("a",), ("a",)]


def test_history_undo_and_as_at_read_steps_of_an_older_form_in_todays_words(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(monkeypatch, 8, lambda change: journal.renamed(change, "person", {"duties": "remarks"}))
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager", remarks="first"))
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", 8)
    with db.writing() as connection:
        table = schema.RECORD_TABLES["person"]
        connection.execute(table.update().values(remarks="second"))
        made = StepChange("person", person.id, PUT, ("duties",), ("first",), ("second",))
        db.append_changes(connection, (made,), "change", "Change duties")
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", 9)
    with db.read() as reader:
        assert queries.history(reader, person.id)[-1].change.fields == ("remarks",)
    past = db.as_at(1)
    with past.read() as reader:
        assert reader.get(Person, person.id).remarks == "first"
    past.close()
    assert db.undo().left == ()
    with db.read() as reader:
        assert reader.get(Person, person.id).remarks == "first"
    assert broken(db) == ()
