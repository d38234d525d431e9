"""The menus of the window: every command with its words and keys, in the order a person meets them.

What is offered elsewhere (the search for everything, the sheet of keys) reads it from here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from nhsdesk.desktop import last_place, theme
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.search_lines import Command
from nhsdesk.desktop.words import on_a_button

if TYPE_CHECKING:
    from nhsdesk.desktop.window import Window


_PLACES = frozenset(place.title for place in PLACES)


class Menus:
    """File, Edit, Go, View and Help."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._of_a_file: list[QAction] = []
        self._menus: list[QMenu] = []
        for build in (self._file, self._edit, self._go, self._view, self._help):
            build()

    def allow(self, open_: bool) -> None:
        """What works on a PCN file can be chosen only while one is open."""
        for action in self._of_a_file:
            action.setEnabled(open_)
        desk = self._window.desk
        at_start = last_place.file_at_start(desk.layout) if desk is not None else None
        self._at_start.setChecked(desk is not None and desk.database.path == at_start)

    def commands(self) -> list[Command]:
        """What can be chosen just now, places left out: the search has those anyway."""
        return [
            Command(_plain(action.text()), _keys(action), action.trigger)
            for menu in self._menus
            for action in menu.actions()
            if action.isEnabled() and not action.isSeparator() and _plain(action.text()) not in _PLACES
        ]

    def _file(self) -> None:
        window, file = self._window, self._menu("&File")
        self._add(file, "&New PCN file…", "Ctrl+Alt+N", window.begin_new)
        self._add(file, "&Open…", "Ctrl+O", window.choose_file)
        self._add(file, "&Close the PCN file", "Ctrl+W", window.close_file, of_a_file=True)
        words = "Open this file &whenever nhsdesk starts"
        self._at_start = self._add(file, words, "", self._open_at_start, of_a_file=True)
        self._at_start.setCheckable(True)
        file.addSeparator()
        self._add(file, "&Quit", "Ctrl+Q", window.close)

    def _open_at_start(self) -> None:
        desk, wanted = self._window.desk, self._at_start.isChecked()
        if desk is None:
            return
        last_place.keep_file_at_start(desk.layout, desk.database.path if wanted else None)
        then = "opens this file" if wanted else "asks which file to open"
        desk.say(f"From now on nhsdesk {then} when it starts on this computer.")

    def _edit(self) -> None:
        edit = self._menu("&Edit")
        edit.addActions([self._window.undoing.undo, self._window.undoing.redo])
        edit.addSeparator()
        self._add(edit, "&Add anything…", "Ctrl+Shift+N", self._window.at_hand.begin_adding, of_a_file=True)

    def _go(self) -> None:
        window, go = self._window, self._menu("&Go")
        for number, place in enumerate(PLACES):
            words = on_a_button(place.title)
            there = partial(window.go_to, number)
            self._add(go, words, f"Ctrl+{number + 1}", there, of_a_file=True)
        self._add(go, "&Search", "Ctrl+K", window.begin_search, of_a_file=True)
        self._add(go, "What a &word here means", "Ctrl+G", window.glossary.ask)

    def _view(self) -> None:
        window, view = self._window, self._menu("&View")
        for look in theme.Look:
            words = look.value[:1].upper() + look.value[1:]
            self._add(view, words, "", partial(window.dress, look))
        view.addSeparator()
        self._add(view, "Larger type", "Ctrl++", lambda: window.zoom(25))
        self._add(view, "Smaller type", "Ctrl+-", lambda: window.zoom(-25))
        self._add(view, "Type as at first", "Ctrl+0", lambda: window.zoom(0))
        larger = QShortcut(QKeySequence("Ctrl+="), window)  # the key as it lies on most keyboards
        larger.activated.connect(lambda: window.zoom(25))

    def _help(self) -> None:
        window, helps = self._window, self._menu("&Help")
        self._add(helps, "&Help for this page", "F1", lambda: window.at_hand.help.here())
        self._add(helps, "&Keys", "Ctrl+/", lambda: window.at_hand.help.keys())
        self._add(helps, "A&ccessibility", "", lambda: window.at_hand.help.accessibility())
        self._add(helps, "&About nhsdesk", "", lambda: window.at_hand.help.about())

    def listed(self) -> list[tuple[str, list[Command]]]:
        """Every menu with its commands, for the sheet of keys."""
        return [
            (
                _plain(menu.title()),
                [
                    Command(one.objectName() or _plain(one.text()), _keys(one), one.trigger)
                    for one in menu.actions()
                    if one.text()
                ],
            )
            for menu in self._menus
        ]

    def _menu(self, words: str) -> QMenu:
        menu = self._window.menuBar().addMenu(words)
        assert isinstance(menu, QMenu)
        self._menus.append(menu)
        return menu

    def _add(
        self, menu: QMenu, words: str, keys: str, work: Callable[[], object], *, of_a_file: bool = False
    ) -> QAction:
        action = QAction(words, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: work())
        menu.addAction(action)
        if of_a_file:
            self._of_a_file.append(action)
        return action


def commands_here(menus: Menus, page: QWidget | None) -> list[Command]:
    """What can be done just now: what the menus offer, and the buttons of the page in front."""
    return [*menus.commands(), *(buttons_of(page) if page is not None else ())]


def buttons_of(page: QWidget) -> list[Command]:
    """The buttons in sight on a page that can be pressed, each as a command."""
    found: dict[str, Command] = {}
    for one in page.findChildren(QPushButton):
        words = _plain(one.text()) or one.accessibleName()
        if words and one.isVisible() and one.isEnabled() and not one.property("chip"):
            found.setdefault(words, Command(words, "On this page", one.click))
    return list(found.values())


def _plain(words: str) -> str:
    """Words without the mark of their key."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _keys(action: QAction) -> str:
    return ", ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts())
