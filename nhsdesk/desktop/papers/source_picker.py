"""What fills a place, found by typing part of its name: arrows choose, Enter takes it, Escape leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.words import label
from nhsdesk.domain import fill_proposals
from nhsdesk.domain.entry import quoted

MOST_SHOWN = 200
_WALKS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Kind(Enum):
    """What kind of thing fills a place."""

    FIGURE = "figure"
    ROWS = "rows of a list"
    WORDS = "always these words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to choose: what it is, its name, and what is shown behind it."""

    kind: Kind
    name: str
    now: str = ""

    @property
    def words(self) -> str:
        """As it stands in the list."""
        if self.kind is Kind.WORDS:
            return f"Always: {quoted(self.name)}"
        if self.kind is Kind.NOTHING:
            return "Nothing: leave it as it came"
        told = f"{self.name}, as rows" if self.kind is Kind.ROWS else self.name
        return f"{told}   ({self.now})" if self.now else told


class SourcePicker(QWidget):
    """The question, a field to type into, and what fits."""

    picked = Signal(object)
    """A `Source`."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sources: tuple[Source, ...] = ()
        self._question = ""
        self._shown: list[Source] = []
        self.asks = label(role="field")
        self.field = _Field()
        self.field.setAccessibleName("What fills it")
        self.field.setPlaceholderText("Type part of its name, or words of your own")
        self.field.textChanged.connect(lambda _: self._narrow())
        self.field.walked.connect(self._walk)
        self.field.taken.connect(self._take)
        self.field.left.connect(self.left)
        self.list = QListWidget()
        self.list.setAccessibleName("What can fill it")
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemActivated.connect(lambda _: self._take())
        self.take = pressed("Fill it with this", "check", self._take)
        self.back = pressed("Back to the sheet", "back", self.left.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.asks)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.take, self.back))

    def ask(self, asks: str, question: str, sources: Sequence[Source]) -> None:
        """Asks what fills a place; what shares words with the question stands first among its kind."""
        self._question, self._sources = question, tuple(sources)
        self.asks.setText(asks)
        self.field.clear()
        self._narrow()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, sources: Sequence[Source]) -> None:
        """More has been found that can fill it; what is typed stays."""
        self._sources = tuple(sources)
        self._narrow()

    @property
    def question(self) -> str:
        """The words beside the place that is asked about."""
        return self._question

    def _narrow(self) -> None:
        typed = self.field.text()
        by_name = {one.words: one for one in self._sources}
        order = fill_proposals.nearest(self._question, tuple(by_name), typed)
        kinds = list(dict.fromkeys(one.kind for one in self._sources))
        found = sorted((by_name[one] for one in order), key=lambda one: kinds.index(one.kind))
        if typed.strip():
            found.append(Source(Kind.WORDS, typed.strip()))
        self._shown = found[:MOST_SHOWN]
        self.list.clear()
        self.list.addItems([one.words for one in self._shown])
        self.list.setCurrentRow(0 if self._shown else -1)
        self.take.setEnabled(bool(self._shown))

    def _walk(self, key: int) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8}.get(Qt.Key(key), 8)
        last = len(self._shown) - 1
        self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), last))
        at = self.list.currentRow()
        self.field.setAccessibleDescription(self._shown[at].words if self._shown else "")

    def _take(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._shown):
            self.picked.emit(self._shown[at])


class _Field(QLineEdit):
    """A line whose arrows walk the list below it."""

    walked = Signal(int)
    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WALKS:
            self.walked.emit(event.key())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
