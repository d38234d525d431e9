"""Contracts and sign-up: contracts that are held or talked of, and the decision of each practice on an offer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class SignUpPage(Page):
    """Contracts that are held or talked of, and the decision of each practice on an offer."""

    title = "Contracts and sign-up"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Contracts and sign-up", "h1"))
        column.addWidget(
            label(
                "Contracts that are held or talked of, and the decision of each practice on an offer.",
                "quiet",
            )
        )
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Contracts and sign-up")
