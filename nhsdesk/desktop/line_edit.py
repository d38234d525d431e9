"""One line that a person types into: words, a day, an amount, hours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from nhsdesk.desktop.desk import Desk
from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import Field
from nhsdesk.domain.periods import day_words

_LONGEST = 10_000_000


class WordsEdit(QLineEdit):
    """Takes Undo and Redo for itself only while there is something typed in it to take back."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(_LONGEST)  # Qt's own 32,767 would cut short what a file brought in

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (event.matches(undo) and not self.isUndoAvailable()) or (
                event.matches(redo) and not self.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)


class LineEdit(WordsEdit):
    """One line of words, a day, an amount, hours."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._day = isinstance(field.kind, times.Day)
        self.setPlaceholderText(_example(field.kind))
        self.textEdited.connect(lambda _: self.typed.emit())
        self.returnPressed.connect(self.entered)  # Qt says so before it says that editing is finished
        self.editingFinished.connect(self.left)

    def words(self) -> str:
        return self.text()

    def show_words(self, words: str) -> None:
        self.setText(words)
        self.setCursorPosition(0)  # long words are read from their beginning

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+; writes today into a day."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self._day and control and event.key() == Qt.Key.Key_Semicolon:
            self.setText(day_words(self._desk.database.today()))
            self.typed.emit()
            return
        super().keyPressEvent(event)


def _example(kind: kinds.Kind) -> str:
    """What may be typed, for kinds that take several forms."""
    examples: tuple[tuple[type[kinds.Kind], str], ...] = (
        (times.Day, "30/1, 30 Jan 2027, +14 or next Fri"),
        (times.InMonth, "October 2026 or 10/2026"),
        (times.InYear, "2026/27"),
        (times.InQuarter, "2026/27 Q3"),
        (times.TimeOfDay, "5:30pm or 17:30"),
        (kinds.Pounds, "4,400 or £4,400.00"),
        (kinds.HoursAWeek, "22.5 or 22:30"),
        (kinds.SeveralOf, "Type to search; commas between them"),
        (kinds.LinksTo, "Type to search; semicolons between them"),
    )
    return next((words for of, words in examples if isinstance(kind, of)), "")
