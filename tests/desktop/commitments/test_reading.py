"""Reading a document at the window: its page, what was read in it, its line, what no longer holds, the library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nhsdesk.commands import documents
from nhsdesk.commands.documents import Answers
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.reading_page import ReadingPage
from nhsdesk.domain.commitments import Commitment, CommitmentKind, QuotationFound
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store import drafts
from tests.desktop.desk_side import Person
from tests.documents.test_text import pdf, word

PAGES = tuple(
    (f"{n}.1 Practices name lead {n} by the spring.", f"{n}.2 They may do more.") for n in range(1, 5)
)

Gives = Callable[[Path], None]


@pytest.fixture
def gives(monkeypatch: pytest.MonkeyPatch) -> Gives:
    """The file somebody picks when asked for one."""

    def next_(path: Path | None) -> None:
        monkeypatch.setattr(asking, "choose_existing", lambda *_: path)

    return next_


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "Plan_2026.pdf"
    path.write_bytes(pdf(*PAGES))
    return path


@pytest.fixture
def reader(newcomer: Person, gives: Gives, plan: Path) -> Person:
    """Somebody with a plan of four pages taken in, and the cursor in its text."""
    newcomer.goes_to("Commitments", "Read a document")
    gives(plan)
    newcomer.clicks("Take in a document…")
    return newcomer


def page(person: Person) -> ReadingPage:
    place = person.window.page
    assert place is not None
    assert isinstance(place.page, ReadingPage)
    return place.page


def beside(person: Person) -> list[tuple[str, ...]]:
    table = page(person)._beside.table
    return [table.words(row) for row in range(table.rowCount())]


def all_of(person: Person, cls: type[Commitment]) -> tuple[Commitment, ...]:
    with person.database.read() as reader:
        return reader.all(cls)


def select_all(person: Person) -> None:
    person.presses("Ctrl+A")


def test_a_new_file_says_what_belongs_here(newcomer: Person) -> None:
    newcomer.goes_to("Commitments", "Read a document")
    assert "Take one in, or choose one above." in newcomer.reads("Text of the page")
    assert not newcomer.button("Next page").isEnabled()
    assert not newcomer.button("New commitment from these words").isEnabled()


def test_a_document_taken_in_is_read_at_once_page_by_page(reader: Person) -> None:
    assert "D-001 Plan 2026" in reader.reads("Document to read")
    assert "Practices name lead 1" in reader.reads("Text of the page")
    assert reader.sees("of 4 pages")
    assert reader.sees("PCNs are not named")
    reader.clicks("Next page")
    assert "lead 2" in reader.reads("Text of the page")
    reader.writes("Page", "4", leave=False)
    reader.presses("Return")
    assert "lead 4" in reader.reads("Text of the page")
    assert not reader.button("Next page").isEnabled()
    reader.presses("PgUp")
    assert "lead 3" in reader.reads("Text of the page")
    assert not reader.may_type_into("Text of the page")


def test_words_are_found_on_whatever_page_they_stand(reader: Person) -> None:
    reader.writes("Find in this document", "name  LEAD 3", leave=False)
    reader.presses("Return")
    assert reader.reads("Page") == "3"
    reader.clicks("New commitment from these words")
    assert reader.sees("“name lead 3”")
    reader.clicks("Do not add it")
    reader.writes("Find in this document", "nobody", leave=False)
    reader.clicks("Find next")
    assert reader.sees("Those words are not in this document.")


def test_selected_words_become_a_commitment_with_page_and_quotation(reader: Person) -> None:
    reader.presses("PgDown", "Ctrl+Home", "Ctrl+Shift+Right", "Shift+End", "Return")
    assert reader.sees("Where it is written: D-001 Plan 2026, p2")
    assert reader.focus is reader.control("What")
    reader.types("Name a lead")
    reader.presses("Tab")
    reader.types("Place board")
    reader.presses("Return")
    (made,) = all_of(reader, Commitment)
    assert (made.title, made.owed_to, made.locator) == ("Name a lead", "Place board", "p2")
    assert made.quotation == "2.1 Practices name lead 2 by the spring."
    assert made.quotation_found is QuotationFound.THERE
    assert reader.focus is reader.control("Text of the page")
    assert beside(reader) == [
        ("p2", "C-001 Name a lead", "Not yet known whether this binds", "On its page, 20 November 2026")
    ]
    assert reader.undoes == "Undo: Add commitment from D-001"


def test_half_a_word_is_made_whole(reader: Person) -> None:
    text = page(reader).page.text
    cursor = text.textCursor()
    begins = text.toPlainText().index("ractices")
    cursor.setPosition(begins)
    cursor.setPosition(begins + len("ractices na"), cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    reader.presses("Return")
    assert reader.sees("“Practices name”")


def test_nothing_selected_is_told_and_a_wrong_day_keeps_what_was_typed(reader: Person) -> None:
    reader.presses("Return")
    assert reader.sees("Select the words on the page first")
    select_all(reader)
    reader.presses("Return")
    reader.types("Name a lead")
    reader.writes("By when", "soonish", leave=False)
    reader.presses("Return")
    assert all_of(reader, Commitment) == ()
    assert reader.reads("What") == "Name a lead"
    assert reader.focus is reader.control("By when")
    reader.writes("By when", "30/1", leave=False)
    reader.presses("Return")
    assert all_of(reader, Commitment)[0].due == date(2027, 1, 30)


def test_a_word_file_is_cited_by_paragraph(newcomer: Person, gives: Gives, tmp_path: Path) -> None:
    path = tmp_path / "Letter.docx"
    path.write_bytes(word("Dear all", "3.2 Practices name a lead.", "Yours"))
    newcomer.goes_to("Commitments", "Read a document")
    gives(path)
    newcomer.clicks("Take in a document…")
    assert newcomer.sees("of 1 part")
    newcomer.writes("Find in this document", "name a lead", leave=False)
    newcomer.presses("Return")
    newcomer.clicks("New commitment from these words")
    assert newcomer.sees("D-001 Letter, paragraph 3.2")


def test_a_program_named_as_a_plan_is_refused_and_nothing_is_kept(
    newcomer: Person, gives: Gives, tmp_path: Path
) -> None:
    path = tmp_path / "Plan.pdf"
    path.write_bytes(b"MZ\x90\x00\x03\x00" + bytes(500))
    newcomer.goes_to("Commitments", "Read a document")
    gives(path)
    newcomer.clicks("Take in a document…")
    assert newcomer.sees("Plan.pdf was not read: it is a program under another name.")
    with newcomer.database.read() as reader:
        assert reader.count(SourceDocument) == 0


def test_words_that_moved_are_told_and_their_page_is_taken(reader: Person) -> None:
    with reader.database.read() as held:
        (document,) = held.all(SourceDocument)
    for where, words in (("p1", "name lead 3"), ("p2", "name lead 2"), ("p3", "must pay")):
        documents.capture(reader.database, document, Answers(f"From {where}"), where, words)
    reader.waits()
    page(reader).look()
    reader.clicks("Look for the words again")
    assert reader.sees("Of 3 quotations: C-001 on another page (now p3); C-003 not in the file.")
    assert [row[3].split(",")[0] for row in beside(reader)] == [
        "On another page (p3)",
        "On its page",
        "Not in the file",
    ]
    reader.clicks("Take the page they are on")
    assert {one.ref: one.locator for one in all_of(reader, Commitment)}["C-001"] == "p3"
    table = page(reader)._beside.table
    table.setFocus()
    table.go_to(table.key(1))
    reader.presses("Return")
    selected = page(reader).page.selection
    assert selected is not None
    assert selected.words == table.words(1)[1].replace("C-001 From p1", "name lead 3")


def test_a_document_of_the_library_is_given_its_file(newcomer: Person, gives: Gives, plan: Path) -> None:
    newcomer.goes_to("Commitments", "Read a document")
    newcomer.turns_to("Library")
    table = page(newcomer)._library.table
    table.setFocus()
    table.go_to("letter-to-gpc")
    newcomer.presses("Space")
    newcomer.clicks("Take over 2 chosen lines")
    assert newcomer.told == "1 document and 1 commitment were taken over. Undo takes them out again."
    assert newcomer.undoes == "Undo: Take over from the library"
    newcomer.presses("Space")  # what is here already is not chosen again
    assert not newcomer.button("Take over chosen lines").isEnabled()
    newcomer.writes("Document to read", "D-001")
    newcomer.turns_to("Read")
    assert "has no file here yet" in newcomer.reads("Text of the page")
    gives(plan)
    newcomer.clicks("Take in the file of D-001")
    assert "lead 1" in newcomer.reads("Text of the page")
    newcomer.clicks("Look for the words again")
    assert newcomer.sees("Of 1 quotation: C-001 not in the file.")


def test_the_line_is_shown_and_joined_and_a_ring_is_refused(reader: Person) -> None:
    with reader.database.change("Add") as change:
        older = change.add(SourceDocument(title="Plan 2025", status=DocumentStatus.PUBLISHED))
        line = change.add(Commitment(title="Name a lead", document=older.id, kind=CommitmentKind.ASK))
    reader.waits()
    page(reader).look()
    reader.turns_to("Where it comes from")
    reader.writes("Supersedes", "D-002")
    reader.clicks("Say what it supersedes")
    assert reader.told == "D-001 supersedes D-002."
    page(reader).look()
    table = page(reader)._line.table
    assert [table.words(row)[1].strip() for row in range(2)] == [
        "D-002 Plan 2025",
        "D-001 Plan 2026 (this one)",
    ]
    assert table.words(0)[4] == "Replaced by D-001"
    reader.writes("Comes from", "D-001")
    reader.clicks("Say where it comes from")
    assert reader.warned[-1].startswith("D-001 cannot come from itself.")
    reader.turns_to("Superseded")
    assert page(reader).tabs.tabText(2) == "Superseded 1"
    resting = page(reader)._superseded.resting
    assert resting.words(0)[0] == f"{line.ref} Name a lead"
    assert resting.words(0)[3] == "D-001 Plan 2026"


def test_assurances_are_read_again_beside_what_was_published_since(newcomer: Person) -> None:
    with newcomer.database.change("Add") as change:
        older = change.add(SourceDocument(title="Paper", body="ICB", dated=date(2024, 9, 1)))
        change.add(SourceDocument(title="Plan", body="ICB", dated=date(2026, 3, 1)))
        change.add(
            Commitment(title="No change to GP budgets", document=older.id, kind=CommitmentKind.ASSURANCE)
        )
    newcomer.goes_to("Commitments", "Read a document")
    newcomer.turns_to("Superseded")
    again = page(newcomer)._superseded.again
    assert again.words(0) == ("D-001 Paper", "C-001 No change to GP budgets", "D-002 Plan, 1 March 2026")
    newcomer.clicks("I have read them again")
    assert newcomer.sees("No publisher of an assurance to us has published anything since.")


def test_a_file_that_may_only_be_read_is_read(reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(reader.database), "read_only_because", "Somebody else has it open.")
    page(reader).look()
    assert not reader.button("Take in a document…").isEnabled()
    select_all(reader)
    reader.presses("Return")
    assert not page(reader).answers.isVisible()
    QApplication.processEvents()


def test_answers_half_given_wait_in_the_register_and_go_when_given_up(reader: Person) -> None:
    select_all(reader)
    reader.presses("Return")
    reader.types("Name a le")
    assert page(reader).finish_typing()
    held = {draft.field: draft.words for draft in drafts.kept(reader.database)}
    assert (held["title"], held["locator"], held["document"]) == ("Name a le", "p1", "D-001 Plan 2026")
    reader.clicks("Do not add it")
    assert drafts.kept(reader.database) == ()
    reader.presses("Ctrl+A", "Return")
    reader.types("Name a lead")
    assert page(reader).finish_typing()
    reader.presses("Return")
    assert drafts.kept(reader.database) == ()
    assert len(all_of(reader, Commitment)) == 1


def test_the_form_of_a_document_says_why_it_cannot_supersede_itself(reader: Person) -> None:
    reader.goes_to("Commitments", "Source documents")
    ref = reader.listed()[0]
    reader.opens_entry(ref)
    reader.writes("Supersedes", ref)
    assert "of this source document cannot name itself. Choose another." in reader.beside("Supersedes")
    reader.control("Supersedes").setFocus()
    reader.presses("Escape")
    assert reader.beside("Supersedes") == ""
