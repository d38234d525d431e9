"""What the PCN is entitled to in a year: an amount per head, times its own base counted on its own date.

An amount without its base and date is a defect: the same £ times another count of patients is another sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, financial_year, link, number, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money, half_up
from nhsdesk.domain.organisations import ListBase
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import RateConfidence, known


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

    @property
    def name(self) -> str:
        """The stream and its part."""
        return f"{self.stream.words}, {self.part}" if self.part else self.stream.words

    def title_words(self) -> str:
        """The stream, its part and the year."""
        return f"{self.name}, {self.year}"

    def replaces(self, earlier: Sum) -> bool:
        """Whether it takes the other's place: the same stream, part and year, published no earlier."""
        return (
            (self.stream, self.part, self.year, self.network)
            == (earlier.stream, earlier.part, earlier.year, earlier.network)
            and self.published_on is not None
            and (earlier.published_on is None or earlier.published_on <= self.published_on)
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A practice's patients, by one way of counting, on one day; None where that count is not on file."""

    ref: str
    practice: str
    patients: Decimal | None
    nearest: str = ""
    """Where it is not: the count nearest in time, in words."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """One sum worked out: heads, amount, and the working in words."""

    sum: Sum
    heads: Decimal
    amount: Money
    steps: tuple[str, ...]


def in_force(sums: Iterable[Sum], year: FinancialYear, known_on: date) -> tuple[Sum | Problem, ...]:
    """The sums of a year as known on a day, one for each stream and part; a Problem where the one known was replaced.

    Of several the one for this PCN comes first, then the one published last. One superseded by then does not count,
    even where its successor is missing.
    """
    told: dict[tuple[Stream, str | None], list[Sum]] = {}
    for one in sums:
        if one.year == year and (one.published_on is None or one.published_on <= known_on):
            told.setdefault((one.stream, one.part), []).append(one)
    order = list(Stream)
    keys = sorted(told, key=lambda key: (order.index(key[0]), key[1] or ""))
    return tuple(_of_several(told[key], known_on) for key in keys)


def _of_several(told: Sequence[Sum], known_on: date) -> Sum | Problem:
    found = [one for one in told if known(one, known_on)]
    if found:
        return max(
            found, key=lambda one: (one.network is not None, one.published_on or date.min, one.valid_from)
        )
    last = max(told, key=lambda one: one.superseded_on or date.min)
    when = f" on {day_words(last.superseded_on)}" if last.superseded_on else ""
    return Problem(
        f"{last.title_words()}: {plain(last.per_head)} a head was superseded{when}, and its successor is not on file. "
        "Add it from the specification.",
        Weight.MUST_FIX,
        "sum",
        last.id,
    )


def work_out(one: Sum, counted: Sequence[Counted]) -> Entitled | Problem:
    """An amount a head times the practices' heads on its own day; half up to the penny once. Never a part of it."""
    lacking = [practice for practice in counted if practice.patients is None]
    if lacking or not counted:
        return _not_counted(one, lacking)
    heads = sum((practice.patients or Decimal() for practice in counted), Decimal())
    exact = (one.per_head * heads * 100).as_integer_ratio()
    amount = Money(half_up(*exact))
    what = "beds" if one.base is ListBase.CARE_HOME_BEDS else f"patients, {one.base.value}"
    steps = (
        *(f"{practice.practice}: {plain(practice.patients or Decimal())}" for practice in counted),
        f"Together {plain(heads)} {what}, counted on {day_words(one.counted_on)}",
        f"£{plain(one.per_head)} × {plain(heads)} = {amount}",
    )
    return Entitled(one, heads, amount, steps)


def _not_counted(one: Sum, lacking: Sequence[Counted]) -> Problem:
    if not lacking:
        why = "no practice of this PCN is on file"
    else:
        names = [
            f"{each.practice}{f' (nearest: {each.nearest})' if each.nearest else ''}" for each in lacking[:6]
        ]
        more = f" and {len(lacking) - 6} more" if len(lacking) > 6 else ""
        why = (
            f"no count of {one.base.value} heads on {day_words(one.counted_on)} is on file for "
            f"{', '.join(names)}{more}"
        )
    return Problem(f"{one.title_words()}: no figure, because {why}.", Weight.MUST_FIX, "sum", one.id)


def plain(number: Decimal) -> str:
    """A number with commas and without noughts at its end: 27.668, 42,350."""
    words = f"{number:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def unconfirmed(one: Sum) -> Problem | None:
    """What is to be said with it while nobody here has checked it."""
    if one.confidence is RateConfidence.CONFIRMED:
        return None
    sentence = f"{one.title_words()} is not confirmed ({one.confidence.value})."
    return Problem(sentence, Weight.ACKNOWLEDGE, "sum", one.id, "confidence")


FIGURES = (
    "stream",
    "part",
    "year",
    "per_head",
    "base",
    "counted_on",
    "paid_to",
    "valid_from",
    "valid_to",
    "published_on",
    "source",
    "network",
)
"""What a sum says. Whether it was superseded or confirmed is said about it, and may be written later."""


def reimbursed(entitlement: Money, lines: Money) -> tuple[Money, Money]:
    """Of a year's lines what the sum pays, and what it leaves unfunded: the year's sum binds, not its twelfths."""
    paid = min(entitlement, lines)
    return paid, lines - paid


def a_month(entitlement: Money) -> Money:
    """A straight-line twelfth, to compare with; a month's lines may exceed it."""
    return Money(half_up(entitlement.pence, 12))


def of_first_year(maxima: Iterable[Money], months: int = 9) -> Money:
    """2019/20, which had no sum a head: one whole time equivalent of each role from July to March."""
    return Money(half_up(sum(one.pence for one in maxima) * months, 12))


def access_minutes(adjusted: Decimal) -> Decimal:
    """Minutes of enhanced access a week: 60 for each 1,000 adjusted patients (Network Contract DES 2023/24)."""
    return adjusted * 60 / 1_000
