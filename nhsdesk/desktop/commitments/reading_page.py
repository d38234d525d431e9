"""Read a document: a document and what was read in it, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label


class ReadingPage(Page):
    """A document and what was read in it, side by side."""

    title = "Read a document"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(label("Read a document", "h1"))
        column.addWidget(label("A document and what was read in it, side by side.", "quiet"))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Read a document")
