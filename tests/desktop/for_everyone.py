"""The walk through what is in front with a screen reader, the keys and an unsteady hand: what it finds wrong there.

faults_here(person, qtbot, "Today")         the window, as it stands
in_sight(guide), without_keys(guide)        another window
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
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
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import theme
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.messages import AsRoomAllows
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.record_form import RecordForm
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.window import Window
from tests.desktop.by_keyboard import described, name_of, tab_order
from tests.desktop.desk_side import Person, visible

SMALLEST = 24
"""Pixels of a target, WCAG 2.2 criterion 2.5.8."""

MOST_WALKS = 5
"""So many times what is in front is walked through before work that begins ever again counts as its fault."""

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
    (QTextBrowser, (R.StaticText,)),  # Qt's word for a text that is only read, with its headings and links
    (QComboBox, (R.ComboBox,)),
    (QTableView, (R.Table,)),
    (QListView, (R.List,)),
    (QTreeView, (R.Tree,)),
    (QTabBar, (R.PageTabList,)),
    (QProgressBar, (R.ProgressBar,)),
    (QAbstractButton, (R.Button, R.ButtonMenu, R.CheckBox, R.RadioButton)),
)


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


def in_reach(window: QWidget, order: list[QWidget]) -> set[QWidget]:
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


def without_keys(window: QWidget) -> list[str]:
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


def in_sight(window: QWidget) -> list[str]:
    """What is wrong with what is in sight: names, roles, sizes, words."""
    used = controls(window)
    faults = [
        fault
        for one in used
        for fault in (*_unsaid(one), *_too_small(one), *_cut_off(one, window), *_dim(one))
    ]
    faults += [fault for one in visible(window, QLabel) for fault in _unreadable(one)]
    faults += _alike(used)
    if isinstance(window, Window):
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
    if wanted is None and found.role() in (R.NoRole, R.StaticText):
        yield f"{described(one)} says not what it is"
    if one.property("chip") and found.role() is not R.ButtonMenu:
        yield f"{described(one)} opens a menu and says it is a {found.role().name}"


def _too_small(one: QWidget) -> Iterator[str]:
    if isinstance(one, QAbstractButton | QLineEdit | QComboBox) and min(one.width(), one.height()) < SMALLEST:
        yield f"{described(one)} is {one.width()} × {one.height()} pixels"
    if isinstance(one, QTabBar):
        yield from _tabs_too_small(one)
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


def _tabs_too_small(bar: QTabBar) -> Iterator[str]:
    for n in filter(bar.isTabVisible, range(bar.count())):
        words, place = bar.tabText(n).replace("&&", "&"), bar.tabRect(n)
        if bar.fontMetrics().horizontalAdvance(words) > place.width():
            yield f"tab “{words}” is cut off"
        if min(place.width(), place.height()) < SMALLEST:
            yield f"tab “{words}” is {place.width()} × {place.height()} pixels"


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


def _cut_off(one: QWidget, window: QWidget) -> Iterator[str]:
    if isinstance(one, QAbstractButton) and one.text() and one.width() < _least(one):
        yield f"the words of {described(one)} are cut off"
    scrolled = scrolled_in(one)
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


def _dim(one: QWidget) -> Iterator[str]:
    """A main button's picture, which has its own colour behind it (criterion 1.4.11)."""
    if not isinstance(one, QAbstractButton) or not one.property("primary") or one.icon().isNull():
        return
    drawn = one.icon().pixmap(one.iconSize()).toImage()
    places = ((x, y) for x in range(drawn.width()) for y in range(drawn.height()))
    strokes = {
        drawn.pixelColor(x, y).name().upper() for x, y in places if drawn.pixelColor(x, y).alpha() == 255
    }
    if strokes and strokes != {theme.tokens().on_accent}:
        yield f"the picture of {described(one)} is {', '.join(sorted(strokes))} on {theme.tokens().accent}"


def _least(one: QAbstractButton) -> int:
    alone = isinstance(one, QToolButton) and one.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    return one.iconSize().width() if alone else one.minimumSizeHint().width()


def scrolled_in(one: QWidget) -> QScrollArea | None:
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
    least = one.minimumSizeHint()
    ends_in_dots = isinstance(one, AsRoomAllows)
    if not one.wordWrap() and one.text() and not ends_in_dots and one.size().expandedTo(least) != one.size():
        yield f"the words “{one.text()[:60]}” have {one.width()} of {least.width()} pixels, or are cut off below"


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
        if one.isEnabled() and isinstance(parent := one.parent(), QWidget) and parent.isVisible()
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
        found += _walked_at_rest(person)
    return [f"{fault} ({where})" for fault in found]


def _walked_at_rest(person: Person) -> list[str]:
    """What the walk finds once no work began or ended on the way: while there is some, its Cancel stands on the way.

    A file is looked through some seconds after it was opened, wherever the walk is by then.
    """
    background, moved, found = person.window.background, list[object](), list[str]()
    for turn in (background.began, background.ended):
        turn.connect(moved.append)
    for _ in range(MOST_WALKS):
        person.waits()
        moved.clear()
        try:
            found = without_keys(person.window)
        except AssertionError:  # the focus was on a Cancel that went
            if not moved:
                raise
        if not moved:
            break
    for turn in (background.began, background.ended):
        turn.disconnect(moved.append)
    return found


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


def faults_of_every_tab(person: Person, qtbot: QtBot, where: str, *, walk: bool = True) -> list[str]:
    """What is wrong behind the tabs within the page in front, and behind those within them; the first is in front."""
    assert person.window.page is not None
    return _behind(person, qtbot, person.window.page.page, where, walk=walk)


def _behind(person: Person, qtbot: QtBot, part: QWidget, where: str, *, walk: bool) -> list[str]:
    faults = []
    books = visible(part, QTabWidget)
    outer = [one for one in books if not any(two is not one and two.isAncestorOf(one) for two in books)]
    for book in outer:
        for at in filter(book.isTabVisible, range(book.count())):
            here = f"{where} {book.tabText(at)}"
            if at and book.isTabEnabled(at):
                book.setCurrentIndex(at)
                faults += faults_here(person, qtbot, here, walk=walk)
            if book.currentIndex() == at and (inside := book.widget(at)) is not None:
                faults += _behind(person, qtbot, inside, here, walk=walk)
        book.setCurrentIndex(0)
    return faults
