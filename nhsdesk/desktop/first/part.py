"""One of the three things a new PCN file begins with: what it asks for, and the sentence it ends in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import label


class Part(QWidget):
    """Help above, what is asked for in the middle, and below it what was found with a way on from there."""

    def __init__(self, desk: Desk, help_: str) -> None:
        super().__init__()
        self.desk = desk
        self.found = label("", "field")
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(16, 0, 0, 8)
        self.stack.setSpacing(8)
        self.stack.addWidget(label(help_, "help"))

    def end_with(self, words: str, place: str, tab: str) -> None:
        """Lays out the sentence and, once there is one, a button that leads to the page of it."""
        self._on = button(words, "link")
        self._on.clicked.connect(lambda: self.desk.show_page(place, tab))
        line = QHBoxLayout()
        line.addWidget(self._on)
        line.addStretch(1)
        self.stack.addWidget(self.found)
        self.stack.addLayout(line)
        self.tell("")

    def tell(self, sentence: str) -> None:
        """Shows what was found, and says it in the status line."""
        self.found.setText(sentence)
        self.found.setVisible(bool(sentence))
        self._on.setVisible(bool(sentence))
        if sentence:
            self.desk.say(sentence)

    def take_focus(self) -> None:
        """Puts the cursor where it begins."""
        raise NotImplementedError
