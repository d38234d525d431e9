"""Somebody at the window with a keyboard and no mouse, and what they came by and struck on their way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QListView,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.navigation import Navigation
from nhsdesk.desktop.window import Window
from nhsdesk.domain.fields import Record
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store.database import Database
from tests.desktop.by_keyboard import name_of, press, tab_to
from tests.desktop.desk_side import PAGE_TURNS, visible


class Typed(str):
    """Words that were typed, where a plain word is a key."""

    __slots__ = ()


@dataclass
class Typist:
    """Somebody with a keyboard and no mouse.

    `came_by` has the names of controls, tabs, pages and menu entries in the order in which they were gone to, and
    `struck` the keys and typed words; a page of the guide is held against both.
    """

    window: Window
    qtbot: QtBot
    came_by: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    keys: int = 0
    """Every key struck: each Tab, and each letter typed."""
    letters: int = 0
    """How many of those typed a word."""
    thoughts: int = 0
    """How often they had to find out what comes next: once for each control, tab and page gone to."""

    # ---- doing

    def presses(self, *keys: str) -> None:
        for one in keys:
            self.struck.append(one)
            self._strikes(one)

    def _strikes(self, key: str) -> None:
        self.keys += 1
        press(key, self.window)
        self.waits()

    def _comes_by(self, name: str) -> None:
        self.thoughts += 1
        self.came_by.append(name)

    def types(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        self.struck.append(Typed(words))
        self.keys += len(words)
        self.letters += len(words)
        QTest.keyClicks(focus, words)
        self.waits()

    def goes_to(self, place: str, *tabs: str) -> None:
        """Presses the key that the place tells of, and turns to one of its pages and to a part of that."""
        shown = {one.accessibleName(): one for one in self._places()}
        assert place in shown, f"no place is called “{place}”; there are {', '.join(shown)}"
        keys = re.search(r"\((Ctrl\+\d)\)", shown[place].toolTip())
        assert keys is not None, f"“{place}” tells of no key"
        self._comes_by(place)
        self.presses(keys[1])
        assert shown[place].isChecked(), f"{keys[1]} does not lead to “{place}”"
        for one in tabs:
            self.turns_to(one)

    def tabs_to(self, name: str) -> QWidget:
        """Goes on with Tab until the focus is on what bears the name."""
        return self.tabs_to_what(lambda one: name_of(one) == name, name)

    def tabs_to_the_one_named(self, name: str) -> QWidget:
        """Goes on with Tab until the focus is on what bears a name with something in place of each “…”."""
        wanted = re.compile(".+".join(map(re.escape, name.split("…"))))
        return self.tabs_to_what(lambda one: wanted.match(name_of(one)) is not None, name)

    def tabs_to_the_list(self, name: str) -> QWidget:
        """Goes on with Tab until the focus is on the list of that name, which tabs may have as well."""
        return self.tabs_to_what(
            lambda one: isinstance(one, QAbstractItemView) and name_of(one) == name, name
        )

    def arrives_at(self, name: str) -> None:
        """Finds the focus there without a key of its own."""
        now = QApplication.focusWidget()
        assert now is not None, f"the focus is lost, and not on “{name}”"
        assert name_of(now) == name, f"the focus is on “{name_of(now)}”, and not on “{name}”"
        self.came_by.append(name)

    def tabs_to_what(self, wanted: Callable[[QWidget], bool], name: str) -> QWidget:
        """Goes on with Tab until the focus is on what is wanted; it counts as that name."""
        found = self._tab_to(wanted, name)
        self._comes_by(name)
        return found

    def presses_the_button(self, name: str) -> None:
        self.tabs_to(name)
        self.presses("Space")

    def fills(self, name: str, words: str) -> None:
        """Goes to the field, types, and goes on."""
        there = self.tabs_to(name)
        if not isinstance(there, QComboBox) or there.isEditable():
            self.presses("Ctrl+A")
        self.types(words)
        self.presses("Tab")

    def turns_to(self, tab: str) -> None:
        """Goes to the tabs that have one of these words, and to that one with the arrow."""

        def has_it(one: QWidget) -> bool:
            return isinstance(one, QTabBar) and any(_named(one, n, tab) for n in range(one.count()))

        place = self.window.page
        if place is not None and tab in place.titles:
            self._strikes("F6")
        bar = self._tab_to(has_it, f"the tab “{tab}”")
        assert isinstance(bar, QTabBar)
        self._comes_by(tab)
        wanted = next(n for n in range(bar.count()) if _named(bar, n, tab))
        way = "Right" if wanted > bar.currentIndex() else "Left"
        for _ in range(abs(wanted - bar.currentIndex())):
            self.presses(way)
        if bar.currentIndex() == wanted:
            return
        raise AssertionError(f"arrows do not lead to “{tab}”")

    def picks_paper(self, title: str) -> None:
        """Goes down the list of papers to one, and waits until it is shown."""
        found = self._tab_to(lambda one: name_of(one) == "Returns and papers", "the list of papers")
        assert isinstance(found, QListView)
        self._comes_by(title)
        self.presses(*["Up"] * found.model().rowCount())
        for _ in range(found.model().rowCount()):
            if found.currentIndex().data() == title:
                break
            self.presses("Down")
        assert found.currentIndex().data() == title, f"the list of papers has no “{title}”"
        self.waits()

    def chooses(self, words: str) -> None:
        """Goes down the menu that is open to what it offers, and chooses it."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), f"no menu is open that could offer “{words}”"
        self._comes_by(words)
        for _ in menu.actions():
            if (now := menu.activeAction()) is not None and plain(now.text()) == words:
                self._strikes("Return")
                return
            self._strikes("Down")
        offered = ", ".join(plain(one.text()) for one in menu.actions())
        raise AssertionError(f"the menu does not offer “{words}”; it offers {offered}")

    def reads(self, words: str) -> None:
        """Finds words on the screen: a page's heading, a tab, a sentence or a button."""
        assert words in self.on_screen(), f"“{words}” is not on the screen"
        self._comes_by(words)

    # ---- waiting and looking

    def waits(self, until: Callable[[], object] = lambda: True) -> None:
        for _ in range(PAGE_TURNS):
            QCoreApplication.processEvents()
            self.window.background.wait()
        self.qtbot.waitUntil(lambda: bool(until()))

    def on_screen(self) -> str:
        """All words that labels, buttons and tabs show."""
        labels = [one.text() for one in visible(self.window, QLabel)]
        buttons = [plain(one.text()) or one.accessibleName() for one in visible(self.window, QAbstractButton)]
        bars = visible(self.window, QTabBar)
        return "\n".join((*labels, *buttons, *(words_on(bar, n) for bar in bars for n in range(bar.count()))))

    @property
    def database(self) -> Database:
        assert self.window.desk is not None, "no file is open"
        return self.window.desk.database

    @property
    def told(self) -> str:
        return self.window.status.said

    @property
    def keys_that_type_nothing(self) -> int:
        return self.keys - self.letters

    def holds(self, cls: type[Record]) -> list[Record]:
        with self.database.read() as reader:
            return list(reader.all(cls))

    def kept(self) -> dict[str, bytes]:
        """Every paper kept as sent, by its key."""
        with self.database.read() as reader:
            return {one.paper: reader.kept_bytes(one.kept.sha256) or b"" for one in reader.all(SentPaper)}

    def everything(self) -> dict[str, list[Record]]:
        """All that the file holds, by kind."""
        return {name: self.holds(kind.cls) for name, kind in KINDS.items()}

    def offers(self, word: str) -> str:
        """What Undo or Redo says it would do, as the Edit menu has it."""
        self.presses("Alt+E")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        said = next(one.text() for one in menu.actions() if one.text().split(":")[0].split()[0] == word)
        self.presses("Escape")
        if QApplication.activePopupWidget() is not None:
            self.presses("Escape")
        return said

    def _places(self) -> list[QToolButton]:
        return [one for part in visible(self.window, Navigation) for one in visible(part, QToolButton)]

    def _tab_to(self, wanted: Callable[[QWidget], bool], what: str) -> QWidget:
        passed = 0

        def counted(one: QWidget) -> bool:
            nonlocal passed
            passed += 1
            return wanted(one)

        found = tab_to(self.window, counted, f"“{what}”")
        self.keys += passed - 1
        self.waits()
        return found


def plain(words: str) -> str:
    """Words without the mark of their key."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _named(bar: QTabBar, at: int, tab: str) -> bool:
    return re.sub(r" \(?\d+\)?$", "", words_on(bar, at)) == tab


def words_on(bar: QTabBar, number: int) -> str:
    return bar.tabText(number).replace("&&", "&")
