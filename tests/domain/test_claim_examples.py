"""Worked claims to the penny, each figure worked out by hand beside it, with the mistakes that are easily made.

E-numbers are those of the worked examples the engine was specified by. Rates are inputs: some are real, some made up.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nhsdesk.domain.claim_steps import PartLowerStep
from nhsdesk.domain.claims import (
    NOBODY_IN_POST,
    ClaimLine,
    ClaimRules,
    Compared,
    HoursSpell,
    LowerOver,
    Maximum,
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
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.periods import FinancialYear, Month

LONG_AGO = date(2019, 1, 1)
SEPTEMBER, OCTOBER, NOVEMBER = (Month(2026, number) for number in (9, 10, 11))
ON_COSTS = (OnCosts(Money(41_700), 1_500, 1_438, date(2025, 4, 1), None, "OC", Money(418_917)),)
PHARMACIST, COORDINATOR, GP = "71725", "38739", "152900"
BY_PART = ClaimRules(lower=LowerOver.PARTS)


def pounds(amount: str) -> Money:
    return Money.pounds(amount)


def hours(
    amount: str = "37.5", starts: date = LONG_AGO, ends: date | None = None, employment: str = ""
) -> HoursSpell:
    return HoursSpell(starts, ends, Hours.of(amount), f"AS {amount}", employment)


def pay(
    salary: str, starts: date = LONG_AGO, ends: date | None = None, employment: str = "", fees: str = "0"
) -> PaySpell:
    """A salary whose employer NI and pension are to be worked out."""
    return PaySpell(starts, ends, pounds(salary), None, None, pounds(fees), f"PY {salary}", employment)


def costing(amount: str, starts: date = LONG_AGO, ends: date | None = None, employment: str = "") -> PaySpell:
    """A whole month's cost as one stated amount."""
    return PaySpell(
        starts, ends, pounds(amount), Money(), Money(), Money(), f"PY {amount}", employment=employment
    )


def most(annual: str, starts: date = LONG_AGO, ends: date | None = None, share: int = 10_000) -> Maximum:
    return Maximum(starts, ends, pounds(annual), f"RT {annual}", share)


def line(
    month: Month,
    hours: tuple[HoursSpell, ...],
    pay: tuple[PaySpell, ...],
    maxima: tuple[Maximum, ...],
    rules: ClaimRules = ClaimRules(),  # noqa: B008 - frozen
    on_costs: tuple[OnCosts, ...] = ON_COSTS,
) -> ClaimLine:
    worked = work_out(month, hours, pay, maxima, on_costs, rules)
    assert isinstance(worked, ClaimLine), worked
    return worked


def told(
    month: Month, hours: tuple[HoursSpell, ...], pay: tuple[PaySpell, ...], maxima: tuple[Maximum, ...]
) -> str:
    """What is said where no figure can be worked out."""
    worked = work_out(month, hours, pay, maxima, ON_COSTS)
    assert isinstance(worked, NoFigure), worked
    assert worked.problems
    return " ".join(problem.sentence for problem in worked.problems)


def half_up(pence: Fraction) -> Money:
    return Money(int(pence + Fraction(1, 2)))


# ---- E1 to E3: full months


def test_e1_a_full_month_under_the_maximum() -> None:
    worked = line(OCTOBER, (hours(),), (pay("4400"),), (most(PHARMACIST),))
    assert worked.amounts.employer_ni == pounds("597.45")  # (4,400 - 417) x 15%
    assert worked.amounts.employer_pension == pounds("632.72")  # 4,400 x 14.38%
    assert (worked.cost, worked.claimed) == (pounds("5630.17"), pounds("5630.17"))
    assert (worked.maximum, worked.pro_rata_maximum) == (pounds("5977.08"), pounds("5977.08"))
    assert (worked.headroom, worked.borne) == (pounds("346.91"), Money())


def test_e2_over_the_maximum() -> None:
    worked = line(OCTOBER, (hours(),), (pay("4800"),), (most(PHARMACIST),))
    assert (worked.amounts.employer_ni, worked.amounts.employer_pension) == (
        pounds("657.45"),
        pounds("690.24"),
    )
    assert (worked.cost, worked.claimed) == (pounds("6147.69"), pounds("5977.08"))
    assert (worked.headroom, worked.borne) == (Money(), pounds("170.61"))


