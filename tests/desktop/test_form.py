"""The form of an entry: no word typed is lost, and no word that cannot be read gets into the file."""

from __future__ import annotations

import ast
import inspect
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import (
    entry_tabs,
    form_line,
    owned_list,
    record_form,
    record_model,
    record_panel,
    record_table,
    register_page,
)
from nhsdesk.desktop.editors import ChoiceEdit
from nhsdesk.desktop.places import PLACES
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.fields import Record
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.records import RECORDS
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from tests import factories
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person


def typed(database: Database) -> dict[str, str]:
    return {draft.field: draft.words for draft in drafts.kept(database)}


# ---- typing


def test_words_are_kept_within_a_second_of_the_last_key_and_saved_on_leaving(
    person: Person, qtbot: QtBot
) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Who wants it", "The board", leave=False)
    qtbot.waitUntil(lambda: typed(person.database) == {"owed_to": "The board"}, timeout=1_000)
    assert person.cell("C-003", "Who wants it") != "The board"
    person.presses("Tab")
    assert person.cell("C-003", "Who wants it") == "The board"
    assert typed(person.database) == {}
    assert person.undoes == "Undo: Change Who wants it of C-003"
    person.presses("Ctrl+Z")
    assert person.reads("Who wants it") == "Wexmere Together Partnership Board"


