"""Final minutes amended: their words opened again, a reason, and a further version beside the ones before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import amended as commands
from nhsdesk.desktop.commitments.parts import line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.kinds import Id
from nhsdesk.sections.meetings import MeetingView


class Amending(QWidget):
    """Shown for a meeting whose minutes are final."""

    began = Signal()
    finishing = Signal()
    """What is being typed is wanted now."""
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._meeting: Id | None = None
        self.under_way = False
        self.held_up: Callable[[], bool] = lambda: False
        """Whether words stand in their field that no draft may keep."""
        self._stands = label()
        self.begin = pressed("Amend these minutes", "edit", self._begin)
        self.reason = line("Why amended", 360)
        self.reason.returnPressed.connect(self.finish)
        self.keep = pressed("Make the amended minutes final", "lock", self.finish)
        self.leave = pressed("Leave as they are", "back", self._leave)
        self._trouble = Told()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._stands)
        column.addLayout(row(self.begin, "Why amended", self.reason, self.keep, self.leave))
        column.addWidget(self._trouble)

    def show_meeting(self, seen: MeetingView | None) -> None:
        """Says which version there is; words typed before a crash are brought back."""
        meeting = seen.meeting.id if seen is not None and seen.is_final else None
        if meeting != self._meeting:
            self._meeting = meeting
            self.under_way = meeting is not None and commands.has_drafts(self._desk.database, meeting)
        self.setVisible(meeting is not None)
        if seen is not None and seen.is_final:
            newest = seen.versions[-1]
            why = f", amended because {newest.reason}" if newest.reason else ""
            self._stands.setText(f"Final, version {newest.number}{why}. Earlier versions are kept.")
        may = not self._desk.database.read_only_because
        self.begin.setVisible(not self.under_way)
        self.begin.setEnabled(may)
        for one in (self.reason, self.keep, self.leave):
            one.setVisible(self.under_way)

    def words(self, item: Id) -> str:
        """What the newest version says of an item, or what is being typed in its place."""
        assert self._meeting is not None
        return commands.words(self._desk.database, self._meeting, item)

    def keep_words(self, item: Id, words: str) -> None:
        """Keeps what is being typed."""
        assert self._meeting is not None
        commands.keep(self._desk.database, self._meeting, item, words)

    def finish(self) -> None:
        """Makes the further version."""
        meeting, why = self._meeting, self.reason.text()
        if meeting is None or not self.under_way:
            return
        if not why.strip():
            self._trouble.tell("Say why the minutes are amended; the reason is printed with them.")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.finishing.emit()
        if self.held_up():
            return
        made = self._desk.attempt(lambda: commands.amend(self._desk.database, meeting, why))
        if made is not None:
            self._end()
            self._desk.say(f"The amended minutes are final as version {made.number}.")

    def _begin(self) -> None:
        self.under_way = True
        self.done.emit()
        self.began.emit()

    def _leave(self) -> None:
        meeting = self._meeting
        if meeting is not None:
            self._desk.attempt(lambda: commands.give_up(self._desk.database, meeting))
        self._end()

    def _end(self) -> None:
        self.under_way = False
        self.reason.clear()
        self._trouble.tell("")
        self.done.emit()
