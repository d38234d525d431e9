"""What one post may claim for one month: the lower of its cost and its pro rata maximum.

"Actual salary plus employer on-costs to the maximum per WTE amounts" (Network Contract DES, as the BMA
quotes it), pro rata to hours and days. `work_out` takes plain values and gives a `ClaimLine`, `NoFigure` or
`NOBODY_IN_POST`: never a figure without its rate. Sums are in whole numbers over a common denominator:
cost and pro rata maximum are each added up over the parts of the month unrounded, rounded half up once,
and only then compared, because the lower of two taken part by part comes to less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from math import lcm
from typing import NamedTuple

from nhsdesk.domain.claim_parts import (
    WHOLE,
    HoursSpell,
    Maximum,
    OnCosts,
    Part,
    PartMonth,
    PaySpell,
    cut,
    days_words,
    lasts,
    month_days,
)
from nhsdesk.domain.claim_steps import (
    Exact,
    LowerStep,
    MaximumStep,
    OnCostStep,
    PayStep,
    RoundedStep,
    Step,
    step_words,
)
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money, half_up
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight

__all__ = [
    "NOBODY_IN_POST",
    "ClaimLine",
    "ClaimRules",
    "HoursSpell",
    "Maximum",
    "NoFigure",
    "NobodyInPost",
    "OnCosts",
    "PartMonth",
    "PayAmounts",
    "PaySpell",
    "Pennies",
    "step_words",
    "work_out",
]

MOST_HOURS_ON_PORTAL = Hours.of(40)
"""The Primary Care Workforce Portal has refused more; extra hours at plain time are allowed (FAQ, 31 March 2021)."""


class Pennies(Enum):
    """Where a cost becomes whole pence: once a line, or salary, NI, pension and fees each as payroll pays them."""

    ONCE_A_LINE = "once a line"
    EACH_AMOUNT = "each amount"


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """What differs from one ICB to another."""

    part_month: PartMonth = PartMonth.CALENDAR_DAYS
    pennies: Pennies = Pennies.ONCE_A_LINE


class PayAmounts(NamedTuple):
    """The four amounts the claims portal asks for, each to the nearest penny and for the whole cost."""

    salary: Money
    employer_ni: Money
    employer_pension: Money
    fees: Money


# A named tuple, because a year of England is 480,000 lines and a frozen dataclass takes longer to make.
class ClaimLine(NamedTuple):
    """One post's month: what it cost, what may be claimed, and the parts both rest on."""

    month: Month
    cost: Money
    """What it cost, or the share of that which counts where the maximum says so."""
    pro_rata_maximum: Money
    claimed: Money
    parts: tuple[Part, ...]
    on_costs: OnCosts
    rules: ClaimRules

    @property
    def maximum(self) -> Money:
        """A month of one whole time equivalent, averaged over the days where it changed."""
        yearly = sum(part.maximum.annual.pence * part.days for part in self.parts)
        return Money(half_up(yearly, 12 * sum(part.days for part in self.parts)))

    @property
    def hours(self) -> Hours:
        """Hours a week, averaged over the days somebody was in post."""
        seconds = sum(part.hours.hours.seconds * part.days for part in self.parts)
        return Hours(half_up(seconds, _days_filled(self.parts)))

    @property
    def headroom(self) -> Money:
        """What the pro rata maximum leaves unused."""
        return self.pro_rata_maximum - self.claimed

    @property
    def borne(self) -> Money:
        """The cost above the pro rata maximum, which the network bears."""
        return self.cost - self.claimed

    @property
    def rates(self) -> tuple[str, ...]:
        """The sources of the maxima used, in order of use."""
        return tuple(dict.fromkeys(part.maximum.source for part in self.parts))

    @property
    def amounts(self) -> PayAmounts:
        """Salary, employer NI, employer pension and fees; rounded one by one they may miss the cost by a penny."""
        of_days = month_days(self.month.year, self.month.number).days
        amounts = _amounts(_pay_of(self.parts), of_days, self.on_costs)
        return PayAmounts(*(Money(half_up(amount, WHOLE * of_days)) for amount in amounts))

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Hours that are allowed but may be a slip."""
        return tuple(_notes(self.parts))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working, in the order a person would do it."""
        lower = LowerStep(self.cost, self.pro_rata_maximum, self.claimed)
        return (*_cost_steps(self), *_maximum_steps(self), lower)


