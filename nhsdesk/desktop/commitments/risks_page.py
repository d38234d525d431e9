"""Risks: the risks on a square of 5 by 5, and how they move."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class RisksPage(Page):
    """The risks on a square of 5 by 5, and how they move."""

    title = "Risk map"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Risk map", "h1"))
        column.addWidget(label("The risks on a square of 5 by 5, and how they move.", "quiet"))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Risk map")
