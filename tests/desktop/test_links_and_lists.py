"""Fields that name entries or take several choices: searched as one types, chips that open, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QPushButton

from nhsdesk.desktop.editors import FEW, editor_for
from nhsdesk.desktop.several_edit import SeveralEdit
from nhsdesk.domain import kinds
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.fields import Field
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.requests import Category
from tests.desktop.desk_side import Person


@pytest.fixture
def at_evidence(person: Person) -> Person:
    with person.database.change("Add") as change:
        change.add(Evidence(what="Minutes of the board"))
    person.goes_to("Commitments")
    person.turns_to_list("Evidence items")
    person.opens_entry(person.listed()[-1])
    return person


def picks(person: Person, keys: int = 1) -> None:
    """Takes one of what is offered below the field."""
    popup = QApplication.activePopupWidget()
    assert popup is not None
    for _ in range(keys):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    person.waits()


def chip(person: Person, words: str) -> QPushButton:
    found = person.button(words)
    assert isinstance(found, QPushButton)
    found.setFocus()
    return found


def test_several_entries_are_found_by_words_and_opened_by_their_chips(at_evidence: Person) -> None:
    person = at_evidence
    ref = person.shown
    person.writes("Commitments it proves", "footprint", leave=False)
    picks(person)
    assert person.reads("Commitments it proves") == "C-003; "
    person.types("C-001")
    picks(person)
    person.presses("Tab")
    assert person.reads("Commitments it proves") == "C-003; C-001"
    chip(person, "Open C-001")
    person.presses("Return")
    assert person.shown == "C-001"
    person.clicks("Back")
    assert person.shown == ref


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_a_chip_is_taken_out_by_a_key_as_one_step_that_undo_takes_back(at_evidence: Person, key: str) -> None:
    person = at_evidence
    person.writes("Commitments it proves", "C-003; C-001; C-002")
    chip(person, "Open C-001")
    person.presses(key)
    assert person.reads("Commitments it proves") == "C-003; C-002"
    assert person.focus is person.control("Commitments it proves")
    assert person.undoes.startswith("Undo: Change Commitments it proves of ")
    person.presses("Ctrl+Z")
    assert person.reads("Commitments it proves") == "C-003; C-001; C-002"
    assert person.sees("Open C-001")


def test_the_chip_of_one_entry_opens_it_and_is_taken_out_unless_it_is_needed(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Owner", "R-003")
    chip(person, "Open what “Owner” names")
    person.presses("Space")
    assert person.shown == "R-003"
    person.clicks("Back")
    chip(person, "Open what “Owner” names")
    person.presses("Delete")
    assert person.cell("C-003", "Owner") == ""
    assert not person.sees("Open R-003")
    person.presses("Ctrl+Z")
    assert person.cell("C-003", "Owner") == "PCN manager"
    person.goes_to("Support and funds")
    person.opens_entry(person.listed()[0])
    before = person.reads("Practice")
    chip(person, "Open what “Practice” names")
    person.presses("Delete")
    assert person.reads("Practice") == before
    assert person.told.startswith("“Practice” still names PR-")


def test_what_is_no_reference_stays_as_typed_with_what_is_wrong_beside_it(at_evidence: Person) -> None:
    person = at_evidence
    person.window.setProperty("drafts expected", True)
    person.writes("Commitments it proves", "C-003; nobody knows")
    assert person.reads("Commitments it proves") == "C-003; nobody knows"
    assert "names no commitment here" in person.beside("Commitments it proves")


def test_several_choices_are_searched_as_one_types(person: Person) -> None:
    with person.database.change("Add") as change:
        change.add(ExistingSupport(who="The training hub"))
    person.goes_to("Support and funds")
    person.turns_to_list("Existing support")
    person.opens_entry(person.listed()[-1])
    label = ExistingSupport.KIND.field("categories").label
    person.writes(label, "dig", leave=False)
    picks(person)
    person.types("coa")
    picks(person)
    person.presses("Tab")
    assert person.reads(label) == "Coaching, Digital"
    control = person.control(label)
    assert isinstance(control, SeveralEdit)
    control.setFocus()
    control.end(False)
    QTest.keyClicks(control, ", ")
    QTest.keyClick(control, Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.model().rowCount() == len(Category)  # type: ignore[attr-defined]
    popup.hide()
    person.presses("Escape")


def test_every_choice_of_more_than_seven_is_searched_as_one_types(person: Person) -> None:
    desk = person.window.desk
    assert desk is not None
    long: list[Field] = []
    for field in (one for cls in RECORDS for one in cls.KIND.fields):
        if isinstance(field.kind, kinds.OneOf | kinds.SeveralOf) and len(field.kind.choices) > FEW:
            long.append(field)
        elif not isinstance(field.kind, kinds.LinksTo) and not (
            isinstance(field.kind, kinds.LinkTo) and field.kind.target
        ):
            continue
        editor = editor_for(field, desk)
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        assert isinstance(line, QLineEdit), field.label
        completer = line.completer()
        assert isinstance(completer, QCompleter), field.label
        assert completer.completionMode() is not QCompleter.CompletionMode.InlineCompletion
        editor.deleteLater()
    assert len(long) >= 20
