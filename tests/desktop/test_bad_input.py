"""What goes wrong at a desk: in words, and nothing lost but the word being typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from nhsdesk.desktop.places import PLACES
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Text
from nhsdesk.store import drafts, record_file
from nhsdesk.store.database import Database
from tests import factories
from tests.conftest import Clock
from tests.desktop.desk_side import Person

LONG = "A very long title. " * 530
NOTES = "\n".join(f"Line {n} of the notes" for n in range(1, 41))
MARKUP = '<img src="/etc/passwd"><b>bold</b> & <a href="http://example.org">link</a>'
REGISTERS = tuple(cls for place in PLACES for cls in place.registers)


def held(person: Person, ref: str) -> Record:
    with person.database.read() as reader:
        found = reader.by_ref(ref)
    assert found is not None
    return found


# ---- long, empty and hostile words


def test_ten_thousand_letters_and_forty_lines_are_kept_whole(newcomer: Person) -> None:
    newcomer.goes_to("Commitments")
    newcomer.presses("Ctrl+N")
    for name, words in (("In our words", NOTES), ("What", LONG.strip())):
        control = newcomer.control(name)
        assert isinstance(control, QLineEdit | QPlainTextEdit)
        control.setFocus()
        newcomer.pastes(words)
        newcomer.presses("Tab")
    commitment = held(newcomer, "C-001")
    assert isinstance(commitment, Commitment)
    assert (commitment.title, commitment.paraphrase) == (LONG.strip(), NOTES)
    assert newcomer.reads("What") == LONG.strip()
    assert newcomer.window.width() == 1366
    newcomer.goes_to_cell("C-001", "In our words")
    newcomer.presses("F2", "Tab")
    assert held(newcomer, "C-001") == commitment


def test_words_longer_than_a_line_of_qt_are_not_cut_short_by_being_changed(newcomer: Person) -> None:
    words = "x" * 40_000
    with newcomer.database.change("From a file") as change:
        change.add(Commitment(title=words))
    newcomer.goes_to("Commitments")
    newcomer.opens_entry("C-001")
    newcomer.presses("Home")
    newcomer.types("y")
    newcomer.presses("Tab")
    commitment = held(newcomer, "C-001")
    assert isinstance(commitment, Commitment)
    assert commitment.title == "y" + words


def test_every_place_of_a_file_with_nothing_in_it_opens(newcomer: Person) -> None:
    for number, place in enumerate(PLACES):
        newcomer.presses(f"Ctrl+{number + 1}")
        for cls in place.registers:
            if len(place.tabs) > 1:
                newcomer.turns_to(cls.KIND.plural)
            newcomer.presses("Down", "Return", "Delete", "Ctrl+D", "Ctrl+;", "Ctrl+C", "Ctrl+F", "Escape")
            newcomer.writes(f"Filter {cls.KIND.nouns} by words", "x", leave=False)
            newcomer.clicks(f"Show all {cls.KIND.nouns}, without filters")
    assert newcomer.message == ""


def test_markup_is_shown_as_it_was_typed_wherever_it_stands(newcomer: Person) -> None:
    with newcomer.database.change("Fill") as change:
        added = [factories.added(change, cls, MARKUP) for cls in REGISTERS]
    for record in added:
        newcomer.window.show_record(record.KIND.name, record.id)
        newcomer.waits()
        for field in record.KIND.fields:
            if isinstance(field.kind, Text):
                assert newcomer.reads(field.label) == MARKUP
        newcomer.turns_to("History")
        assert any(MARKUP in one for one in newcomer.labels()) or not _words_of(record)
    rich = [
        one.text()
        for one in newcomer.window.findChildren(QLabel)
        if one.textFormat() is not Qt.TextFormat.PlainText and one.text() and "<" in one.text()
    ]
    assert rich == []
    guessing = [
        one.text()
        for one in newcomer.window.findChildren(QLabel)
        if one.textFormat() is not Qt.TextFormat.PlainText and one.text()
    ]
    assert guessing == []


def _words_of(record: Record) -> list[str]:
    return [one.name for one in record.KIND.fields if isinstance(one.kind, Text)]


def test_hostile_words_in_every_field_of_every_kind_are_not_changed_by_being_looked_at(
    newcomer: Person,
) -> None:
    with newcomer.database.change("Fill") as change:
        added = [factories.added(change, cls, " ".join(factories.HOSTILE)) for cls in REGISTERS]
    position = newcomer.database.head.position
    for record in added:
        newcomer.window.show_record(record.KIND.name, record.id)
        newcomer.presses("F4", "Tab", "Shift+Tab")
        assert newcomer.shown == record.ref
        assert newcomer.cell(record.ref, "Ref") == record.ref
    assert newcomer.database.head.position == position
    assert newcomer.warned == []


def test_hostile_words_are_sorted_narrowed_and_copied(newcomer: Person) -> None:
    with newcomer.database.change("Fill") as change:
        for words in factories.HOSTILE:
            change.add(Commitment(title=words, quotation=words))
    newcomer.goes_to("Commitments")
    newcomer.presses("Ctrl+A")
    rows = list(csv.reader(io.StringIO(newcomer.copies(), newline=""), dialect="excel-tab"))
    assert [row[0] for row in rows] == newcomer.listed()
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    newcomer.sorts_by("What", descending=True)
    for words in ("DROP TABLE", "%s {0}", "right to left", "<b>not"):
        newcomer.writes("Filter commitments by words", words, leave=False)
        assert len(newcomer.listed()) == 1
    assert newcomer.warned == []


def test_a_letter_added_to_long_words_leaves_the_rest_of_them_as_they_were(newcomer: Person) -> None:
    words = "two\u00a0words\r\nand a line\u2028and\ttab"
    with newcomer.database.change("From a file") as change:
        change.add(Commitment(title="One", paraphrase=words))
    newcomer.goes_to("Commitments")
    newcomer.opens_entry("C-001")
    control = newcomer.control("In our words")
    control.setFocus()
    assert isinstance(control, QPlainTextEdit)
    control.moveCursor(QTextCursor.MoveOperation.End)
    newcomer.types("!")
    newcomer.presses("Tab")
    commitment = held(newcomer, "C-001")
    assert isinstance(commitment, Commitment)
    assert commitment.paraphrase is not None
    assert commitment.paraphrase.replace("\r\n", "\n").replace("\u2028", "\n") == (
        "two\u00a0words\nand a line\nand\ttab!"
    )


# ---- the disk


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """Lets the file grow no more."""
    connections = [database._engine.connect() for _ in range(3)]  # every one there may be
    raws = [one.connection.driver_connection for one in connections]
    for raw in raws:
        assert raw is not None
        (now,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count={now}").fetchall()
    for one in connections:
        one.close()
    yield
    for raw in raws:
        assert raw is not None
        raw.execute(f"PRAGMA max_page_count={2**30}").fetchall()


def test_a_disk_that_fills_up_while_typing_is_told_and_the_words_wait_in_their_field(
    person: Person,
) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    with full_disk(person.database):
        person.control("In our words").setFocus()
        person.presses("Ctrl+A")
        person.pastes(LONG * 10)
        person.presses("Tab")
        assert "There is no room left on the disk that holds Sample.nhsdesk." in person.message
        person.presses("Tab")
        person.goes_to("Meetings")
        assert person.reads("In our words") == LONG * 10
        assert not person.window.close_file()
        assert "could not be put into the file, so the file stays open" in person.message
        assert person.reads("In our words") == LONG * 10
    person.control("In our words").setFocus()
    person.presses("Tab")
    commitment = held(person, "C-003")
    assert isinstance(commitment, Commitment)
    assert commitment.paraphrase == LONG * 10
    assert drafts.kept(person.database) == ()


def test_a_disk_that_is_full_refuses_a_cell_and_takes_it_when_there_is_room(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "Applies to")
    with full_disk(person.database):
        person.presses("F2")
        editor = person.focus
        assert isinstance(editor, QLineEdit)
        editor.setText(LONG * 10)
        person.presses("Return")
        assert "There is no room left" in person.message
    person.types_into_cell("C-003", "Applies to", "All")
    assert person.cell("C-003", "Applies to") == "All"


def test_a_file_taken_away_is_told_and_the_words_wait_in_their_field(person: Person, sample: Path) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    away = sample.with_name("Away.nhsdesk")
    sample.rename(away)
    person.writes("Who wants it", "The board")
    assert person.message.startswith(f"Sample.nhsdesk is no longer in {sample.parent}")
    assert not person.window.close_file()
    assert person.reads("Who wants it") == "The board"
    away.rename(sample)
    person.control("Who wants it").setFocus()
    person.presses("Return")
    commitment = held(person, "C-003")
    assert isinstance(commitment, Commitment)
    assert commitment.owed_to == "The board"


# ---- two windows on one file


def test_a_second_window_reads_only_says_so_and_follows_the_first(
    person: Person, newcomer: Person, sample: Path, clock: Clock
) -> None:
    second = newcomer
    second.window.take_over(record_file.open_file(sample, "Ben Boyd", clock))
    second.waits()
    assert "Ann Archer" in second.banner
    second.goes_to("Commitments")
    second.opens_entry("C-003")
    assert not second.may_type_into("What")
    assert not second.may_type_into("In our words")
    assert not second.button("New commitment").isEnabled()
    second.presses("Ctrl+N")
    second.goes_to_cell("C-003", "What")
    second.presses("F2", "Delete", "Ctrl+D")
    assert not second.window.undoing.undo.isEnabled()
    commitment = held(person, "C-003")
    assert isinstance(commitment, Commitment)
    with person.database.change("Change one and add another") as change:
        change.put(replace(commitment, title="Another title"))
        change.add(Commitment(title="One more"))
    second.window.reach.follow.timeout.emit()
    second.waits()
    assert second.cell("C-003", "What") == "Another title"
    assert second.reads("What") == "Another title"
    assert second.listed()[-1] == "C-026"
    assert second.status.startswith("26 commitments")
