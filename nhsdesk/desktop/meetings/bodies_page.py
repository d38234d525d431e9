"""Bodies and seats: what each may decide, who sits there, where general practice has no voice, and interests."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.meetings.bodies_part import BodiesPart
from nhsdesk.desktop.meetings.interests_part import InterestsPart
from nhsdesk.desktop.meetings.seats_part import SeatsPart


class BodiesPage(PartsPage):
    """Bodies, seats, interests."""

    title = "Bodies and seats"

    def __init__(self, desk: Desk) -> None:
        self.bodies, self.seats = BodiesPart(desk), SeatsPart(desk)
        self.interests = InterestsPart(desk)
        super().__init__(
            desk, (("Bodies", self.bodies), ("Seats", self.seats), ("Interests", self.interests))
        )
