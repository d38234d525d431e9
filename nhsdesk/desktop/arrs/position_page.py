"""Position: entitlement, claimed, forecast to 31 March, and what would be lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class PositionPage(Page):
    """Entitlement, claimed, forecast to 31 March, and what would be lost."""

    title = "Position"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Position", "h1"))
        column.addWidget(
            label("Entitlement, claimed, forecast to 31 March, and what would be lost.", "quiet")
        )
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Position")
