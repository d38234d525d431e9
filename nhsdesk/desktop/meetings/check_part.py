"""The check of the minutes: what committees ask of their own, each answered from what is entered."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk import resources
from nhsdesk.commands import meetings as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.meetings.which_meeting import WhichMeeting
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain import minutes_audit


class CheckPart(Part):
    """One line a question."""

    def __init__(self, desk: Desk, which: WhichMeeting) -> None:
        super().__init__(desk)
        self._which = which
        self._first, self._versions = label(role="h2"), label()
        self.list = WrappedTable("Check of the minutes", ("Asked", "Answer", "Because"), wrapped=(0, 2))
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self._versions)
        column.addWidget(self.list, 1)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        meeting, today = self._which.id, self.desk.database.today()
        seen = None if meeting is None else commands.view(self.desk.database, meeting)
        found = () if seen is None else seen.audit(resources.bank_holidays(), today)
        self._first.setText(minutes_audit.met_words(found) if found else "No meeting is entered.")
        versions = () if seen is None else seen.versions
        told = "; ".join(
            f"version {one.number}{f', amended because {one.reason}' if one.reason else ''}"
            for one in versions
        )
        self._versions.setText(f"Final minutes: {told}." if told else "The minutes are not final yet.")
        self.list.show_rows([(n, (one.asks, one.answer, one.told)) for n, one in enumerate(found)])
