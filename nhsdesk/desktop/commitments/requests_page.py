"""Requests and questions: figures asked for, questions that wait, and the clocks of the law."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class RequestsPage(Page):
    """Figures asked for, questions that wait, and the clocks of the law."""

    title = "Requests and questions"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Requests and questions", "h1"))
        column.addWidget(label("Figures asked for, questions that wait, and the clocks of the law.", "quiet"))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Requests and questions")
