"""Meetings at which things are decided and actions set."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, day, record, text
from nhsdesk.domain.periods import day_words


@record(title="Meeting", plural="Meetings", prefix="M")
class Meeting(Record):
    """One sitting of a board or group."""

    body: str = text("Body")
    held_on: date = day("Date", lean=Lean.THIS_YEAR)
    place: str | None = text("Place", default=None)

    def title_words(self) -> str:
        """Body and day."""
        return f"{self.body}, {day_words(self.held_on)}"
