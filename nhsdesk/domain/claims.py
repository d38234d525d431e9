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
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from nhsdesk.domain import claim_notes
from nhsdesk.domain.claim_parts import (
    WHOLE,
    HoursSpell,
    Maximum,
    OnCosts,
    Part,
    PartMonth,
    PaySpell,
    cut,
    lasts,
    month_days,
)
from nhsdesk.domain.claim_steps import (
    CoverStep,
    Exact,
    LowerStep,
    MadeUpStep,
    MaximumStep,
    OnCostStep,
    PartLowerStep,
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
    "Compared",
    "HoursSpell",
    "LowerOver",
    "Maximum",
    "NoFigure",
    "NobodyInPost",
    "OnCosts",
    "PartMonth",
    "PayAmounts",
    "PaySpell",
    "Pennies",
    "lowest_by_part",
    "step_words",
    "true_up",
    "work_out",
]


class Pennies(Enum):
    """Where a cost becomes whole pence: once a line, or salary, NI, pension and fees each as payroll pays them."""

    ONCE_A_LINE = "once a line"
    EACH_AMOUNT = "each amount"


class LowerOver(Enum):
    """Over what the lower of cost and pro rata maximum is taken; part by part it comes to less."""

    MONTH = "the whole month"
    PARTS = "each part of the month"


class Compared(Enum):
    """What is compared with a maximum of which only a share of the cost is reimbursed."""

    SHARE = "the PCN's share of the cost"
    WHOLE = "the whole cost"


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """What differs from one ICB to another."""

    part_month: PartMonth = PartMonth.CALENDAR_DAYS
    pennies: Pennies = Pennies.ONCE_A_LINE
    lower: LowerOver = LowerOver.MONTH
    compared: Compared = Compared.SHARE


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
    made_up: int = 0
    """Pence of the year's maximum that rounding each month had lost or won, made up in this one."""

    @property
    def maximum(self) -> Money:
        """A month of one whole time equivalent, averaged over the days where it changed."""
        yearly = sum(part.maximum.annual.pence * part.days for part in self.parts)
        return Money(half_up(yearly, 12 * sum(part.days for part in self.parts)))

    @property
    def hours(self) -> Hours:
        """Hours a week that the maximum rests on, averaged over the days somebody was in post."""
        seconds = sum(
            part.hours.hours.seconds * part.days for part in self.parts if part.hours.raises_maximum
        )
        return Hours(half_up(seconds, len(claim_notes.days_filled(self.parts))))

    @property
    def exact_maximum(self) -> Exact:
        """The pro rata maximum before it is rounded."""
        return Exact(*_pro_rata(self.parts))

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
        """What is allowed but may be a slip."""
        return tuple(claim_notes.of_parts(self.parts))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working, in the order a person would do it."""
        return (*_cost_steps(self), *_maximum_steps(self), *_lower_steps(self))


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
    cost = Money(half_up(whole * _share_counted(parts, rules), over * WHOLE))
    pro_rata_maximum = Money(half_up(*_pro_rata(parts)))
    claimed = cost if cost.pence < pro_rata_maximum.pence else pro_rata_maximum
    if claimed.pence < 0:
        return NoFigure((_below_nothing(cost, pro_rata_maximum),))
    line = ClaimLine(month, cost, pro_rata_maximum, claimed, parts, charges, rules)
    if rules.lower is LowerOver.PARTS and len(parts) > 1:
        exact = _lowest(line)
        by_part = Money(half_up(exact.numerator, exact.denominator))
        return line._replace(claimed=min(by_part, claimed))
    return line


def _below_nothing(cost: Money, pro_rata_maximum: Money) -> Problem:
    told = f"the cost comes to {cost} and the pro rata maximum to {pro_rata_maximum}"
    return Problem(f"Nothing below nothing can be claimed: {told}.", Weight.MUST_FIX)


def true_up(march: ClaimLine, earlier: Sequence[ClaimLine]) -> ClaimLine:
    """March's line with the pence that rounding the year's other months had lost or won, so that the year is exact."""
    exact = sum((Fraction(*line.exact_maximum) for line in (*earlier, march)), Fraction())
    due = half_up(exact.numerator, exact.denominator) - sum(line.pro_rata_maximum.pence for line in earlier)
    most = Money(due)
    by_part = march.claimed < min(march.cost, march.pro_rata_maximum)
    return march._replace(
        pro_rata_maximum=most,
        claimed=min(march.claimed if by_part else march.cost, most),
        made_up=due - march.pro_rata_maximum.pence,
    )


def lowest_by_part(line: ClaimLine) -> Iterator[tuple[Part, Fraction, Fraction]]:
    """Each part with its unrounded cost that counts and its unrounded pro rata maximum, in pence.

    NI of a month belongs to its parts as the pay does that it is due on.
    """
    of_days = month_days(line.month.year, line.month.number).days
    earned = _pay_of(line.parts)
    share = Fraction(_share_counted(line.parts, line.rules), WHOLE)
    for part in line.parts:
        alone = _pay_of((part,))
        stated = Fraction(*_whole_cost(alone._replace(ni_pay={}), of_days, line.on_costs, USUAL_RULES))
        ni = Fraction()
        for employment, pay in alone.ni_pay.items():
            whole = Fraction(_ni_on(earned, employment, line.on_costs, of_days), WHOLE * of_days)
            ni += whole * Fraction(pay, earned.ni_pay[employment]) if earned.ni_pay[employment] else 0
        yield part, (stated + ni) * share, Fraction(*_pro_rata((part,)))


def _by_days(line: ClaimLine) -> dict[tuple[date, date], tuple[Fraction, Fraction]]:
    """Cost that counts and pro rata maximum of each run of days, of everybody who worked on them together."""
    found: dict[tuple[date, date], tuple[Fraction, Fraction]] = {}
    for part, cost, most in lowest_by_part(line):
        of_cost, of_most = found.get((part.first, part.last), (Fraction(), Fraction()))
        found[part.first, part.last] = (of_cost + cost, of_most + most)
    return found


def _lowest(line: ClaimLine) -> Fraction:
    return sum((min(both) for both in _by_days(line).values()), Fraction())


def _share_counted(parts: Sequence[Part], rules: ClaimRules) -> int:
    return WHOLE if rules.compared is Compared.WHOLE else parts[0].maximum.share_of_cost


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
    ni_upper: frozenset[str]
    """The employments whose NI is due from the upper threshold on."""
    pension_pay: dict[int | None, int]
    """By the scheme's rate; None for the dated NHS rate."""

    @property
    def leaves_on_costs(self) -> bool:
        return bool(self.ni_pay or None in self.pension_pay)


