"""What holds for every claim, checked against a second way of working it out: day by day, in fractions.

`Model` knows nothing of parts: each day of the month is asked what it costs and what it may cost.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from nhsdesk.domain import claim_steps
from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    Compared,
    HoursSpell,
    LowerOver,
    Maximum,
    NobodyInPost,
    NoFigure,
    OnCosts,
    PartMonth,
    PaySpell,
    Pennies,
    lowest_by_part,
    step_words,
    true_up,
    work_out,
)
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import FinancialYear, Month

ON_COSTS = (
    OnCosts(Money(75_833), 1_380, 1_438, date(2024, 4, 1), date(2025, 3, 31), "OC-1", Money(418_917)),
    OnCosts(Money(41_700), 1_500, 1_438, date(2025, 4, 1), None, "OC-2", Money(418_917)),
)


def rounded(pence: Fraction) -> int:
    """Half up, of nothing negative."""
    return int((2 * pence + 1) // 2)


def on(spell: HoursSpell | PaySpell | Maximum, day: date) -> bool:
    """Whether a spell holds on a day."""
    return spell.starts <= day and (spell.ends is None or day <= spell.ends)


@dataclass(frozen=True)
class Case:
    """What `work_out` is given."""

    month: Month
    hours: tuple[HoursSpell, ...]
    pay: tuple[PaySpell, ...]
    maxima: tuple[Maximum, ...]
    rules: ClaimRules

    def worked(self) -> ClaimLine | NoFigure | NobodyInPost:
        return work_out(self.month, self.hours, self.pay, self.maxima, ON_COSTS, self.rules)


class Model:
    """The whole computation a second time."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.days = [case.month.first + timedelta(n) for n in range(case.month.days)]
        (self.rates,) = (
            one
            for one in ON_COSTS
            if one.starts <= self.days[-1] and (one.ends is None or self.days[-1] <= one.ends)
        )
        self.cost_of = dict.fromkeys(self.days, Fraction())
        self.most_of = dict.fromkeys(self.days, Fraction())
        self.amounts = [Fraction()] * 4
        for employment in {spell.employment for spell in case.hours}:
            self._employment(employment)

    def _weight(self, day: date, whole: bool) -> Fraction:
        """What part of a year's maximum a day stands for."""
        weekdays = sum(one.weekday() < 5 for one in self.days)
        match self.case.rules.part_month:
            case PartMonth.WEEKDAYS:
                return Fraction(day.weekday() < 5, 12 * weekdays)
            case PartMonth.DAYS_OF_YEAR if not whole:
                return Fraction(1, 365)
            case _:
                return Fraction(1, 12 * len(self.days))

    def _employment(self, employment: str) -> None:
        case, length = self.case, len(self.days)
        worked = {
            day: one
            for one in case.hours
            if one.employment == employment
            for day in self.days
            if on(one, day)
        }
        whole = len(worked) == length
        paid = {
            day: one for one in case.pay if one.employment == employment for day in worked if on(one, day)
        }
        maxima = {day: one for one in case.maxima for day in worked if on(one, day)}
        taxed = {
            day: Fraction(pay.salary.pence, length) for day, pay in paid.items() if pay.employer_ni is None
        }
        upper = any(pay.upper_threshold for pay in paid.values() if pay.employer_ni is None)
        threshold = self.rates.upper_threshold if upper else self.rates.ni_threshold
        above = max(Fraction(), sum(taxed.values(), Fraction()) - threshold.pence)
        ni = above * Fraction(self.rates.ni_per_ten_thousand, 10_000)
        for day, pay in paid.items():
            of_day = [Fraction(pay.salary.pence, length)]
            if pay.employer_ni is not None:
                of_day.append(Fraction(pay.employer_ni.pence, length))
            else:
                of_day.append(ni * taxed[day] / sum(taxed.values()) if ni else Fraction())
            if pay.employer_pension is not None:
                of_day.append(Fraction(pay.employer_pension.pence, length))
            else:
                own = pay.pension_per_ten_thousand
                rate = self.rates.pension_per_ten_thousand if own is None else own
                of_day.append(of_day[0] * Fraction(rate, 10_000))
            of_day.append(Fraction(pay.fees.pence, length))
            self.amounts = [sum(pair, Fraction()) for pair in zip(self.amounts, of_day, strict=True)]
            self.cost_of[day] += sum(of_day, Fraction())
            if worked[day].raises_maximum:
                wte = Fraction(worked[day].hours.seconds, 135_000)
                self.most_of[day] += maxima[day].annual.pence * wte * self._weight(day, whole)

    @property
    def share(self) -> Fraction:
        """How much of the cost counts."""
        if self.case.rules.compared is Compared.WHOLE:
            return Fraction(1)
        return Fraction(self.case.maxima[0].share_of_cost, 10_000)

    @property
    def cost(self) -> int:
        """The cost that counts, in whole pence."""
        if self.case.rules.pennies is Pennies.EACH_AMOUNT:
            return rounded(self.share * sum(rounded(one) for one in self.amounts))
        return rounded(self.share * sum(self.amounts, Fraction()))

    @property
    def exact_maximum(self) -> Fraction:
        """The pro rata maximum before it is rounded."""
        return sum(self.most_of.values(), Fraction())

    @property
    def claimed(self) -> int:
        """The lower of the two over the month."""
        return min(self.cost, rounded(self.exact_maximum))

    def lowest_by(self, stretches: list[list[date]]) -> int:
        """The lower of the two over each stretch of days, then added up."""
        lowest = Fraction()
        for days in stretches:
            cost = self.share * sum((self.cost_of[day] for day in days), Fraction())
            lowest += min(cost, sum((self.most_of[day] for day in days), Fraction()))
        return min(rounded(lowest), self.cost, rounded(self.exact_maximum))


