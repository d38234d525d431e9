"""Pounds a head times the heads of its own base and day: to the penny, with the working, or no figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import entitlement, superseding
from nhsdesk.domain.entitlement import Counted, Entitled, PaidTo, Stream, Sum
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import RateConfidence

YEAR = FinancialYear(2026)
NOW = date(2026, 11, 20)
HEADS = {ListBase.WEIGHTED: "42350", ListBase.REGISTERED: "43120", ListBase.ADJUSTED: "42005"}


def shipped(stream: Stream, part: str | None = None, year: FinancialYear = YEAR) -> Sum:
    found = [
        one
        for one in entitlement.in_force(resources.sums(), year, NOW)
        if isinstance(one, Sum) and (one.stream, one.part) == (stream, part)
    ]
    return found[0]


def worked(one: Sum, *heads: str) -> Entitled:
    counted = [Counted(f"PR-{n}", f"Practice {n}", Decimal(each)) for n, each in enumerate(heads, 1)]
    found = entitlement.work_out(one, counted)
    assert isinstance(found, Entitled)
    return found


@pytest.mark.parametrize(
    ("stream", "part", "pounds"),
    [
        (Stream.ARRS, None, "1171739.80"),
        (Stream.CORE, "registered list", "99650.32"),
        (Stream.CORE, "adjusted population", "31419.74"),
        (Stream.ACCESS, None, "373970.52"),
        (Stream.PARTICIPATION, None, "74578.35"),
    ],
)
def test_the_worked_examples_of_2026_are_reproduced_to_the_penny(
    stream: Stream, part: str | None, pounds: str
) -> None:
    one = shipped(stream, part)
    assert worked(one, HEADS[one.base]).amount == Money.pounds(pounds)


def test_core_funding_of_its_two_bases_comes_to_131070_06() -> None:
    parts = [shipped(Stream.CORE, part) for part in ("registered list", "adjusted population")]
    assert [one.base for one in parts] == [ListBase.REGISTERED, ListBase.ADJUSTED]
    amounts = [worked(one, HEADS[one.base]).amount for one in parts]
    assert amounts[0] + amounts[1] == Money.pounds("131070.06")


def test_the_years_sum_binds_and_not_its_twelfths() -> None:
    sum_ = Money.pounds("1171739.80")
    assert entitlement.reimbursed(sum_, Money.pounds(1_190_000)) == (sum_, Money.pounds("18260.20"))
    assert entitlement.reimbursed(sum_, Money.pounds(100)) == (Money.pounds(100), Money())
    assert entitlement.a_month(sum_) == Money.pounds("97644.98")


def test_2019_is_nine_months_of_two_roles() -> None:
    assert entitlement.of_first_year([Money.pounds(37_810), Money.pounds(34_113)]) == Money.pounds("53942.25")


def test_enhanced_access_is_60_minutes_for_each_thousand_a_week() -> None:
    assert entitlement.access_minutes(Decimal(42_005)) == Decimal("2520.3")


def test_network_participation_goes_to_the_practices() -> None:
    assert {one.paid_to for one in resources.sums() if one.stream is Stream.PARTICIPATION} == {
        PaidTo.PRACTICES
    }
    others = {one.paid_to for one in resources.sums() if one.stream is not Stream.PARTICIPATION}
    assert others == {PaidTo.PCN}


def test_the_working_names_each_practice_the_sum_and_the_product() -> None:
    steps = worked(shipped(Stream.ARRS), "30000", "12350").steps
    assert steps == (
        "Practice 1: 30,000",
        "Practice 2: 12,350",
        "Together 42,350 patients, contractor weighted, counted on 1 January 2026",
        "£27.668 × 42,350 = £1,171,739.80",
    )


def test_a_count_that_is_not_of_that_very_day_gives_no_figure_and_says_what_is_nearest() -> None:
    counted = [
        Counted("PR-1", "PR-1 Abbey", Decimal(9_000)),
        Counted("PR-2", "PR-2 Mill", None, "7,100 on 1 April 2025"),
    ]
    told = entitlement.work_out(shipped(Stream.ARRS), counted)
    assert isinstance(told, Problem)
    assert told.weight is Weight.MUST_FIX
    assert "PR-2 Mill (nearest: 7,100 on 1 April 2025)" in told.sentence
    assert "PR-1" not in told.sentence
    assert isinstance(entitlement.work_out(shipped(Stream.ARRS), []), Problem)


def test_the_sum_of_2025_was_known_in_june_and_its_successor_is_missing_now() -> None:
    year = FinancialYear(2025)
    then = entitlement.in_force(resources.sums(), year, date(2025, 6, 1))
    assert [one.per_head for one in then if isinstance(one, Sum) and one.stream is Stream.ARRS] == [
        Decimal("26.631")
    ]
    now = entitlement.in_force(resources.sums(), year, NOW)
    (told,) = [one for one in now if isinstance(one, Problem) and one.sentence.startswith("ARRS, 2025/26")]
    assert "was superseded on 31 July 2025, and its successor is not on file" in told.sentence
    assert entitlement.in_force(resources.sums(), year, date(2025, 3, 26)) == ()


def test_a_backdated_update_is_known_from_its_publication_on() -> None:
    year = FinancialYear(2024)

    def access(on: date) -> list[Decimal]:
        found = entitlement.in_force(resources.sums(), year, on)
        return [one.per_head for one in found if isinstance(one, Sum) and one.stream is Stream.ACCESS]

    assert access(date(2024, 9, 25)) == [Decimal("7.674")]
    assert access(date(2024, 9, 26)) == [Decimal("7.975")]


def test_a_local_variation_comes_before_the_national_sum() -> None:
    ours = replace(shipped(Stream.ARRS), per_head=Decimal("28.1"), network=Id(7))
    (found,) = entitlement.in_force([ours, shipped(Stream.ARRS)], YEAR, NOW)
    assert found == ours


def test_an_added_sum_supersedes_the_one_published_before_it() -> None:
    first = shipped(Stream.ARRS)
    raised = replace(first, per_head=Decimal("28.5"), published_on=date(2026, 8, 1))
    assert superseding.superseded(raised, [first]) == (replace(first, superseded_on=date(2026, 8, 1)),)
    assert superseding.superseded(raised, [replace(first, stream=Stream.CORE)]) == ()
    assert superseding.placed(first, [raised]).superseded_on == date(2026, 8, 1)


def test_a_confirmed_sum_asks_for_nothing() -> None:
    one = shipped(Stream.ARRS)
    told = entitlement.unconfirmed(one)
    assert told is not None
    assert "not confirmed (secondary, two removes)" in told.sentence
    assert entitlement.unconfirmed(superseding.confirmed(one, "Manager", NOW, "9")) is None


def test_every_shipped_sum_has_base_day_and_source_and_none_is_called_confirmed() -> None:
    assert len(resources.sums()) == 49
    for one in resources.sums():
        assert one.source.strip()
        assert one.confidence is not RateConfidence.CONFIRMED
        beds = one.base is ListBase.CARE_HOME_BEDS
        assert one.counted_on <= one.valid_from if beds else one.counted_on == date(one.year.first_year, 1, 1)
        assert one.year.first <= one.valid_from <= (one.valid_to or one.year.last) <= one.year.last


@given(st.lists(st.decimals(0, 99_999, places=2), min_size=1, max_size=8), st.decimals(0, 200, places=5))
def test_a_product_is_rounded_once_half_up(heads: list[Decimal], per_head: Decimal) -> None:
    one = replace(shipped(Stream.ARRS), per_head=per_head)
    amount = worked(one, *map(str, heads)).amount
    exact = Fraction(per_head) * sum(map(Fraction, heads)) * 100
    assert amount.pence - exact <= Fraction(1, 2)
    assert exact - amount.pence < Fraction(1, 2)
