"""Help for where one is, the keys as they are, about and the diagnostics; all from what comes with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from nhsdesk import resources
from nhsdesk.desktop import asking
from nhsdesk.desktop.guide_places import REGISTER, WHERE, place_in_guide
from nhsdesk.desktop.guide_window import GuideWindow
from nhsdesk.desktop.places import PLACES
from tests.desktop.desk_side import Person, visible


def guide(person: Person) -> GuideWindow:
    """The guide's window, which must be in sight."""
    person.waits()
    found = person.window.findChild(GuideWindow)
    assert isinstance(found, GuideWindow)
    assert found.isVisible()
    return found


def reads(shown: GuideWindow) -> str:
    return shown.findChildren(QTextBrowser)[0].toPlainText()


def test_f1_opens_the_page_for_where_one_is(person: Person) -> None:
    person.goes_to("Meetings", "Take minutes")
    person.presses("F1")
    shown = guide(person)
    assert (shown.key, shown.heading) == ("meetings", "Taking minutes")
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    person.window.activateWindow()
    person._until(person.window.isActiveWindow)
    person.goes_to("Returns and papers")
    person.presses("F1")
    assert (guide(person).key, guide(person).heading) == ("the-window", "Returns and papers")


def sections(key: str) -> dict[str, str]:
    """The headings of a page of the guide, each with its text."""
    return {one.heading: one.text for held in resources.guide() if held.key == key for one in held.sections}


def test_every_tab_and_every_list_leads_to_a_heading_that_is_there() -> None:
    words = {(place.title, tab) for place in PLACES for tab in place.titles if tab != "Lists"}
    words |= {(place.title, cls.KIND.plural) for place in PLACES for cls in place.kinds}
    for place, tab in words:
        key, heading = place_in_guide(place, tab)
        assert heading in sections(key), (place, tab)
    assert set(WHERE) <= words, "it tells of a page that is not there"


def test_a_page_made_for_its_work_leads_to_what_names_it() -> None:
    for place in PLACES:
        for tab in (one for one in place.tabs if isinstance(one, tuple)):
            key, heading = place_in_guide(place.title, tab[0])
            assert (key, heading) != REGISTER, tab[0]
            told = f"{heading}\n{sections(key)[heading]}".lower()
            assert tab[0].lower().rstrip("s") in told.replace("'", "’"), (place.title, tab[0], heading)


def test_f1_on_the_workbooks_and_on_a_list_leads_to_what_tells_of_them(person: Person) -> None:
    for place, tab, found in (
        ("Returns and papers", "Workbooks to fill", ("workbooks-to-fill", "Workbooks to fill")),
        ("Support and funds", "Lists", ("support-and-funds", "Integrators and funds")),
        ("Neighbourhoods", "People and roles", ("the-window", "A register")),
    ):
        person.goes_to(place, tab)
        person.presses("F1")
        shown = guide(person)
        assert (shown.key, shown.heading) == found
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        person.window.activateWindow()
        person._until(person.window.isActiveWindow)


def test_every_command_with_keys_stands_on_the_sheet_of_keys(person: Person) -> None:
    person.presses("Ctrl+/")
    words = reads(guide(person))
    told = [one for one in person.window.findChildren(QAction) if one.shortcuts() and one.text()]
    assert len(told) > 15
    for action in told:
        for pressed in action.shortcuts():
            assert pressed.toString(QKeySequence.SequenceFormat.NativeText) in words
    for keys in ("F4", "Ctrl+;", "Ctrl+D"):  # a register's own
        assert keys in words
    assert "Undo\n" in words
    assert "Nothing to redo" not in words


def test_the_guide_is_searched_by_words_and_a_hit_is_opened(person: Person, qtbot: QtBot) -> None:
    person.presses("F1")
    shown = guide(person)
    line = visible(shown, QLineEdit)[0]
    line.setFocus()
    QTest.keyClicks(line, "fill down")
    listed = visible(shown, QListWidget)[0]
    assert "The window: A register" in listed.item(0).text()
    QTest.keyClick(line, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown.key == "the-window" and shown.heading == "A register")
    QTest.keyClicks(line, "zzz")
    assert any("0 places in the guide" in one.text() for one in visible(shown, QLabel))


def test_about_tells_version_and_licences_and_saves_diagnostics_without_a_word_of_the_file(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "diagnostics.txt"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    person.action("About nhsdesk").trigger()
    shown = guide(person)
    assert "Version 0.1.0" in reads(shown)
    assert "PySide6-Essentials" in reads(shown)
    shown.diagnostics.click()
    assert "The diagnostics were saved: diagnostics.txt." in person.message
    told = target.read_text(encoding="utf-8")
    for planted in ("Millbrook", "Alder House", "Ann Archer", "huddle", str(tmp_path), "Sample.nhsdesk"):
        assert planted not in told
    assert "Sample: yes" in told
    assert "Qt: " in told


def test_help_is_there_while_no_file_is_open(person: Person) -> None:
    person.window.close_file()
    person.presses("F1")
    assert (guide(person).key, guide(person).heading) == ("first-day", "Setting up your PCN, step by step")


def test_the_guide_can_be_used_by_everyone(person: Person) -> None:
    person.presses("F1")
    shown = guide(person)
    for control in (*visible(shown, QLineEdit), *visible(shown, QListWidget), *visible(shown, QTextBrowser)):
        found = QAccessible.queryAccessibleInterface(control)
        assert found is not None
        assert found.text(QAccessible.Text.Name)
    seen = set()
    for _ in range(12):
        now = QApplication.focusWidget()
        assert now is not None
        seen.add(now.accessibleName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert {"Search the guide", "Pages of the guide", "The page"} <= seen
