"""Requests for figures: who waits how long, what our contract says, and the reply in three sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import data_requests
from nhsdesk.desktop.commitments.parts import Part, line, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.data_requests import DataRequestView

_NONE = (
    "Nobody has asked for a figure. Note each such request in the list of data requests: who asks, what our contract "
    "says of it, and where you looked."
)


class DataRequestsPart(Part):
    """The requests above, the reply to the chosen one below, and the day it was sent."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, DataRequestView] = {}
        self._first = label()
        self.list = table(
            "Data requests",
            ("Ref", "Figure asked for", "Asked by", "Waiting", "What the contract says"),
            1,
            2,
        )
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("data_request", key))
        self.reply = reading("The reply")
        self.on = line("Reply sent on")
        self.note = pressed("Note the reply as sent", "check", self._note)
        self.open = pressed("Open this request", "open", self._open)
        self._trouble = Told()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 2)
        column.addWidget(self.reply, 2)
        column.addLayout(row("Reply sent on", self.on, self.note, self.open))
        column.addWidget(self._trouble)
        column.addWidget(
            label("The letter is printed under Returns and papers. The program sends nothing.", "help")
        )

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = data_requests.seen(self.desk.database)
        self._seen = {one.request.id: one for one in found}
        open_ = [one for one in found if one.request.answered_on is None]
        stale = sum(bool(one.stale) for one in open_)
        told = f"{counted(len(open_), 'request waits', 'requests wait')} for a reply"
        told += f"; of {stale} the contract is to be looked up again." if stale else "."
        self._first.setText(told if found else _NONE)
        self.list.show_rows([(one.request.id, _cells(one)) for one in found])
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.list.current)
        self.reply.setPlainText("" if one is None else _words(one))
        waits = one is not None and one.request.answered_on is None
        may = waits and not self.desk.database.read_only_because
        self.note.setEnabled(may)
        self.on.setEnabled(may)
        self.open.setEnabled(one is not None)
        if not self.on.text():
            self.on.setText(day_words(self.desk.database.today()))

    def _note(self) -> None:
        one = self._seen.get(self.list.current)
        if one is None:
            return
        today = self.desk.database.today()
        on: Any = DataRequest.KIND.field("answered_on").kind.read(self.on.text(), today)
        if not isinstance(on, date):
            self._trouble.tell(
                on.sentence if isinstance(on, Problem) else "Give the day on which the reply was sent."
            )
            return
        noted = self.desk.attempt(lambda: data_requests.note_sent(self.desk.database, one.request, on))
        self._trouble.tell(noted.sentence if isinstance(noted, Problem) else "")
        if isinstance(noted, DataRequest):
            self.desk.say(f"The reply to {noted.ref} is noted as sent on {day_words(on)}.")

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("data_request", self.list.current)


def _cells(one: DataRequestView) -> tuple[str, ...]:
    basis = one.basis.partition(":")[0]
    told = f"{basis}; look again" if one.stale else basis
    return one.request.ref, one.request.metric, one.asked_by, one.waiting.removeprefix("Waiting for "), told


def _words(one: DataRequestView) -> str:
    lines = [f"{one.basis}.", "", *one.reply]
    if one.request.answered_on is None and one.problems:
        lines += ["", "Before it is sent:", *(f"• {problem.sentence}" for problem in one.problems)]
    return "\n".join(lines)
