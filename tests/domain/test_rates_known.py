"""Two questions with two answers, what was known on a day and what is known now; and how a rate supersedes another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import rates, superseding
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import Rate, RateConfidence

ROLE, ZONE = Role.CLINICAL_PHARMACIST, LondonZone.NONE
APRIL, JUNE, AUGUST = date(2025, 4, 1), date(2025, 6, 1), date(2025, 8, 1)
FIRST = Rate(
    role=ROLE, zone=ZONE, annual=Money.pounds(66_972), valid_from=APRIL, valid_to=date(2026, 3, 31),
    published_on=date(2025, 3, 27), source="The specification", confidence=RateConfidence.QUOTED,
)  # fmt: skip
UPLIFTED = replace(FIRST, annual=Money.pounds(69_409), published_on=AUGUST)


def put_in(added: Rate, held: list[Rate]) -> list[Rate]:
    """What is on file after a rate was added among others."""
    changed = {id(old): new for old in held for new in superseding.superseded(added, [old])}
    return [*(changed.get(id(one), one) for one in held), superseding.placed(added, held)]


def test_what_we_knew_on_1_june_about_april_and_what_we_know_now_are_two_answers() -> None:
    held = put_in(UPLIFTED, [FIRST])
    told = rates.answers(held, ROLE, ZONE, APRIL, JUNE, date(2026, 11, 20))
    assert isinstance(told.then, Rate)
    assert isinstance(told.now, Rate)
    assert (told.then.annual, told.now.annual) == (Money.pounds(66_972), Money.pounds(69_409))
    assert told.differ
    assert not rates.answers(held, ROLE, ZONE, APRIL, AUGUST, date(2026, 11, 20)).differ


def test_of_the_shipped_maxima_april_2025_was_known_in_june_and_has_no_successor_now() -> None:
    told = rates.answers(resources.rates(), ROLE, ZONE, APRIL, JUNE, date(2026, 11, 20))
    assert isinstance(told.then, Rate)
    assert told.then.annual == Money.pounds(66_972)
    assert isinstance(told.now, Problem)
    assert told.differ


def test_an_added_rate_supersedes_the_one_it_takes_the_place_of_on_its_publication() -> None:
    (old,) = superseding.superseded(UPLIFTED, [FIRST])
    assert old == replace(FIRST, superseded_on=AUGUST)


@pytest.mark.parametrize(
    "other",
    [
        replace(UPLIFTED, role=Role.GP),
        replace(UPLIFTED, zone=LondonZone.INNER),
        replace(UPLIFTED, network=Id(7)),
        replace(UPLIFTED, published_on=None),
        replace(UPLIFTED, published_on=date(2025, 3, 1)),
        replace(UPLIFTED, valid_from=date(2025, 10, 1)),
        replace(UPLIFTED, valid_to=date(2025, 9, 30)),
        replace(UPLIFTED, valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31)),
    ],
)
def test_a_rate_of_another_role_place_or_time_supersedes_nothing(other: Rate) -> None:
    assert superseding.superseded(other, [FIRST]) == ()


def test_a_rise_from_october_leaves_the_months_before_as_they_were() -> None:
    october = replace(UPLIFTED, valid_from=date(2025, 10, 1))
    held = put_in(october, [FIRST])
    now = date(2026, 1, 1)
    assert rates.in_force(held, ROLE, ZONE, date(2025, 9, 30), now) == FIRST
    assert rates.in_force(held, ROLE, ZONE, date(2025, 10, 1), now) == october


def test_a_rate_without_a_last_day_is_replaced_and_holds_no_longer() -> None:
    endless = replace(FIRST, valid_to=None)
    held = put_in(UPLIFTED, [endless])
    assert isinstance(rates.in_force(held, ROLE, ZONE, date(2026, 4, 1), date(2026, 4, 1)), Problem)


def test_one_superseded_before_its_successor_came_keeps_its_day() -> None:
    gone = replace(FIRST, superseded_on=date(2025, 7, 31))
    assert put_in(UPLIFTED, [gone])[0] == gone


def test_a_figure_put_right_the_day_it_was_published_takes_the_place_of_the_slip() -> None:
    right = replace(FIRST, annual=Money.pounds(66_927))
    held = put_in(right, [FIRST])
    assert rates.in_force(held, ROLE, ZONE, APRIL, JUNE) == right


def test_the_order_in_which_rates_are_added_makes_no_difference() -> None:
    third = replace(UPLIFTED, annual=Money.pounds(70_000), published_on=date(2025, 12, 1))
    answers = set()
    for order in permutations((FIRST, UPLIFTED, third)):
        held: list[Rate] = []
        for one in order:
            held = put_in(one, held)
        days = (date(2025, 3, 1), JUNE, AUGUST, date(2025, 12, 31))
        answers.add(tuple(rates._amount(rates.in_force(held, ROLE, ZONE, APRIL, day)) for day in days))
    assert answers == {(None, FIRST.annual, UPLIFTED.annual, third.annual)}


DAYS = st.integers(0, 400).map(lambda days: date(2025, 1, 1) + timedelta(days=days))


@st.composite
def some_rate(draw: st.DrawFn) -> Rate:
    starts = draw(DAYS)
    return replace(
        FIRST, annual=Money(draw(st.integers(1, 9_000_000))), valid_from=starts,
        valid_to=draw(st.none() | st.integers(0, 400).map(lambda days: starts + timedelta(days=days))),
        published_on=draw(DAYS), zone=draw(st.sampled_from([ZONE, LondonZone.OUTER])),
        network=draw(st.sampled_from([None, Id(7)])),
    )  # fmt: skip


@given(st.lists(some_rate(), max_size=5), some_rate(), DAYS, st.integers(1, 300))
def test_knowing_more_never_changes_what_was_known_before(
    known: list[Rate], later: Rate, on: date, before: int
) -> None:
    held: list[Rate] = []
    for one in known:
        held = put_in(one, held)
    assert later.published_on is not None
    known_on = later.published_on - timedelta(days=before)
    for zone in (ZONE, LondonZone.OUTER):
        then = rates._amount(rates.in_force(held, ROLE, zone, on, known_on))
        assert rates._amount(rates.in_force(put_in(later, held), ROLE, zone, on, known_on)) == then


@given(st.lists(some_rate(), max_size=5), DAYS, DAYS)
def test_a_london_post_is_never_given_a_figure_of_another_zone(
    known: list[Rate], on: date, known_on: date
) -> None:
    for zone in LondonZone:
        found = rates.in_force(known, ROLE, zone, on, known_on)
        assert isinstance(found, Problem) or found.zone is zone


@given(st.lists(some_rate(), max_size=6), DAYS, DAYS)
def test_all_in_force_lists_each_role_and_zone_once_as_it_is_found_alone(
    known: list[Rate], on: date, known_on: date
) -> None:
    listed = rates.all_in_force(known, on, known_on)
    assert len({(one.role, one.zone) for one in listed}) == len(listed)
    for one in listed:
        assert rates.in_force(known, one.role, one.zone, on, known_on) == one


def test_what_somebody_relies_on_stays_as_it_is_and_says_why() -> None:
    held = replace(FIRST, ref="RT-001")
    assert superseding.why_fixed(held, shipped=False, used_in="") is None
    assert "CN-004 was worked out with it" in (
        superseding.why_fixed(held, shipped=True, used_in="CN-004") or ""
    )
    assert "kept with the source" in (superseding.why_fixed(held, shipped=True, used_in="") or "")
    sure = superseding.confirmed(held, "Practice manager", JUNE, "14")
    assert "was confirmed" in (superseding.why_fixed(sure, shipped=False, used_in="") or "")


def test_a_confirmed_rate_says_who_when_and_where_and_asks_for_nothing() -> None:
    sure = superseding.confirmed(FIRST, "Practice manager", JUNE, "14")
    assert rates.unconfirmed(sure) is None
    assert rates.standing_words(sure) == "Confirmed by Practice manager on 1 June 2025, page 14"
    assert rates.standing_words(FIRST) == "Not confirmed: quoted by a secondary source"
