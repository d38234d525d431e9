"""The answers to one question: columns of words share the room, and long words go on in the next line."""

from __future__ import annotations

from collections.abc import Sequence

from nhsdesk.desktop import theme
from nhsdesk.desktop.wrapped_table import WrappedTable

WORDY = (
    "What", "Binds", "What happens", "Where it is written", "Where was looked", "Not yet known", "Role", "Organisation",
    "Benefit", "Next step",
)  # fmt: skip
"""Columns that hold sentences; the others are as wide as what stands in them."""


class AnswersTable(WrappedTable):
    """A table whose rows are as high as their words need at its present width."""

    def __init__(self, name: str, headings: Sequence[str]) -> None:
        super().__init__(
            name, headings, wrapped=[at for at, heading in enumerate(headings) if heading in WORDY]
        )
        self.horizontalHeader().setMinimumSectionSize(theme.px(64))
        self.setMinimumHeight(theme.px(110))
