"""Shares pasted or read from a spreadsheet: looked at first, then taken in as a whole or not at all."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import neighbourhood_shares as commands
from nhsdesk.commands.neighbourhood_shares import Seen
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.commitments.parts import Part, line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import times
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.periods import day_words

_DAY = times.Day(Lean.LAST)
_MOST_TOLD = 8
_WORDS = (
    "A row for each practice and neighbourhood: the practice, the neighbourhood and the share in per cent. The shares "
    "of a practice make 100% on each day. What was counted on the same day before goes."
)


class TakingPart(Part):
    """The block, the day it was counted, what is wrong with it, and the button that takes it in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Seen | None = None
        self.box = BlockBox(desk, commands.WANTED, Incoming.SHARES)
        self.box.changed.connect(self._look)
        self.counted = line("Counted on")
        self.counted.editingFinished.connect(self._look)
        self.source = line("Source", 320)
        self._told, self._wrong = label(), Told()
        self.take = pressed("Take in these shares", "import", self._take_in)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_WORDS, "help"))
        column.addWidget(self.box)
        column.addLayout(row("Counted on, where the rows do not say", self.counted, "Source", self.source))
        column.addWidget(self._wrong)
        column.addWidget(self._told)
        column.addLayout(row(self.take))
        column.addStretch(1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(scrolled_down(inside))

    def begin_at(self) -> QWidget:
        return self.box.paste

    def look(self) -> None:
        if not self.counted.text():
            self.counted.setText(day_words(self.desk.database.today()))
        self._look()

    def _day(self) -> date | None:
        read = _DAY.read(self.counted.text(), self.desk.database.today())
        return read if isinstance(read, date) else None

    def _look(self) -> None:
        self._seen = None
        if self.box.block() is not None and not self.box.missing():
            self._seen = self.desk.attempt(self._looked)
        seen = self._seen
        told = [one.sentence for one in seen.problems[:_MOST_TOLD]] if seen is not None else []
        if seen is not None and len(seen.problems) > _MOST_TOLD:
            told.append(f"And {len(seen.problems) - _MOST_TOLD:,} more.")
        self._wrong.tell("\n".join(told))
        self._told.setText(_words(seen) if seen is not None else "")
        self.take.setEnabled(seen is not None and seen.may and self.desk.may_write)

    def _looked(self) -> Seen:
        with self.desk.database.read() as reader:
            return commands.look(reader, self.box.reading(), self._day(), self.source.text())

    def _take_in(self) -> None:
        database, source = self.desk.database, self.box.source()
        named = self.source.text().strip() or (source.name if source is not None else "")
        written = self.desk.attempt(
            lambda: commands.take_in(database, self.box.reading(), self._day(), named, self.box.headings())
        )
        if written is None:
            return
        if written:
            self.desk.say(f"{counted(written, 'share was', 'shares were')} taken in.")
        else:
            self.desk.say("All of these shares were here already. Nothing was changed.")
        self.box.clear()


def _words(seen: Seen) -> str:
    shares = counted(len(seen.shares), "share", "shares")
    return f"{shares} of {counted(seen.practices, 'practice', 'practices')}. Nothing is written yet."
