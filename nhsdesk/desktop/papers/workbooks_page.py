"""Workbooks to fill: commissioners' own workbooks, what fills them, and what was sent of each."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import Part, PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.workbook_chosen import Chosen
from nhsdesk.desktop.papers.workbook_mapping_part import MappingPart
from nhsdesk.desktop.papers.workbook_newer_part import NewerPart
from nhsdesk.desktop.papers.workbook_saving_part import SavingPart
from nhsdesk.desktop.papers.workbook_sent_part import SentPart
from nhsdesk.desktop.papers.workbooks_kept import KeptPart
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month


class WorkbooksPage(PartsPage):
    """The workbooks kept, and the one chosen: what fills it, before it is saved, and afterwards."""

    title = "Workbooks to fill"

    def __init__(self, desk: Desk) -> None:
        self.chosen = Chosen(desk)
        self.kept = KeptPart(desk, self.chosen)
        self.mapping = MappingPart(desk, self.chosen)
        self.saving = SavingPart(desk, self.chosen)
        self.sent, self.newer = SentPart(desk, self.chosen), NewerPart(desk, self.chosen)
        super().__init__(
            desk,
            (
                ("Kept", self.kept),
                ("What fills it", self.mapping),
                ("Before it is saved", self.saving),
                ("Sent", self.sent),
                ("A newer version", self.newer),
            ),
        )
        self.chosen.changed.connect(self._another)
        self.kept.wanted.connect(lambda: self.turn_to(self.mapping))

        self.saving.wanted.connect(self._go_to_place)

    def fill_for(self, id_: Id, month: Month) -> None:
        """Shows what would be written into a workbook for a month."""
        self.chosen.choose(id_)
        self.saving.ask_for(month)
        self.turn_to(self.saving)

    def _go_to_place(self, sheet: str, cell: str) -> None:
        """Brings a cell of the chosen workbook into sight, to say anew what fills it."""
        self.turn_to(self.mapping)
        self.mapping.go_to_place(sheet, cell)

    def turn_to(self, part: Part) -> None:
        """Brings a part to the front, ready for the keys."""
        self.tabs.setCurrentWidget(part)
        self.take_focus()

    def _another(self) -> None:
        """Every other part shows another workbook when it comes to the front."""
        self._unseen |= set(self._parts()) - {self.kept}
