"""Worked examples that need records: cover, two employers, schemes of their own, uplifts, zones and local rules.

Every figure is worked out by hand beside it; the records lie in a real PCN file.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nhsdesk.domain.arrs import (
    Assignment,
    BackPay,
    Holder,
    NiLetter,
    Pay,
    PensionScheme,
    Post,
    Role,
)
from nhsdesk.domain.claims import ClaimLine
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.organisations import LondonZone, Organisation, Sector
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.sections.making import APRIL, maximum, post, practice
from tests.sections.working import OCTOBER, added, bare_post, cost, line, lines, pounds, told, worked

# ---- E6, E23: zones


@pytest.mark.parametrize(
    ("zone", "annual", "monthly"),
    [
        (LondonZone.NONE, "66972", "5581.00"),
        (LondonZone.OUTER, "74392", "6199.33"),
        (LondonZone.INNER, "77545", "6462.08"),
    ],
)
def test_e6_a_post_has_the_maximum_of_its_bases_zone(
    database: Database, zone: LondonZone, annual: str, monthly: str
) -> None:
    for one, amount in zip(LondonZone, ("66972", "74392", "77545"), strict=True):
        maximum(database, amount, zone=one)
    held = post(database, "9000", base=practice(database, london_zone=zone).id)
    assert line(database, held).claimed == pounds(monthly)
    assert line(database, held).parts[0].maximum.annual == pounds(annual)


def test_e23_a_london_practice_with_only_a_national_rate_has_no_figure(database: Database) -> None:
    maximum(database, "71725")
    held = post(database, "4400", base=practice(database, london_zone=LondonZone.INNER).id)
    assert "No maximum" in told(database, held)


# ---- E8, E21, E22: uplifts


def uplifted(database: Database, with_back_pay: str, paid_on: date | None, **fields: Any) -> Post:
    """A pharmacist of 2025/26 at 5,581.00 a month; the made-up new maximum was published on 1 August 2025."""
    starts = date(2025, 4, 1)
    maximum(
        database, "66972", valid_from=starts, published_on=date(2025, 3, 27), superseded_on=date(2025, 8, 1)
    )
    maximum(database, "69400", valid_from=starts, published_on=date(2025, 8, 1))
    held = bare_post(database, **fields)
    late = BackPay(
        post=held.id,
        starts=starts,
        ends=date(2025, 7, 31),
        salary=pounds(with_back_pay),
        employer_ni=Money(),
        employer_pension=Money(),
        paid_on=paid_on,
    )
    hours = Assignment(post=held.id, hours=Hours.of("37.5"), starts=starts)
    added(database, hours, cost(held, "5581", starts), late)
    return held


def uplift(database: Database, held: Post, known_on: date, last_month: int = 7) -> Money:
    months = [Month(2025, number) for number in range(4, last_month + 1)]
    was = total(line(database, held, month, date(2025, 7, 31)).claimed for month in months)
    now = total(line(database, held, month, known_on).claimed for month in months)
    return now - was


def test_e8_an_uplift_counts_from_the_day_its_back_pay_was_paid(database: Database) -> None:
    held = uplifted(database, "5760", paid_on=date(2025, 9, 26))
    assert line(database, held, Month(2025, 4), date(2025, 7, 31)).claimed == pounds("5581.00")
    assert uplift(database, held, date(2025, 9, 25)) == Money()
    assert uplift(database, held, date(2025, 9, 26)) == pounds("716.00")


def test_e8_back_pay_never_marked_as_paid_brings_nothing(database: Database) -> None:
    held = uplifted(database, "5760", paid_on=None)
    assert uplift(database, held, date(2026, 3, 31)) == Money()


def test_e21_a_leavers_uplift_stops_on_the_last_day_worked(database: Database) -> None:
    held = uplifted(database, "5760", paid_on=date(2025, 9, 26), ends=date(2025, 6, 14))
    assert line(database, held, Month(2025, 6), date(2025, 7, 31)).claimed == pounds("2604.47")
    assert line(database, held, Month(2025, 6), AS_OF).claimed == pounds("2688.00")
    assert uplift(database, held, AS_OF, last_month=6) == pounds("441.53")


def test_e22_an_uplift_past_the_new_maximum_stops_there(database: Database) -> None:
    held = uplifted(database, "5900", paid_on=date(2025, 9, 26))
    assert uplift(database, held, AS_OF) == pounds("809.32")


# ---- E9: a supplier's fees, agencies, VAT


def test_e9_a_suppliers_fee_counts_by_the_local_rule(database: Database) -> None:
    maximum(database, "40159", Role.LINK_WORKER)
    held = bare_post(database, Role.LINK_WORKER)
    hours = Assignment(post=held.id, hours=Hours.of("30"), starts=APRIL)
    added(database, hours, cost(held, "2560", fees=pounds("160")))
    counted = line(database, held, fees="yes")
    assert (counted.cost, counted.claimed, counted.borne) == (
        pounds("2720.00"),
        pounds("2677.27"),
        pounds("42.73"),
    )
    assert line(database, held, fees="no").claimed == pounds("2560.00")


@pytest.mark.parametrize(
    ("rules", "cost_with"),
    [
        ({}, "3100.00"),
        ({"agency": "yes"}, "3350.00"),
        ({"vat": "yes"}, "3150.00"),
        ({"agency": "yes", "vat": "yes"}, "3400.00"),
        ({"fees": "no", "agency": "yes", "vat": "yes"}, "3300.00"),
    ],
)
def test_fees_agency_and_vat_each_count_by_their_rule(
    database: Database, rules: dict[str, str], cost_with: str
) -> None:
    maximum(database, "71725")
    held = bare_post(database)
    paid = cost(held, "3000", fees=pounds("100"), agency=pounds("250"), vat=pounds("50"))
    added(database, Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL), paid)
    assert line(database, held, OCTOBER, AS_OF, **rules).cost == pounds(cost_with)


# ---- E13: cover


def away_and_cover(database: Database, away: str = "2900", covering: str = "3400") -> Post:
    maximum(database, "71725")
    held = bare_post(database)
    first, second = added(database, Holder(), Holder())
    (hours,) = added(
        database, Assignment(post=held.id, holder=first.id, hours=Hours.of("37.5"), starts=APRIL)
    )
    added(
        database,
        Assignment(
            post=held.id,
            holder=second.id,
            hours=Hours.of("37.5"),
            starts=date(2026, 10, 1),
            covers=hours.id,
        ),
        cost(held, away, holder=first.id),
        cost(held, covering, holder=second.id),
    )
    return held


def test_e13_post_and_cover_share_the_maximum_of_who_is_away(database: Database) -> None:
    held = away_and_cover(database)
    both = line(database, held, cover="the post and its cover")
    assert (both.cost, both.claimed) == (pounds("6300.00"), pounds("5977.08"))
    alone = line(database, held, cover="the post alone")
    assert (alone.cost, alone.claimed) == (pounds("2900.00"), pounds("2900.00"))


def test_e13_cover_is_claimed_in_the_line_of_whom_it_stands_in_for(database: Database) -> None:
    """In a line of its own it would have no maximum at all."""
    held = away_and_cover(database)
    (found,) = worked(database, held, split="a line for each employment")
    assert isinstance(found.result, ClaimLine)
    assert found.result.claimed == pounds("5977.08")


def test_cover_of_cover_raises_no_maximum_either(database: Database) -> None:
    held = away_and_cover(database, "100", "100")
    with database.read() as reader:
        (cover,) = [one for one in reader.all(Assignment) if one.covers is not None]
    (third,) = added(database, Holder())
    added(
        database,
        Assignment(
            post=held.id, holder=third.id, hours=Hours.of("37.5"), starts=date(2026, 10, 1), covers=cover.id
        ),
        cost(held, "9000", holder=third.id),
    )
    for rules in ({}, {"split": "a line for each employment"}):
        found = line(database, held, OCTOBER, AS_OF, **rules)
        assert (found.cost, found.claimed) == (pounds("9200.00"), pounds("5977.08"))
    assert line(database, held, cover="the post alone").claimed == pounds("100.00")


# ---- E14: two employers


def two_employers(database: Database) -> Post:
    maximum(database, "71725")
    held = bare_post(database)
    one, other = added(
        database,
        Organisation(name="North federation", sector=Sector.FEDERATION),
        Organisation(name="South federation", sector=Sector.FEDERATION),
    )
    for employer in (one, other):
        added(
            database,
            Assignment(post=held.id, hours=Hours.of("18.75"), starts=APRIL, employer=employer.id),
            Pay(post=held.id, starts=APRIL, salary=pounds("2200"), employer=employer.id),
        )
    return held


def test_e14_two_employers_in_one_line_each_have_their_threshold(database: Database) -> None:
    found = line(database, two_employers(database))
    assert (found.cost, found.hours) == (pounds("5567.62"), Hours.of("37.5"))
    assert found.claimed == pounds("5567.62")


def test_e14_two_employers_in_a_line_each(database: Database) -> None:
    found = lines(database, two_employers(database), split="a line for each employment")
    assert [one.cost for one in found] == [pounds("2783.81")] * 2
    assert [one.pro_rata_maximum for one in found] == [pounds("2988.54")] * 2  # 71,725 / 12 / 2 = 2,988.5417


# ---- E15, E16, E19


def test_e15_plain_time_overtime_of_a_post(database: Database) -> None:
    maximum(database, "71725")
    held = post(database, "9000", "39", base=practice(database).id)
    assert line(database, held).claimed == pounds("6216.17")


@pytest.mark.parametrize(
    ("compared", "claim"), [("the PCN's share of the cost", "2450.00"), ("the whole cost", "2500.00")]
)
def test_e19_a_shared_practitioner_by_the_local_rule(database: Database, compared: str, claim: str) -> None:
    maximum(database, "30000", Role.MENTAL_HEALTH_ADULT, reimbursed=Decimal(50))
    held = bare_post(database, Role.MENTAL_HEALTH_ADULT)
    added(database, Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL), cost(held, "4900"))
    assert line(database, held, share=compared).claimed == pounds(claim)


def test_e16_the_posts_own_share_comes_before_the_rates(database: Database) -> None:
    """The maximum stands as entered: 60,000.00 for a second practitioner with a written agreement."""
    maximum(database, "60000", Role.MENTAL_HEALTH_ADULT, reimbursed=Decimal(50))
    held = bare_post(database, Role.MENTAL_HEALTH_ADULT, reimbursed=Decimal(100))
    added(database, Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL), cost(held, "4900"))
    found = line(database, held)
    assert (found.cost, found.claimed, found.maximum) == (
        pounds("4900.00"),
        pounds("4900.00"),
        pounds("5000"),
    )


# ---- E17: March


def test_e17_march_makes_up_the_year_where_it_is_so_settled(database: Database) -> None:
    maximum(database, "71725")
    held = post(database, "9000", base=practice(database).id)
    months = FinancialYear(2026).months
    for settled, march, year in (("no", "5977.08", "71724.96"), ("yes", "5977.12", "71725.00")):
        claimed = [line(database, held, month, year_pennies=settled).claimed for month in months]
        assert claimed[-1] == pounds(march)
        assert total(claimed) == pounds(year)


def test_march_makes_up_nothing_for_months_nobody_was_there(database: Database) -> None:
    """From 1 January: 3 x 5,977.0833 is 17,931.25, of which January and February are 11,954.16."""
    maximum(database, "71725")
    held = post(database, "9000", base=practice(database).id, starts=date(2027, 1, 1))
    assert line(database, held, Month(2027, 3), year_pennies="yes").claimed == pounds("5977.09")


# ---- E20: on-costs of one's own


def test_e20_an_apprentice_under_25(database: Database) -> None:
    maximum(database, "38739", Role.CARE_COORDINATOR)
    held = bare_post(database, Role.CARE_COORDINATOR)
    paid = Pay(post=held.id, starts=APRIL, salary=pounds("2000"), ni_letter=NiLetter.APPRENTICE)
    added(database, Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL), paid)
    found = line(database, held)
    assert found.amounts[1:3] == (Money(), pounds("287.60"))
    assert found.claimed == pounds("2287.60")


@pytest.mark.parametrize(
    ("scheme", "rate", "pension"),
    [
        (PensionScheme.OTHER, Decimal(3), "91.50"),
        (PensionScheme.NHS, None, "438.59"),
        (None, None, "438.59"),
        (PensionScheme.NONE, None, "0.00"),
    ],
)
def test_e20_a_charitys_pension_scheme(
    database: Database, scheme: PensionScheme | None, rate: Decimal | None, pension: str
) -> None:
    maximum(database, "60000", Role.LINK_WORKER)
    held = bare_post(database, Role.LINK_WORKER)
    paid = Pay(post=held.id, starts=APRIL, salary=pounds("3050"), pension_scheme=scheme, pension_rate=rate)
    added(database, Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL), paid)
    assert line(database, held).amounts.employer_pension == pounds(pension)


def test_e20_another_scheme_is_never_taken_to_cost_what_the_nhs_scheme_does(database: Database) -> None:
    maximum(database, "60000", Role.LINK_WORKER)
    held = bare_post(database, Role.LINK_WORKER)
    (paid,) = added(
        database,
        Pay(post=held.id, starts=APRIL, salary=pounds("3050"), pension_scheme=PensionScheme.OTHER),
    )
    added(database, Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL))
    assert f"{paid.ref} is in another pension scheme" in told(database, held)


# ---- E25


@pytest.mark.parametrize(
    ("lower", "claim"), [("the whole month", "2833.33"), ("each part of the month", "2409.42")]
)
def test_e25_the_lower_of_two_by_the_local_rule(database: Database, lower: str, claim: str) -> None:
    maximum(database, "38739", Role.CARE_COORDINATOR)
    held = bare_post(database, Role.CARE_COORDINATOR)
    added(
        database,
        Assignment(post=held.id, hours=Hours.of("37.5"), starts=APRIL),
        cost(held, "4500", ends=date(2026, 9, 10)),
        cost(held, "2000", date(2026, 9, 11)),
    )
    assert line(database, held, Month(2026, 9), lower=lower).claimed == pounds(claim)


# ---- joining and leaving


@pytest.mark.parametrize(
    ("starts", "ends", "month", "days", "of"),
    [
        (date(2026, 10, 1), None, OCTOBER, 31, 31),
        (date(2026, 10, 31), None, OCTOBER, 1, 31),
        (APRIL, date(2026, 10, 1), OCTOBER, 1, 31),
        (APRIL, date(2026, 10, 31), OCTOBER, 31, 31),
        (date(2028, 2, 29), None, Month(2028, 2), 1, 29),
        (APRIL, date(2028, 2, 28), Month(2028, 2), 28, 29),
        (date(2026, 10, 15), date(2026, 10, 15), OCTOBER, 1, 31),
    ],
)
def test_joiners_and_leavers_are_claimed_to_the_day(
    database: Database, starts: date, ends: date | None, month: Month, days: int, of: int
) -> None:
    maximum(database, "36000", valid_to=None)
    held = post(database, "9000", base=practice(database).id, starts=starts, ends=ends)
    expected = (2 * 3000_00 * days + of) // (2 * of)
    assert line(database, held, month).claimed == Money(expected)
