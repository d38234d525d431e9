"""The maximum in force on a day as it was known on a day, and never a stand-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate, RateConfidence, in_force, unconfirmed

MARCH = Rate(
    role=Role.CLINICAL_PHARMACIST, zone=LondonZone.NONE, annual=Money(6_900_000), valid_from=date(2026, 4, 1),
    valid_to=date(2027, 3, 31), published_on=date(2026, 3, 1), superseded_on=date(2026, 8, 10), source="Table 2",
    confidence=RateConfidence.QUOTED,
)  # fmt: skip
AUGUST = replace(MARCH, annual=Money(7_172_500), published_on=date(2026, 8, 10), superseded_on=None)


def known(rates: list[Rate], on: date, known_on: date, zone: LondonZone = LondonZone.NONE) -> Rate | Problem:
    return in_force(rates, Role.CLINICAL_PHARMACIST, zone, on, known_on)


@pytest.mark.parametrize(
    ("known_on", "rate"),
    [
        (date(2026, 3, 1), MARCH),
        (date(2026, 8, 9), MARCH),
        (date(2026, 8, 10), AUGUST),
        (date(2027, 6, 1), AUGUST),
    ],
)
def test_aprils_rate_is_what_was_published_by_the_day_it_is_asked_for(known_on: date, rate: Rate) -> None:
    for order in ([MARCH, AUGUST], [AUGUST, MARCH]):
        assert known(order, date(2026, 4, 1), known_on) == rate


def test_what_is_not_on_file_is_a_problem_never_another_rate() -> None:
    for on, known_on, zone in (
        (date(2026, 3, 31), date(2026, 9, 1), LondonZone.NONE),
        (date(2027, 4, 1), date(2027, 4, 1), LondonZone.NONE),
        (date(2026, 4, 1), date(2026, 2, 28), LondonZone.NONE),
        (date(2026, 4, 1), date(2026, 9, 1), LondonZone.INNER),
    ):
        told = known([MARCH, AUGUST], on, known_on, zone)
        assert isinstance(told, Problem)
        assert told.weight is Weight.MUST_FIX
        assert told.sentence.endswith("Add it from the specification.")


def test_a_superseded_rate_does_not_count_even_where_its_successor_is_missing() -> None:
    assert isinstance(known([MARCH], date(2026, 4, 1), date(2026, 8, 10)), Problem)


def test_the_rate_for_this_pcn_comes_first_then_the_one_published_last() -> None:
    ours = replace(MARCH, annual=Money(7_000_000), superseded_on=None, network=Id(7))
    assert known([AUGUST, ours, MARCH], date(2026, 9, 1), date(2026, 9, 1)) == ours
    undated = replace(AUGUST, published_on=None, annual=Money(1))
    assert known([undated, AUGUST], date(2026, 9, 1), date(2026, 9, 1)) == AUGUST


def test_a_figure_nobody_checked_must_be_acknowledged() -> None:
    told = unconfirmed(MARCH)
    assert told is not None
    assert (told.weight, told.field) == (Weight.ACKNOWLEDGE, "confidence")
    assert "£69,000.00 a year is not confirmed (quoted by a secondary source)" in told.sentence
    assert unconfirmed(replace(MARCH, confidence=RateConfidence.CONFIRMED)) is None


@given(st.lists(st.tuples(st.integers(-200, 200), st.integers(0, 300), st.integers(1, 9_999_999)), max_size=6),
       st.integers(-250, 550), st.integers(-250, 550))  # fmt: skip
def test_what_is_found_was_in_force_and_known(
    told: list[tuple[int, int, int]], on: int, known_on: int
) -> None:
    begins = date(2026, 4, 1)
    rates = [
        replace(
            AUGUST, annual=Money(pence), valid_from=begins + timedelta(days=first),
            valid_to=begins + timedelta(days=first + length), published_on=begins + timedelta(days=first - 30),
        )
        for first, length, pence in told
    ]  # fmt: skip
    day, knowing = begins + timedelta(days=on), begins + timedelta(days=known_on)
    found = known(rates, day, knowing)
    fits = [
        rate for rate in rates
        if rate.valid_from <= day <= (rate.valid_to or day) and (rate.published_on or day) <= knowing
    ]  # fmt: skip
    best = max(((rate.published_on, rate.valid_from) for rate in fits), default=None)
    amounts = {rate.annual for rate in fits if (rate.published_on, rate.valid_from) == best}
    assert isinstance(found, Problem) is (len(amounts) != 1)
    assert isinstance(found, Problem) or found in fits


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.GP, "a GP (ARRS)"),
        (Role.OTHER, "an other role agreed with the ICB"),
        (Role.OCCUPATIONAL_THERAPIST, "an occupational therapist"),
        (Role.PODIATRIST, "a podiatrist"),
    ],
)
def test_a_role_without_a_maximum_is_named_as_one_says_it(role: Role, words: str) -> None:
    told = in_force([], role, LondonZone.NONE, date(2026, 10, 1), date(2026, 11, 1))
    assert isinstance(told, Problem)
    assert f"for {words} on" in told.sentence