def _pay_of(parts: Sequence[Part]) -> _Pay:
    salary = ni = pension = fees = 0
    ni_pay: dict[str, int] = {}
    ni_upper: dict[str, bool] = {}
    pension_pay: dict[int | None, int] = {}
    for part in parts:
        pay, days = part.pay, part.days
        earned = pay.salary.pence * days
        salary += earned
        fees += pay.fees.pence * days
        if pay.employer_ni is None:
            ni_pay[pay.employment] = ni_pay.get(pay.employment, 0) + earned
            ni_upper[pay.employment] = pay.upper_threshold
        else:
            ni += pay.employer_ni.pence * days
        if pay.employer_pension is None:
            rate = pay.pension_per_ten_thousand
            pension_pay[rate] = pension_pay.get(rate, 0) + earned
        else:
            pension += pay.employer_pension.pence * days
    upper = frozenset(employment for employment, holds in ni_upper.items() if holds)
    return _Pay(salary, ni, pension, fees, ni_pay, upper, pension_pay)


def _amounts(pay: _Pay, of_days: int, on_costs: OnCosts) -> tuple[int, int, int, int]:
    """Salary, NI, pension and fees in pence, over ten thousand times the days of the month."""
    ni = pay.ni * WHOLE + sum(_ni_on(pay, employment, on_costs, of_days) for employment in pay.ni_pay)
    pension = pay.pension * WHOLE
    for rate, earned in pay.pension_pay.items():
        pension += earned * (on_costs.pension_per_ten_thousand if rate is None else rate)
    return pay.salary * WHOLE, ni, pension, pay.fees * WHOLE