@dataclass(frozen=True, slots=True)
class NoFigure:
    """No figure, because something it rests on is missing or contradicts itself."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NobodyInPost:
    """Nothing to work out: no hours fall in the month."""


NOBODY_IN_POST = NobodyInPost()
USUAL_RULES = ClaimRules()
_NONE_NEEDED = OnCosts(Money(), 0, 0, date.min, None, "")


def work_out(
    month: Month,
    hours: Sequence[HoursSpell],
    pay: Sequence[PaySpell],
    maxima: Sequence[Maximum],
    on_costs: Sequence[OnCosts] = (),
    rules: ClaimRules = USUAL_RULES,
) -> ClaimLine | NoFigure | NobodyInPost:
    """One post's claim for one month; spells may be in any order and reach beyond the month."""
    days = month_days(month.year, month.number)
    parts, problems = cut(days, hours, pay, maxima, rules.part_month)
    if problems:
        return NoFigure(problems)
    if not parts:
        return NOBODY_IN_POST
    earned = _pay_of(parts)
    charges = _on_costs_for(days.last, on_costs) if earned.leaves_on_costs else _NONE_NEEDED
    if isinstance(charges, Problem):
        return NoFigure((charges,))
    whole, over = _whole_cost(earned, days.days, charges, rules)
    cost = Money(half_up(whole * parts[0].maximum.share_of_cost, over * WHOLE))
    pro_rata_maximum = Money(half_up(*_pro_rata(parts)))
    claimed = cost if cost.pence < pro_rata_maximum.pence else pro_rata_maximum
    return ClaimLine(month, cost, pro_rata_maximum, claimed, parts, charges, rules)


def _on_costs_for(payday: date, on_costs: Sequence[OnCosts]) -> OnCosts | Problem:
    in_force = [rate for rate in on_costs if lasts(rate, payday, payday)]
    if len(in_force) == 1:
        return in_force[0]
    what = "More than one rate" if in_force else "No rate"
    sentence = (
        f"{what} of employer NI and pension is on file for {day_words(payday)}, and the pay states none."
    )
    return Problem(sentence, Weight.MUST_FIX)


class _Pay(NamedTuple):
    """A month's pay in pence times days, and the pay on which NI and pension are to be worked out."""

    salary: int
    ni: int
    pension: int
    fees: int
    ni_pay: dict[str, int]
    """By employment, since each has a threshold of its own."""
    pension_pay: int

    @property
    def leaves_on_costs(self) -> bool:
        return bool(self.ni_pay or self.pension_pay)


def _pay_of(parts: Sequence[Part]) -> _Pay:
    salary = ni = pension = fees = pension_pay = 0
    ni_pay: dict[str, int] = {}
    for part in parts:
        pay, days = part.pay, part.days
        earned = pay.salary.pence * days
        salary += earned
        fees += pay.fees.pence * days
        if pay.employer_ni is None:
            ni_pay[pay.employment] = ni_pay.get(pay.employment, 0) + earned
        else:
            ni += pay.employer_ni.pence * days
        if pay.employer_pension is None:
            pension_pay += earned
        else:
            pension += pay.employer_pension.pence * days
    return _Pay(salary, ni, pension, fees, ni_pay, pension_pay)


def _amounts(pay: _Pay, of_days: int, on_costs: OnCosts) -> tuple[int, int, int, int]:
    """Salary, NI, pension and fees in pence, over ten thousand times the days of the month."""
    ni = pay.ni * WHOLE
    threshold = on_costs.ni_threshold.pence * of_days
    for earned in pay.ni_pay.values():
        if earned > threshold:
            ni += (earned - threshold) * on_costs.ni_per_ten_thousand
    pension = pay.pension * WHOLE + pay.pension_pay * on_costs.pension_per_ten_thousand
    return pay.salary * WHOLE, ni, pension, pay.fees * WHOLE


