"""What a word means is told where it stands: under the mouse, at a key, to screen readers, and by the search."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.glossary_help import NOTHING, ON_THE_PAGE, GlossaryHelp
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.search_box import SearchBox
from nhsdesk.desktop.words import label
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.glossary import GlossaryTerm
from tests.desktop.desk_side import Person

PCN = "PCN: primary care network. Group of practices under the network contract."


@pytest.fixture(autouse=True)
def no_hint_left() -> Iterator[None]:
    """Each test begins and ends without a hint."""
    QToolTip.hideText()
    yield
    QToolTip.hideText()


def shown(person: Person, widget: QWidget) -> None:
    """Puts a widget over the page, as a page would show it."""
    widget.setParent(person.window.centralWidget())
    widget.setGeometry(300, 300, 400, 200)
    widget.show()
    widget.raise_()
    person.waits()


def hint(widget: QWidget, at: QPoint | None = None) -> str:
    """What is told where the mouse rests; nothing where no hint comes."""
    here = at or widget.rect().center()
    inside = widget.childAt(here) or widget
    there = inside.mapFrom(widget, here)
    event = QHelpEvent(QEvent.Type.ToolTip, there, widget.mapToGlobal(here))
    QToolTip.hideText()
    QApplication.sendEvent(inside, event)
    return QToolTip.text() if event.isAccepted() else ""


def hint_at_cell(person: Person, ref: str, column: str) -> str:
    person.goes_to_cell(ref, column)
    return hint(person.table.viewport(), person.table.visualRect(person.table.currentIndex()).center())


def commitment(person: Person, title: str) -> str:
    with person.database.change("Add a commitment") as change:
        added = change.add(Commitment(title=title))
    person.goes_to("Commitments", "Commitments")
    return added.ref


# ---- under the mouse


def test_acronym_spaghetti_is_untangled_where_it_stands(newcomer: Person) -> None:
    one = label("The ICB asks each PCN to give its INT a lead")
    shown(newcomer, one)
    told = hint(one)
    for words in ("ICB: integrated care board", PCN, "INT: integrated neighbourhood team"):
        assert words in told


def test_the_chain_of_who_managed_gp_contracts_is_shown(newcomer: Person) -> None:
    one = label("Signed with the PCT")
    shown(newcomer, one)
    assert "GP contracts: PCT, then NHSE from 2013, then CCG, then ICB from 1 July 2022." in hint(one)


def test_a_hub_is_told_with_the_warning_that_the_word_is_used_for_two_things(newcomer: Person) -> None:
    one = label("Millbrook hub")
    shown(newcomer, one)
    assert "Beware: The same word is used for same-day access hubs" in hint(one)


def test_a_term_that_is_no_longer_used_says_so_and_what_it_became(newcomer: Person) -> None:
    one = label("The CCG agreed")
    shown(newcomer, one)
    assert "No longer in use on 20 November 2026. PCT, then CCG from 1 April 2013, then ICB" in hint(one)


@pytest.mark.parametrize("words", ["", "a place for int and pcn", "the system"])
def test_a_label_without_a_term_gives_no_hint(newcomer: Person, words: str) -> None:
    one = label(words)
    shown(newcomer, one)
    assert hint(one) == ""


def test_a_cell_tells_what_its_words_mean(newcomer: Person) -> None:
    ref = commitment(newcomer, "Name a lead for the INT")
    assert "INT: integrated neighbourhood team" in hint_at_cell(newcomer, ref, "What")
    assert hint_at_cell(newcomer, ref, "Ref") == ""


def test_words_being_typed_are_left_alone(newcomer: Person) -> None:
    for field in (QLineEdit("PCN"), QPlainTextEdit("PCN")):
        shown(newcomer, field)
        assert hint(field, QPoint(8, 8)) == ""


def test_texts_that_are_only_read_tell_what_their_words_mean(newcomer: Person) -> None:
    for field in (QLineEdit("The PCN"), QPlainTextEdit("The PCN\n\nand the ICB")):
        field.setReadOnly(True)
        shown(newcomer, field)
        told = hint(field, QPoint(8, 8))
        assert PCN in told
        assert "ICB:" not in told


def test_a_hint_of_ones_own_goes_first(newcomer: Person) -> None:
    one = label("PCN")
    one.setToolTip("Something else")
    shown(newcomer, one)
    assert hint(one) == "Something else"


@pytest.mark.parametrize(
    "words", ["<b>bold</b>", "<img src='x'>", "a < b & c", "</qt><h1>big", "&lt;script&gt;", "line\nline"]
)
def test_nothing_that_is_told_is_taken_for_markup(newcomer: Person, words: str) -> None:
    with newcomer.database.change("Add a glossary term") as change:
        change.add(GlossaryTerm(term="WFG", meaning=words))
    newcomer.waits()
    one = label("The WFG met")
    shown(newcomer, one)
    told = hint(one)
    assert told.startswith("<qt>")
    assert "<" not in told.removeprefix("<qt>").removesuffix("</qt>")
    assert "WFG" in told


def test_what_the_file_says_of_a_word_is_told_as_soon_as_it_is_kept(newcomer: Person) -> None:
    one = label("The PCN")
    shown(newcomer, one)
    assert PCN in hint(one)
    with newcomer.database.change("Add a glossary term") as change:
        change.add(GlossaryTerm(term="PCN", meaning="Our six practices"))
    newcomer.waits()
    assert "PCN: primary care network. Our six practices." in hint(one)
    newcomer.database.undo()
    newcomer.waits()
    assert PCN in hint(one)


def test_a_very_long_text_is_searched_at_its_beginning_alone(newcomer: Person) -> None:
    one = label(f"PCN {'word ' * 200_000} ICB", wrap=False)
    shown(newcomer, one)
    assert PCN in hint(one)
    assert "ICB:" not in hint(one)


def test_without_a_file_no_hint_comes(newcomer: Person) -> None:
    window = newcomer.window
    window.close_file()
    one = label("PCN", parent=window.centralWidget())
    one.setGeometry(300, 300, 200, 40)
    one.show()
    one.raise_()
    assert hint(one) == ""
    one.hide()


# ---- at a key


def test_ctrl_g_tells_the_words_of_the_cell_in_focus(newcomer: Person) -> None:
    ref = commitment(newcomer, "Name a lead for the INT")
    newcomer.goes_to_cell(ref, "What")
    newcomer.presses("Ctrl+G")
    assert newcomer.told.startswith("INT: integrated neighbourhood team. Team of teams")
    assert "integrated neighbourhood team" in QToolTip.text()


def test_ctrl_g_says_so_where_no_word_of_the_glossary_stands(newcomer: Person) -> None:
    ref = commitment(newcomer, "Water the plants")
    newcomer.goes_to_cell(ref, "Ref")
    newcomer.presses("Ctrl+G")
    assert newcomer.told == NOTHING


def test_ctrl_g_tells_the_labels_of_the_page_where_the_focus_is_on_none(newcomer: Person) -> None:
    ref = commitment(newcomer, "Water the plants")
    newcomer.goes_to_cell(ref, "Ref")
    assert newcomer.window.page is not None
    layout = newcomer.window.page.page.layout()
    assert layout is not None
    layout.addWidget(label("What the INT asked"))
    newcomer.waits()
    newcomer.presses("Ctrl+G")
    assert newcomer.told.startswith(f"{ON_THE_PAGE} INT: integrated neighbourhood team.")
    assert "integrated neighbourhood team" in QToolTip.text()


def test_ctrl_g_never_reads_out_what_is_being_typed(newcomer: Person) -> None:
    field = QLineEdit("PCN")
    field.setAccessibleName("For which hub")
    shown(newcomer, field)
    field.setFocus()
    newcomer.presses("Ctrl+G")
    assert newcomer.told.startswith("Hub: ")
    assert "PCN" not in newcomer.told


# ---- for screen readers


@pytest.fixture
def heard() -> Iterator[None]:
    """A screen reader is at work."""
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


def description(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Description))


def test_a_label_describes_its_words_to_a_screen_reader(newcomer: Person, heard: None) -> None:
    one = label("The PCN")
    shown(newcomer, one)
    newcomer.goes_to("Commitments", "Commitments")
    newcomer.window.findChildren(GlossaryHelp)[0].describe()
    assert PCN in description(one)
    one.setText("Nothing of the sort")
    newcomer.window.findChildren(GlossaryHelp)[0].describe()
    assert description(one) == ""


def test_a_description_that_somebody_gave_is_left_as_it_is(newcomer: Person, heard: None) -> None:
    one = label("The PCN")
    one.setAccessibleDescription("Wrong")
    shown(newcomer, one)
    newcomer.window.findChildren(GlossaryHelp)[0].describe()
    assert hint(one)
    assert description(one) == "Wrong"


def test_cells_describe_their_words_to_a_screen_reader(newcomer: Person, heard: None) -> None:
    ref = commitment(newcomer, "Name a lead for the INT")
    newcomer.goes_to_cell(ref, "What")
    told = newcomer.table.currentIndex().data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "INT: integrated neighbourhood team" in told
    table = PlainTable("Lines", ("Words",))
    table.show_rows([(1, ("The PCN",)), (2, ("The ICB",))])
    shown(newcomer, table)
    table.setFocus()
    newcomer.presses("Down")
    found = [table.model().index(row, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) for row in (0, 1)]
    assert PCN in str(found[0])
    assert "ICB:" in str(found[1])


# ---- found by the search


def looks_for(person: Person, qtbot: QtBot, words: str) -> list[str]:
    person.presses("Ctrl+K")
    person.types(words)
    box = person.window.findChild(SearchBox)
    assert isinstance(box, SearchBox)
    qtbot.waitUntil(lambda: bool(box.found) and not box.found[0].startswith("Reading the file"))
    person.waits()
    return box.found


def test_terms_that_keep_changing_are_found_by_the_search_and_told_with_what_they_became(
    newcomer: Person, qtbot: QtBot
) -> None:
    found = looks_for(newcomer, qtbot, "CCG")
    assert found[0].startswith("CCG: clinical commissioning group. GP-led")
    newcomer.presses("Up" if len(found) > 1 else "Home", "Return")
    assert "No longer in use on 20 November 2026. PCT, then CCG from 1 April 2013, then ICB" in newcomer.told
    assert "clinical commissioning group" in QToolTip.text()
    with newcomer.database.read() as reader:
        assert reader.all(GlossaryTerm) == ()


def test_a_word_is_told_as_at_any_day(newcomer: Person, qtbot: QtBot) -> None:
    found = looks_for(newcomer, qtbot, "ICP as at 1 May 2019")
    assert found[0].startswith("ICP: integrated care partnership. Local alliance")
    assert found[0].endswith("(as at 1 May 2019)")
    assert not any("Joint committee" in line for line in found)
    newcomer.presses("Return")
    assert newcomer.told.startswith("ICP: integrated care partnership. Local alliance")
    assert "No longer in use" not in newcomer.told


@pytest.mark.parametrize("when", ["", " ", "x", "99/99/9999", "1 May 2019 <b>"])
def test_a_day_that_cannot_be_read_leaves_the_word_of_today(
    newcomer: Person, qtbot: QtBot, when: str
) -> None:
    assert looks_for(newcomer, qtbot, f"PCN as at {when}")


def test_enter_takes_an_entry_before_a_word_of_the_field(newcomer: Person, qtbot: QtBot) -> None:
    ref = commitment(newcomer, "Ask the ICB for its list")
    found = looks_for(newcomer, qtbot, "ICB")
    assert found[0].startswith("ICB: ")
    newcomer.presses("Return")
    assert newcomer.shown == ref


def test_a_word_of_this_file_is_found_as_an_entry_and_only_once(newcomer: Person, qtbot: QtBot) -> None:
    with newcomer.database.change("Add a glossary term") as change:
        change.add(GlossaryTerm(term="WFG", meaning="The workforce group"))
    newcomer.waits()
    found = looks_for(newcomer, qtbot, "WFG")
    assert [line for line in found if "WFG" in line] == ["Glossary term: GL-001 WFG"]
