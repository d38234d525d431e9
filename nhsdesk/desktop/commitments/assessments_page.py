"""Assessments: one quarter scored against a framework, with its evidence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class AssessmentsPage(Page):
    """One quarter scored against a framework, with its evidence."""

    title = "Quarter’s scores"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Quarter’s scores", "h1"))
        column.addWidget(label("One quarter scored against a framework, with its evidence.", "quiet"))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Quarter’s scores")