# ---- random months, spells and rules


pence = st.integers(0, 2_000_000).map(Money)
rules = st.builds(
    ClaimRules,
    part_month=st.sampled_from(PartMonth),
    pennies=st.sampled_from(Pennies),
    lower=st.sampled_from(LowerOver),
    compared=st.sampled_from(Compared),
)
months = st.builds(Month, st.integers(2024, 2031), st.integers(1, 12)).filter(lambda m: m >= Month(2024, 4))
SHARES = st.sampled_from([10_000, 10_000, 5_000, 7_000, 1, 0])


@st.composite
def stretches(draw: st.DrawFn, month: Month, gaps: bool) -> list[tuple[date, date | None]]:
    """Spells of days one after another; without gaps the month is covered from before to after."""
    inside = st.integers(0, month.days - 1).map(lambda n: month.first + timedelta(n))
    cuts = sorted(draw(st.sets(inside, max_size=3)))
    starts = [month.first - timedelta(draw(st.integers(0, 400))), *cuts]
    ends: list[date | None] = [cut - timedelta(1) for cut in cuts]
    ends.append(draw(st.sampled_from([None, month.last, month.last + timedelta(90)])))
    made = [(first, last) for first, last in zip(starts, ends, strict=True) if last is None or first <= last]
    if gaps:
        made = [one for one in made if draw(st.integers(0, 4))]
        shorter: bool = draw(st.booleans())
        if made and shorter:
            first, last = made[-1]
            end = draw(inside)
            made[-1] = (first, end if first <= end else last)
    return made


@st.composite
def cases(draw: st.DrawFn) -> Case:
    month = draw(months)
    employments = draw(st.sampled_from([("",), ("",), ("A", "B"), ("A", "B", "cover")]))
    hours: list[HoursSpell] = []
    pay: list[PaySpell] = []
    for employment in employments:
        own = draw(st.none() | st.integers(0, 3_000))
        upper = draw(st.booleans())
        for n, (first, last) in enumerate(draw(stretches(month, gaps=True))):
            seconds = draw(st.integers(60, 60 * 3600))
            hours.append(
                HoursSpell(first, last, Hours(seconds), f"AS-{n}", employment, employment != "cover")
            )
        for n, (first, last) in enumerate(draw(stretches(month, gaps=False))):
            ni, pension = draw(st.none() | pence), draw(st.none() | pence)
            spell = PaySpell(
                first, last, draw(pence), ni, pension, draw(pence), f"PY-{n}", employment, own, upper
            )
            pay.append(spell)
    share = draw(SHARES)
    maxima = tuple(
        Maximum(first, last, Money(draw(st.integers(1, 20_000_000))), f"RT-{n}", share)
        for n, (first, last) in enumerate(draw(stretches(month, gaps=False)))
    )
    return Case(month, tuple(hours), tuple(pay), maxima, draw(rules))


@st.composite
def figures(draw: st.DrawFn) -> tuple[Case, ClaimLine]:
    case = draw(cases())
    line = case.worked()
    assume(isinstance(line, ClaimLine))
    assert isinstance(line, ClaimLine)
    return case, line


