"""Following up: open actions, decisions, and a board's log that is read."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.follow_up.actions_part import ActionsPart
from nhsdesk.desktop.follow_up.decisions_part import DecisionsPart
from nhsdesk.desktop.follow_up.log_part import LogPart


class FollowUpPage(PartsPage):
    """What was set and decided, and what became of it."""

    title = "Follow-up"

    def __init__(self, desk: Desk) -> None:
        self.actions_, self.decisions = ActionsPart(desk), DecisionsPart(desk)
        self.log = LogPart(desk)
        super().__init__(
            desk,
            (
                ("Open actions", self.actions_),
                ("Decision log", self.decisions),
                ("Read a board’s log", self.log),
            ),
        )
