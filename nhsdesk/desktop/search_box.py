"""One box to find anything: places, words of the field, then entries by words, mistyped words and references."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QToolTip, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.glossary_help import as_tip
from nhsdesk.desktop.places import PLACES
from nhsdesk.domain.entry import read_day
from nhsdesk.domain.glossary import Sureness
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.records import KINDS

MOST = 20
_WAIT_MS = 60
_TOLD_MS = 30_000
_AS_AT = " as at "


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a line of the list leads: a place, a word of the field, or an entry."""

    place: int = -1
    word: str = ""
    on: date = date.min
    kind: str = ""
    id: Id = NEW


class SearchBox(QLineEdit):
    """Typed into, it lists what was found below itself; arrows and Enter choose."""

    place_wanted = Signal(int)
    record_wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText("Search or go to…   Ctrl+K")
        self.setAccessibleName("Search everything")
        self.setClearButtonEnabled(True)
        self._desk: Desk | None = None
        self._reading = False
        self._list = _List(parent)
        self._list.itemClicked.connect(self._choose)
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
        self.clear()
        self.setEnabled(desk is not None)

    @property
    def found(self) -> list[str]:
        """The words of the lines found, as they are shown; empty while there is no list."""
        if self._list.isHidden():
            return []
        return [self._list.item(row).text() for row in range(self._list.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._list.isHidden():
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look_at_once()
            if (item := self._list.currentItem()) is not None:
                self._choose(item)
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

    def _look_at_once(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._look()

    def _look(self) -> None:
        words, desk = self.text().strip(), self._desk
        if not words or desk is None:
            self._list.hide()
            return
        self._list.clear()
        if self._has_to_read(desk):
            self._list.add_nothing("Reading the file first; this takes a moment.")
            self._list.show_below(self)
            return
        for number, place in enumerate(PLACES):
            if any(part.startswith(words.casefold()) for part in place.title.casefold().split()):
                self._list.add(f"Go to {place.title}", _Way(place=number))
        found = list(desk.attempt(lambda: self._words(desk, words), otherwise=()))
        if not (found and _AS_AT in words):  # who asks what a word meant on a day asks for nothing else
            found += desk.attempt(lambda: self._entries(desk, words), otherwise=())
        for told, way in found:
            self._list.add(told, way)
        if not self._list.count():
            self._list.add_nothing(f"Nothing was found for “{words[:60]}”.")
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

    def _words(self, desk: Desk, words: str) -> list[tuple[str, _Way]]:
        """Words that came with the program, of today or "as at 1 May 2019"; those of this file are entries of it."""
        glossary, today = desk.glossary(), desk.database.today()
        typed, _, when = words.partition(_AS_AT)
        read = read_day(when, today) if when.strip() else today
        on = read if isinstance(read, date) else today
        then = f" (as at {day_words(on)})" if on != today else ""
        return [
            (f"{term.in_short[:160]}{then}", _Way(word=term.name, on=on))
            for term in glossary.offered(typed)
            if term.sureness is not Sureness.OURS
            and not (then and glossary.sense(term.forms[0], on) is not term)
        ]

    def _tell(self, name: str, on: date) -> None:
        """Shows and says what a word meant on a day, with what came before and after it."""
        desk = self._desk
        term = desk.glossary().named(name) if desk is not None else None
        if desk is None or term is None:
            return
        told = desk.glossary().told(term, on)
        desk.say(told)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), as_tip(told), self, QRect(), _TOLD_MS)

    def _entries(self, desk: Desk, words: str) -> list[tuple[str, _Way]]:
        from nhsdesk.store import search
        from nhsdesk.store.register import titles_of

        found = search.find(desk.database, words, most=MOST)
        with desk.database.read() as reader:
            titles = titles_of(reader, [one.id for one in found])
        return [
            (f"{KINDS[one.kind].title}: {titles[one.id][:160]}", _Way(kind=one.kind, id=one.id))
            for one in found
            if one.id in titles
        ]

    def _choose(self, item: QListWidgetItem) -> None:
        way = item.data(Qt.ItemDataRole.UserRole)
        if not isinstance(way, _Way):
            return
        self._list.hide()
        self.clear()
        if way.place >= 0:
            self.place_wanted.emit(way.place)
        elif way.word:
            self._tell(way.word, way.on)
        else:
            self.record_wanted.emit(way.kind, way.id)


class _List(QFrame):
    """What was found, over the page below the box."""

    itemClicked = Signal(QListWidgetItem)  # noqa: N815 - as Qt names it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self.itemClicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._list)
        self.hide()

    def add(self, words: str, way: _Way) -> None:
        item = QListWidgetItem(" ".join(words.split()))
        item.setData(Qt.ItemDataRole.UserRole, way)
        self._list.addItem(item)

    def add_nothing(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.addItem(item)

    def clear(self) -> None:
        self._list.clear()

    def count(self) -> int:
        return self._list.count()

    def item(self, row: int) -> QListWidgetItem:
        return self._list.item(row)

    def currentItem(self) -> QListWidgetItem | None:
        return self._list.currentItem()

    def move_by(self, rows: int) -> None:
        count = self._list.count()
        self._list.setCurrentRow((self._list.currentRow() + rows) % count if count else -1)

    def _first(self) -> int:
        """What Enter takes: the first place or entry; a word of the field only where there is nothing else."""
        ways = [self._list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self._list.count())]
        return next((row for row, way in enumerate(ways) if isinstance(way, _Way) and not way.word), 0)

    def show_below(self, box: QLineEdit) -> None:
        window = self.parentWidget()
        assert window is not None
        at = box.mapTo(window, box.rect().bottomLeft())
        rows = min(self._list.count(), 12)
        height = rows * max(self._list.sizeHintForRow(0), theme.px(28)) + theme.px(16)
        width = max(box.width(), theme.px(460))
        self.setGeometry(min(at.x(), window.width() - width - 8), at.y() + 4, width, height)
        self._list.setCurrentRow(self._first())
        self.show()
        self.raise_()
