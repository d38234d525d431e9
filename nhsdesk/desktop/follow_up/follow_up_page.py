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
        self.actions_, self.decisions = ActionsPart(desk), DecisionsPart(desk)
        self.log, self.reminders = LogPart(desk), RemindersPart(desk)
        self.rounds = RoundsPart(desk)
        super().__init__(
            desk,
            (
                ("Open actions", self.actions_),
                ("Decision log", self.decisions),
                ("Read a board’s log", self.log),
                ("Reminders", self.reminders),
                ("Rounds", self.rounds),
            ),
        )
