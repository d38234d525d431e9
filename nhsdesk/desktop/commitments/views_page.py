"""Views: the commitments by owner, by body, by what they rest on, and by what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class ViewsPage(Page):
    """The commitments by owner, by body, by what they rest on, and by what is missing."""

    title = "Views"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Views", "h1"))
        column.addWidget(
            label("The commitments by owner, by body, by what they rest on, and by what is missing.", "quiet")
        )
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Views")
