"""The text of one item while it is minuted: tells each line that the cursor leaves, with what it said before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit


class MinutesText(QPlainTextEdit):
    """One large text; Tab leaves it."""

    line_left = Signal(str, str)
    """What a line said when the cursor came to it, and what it says now."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._line, self._before = 0, ""
        self._quiet = False
        self.cursorPositionChanged.connect(self._moved)

    def show_words(self, words: str) -> None:
        """Puts words in place of what stands there; no line was left by that."""
        self._quiet = True
        self.setPlainText(words)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self._quiet = False
        self._enter_line()

    def leave_line(self) -> None:
        """Tells the line the cursor is in as if it had been left."""
        block = self.document().findBlockByNumber(self._line)
        now = block.text() if block.isValid() else ""
        before, self._before = self._before, now
        if now != before:
            self.line_left.emit(before, now)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.leave_line()

    def _moved(self) -> None:
        if self._quiet or self.textCursor().blockNumber() == self._line:
            return
        self.leave_line()
        self._enter_line()

    def _enter_line(self) -> None:
        block = self.textCursor().block()
        self._line, self._before = block.blockNumber(), block.text()
