"""Every open page shows what was changed, whoever changed it, and nobody's words are written over unasked."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nhsdesk.commands import files
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.organisations import Practice
from nhsdesk.store import drafts, exchange
from tests.conftest import Clock
from tests.desktop.desk_side import Person

BOARD = "Wexmere Together Partnership Board"


def held(person: Person, ref: str = "C-003") -> Commitment:
    with person.database.read() as reader:
        found = reader.by_ref(ref)
    assert isinstance(found, Commitment)
    return found


def elsewhere(person: Person, **fields: Any) -> None:
    """What an import, or somebody on another page, does to C-003."""
    with person.database.change("Elsewhere") as change:
        change.put(replace(held(person), **fields))
    person.waits()


def opened(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")


# ---- brought up to date


def test_cell_form_head_and_what_names_it_show_a_change_made_elsewhere(person: Person) -> None:
    person.goes_to("Meetings")
    person.opens_entry("A-003")
    ref = person.reads("Commitment").split()[0]
    opened(person)
    elsewhere(person, title="Another title", due=date(2027, 1, 30))
    assert person.cell("C-003", "What") == "Another title"
    assert person.reads("What") == "Another title"
    assert person.reads("By when") == "30 January 2027"
    assert person.labels().count("Another title") == 1  # the head of the form
    with person.database.change("Elsewhere") as change:
        change.put(replace(held(person, ref), title="What the action names"))
    person.goes_to("Meetings")
    assert person.reads("Commitment") == f"{ref} What the action names"
    assert person.cell("A-003", "Commitment") == "What the action names"


def test_two_pages_on_one_entry_show_each_others_words(person: Person) -> None:
    person.goes_to("Meetings")
    person.opens_entry("A-003")
    person.clicks("Open what “Commitment” names")
    ref = person.shown
    person.goes_to("Commitments")
    person.opens_entry(ref)
    person.writes("In words, and why", "Met in October")
    person.goes_to("Meetings")
    assert person.shown == ref
    assert person.reads("In words, and why") == "Met in October"
    person.writes("In words, and why", "Met in November")
    person.goes_to("Commitments")
    assert person.reads("In words, and why") == "Met in November"
    person.presses("Ctrl+Z")
    assert person.reads("In words, and why") == "Met in October"
    assert person.cell(ref, "In words, and why") == "Met in October"


# ---- never written over unasked


def test_a_field_being_typed_into_is_left_alone_and_says_what_the_file_holds(person: Person) -> None:
    opened(person)
    person.writes("Who wants it", "The board", leave=False)
    elsewhere(person, owed_to="The council", applies_to="All")
    assert person.reads("Who wants it") == "The board"
    assert person.reads("Applies to") == "All"
    assert "This was changed to “The council” while you were typing." in person.beside("Who wants it")
    person.presses("Escape")
    assert person.reads("Who wants it") == "The council"
    assert person.beside("Who wants it") == ""
    assert held(person).owed_to == "The council"


def test_leaving_the_field_does_not_write_over_what_came_meanwhile_and_enter_does(person: Person) -> None:
    opened(person)
    person.writes("Who wants it", "The board", leave=False)
    elsewhere(person, owed_to="The council")
    for _ in range(3):
        person.presses("Tab", "Shift+Tab")
    assert held(person).owed_to == "The council"
    assert person.reads("Who wants it") == "The board"
    person.control("Who wants it").setFocus()
    person.presses("Return")
    assert held(person).owed_to == "The board"
    assert person.beside("Who wants it") == ""


def test_words_overtaken_and_left_for_another_entry_are_kept_beside_what_the_file_holds(
    person: Person,
) -> None:
    opened(person)
    person.writes("Who wants it", "The board", leave=False)
    elsewhere(person, owed_to="The council")
    person.leaves_entry_for("C-004")
    assert held(person).owed_to == "The council"
    person.leaves_entry_for("C-003")
    assert person.reads("Who wants it") == "The board"
    assert "Press Enter in the field to take it in." in person.beside("Who wants it")
    person.control("Who wants it").setFocus()
    person.presses("Escape")
    assert person.reads("Who wants it") == "The council"
    assert drafts.kept(person.database) == ()


def test_undo_while_a_field_is_typed_into_takes_the_words_in_first(person: Person) -> None:
    opened(person)
    person.writes("Page or paragraph", "p1")
    person.writes("Who wants it", "The board", leave=False)
    person.window.undoing.undo.trigger()
    person.waits()
    assert person.told == "Undone: Change Who wants it of C-003."
    assert held(person).owed_to == BOARD
    assert person.reads("Who wants it") == BOARD


def test_an_entry_removed_underneath_is_shown_no_more_and_comes_back_with_undo(person: Person) -> None:
    opened(person)
    with person.database.change("Elsewhere") as change:
        one = change.add(Commitment(title="Short-lived"))
    person.waits()
    person.leaves_entry_for(one.ref)
    with person.database.change("Elsewhere") as change:
        change.remove(one)
    person.waits()
    assert person.shown != one.ref
    person.presses("Ctrl+Z")
    assert one.ref in person.listed()


# ---- while other work is being written


class Import:
    """Work beside the window that holds the file until it is let go."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._go_on = threading.Event()
        self.begun = threading.Event()
        person.window.background.start("Reading a file", self._work, lambda _: None, writes=True)
        assert self.begun.wait(5)

    def _work(self, _: object) -> None:
        with self._person.database.change("Take in a file") as change:
            change.add(Practice(name="From the file"))
            self.begun.set()
            assert self._go_on.wait(10)

    def ends(self) -> None:
        self._go_on.set()
        self._person.waits()


