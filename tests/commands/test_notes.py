"""Notes, tags and links hang on an entry of any kind and are taken out again step by step."""

from __future__ import annotations

import pytest

from nhsdesk import errors
from nhsdesk.commands import notes
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Link, LinkKind, Note
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database


@pytest.fixture
def two(database: Database) -> tuple[Record, Record]:
    with database.change("Fill") as change:
        return change.add(Commitment(title="Open late")), change.add(Practice(name="Abbey Surgery"))


def test_a_link_reads_from_both_its_ends(database: Database, two: tuple[Record, Record]) -> None:
    promise, practice = two
    made = notes.link(database, promise.id, LinkKind.BLOCKS, practice.ref, "the lease")
    assert isinstance(made, Link)
    (seen,) = notes.of_entry(database, promise.id).links
    assert (seen.says, seen.named, seen.kind) == ("Blocks", f"{practice.ref} Abbey Surgery", "practice")
    (back,) = notes.of_entry(database, practice.id).links
    assert (back.says, back.named) == ("It blocks this", "C-001 Open late")


def test_what_is_no_link_is_said_in_words(database: Database, two: tuple[Record, Record]) -> None:
    promise, practice = two
    assert isinstance(notes.link(database, promise.id, LinkKind.RELATED, " "), Problem)
    assert isinstance(notes.link(database, promise.id, LinkKind.RELATED, "C-099"), Problem)
    assert isinstance(notes.link(database, promise.id, LinkKind.RELATED, "C-001"), Problem)
    assert isinstance(notes.link(database, promise.id, LinkKind.RELATED, practice.ref), Link)
    assert isinstance(notes.link(database, promise.id, LinkKind.RELATED, practice.ref), Problem)
    assert notes.of_entry(database, promise.id).count == 1


def test_notes_stand_newest_first_and_hold_no_patients_number(
    database: Database, two: tuple[Record, Record]
) -> None:
    for words in ("First", "Second"):
        assert isinstance(notes.add_note(database, two[1].id, words), Note)
    assert [one.words for one in notes.of_entry(database, two[1].id).notes] == ["Second", "First"]
    assert isinstance(notes.add_note(database, two[1].id, " "), Problem)
    with pytest.raises(errors.PatientData):
        notes.add_note(database, two[1].id, "NHS number 450 557 7104")
    assert database.undo().label == f"Add note to {two[1].ref}"


def test_an_entry_of_any_kind_is_offered_by_its_words(database: Database, two: tuple[Record, Record]) -> None:
    assert notes.offered(database, "abbey") == (f"{two[1].ref} Abbey Surgery",)
    assert notes.offered(database, "c-001")[0] == "C-001 Open late"
    assert notes.offered(database, "") == ()
