"""What a new PCN file begins with: three things that end in a sentence with a figure before anything is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.first.own_sheet_part import OwnSheetPart
from nhsdesk.desktop.first.part import Part
from nhsdesk.desktop.first.statement_part import StatementPart
from nhsdesk.desktop.first.workforce_part import WorkforcePart
from nhsdesk.desktop.words import label

_PARTS: tuple[tuple[str, str, Callable[[Desk], Part]], ...] = (
    ("NHS workforce file", "your staff by role beside PCNs of your size", WorkforcePart),
    ("The portal’s statement", "months missing, lines short-paid, leavers still listed", StatementPart),
    ("Your own ARRS spreadsheet", "who is over the maximum, without a rate, over 1.0 WTE", OwnSheetPart),
)


class FirstCard(QFrame):
    """The workforce file, the portal's statement, and the PCN's own spreadsheet; one is open at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        framed, stack = card("Three things to begin with, before anything is typed")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(framed)
        self._openings = tuple(_Opening(desk, words, gives, make) for words, gives, make in _PARTS)
        for one in self._openings:
            stack.addWidget(one)
            one.opened.connect(self._close_others)

    def _close_others(self, opened: _Opening) -> None:
        for one in self._openings:
            if one is not opened:
                one.close_part()


class _Opening(QWidget):
    """A button with what it tells; the part itself is made when it is first opened."""

    opened = Signal(object)
    """Itself, as it opens."""

    def __init__(self, desk: Desk, words: str, gives: str, make: Callable[[Desk], Part]) -> None:
        super().__init__()
        self._desk, self._make = desk, make
        self._part: Part | None = None
        self._pressed = self._button(words, gives)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._pressed)
        line.addWidget(label(f"Tells {gives}.", "quiet"), 1)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(8)
        self._stack.addLayout(line)

    def close_part(self) -> None:
        """Puts the part away; what was found is there when it is opened again."""
        self._pressed.setChecked(False)

    def _button(self, words: str, gives: str) -> QPushButton:
        pressed = button(words, "import")
        pressed.setAccessibleDescription(f"Tells {gives}")
        pressed.setCheckable(True)
        pressed.toggled.connect(self._open)
        return pressed

    def _open(self, wanted: bool) -> None:
        if self._part is None:
            self._part = self._make(self._desk)
            self._stack.addWidget(self._part)
        self._part.setVisible(wanted)
        if wanted:
            self.opened.emit(self)
            self._part.take_focus()
