"""Leadership: time inside and outside, duties, stakeholders, offers and outcomes, claims, and collaboratives."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.leadership.list_parts import (
    ClaimsPart,
    CollaborativePart,
    DutiesPart,
    OffersPart,
    StakeholdersPart,
)
from nhsdesk.desktop.leadership.time_part import TimePart


class LeadershipPage(PartsPage):
    """How the PCN is led; our own board's alone but for what was offered and delivered."""

    title = "Leadership"

    def __init__(self, desk: Desk) -> None:
        self.time, self.duties, self.stakeholders = TimePart(desk), DutiesPart(desk), StakeholdersPart(desk)
        self.offers, self.claims = OffersPart(desk), ClaimsPart(desk)
        self.collaborative = CollaborativePart(desk)
        super().__init__(
            desk,
            (
                ("Time", self.time),
                ("Duties", self.duties),
                ("Stakeholders", self.stakeholders),
                ("Offers and delivered", self.offers),
                ("Resource claims", self.claims),
                ("Collaborative", self.collaborative),
            ),
        )
