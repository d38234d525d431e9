"""Following up: open actions, decisions, a board's log that is read, reminders, and rounds."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.follow_up.actions_part import ActionsPart
from nhsdesk.desktop.follow_up.decisions_part import DecisionsPart
from nhsdesk.desktop.follow_up.log_part import LogPart
from nhsdesk.desktop.follow_up.reminders_part import RemindersPart
from nhsdesk.desktop.follow_up.rounds_part import RoundsPart


class FollowUpPage(PartsPage):
    """What was set and decided, and what became of it."""

    title = "Follow-up"

    def __init__(self, desk: Desk) -> None:
        self.actions_ = ActionsPart(desk)
        super().__init__(
            desk,
            (
                ("Open actions", self.actions_),
                ("Decision log", lambda: DecisionsPart(desk)),
                ("Read a board’s log", lambda: LogPart(desk)),
                ("Reminders", lambda: RemindersPart(desk)),
                ("Rounds", lambda: RoundsPart(desk)),
            ),
        )

    @property
    def decisions(self) -> DecisionsPart:
        """The decision log."""
        return self.the(1, DecisionsPart)

    @property
    def log(self) -> LogPart:
        """A board's log that is read."""
        return self.the(2, LogPart)

    @property
    def reminders(self) -> RemindersPart:
        """Files that remind people."""
        return self.the(3, RemindersPart)

    @property
    def rounds(self) -> RoundsPart:
        """What was asked of several."""
        return self.the(4, RoundsPart)
