"""Financial years that were closed: when, by whom, with what acknowledged, and the outturn as it was known then."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, count, day, file, financial_year, long_text, record, text
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.periods import FinancialYear


@record(
    title="Closed year",
    plural="Closed years",
    prefix="YC",
    columns=("year", "closed_on", "closed_by"),
)
class ClosedYear(Record):
    """One year as it was closed. Nothing of that year is sealed by it: a claim is still superseded by a later one."""

    year: FinancialYear = financial_year("Financial year")
    closed_on: date = day("Closed on", lean=Lean.LAST)
    closed_by: str = text("Closed by")
    acknowledged: str | None = long_text("Acknowledged when it was closed", default=None)
    outturn: KeptFile | None = file("Outturn as it was known then", default=None)
    facts: KeptFile | None = file("Facts of the outturn", default=None)
    position: int = count("Journal position")
    program: str = text("Program version")

    def title_words(self) -> str:
        """The year."""
        return f"{self.year} closed"
