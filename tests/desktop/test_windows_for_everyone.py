"""What comes up over or in place of a page, and the parts of a page, as anyone finds them (WCAG 2.2 AA)."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import nhsdesk.desktop
from nhsdesk.desktop.guide_window import GuideWindow
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.register_page import RegisterPage
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import (
    SCREEN,
    faults_here,
    faults_of_every_tab,
    in_sight,
    tabs_of,
    told,
    without_keys,
)


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


def every_page() -> set[str]:
    """The classes of all pages, but for those that others are made from."""
    for module in pkgutil.walk_packages(nhsdesk.desktop.__path__, "nhsdesk.desktop."):
        importlib.import_module(module.name)
    found, todo = set(), [Page]
    while todo:
        made_from = todo.pop().__subclasses__()
        todo += made_from
        found |= {one.__name__ for one in made_from if one.title and not one.__subclasses__()}
    return found


def sources() -> dict[str, str]:
    folder = Path(nhsdesk.desktop.__file__).parent
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.py")}


def test_the_walk_comes_by_every_page_and_there_are_no_windows_it_does_not_know() -> None:
    # The walk goes through all tabs of all places, and opens the guide; whatever opens otherwise would be left out.
    folder = Path(nhsdesk.desktop.__file__).parent
    makers = "\n".join(path.read_text("utf-8") for path in (folder / "places.py", *folder.rglob("pages.py")))
    pages = every_page()
    assert len(pages) >= 30
    assert {one for one in pages if f"return {one}(desk)" not in makers} == set()
    told = sources()
    assert {name for name, words in told.items() if "setWindowTitle(" in words} == {
        "window.py",
        "guide_window.py",
    }
    dialogs = re.compile(r"\bQ(Message|File|Input|Print|Progress)?(Box|Dialog)\(")
    assert {name for name, words in told.items() if dialogs.search(words)} == {"asking.py"}


@pytest.mark.parametrize("large", [False, True], ids=["as at first", "in large type"])
@pytest.mark.parametrize("title", [place.title for place in PLACES])
def test_what_stands_behind_any_tab_of_any_page_is_for_everyone(
    person: Person, qtbot: QtBot, title: str, large: bool
) -> None:
    if large:
        in_large_type(person)
    faults = []
    for tab in tabs_of(title):
        person.goes_to(title, tab)
        assert person.window.page is not None
        if not isinstance(person.window.page.page, RegisterPage | ListsPage):
            faults += faults_of_every_tab(person, qtbot, f"{title} {tab}", walk=not large)
    assert not faults, told(faults)


@pytest.mark.parametrize("large", [False, True], ids=["as at first", "in large type"])
def test_a_grouped_register_with_totals_and_a_view_is_for_everyone(
    person: Person, qtbot: QtBot, large: bool
) -> None:
    if large:
        in_large_type(person)
    person.goes_to("Commitments")
    person.narrows("Group by", "Status")
    faults = faults_here(person, qtbot, "grouped", walk=not large)
    person.narrows("View", "Save this view…")
    faults += faults_here(person, qtbot, "a view's name", walk=not large)
    assert not faults, told(faults)
