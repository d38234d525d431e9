"""A field with its name beside it, kept together where a row of them is broken."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.words import label


class FieldBeside(QWidget):
    """The name, and the field that bears it; the width is in pixels at 100 %."""

    def __init__(self, words: str, edit: QLineEdit, width: int) -> None:
        super().__init__()
        self._edit, self._width = edit, width
        self.named = label(words, "field", wrap=False)
        self.named.setBuddy(edit)
        edit.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.named)
        row.addWidget(edit)
        self._at_this_zoom()
        theme.changes.made.connect(self._at_this_zoom)

    def _at_this_zoom(self) -> None:
        self._edit.setFixedWidth(theme.px(self._width))
