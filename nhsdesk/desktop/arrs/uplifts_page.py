"""Uplifts: what a maximum raised afterwards adds to months already claimed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class UpliftsPage(Page):
    """What a maximum raised afterwards adds to months already claimed."""

    title = "Uplifts"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Uplifts", "h1"))
        column.addWidget(label("What a maximum raised afterwards adds to months already claimed.", "quiet"))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Uplifts")
