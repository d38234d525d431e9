"""Workbooks to fill: commissioners' own workbooks, what fills them, and what was sent of each."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import Part, PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.workbook_chosen import Chosen
from nhsdesk.desktop.papers.workbook_mapping_part import MappingPart
from nhsdesk.desktop.papers.workbooks_kept import KeptPart


class WorkbooksPage(PartsPage):
    """The workbooks kept, and the one chosen: what fills it, before it is saved, and afterwards."""

    title = "Workbooks to fill"

    def __init__(self, desk: Desk) -> None:
        self.chosen = Chosen(desk)
        self.kept = KeptPart(desk, self.chosen)
        self.mapping = MappingPart(desk, self.chosen)
        super().__init__(desk, (("Kept", self.kept), ("What fills it", self.mapping)))
        self.chosen.changed.connect(self._another)
        self.kept.wanted.connect(lambda: self.turn_to(self.mapping))

    def turn_to(self, part: Part) -> None:
        """Brings a part to the front, ready for the keys."""
        self.tabs.setCurrentWidget(part)
        self.take_focus()

    def _another(self) -> None:
        """Every other part shows another workbook when it comes to the front."""
        self._unseen |= set(self._parts()) - {self.kept}
