"""What the PCN is entitled to in a year: an amount per head, times its own base counted on its own date.

An amount without its base and date is a defect: the same £ times another count of patients is another sum.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, financial_year, link, number, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.organisations import ListBase
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.rates import RateConfidence


class Stream(Choice):
    """What the money is for."""

    ARRS = "ARRS"
    ARRS_GP = "ARRS, GPs (2024/25 only)"
    CORE = "core PCN funding"
    DIRECTOR = "clinical director"
    LEADERSHIP = "leadership and management"
    ACCESS = "enhanced access"
    SUPPORT = "capacity and access support"
    IMPROVEMENT = "capacity and access improvement"
    CARE_HOMES = "care home premium"
    PARTICIPATION = "network participation"


class PaidTo(Choice):
    """Whose income it is. What is paid to practices is never in the PCN's."""

    PCN = "the PCN"
    PRACTICES = "the practices"


@record(
    title="Sum per head",
    plural="Sums per head",
    prefix="SU",
    columns=("stream", "year", "per_head", "base", "counted_on", "paid_to", "confidence"),
    groups={"The sum": "stream", "When it held": "valid_from", "Where it is written": "source"},
)
class Sum(Record):
    """An amount a year for each head of a base counted on a day. Never edited, only superseded."""

    stream: Stream = choice("For", Stream)
    part: str | None = text("Part", default=None, help="Where one stream is counted on two bases.")
    year: FinancialYear = financial_year("Year")
    per_head: Decimal = number("Pounds a head a year", places=5)
    base: ListBase = choice("Base", ListBase)
    counted_on: date = day("Counted on", lean=Lean.LAST)
    paid_to: PaidTo = choice("Paid to", PaidTo, default=PaidTo.PCN)
    valid_from: date = day("Valid from", lean=Lean.THIS_YEAR)
    valid_to: date | None = day("Valid to", default=None, lean=Lean.THIS_YEAR)
    published_on: date | None = day("Published on", default=None, lean=Lean.LAST)
    superseded_on: date | None = day("Superseded on", default=None, lean=Lean.LAST)
    source: str = text("Source")
    confidence: RateConfidence = choice("How sure", RateConfidence)
    confirmed_by: str | None = text("Confirmed by", default=None)
    confirmed_on: date | None = day("Confirmed on", default=None, lean=Lean.LAST)
    confirmed_page: str | None = text("Page", default=None)
    network: Id | None = link("For one PCN only", "Organisation", default=None)

    def title_words(self) -> str:
        """The stream and the year."""
        part = f", {self.part}" if self.part else ""
        return f"{self.stream.words}{part}, {self.year}"
