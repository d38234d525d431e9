"""What happened, told beside where it happened: shown, and said by screen readers at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from nhsdesk.desktop.messages import announce


class Told(QLabel):
    """A sentence of plain text that takes no room while there is nothing to tell."""

    def __init__(self, role: str = "problem") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Shows a sentence; nothing to tell hides it."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)
