"""What moved to general practice, what it takes and what it costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import workload
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer

BLOODS = WorkloadTransfer(
    id=Id(1), what="Blood tests", moved_from=Id(7), funded=False, hours_a_month=Decimal(34)
)
HUDDLE = WorkloadTransfer(
    id=Id(2), what="Huddle", moved_from=Id(8), funded=False, hours_a_month=Decimal("17.25")
)
TEMPLATE = WorkloadTransfer(
    id=Id(3),
    what="Template",
    moved_from=Id(7),
    funded=True,
    amount=Money.pounds(18000),
    hours_a_month=Decimal(20),
)
RUMOUR = WorkloadTransfer(id=Id(4), what="Minor surgery")
ALL = (BLOODS, HUDDLE, TEMPLATE, RUMOUR)


def test_hours_and_money_add_up_apart_for_funded_unfunded_and_unknown() -> None:
    totals = workload.totals(ALL)
    assert (totals.all.transfers, totals.all.hours, totals.all.money) == (
        4,
        Decimal("71.25"),
        Money.pounds(18000),
    )
    assert (totals.unfunded.transfers, totals.unfunded.hours) == (2, Decimal("51.25"))
    assert (totals.funded.hours, totals.funded.money) == (Decimal(20), Money.pounds(18000))
    assert (totals.unknown.transfers, totals.unknown.hours, totals.unknown.without_hours) == (1, Decimal(), 1)


def test_shed_hospital_work_is_told_by_whom_it_came_from() -> None:
    sources = workload.by_source(ALL)
    assert list(sources) == [Id(7), Id(8), None]
    assert sources[Id(7)].unfunded.hours == 34
    assert sources[Id(7)].funded.hours == 20


def test_unpaid_work_has_its_cost_at_what_an_hour_costs() -> None:
    unfunded = workload.totals(ALL).unfunded.hours
    assert workload.cost_a_month(unfunded, Money.pounds(92)) == Money.pounds(4715)
    assert workload.cost_a_month(Decimal("0.25"), Money(10_001)) == Money(2_500)
    assert workload.cost_a_month(Decimal("0.50"), Money(1)) == Money(1)


def test_work_of_which_nobody_knows_whether_it_is_funded_never_counts_as_unfunded() -> None:
    held = [WorkloadTransfer(what="?", hours_a_month=Decimal(9))]
    assert workload.totals(held).unfunded.hours == 0
    assert workload.totals(held).unknown.hours == 9


@given(
    st.lists(
        st.builds(
            WorkloadTransfer,
            what=st.just("x"),
            funded=st.sampled_from([True, False, None]),
            hours_a_month=st.none() | st.decimals(0, 10_000, places=2),
            amount=st.none() | st.builds(Money, st.integers(0, 10**9)),
            moved_from=st.none() | st.integers(1, 3).map(Id),
        )
    )
)
def test_the_parts_always_come_to_the_whole(transfers: list[WorkloadTransfer]) -> None:
    totals = workload.totals(transfers)
    parts = (totals.funded, totals.unfunded, totals.unknown)
    assert sum(one.transfers for one in parts) == totals.all.transfers == len(transfers)
    assert sum((one.hours for one in parts), Decimal()) == totals.all.hours
    assert sum(one.money.pence for one in parts) == totals.all.money.pence
    assert (
        sum((one.all.hours for one in workload.by_source(transfers).values()), Decimal()) == totals.all.hours
    )


@given(st.decimals(0, 10_000, places=2), st.integers(0, 100_000))
def test_the_cost_is_within_half_a_penny_of_the_exact(hours: Decimal, pence: int) -> None:
    cost = workload.cost_a_month(hours, Money(pence))
    assert abs(cost.pence - hours * pence) <= Decimal("0.5")


def test_calls_on_our_people_and_rooms_add_up_by_what_was_answered() -> None:
    asked = [
        ResourceRequest(what="A desk", cost=Money.pounds(900), agreed=True),
        ResourceRequest(what="Half a care coordinator", asked_on=date(2026, 10, 7), cost=Money.pounds(22500)),
        ResourceRequest(what="A room", cost=Money.pounds(400), agreed=False),
        ResourceRequest(what="Time"),
    ]
    found = workload.requested(asked)
    assert (found.requests, found.cost) == (4, Money.pounds(23800))
    assert (found.agreed, found.waiting) == (Money.pounds(900), Money.pounds(22500))


@pytest.mark.parametrize("funded", [True, False, None])
def test_funded_has_words_for_what_is_not_known(funded: bool | None) -> None:
    assert workload.FUNDED_WORDS[funded]
