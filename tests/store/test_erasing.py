"""Erased words are nowhere in the file, and the chain still verifies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.domain.arrs import Holder
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.organisations import ListBase, ListSize, Person
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store import drafts, erasing, journal, queries, schema, search
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.journal import PUT, StepChange
from tests.factories import added, filled
from tests.store.telling import broken, dump, dump_at, whole_steps

MARKER = "Zyxwvutabc"


def left(database: Database, marker: str = MARKER) -> list[str]:
    """The files of the record in whose bytes a word still stands, in any letter case, or a part of it."""
    part = marker[2:8].lower()
    beside = database.path.parent.glob(f"{database.path.name}*")
    return [path.name for path in beside if part.encode() in path.read_bytes().lower()]


def kept(change: Change, content: bytes, name: str = "letter.pdf") -> KeptFile:
    return change.keep_bytes(name, content, hashlib.sha256(content).hexdigest())


def test_erased_words_are_in_no_byte_of_the_file(db: Database) -> None:
    with db.change("Add") as change:
        holder = change.add(Holder(name=f"Ann {MARKER}", payroll_ref="4711"))
    with db.change("Change") as change:
        holder = change.put(replace(holder, name=f"Anna {MARKER}", remarks="Stays"))
    drafts.keep(db, "holder", str(holder.id), "name", f"Annabel {MARKER}")
    assert search.find(db, MARKER, names_shown=True)
    db.rest()
    assert left(db) == [db.path.name]
    erasing.erase(db, holder, ["name"], "asked by the person")
    assert left(db) == []
    assert broken(db) == ()
    with db.read() as reader:
        assert reader.get(Holder, holder.id) == replace(holder, name=None, version=holder.version + 1)
    assert drafts.kept(db) == ()
    assert search.find(db, MARKER, names_shown=True) == ()
    assert search.find(db, "4711", names_shown=True)


def test_erasing_is_a_step_that_says_who_and_why_and_stops_undo(db: Database) -> None:
    with db.change("Add") as change:
        holder = change.add(Holder(name=MARKER))
    erasing.erase(db, holder, ["name"], "asked by the person")
    step = whole_steps(db)[-1]
    assert (step.who, step.kind, step.sealing) == ("Ann Archer", "erase", True)
    assert step.label == f"Erased “Name” of {holder.ref}: asked by the person"
    with pytest.raises(errors.NothingToUndo, match="Erased"):
        db.undo()


def test_history_says_that_it_was_erased_and_keeps_the_rest(db: Database) -> None:
    with db.change("Add") as change:
        holder = change.add(Holder(name=MARKER, remarks="Stays"))
    erasing.erase(db, holder, ["name"], "why")
    with db.read() as reader:
        first = queries.history(reader, holder.id)[0].change
    erased = {name: first.erased(n) for n, name in enumerate(first.fields)}
    assert erased == {"ref": False, "name": True, "remarks": False}
    assert dict(zip(first.fields, first.new, strict=True))["remarks"] == "Stays"


def test_a_field_a_record_cannot_do_without_reads_as_erased_now_and_as_it_was(db: Database) -> None:
    with db.change("Add") as change:
        promise = change.add(Commitment(title=MARKER))
    with db.change("Change") as change:
        promise = change.put(replace(promise, title=f"{MARKER} again"))
    erasing.erase(db, promise, ["title"], "why")
    for position in (1, 2, 3):
        assert dump_at(db, position)["commitment"][promise.id]["title"] == "[erased]"
    assert left(db) == []
    assert broken(db) == ()


def test_a_removed_record_can_be_erased_and_shown_as_it_was(db: Database) -> None:
    with db.change("Add") as change:
        promise = change.add(Commitment(title=MARKER, quotation=MARKER))
    with db.change("Remove") as change:
        change.remove(promise)
    erasing.erase(db, promise, ["title", "quotation"], "why")
    assert left(db) == []
    assert dump_at(db, 1)["commitment"][promise.id]["title"] == "[erased]"
    assert dump(db)["commitment"] == {}
    assert broken(db) == ()


def test_erased_twice_still_verifies(db: Database) -> None:
    with db.change("Add") as change:
        promise = change.add(Commitment(title=MARKER, quotation=MARKER))
    erasing.erase(db, promise, ["title"], "why")
    erasing.erase(db, promise, ["title", "quotation"], "again")
    assert left(db) == []
    assert broken(db) == ()


def test_words_written_under_an_older_name_of_the_field_are_erased(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager"))
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", 8)
    reworded = {8: lambda change: journal.renamed(change, "person", {"duties": "remarks"})}
    monkeypatch.setattr(journal, "OLDER_WORDS", reworded)
    with db.writing() as connection:
        connection.execute(schema.RECORD_TABLES["person"].update().values(remarks=MARKER))
        made = StepChange("person", person.id, PUT, ("duties",), (None,), (MARKER,))
        db.append_changes(connection, (made,), "change", "Change duties")
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", 9)
    erasing.erase(db, person, ["remarks"], "why")
    assert left(db) == []
    assert broken(db) == ()


def test_kept_bytes_go_with_every_earlier_file_of_the_field(db: Database) -> None:
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager"))
        first = change.add(Attachment(on=person.id, kept=kept(change, f"first {MARKER}".encode(), MARKER)))
    with db.change("Replace") as change:
        second = change.put(replace(first, kept=kept(change, f"second {MARKER}".encode())))
    erasing.erase(db, second, ["kept"], "why")
    assert left(db) == []
    with db.read() as reader:
        assert reader.get(Attachment, first.id).kept == KeptFile("[erased]", "", 0)
        assert reader.kept_bytes(first.kept.sha256) is None
        assert reader.kept_bytes(second.kept.sha256) is None
    assert broken(db) == ()


def test_bytes_that_another_record_names_stay_until_they_are_erased_there(db: Database) -> None:
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager"))
        file = kept(change, MARKER.encode())
        one, two = (change.add(Attachment(on=person.id, kept=file)) for _ in range(2))
    erasing.erase(db, one, ["kept"], "why")
    with db.read() as reader:
        assert reader.kept_bytes(file.sha256) == MARKER.encode()
    erasing.erase(db, two, ["kept"], "why")
    assert left(db) == []


def test_the_facts_kept_with_a_sent_paper_can_be_erased(db: Database) -> None:
    with db.change("Issue") as change:
        facts = kept(change, f'{{"name": "{MARKER}"}}'.encode(), "facts.json")
        paper = change.add(replace(filled(SentPaper), facts=facts))
    erasing.erase(db, paper, ["facts"], "why")
    assert left(db) == []
    assert broken(db) == ()


def test_words_erased_elsewhere_go_from_the_outturn_that_a_closed_year_keeps(db: Database) -> None:
    with db.change("Add") as change:
        manager = change.add(Person(role_title=MARKER))
        facts = kept(change, f'{{"label": "{MARKER}"}}'.encode(), "facts.json")
        change.add(replace(filled(ClosedYear), facts=facts))
    erasing.erase(db, manager, ["role_title"], "why")
    with db.read() as reader:
        assert MARKER.encode() not in (reader.kept_bytes(facts.sha256) or b"")


def test_what_no_word_can_stand_for_is_refused_before_anything_is_written(db: Database) -> None:
    with db.change("Add") as change:
        size = added(change, ListSize, base=ListBase.REGISTERED)
    before, position = dump(db), db.head.position
    with pytest.raises(ValueError, match="cannot be blank"):
        erasing.erase(db, size, ["patients"], "why")
    assert (dump(db), db.head.position) == (before, position)


@pytest.mark.parametrize("cls", RECORDS)
def test_every_word_of_every_kind_of_record_can_be_erased(db: Database, cls: type[Record]) -> None:
    with db.change("Add") as change:
        record = added(change, cls, "plain")
        words = [f.name for f in cls.KIND.fields if isinstance(getattr(record, f.name), str)]
        sealed = record.sealed() is not None
        if not sealed and words:
            marked: dict[str, Any] = dict.fromkeys(words, MARKER)
            change.put(replace(record, **marked))
    if words:
        erasing.erase(db, record, words, "why")
    assert left(db) == []
    assert broken(db) == ()


def test_erased_words_are_gone_after_closing_and_opening(
    db: Database, again: Callable[[Database], Database]
) -> None:
    with db.change("Add") as change:
        holder = change.add(Holder(name=MARKER))
    erasing.erase(db, holder, ["name"], "why")
    db = again(db)
    search.find(db, "anything", names_shown=True)
    db.rest()
    assert left(db) == []
    assert [path.name for path in Path(db.path.parent).glob("*-wal") if path.stat().st_size] == []
