"""The tab of an entry for its notes, tags and links, by keyboard."""

from __future__ import annotations

from pathlib import Path

from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Link, Note, Tag
from nhsdesk.domain.records import KINDS
from nhsdesk.store import drafts
from tests.desktop.desk_side import Person


def held(person: Person, kind: type[Record]) -> list[str]:
    with person.database.read() as reader:
        return [f"{KINDS[one.KIND.name].prefix} {one.title_words()}" for one in reader.all(kind)]


def begins(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.turns_to("Notes and links")


def test_a_note_is_added_and_one_with_a_patients_number_stays_in_its_field(person: Person) -> None:
    begins(person)
    person.writes("New note", "Ring the trust", leave=False)
    person.clicks("Add this note")
    assert "NT Ring the trust" in held(person, Note)
    assert person.reads("New note") == ""
    before = held(person, Note)
    person.writes("New note", "NHS number 450 557 7104", leave=False)
    person.clicks("Add this note")
    assert person.sees("looks like an NHS number")
    assert held(person, Note) == before
    assert person.reads("New note") == "NHS number 450 557 7104"


def test_a_tag_is_added_with_return_and_taken_out(person: Person) -> None:
    begins(person)
    before = held(person, Tag)
    person.writes("New tag", "winter", leave=False)
    person.presses("Return")
    assert held(person, Tag) == [*before, "TG winter"]
    person.turns_to("Notes and links")  # the number beside its name is another, the tab the same
    person.clicks("Take out the chosen tag")
    assert held(person, Tag) == before


def test_a_link_is_made_by_reference_and_opens_what_it_names(person: Person) -> None:
    begins(person)
    before = len(held(person, Link))
    person.writes("Linked entry", "C-004", leave=False)
    person.writes("Remark", "same meeting", leave=False)
    person.presses("Return")
    assert len(held(person, Link)) == before + 1
    person.writes("Linked entry", "C-999", leave=False)
    person.clicks("Add this link")
    assert person.sees("names no entry here")


def test_a_note_begun_is_there_again_after_another_entry_and_after_the_file_was_closed(
    person: Person, sample: Path
) -> None:
    begins(person)
    person.writes("New note", "Ring the", leave=False)
    person.leaves_entry_for("C-004")
    assert person.reads("New note") == ""
    person.leaves_entry_for("C-003")
    assert person.reads("New note") == "Ring the"
    person.writes("New note", "Ring the trust", leave=False)
    assert person.window.close_file()
    person.window.open(sample)
    person.waits()
    person.goes_to("PCN file")
    assert person.sees("A note on C-003, Evidence our view on the footprint decision")
    assert person.sees("Ring the trust")
    person.window.activateWindow()  # without a screen, closing a file takes the keys from the window
    person.waits()
    begins(person)
    assert person.reads("New note") == "Ring the trust"
    person.clicks("Add this note")
    assert "NT Ring the trust" in held(person, Note)
    assert drafts.kept(person.database) == ()


def test_a_note_that_is_emptied_leaves_no_draft(person: Person) -> None:
    begins(person)
    person.writes("New note", "Ring", leave=False)
    assert person.window.finish_all()
    assert [one.words for one in drafts.kept(person.database)] == ["Ring"]
    person.writes("New note", "", leave=False)
    assert person.window.finish_all()
    assert drafts.kept(person.database) == ()
