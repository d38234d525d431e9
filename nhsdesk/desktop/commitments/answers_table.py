"""The answers to one question: columns of words share the room, and long words go on in the next line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from nhsdesk.desktop import theme
from nhsdesk.desktop.plain_table import PlainTable

WORDY = (
    "What", "Binds", "What happens", "Where it is written", "Where was looked", "Not yet known", "Role", "Organisation",
)  # fmt: skip
"""Columns that hold sentences; the others are as wide as what stands in them."""


class AnswersTable(PlainTable):
    """A table whose rows are as high as their words need at its present width."""

    def __init__(self, name: str, headings: Sequence[str]) -> None:
        wordy = [at for at, heading in enumerate(headings) if heading in WORDY]
        super().__init__(name, headings, stretched=wordy[0])
        for at in wordy:
            self.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(theme.px(64))
        self.setMinimumHeight(theme.px(110))

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these in place of what stands there, from the first column on."""
        super().show_rows(rows)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that now need another line get it."""
        super().resizeEvent(event)
        self.resizeRowsToContents()
