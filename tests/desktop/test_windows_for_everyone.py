"""What comes up over or in place of a page, and the parts of a page, as anyone finds them (WCAG 2.2 AA)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.guide_window import GuideWindow
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here, in_sight, told, without_keys


@pytest.fixture(autouse=True)
def _with_a_screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def in_large_type(person: Person) -> None:
    """High contrast and type of twice the size on a small screen."""
    person.action("High contrast").trigger()
    person.presses(*["Ctrl++"] * 4)
    person.window.resize(*SCREEN)


def guide(person: Person) -> GuideWindow:
    person.waits()
    found = person.window.findChild(GuideWindow)
    assert isinstance(found, GuideWindow)
    assert found.isVisible()
    return found


@pytest.mark.parametrize("large", [False, True], ids=["as at first", "in large type"])
def test_guide_keys_accessibility_and_about_are_for_everyone(
    person: Person, qtbot: QtBot, large: bool
) -> None:
    if large:
        in_large_type(person)
    faults = []
    helps = person.window.at_hand.help
    for opened, words in (
        (helps.here, "guide"), (helps.keys, "keys"), (helps.accessibility, "accessibility"), (helps.about, "about"),
    ):  # fmt: skip
        opened()
        shown = guide(person)
        qtbot.waitUntil(shown.isActiveWindow)
        faults += [f"{fault} ({words})" for fault in (*in_sight(shown), *without_keys(shown))]
        assert shown.width() <= SCREEN[0]
        assert shown.height() <= SCREEN[1]
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        assert not shown.isVisible(), "Escape does not lead out"
    assert not faults, told(faults)


@pytest.mark.parametrize("large", [False, True], ids=["as at first", "in large type"])
def test_the_pages_of_a_register_are_for_everyone(person: Person, qtbot: QtBot, large: bool) -> None:
    if large:
        in_large_type(person)
    person.goes_to("Commitments")
    person.clicks("Print…")
    faults = faults_here(person, qtbot, "print", walk=not large)
    person.clicks("Back to the list")
    assert person.focus is person.table
    assert not faults, told(faults)


@pytest.mark.parametrize("large", [False, True], ids=["as at first", "in large type"])
def test_cover_sheets_and_filings_are_for_everyone(person: Person, qtbot: QtBot, large: bool) -> None:
    if large:
        in_large_type(person)
    faults = []
    for place, plural in (
        ("Meetings", "Cover sheets"), ("Returns and papers", "Filings"), ("Returns and papers", "Returns to make"),
    ):  # fmt: skip
        person.goes_to(place, "Lists")
        person.turns_to_list(plural)
        faults += faults_here(person, qtbot, plural, walk=False)
        person.presses("Ctrl+N")
        faults += faults_here(person, qtbot, f"{plural}, a new one", walk=not large)
    assert not faults, told(faults)


@pytest.mark.parametrize("large", [False, True], ids=["as at first", "in large type"])
@pytest.mark.parametrize(
    ("title", "tabs"),
    [
        ("Commitments", ("Requests and questions",)),
        ("Meetings", ("Bodies and seats", "Follow-up")),
        ("Returns and papers", ("Filings", "Workbooks to fill")),
        ("PCN file", ("Packs",)),
    ],
)
def test_every_part_of_a_page_is_for_everyone(
    person: Person, qtbot: QtBot, title: str, tabs: tuple[str, ...], large: bool
) -> None:
    if large:
        in_large_type(person)
    faults = []
    for tab in tabs:
        person.goes_to(title, tab)
        page = person.window.page.page if person.window.page is not None else None
        assert isinstance(page, PartsPage)
        for words in (page.tabs.tabText(at) for at in range(1, page.tabs.count())):
            person.turns_to(words.replace("&&", "&"))
            faults += faults_here(person, qtbot, f"{title} {tab} {words}", walk=not large)
    assert not faults, told(faults)
