"""Our staff by role beside PCNs of our size: quartiles over at least 20 of them, and never fewer."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.pcns_of_our_size import Pcn, beside, in_short, quartile

PHARMACIST, COORDINATOR = Role.CLINICAL_PHARMACIST, Role.CARE_COORDINATOR


def pcn(code: str, population: int, pharmacists: str = "0", coordinators: str = "0") -> Pcn:
    wte = {PHARMACIST: Decimal(pharmacists), COORDINATOR: Decimal(coordinators)}
    return Pcn(code, Decimal(population), wte)


OURS = pcn("U1", 50_000, "10", "2.5")


def twenty(population: int = 50_000, count: int = 20) -> list[Pcn]:
    return [pcn(f"V{n}", population, str(n)) for n in range(1, count + 1)]


def test_twenty_pcns_of_our_size_give_a_median_and_quartiles_for_each_10_000_patients() -> None:
    found = beside(OURS, twenty())
    assert found is not None
    assert (found.within, found.pcns) == (20, 20)
    line = next(one for one in found.lines if one.role is PHARMACIST)
    assert (line.wte, line.ours) == (Decimal("10.00"), Decimal("2.00"))
    assert (line.lower, line.median, line.upper) == (Decimal("1.15"), Decimal("2.10"), Decimal("3.05"))


def test_nineteen_pcns_are_not_compared_with() -> None:
    assert beside(OURS, twenty(count=19)) is None
    assert beside(OURS, []) is None


def test_where_too_few_are_of_our_size_it_is_widened_and_said_by_how_much() -> None:
    found = beside(OURS, twenty(70_000))
    assert found is not None
    assert found.within == 40
    assert beside(OURS, twenty(140_000)) is None


def test_the_edge_of_twenty_per_cent_is_within_it() -> None:
    found = beside(OURS, [*twenty(60_000, 10), *twenty(40_000, 10)])
    assert found is not None
    assert found.within == 20


def test_we_are_not_among_those_we_are_compared_with() -> None:
    assert beside(OURS, [*twenty(count=19), OURS]) is None


def test_a_pcn_without_a_role_counts_as_none_of_it() -> None:
    found = beside(OURS, twenty())
    assert found is not None
    line = next(one for one in found.lines if one.role is COORDINATOR)
    assert (line.ours, line.lower, line.median, line.upper) == (Decimal("0.50"), *[Decimal()] * 3)
    assert line.standing == "In the highest quarter"


def test_it_ends_in_a_sentence_with_figures() -> None:
    found = beside(OURS, twenty())
    assert found is not None
    assert in_short(found) == (
        "You have 12.50 WTE in ARRS roles, 2.50 for each 10,000 patients; the middle one of 20 PCNs of your size has "
        "2.10. You are furthest from the middle with the role Care coordinator: 0.50, where the middle one has 0.00."
    )


def test_a_list_of_no_patients_is_compared_with_nobody() -> None:
    assert beside(OURS, twenty(0)) is None


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=60), st.integers(1, 3))
def test_quartiles_are_those_of_a_spreadsheet(figures: list[int], number: int) -> None:
    rates = sorted(map(Fraction, figures))
    assert quartile(rates, number) == statistics.quantiles(rates, n=4, method="inclusive")[number - 1]


@pytest.mark.parametrize("times", [1, 3])
def test_nothing_changes_when_every_list_and_every_wte_grows_alike(times: int) -> None:
    def grown(one: Pcn) -> Pcn:
        return Pcn(one.code, one.population * times, {role: wte * times for role, wte in one.wte.items()})

    before, after = beside(OURS, twenty()), beside(grown(OURS), [grown(one) for one in twenty()])
    assert before is not None
    assert after is not None
    assert [(one.ours, one.median) for one in before.lines] == [(one.ours, one.median) for one in after.lines]
