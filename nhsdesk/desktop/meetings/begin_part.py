"""The next meeting, begun from its series: standing items, what was left over, and what its month plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import meetings as commands
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.meetings import Meeting, MeetingSeries
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

_NONE = (
    "No series is entered. A series holds what each meeting of a body begins with: add one in the list of meeting "
    "series, with its standing items."
)
_TELLS = (
    "The new meeting begins with the standing items of its series, then what the meeting before did not get to, then "
    "what the forward plan has for its month. Open actions come along by themselves. A later change of the series "
    "never changes a meeting that is already begun."
)


class BeginPart(Part):
    """Which series, on which day."""

    begun = Signal(object)
    """The id of the new meeting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._held: tuple[MeetingSeries, ...] = ()
        self.series = narrow_box("Series", 24)
        self.on = line("Held on")
        self.on.returnPressed.connect(self._begin)
        self.begin = pressed("Begin this meeting", "add", self._begin)
        self._trouble, self._none = Told(), label(_NONE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_TELLS))
        column.addWidget(self._none)
        column.addLayout(row("Series", self.series, "Held on", self.on, self.begin))
        column.addWidget(self._trouble)
        column.addStretch(1)

    def begin_at(self) -> QWidget:
        return self.series

    def look(self) -> None:
        before = self.series.currentText()
        self._held = commands.all_series(self.desk.database)
        self.series.clear()
        self.series.addItems([f"{one.ref} {one.title}" for one in self._held])
        self.series.setCurrentIndex(max(self.series.findText(before), 0) if self._held else -1)
        self._none.setVisible(not self._held)
        self.begin.setEnabled(bool(self._held) and not self.desk.database.read_only_because)

    def _begin(self) -> None:
        at, today = self.series.currentIndex(), self.desk.database.today()
        on: Any = Meeting.KIND.field("held_on").kind.read(self.on.text(), today)
        if not isinstance(on, date):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "Give the day of the meeting.")
            return
        if not 0 <= at < len(self._held):
            return
        self._trouble.tell("")
        series = self._held[at].id
        made = self.desk.attempt(lambda: commands.begin(self.desk.database, series, on))
        if made is not None:
            seen = commands.view(self.desk.database, made.id)
            items = counted(len(seen.items) if seen else 0, "item", "items")
            self.on.clear()
            self.begun.emit(made.id)
            self.desk.say(f"{made.ref} is begun for {day_words(made.held_on)}, with {items}.")
