"""What holds of every claim, whatever the hours, pay and maxima."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.claim_steps import MaximumStep
from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    HoursSpell,
    Maximum,
    OnCosts,
    PartMonth,
    PaySpell,
    Pennies,
    work_out,
)
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money, half_up, total
from nhsdesk.domain.periods import FinancialYear, Month

ON_COSTS = (OnCosts(Money.pounds(417), 1_500, 1_438, date(2019, 1, 1), None, "OC-1"),)
S = TypeVar("S", HoursSpell, PaySpell, Maximum)


@dataclass(frozen=True)
class Case:
    """One month of one post."""

    month: Month
    hours: Sequence[HoursSpell]
    pay: Sequence[PaySpell]
    maxima: Sequence[Maximum]
    rules: ClaimRules

    def work(self) -> ClaimLine:
        result = work_out(self.month, self.hours, self.pay, self.maxima, ON_COSTS, self.rules)
        assert isinstance(result, ClaimLine), result
        return result


def figures(line: ClaimLine) -> tuple[object, ...]:
    return line.cost, line.maximum, line.pro_rata_maximum, line.claimed, line.hours, line.amounts


money = st.integers(0, 2_000_000).map(Money)
stated = st.none() | money
rules = st.builds(ClaimRules, st.sampled_from(PartMonth), st.sampled_from(Pennies))
months = st.builds(Month, st.integers(2019, 2044), st.integers(1, 12))


@st.composite
def chained(draw: st.DrawFn, month: Month, made: st.SearchStrategy[S], first: date) -> list[S]:
    """One to three spells, each beginning the day after the last ended; the final one has no end."""
    later = st.sets(st.integers(2, month.days), max_size=2)
    days: list[date] = sorted(month.first.replace(day=day) for day in draw(later))
    begins = [first, *(day for day in days if day > first)]
    ends: list[date | None] = [following - timedelta(days=1) for _, following in pairwise(begins)]
    return [
        replace(draw(made), starts=begin, ends=end) for begin, end in zip(begins, [*ends, None], strict=True)
    ]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    month = draw(months)
    before = month.first - timedelta(days=40)
    starts = draw(st.sampled_from([before, month.first, month.first + timedelta(days=13)]))
    hours = st.builds(
        HoursSpell, st.just(before), st.none(), st.integers(0, 150_000).map(Hours), st.just("PA")
    )
    pay = st.builds(PaySpell, st.just(before), st.none(), money, stated, stated, money, st.just("PY"))
    maxima = st.builds(
        Maximum, st.just(before), st.none(), st.integers(0, 16_000_000).map(Money), st.just("RT")
    )
    return Case(
        month,
        draw(chained(month, hours, starts)),
        draw(chained(month, pay, before)),
        draw(chained(month, maxima, before)),
        draw(rules),
    )


@st.composite
def cut_in_two(draw: st.DrawFn, month: Month, spells: Sequence[S]) -> list[S]:
    """The same spells with one of them ended on some day and begun again on the next."""
    at = draw(st.integers(1, month.days).map(lambda day: month.first.replace(day=day)))
    cut: list[S] = []
    for spell in spells:
        if spell.starts <= at and (spell.ends is None or at < spell.ends):
            cut += [replace(spell, ends=at), replace(spell, starts=at + timedelta(days=1))]
        else:
            cut.append(spell)
    return cut


@given(cases())
def test_no_more_is_claimed_than_the_cost_or_the_pro_rata_maximum(case: Case) -> None:
    line = case.work()
    assert line.claimed == min(line.cost, line.pro_rata_maximum)
    assert line.borne >= Money()
    assert line.headroom >= Money()


@given(cases(), st.data())
def test_the_order_of_entries_does_not_matter(case: Case, data: st.DataObject) -> None:
    shuffled = replace(
        case,
        hours=data.draw(st.permutations(case.hours)),
        pay=data.draw(st.permutations(case.pay)),
        maxima=data.draw(st.permutations(case.maxima)),
    )
    assert shuffled.work() == case.work()


@given(cases(), st.data())
def test_an_entry_ended_and_begun_again_unchanged_changes_nothing(case: Case, data: st.DataObject) -> None:
    cut = replace(
        case,
        hours=data.draw(cut_in_two(case.month, case.hours)),
        pay=data.draw(cut_in_two(case.month, case.pay)),
        maxima=data.draw(cut_in_two(case.month, case.maxima)),
    )
    assert figures(cut.work()) == figures(case.work())


@given(cases())
def test_the_parts_of_a_pro_rata_maximum_add_up_before_rounding(case: Case) -> None:
    line = case.work()
    exact = sum((Fraction(*step.exact) for step in line.steps if isinstance(step, MaximumStep)), Fraction())
    assert half_up(exact.numerator, exact.denominator) == line.pro_rata_maximum.pence


@given(months, rules, st.integers(1, 150_000), st.integers(1, 16_000_000), st.data())
def test_a_month_cut_into_parts_is_worth_a_whole_month(
    month: Month, rules: ClaimRules, seconds: int, annual: int, data: st.DataObject
) -> None:
    long_ago = date(2018, 1, 1)
    hours = [HoursSpell(long_ago, None, Hours(seconds), "PA")]
    pay = [PaySpell(long_ago, None, Money(1), Money(), Money(), Money(), "PY")]
    maxima = data.draw(cut_in_two(month, [Maximum(long_ago, None, Money(annual), "RT")]))
    line = Case(month, hours, pay, maxima, rules).work()
    exact = sum((Fraction(*step.exact) for step in line.steps if isinstance(step, MaximumStep)), Fraction())
    assert exact == Fraction(annual * seconds, 12 * FULL_TIME_SECONDS)


@given(
    st.integers(2019, 2040), st.integers(1, 11), st.integers(0, 16_000_000), st.integers(0, 16_000_000), rules
)
def test_a_rate_that_changes_on_the_first_of_a_month_splits_the_year(
    year: int, months_before: int, before: int, after: int, rules: ClaimRules
) -> None:
    months = FinancialYear(year).months
    change, long_ago = months[months_before].first, date(2018, 1, 1)
    maxima = [
        Maximum(long_ago, change - timedelta(days=1), Money(before), "RT-1"),
        Maximum(change, None, Money(after), "RT-2"),
    ]
    hours = [HoursSpell(long_ago, None, Hours(FULL_TIME_SECONDS), "PA")]
    pay = [PaySpell(long_ago, None, Money(9_000_000), Money(), Money(), Money(), "PY")]
    claimed = total(Case(month, hours, pay, maxima, rules).work().claimed for month in months)
    assert claimed.pence == months_before * half_up(before, 12) + (12 - months_before) * half_up(after, 12)