def as_fraction(exact: claim_steps.Exact) -> Fraction:
    return Fraction(exact.pence, exact.over)


# ---- the two ways agree


@given(cases())
def test_a_second_way_of_working_it_out_comes_to_the_same(case: Case) -> None:
    line, model = case.worked(), Model(case)
    in_month = any(
        one.starts <= case.month.last and (one.ends is None or one.ends >= case.month.first)
        for one in case.hours
    )
    if not in_month:
        assert isinstance(line, NobodyInPost)
        return
    assert isinstance(line, ClaimLine), line
    assert as_fraction(line.exact_maximum) == model.exact_maximum
    assert line.pro_rata_maximum.pence == rounded(model.exact_maximum)
    assert line.cost.pence == model.cost
    assert [amount.pence for amount in line.amounts] == [rounded(one) for one in model.amounts]
    if case.rules.lower is LowerOver.MONTH:
        assert line.claimed.pence == model.claimed
    else:
        assert line.claimed.pence == model.lowest_by(alike(case, model))


def alike(case: Case, model: Model) -> list[list[date]]:
    """Runs of days of which nothing changes: hours, pay and maximum of every employment."""
    spells: tuple[HoursSpell | PaySpell | Maximum, ...] = (*case.hours, *case.pay, *case.maxima)
    runs: list[list[date]] = []
    before: list[bool] | None = None
    for day in model.days:
        now = [on(one, day) for one in spells]
        if now != before:
            runs.append([])
        runs[-1].append(day)
        before = now
    return runs


# ---- what holds for all of them


@given(figures())
def test_no_more_is_claimed_than_was_spent_or_may_be(found: tuple[Case, ClaimLine]) -> None:
    _, line = found
    assert Money() <= line.claimed <= line.cost
    assert line.claimed <= line.pro_rata_maximum
    assert line.headroom >= Money()
    assert line.borne >= Money()


@given(figures())
def test_no_more_is_claimed_part_by_part_than_over_the_month(found: tuple[Case, ClaimLine]) -> None:
    case, line = found
    by = {lower: replace(case, rules=replace(case.rules, lower=lower)).worked() for lower in LowerOver}
    parts, month = by[LowerOver.PARTS], by[LowerOver.MONTH]
    assert isinstance(parts, ClaimLine)
    assert isinstance(month, ClaimLine)
    assert parts.claimed <= month.claimed
    assert line.claimed in (parts.claimed, month.claimed)


@given(figures())
def test_parts_of_a_month_add_up_to_it_before_they_are_rounded(found: tuple[Case, ClaimLine]) -> None:
    case, line = found
    by_part = list(lowest_by_part(line))
    assert sum((most for _, _, most in by_part), Fraction()) == as_fraction(line.exact_maximum)
    model = Model(case)
    assert sum((cost for _, cost, _ in by_part), Fraction()) == model.share * sum(model.amounts, Fraction())


@given(months, st.integers(1, 20_000_000), st.integers(60, 60 * 3600), st.sampled_from(PartMonth), st.data())
def test_a_month_cut_anywhere_comes_to_the_month(
    month: Month, annual: int, seconds: int, part_month: PartMonth, data: st.DataObject
) -> None:
    cut = month.first + timedelta(data.draw(st.integers(1, month.days - 1)))
    pay = (PaySpell(date(2000, 1, 1), None, Money(1), Money(), Money(), Money(), "PY"),)
    maxima = (Maximum(date(2000, 1, 1), None, Money(annual), "RT"),)
    hours = HoursSpell(month.first, None, Hours(seconds), "AS")
    in_two = (replace(hours, ends=cut - timedelta(1)), replace(hours, starts=cut))
    rule = ClaimRules(part_month=part_month)
    whole, cut_line = (work_out(month, one, pay, maxima, (), rule) for one in ((hours,), in_two))
    assert isinstance(whole, ClaimLine)
    assert isinstance(cut_line, ClaimLine)
    twelfth = Fraction(annual * seconds, 12 * 135_000)
    assert as_fraction(whole.exact_maximum) == as_fraction(cut_line.exact_maximum) == twelfth