def test_e3_part_time() -> None:
    worked = line(OCTOBER, (hours("22.5"),), (pay("1560"),), (most(COORDINATOR),))
    assert (worked.amounts.employer_ni, worked.amounts.employer_pension) == (
        pounds("171.45"),
        pounds("224.33"),
    )
    assert (worked.cost, worked.claimed, worked.borne) == (
        pounds("1955.78"),
        pounds("1936.95"),
        pounds("18.83"),
    )


# ---- E4 and E5: starters and leavers


BY_DAYS = {
    PartMonth.CALENDAR_DAYS: "1829.34",  # 38,739 / 12 x 17/30
    PartMonth.WEEKDAYS: "1907.60",  # 38,739 / 12 x 13/22
    PartMonth.DAYS_OF_YEAR: "1804.28",  # 38,739 x 17/365
}
FROM_14TH = hours(starts=date(2026, 9, 14))


@pytest.mark.parametrize("part_month", PartMonth)
def test_e4_a_starter_below_the_maximum_is_claimed_at_cost_on_every_basis(part_month: PartMonth) -> None:
    rules = ClaimRules(part_month=part_month)
    worked = line(SEPTEMBER, (FROM_14TH,), (pay("2400"),), (most(COORDINATOR),), rules)
    assert worked.amounts[:3] == (pounds("1360.00"), pounds("141.45"), pounds("195.57"))
    assert worked.pro_rata_maximum == pounds(BY_DAYS[part_month])
    assert worked.claimed == worked.cost == pounds("1697.02")


@pytest.mark.parametrize("part_month", PartMonth)
def test_e4_a_starter_above_it_is_claimed_at_the_maximum_of_that_basis(part_month: PartMonth) -> None:
    rules = ClaimRules(part_month=part_month)
    worked = line(SEPTEMBER, (FROM_14TH,), (costing("3529.41"),), (most(COORDINATOR),), rules)
    assert worked.cost == pounds("2000.00")  # 3,529.41 x 17/30 = 1,999.999
    assert worked.claimed == pounds(BY_DAYS[part_month])


def test_e5_a_gp_leaver_by_sessions_is_not_rounded_to_two_places_of_wte() -> None:
    leaver = hours("25", ends=date(2026, 11, 20))
    worked = line(NOVEMBER, (leaver,), (costing("20000"),), (most(GP),))
    assert worked.claimed == pounds("5662.96")  # 152,900 / 12 x 25/37.5 x 20/30 = 5,662.963
    rounded_first = half_up(Fraction(152_900_00, 12) * Fraction(67, 100) * Fraction(20, 30))
    assert rounded_first - worked.claimed == pounds("28.32")
    assert line(NOVEMBER, (hours("25"),), (costing("20000"),), (most(GP),)).claimed == pounds("8494.44")


# ---- E6 and E7: rates of a zone and of a time


@pytest.mark.parametrize(
    ("annual", "monthly"),
    [("66972", "5581.00"), ("74392", "6199.33"), ("77545", "6462.08"), ("155698", "12974.83")],
)
def test_e6_a_months_maximum_of_each_zone(annual: str, monthly: str) -> None:
    worked = line(OCTOBER, (hours(),), (costing("50000"),), (most(annual),))
    assert (worked.maximum, worked.claimed) == (pounds(monthly), pounds(monthly))


def test_e7_a_rate_change_in_october_is_two_half_years_and_no_annual_equivalent() -> None:
    maxima = (most("62340", ends=date(2024, 9, 30)), most("65838", date(2024, 10, 1)))
    year = [
        line(month, (hours(),), (costing("9000"),), maxima).claimed for month in FinancialYear(2024).months
    ]
    assert year == [pounds("5195.00")] * 6 + [pounds("5486.50")] * 6
    assert total(year) == pounds("64089.00")
    assert total(year) != pounds("65838.00")


# ---- E8, E21, E22: uplifts, as far as the engine goes

OLD, NEW = most("66972"), most("69400")
APRIL_TO_JULY = tuple(Month(2025, number) for number in range(4, 8))


