"""The register of filings: what is due, what was sent, and workbooks that came back."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.filings_due import DuePart
from nhsdesk.desktop.papers.filings_returned import ReturnedPart
from nhsdesk.desktop.papers.filings_sent import SentPart


class FilingsPage(PartsPage):
    """What must be filed, and what became of it."""

    title = "Filings"

    def __init__(self, desk: Desk) -> None:
        self.due, self.sent, self.returned = DuePart(desk), SentPart(desk), ReturnedPart(desk)
        super().__init__(
            desk, (("Due", self.due), ("Filed", self.sent), ("Came back, cell by cell", self.returned))
        )