@given(
    st.integers(2020, 2035), st.integers(0, 11), st.integers(1, 20_000_000), st.integers(1, 20_000_000), rules
)
def test_a_rate_that_changes_on_the_first_of_a_month_splits_the_year(
    first_year: int, index: int, before: int, after: int, rule: ClaimRules
) -> None:
    months = FinancialYear(first_year).months
    change = months[index].first
    maxima = (
        Maximum(date(2000, 1, 1), change - timedelta(1), Money(before), "RT-1"),
        Maximum(change, None, Money(after), "RT-2"),
    )
    hours = (HoursSpell(date(2000, 1, 1), None, Hours.of("37.5"), "AS"),)
    pay = (PaySpell(date(2000, 1, 1), None, Money(10**9), Money(), Money(), Money(), "PY"),)
    lines = [work_out(month, hours, pay, maxima, (), rule) for month in months]
    claimed = [line.claimed.pence for line in lines if isinstance(line, ClaimLine)]
    assert claimed == [rounded(Fraction(before, 12))] * index + [rounded(Fraction(after, 12))] * (12 - index)
    sources = [line.rates for line in lines if isinstance(line, ClaimLine)]
    assert sources == [("RT-1",)] * index + [("RT-2",)] * (12 - index)


@given(figures(), st.integers(0, 2**32))
def test_the_order_of_spells_does_not_matter(found: tuple[Case, ClaimLine], seed: int) -> None:
    case, line = found
    shuffle = random.Random(seed)
    mixed = replace(
        case,
        hours=tuple(shuffle.sample(case.hours, len(case.hours))),
        pay=tuple(shuffle.sample(case.pay, len(case.pay))),
        maxima=tuple(shuffle.sample(case.maxima, len(case.maxima))),
    )
    assert mixed.worked() == line


@given(cases(), st.data())
def test_no_figure_without_its_rate(case: Case, data: st.DataObject) -> None:
    """One day somebody worked loses its maximum, and the month its figure."""
    lost = case.month.first + timedelta(data.draw(st.integers(0, case.month.days - 1)))
    kept: list[Maximum] = []
    for one in case.maxima:
        if on(one, lost):
            kept += [replace(one, ends=lost - timedelta(1))] if one.starts < lost else []
            kept += [replace(one, starts=lost + timedelta(1))] if one.ends is None or lost < one.ends else []
        else:
            kept.append(one)
    worked_that_day = any(on(one, lost) for one in case.hours)
    without = replace(case, maxima=tuple(kept)).worked()
    if worked_that_day:
        assert isinstance(without, NoFigure)
        assert any("maximum" in problem.sentence.lower() for problem in without.problems)
    elif isinstance(without, ClaimLine):
        assert set(without.rates) <= {one.source for one in kept}
        assert without.rates


@given(figures())
def test_steps_kept_as_text_give_the_same_words(found: tuple[Case, ClaimLine]) -> None:
    _, line = found
    text = claim_steps.kept(line.steps)
    assert claim_steps.from_kept(text) == line.steps
    assert claim_steps.kept_words(text) == tuple(step_words(step) for step in line.steps)


@given(figures())
def test_the_working_ends_in_the_figure_claimed(found: tuple[Case, ClaimLine]) -> None:
    _, line = found
    assert str(line.claimed) in step_words(line.steps[-1])


@given(
    st.integers(2024, 2030), st.integers(1, 20_000_000), st.integers(60, 60 * 3600), st.integers(0, 4_000_000),
    st.integers(0, 11),
)  # fmt: skip
def test_a_year_made_up_in_march_comes_to_the_years_maximum(
    first_year: int, annual: int, seconds: int, cost: int, starts_in: int
) -> None:
    months = FinancialYear(first_year).months[starts_in:]
    hours = (HoursSpell(months[0].first, None, Hours(seconds), "AS"),)
    pay = (PaySpell(date(2000, 1, 1), None, Money(cost), Money(), Money(), Money(), "PY"),)
    maxima = (Maximum(date(2000, 1, 1), None, Money(annual), "RT"),)
    lines = [work_out(month, hours, pay, maxima) for month in months]
    claims = [line for line in lines if isinstance(line, ClaimLine)]
    march = true_up(claims[-1], claims[:-1])
    year = rounded(Fraction(annual * seconds * len(months), 12 * 135_000))
    made_up = year - sum(line.pro_rata_maximum.pence for line in claims[:-1])
    assert march.claimed.pence == min(cost, made_up)
    assert march.claimed <= march.cost
    kept = claim_steps.kept(march.steps)
    assert claim_steps.from_kept(kept) == march.steps