def _whole_cost(pay: _Pay, of_days: int, on_costs: OnCosts, rules: ClaimRules) -> tuple[int, int]:
    """Salary, NI, pension and fees together, before any share is taken, as a fraction of pence."""
    amounts = _amounts(pay, of_days, on_costs)
    if rules.pennies is Pennies.EACH_AMOUNT:
        return sum(half_up(amount, WHOLE * of_days) for amount in amounts), 1
    return sum(amounts), WHOLE * of_days


def _pro_rata(parts: Sequence[Part]) -> tuple[int, int]:
    """The maximum for the hours and days of every part together, as a fraction of pence."""
    out_of = lcm(*[part.out_of for part in parts])
    pence = 0
    for part in parts:
        yearly = part.maximum.annual.pence * part.hours.hours.seconds
        pence += yearly * part.share * (out_of // part.out_of)
    return pence, FULL_TIME_SECONDS * out_of


def _days_filled(parts: Sequence[Part]) -> int:
    """Days with somebody in post, counted once where two were."""
    filled: set[int] = set()
    for part in parts:
        filled.update(range(part.first.toordinal(), part.last.toordinal() + 1))
    return len(filled)


def _notes(parts: Sequence[Part]) -> Iterator[Problem]:
    for part in parts:
        hours, when = part.hours.hours, f"{days_words(part.first, part.last)} ({part.hours.source})"
        if not hours:
            yield Problem(f"No hours a week for {when}: nothing can be claimed.")
        elif hours > MOST_HOURS_ON_PORTAL:
            yield Problem(f"{hours} hours a week for {when}: the claims portal has refused more than 40.")


def _cost_steps(line: ClaimLine) -> Iterator[Step]:
    of_days = month_days(line.month.year, line.month.number).days
    pay = _pay_of(line.parts)
    for part in line.parts:
        yield from _pay_steps(part, of_days)
    yield from _on_cost_steps(pay, of_days, line.on_costs)
    if line.rules.pennies is Pennies.EACH_AMOUNT:
        amounts = _amounts(pay, of_days, line.on_costs)
        for what, amount, result in zip(_PAY_WORDS, amounts, line.amounts, strict=True):
            if amount:
                yield RoundedStep(what, Exact(amount, WHOLE * of_days), WHOLE, result)
    whole = Exact(*_whole_cost(pay, of_days, line.on_costs, line.rules))
    yield RoundedStep("Cost", whole, line.parts[0].maximum.share_of_cost, line.cost)


_PAY_WORDS = ("Salary", "Employer NI", "Employer pension", "Fees")


def _pay_steps(part: Part, of_days: int) -> Iterator[Step]:
    pay = part.pay
    stated = (pay.salary, pay.employer_ni, pay.employer_pension, pay.fees or None)
    for what, monthly in zip(_PAY_WORDS, stated, strict=True):
        if monthly is not None:
            yield PayStep(what, monthly, part.first, part.last, part.days, of_days, pay.source)


def _on_cost_steps(pay: _Pay, of_days: int, rates: OnCosts) -> Iterator[Step]:
    for earned in pay.ni_pay.values():
        on = Exact(earned, of_days)
        yield OnCostStep("Employer NI", on, rates.ni_threshold, rates.ni_per_ten_thousand, rates.source)
    if pay.pension_pay:
        on = Exact(pay.pension_pay, of_days)
        yield OnCostStep("Employer pension", on, Money(), rates.pension_per_ten_thousand, rates.source)


def _maximum_steps(line: ClaimLine) -> Iterator[Step]:
    days = "weekdays" if line.rules.part_month is PartMonth.WEEKDAYS else "days"
    for part in line.parts:
        rate, hours = part.maximum, part.hours.hours
        yield MaximumStep(
            rate.annual, hours, part.first, part.last, part.share, part.out_of, days, rate.source
        )
    yield RoundedStep("Pro rata maximum", Exact(*_pro_rata(line.parts)), WHOLE, line.pro_rata_maximum)
