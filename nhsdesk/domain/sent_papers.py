"""Papers that have left the desk, kept byte for byte with the facts they were made from."""

from __future__ import annotations

from datetime import datetime

from nhsdesk.domain.fields import Record, count, file, long_text, moment, record, text
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.periods import day_words


@record(title="Paper sent", plural="Papers sent", prefix="SP")
class SentPaper(Record):
    """A return or briefing as it was issued. It never changes; a later issue stands beside it."""

    paper: str = text("Paper")
    title: str = text("Title")
    period: str | None = text("Period", default=None)
    audience: str | None = text("Audience", default=None)
    issued_at: datetime = moment("Issued")
    kept: KeptFile = file("File")
    facts: KeptFile = file("Facts")
    acknowledged: str | None = long_text("Problems acknowledged", default=None)
    position: int = count("Journal position")
    program: str = text("Program version")

    def sealed(self) -> str | None:
        """What was sent stays as it was sent."""
        return f"{self.title} was issued on {day_words(self.issued_at.date())} and stays as it was sent."
