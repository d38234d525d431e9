"""The evidence of the file: what runs out, what is met without any, and the pack of it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.commitments.evidence_panel import EvidencePanel
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, scrolled


class EvidencePage(Page):
    """The card, as large as the room there is."""

    title = "Evidence"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._panel = EvidencePanel(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(scrolled(self._panel), 1)

    def shown(self) -> None:
        self._panel.refresh()
