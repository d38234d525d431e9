"""Words that may be longer than their place: shortened in the middle, whole for a screen reader and when copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from nhsdesk.desktop.words import label

_FEWEST_LETTERS = 12


class Shortened(QLabel):
    """One line of plain text that gives way in the middle, as paths are best read."""

    def __init__(self, text: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whole = text
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.averageCharWidth() * _FEWEST_LETTERS, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width(), 1)
        self.setText(QFontMetrics(self.font()).elidedText(self.whole, Qt.TextElideMode.ElideMiddle, room))


class Whole(QLabel):
    """Plain text over as many lines as it needs, each of them shown however small the window is."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


def to_copy(text: str, name: str) -> QLineEdit:
    """Words to be read and copied, not changed, such as where a file lies."""
    made = QLineEdit(text)
    made.setReadOnly(True)
    made.setAccessibleName(name)
    made.setCursorPosition(0)
    return made


def titled(text: str, field: QWidget) -> QLabel:
    """The label above a field; a screen reader gives it as the field's name."""
    made = label(text, "field")
    made.setBuddy(field)
    field.setAccessibleName(text)
    return made