def claimed(month: Month, cost: str, maximum: Maximum, ends: date | None = None) -> Money:
    return line(month, (hours(ends=ends),), (costing(cost),), (maximum,)).claimed


def test_e8_an_uplift_is_the_new_entitlement_less_what_was_claimed() -> None:
    before = total(claimed(month, "5581", OLD) for month in APRIL_TO_JULY)
    assert before == pounds("22324.00")
    assert claimed(APRIL_TO_JULY[0], "5760", NEW) == pounds("5760.00")
    assert total(claimed(month, "5760", NEW) for month in APRIL_TO_JULY) - before == pounds("716.00")


def test_e8_a_raised_maximum_alone_brings_nothing_until_pay_is_raised() -> None:
    raised = total(claimed(month, "5581", NEW) - claimed(month, "5581", OLD) for month in APRIL_TO_JULY)
    assert raised == Money()


def test_e21_an_uplift_for_a_leaver_stops_on_the_day_of_leaving() -> None:
    left = date(2025, 6, 14)
    months = APRIL_TO_JULY[:3]
    was = [claimed(month, "5581", OLD, left) for month in months]
    now = [claimed(month, "5760", NEW, left) for month in months]
    assert (was[2], now[2]) == (pounds("2604.47"), pounds("2688.00"))
    assert total(now) - total(was) == pounds("441.53")
    assert work_out(APRIL_TO_JULY[3], (hours(ends=left),), (costing("5760"),), (NEW,)) is NOBODY_IN_POST


def test_e22_an_uplift_past_the_new_maximum_stops_there() -> None:
    now = [claimed(month, "5900", NEW) for month in APRIL_TO_JULY]
    assert now == [pounds("5783.33")] * 4
    was = [claimed(month, "5581", OLD) for month in APRIL_TO_JULY]
    assert total(now) - total(was) == pounds("809.32")


# ---- E9 and E15: figures that go wrong when the month's maximum is rounded first


def test_e9_a_suppliers_fee_counts_inside_the_maximum() -> None:
    supplied = PaySpell(LONG_AGO, None, pounds("2560"), Money(), Money(), pounds("160"), "PY")
    worked = line(Month(2024, 1), (hours("30"),), (supplied,), (most("40159"),))
    assert (worked.cost, worked.claimed, worked.borne) == (
        pounds("2720.00"),
        pounds("2677.27"),
        pounds("42.73"),
    )
    assert worked.amounts.fees == pounds("160.00")
    assert half_up(Fraction(3346_58) * Fraction(4, 5)) == pounds("2677.26")


def test_e15_overtime_at_plain_time_raises_the_maximum() -> None:
    worked = line(OCTOBER, (hours("39"),), (costing("9000"),), (most(PHARMACIST),))
    assert worked.claimed == pounds("6216.17")  # 71,725 / 12 x 1.04 = 6,216.1667
    assert half_up(Fraction(5977_08) * Fraction(104, 100)) == pounds("6216.16")
    assert worked.notes == ()


def test_more_hours_than_the_old_portal_took_are_worked_out_and_told() -> None:
    worked = line(OCTOBER, (hours("40.01"),), (costing("9000"),), (most(PHARMACIST),))
    assert worked.claimed == half_up(Fraction(71_725_00, 12) * Fraction(4001, 3750))
    assert len(worked.notes) == 1
    assert line(OCTOBER, (hours("40"),), (costing("9000"),), (most(PHARMACIST),)).notes == ()


# ---- E13 and E14: more than one person or employer


def test_e13_cover_shares_the_maximum_of_who_is_away() -> None:
    away, cover = hours(employment="away"), HoursSpell(LONG_AGO, None, Hours.of("37.5"), "AS", "cover", False)
    paid = (costing("2900", employment="away"), costing("3400", employment="cover"))
    worked = line(OCTOBER, (away, cover), paid, (most(PHARMACIST),))
    assert (worked.cost, worked.claimed) == (pounds("6300.00"), pounds("5977.08"))
    assert line(OCTOBER, (away,), paid[:1], (most(PHARMACIST),)).claimed == pounds("2900.00")


