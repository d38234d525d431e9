"""Every page as a screen reader, a keyboard and an unsteady hand find it (WCAG 2.2 AA, as WCAG2ICT applies it)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListView,
    QMenu,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from nhsdesk.commands.papers import PAPERS
from nhsdesk.desktop import asking, start
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.theme import Look
from nhsdesk.desktop.window import Window
from nhsdesk.settings import Settings
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, press, tab_order, tab_to
from tests.desktop.desk_side import Person, visible
from tests.desktop.for_everyone import (
    SCREEN,
    SMALLEST,
    R,
    controls,
    faults_here,
    faults_of,
    in_sight,
    scrolled_in,
    settled,
    told,
    without_keys,
)


@pytest.fixture(autouse=True)
def _with_a_screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.parametrize("title", [place.title for place in PLACES])
def test_every_control_is_named_large_enough_and_reached_by_keys(
    person: Person, qtbot: QtBot, title: str
) -> None:
    faults = faults_of(person, qtbot, title)
    assert not faults, told(faults)


@pytest.mark.parametrize(
    ("zoom", "look", "places"),
    [
        (150, Look.DARK, ("Commitments", "ARRS", "Returns and papers")),
        (200, Look.CONTRAST, tuple(place.title for place in PLACES)),
    ],
)
def test_nothing_is_cut_off_in_large_type_on_a_small_screen(
    person: Person, qtbot: QtBot, zoom: int, look: Look, places: tuple[str, ...]
) -> None:
    person.action(look.value[:1].upper() + look.value[1:]).trigger()
    for _ in range((zoom - 100) // 25):
        person.presses("Ctrl++")
    person.window.resize(*SCREEN)
    faults = []
    for title in places:
        faults += faults_of(person, qtbot, title, walk=False)
        if (page := person.window.page) is not None and (area := scrolled_in(page)) is not None:
            over = area.horizontalScrollBar().maximum()
            faults += [f"{over} pixels are out of sight at the right ({title})"] if over else []
        least = person.window.minimumSizeHint().expandedTo(person.window.minimumSize())
        if least.width() > SCREEN[0] or least.height() > SCREEN[1]:
            faults.append(f"{least.width()} × {least.height()} pixels are asked for ({title})")
    person.goes_to("Commitments")
    faults += faults_here(person, qtbot, "Commitments once more")
    assert not faults, told(faults)


def test_the_papers_page_lets_everyone_look_at_what_is_sent_and_was_sent(
    person: Person, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: tmp_path / name)
    person.goes_to("Returns and papers")
    tab_to(person.window, lambda one: name_of(one).startswith("I have read"), "the points to be read")
    person.presses("Space")
    person.clicks("Save as sent…")
    assert "kept as SP-001" in person.told
    qtbot.waitUntil(lambda: "Sent before (1)" in tabs_in_sight(person))
    faults, seen = [], set()
    for _ in range(len(PAPERS) + 2):  # the two headings are rows as well
        papers = tab_to(person.window, lambda one: isinstance(one, QListView), "the papers")
        assert isinstance(papers, QListView)
        paper = str(papers.currentIndex().data())
        faults += faults_here(person, qtbot, paper)
        seen |= {name_of(one) for one in controls(person.window)}
        for sheet in sheets_of(person):
            person.turns_to(sheet)
            faults += faults_here(person, qtbot, f"{paper}, sheet {sheet}")
        person.turns_to(next(one for one in tabs_in_sight(person) if one.startswith("Sent before")))
        if person.sees("Show as sent"):
            person.clicks("Show as sent")
            seen.add("as it was sent")
        faults += faults_here(person, qtbot, f"{paper}, sent before")
        if paper == "ARRS position":
            person.turns_to("Compose")
            person.clicks("Begin one")
            qtbot.waitUntil(
                lambda: not any(name_of(one).startswith("Cancel") for one in controls(person.window))
            )
            faults += faults_here(person, qtbot, f"{paper}, composed")
        person.turns_to("Preview")
        tab_to(person.window, lambda one: isinstance(one, QListView), "the papers")
        person.presses("Down")
    assert not faults, told(faults)
    assert {"Sheet Claim", "Pages of the paper", "as it was sent"} <= seen


def test_today_and_the_line_that_adds_anything_are_for_everyone(person: Person, qtbot: QtBot) -> None:
    person.waits_for_today()
    faults = faults_here(person, qtbot, "Today")
    person.presses("Ctrl+Shift+N")
    person.types("request Alder House estates high")
    faults += faults_here(person, qtbot, "adding in one line")
    for _ in range(4):
        person.presses("Ctrl++")
    person.window.resize(*SCREEN)
    faults += faults_here(person, qtbot, "adding in one line in large type", walk=False)
    person.presses("Escape")
    person.waits_for_today()
    faults += faults_here(person, qtbot, "Today in large type", walk=False)
    assert not faults, told(faults)


def tabs_in_sight(person: Person) -> list[str]:
    """The words of all tabs."""
    bars = visible(person.window, QTabBar)
    return [bar.tabText(at).replace("&&", "&") for bar in bars for at in range(bar.count())]


def sheets_of(person: Person) -> list[str]:
    """The tabs of the workbook that is previewed."""
    books = [one for one in visible(person.window, QTabWidget) if name_of(one) == "Sheets of the workbook"]
    return [book.tabText(at).replace("&&", "&") for book in books for at in range(book.count())]


def test_changing_all_chosen_searching_and_a_message_are_for_everyone(person: Person, qtbot: QtBot) -> None:
    person.goes_to("Commitments")
    settled(person, qtbot)
    tab_to(person.window, lambda one: one is person.table, "the table")
    person.presses("Shift+Down", "Shift+Down")
    faults = faults_here(person, qtbot, "three chosen", walk=False)
    tab_to(person.window, lambda one: name_of(one) == "Change for all chosen", "the way to change all")
    person.presses("Space")
    faults += faults_here(person, qtbot, "change for all")
    assert person.window.desk is not None
    person.window.desk.warn("The claim was not exported: May.xlsx is open in Excel.")
    faults += faults_here(person, qtbot, "a message")
    tab_to(person.window, lambda one: name_of(one) == "Close this message", "the way to close the message")
    person.presses("Space")
    assert person.message == ""
    person.presses("Ctrl+K")
    person.types("C-003")
    qtbot.waitUntil(lambda: any("C-003" in one for one in found_in(person)))
    faults += faults_here(person, qtbot, "found", walk=False)
    person.presses("Return")
    assert person.status.startswith("25 commitments")
    assert not faults, told(faults)


def found_in(person: Person) -> list[str]:
    """What the search lists."""
    lists = [one for one in person.window.findChildren(QListView) if one.isVisible()]
    return [
        str(model.index(row, 0).data())
        for one in lists
        if (model := one.model())
        for row in range(model.rowCount())
    ]


def test_a_register_is_filtered_and_sorted_without_a_mouse(person: Person, qtbot: QtBot) -> None:
    person.goes_to("Commitments")
    settled(person, qtbot)
    tab_to(person.window, lambda one: name_of(one) == "Status: any", "the chip")
    person.presses("Space")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert QAccessible.queryAccessibleInterface(menu).role() is R.PopupMenu
    assert min(menu.actionGeometry(one).height() for one in menu.actions()) >= SMALLEST
    person.chooses("At risk")
    assert 0 < len(person.listed()) < 25
    tab_to(person.window, lambda one: name_of(one).startswith("Show all"), "the way back")
    person.presses("Space")
    assert len(person.listed()) == 25
    person.goes_to_cell("C-001", "By when")
    tab_to(person.window, lambda one: name_of(one) == "Columns", "the columns")
    person.presses("Space")
    person.chooses("Sort by “By when”, last to first")
    days = [one.rsplit(" ", 1) for one in person.listed("By when") if one]
    years = [year for _, year in days]
    assert years == sorted(years, reverse=True)


def test_the_places_are_gone_about_with_arrows(person: Person, qtbot: QtBot) -> None:
    tab_to(person.window, lambda one: name_of(one) == "Today", "the places")
    person.presses("Down")
    assert person.window.page is not None
    assert person.window.page.title == "Commitments"


# ---------------------------------------------------------------- what the walk is worth


def test_the_walk_notices_what_it_is_for(person: Person) -> None:
    window = person.window
    person.goes_to("Today")
    assert window.page is not None
    layout = window.page.page.layout()
    assert layout is not None
    unnamed, rich, signs = QToolButton(), QLabel("<b>Late</b>"), QTableWidget(2, 2)
    unnamed.setStyleSheet(
        "border: 0; padding: 0; min-width: 0; min-height: 0; max-width: 10px; max-height: 10px"
    )
    unnamed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    signs.setAccessibleName("Signs")
    signs.setItem(0, 0, QTableWidgetItem("●"))
    signs.setTabKeyNavigation(False)
    for one in (unnamed, rich, signs):
        layout.addWidget(one)
    twice = QAction("Search", window)
    twice.setShortcut(QKeySequence("Ctrl+K"))
    person.waits()
    faults = "\n".join((*in_sight(window), *without_keys(window)))
    assert "QToolButton “” in TodayPage has no name of its own" in faults
    assert "QToolButton “” is 10 × 10 pixels" in faults, faults
    assert "QToolButton “” is not reached by Tab" in faults
    assert "the label “<b>Late</b>” would take markup for markup" in faults
    assert "QTableWidget “Signs” says “●” in row 0, column 0" in faults
    assert "2 actions take Ctrl+K" in faults
    signs.setTabKeyNavigation(True)
    with pytest.raises(AssertionError, match="Tab does not leave QTableWidget “Signs”"):
        tab_order(window)


# ---------------------------------------------------------------- before a file is open


def newcomers_window(qtbot: QtBot, clock: Clock, held: Settings) -> Window:
    window = start.made_window(start.application(), Preferences(held), clock)
    window.resize(*SCREEN)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize(("zoom", "look"), [(100, Look.LIGHT), (200, Look.CONTRAST)])
def test_a_newcomer_finds_the_way_in_with_any_means(
    qtbot: QtBot, own_home: Path, sample: Path, clock: Clock, zoom: int, look: Look
) -> None:
    gone = sample.with_name("Gone.nhsdesk")
    window = newcomers_window(
        qtbot, clock, Settings(who="Ann Archer", look=look.value, zoom=zoom, recent=(sample, gone))
    )
    faults = [f"{fault} (start)" for fault in (*in_sight(window), *without_keys(window))]
    tab_to(window, lambda one: name_of(one) == "New PCN file", "a new file")
    press("Space", window)
    window.background.wait()
    faults += [f"{fault} (new file)" for fault in (*in_sight(window), *without_keys(window))]
    least = window.minimumSizeHint()
    assert least.width() <= SCREEN[0]
    assert least.height() <= SCREEN[1]
    window.close()
    assert not faults, told(faults)