def _threshold(pay: _Pay, employment: str, on_costs: OnCosts) -> Money:
    return on_costs.upper_threshold if employment in pay.ni_upper else on_costs.ni_threshold


def _ni_on(pay: _Pay, employment: str, on_costs: OnCosts, of_days: int) -> int:
    """Employer NI to be worked out for one employment, in pence over ten thousand times the days of the month."""
    above = pay.ni_pay[employment] - _threshold(pay, employment, on_costs).pence * of_days
    return above * on_costs.ni_per_ten_thousand if above > 0 else 0


def _whole_cost(pay: _Pay, of_days: int, on_costs: OnCosts, rules: ClaimRules) -> tuple[int, int]:
    """Salary, NI, pension and fees together, before any share is taken, as a fraction of pence."""
    amounts = _amounts(pay, of_days, on_costs)
    if rules.pennies is Pennies.EACH_AMOUNT:
        return sum(half_up(amount, WHOLE * of_days) for amount in amounts), 1
    return sum(amounts), WHOLE * of_days


def _pro_rata(parts: Sequence[Part]) -> tuple[int, int]:
    """The maximum for the hours and days of every part together, as a fraction of pence."""
    counted = [part for part in parts if part.hours.raises_maximum]
    out_of = lcm(*[part.out_of for part in counted])
    pence = 0
    for part in counted:
        yearly = part.maximum.annual.pence * part.hours.hours.seconds
        pence += yearly * part.share * (out_of // part.out_of)
    return pence, FULL_TIME_SECONDS * out_of


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
    yield RoundedStep("Cost", whole, _share_counted(line.parts, line.rules), line.cost)


_PAY_WORDS = ("Salary", "Employer NI", "Employer pension", "Fees")


def _pay_steps(part: Part, of_days: int) -> Iterator[Step]:
    pay = part.pay
    stated = (pay.salary, pay.employer_ni, pay.employer_pension, pay.fees or None)
    for what, monthly in zip(_PAY_WORDS, stated, strict=True):
        if monthly is not None:
            yield PayStep(what, monthly, part.first, part.last, part.days, of_days, pay.source)


def _on_cost_steps(pay: _Pay, of_days: int, rates: OnCosts) -> Iterator[Step]:
    for employment, earned in pay.ni_pay.items():
        on, threshold = Exact(earned, of_days), _threshold(pay, employment, rates)
        yield OnCostStep("Employer NI", on, threshold, rates.ni_per_ten_thousand, rates.source)
    for rate, earned in pay.pension_pay.items():
        own = "the scheme's own rate"
        of, source = (rates.pension_per_ten_thousand, rates.source) if rate is None else (rate, own)
        yield OnCostStep("Employer pension", Exact(earned, of_days), Money(), of, source)


def _maximum_steps(line: ClaimLine) -> Iterator[Step]:
    days = "weekdays" if line.rules.part_month is PartMonth.WEEKDAYS else "days"
    for part in line.parts:
        rate, hours = part.maximum, part.hours.hours
        if part.hours.raises_maximum:
            yield MaximumStep(
                rate.annual, hours, part.first, part.last, part.share, part.out_of, days, rate.source
            )
        else:
            yield CoverStep(part.first, part.last, part.hours.source)
    rounded = Money(line.pro_rata_maximum.pence - line.made_up)
    yield RoundedStep("Pro rata maximum", line.exact_maximum, WHOLE, rounded)
    if line.made_up:
        yield MadeUpStep(Money(line.made_up), line.pro_rata_maximum)


def _lower_steps(line: ClaimLine) -> Iterator[Step]:
    if line.claimed < min(line.cost, line.pro_rata_maximum):
        for (first, last), (cost, most) in sorted(_by_days(line).items()):
            yield PartLowerStep(first, last, Exact(*cost.as_integer_ratio()), Exact(*most.as_integer_ratio()))
        exact = Exact(*_lowest(line).as_integer_ratio())
        yield RoundedStep("Claimed, the lower of each part", exact, WHOLE, line.claimed)
    else:
        yield LowerStep(line.cost, line.pro_rata_maximum, line.claimed)
