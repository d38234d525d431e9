"""The working behind a claim line, kept as numbers and put into words only when somebody looks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

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


class CoverStep(NamedTuple):
    """Hours that stand in for somebody who is away: they cost, and raise no maximum."""

    first: date
    last: date
    source: str


class MadeUpStep(NamedTuple):
    """Pence that rounding the year's other months had lost or won, made up in March."""

    made_up: Money
    pro_rata_maximum: Money


class PartLowerStep(NamedTuple):
    """The cost that counts and the maximum of one part of the month, of which the lower is taken."""

    first: date
    last: date
    cost: Exact
    maximum: Exact


Step = PayStep | OnCostStep | MaximumStep | RoundedStep | LowerStep | CoverStep | MadeUpStep | PartLowerStep


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
        case CoverStep():
            return f"Cover{_where(step.first, step.last, step.source)} raises no maximum"
        case MadeUpStep():
            return (
                f"Pence made up from rounding the year's other months {step.made_up}: {step.pro_rata_maximum}"
            )
        case PartLowerStep():
            return f"{days_words(step.first, step.last)}: cost {step.cost}, pro rata maximum {step.maximum}"
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


# ---- kept in a claim line as numbers

_KINDS: dict[str, type[Any]] = {
    "pay": PayStep,
    "on-cost": OnCostStep,
    "maximum": MaximumStep,
    "rounded": RoundedStep,
    "lower": LowerStep,
    "cover": CoverStep,
    "made up": MadeUpStep,
    "part": PartLowerStep,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def kept(steps: Iterable[Step]) -> str:
    """Steps as text that holds only their numbers, days and sources, so that they can be worded whenever asked."""
    return json.dumps([[_NAMES[type(step)], *map(_plain, step)] for step in steps], ensure_ascii=False)


def from_kept(text: str) -> tuple[Step, ...]:
    """The steps again. Raises ValueError for a text that holds none."""
    try:
        return tuple(_KINDS[name](*map(_value, values)) for name, *values in json.loads(text))
    except (KeyError, TypeError) as error:
        raise ValueError("no steps of a claim line") from error


def kept_words(text: str | None) -> tuple[str, ...]:
    """The working of a kept line in words; what is no steps stands as it is."""
    if not text:
        return ()
    try:
        return tuple(map(step_words, from_kept(text)))
    except ValueError:
        return tuple(text.splitlines())


def _plain(value: Any) -> Any:
    match value:
        case Money():
            return {"pence": value.pence}
        case Hours():
            return {"seconds": value.seconds}
        case date():
            return {"day": value.isoformat()}
        case Exact():
            return {"exact": [value.pence, value.over]}
        case _:
            return value


def _value(plain: Any) -> Any:
    match plain:
        case {"pence": int(pence)}:
            return Money(pence)
        case {"seconds": int(seconds)}:
            return Hours(seconds)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"exact": [int(pence), int(over)]}:
            return Exact(pence, over)
        case _:
            return plain