def test_e13_cover_on_the_same_days_is_the_same_part_of_the_month() -> None:
    """All days are alike, so the lower of two part by part is the lower of two over the month."""
    away, cover = hours(employment="away"), HoursSpell(LONG_AGO, None, Hours.of("37.5"), "AS", "cover", False)
    paid = (costing("2900", employment="away"), costing("3400", employment="cover"))
    assert line(OCTOBER, (away, cover), paid, (most(PHARMACIST),), BY_PART).claimed == pounds("5977.08")


def test_e14_two_employers_each_have_their_own_threshold() -> None:
    both = (hours("18.75", employment="A"), hours("18.75", employment="B"))
    paid = (pay("2200", employment="A"), pay("2200", employment="B"))
    worked = line(OCTOBER, both, paid, (most(PHARMACIST),))
    # each: NI (2,200 - 417) x 15% = 267.45, pension 316.36, cost 2,783.81
    assert worked.cost == pounds("5567.62")
    assert worked.claimed == pounds("5567.62")
    assert worked.hours == Hours.of("37.5")
    assert line(OCTOBER, (hours(),), (pay("4400"),), (most(PHARMACIST),)).cost == pounds("5630.17")


# ---- E16 and E19: half the cost


def test_e16_a_maximum_at_half_is_entered_as_it_is_and_not_halved_again() -> None:
    worked = line(OCTOBER, (hours(),), (costing("6000"),), (most("30000", share=5_000),))
    assert worked.claimed == worked.maximum == pounds("2500.00")


@pytest.mark.parametrize(("compared", "claim"), [(Compared.SHARE, "2450.00"), (Compared.WHOLE, "2500.00")])
def test_e19_half_the_cost_or_the_whole_of_it_is_compared(compared: Compared, claim: str) -> None:
    rules = ClaimRules(compared=compared)
    worked = line(OCTOBER, (hours(),), (costing("4900"),), (most("30000", share=5_000),), rules)
    assert worked.claimed == pounds(claim)


# ---- E17, E18: rounding


def test_e17_twelve_rounded_months_are_four_pence_short_until_march_makes_them_up() -> None:
    year = [
        line(month, (hours(),), (costing("9000"),), (most(PHARMACIST),))
        for month in FinancialYear(2026).months
    ]
    assert total(one.claimed for one in year) == pounds("71724.96")
    march = true_up(year[-1], year[:-1])
    assert march.claimed == pounds("5977.12")
    assert total(one.claimed for one in (*year[:-1], march)) == pounds("71725.00")


def test_march_is_made_up_no_further_than_its_cost() -> None:
    year = [
        line(month, (hours(),), (costing("5977.09"),), (most(PHARMACIST),))
        for month in FinancialYear(2026).months
    ]
    assert true_up(year[-1], year[:-1]).claimed == pounds("5977.09")


def test_e18_hours_that_change_in_a_month_count_by_the_day() -> None:
    changed = (hours("22.5", ends=date(2026, 9, 14)), hours("30", date(2026, 9, 15)))
    worked = line(SEPTEMBER, changed, (costing("9000"),), (most(COORDINATOR),))
    assert worked.claimed == pounds("2281.30")  # 3,228.25 x (0.6 x 14 + 0.8 x 16) / 30
    parts = [half_up(maximum) for _, _, maximum in lowest_by_part(worked)]
    assert parts == [pounds("903.91"), pounds("1377.39")]


def test_e18_an_exact_half_penny_goes_up() -> None:
    assert Fraction(17, 30) * Fraction(6, 10) * Fraction(38_739_00, 12) == Fraction(109_760_5, 10)
    starter = hours("22.5", date(2026, 9, 14))
    assert line(SEPTEMBER, (starter,), (costing("9000"),), (most(COORDINATOR),)).claimed == pounds("1097.61")


# ---- E20: on-costs that are not the usual ones


def test_e20_an_apprentice_under_25_has_no_employer_ni() -> None:
    apprentice = PaySpell(LONG_AGO, None, pounds("2000"), None, None, Money(), "PY", upper_threshold=True)
    worked = line(OCTOBER, (hours(),), (apprentice,), (most(COORDINATOR),))
    assert worked.amounts[:3] == (pounds("2000"), Money(), pounds("287.60"))
    assert worked.cost == worked.claimed == pounds("2287.60")
    assert line(OCTOBER, (hours(),), (pay("2000"),), (most(COORDINATOR),)).cost == pounds("2525.05")


