"""One box to find anything: pages, commands, papers, words of the field, entries and what stands inside files.

Before anything is typed it offers what was opened last. Words inside files are read beside the window, a few at a
time, once somebody searches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from nhsdesk.desktop import search_lines
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.glossary_help import as_tip
from nhsdesk.desktop.search_lines import Command, Way
from nhsdesk.desktop.search_list import SearchList
from nhsdesk.domain.kinds import Id

if TYPE_CHECKING:  # loaded when somebody searches
    from nhsdesk.commands.file_search import Read

_WAIT_MS = 60
_TOLD_MS = 30_000
_RECENT = 8
_READING = "Reading the file first; this takes a moment."
_FILES = "Reading kept files for the search"


class SearchBox(QLineEdit):
    """Typed into, it lists what was found below itself; arrows and Enter choose."""

    place_wanted = Signal(int)
    list_wanted = Signal(int, int, str)
    """Place, tab, and the kind whose list is wanted where the tab holds several."""
    record_wanted = Signal(str, object)
    paper_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText("Search or go to…   Ctrl+K")
        self.setAccessibleName("Search everything")
        self.setClearButtonEnabled(True)
        self.commands: Callable[[], Sequence[Command]] = tuple
        """What can be done just now; whoever has commands says so here."""
        self._desk: Desk | None = None
        self._reading = False
        self._passed: set[Id] = set()
        self._files_under_way = False
        self._list = SearchList(parent)
        self._list.chosen.connect(self._choose)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._look)
        self.textEdited.connect(lambda _: self._wait.start())
        self.textChanged.connect(lambda words: None if words else self._list.hide())
        parent.installEventFilter(self)

    def search_in(self, desk: Desk | None) -> None:
        """Searches this file from now on."""
        self._desk = desk
        self._passed.clear()
        self._files_under_way = False
        self.clear()
        self.setEnabled(desk is not None)

    def begin(self) -> None:
        """The person wants to search: what was opened last is offered, and files are read beside the window."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self._desk is not None and not self.text():
            groups = search_lines.recent_lines(self._desk, self._recent())
            self._list.show_groups(groups)
            if groups:
                self._list.show_below(self)
        self._read_files()

    def remember(self, kind: str, id_: Id) -> None:
        """Notes that an entry was opened."""
        if self._desk is not None:
            ids = [id_, *(one for one in self._recent() if one != id_)][:_RECENT]
            self._desk.layout.keep_word(self._key, " ".join(map(str, map(int, ids))))

    @property
    def found(self) -> list[str]:
        """The words of the lines found, as they are shown; empty while there is no list."""
        return [] if self._list.isHidden() else self._list.words

    @property
    def shown(self) -> list[str]:
        """All that the list shows, with headings and why each was found."""
        return [] if self._list.isHidden() else self._list.whole

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._list.isHidden():
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look_at_once()
            if not self._list.isHidden() and (way := self._list.way) is not None:
                self._choose(way)
        elif key == Qt.Key.Key_Escape and (self.text() or not self._list.isHidden()):
            self._list.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._list.hide()
        return super().eventFilter(watched, event)

    # ---- looking

    def _look_at_once(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._look()

    def _look(self) -> None:
        words, desk = self.text().strip(), self._desk
        if not words or desk is None:
            self._list.hide()
            return
        if self._has_to_read(desk):
            self._list.say(_READING)
            self._list.show_below(self)
            return
        groups = search_lines.found(desk, words, self.commands(), self._recent())
        if groups:
            self._list.show_groups(groups)
        else:
            self._list.say(f"Nothing was found for “{words[:60]}”.")
        self._list.show_below(self)

    def _has_to_read(self, desk: Desk) -> bool:
        """The first search of a long file makes its index, beside the window; then it looks again."""
        from nhsdesk.store import search

        if self._reading or not desk.may_write or not search.far_behind(desk.database):
            return self._reading
        self._reading = True
        desk.background.start(
            "Reading the file for the search",
            lambda _: search.bring_up_to_date(desk.database),
            lambda _: self._read(),
            writes=True,
            failed=self._could_not_read,
        )
        return self._reading

    def _read(self) -> None:
        self._reading = False
        if self.text():
            self._look()

    def _could_not_read(self, sentence: str) -> None:
        self._reading = False
        self._list.hide()
        if self._desk is not None:
            self._desk.warn(sentence)

    # ---- the words inside files

    def _read_files(self) -> None:
        """Reads some files whose words are not known, beside the window, and goes on while there are more."""
        desk = self._desk
        if desk is None or self._files_under_way or desk.database.read_only_because:
            return
        from nhsdesk.commands import file_search

        self._files_under_way = True
        passed = frozenset(self._passed)
        desk.background.start(
            _FILES,
            lambda _: file_search.read_some(desk.database, passed),
            lambda read: self._files_read(desk, read),
            failed=self._files_not_read,
        )

    def _files_read(self, desk: Desk, read: Read) -> None:
        self._files_under_way = False
        if desk is not self._desk or not read or not desk.may_write:
            return  # while other work writes, the words wait for the next search
        from nhsdesk.commands import file_search

        self._passed |= {one.id for one, _ in read}
        desk.attempt(lambda: file_search.keep(desk.database, read))
        if self.text() and not self._list.isHidden():
            self._wait.start()
        self._read_files()

    def _files_not_read(self, sentence: str) -> None:
        """The rest is searched all the same; files are tried again with the next search."""
        self._files_under_way = False
        if self._desk is not None:
            self._desk.say(sentence)

    # ---- what was opened last

    @property
    def _key(self) -> str:
        return f"search.recent.{self._desk.database.head.copy}" if self._desk is not None else ""

    def _recent(self) -> list[Id]:
        if self._desk is None:
            return []
        return [Id(int(one)) for one in self._desk.layout.word(self._key).split() if one.isdecimal()]

    # ---- choosing

    def _choose(self, way: Way) -> None:
        self._list.hide()
        self.clear()
        if way.run is not None:
            way.run()
        elif way.paper:
            self.paper_wanted.emit(way.paper)
        elif way.place >= 0 and (way.tab or way.kind):
            self.list_wanted.emit(way.place, way.tab, way.kind)
        elif way.place >= 0:
            self.place_wanted.emit(way.place)
        elif way.word:
            self._tell(way.word, way.on)
        elif self._desk is not None:
            self.record_wanted.emit(*search_lines.home_of(self._desk, way.kind, way.id))

    def _tell(self, name: str, on: date) -> None:
        """Shows and says what a word meant on a day, with what came before and after it."""
        desk = self._desk
        term = desk.glossary().named(name) if desk is not None else None
        if desk is None or term is None:
            return
        told = desk.glossary().told(term, on)
        desk.say(told)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), as_tip(told), self, QRect(), _TOLD_MS)
