"""Rates and rules: maxima, entitlement and what was settled locally."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class RatesPage(Page):
    """Maxima, entitlement and what was settled locally."""

    title = "Rates and rules"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Rates and rules", "h1"))
        column.addWidget(label("Maxima, entitlement and what was settled locally.", "quiet"))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Rates and rules")
