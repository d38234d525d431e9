"""Requests for figures: who waits how long, what our contract says, and the reply in three sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhsdesk.commands import data_requests
from nhsdesk.desktop.commitments.parts import ListPart, line, pressed, row, table
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


class DataRequestsPart(ListPart):
    """The requests above, the reply to the chosen one below, and the day it was sent."""

    kind = "data_request"

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Figure asked for", "Asked by", "Waiting", "What the contract says")
        listed = table("Data requests", headings, 1, 2)
        super().__init__(desk, listed, "The reply", "Open this request")
        self.on = line("Reply sent on")
        self.note = pressed("Note the reply as sent", "check", self._note)
        self._trouble = Told()
        self.column.addLayout(row("Reply sent on", self.on, self.note, self.open))
        self.column.addWidget(self._trouble)
        self.column.addWidget(
            label("The letter is printed under Returns and papers. The program sends nothing.", "help")
        )

    def look(self) -> None:
        found = data_requests.seen(self.desk.database)
        open_ = [one for one in found if one.request.answered_on is None]
        stale = sum(bool(one.stale) for one in open_)
        told = f"{counted(len(open_), 'request waits', 'requests wait')} for a reply"
        told += f"; of {stale} the contract is to be looked up again." if stale else "."
        self.show_found(told if found else _NONE, {one.request.id: one for one in found}, _cells)

    def words(self, one: DataRequestView) -> str:
        return _words(one)

    def show_chosen(self) -> None:
        """Tells of the chosen request, and lets its reply be noted where it still waits."""
        super().show_chosen()
        one: DataRequestView | None = self.chosen
        waits = one is not None and one.request.answered_on is None
        may = waits and not self.desk.database.read_only_because
        self.note.setEnabled(may)
        self.on.setEnabled(may)
        if not self.on.text():
            self.on.setText(day_words(self.desk.database.today()))

    def _note(self) -> None:
        one: DataRequestView | None = self.chosen
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


def _cells(one: DataRequestView) -> tuple[str, ...]:
    basis = one.basis.partition(":")[0]
    told = f"{basis}; look again" if one.stale else basis
    return one.request.ref, one.request.metric, one.asked_by, one.waiting.removeprefix("Waiting for "), told


def _words(one: DataRequestView) -> str:
    lines = [f"{one.basis}.", "", *one.reply]
    if one.request.answered_on is None and one.problems:
        lines += ["", "Before it is sent:", *(f"• {problem.sentence}" for problem in one.problems)]
    return "\n".join(lines)
