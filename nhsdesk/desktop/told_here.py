"""What happened, told beside where it happened: shown, and said by screen readers at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.messages import announce
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id


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


class ToldOf(Told):
    """A sentence about entries that were added; it goes when one of them does, as when that is undone."""

    def __init__(self, desk: Desk, role: str = "") -> None:
        super().__init__(role)
        self._desk = desk
        self._of: frozenset[Id] = frozenset()
        desk.changed.connect(self._look)

    def tell_of(self, sentence: str, entries: Iterable[Record]) -> None:
        """Shows the sentence for as long as all those entries are there."""
        self._of = frozenset(one.id for one in entries)
        self.tell(sentence)

    def _look(self, _: object) -> None:
        if not self._of or not self.text():
            return
        with self._desk.database.read() as reader:
            there = reader.there("", self._of)
        if not self._of <= there:
            self.tell("")
