"""Borders: who lives where, shares taken in, and appraisals of where borders differ."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.neighbourhoods.appraisal_part import AppraisalPart
from nhsdesk.desktop.neighbourhoods.shares_part import SharesPart
from nhsdesk.desktop.neighbourhoods.taking_part import TakingPart


class BordersPage(PartsPage):
    """Shares, taking them in, appraisals."""

    title = "Shares and borders"

    def __init__(self, desk: Desk) -> None:
        self.shares, self.taking, self.appraisals = SharesPart(desk), TakingPart(desk), AppraisalPart(desk)
        super().__init__(
            desk,
            (
                ("Who lives where", self.shares),
                ("Take in shares", self.taking),
                ("Appraisals", self.appraisals),
            ),
        )
