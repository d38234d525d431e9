"""The sections of a composed briefing in their order. Space switches one on or off, Alt with Up or Down moves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.composing import Chosen
from nhsdesk.domain.periods import day_words

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionList(WrappedTable):
    """One row for each section, known by its number: whether it is printed, its heading, what there is to know."""

    switched = Signal(int)
    """The row of a section to be switched on or off."""
    moved = Signal(int, int)
    """The row to be moved, and -1 up or 1 down."""

    def __init__(self) -> None:
        super().__init__("Sections", ["Printed", "Section"], wrapped=(1,))
        self.choices: tuple[Chosen, ...] = ()
        self._why: tuple[str, ...] = ()
        self._locked = False
        self.setAccessibleDescription(
            "Space switches a section on or off. Alt with Up or Down moves it. Enter goes into its words."
        )

    def show_sections(self, rows: Sequence[tuple[Chosen, str]], *, locked: bool) -> None:
        """Shows the sections, each with why it is left out."""
        self.choices = tuple(one for one, _ in rows)
        self._why = tuple(why for _, why in rows)
        self._locked = locked
        self.show_rows(
            [
                (place, ("No" if why else "Yes", f"{one.heading}{_to_know(one, why)}"))
                for place, (one, why) in enumerate(rows)
            ]
        )

    def with_one(self, place: int, chosen: Chosen) -> tuple[Chosen, ...]:
        """The sections with another in that place."""
        return (*self.choices[:place], chosen, *self.choices[place + 1 :])

    def choice(self) -> Chosen | None:
        """The section in front."""
        return self.choices[self.currentRow()] if 0 <= self.currentRow() < len(self.choices) else None

    def why(self) -> str:
        """Why the section in front is left out; empty where it is printed."""
        return self._why[self.currentRow()] if 0 <= self.currentRow() < len(self._why) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentRow(), Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if row < 0 or self._locked:
            super().keyPressEvent(event)
        elif key is Qt.Key.Key_Space:
            self.switched.emit(row)
        elif alt and key in _MOVES:
            self.moved.emit(row, _MOVES[key])
        else:
            super().keyPressEvent(event)


def _to_know(one: Chosen, why: str) -> str:
    """Beside its heading, in brackets: why it is left out, and that it has words of one's own."""
    parts = [why if why and one.shown else ""]
    parts += ["with own words"] if one.worded else []
    if one.private_until is not None and "until" not in why:
        parts.append(f"private until {day_words(one.private_until)}")
    told = "; ".join(filter(None, parts))
    return f" ({told})" if told else ""