def test_an_upper_threshold_frees_only_the_pay_below_it() -> None:
    veteran = PaySpell(LONG_AGO, None, pounds("5000"), None, Money(), Money(), "PY", upper_threshold=True)
    worked = line(OCTOBER, (hours(),), (veteran,), (most(PHARMACIST),))
    assert worked.amounts.employer_ni == pounds("121.62")  # (5,000 - 4,189.17) x 15% = 121.6245


def test_e20_a_charitys_own_pension_scheme_costs_what_it_costs() -> None:
    charity = PaySpell(
        LONG_AGO, None, pounds("3050"), None, None, Money(), "PY", pension_per_ten_thousand=300
    )
    theirs = line(OCTOBER, (hours(),), (charity,), (most(PHARMACIST),)).amounts.employer_pension
    assumed = line(OCTOBER, (hours(),), (pay("3050"),), (most(PHARMACIST),)).amounts.employer_pension
    assert (theirs, assumed, assumed - theirs) == (pounds("91.50"), pounds("438.59"), pounds("347.09"))


# ---- E25: the lower of two is not additive


@pytest.mark.parametrize(
    ("rules", "claim"),
    [(ClaimRules(), "2833.33"), (BY_PART, "2409.42")],
)
def test_e25_over_the_month_or_part_by_part(rules: ClaimRules, claim: str) -> None:
    paid = (costing("4500", ends=date(2026, 9, 10)), costing("2000", date(2026, 9, 11)))
    assert line(SEPTEMBER, (hours(),), paid, (most(COORDINATOR),), rules).claimed == pounds(claim)


def test_two_people_of_whom_nothing_changes_have_one_part_and_one_lower_of_two() -> None:
    """3,500.00 and 2,000.00 for half each: each with half the maximum alone would come to 4,988.54."""
    both = (hours("18.75", employment="A"), hours("18.75", employment="B"))
    paid = (costing("3500", employment="A"), costing("2000", employment="B"))
    for rules in (ClaimRules(), BY_PART):
        assert line(OCTOBER, both, paid, (most(PHARMACIST),), rules).claimed == pounds("5500.00")


def test_part_by_part_holds_with_cover_too() -> None:
    """Ten days at 5,000.00 a month have at most 1,000.00; twenty at 1,000.00 and cover at 500.00 cost 1,000.00."""
    away = hours(employment="away")
    cover = HoursSpell(date(2026, 9, 11), None, Hours.of("37.5"), "AS", "cover", raises_maximum=False)
    paid = (
        costing("5000", ends=date(2026, 9, 10), employment="away"),
        costing("1000", date(2026, 9, 11), employment="away"),
        costing("500", employment="cover"),
    )
    maxima = (most("36000"),)
    assert line(SEPTEMBER, (away, cover), paid, maxima).claimed == pounds("2666.67")
    by_part = line(SEPTEMBER, (away, cover), paid, maxima, BY_PART)
    assert by_part.claimed == pounds("2000.00")
    words = [step_words(step) for step in by_part.steps if isinstance(step, PartLowerStep)]
    assert len(words) == 2
    assert "cost £1,666.6666" in words[0]
    assert "pro rata maximum £1,000.00" in words[0]


def test_making_up_the_year_does_not_undo_the_lower_of_each_part() -> None:
    """March 2027: ten of 31 days have at most 967.74, 21 days at 1,240.00 a month cost 840.00."""
    paid = (costing("6200", ends=date(2027, 3, 10)), costing("1240", date(2027, 3, 11)))
    year = [line(month, (hours(),), paid, (most("36000"),), BY_PART) for month in FinancialYear(2026).months]
    assert year[-1].claimed == pounds("1807.74")
    assert true_up(year[-1], year[:-1]).claimed == pounds("1807.74")


# ---- the ends of months


def test_who_starts_on_the_first_has_the_whole_month() -> None:
    for part_month in PartMonth:
        starter = hours(starts=OCTOBER.first)
        rules = ClaimRules(part_month=part_month)
        assert line(OCTOBER, (starter,), (costing("9000"),), (most(PHARMACIST),), rules).claimed == pounds(
            "5977.08"
        )


