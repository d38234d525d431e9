"""A typed maximum is asked about where it misses what linked figures let one expect; nothing is ever filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import rate_check
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate

LEVELS = resources.pay_levels()
SHIPPED = resources.rates()
N, OUTER, INNER = LondonZone.NONE, LondonZone.OUTER, LondonZone.INNER
PHARMACIST, TECHNICIAN, AP = Role.CLINICAL_PHARMACIST, Role.PHARMACY_TECHNICIAN, Role.ADVANCED_PRACTITIONER
COORDINATOR, LINK_WORKER, PHYSIO = Role.CARE_COORDINATOR, Role.LINK_WORKER, Role.FIRST_CONTACT_PHYSIO
OCT_2022, JUL_2023, OCT_2024 = date(2022, 10, 1), date(2023, 7, 1), date(2024, 10, 1)
APR_2025, APR_2026 = date(2025, 4, 1), date(2026, 4, 1)

LINKED = [
    # 2022 to 2023, an award of 5%
    (PHARMACIST, N, OCT_2022, PHARMACIST, JUL_2023), (PHYSIO, N, OCT_2022, PHYSIO, JUL_2023),
    (TECHNICIAN, N, OCT_2022, TECHNICIAN, JUL_2023), (LINK_WORKER, N, OCT_2022, LINK_WORKER, JUL_2023),
    (COORDINATOR, N, OCT_2022, COORDINATOR, JUL_2023),
    # 2023 to October 2024, 5.5%
    (PHARMACIST, N, JUL_2023, PHARMACIST, OCT_2024), (TECHNICIAN, N, JUL_2023, TECHNICIAN, OCT_2024),
    # October 2024 to April 2025: the same salaries, another NI
    *((role, zone, OCT_2024, role, APR_2025)
      for role in (PHARMACIST, AP, TECHNICIAN) for zone in (N, OUTER, INNER)),
    # October 2024 to 2026/27, 3.6% and 3.3%
    (PHARMACIST, N, OCT_2024, PHARMACIST, APR_2026), (AP, N, OCT_2024, AP, APR_2026),
    (TECHNICIAN, N, OCT_2024, Role.NEW_NURSE, APR_2026), (COORDINATOR, N, JUL_2023, COORDINATOR, APR_2026),
    (Role.EXPERIENCED_NURSE, N, APR_2025, Role.EXPERIENCED_NURSE, APR_2026),
]  # fmt: skip


def shipped(role: Role, zone: LondonZone, valid_from: date) -> Rate:
    (found,) = [r for r in SHIPPED if (r.role, r.zone, r.valid_from) == (role, zone, valid_from)]
    return found


@pytest.mark.parametrize(("role", "zone", "earlier", "other", "later"), LINKED)
def test_figures_said_to_be_linked_across_years_are_within_two_pounds(
    role: Role, zone: LondonZone, earlier: date, other: Role, later: date
) -> None:
    before, after = shipped(role, zone, earlier), shipped(other, zone, later)
    for one, beside in ((after, before), (before, after)):
        expected = rate_check.expected(one, beside, LEVELS)
        assert expected is not None
        assert abs(expected.annual.pence - one.annual.pence) <= 200


def test_every_link_that_can_be_drawn_between_shipped_maxima_holds_within_two_pounds() -> None:
    drawn = [
        (one, found)
        for one in SHIPPED
        for beside in SHIPPED
        if one is not beside and (found := rate_check.expected(one, beside, LEVELS)) is not None
    ]
    assert len(drawn) > 300
    assert all(abs(one.annual.pence - found.annual.pence) <= 200 for one, found in drawn)


def test_no_shipped_maximum_is_asked_about() -> None:
    assert [one for one in SHIPPED if rate_check.doubts(one, SHIPPED, LEVELS)] == []


@pytest.mark.parametrize(("role", "zone", "earlier", "other", "later"), LINKED)
@pytest.mark.parametrize("wrong", [Fraction(98, 100), Fraction(102, 100), Fraction(10), Fraction(1, 12)])
def test_a_typing_error_of_more_than_one_per_cent_is_asked_about(
    role: Role, zone: LondonZone, earlier: date, other: Role, later: date, wrong: Fraction
) -> None:
    before, after = shipped(role, zone, earlier), shipped(other, zone, later)
    typed = replace(after, annual=Money(int(after.annual.pence * wrong)))
    (doubt,) = rate_check.doubts(typed, [before], LEVELS)
    assert doubt.weight is Weight.ACKNOWLEDGE
    assert str(typed.annual) in doubt.sentence


def test_the_published_gp_salary_gives_the_published_maximum() -> None:
    level = rate_check.level_of(shipped(Role.GP, N, APR_2025), LEVELS)
    assert level is not None
    assert rate_check.maximum_of(Fraction(82_418), level) == Money.pounds(105_882)


def test_a_london_figure_is_compared_with_the_national_one_of_its_table() -> None:
    national = shipped(PHARMACIST, N, OCT_2024)
    swapped = replace(
        shipped(PHARMACIST, OUTER, OCT_2024), annual=shipped(PHARMACIST, INNER, OCT_2024).annual
    )
    (doubt,) = rate_check.doubts(swapped, [national], LEVELS)
    assert "outer London supplement" in doubt.sentence
    gp = shipped(Role.GP, INNER, APR_2026)
    assert rate_check.doubts(gp, [shipped(Role.GP, N, APR_2026)], LEVELS) == ()
    (doubt,) = rate_check.doubts(
        replace(gp, annual=Money.pounds(159_698)), [shipped(Role.GP, N, APR_2026)], LEVELS
    )
    assert "2.6% more than about £155,697," in doubt.sentence


def test_the_uplifted_maxima_of_2025_are_expected_higher_than_those_first_published() -> None:
    first = shipped(PHARMACIST, N, APR_2025)
    uplifted = replace(first, published_on=date(2025, 8, 1), annual=Money.pounds(69_409))
    expected = rate_check.expected(uplifted, first, LEVELS)
    assert expected is not None
    assert abs(expected.annual.pence - 6_940_900) <= 200
    assert rate_check.doubts(uplifted, SHIPPED, LEVELS) == ()
    assert rate_check.doubts(replace(uplifted, annual=first.annual), [first], LEVELS)


@pytest.mark.parametrize(
    ("one", "beside"),
    [
        # before the NI that the formula is known for
        (shipped(PHARMACIST, N, date(2022, 4, 1)), shipped(PHARMACIST, N, date(2020, 4, 1))),
        # a year whose pay award is not known
        (replace(shipped(PHARMACIST, N, APR_2026), valid_from=date(2027, 4, 1), valid_to=None,
                 published_on=date(2027, 3, 1)), shipped(PHARMACIST, N, APR_2026)),
        # GPs, whose reference salary changed from year to year
        (shipped(Role.GP, N, APR_2026), shipped(Role.GP, N, OCT_2024)),
        # no publication day in a year of two tables
        (replace(shipped(PHARMACIST, N, APR_2025), published_on=None), shipped(PHARMACIST, N, APR_2026)),
        # another band, another zone of another role
        (shipped(PHARMACIST, N, APR_2026), shipped(COORDINATOR, N, APR_2026)),
        (shipped(PHARMACIST, INNER, APR_2025), shipped(TECHNICIAN, N, APR_2025)),
    ],
)  # fmt: skip
def test_nothing_is_said_where_no_link_is_known(one: Rate, beside: Rate) -> None:
    assert rate_check.expected(one, beside, LEVELS) is None


def test_a_local_variation_and_practitioners_of_many_bands_are_not_compared() -> None:
    ours = replace(shipped(PHARMACIST, N, APR_2026), network=Id(7), annual=Money.pounds(90_000))
    assert rate_check.doubts(ours, SHIPPED, LEVELS) == ()
    adult = replace(shipped(PHARMACIST, N, APR_2026), role=Role.MENTAL_HEALTH_ADULT, annual=Money.pounds(1))
    assert rate_check.doubts(adult, SHIPPED, LEVELS) == ()


@given(st.integers(2_000_000, 20_000_000), st.sampled_from(LEVELS))
def test_solving_a_maximum_for_its_salary_and_back_gives_it_again(
    pence: int, level: rate_check.Level
) -> None:
    annual = Money(pence // 100 * 100)
    assert rate_check.maximum_of(rate_check.reference_salary(annual, level), level) == annual
