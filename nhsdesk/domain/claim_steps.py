"""The working behind a claim line, kept as numbers and put into words only when somebody looks."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nhsdesk.domain.claim_parts import DAYS_IN_YEAR, WHOLE, days_words
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money


class Exact(NamedTuple):
    """An amount of pence not rounded yet, as a fraction."""

    pence: int
    over: int

    def __str__(self) -> str:
        """Pounds to at most four places, with three dots where more would follow."""
        hundredths, rest = divmod(self.pence * 100, self.over)
        pounds, places = divmod(hundredths, WHOLE)
        digits = f"{places:04}"
        if rest:
            return f"£{pounds:,}.{digits}…"
        return f"£{pounds:,}.{digits[:2]}{digits[2:].rstrip('0')}"


class PayStep(NamedTuple):
    """An amount of pay a month, for the days it was paid on."""

    what: str
    monthly: Money
    first: date
    last: date
    days: int
    of_days: int
    source: str

    @property
    def exact(self) -> Exact:
        """What it comes to."""
        return Exact(self.monthly.pence * self.days, self.of_days)


class OnCostStep(NamedTuple):
    """Employer NI or pension as a percentage of a month's pay above a threshold."""

    what: str
    pay: Exact
    threshold: Money
    per_ten_thousand: int
    source: str

    @property
    def exact(self) -> Exact:
        """What it comes to; nothing where the pay is not above the threshold."""
        above = max(0, self.pay.pence - self.threshold.pence * self.pay.over)
        return Exact(above * self.per_ten_thousand, self.pay.over * WHOLE)


class MaximumStep(NamedTuple):
    """A maximum a year, for the hours and days of a part of the month."""

    annual: Money
    hours: Hours
    first: date
    last: date
    share: int
    out_of: int
    days: str
    source: str

    @property
    def exact(self) -> Exact:
        """What it comes to."""
        pence = self.annual.pence * self.hours.seconds * self.share
        return Exact(pence, FULL_TIME_SECONDS * self.out_of)


class RoundedStep(NamedTuple):
    """An exact amount, the share of it that counts in ten-thousandths, and what that comes to in pence."""

    what: str
    exact: Exact
    share: int
    result: Money


class LowerStep(NamedTuple):
    """The lower of cost and pro rata maximum."""

    cost: Money
    pro_rata_maximum: Money
    claimed: Money


Step = PayStep | OnCostStep | MaximumStep | RoundedStep | LowerStep


def step_words(step: Step) -> str:
    """One line of working, as a person would write it beside the figure."""
    match step:
        case PayStep():
            return _pay_words(step)
        case OnCostStep():
            return _on_cost_words(step)
        case MaximumStep():
            return _maximum_words(step)
        case RoundedStep():
            return _rounded_words(step)
        case LowerStep():
            return (
                f"Claimed {step.claimed}, the lower of cost {step.cost} "
                f"and pro rata maximum {step.pro_rata_maximum}"
            )


def _pay_words(step: PayStep) -> str:
    part = "" if step.days == step.of_days else f" × {step.days}/{step.of_days} days"
    return (
        f"{step.what} {step.monthly} a month{part}{_where(step.first, step.last, step.source)} = {step.exact}"
    )


def _on_cost_words(step: OnCostStep) -> str:
    named = f" ({step.source})" if step.source else ""
    if step.threshold and not step.exact.pence:
        return f"{step.what}: pay of {step.pay} is not above {step.threshold} a month{named} = £0.00"
    pay = f"({step.pay} − {step.threshold})" if step.threshold else str(step.pay)
    return f"{step.what} {percent_words(step.per_ten_thousand)} × {pay}{named} = {step.exact}"


def _maximum_words(step: MaximumStep) -> str:
    return (
        f"Maximum {step.annual} a year{_time_words(step)} × {wte_words(step.hours)}"
        f"{_where(step.first, step.last, step.source)} = {step.exact}"
    )


def _time_words(step: MaximumStep) -> str:
    if step.out_of == DAYS_IN_YEAR:
        return f" × {step.share}/{DAYS_IN_YEAR} days"
    of_month = step.out_of // 12
    return " ÷ 12" if step.share == of_month else f" ÷ 12 × {step.share}/{of_month} {step.days}"


def _rounded_words(step: RoundedStep) -> str:
    counted = Exact(step.exact.pence * step.share, step.exact.over * WHOLE)
    share = "" if step.share == WHOLE else f" × {percent_words(step.share)} = {counted}"
    nearest = "" if counted.pence % counted.over == 0 else f", to the nearest penny {step.result}"
    return f"{step.what} {step.exact}{share}{nearest}"


def wte_words(hours: Hours) -> str:
    """Whole time equivalent where four places hold it, otherwise the hours it comes from."""
    if hours.seconds * WHOLE % FULL_TIME_SECONDS:
        return f"{hours} of {Hours(FULL_TIME_SECONDS)} hours"
    whole, places = divmod(hours.seconds * WHOLE // FULL_TIME_SECONDS, WHOLE)
    return f"{whole}.{f'{places:04}'.rstrip('0') or '0'} WTE"


def percent_words(per_ten_thousand: int) -> str:
    """14.38% for 1,438 in ten thousand."""
    whole, places = divmod(per_ten_thousand, 100)
    return f"{whole}.{places:02}".rstrip("0").rstrip(".") + "%" if places else f"{whole}%"


def _where(first: date, last: date, source: str) -> str:
    return f" ({days_words(first, last)}, {source})" if source else f" ({days_words(first, last)})"