def test_who_starts_on_the_last_day_has_one_day_and_who_leaves_on_the_first_too() -> None:
    last, first = hours(starts=OCTOBER.last), hours(ends=OCTOBER.first)
    for one in (last, first):
        worked = line(OCTOBER, (one,), (costing("9000"),), (most(PHARMACIST),))
        assert worked.claimed == pounds("192.81")  # 71,725 / 12 / 31 = 192.809
        assert worked.cost == pounds("290.32")  # 9,000 / 31


def test_one_weekend_day_has_no_weekday_maximum() -> None:
    """31 October 2026 is a Saturday: by weekdays nothing may be claimed for it."""
    rules = ClaimRules(part_month=PartMonth.WEEKDAYS)
    starter = hours(starts=OCTOBER.last)
    worked = line(OCTOBER, (starter,), (costing("9000"),), (most(PHARMACIST),), rules)
    assert (worked.pro_rata_maximum, worked.claimed) == (Money(), Money())


def test_who_left_the_day_before_the_month_is_not_in_it() -> None:
    for one in (hours(ends=date(2026, 9, 30)), hours(starts=NOVEMBER.first)):
        assert work_out(OCTOBER, (one,), (costing("9000"),), (most(PHARMACIST),)) is NOBODY_IN_POST


@pytest.mark.parametrize(("year", "days"), [(2024, 29), (2026, 28), (2028, 29), (2000, 29)])
def test_february_has_the_days_it_has(year: int, days: int) -> None:
    february = Month(year, 2)
    starter = hours(starts=date(year, 2, 28), ends=date(year, 2, days))
    maxima = (most("36000", date(1999, 1, 1)),)
    worked = line(february, (starter,), (costing("9000", date(1999, 1, 1)),), maxima)
    assert worked.claimed == half_up(Fraction(3000_00 * (days - 27), days))


def test_a_change_on_the_31st_is_one_day_of_it() -> None:
    changed = (hours("30", ends=date(2026, 10, 30)), hours("37.5", date(2026, 10, 31)))
    worked = line(OCTOBER, changed, (costing("9000"),), (most(PHARMACIST),))
    expected = Fraction(71_725_00, 12) * (Fraction(4, 5) * 30 + 1) / 31
    assert worked.pro_rata_maximum == half_up(expected)


def test_days_off_between_two_spells_are_neither_cost_nor_maximum() -> None:
    twice = (hours(ends=date(2026, 9, 10)), hours(starts=date(2026, 9, 21)))
    worked = line(SEPTEMBER, twice, (costing("3000"),), (most("36000"),))
    assert (worked.cost, worked.pro_rata_maximum) == (pounds("2000.00"), pounds("2000.00"))


def test_365ths_are_365ths_in_a_leap_year_too() -> None:
    rules = ClaimRules(part_month=PartMonth.DAYS_OF_YEAR)
    starter = hours(starts=date(2028, 2, 20))
    worked = line(Month(2028, 2), (starter,), (costing("9000"),), (most("36500"),), rules)
    assert worked.claimed == pounds("1000.00")


# ---- what cannot be worked out is told


def test_hours_of_nothing_give_no_claim_and_are_told() -> None:
    worked = line(OCTOBER, (hours("0"),), (costing("4000"),), (most(PHARMACIST),))
    assert worked.claimed == Money()
    assert "nothing can be claimed" in worked.notes[0].sentence


def test_hours_of_sixty_are_worked_out_and_told() -> None:
    worked = line(OCTOBER, (hours("60"),), (costing("90000"),), (most(PHARMACIST),))
    assert worked.claimed == pounds("9563.33")  # 71,725 / 12 x 1.6
    assert "60" in worked.notes[0].sentence


def test_cover_for_nobody_in_post_is_told() -> None:
    """Whoever was away has left: the cover costs, and there is no maximum to claim it under."""
    cover = HoursSpell(LONG_AGO, None, Hours.of("37.5"), "AS-2", "cover", raises_maximum=False)
    away = hours(ends=date(2026, 10, 15))
    paid = (costing("3000"), costing("3000", employment="cover"))
    alone = line(OCTOBER, (cover,), paid[1:], (most(PHARMACIST),))
    assert alone.claimed == Money()
    assert "AS-2" in alone.notes[0].sentence
    assert line(OCTOBER, (away, cover), paid, (most(PHARMACIST),)).notes
    assert line(OCTOBER, (hours(), cover), paid, (most(PHARMACIST),)).notes == ()


