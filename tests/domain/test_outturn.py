"""The sums of an outturn, what would be lost in words, and rises: whatever the entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import outturn, rises, underspend
from nhsdesk.domain.arrs import Pay, Role
from nhsdesk.domain.kinds import NEW
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.outturn import Entitlement, Entry, Lacking, Outturn, Standing, may_be_claimed_until
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.scenarios import ScenarioPost, problem
from nhsdesk.domain.starters import notice_due
from nhsdesk.domain.underspend import Example

YEAR = FinancialYear(2026)
APRIL = Month(2026, 4)
NOVEMBER = date(2026, 11, 20)
PHARMACIST = Example("Clinical pharmacist", Money.pounds(80_000))

entries = st.builds(
    Entry,
    st.sampled_from(YEAR.months),
    st.sampled_from(["P-001", "P-002", "P-003"]),
    st.integers(1, 3),
    st.sampled_from(["Dietitian", "Paramedic", "GP (ARRS)"]),
    st.sampled_from(Standing),
    st.integers(-(10**9), 10**12).map(Money),
)
gaps = st.builds(
    Lacking,
    st.sampled_from(YEAR.months),
    st.sampled_from(["P-004", "P-001"]),
    st.just(4),
    st.just("Podiatrist"),
    st.just("No maximum."),
)


def made(*found: Entry, entitled: str | None = "1000", on: date = NOVEMBER, **more: object) -> Outturn:
    entitlement = (
        Entitlement(None, "Nothing is known.")
        if entitled is None
        else Entitlement(Money.pounds(entitled), "£1 × 1,000", True)
    )
    return replace(Outturn(YEAR, on, entitlement, found), **more)  # type: ignore[arg-type]


def one(amount: str, standing: Standing = Standing.CLAIMED, month: Month = APRIL) -> Entry:
    return Entry(month, "P-001", 1, "Paramedic", standing, Money.pounds(amount))


# ---- sums


@given(st.lists(entries, max_size=40), st.lists(gaps, max_size=5))
def test_months_roles_and_posts_add_up_to_the_year(found: list[Entry], lacking: list[Lacking]) -> None:
    year = made(*found, lacking=tuple(lacking))
    months = [row for _, row in outturn.by_month(year)]
    for rows in (months, outturn.by_role(year), [row for _, row in outturn.by_post(year)]):
        assert total(row.outturn for row in rows) == year.forecast
        assert total(row.starters for row in rows) == year.starters
        assert sum(row.lacking for row in rows) == len(lacking)
    assert year.claimed + year.committed == year.forecast


@given(st.lists(entries, max_size=20))
def test_neither_scenario_nor_starter_nor_what_is_too_late_is_in_the_outturn(found: list[Entry]) -> None:
    apart = (Standing.SCENARIO, Standing.PLANNED, Standing.CONFIRMED, Standing.TOO_LATE)
    without = [entry for entry in found if entry.standing not in apart]
    assert made(*found).forecast == made(*without).forecast


@given(st.integers(0, 10**12))
def test_a_twelfth_is_to_the_nearest_penny(pence: int) -> None:
    year = replace(made(), entitlement=Entitlement(Money(pence)))
    assert year.twelfth is not None
    assert abs(12 * year.twelfth.pence - pence) <= 6


@pytest.mark.parametrize(
    ("month", "back", "last"),
    [
        (Month(2026, 11), 3, date(2027, 2, 28)),
        (Month(2027, 11), 3, date(2028, 2, 29)),
        (Month(2027, 3), 1, date(2027, 4, 30)),
        (Month(2026, 4), 0, None),
    ],
)
def test_a_missed_month_may_be_claimed_until_the_end_of_so_many_months_on(
    month: Month, back: int, last: date | None
) -> None:
    assert may_be_claimed_until(month, back) == last


# ---- what would be lost


def lost(year: Outturn, weeks: int = 12, example: Example | None = PHARMACIST) -> str:
    return underspend.loss(year, weeks, example).words


def test_the_sentence_names_the_amount_an_example_and_the_last_day_to_advertise() -> None:
    assert lost(made(one("813526.93"), entitled="1000000", on=date(2026, 10, 31))) == (
        "£186,473.07 will be lost on 31 March unless it is spent. A full-time clinical pharmacist from 1 February "
        "would use £13,333.34. To start by then, advertise by 9 November 2026."
    )


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (
            date(2026, 11, 9),
            "from 1 February would use £13,333.34. To start by then, advertise by 9 November 2026.",
        ),
        (
            date(2026, 11, 10),
            "from 1 March would use £6,666.67. To start by then, advertise by 7 December 2026.",
        ),
        (date(2026, 12, 8), "For somebody to start by 31 March, advertise by 6 January 2027."),
        (date(2027, 1, 6), "For somebody to start by 31 March, advertise by 6 January 2027."),
        (date(2027, 1, 7), "The last day to advertise for a start by 31 March was 6 January 2027."),
        (date(2027, 3, 31), "The last day to advertise for a start by 31 March was 6 January 2027."),
    ],
)
def test_only_what_can_still_be_reached_is_offered(today: date, told: str) -> None:
    assert lost(made(one("1"), on=today)).endswith(told)


def test_a_year_that_is_over_is_told_in_the_past() -> None:
    assert lost(made(one("400"), on=date(2027, 4, 1))) == (
        "2026/27 ended on 31 March 2027: £600.00 of its entitlement was not claimed."
    )


def test_a_forecast_at_or_over_the_entitlement_loses_nothing() -> None:
    assert lost(made(one("1000"))) == "The forecast comes to the entitlement: nothing will be lost."
    assert lost(made(one("1000.01"))).startswith(
        "The forecast is £0.01 over the entitlement: nothing will be lost"
    )


def test_without_an_entitlement_nothing_is_said_to_be_lost() -> None:
    told = underspend.loss(made(one("1"), entitled=None), 12, PHARMACIST)
    assert told.amount is None
    assert told.words == "What would be lost on 31 March cannot be said: Nothing is known."


def test_a_month_without_a_figure_makes_it_at_most() -> None:
    gap = Lacking(Month(2027, 3), "P-009", 9, "Paramedic", "No maximum.")
    told = lost(made(one("400"), lacking=(gap,)))
    assert told.startswith(
        "At most £600.00 will be lost on 31 March unless it is spent. 1 post has months without"
    )
    over = lost(made(one("1001"), lacking=(gap,)))
    assert over.startswith("The forecast is at least £1.00 over")


def test_planned_starters_are_named_in_the_sentence_and_not_in_the_amount() -> None:
    told = lost(made(one("400"), one("50", Standing.PLANNED)))
    assert told.startswith(
        "£600.00 will be lost on 31 March unless it is spent. The planned starters would use £50.00 of it."
    )


def test_a_gp_keeps_its_capitals() -> None:
    assert "A full-time GP (ARRS) from" in lost(
        made(one("1")), example=Example("GP (ARRS)", Money.pounds(150_000))
    )


def test_the_commonest_role_is_that_with_most_hours_and_of_two_alike_the_first() -> None:
    assert underspend.commonest({}) is None
    assert underspend.commonest({"B": Hours.of(10), "A": Hours.of(10), "C": Hours.of(9)}) == "A"


def test_the_notice_is_due_on_the_last_working_day_by_the_day_settled() -> None:
    christmas = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
    rules = {"arrs.starters_month_day": "12-28"}
    assert notice_due(YEAR, Rules(rules, christmas)) == date(2026, 12, 24)
    assert notice_due(YEAR, Rules({"arrs.starters_month_day": "4-1"})) == date(2026, 4, 1)
    assert notice_due(YEAR, Rules({"arrs.starters_month_day": "3-31"})) == date(2027, 3, 31)


# ---- rises


@given(st.integers(0, 10**10), st.decimals(0, 100, places=2))
def test_a_rise_is_the_nearest_penny_and_none_changes_nothing(pence: int, percent: Decimal) -> None:
    raised = rises.raised(Money(pence), percent)
    assert abs(raised.pence * 10_000 - pence * (10_000 + int(percent * 100))) <= 5_000
    assert rises.raised(Money(pence), Decimal()) == Money(pence)


def test_pay_is_raised_from_a_day_on_and_left_as_it_was_before() -> None:
    pay = Pay(
        post=NEW,
        starts=date(2026, 4, 1),
        salary=Money.pounds(1000),
        employer_ni=Money.pounds(90),
        employer_pension=Money.pounds(30),
    )
    before, after = rises.pay_raised([pay], Decimal(10), date(2027, 1, 1))
    assert (before.ends, before.salary, before.employer_ni) == (
        date(2026, 12, 31),
        pay.salary,
        pay.employer_ni,
    )
    assert (after.starts, after.salary) == (date(2027, 1, 1), Money.pounds(1100))
    assert (after.employer_ni, after.employer_pension) == (None, Money.pounds(33))
    assert rises.pay_raised([pay], Decimal(), date(2027, 1, 1)) == [pay]
    assert (
        rises.pay_raised([replace(pay, ends=date(2026, 12, 31))], Decimal(10), date(2027, 1, 1))[0].salary
        == pay.salary
    )


def test_a_maximum_that_is_published_is_never_assumed() -> None:
    rate = Rate(
        role=Role.PARAMEDIC,
        zone=LondonZone.NONE,
        annual=Money.pounds(70_000),
        valid_from=date(2026, 4, 1),
        valid_to=date(2027, 3, 31),
        source="The specification",
        confidence=RateConfidence.CONFIRMED,
        ref="RT-001",
    )
    following = replace(
        rate, valid_from=date(2027, 4, 1), valid_to=None, annual=Money.pounds(71_000), ref="RT-002"
    )
    april = date(2027, 4, 1)
    assert rises.maxima_raised([rate, following], Decimal(5), april, NOVEMBER) == rises.Maxima(
        (rate, following), frozenset()
    )
    assumed = rises.maxima_raised([rate], Decimal(5), april, NOVEMBER)
    assert assumed.assumed == {(Role.PARAMEDIC, LondonZone.NONE)}
    assert [(one.ref, one.annual) for one in assumed.rates] == [
        ("RT-001", Money.pounds(70_000)),
        ("RT-001 assumed", Money.pounds(73_500)),
    ]
    assert rises.maxima_raised([], Decimal(5), april, NOVEMBER).rates == ()


@pytest.mark.parametrize("posts", [-1, 101])
def test_a_scenario_of_an_absurd_number_of_posts_is_told(posts: int) -> None:
    post = ScenarioPost(
        scenario=NEW, role=Role.GP, hours=Hours.of(25), starts=NOVEMBER, salary=Money(1), posts=posts
    )
    told = problem(post)
    assert told is not None
    assert told.field == "posts"
    assert problem(replace(post, posts=100)) is None