def test_what_cannot_be_read_is_told_beside_its_field_and_escape_takes_it_back(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    for name, words, told in (
        ("By when", "after Easter", "could not be read as a day"),
        ("Funding", "a lot", "could not be read as an amount"),
        ("Unfunded hours a week", "most days", "could not be read as hours"),
    ):
        before = person.reads(name)
        person.writes(name, words)
        assert person.reads(name) == words
        assert person.beside(name) == f"Not yet in the file. “{words}” {told}." + _example(person, name)
        assert any(one == person.beside(name) for one in person.labels())
        person.control(name).setFocus()
        person.presses("Escape")
        assert (person.reads(name), person.beside(name)) == (before, "")
    assert typed(person.database) == {}


def _example(person: Person, name: str) -> str:
    return person.beside(name).partition(".")[2].partition(".")[2]


def test_escape_takes_back_what_was_typed_and_the_file_keeps_its_own(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    undoes = person.undoes
    person.writes("In our words", "Half a thou", leave=False)
    person.presses("Escape")
    assert person.reads("In our words").startswith("PCNs whose borders differ")
    person.presses("Tab")
    assert person.undoes == undoes


def test_fields_take_days_money_and_hours_as_people_write_them(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    for name, words, read in (
        ("By when", "30/1", "30 January 2027"), ("By when", "+14", "4 December 2026"),
        ("By when", "next Fri", "27 November 2026"), ("Funding", "4,400", "£4,400.00"),
        ("Funding", "£4401", "£4,401.00"), ("Unfunded hours a week", "22:30", "22.5"),
        ("Times revised", "1,250", "1,250"), ("Kind", "Contract duty", "Contract duty"),
    ):  # fmt: skip
        person.writes(name, words)
        assert person.reads(name) == read


def test_running_through_a_list_with_the_arrows_is_one_step(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    position = person.database.head.position
    person.writes("Status", "Closed")
    assert person.cell("C-003", "Status") == "Closed"
    assert person.database.head.position == position + 1


def test_words_left_by_a_crash_are_taken_in_with_enter(person: Person) -> None:
    with person.database.read() as reader:
        held = reader.by_ref("C-003")
    assert held is not None
    drafts.keep(person.database, "commitment", str(held.id), "owed_to", "The board")
    drafts.keep(person.database, "commitment", str(held.id), "paraphrase", "One\ntwo")
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    assert person.reads("Who wants it") == "The board"
    assert person.beside("Who wants it") == "Not yet in the file. Press Enter in the field to take it in."
    person.control("Who wants it").setFocus()
    person.presses("Return")
    assert person.cell("C-003", "Who wants it") == "The board"
    assert "Press Ctrl+Enter in the field" in person.beside("In our words")
    person.control("In our words").setFocus()
    person.presses("Ctrl+Return")
    assert person.cell("C-003", "In our words") == "One two"
    assert typed(person.database) == {}


# ---- a new entry


def test_a_new_entry_is_added_once_what_is_needed_is_given_and_keeps_its_other_words(
    person: Person, opens: Opened, sample: Path
) -> None:
    person.window.setProperty("drafts expected", True)
    person.goes_to("Support and funds")
    person.presses("Ctrl+N")
    assert person.sees("Practice (needed)")
    person.writes("What is wrong", "Two GPs leave in March")
    person.writes("Practice agreed on", "next month some time")
    assert "could not be read as a day" in person.beside("Practice agreed on")
    person.writes("Practice", "no such surgery")
    assert person.beside("Practice").endswith("names no practice here. Choose one from the list.")
    assert len(person.listed()) == 12
    person.writes("Practice", "PR-002")
    assert person.told == "SR-013 was added."
    assert person.shown == "SR-013"
    assert person.reads("What is wrong") == "Two GPs leave in March"
    assert person.reads("Practice agreed on") == "next month some time"
    assert typed(person.database) == {"practice_agreed_on": "next month some time"}


def test_an_entry_begun_and_left_is_offered_again_after_the_window_was_closed(
    person: Person, opens: Opened, sample: Path
) -> None:
    person.goes_to("Support and funds")
    person.presses("Ctrl+N")
    person.writes("What is wrong", "Two GPs leave in March")
    person.window.close()
    again = opens(sample)
    assert again.sees("1 support request begun and not yet added: go on")
    again.clicks("1 support request begun and not yet added: go on")
    assert again.reads("What is wrong") == "Two GPs leave in March"
    again.writes("Practice", "PR-002")
    assert again.listed()[-1] == "SR-013"
    assert not again.sees("begun and not yet added")


def test_an_entry_begun_and_left_for_another_is_offered_again(person: Person) -> None:
    person.window.setProperty("drafts expected", True)
    person.goes_to("Support and funds")
    person.presses("Ctrl+N")
    person.writes("What is wrong", "Two GPs leave in March")
    person.leaves_entry_for("SR-002")
    assert person.sees("1 support request begun and not yet added: go on")


def test_an_entry_begun_with_nothing_in_it_leaves_nothing_behind(person: Person, qtbot: QtBot) -> None:
    person.goes_to("Commitments")
    person.presses("Ctrl+N")
    person.writes("What", "x", leave=False)
    qtbot.waitUntil(lambda: typed(person.database) == {"title": "x"}, timeout=1_000)
    person.presses("Backspace", "Tab")
    assert person.beside("What").endswith("“What” cannot be left empty.")
    person.goes_to("Meetings")
    person.goes_to("Commitments")
    assert typed(person.database) == {}
    assert not person.sees("begun and not yet added")
    assert len(person.listed()) == 25


def test_every_kind_with_a_register_opens_and_begins_from_its_fields_alone(newcomer: Person) -> None:
    for place in PLACES:
        for cls in place.kinds:
            kind = cls.KIND
            newcomer.goes_to(place.title)
            if len(place.tabs) > 1:
                newcomer.turns_to_list(kind.plural)
            newcomer.presses("Ctrl+N")
            form = newcomer.register.panel.form
            assert form is not None, kind.name
            form.focus_field(kind.fields[-1].name)
            said = [one.text() for one in form.findChildren(QLabel) if one.property("role") == "field"]
            assert said == [one.label + (" (needed)" if one.given else "") for one in kind.fields]
            assert [one.text() for one in form.findChildren(QLabel) if one.property("role") == "h2"] == [
                heading for heading, _ in kind.groups
            ]
            assert all(newcomer.control(one.label) for one in kind.fields)
            below = [one.text() for one in form.findChildren(QLabel) if one.property("role") == "help"]
            assert {one.help for one in kind.fields if one.help} <= set(below), kind.name


def test_the_generic_parts_name_no_kind_of_record() -> None:
    kinds_of_record = {cls.__name__ for cls in RECORDS} - {"LocalRule"}
    generic = (
        record_form, form_line, record_table, record_model, register_page, record_panel, entry_tabs, owned_list,
    )  # fmt: skip
    for module in generic:
        tree = ast.parse(inspect.getsource(module))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named = {alias.name for node in imports for alias in node.names}
        assert not named & kinds_of_record, module.__name__


# ---- links


def test_a_link_is_found_by_words_and_by_reference_as_one_types(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Deputy", "manag", leave=False)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    person.waits()
    assert person.reads("Deputy") == "R-003 PCN manager"
    assert person.cell("C-003", "Deputy") == "PCN manager"
    person.writes("Deputy", "R-001")
    assert person.reads("Deputy") == "R-001 PCN clinical director"
    person.writes("Deputy", "pcn MANAGER")
    assert person.reads("Deputy") == "R-003 PCN manager"
    person.writes("Deputy", "")
    assert person.cell("C-003", "Deputy") == ""


# ---- what may not change


def test_a_submitted_claim_and_its_lines_say_why_and_cannot_be_typed_into(newcomer: Person) -> None:
    with newcomer.database.change("Claim") as change:
        post = change.add(Post(role=Role.PARAMEDIC))
        rate = factories.added(change, Rate)
        claim = change.add(Claim(month=Month(2026, 10)))
        line = ClaimLine(
            claim=claim.id, post=post.id, rate=rate.id, cost=Money(1), maximum=Money(1),
            pro_rata_maximum=Money(1), claimed=Money(1),
        )  # fmt: skip
        change.add(line)
    newcomer.goes_to("ARRS")
    newcomer.turns_to_list("Claims")
    newcomer.opens_entry("CL-001")
    newcomer.register.model.setData(newcomer.table.model().index(0, 2), "Submitted")
    assert newcomer.message.startswith("CL-001 was left as it is")
    newcomer.clicks("Close this message")
    newcomer.writes("State", "Submitted")
    assert newcomer.sees("After this nothing in the entry can be changed any more")
    newcomer.control("State").setFocus()
    newcomer.presses("Return")
    why = "The claim for October 2026 was marked as submitted. Make a claim that supersedes it."
    assert newcomer.sees(why)
    assert [one.label for one in Claim.KIND.fields if newcomer.may_type_into(one.label)] == []
    newcomer.types_into_cell("CL-001", "Month", "11/2026")
    assert newcomer.message == f"{why} Nothing was changed."
    newcomer.types_into_cell("CL-001", "Submitted on", "some time ago")
    assert newcomer.cell("CL-001", "Submitted on") == ""
    newcomer.turns_to("Claim lines")
    newcomer.clicks("Open the chosen claim line")
    assert newcomer.sees(why)
    assert [one.label for one in ClaimLine.KIND.fields if newcomer.may_type_into(one.label)] == []
    assert not _beginnings(newcomer)
    with newcomer.database.read() as reader:
        assert reader.all(Claim)[0].state is ClaimState.SUBMITTED


def test_nobody_makes_minutes_final_by_typing_in_a_form_a_cell_or_for_many(newcomer: Person) -> None:
    with newcomer.database.change("Meet") as change:
        for words in ("Fund it", "Staff it"):
            change.add(Decision(words=words))
    newcomer.goes_to("Meetings")
    newcomer.turns_to_list("Decisions")
    newcomer.opens_entry("DN-001")
    assert newcomer.reads("Final") == "No"
    assert not newcomer.may_type_into("Final")
    model = newcomer.register.model
    (column,) = (n for n, one in enumerate(model.columns) if one.name == "final")
    cell = model.index(0, column)
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(cell, "Yes")
    assert cell.data() == "No"
    newcomer.selects(["DN-001", "DN-002"], "Status")
    newcomer.clicks("Change for all chosen")
    which = newcomer.control("Field to change")
    assert isinstance(which, QComboBox)
    assert which.findText("Final") < 0
    newcomer.clicks("Cancel")


def _beginnings(person: Person) -> list[str]:
    """The buttons of the form that would begin another entry."""
    form = person.register.panel.form
    assert form is not None
    return [
        one.accessibleName()
        for one in form.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled() and "not yet listed" in one.accessibleName()
    ]


def test_every_field_of_every_kind_shows_its_value_and_is_not_changed_by_being_looked_at(
    newcomer: Person,
) -> None:
    with newcomer.database.change("Fill") as change:
        added: list[Record] = [factories.added(change, cls) for place in PLACES for cls in place.registers]
    position = newcomer.database.head.position
    for record in added:
        newcomer.window.show_record(record.KIND.name, record.id)
        newcomer.waits()
        form = newcomer.register.panel.form
        assert form is not None
        form.focus_field(record.KIND.fields[-1].name)
        for field in record.KIND.fields:
            shown = newcomer.reads(field.label)
            value = getattr(record, field.name)
            if isinstance(value, date):
                assert field.kind.read(shown, date(2026, 11, 20)) == value
            assert shown or value in (None, ())
    assert newcomer.database.head.position == position


def test_undo_in_a_field_never_brings_words_from_another_entry(person: Person) -> None:
    person.goes_to("Commitments")
    person.types_into_cell("C-004", "Who wants it", "The board")
    person.opens_entry("C-003")
    person.writes("Who wants it", "The board")
    person.opens_entry("C-004")
    person.control("Who wants it").setFocus()
    person.presses("Ctrl+Z")
    assert person.told == "Undone: Change Who wants it of C-003."
    assert person.cell("C-004", "Who wants it") == "The board"
    assert person.reads("Who wants it") == "The board"


def test_a_claim_is_not_submitted_by_passing_over_the_choice(newcomer: Person) -> None:
    with newcomer.database.change("Claim") as change:
        change.add(Claim(month=Month(2026, 10)))
    newcomer.goes_to("ARRS")
    newcomer.turns_to_list("Claims")
    newcomer.opens_entry("CL-001")
    newcomer.writes("State", "Submitted")
    newcomer.control("State").setFocus()
    newcomer.presses("Escape")
    assert newcomer.reads("State") == "Draft"
    with newcomer.database.read() as reader:
        assert reader.all(Claim)[0].state is ClaimState.DRAFT


def test_escape_gives_up_a_word_of_an_entry_not_yet_added(newcomer: Person) -> None:
    newcomer.goes_to("Commitments")
    newcomer.clicks("New commitment")
    newcomer.writes("What", "half a thing", leave=False)
    newcomer.presses("Escape")
    assert newcomer.reads("What") == ""
    newcomer.presses("Tab")
    assert newcomer.listed() == []


def test_a_few_letters_are_enough_where_only_one_holds_them(person: Person) -> None:
    person.goes_to("ARRS")
    person.clicks("New ARRS post")
    person.writes("Role", "paramed")
    person.writes("Practice base", "weir")
    assert person.reads("Role") == "Paramedic"
    assert person.reads("Practice base") == "PR-003 Weir Bank Practice"


def test_enter_presses_the_button_that_has_the_focus(person: Person) -> None:
    person.goes_to("ARRS")
    person.opens_entry("P-001")
    person.turns_to("Pay")
    person.button("Add pay").setFocus()
    person.presses("Return")
    assert person.sees("New pay")
    assert person.focus is person.control("From")
    person.clicks("Back")


def test_what_an_entry_says_against_itself_stands_beside_the_field_and_is_kept(person: Person) -> None:
    person.goes_to("ARRS")
    person.opens_entry("P-001")
    person.turns_to("Assignments")
    person.clicks("Open the chosen assignment")
    person.writes("To", "1/1/2020")
    assert person.beside("To").startswith("This is before “From”, ")
    assert person.reads("To") == "1 January 2020"
    person.writes("Hours a week", "60")
    assert person.beside("Hours a week").endswith("the claims portal has refused so many.")
    person.writes("Hours a week", "30")
    person.writes("To", "")
    assert (person.beside("To"), person.beside("Hours a week")) == ("", "")


def test_letters_with_a_space_among_them_go_to_the_item_that_begins_so(qtbot: QtBot) -> None:
    choice = ChoiceEdit(["working hours", "working days", "calendar days"], may_be_empty=True)
    qtbot.addWidget(choice)
    choice.show()
    for typed, words in (("working d", "working days"), ("c", "calendar days"), ("ho", "working hours")):
        QTest.keyClicks(choice, typed)
        assert choice.words() == words
        assert QApplication.activePopupWidget() is None
        choice._since.invalidate()  # the person stops for a moment
    QTest.keyClicks(choice, "w")
    assert choice.words() == "working days"