def test_amounts_below_nothing_are_told_and_nothing_below_nothing_is_claimed() -> None:
    refund = PaySpell(LONG_AGO, None, pounds("4400"), pounds("-597.45"), Money(), Money(), "PY-1")
    assert "PY-1" in line(OCTOBER, (hours(),), (refund,), (most(PHARMACIST),)).notes[0].sentence
    assert "below nothing" in told(OCTOBER, (hours(),), (costing("-4400"),), (most(PHARMACIST),))
    assert "below nothing" in told(OCTOBER, (hours(),), (costing("4400"),), (most("-71725"),))


@pytest.mark.parametrize("maximum", [most("0"), most(PHARMACIST, share=0)])
def test_a_maximum_or_share_of_nothing_is_told(maximum: Maximum) -> None:
    worked = line(OCTOBER, (hours(),), (costing("4400"),), (maximum,))
    assert (worked.claimed, len(worked.notes)) == (Money(), 1)


def test_the_last_month_there_is_can_be_worked_out_and_told() -> None:
    last = Month(9999, 12)
    changed = (hours("30", ends=date(9999, 12, 30)), hours("60", date(9999, 12, 31)))
    worked = line(last, changed, (costing("9000", ends=date.max),), (most("37200", ends=date.max),))
    assert worked.claimed == pounds("2560.00")  # 3,100 / 31 x (0.8 x 30 + 1.6)
    assert [step_words(step) for step in worked.steps]
    assert worked.notes


def test_a_month_before_the_scheme_has_no_maximum_and_no_figure() -> None:
    maxima = (most("37810", date(2019, 7, 1), date(2020, 3, 31), 7_000),)
    assert "maximum" in told(Month(2019, 6), (hours(),), (costing("4000"),), maxima)


@pytest.mark.parametrize("missing", [date(2026, 10, 1), date(2026, 10, 15), date(2026, 10, 31)])
def test_one_day_without_a_rate_leaves_the_month_without_a_figure(missing: date) -> None:
    before = most("60000", ends=date.fromordinal(missing.toordinal() - 1))
    after = most("72000", date.fromordinal(missing.toordinal() + 1))
    sentence = told(OCTOBER, (hours(),), (costing("4000"),), (before, after))
    assert f"{missing.day} October 2026" in sentence


def test_a_gap_in_the_rates_outside_the_days_worked_does_not_matter() -> None:
    starter = hours(starts=date(2026, 10, 20))
    worked = line(OCTOBER, (starter,), (costing("4000"),), (most("60000", date(2026, 10, 20)),))
    assert worked.claimed == half_up(Fraction(4000_00 * 12, 31))


def test_a_day_without_pay_is_told() -> None:
    sentence = told(OCTOBER, (hours(),), (costing("4000", date(2026, 10, 2)),), (most(PHARMACIST),))
    assert "pay" in sentence.lower()
    assert "1 October 2026" in sentence


@pytest.mark.parametrize("what", ["hours", "pay", "maxima"])
def test_two_of_one_thing_on_a_day_are_told_and_not_added_up(what: str) -> None:
    spells = {"hours": (hours(),), "pay": (costing("4000"),), "maxima": (most(PHARMACIST),)}
    twice = {
        "hours": (hours(), hours("7.5", date(2026, 10, 31))),
        "pay": (costing("4000"), costing("10", date(2026, 10, 31))),
        "maxima": (most(PHARMACIST), most("90000", date(2026, 10, 31))),
    }
    given = {**spells, what: twice[what]}
    assert "31 October 2026" in told(OCTOBER, given["hours"], given["pay"], given["maxima"])  # type: ignore[arg-type]


