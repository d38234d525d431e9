"""The button that issues what goes out together: before or after a meeting, or all minutes of a body."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import pressed
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Weight
from nhsdesk.sections.meetings import MeetingView

if TYPE_CHECKING:  # loaded when the first paper is made
    from nhsdesk.commands.papers import Made

_FOLDER = "papers.folder"
MOST_TOLD = 3


class GoingOut(QWidget):
    """Issues some papers of one meeting or body; what must be acknowledged is told first."""

    def __init__(self, desk: Desk, what: str, keys: tuple[str, ...]) -> None:
        super().__init__()
        self._what, self._keys = what, keys
        self._desk = desk
        self._about: Id | None = None
        self._made: tuple[Made, ...] = ()
        self._acknowledged = False
        self.issue = pressed(f"Issue the {what}", "papers", self._issue)
        self._told = Told("quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.issue, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._told)

    def show_meeting(self, seen: MeetingView | None) -> None:
        """The meeting whose papers would go out; hidden for none."""
        self.show_entry(seen.meeting.id if seen is not None else None)

    def show_entry(self, about: Id | None) -> None:
        """The entry whose papers would go out; hidden for none."""
        if about != self._about:
            self._about, self._acknowledged = about, False
            self._told.tell("")
        self.setVisible(about is not None)
        self.issue.setEnabled(not self._desk.database.read_only_because)

    def take_focus(self) -> None:
        """Enter issues."""
        self.issue.setFocus(Qt.FocusReason.OtherFocusReason)

    def _issue(self) -> None:
        """Makes the papers beside the window; what must be acknowledged is told first."""
        about = self._about
        if about is None:
            return
        from nhsdesk.commands import meeting_papers

        database = self._desk.database
        self._desk.background.start(
            f"Making the {self._what}",
            lambda _: meeting_papers.ready(database, about, self._keys),
            self._ready,
        )

    def _ready(self, made: tuple[Made, ...]) -> None:
        from nhsdesk.commands import meeting_papers

        found = [one for one in meeting_papers.problems(made) if one.weight is not Weight.NOTE]
        fixed_first = [one for one in found if one.weight is Weight.MUST_FIX]
        if fixed_first:
            self._told.tell(" ".join(one.sentence for one in fixed_first[:MOST_TOLD]))
            return
        if found and not self._acknowledged:
            self._acknowledged = True
            told = " ".join(one.sentence for one in found[:MOST_TOLD])
            more = f" And {len(found) - MOST_TOLD} more." if len(found) > MOST_TOLD else ""
            self._told.tell(f"{told}{more} Press again to acknowledge this and issue them.")
            return
        folder = asking.choose_folder(
            self,
            f"Where the {self._what} go",
            Path(self._desk.layout.word(_FOLDER) or self._desk.database.path.parent),
        )
        about = self._about
        if folder is None or about is None:
            return
        self._desk.layout.keep_word(_FOLDER, str(folder))
        sent = self._desk.attempt(
            lambda: meeting_papers.issue(self._desk.database, about, made, folder, acknowledged=True)
        )
        if sent:
            names = "; ".join(one.title for one in sent)
            self._told.tell(f"Saved in {folder} and kept as sent: {names}.")
