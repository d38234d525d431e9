"""A board's action log: pasted or read from a file, each row beside the action it is, and taken in as one step."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from nhsdesk.commands import action_logs
from nhsdesk.commands.action_logs import WANTED, Line, Seen
from nhsdesk.desktop import theme
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.parts import Part, line, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.actions import Action
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.log_reading import Does
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

_NO_BODY = "No body named"


class LogPart(Part):
    """What each row would do stands in the table before anything is written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Seen | None = None
        self.body = QComboBox()
        self.body.setAccessibleName("Whose log")
        self.body.currentIndexChanged.connect(lambda _: self._look_at())
        self.day = line("Day of the log")
        self.day.editingFinished.connect(self._look_at)
        self.box = BlockBox(desk, WANTED, Incoming.ACTION_LOG)
        self.box.without_table()
        self.box.changed.connect(self._look_at)
        self.list = WrappedTable(
            "Rows of the log", ("Row", "Does", "Action here", "Action", "Owner, as written", "To be asked"),
            wrapped=(3, 4, 5),
        )  # fmt: skip
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self._told, self._trouble = label(), Told()
        self.accept = button("Take in this log", "import", primary=True)
        self.accept.clicked.connect(lambda _=False: self._take_in())
        self.leave = button("Leave it", "cancel")
        self.leave.clicked.connect(lambda _=False: self.box.clear())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(row("Whose log", self.body, "Day of the log", self.day))
        for widget in (self.box, self._told, self._trouble):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.accept, self.leave))

    def begin_at(self) -> QWidget:
        return self.box.paste

    def look(self) -> None:
        chosen = self.body.currentData()
        with self.desk.database.read() as reader:
            found = action_logs.bodies(reader)
        self.body.blockSignals(True)
        self.body.clear()
        self.body.addItem(_NO_BODY, None)
        for one in found:
            self.body.addItem(one.name, one.id)
        self.body.setCurrentIndex(max(self.body.findData(chosen), 0))
        self.body.blockSignals(False)
        if not self.day.text():
            self.day.setText(day_words(self.desk.database.today()))
        self._look_at()

    def _look_at(self) -> None:
        self._seen = None
        day = self._day()
        if isinstance(day, Problem):
            self._trouble.tell(day.sentence)
        elif self.box.block() is not None and not self.box.missing():
            self._trouble.tell("")
            self._seen = self.desk.attempt(lambda: self._looked(day))
        self._show()

    def _day(self) -> date | Problem:
        today = self.desk.database.today()
        read: Any = Action.KIND.field("discussed_on").kind.read(self.day.text(), today)
        if read is None:
            return Problem("Give the day of the log: that of the meeting it was made for.")
        if isinstance(read, date) and read > today:
            return Problem(f"{day_words(read)} has not come. Give the day of the log.")
        assert isinstance(read, date | Problem)
        return read

    def _looked(self, day: date) -> Seen:
        with self.desk.database.read() as reader:
            return action_logs.look(reader, self.body.currentData(), self.box.reading(), day)

    def _show(self) -> None:
        seen = self._seen
        lines = seen.lines if seen is not None else ()
        self.list.show_rows([(at, _cells(one)) for at, one in enumerate(lines)])
        self._told.setText(_told(seen) if seen is not None else "")
        self._told.setVisible(seen is not None)
        self.accept.setEnabled(bool(lines) and self.desk.may_write)

    def _take_in(self) -> None:
        seen = self._seen
        if seen is None:
            return
        done = self.desk.attempt(lambda: action_logs.take_in(self.desk.database, seen, self.box.headings()))
        if done is not None:
            actions = counted(done, "action", "actions")
            told = f"The log of {day_words(seen.day)} was taken in: {actions} added or changed."
            self.box.clear()
            self.desk.say(f"{told} Undo takes it back as one step.")


def _cells(one: Line) -> tuple[str, ...]:
    held, taken = one.match.row, one.match.action
    ref = taken.ref if taken is not None else ""
    return str(held.number), one.does.words, ref, held.what, held.owner or "", " ".join(one.asks)


def _told(seen: Seen) -> str:
    counts = ", ".join(f"{seen.count(one):,} {one.value}" for one in Does if seen.count(one))
    asks = sum(bool(line.asks) for line in seen.lines)
    asked = f" {counted(asks, 'row has', 'rows have')} something to be asked." if asks else ""
    return " ".join(
        (f"{counts}.{asked}" if counts else "No row holds an action.", *(p.sentence for p in seen.problems))
    )