@pytest.mark.parametrize("what", ["hours", "pay", "maxima"])
def test_a_spell_that_ends_before_it_starts_is_told(what: str) -> None:
    spells = {"hours": (hours(),), "pay": (costing("4000"),), "maxima": (most(PHARMACIST),)}
    late, early = date(2026, 10, 20), date(2026, 10, 10)
    backwards = {
        "hours": (hours("30", late, early),),
        "pay": (costing("4000", late, early),),
        "maxima": (most(PHARMACIST, late, early),),
    }
    given = {**spells, what: backwards[what]}
    assert told(OCTOBER, given["hours"], given["pay"], given["maxima"])  # type: ignore[arg-type]


def test_on_costs_are_those_of_payday_and_without_them_there_is_no_figure() -> None:
    earlier = OnCosts(Money(75_833), 1_380, 1_438, date(2024, 4, 1), date(2026, 10, 30), "old")
    later = OnCosts(Money(41_700), 1_500, 1_438, date(2026, 10, 31), None, "later")
    worked = line(OCTOBER, (hours(),), (pay("4400"),), (most(PHARMACIST),), on_costs=(earlier, later))
    assert worked.amounts.employer_ni == pounds("597.45")
    assert isinstance(
        work_out(OCTOBER, (hours(),), (pay("4400"),), (most(PHARMACIST),), (earlier,)), NoFigure
    )
    assert isinstance(work_out(OCTOBER, (hours(),), (pay("4400"),), (most(PHARMACIST),), ()), NoFigure)


def test_stated_on_costs_need_no_rates() -> None:
    stated = PaySpell(LONG_AGO, None, pounds("4400"), pounds("500"), pounds("600"), Money(), "PY")
    assert line(OCTOBER, (hours(),), (stated,), (most(PHARMACIST),), on_costs=()).cost == pounds("5500.00")


def test_the_threshold_is_taken_off_once_where_pay_changes_within_the_month() -> None:
    """15 of 30 days at 2,000.00 and 15 at 4,000.00 are 3,000.00: NI (3,000 - 417) x 15% = 387.45."""
    paid = (pay("2000", ends=date(2026, 9, 15)), pay("4000", date(2026, 9, 16)))
    worked = line(SEPTEMBER, (hours(),), paid, (most(PHARMACIST),))
    assert worked.amounts[:3] == (pounds("3000.00"), pounds("387.45"), pounds("431.40"))
    assert worked.cost == pounds("3818.85")


def test_pay_below_the_threshold_has_no_ni_and_never_less_than_none() -> None:
    worked = line(OCTOBER, (hours("2"),), (pay("417"),), (most(COORDINATOR),))
    assert worked.amounts.employer_ni == Money()
    assert line(OCTOBER, (hours("2"),), (pay("417.10"),), (most(COORDINATOR),)).amounts.employer_ni == Money(
        2
    )


def test_each_amount_to_the_penny_may_differ_from_once_a_line() -> None:
    """17/30 of 1,000.01 three times: 566.6723 is 566.67 each, together 1,700.02 and once a line 1,700.017."""
    spell = PaySpell(
        LONG_AGO, None, pounds("1000.01"), pounds("1000.01"), pounds("1000.02"), pounds("1000.01"), "PY"
    )
    once = line(SEPTEMBER, (FROM_14TH,), (spell,), (most(GP),)).cost
    each = line(SEPTEMBER, (FROM_14TH,), (spell,), (most(GP),), ClaimRules(pennies=Pennies.EACH_AMOUNT)).cost
    amounts = [half_up(Fraction(pence * 17, 30)) for pence in (1000_01, 1000_01, 1000_02, 1000_01)]
    assert each == total(amounts)
    assert once == half_up(Fraction(4000_05 * 17, 30))
    assert each != once


def test_e11_the_first_year_comes_to_its_known_sum_before_rounding() -> None:
    """(37,810 + 34,113) x 9/12 = 53,942.25, July 2019 to March 2020; 70% of the pharmacist's cost counts."""
    months = FinancialYear(2019).months[3:]
    maxima = (most("37810", date(2019, 7, 1), date(2020, 3, 31), 7_000), most("34113"))
    exact = [
        line(month, (hours(),), (costing("9000"),), (one,)).exact_maximum
        for month in months
        for one in maxima
    ]
    assert sum(Fraction(one.pence, one.over) for one in exact) == 53_942_25
    worked = line(months[0], (hours(),), (costing("4000"),), (maxima[0],))
    assert worked.claimed == worked.cost == pounds("2800.00")
