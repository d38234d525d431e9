"""Workbooks to fill: commissioners' own workbooks, what fills them, and what was sent of each."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.workbook_chosen import Chosen
from nhsdesk.desktop.papers.workbooks_kept import KeptPart


class WorkbooksPage(PartsPage):
    """The workbooks kept, and the one chosen: what fills it, before it is saved, and afterwards."""

    title = "Workbooks to fill"

    def __init__(self, desk: Desk) -> None:
        self.chosen = Chosen(desk)
        self.kept = KeptPart(desk, self.chosen)
        super().__init__(desk, (("Kept", self.kept),))
        self.chosen.changed.connect(self._another)

    def _another(self) -> None:
        """Every other part shows another workbook when it comes to the front."""
        self._unseen |= set(self._parts()) - {self.kept}
