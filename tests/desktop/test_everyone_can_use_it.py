"""Every page as a screen reader, a keyboard and an unsteady hand find it (WCAG 2.2 AA, as WCAG2ICT applies it)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from nhsdesk.commands.papers import PAPERS
from nhsdesk.desktop import asking, start
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.record_form import RecordForm
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.theme import Look
from nhsdesk.desktop.window import Window
from nhsdesk.settings import Settings
from tests.conftest import Clock
from tests.desktop.by_keyboard import described, name_of, press, tab_order, tab_to
from tests.desktop.desk_side import Person, visible

SMALLEST = 24
"""Pixels of a target, WCAG 2.2 criterion 2.5.8."""

SCREEN = (1366, 768)
GENERIC = {"", "button", "combo box", "edit", "field", "item", "list", "table", "text", "widget", "ok"}
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPdfView,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
)
R = QAccessible.Role
ROLES: tuple[tuple[type[QWidget], tuple[QAccessible.Role, ...]], ...] = (
    (QLineEdit, (R.EditableText,)),
    (QPlainTextEdit, (R.EditableText,)),
    (QComboBox, (R.ComboBox,)),
    (QTableView, (R.Table,)),
    (QListView, (R.List,)),
    (QTreeView, (R.Tree,)),
    (QTabBar, (R.PageTabList,)),
    (QProgressBar, (R.ProgressBar,)),
    (QAbstractButton, (R.Button, R.ButtonMenu, R.CheckBox, R.RadioButton)),
)


@pytest.fixture(autouse=True)
def _with_a_screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


# ---------------------------------------------------------------- what there is to use


def controls(root: QWidget) -> list[QWidget]:
    """All in sight that can be used, without the parts that Qt makes controls from."""
    return [
        one
        for one in visible(root, QWidget)
        if (isinstance(one, CONTROLS) or one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not _part_of_another(one)
    ]


def _part_of_another(one: QWidget) -> bool:
    parent = one.parentWidget()
    within = isinstance(parent, QComboBox | QLineEdit | QTabBar | QAbstractItemView | QMenuBar)
    return within or isinstance(one, QHeaderView | QSplitterHandle | QTabWidget)


def in_reach(window: Window, order: list[QWidget]) -> set[QWidget]:
    """What Tab comes by, and the others of a group that arrows move in."""
    reached = set(order)
    for one in order:
        group = one.group() if isinstance(one, QAbstractButton) else None
        if group is not None and group.exclusive():
            reached |= set(group.buttons())
        if isinstance(one, QComboBox) or one.focusProxy() is not None:
            reached.add(one)
        parent = one.parentWidget()
        if isinstance(parent, QComboBox):
            reached.add(parent)
    return reached


def without_keys(window: Window) -> list[str]:
    """Controls of the page that no key leads to; Tab goes round the same way forwards and backwards."""
    order = tab_order(window)
    back = tab_order(window, "Shift+Tab")
    reached = in_reach(window, order)
    faults = [
        f"{described(one)} is not reached by Tab"
        for one in controls(window)
        if one.isEnabled() and not isinstance(one, QProgressBar) and one not in reached
    ]
    faults += [f"{described(one)} is reached one way only" for one in set(order) ^ set(back)]
    return faults + _out_of_order(order)


def _out_of_order(order: list[QWidget]) -> list[str]:
    """In a form Tab goes the way one reads."""
    faults = []
    for before, after in pairwise(order):
        form = _form_of(before)
        if form is None or form is not _form_of(after):
            continue
        at, then = (one.mapTo(form, QPoint(0, one.height() // 2)) for one in (before, after))
        same_line = abs(then.y() - at.y()) <= SMALLEST
        if then.y() < at.y() - SMALLEST or (same_line and then.x() <= at.x()):
            faults.append(f"Tab goes back from {described(before)} to {described(after)}")
    return faults


def _form_of(one: QWidget) -> RecordForm | None:
    parent = one.parentWidget()
    while parent is not None and not isinstance(parent, RecordForm):
        parent = parent.parentWidget()
    return parent


# ---------------------------------------------------------------- what is said and seen


def in_sight(window: Window) -> list[str]:
    """What is wrong with what is in sight: names, roles, sizes, words."""
    used = controls(window)
    faults = [fault for one in used for fault in (*_unsaid(one), *_too_small(one), *_cut_off(one, window))]
    faults += [fault for one in visible(window, QLabel) for fault in _unreadable(one)]
    faults += _alike(used)
    faults += _ambiguous(window)
    if not window.windowTitle().strip():
        faults.append("the window has no title")
    return list(dict.fromkeys(faults))


def _unsaid(one: QWidget) -> Iterator[str]:
    name = name_of(one).strip()
    if name.casefold() in GENERIC or not any(sign.isalnum() for sign in name):
        yield f"{described(one)} in {type(one.parentWidget()).__name__} has no name of its own"
    found = QAccessible.queryAccessibleInterface(one)
    wanted = next((roles for kind, roles in ROLES if isinstance(one, kind)), None)
    if wanted is not None and found.role() not in wanted:
        yield f"{described(one)} says it is a {found.role().name}"
    if found.role() in (R.NoRole, R.StaticText):
        yield f"{described(one)} says not what it is"
    if one.property("chip") and found.role() is not R.ButtonMenu:
        yield f"{described(one)} opens a menu and says it is a {found.role().name}"


def _too_small(one: QWidget) -> Iterator[str]:
    if isinstance(one, QAbstractButton | QLineEdit | QComboBox) and min(one.width(), one.height()) < SMALLEST:
        yield f"{described(one)} is {one.width()} × {one.height()} pixels"
    if isinstance(one, QTabBar):
        for n in range(one.count()):
            place = one.tabRect(n)
            if min(place.width(), place.height()) < SMALLEST:
                yield f"tab “{one.tabText(n)}” is {place.width()} × {place.height()} pixels"
    if isinstance(one, QTableView) and one.model() is not None:
        header = one.horizontalHeader()
        if header.isVisible() and header.height() < SMALLEST:
            yield f"{described(one)} has headings {header.height()} pixels high"
        low = [row for row in range(min(one.model().rowCount(), 50)) if one.rowHeight(row) < SMALLEST]
        if low:
            yield f"{described(one)} has rows {one.rowHeight(low[0])} pixels high"
        yield from _signs(one)
    if isinstance(one, QListView) and one.model() is not None:
        low = [n for n in range(one.model().rowCount()) if 0 < one.sizeHintForRow(n) < SMALLEST]
        if low:
            yield f"{described(one)} has lines {one.sizeHintForRow(low[0])} pixels high"


def _signs(table: QTableView) -> Iterator[str]:
    """Cells that are read out as a sign and not as a word."""
    model = table.model()
    for row in range(min(model.rowCount(), 30)):
        for column in range(model.columnCount()):
            if table.isColumnHidden(column):
                continue
            index = model.index(row, column)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
            if spoken and not any(sign.isalnum() for sign in str(spoken)):
                yield f"{described(table)} says “{spoken}” in row {row}, column {column}"


def _cut_off(one: QWidget, window: Window) -> Iterator[str]:
    if isinstance(one, QAbstractButton) and one.text() and one.width() < _least(one):
        yield f"the words of {described(one)} are cut off"
    scrolled = _scrolled(one)
    if scrolled is None:
        place = QRect(one.mapTo(window, QPoint()), one.size())
        if not window.rect().contains(place):
            yield f"{described(one)} reaches out of the window"
    elif (inside := scrolled.widget()) is not None:
        place = QRect(one.mapTo(inside, QPoint()), one.size())
        if not inside.rect().contains(place):
            yield f"{described(one)} reaches out of its page"
        never = scrolled.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if never and place.right() > scrolled.viewport().width():
            yield f"{described(one)} is cut off at the right"


def _least(one: QAbstractButton) -> int:
    alone = isinstance(one, QToolButton) and one.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    return one.iconSize().width() if alone else one.minimumSizeHint().width()


def _scrolled(one: QWidget) -> QScrollArea | None:
    parent = one.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _unreadable(one: QLabel) -> Iterator[str]:
    if one.text() and one.textFormat() is not Qt.TextFormat.PlainText:
        yield f"the label “{one.text()[:60]}” would take markup for markup"
    if one.buddy() is not None and "&" in one.text().replace("&&", ""):
        yield f"the label “{one.text()[:60]}” makes a shortcut of an &"
    if one.wordWrap() and one.text() and one.height() + 1 < one.heightForWidth(one.width()):
        yield f"the words “{one.text()[:60]}” are cut off below"


def _alike(used: list[QWidget]) -> Iterator[str]:
    """Two buttons of one name, and nothing that tells one from the other."""

    def said(one: QWidget) -> tuple[str, str]:
        found = QAccessible.queryAccessibleInterface(one)
        return name_of(one), found.text(QAccessible.Text.Description)

    counts = Counter(said(one) for one in used if isinstance(one, QAbstractButton))
    return (f"{number} buttons are called “{name}”" for (name, _), number in counts.items() if number > 1)


def _ambiguous(window: Window) -> Iterator[str]:
    """Keys that would do two things."""
    actions = [keys.toString() for one in window.findChildren(QAction) for keys in one.shortcuts()]
    others = [
        one.key().toString()
        for one in window.findChildren(QShortcut)
        if isinstance(parent := one.parent(), QWidget) and parent.isVisible()
    ]
    for keys, number in Counter(actions + others).items():
        if number > 1:
            yield f"{number} actions take {keys}"
    for menu in window.menuBar().findChildren(QMenu):
        letters = Counter(
            keys for action in menu.actions() if (keys := QKeySequence.mnemonic(action.text()).toString())
        )
        for keys, number in letters.items():
            if number > 1:
                yield f"{number} entries of “{menu.title()}” take {keys}"
    bar = Counter(
        QKeySequence.mnemonic(menu.title()).toString() for menu in window.menuBar().findChildren(QMenu)
    )
    for keys, number in bar.items():
        if number > 1:
            yield f"{number} menus take {keys or 'no letter'}"


# ---------------------------------------------------------------- the pages


def settled(person: Person, qtbot: QtBot) -> None:
    """Waits until the panel beside a register shows the entry that is chosen."""
    person.waits()
    place = person.window.page
    page = place.page if place is not None else None
    if isinstance(page, ListsPage):
        page = page.register
    if isinstance(page, RegisterPage) and page.model.ids:
        qtbot.waitUntil(lambda: page.panel.form is not None)
    person.waits()


def tabs_of(title: str) -> list[str]:
    """The tabs of a place; one with no name where it has no others."""
    place = next(one for one in PLACES if one.title == title)
    return list(place.titles) if len(place.tabs) > 1 else [""]


def panel_tabs(person: Person) -> list[str]:
    """The tabs beside the register in front, but for the first."""
    bars = [one for one in person.register.panel.findChildren(QTabBar) if one.isVisible()]
    return [bars[0].tabText(n).replace("&&", "&") for n in range(1, bars[0].count())] if bars else []


def faults_here(person: Person, qtbot: QtBot, where: str, *, walk: bool = True) -> list[str]:
    """What is wrong with the page in front, as it stands."""
    settled(person, qtbot)
    found: list[str] = []

    def all_well() -> bool:
        found[:] = in_sight(person.window)
        return not found

    # What was hidden a moment ago finds its place a moment later.
    with suppress(QtTimeout):
        qtbot.waitUntil(all_well, timeout=1_000)
    if walk:
        found += without_keys(person.window)
    return [f"{fault} ({where})" for fault in found]


def told(faults: list[str]) -> str:
    """Each fault once, with the first page it was found on."""
    first: dict[str, str] = {}
    for fault in faults:
        what, _, where = fault.rpartition(" (")
        first.setdefault(what, where)
    return "\n".join(f"{what} ({where}" for what, where in first.items())


def faults_of(person: Person, qtbot: QtBot, title: str, *, walk: bool = True) -> list[str]:
    """What is wrong with a place, on all its tabs and on those beside its registers."""
    faults = []
    for tab in tabs_of(title):
        person.goes_to(title, tab)
        faults += faults_here(person, qtbot, f"{title} {tab}", walk=walk)
        place = person.window.page
        if place is not None and isinstance(place.page, RegisterPage):
            for beside in panel_tabs(person):
                person.turns_to(beside.rstrip("0123456789 "))
                faults += faults_here(person, qtbot, f"{title} {tab} {beside}", walk=walk)
    return faults


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
        if (page := person.window.page) is not None and (area := _scrolled(page)) is not None:
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