def test_words_typed_into_a_form_during_an_import_go_in_when_it_is_done(person: Person) -> None:
    opened(person)
    under_way = Import(person)
    control = person.control("Who wants it")
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_End)
    QTest.keyClicks(control, " and others")
    person.control("Applies to").setFocus()
    QTest.keyClicks(person.control("Applies to"), "All practices")
    assert held(person).owed_to == BOARD
    under_way.ends()
    assert held(person).owed_to == BOARD + " and others"
    assert person.reads("Applies to") == "All practices"
    person.presses("Tab")
    assert held(person).applies_to == "All practices"
    assert drafts.kept(person.database) == ()


def test_a_cell_typed_into_during_an_import_shows_its_words_and_goes_in_when_it_is_done(
    person: Person,
) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "Who wants it")
    under_way = Import(person)
    QTest.keyClick(person.table, Qt.Key.Key_F2)
    editor = person.focus
    assert editor is not None
    QTest.keySequence(editor, QKeySequence("Ctrl+A"))
    QTest.keyClicks(editor, "xyz")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert person.cell("C-003", "Who wants it") == "xyz"
    assert person.message.endswith("What you type is kept; it goes in when that is done.")
    assert held(person).owed_to == BOARD
    under_way.ends()
    assert held(person).owed_to == "xyz"
    assert person.cell("C-003", "Who wants it") == "xyz"


def test_what_an_exchange_brings_shows_in_the_open_form_and_the_word_being_typed_stays(
    person: Person, tmp_path: Path, clock: Clock
) -> None:
    opened(person)
    other = tmp_path / "Jo.nhsdesk"
    files.hand_out(person.database, other)
    with files.open_for_work(other, "Jo Bell", clock) as theirs:
        with theirs.change("On the train") as change:
            there = change.reader.by_ref("C-003")
            assert isinstance(there, Commitment)
            change.put(replace(there, owed_to="The council", applies_to="All", paraphrase="As Jo reads it"))
        person.writes("Who wants it", "The board", leave=False)
        exchange.exchange(person.database, theirs)
    person.waits()
    assert person.reads("Applies to") == "All"
    assert person.reads("In our words") == "As Jo reads it"
    assert person.reads("Who wants it") == "The board"
    assert "This was changed to “The council” while you were typing." in person.beside("Who wants it")
    person.presses("Tab")
    assert held(person).owed_to == "The council"
    assert person.cell("C-003", "Applies to") == "All"
    person.control("Who wants it").setFocus()
    person.presses("Escape")
    assert person.reads("Who wants it") == "The council"
