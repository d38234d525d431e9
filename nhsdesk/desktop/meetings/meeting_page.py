"""One meeting: its agenda, who was there, the check of its minutes; and the next one begun from its series."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.meetings.agenda_part import AgendaPart
from nhsdesk.desktop.meetings.attendance_part import AttendancePart
from nhsdesk.desktop.meetings.begin_part import BeginPart
from nhsdesk.desktop.meetings.check_part import CheckPart
from nhsdesk.desktop.meetings.which_meeting import WhichMeeting
from nhsdesk.desktop.words import label
from nhsdesk.domain.kinds import Id


class MeetingPage(PartsPage):
    """The meeting is chosen above; its parts stand on tabs."""

    title = "Agenda and attendance"

    def __init__(self, desk: Desk) -> None:
        self.which = WhichMeeting(desk)
        self.agenda, self.attendance = AgendaPart(desk, self.which), AttendancePart(desk, self.which)
        self.check, self.begin = CheckPart(desk, self.which), BeginPart(desk)
        super().__init__(
            desk,
            (
                ("Agenda", self.agenda),
                ("Who was there", self.attendance),
                ("Check the minutes", self.check),
                ("New meeting", self.begin),
            ),
        )
        self.which.picked.connect(self._picked)
        self.begin.begun.connect(self._begun)
        named = label("Meeting", "field", wrap=False)
        named.setBuddy(self.which)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(named)
        line.addWidget(self.which, 1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, line)

    def shown(self) -> None:
        before = self.which.id
        self.which.fill()
        if self.which.id != before:
            self._picked()
        super().shown()

    def look(self) -> None:
        self.which.fill()
        super().look()

    def _picked(self) -> None:
        self._unseen |= set(self._parts())
        self.look()

    def _begun(self, meeting: Id) -> None:
        self.which.choose(meeting)
        self.tabs.setCurrentWidget(self.agenda)
        self.agenda.begin_at().setFocus()
