"""What a post may claim for a month: worked examples, to the penny."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from nhsdesk.domain.claims import (
    NOBODY_IN_POST,
    ClaimLine,
    ClaimRules,
    HoursSpell,
    Maximum,
    NoFigure,
    OnCosts,
    PartMonth,
    PaySpell,
    Pennies,
    work_out,
)
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Weight

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
LONG_AGO = date(2019, 7, 1)
ON_COSTS = (OnCosts(Money.pounds(417), 1_500, 1_438, LONG_AGO, None, "OC-1"),)


def held(amount: str, starts: date = LONG_AGO, ends: date | None = None, who: str = "") -> HoursSpell:
    return HoursSpell(starts, ends, Hours.of(amount), "PA-003", who)


def paid(salary: str, starts: date = LONG_AGO, ends: date | None = None, who: str = "") -> PaySpell:
    """Pay whose employer NI and pension are to be worked out."""
    return PaySpell(starts, ends, Money.pounds(salary), None, None, Money(), "PY-1", who)


def costing(whole: str, starts: date = LONG_AGO, ends: date | None = None, fees: str = "0") -> PaySpell:
    """Pay whose whole cost is known."""
    return PaySpell(starts, ends, Money.pounds(whole), Money(), Money(), Money.pounds(fees), "PY-1")


def most(annual: str, starts: date = LONG_AGO, ends: date | None = None, source: str = "RT-1") -> Maximum:
    return Maximum(starts, ends, Money.pounds(annual), source)


PHARMACIST = most("71725")
COORDINATOR = most("38739")
GP = most("152900")


def claim(
    hours: Sequence[HoursSpell],
    pay: Sequence[PaySpell],
    maxima: Sequence[Maximum],
    month: Month = OCTOBER,
    rules: ClaimRules | None = None,
) -> ClaimLine:
    result = work_out(month, hours, pay, maxima, ON_COSTS, rules or ClaimRules())
    assert isinstance(result, ClaimLine), result
    return result


def sentences(*given: Sequence[object], month: Month = OCTOBER) -> list[str]:
    hours, pay, maxima = given
    result = work_out(month, hours, pay, maxima, ON_COSTS)  # type: ignore[arg-type]
    assert isinstance(result, NoFigure), result
    assert all(problem.weight is Weight.MUST_FIX for problem in result.problems)
    return [problem.sentence for problem in result.problems]


def pounds(*amounts: str) -> list[Money]:
    return [Money.pounds(amount) for amount in amounts]


def test_a_cost_under_the_maximum_is_claimed_whole() -> None:
    line = claim([held("37.5")], [paid("4400")], [PHARMACIST])
    assert list(line.amounts) == pounds("4400", "597.45", "632.72", "0")
    assert [line.cost, line.maximum, line.pro_rata_maximum] == pounds("5630.17", "5977.08", "5977.08")
    assert [line.claimed, line.headroom, line.borne] == pounds("5630.17", "346.91", "0")
    assert line.rates == ("RT-1",)


def test_a_cost_over_the_maximum_is_claimed_up_to_it_and_the_network_bears_the_rest() -> None:
    line = claim([held("37.5")], [paid("4800")], [PHARMACIST])
    assert [line.cost, line.claimed, line.borne] == pounds("6147.69", "5977.08", "170.61")
    assert line.headroom == Money()


def test_a_part_time_post_has_its_share_of_the_maximum() -> None:
    line = claim([held("22.5")], [paid("1560")], [COORDINATOR])
    assert [line.cost, line.maximum, line.pro_rata_maximum] == pounds("1955.78", "3228.25", "1936.95")
    assert [line.claimed, line.borne] == pounds("1936.95", "18.83")
    assert line.hours == Hours.of("22.5")


@pytest.mark.parametrize(
    ("part_month", "pro_rata"),
    [
        (PartMonth.CALENDAR_DAYS, "1829.34"),
        (PartMonth.WEEKDAYS, "1907.60"),
        (PartMonth.DAYS_OF_YEAR, "1804.28"),
    ],
)
def test_a_starter_in_mid_month_has_the_maximum_by_the_local_day_rule(
    part_month: PartMonth, pro_rata: str
) -> None:
    rules = ClaimRules(part_month)
    starter = [held("37.5", date(2026, 9, 14))]
    line = claim(starter, [paid("2400")], [COORDINATOR], SEPTEMBER, rules)
    assert list(line.amounts) == pounds("1360", "141.45", "195.57", "0")
    assert [line.pro_rata_maximum, line.cost, line.claimed] == pounds(pro_rata, "1697.02", "1697.02")
    dearer = claim(starter, [costing("3529.41")], [COORDINATOR], SEPTEMBER, rules)
    assert [dearer.cost, dearer.claimed] == pounds("2000.00", pro_rata)


def test_a_month_worked_throughout_is_a_twelfth_under_every_day_rule() -> None:
    for part_month in PartMonth:
        line = claim([held("37.5")], [paid("9000")], [COORDINATOR], SEPTEMBER, ClaimRules(part_month))
        assert line.claimed == Money.pounds("3228.25")


def test_a_leaver_is_claimed_to_the_last_day_worked_without_rounding_the_wte() -> None:
    leaver = [held("25", ends=date(2026, 11, 20))]
    line = claim(leaver, [costing("9000")], [GP], NOVEMBER)
    assert line.pro_rata_maximum == Money.pounds("5662.96")
    assert claim([held("25")], [costing("9000")], [GP], NOVEMBER).claimed == Money.pounds("8494.44")
    assert work_out(Month(2026, 12), leaver, [costing("9000")], [GP]) is NOBODY_IN_POST


@pytest.mark.parametrize(
    ("annual", "month"),
    [("66972", "5581.00"), ("74392", "6199.33"), ("77545", "6462.08"), ("155698", "12974.83")],
)
def test_london_maxima_by_the_month(annual: str, month: str) -> None:
    assert claim([held("37.5")], [costing("20000")], [most(annual)]).claimed == Money.pounds(month)


def test_a_maximum_that_rises_in_october_gives_half_a_year_of_each() -> None:
    maxima = [most("62340", ends=date(2024, 9, 30)), most("65838", date(2024, 10, 1))]
    months = FinancialYear(2024).months
    year = total(claim([held("37.5")], [costing("6000")], maxima, month).claimed for month in months)
    assert year == Money.pounds("64089.00")


def test_a_suppliers_fee_counts_inside_the_maximum() -> (
    None
):  # wrong by a penny if a twelfth is rounded first
    line = claim([held("30")], [costing("2560", fees="160")], [most("40159")], Month(2023, 10))
    assert [line.cost, line.claimed, line.borne] == pounds("2720.00", "2677.27", "42.73")


def test_two_people_in_one_post_have_a_threshold_each() -> None:
    hours = [held("18.75", who="A"), held("18.75", who="B")]
    line = claim(hours, [paid("2200", who="A"), paid("2200", who="B")], [PHARMACIST])
    assert line.cost == Money.pounds("5567.62")
    assert line.hours == Hours.of("37.5")
    assert line.pro_rata_maximum == Money.pounds("5977.08")


def test_several_lots_of_pay_in_a_month_have_one_threshold() -> None:
    half_way = [paid("4400", ends=date(2026, 10, 15)), paid("4400", date(2026, 10, 16))]
    assert claim([held("37.5")], half_way, [PHARMACIST]).cost == Money.pounds("5630.17")


def test_one_holder_following_another_has_a_threshold_of_their_own() -> None:
    hours = [held("37.5", ends=date(2026, 9, 15), who="A"), held("37.5", date(2026, 9, 16), who="B")]
    line = claim(hours, [paid("2400", who="A"), paid("2400", who="B")], [COORDINATOR], SEPTEMBER)
    assert line.amounts.employer_ni == Money.pounds("234.90")
    assert line.hours == Hours.of("37.5")


def test_overtime_above_full_time_raises_the_maximum() -> (
    None
):  # wrong by a penny if a twelfth is rounded first
    line = claim([held("39")], [costing("7000")], [PHARMACIST])
    assert line.claimed == Money.pounds("6216.17")
    assert str(line.hours.wte) == "1.0400"


def test_more_hours_than_the_portal_takes_are_claimed_and_pointed_out() -> None:
    result = work_out(OCTOBER, [held("41")], [costing("7000")], [PHARMACIST])
    assert isinstance(result, ClaimLine)
    assert [problem.sentence for problem in result.notes] == [
        "41 hours a week for October 2026 (PA-003): the claims portal has refused more than 40."
    ]
    assert result.notes[0].weight is Weight.ACKNOWLEDGE


def test_no_hours_claim_nothing_and_are_to_be_acknowledged() -> None:
    result = work_out(OCTOBER, [held("0")], [costing("5000")], [PHARMACIST])
    assert isinstance(result, ClaimLine)
    assert (result.claimed, result.notes[0].weight) == (Money(), Weight.ACKNOWLEDGE)


def test_hours_changed_within_a_month_are_shared_by_days() -> None:
    hours = [held("22.5", ends=date(2026, 9, 14)), held("30", date(2026, 9, 15))]
    line = claim(hours, [costing("5000")], [COORDINATOR], SEPTEMBER)
    assert line.pro_rata_maximum == Money.pounds("2281.30")
    assert [part.days for part in line.parts] == [14, 16]


def test_half_a_penny_goes_up() -> None:  # half to even gives 1,097.60
    line = claim([held("22.5", date(2026, 9, 14))], [costing("5000")], [COORDINATOR], SEPTEMBER)
    assert line.pro_rata_maximum == Money.pounds("1097.61")


@pytest.mark.parametrize(("share", "claimed"), [(5_000, "2450.00"), (10_000, "2500.00")])
def test_a_shared_post_compares_the_networks_share_of_the_cost(share: int, claimed: str) -> None:
    maximum = replace(most("30000"), share_of_cost=share)
    assert claim([held("37.5")], [costing("4900")], [maximum]).claimed == Money.pounds(claimed)


def test_stated_on_costs_stand_even_when_they_are_nothing() -> None:
    apprentice = replace(paid("2000"), employer_ni=Money())
    assert claim([held("37.5")], [apprentice], [PHARMACIST]).cost == Money.pounds("2287.60")
    elsewhere = replace(paid("3050"), employer_pension=Money.pounds("91.50"))
    line = claim([held("37.5")], [elsewhere], [PHARMACIST])
    assert line.amounts.employer_pension == Money.pounds("91.50")


def test_the_lower_is_taken_over_the_whole_month_not_part_by_part() -> None:
    pay = [costing("4500", ends=date(2026, 9, 10)), costing("2000", date(2026, 9, 11))]
    line = claim([held("37.5")], pay, [COORDINATOR], SEPTEMBER)
    assert [line.cost, line.claimed] == pounds("2833.33", "2833.33")


def test_a_cost_may_be_made_of_amounts_already_in_whole_pence() -> None:
    """A GP on 4,300.00 from 5 October: NI and pension each lose less than a penny that together make one."""
    starter = [HoursSpell(date(2026, 10, 5), None, Hours(60_000), "PA-027")]
    once = claim(starter, [paid("4300")], [most("155698")])
    each = claim(starter, [paid("4300")], [most("155698")], rules=ClaimRules(pennies=Pennies.EACH_AMOUNT))
    assert [once.cost, each.cost] == pounds("4782.94", "4782.93")
    assert total(each.amounts) == each.cost


@pytest.mark.parametrize(("year", "days"), [(2027, 28), (2028, 29)])
def test_february_is_shared_over_the_days_it_has(year: int, days: int) -> None:
    line = claim([held("37.5", date(year, 2, 15))], [costing("9000")], [most("12000")], Month(year, 2))
    assert line.pro_rata_maximum == Money.pounds("500.00" if days == 28 else "517.24")
    assert line.cost == Money.pounds("4500.00" if days == 28 else "4655.17")


def test_leaving_on_the_last_day_of_the_year_is_a_whole_march() -> None:
    march = Month(2027, 3)
    line = claim([held("37.5", ends=date(2027, 3, 31))], [costing("9000")], [COORDINATOR], march)
    assert line.claimed == Money.pounds("3228.25")
    a_day_less = claim([held("37.5", ends=date(2027, 3, 30))], [costing("9000")], [COORDINATOR], march)
    assert a_day_less.claimed == Money.pounds("3124.11")


def test_a_weekend_is_worth_nothing_when_weekdays_are_counted() -> None:
    weekend = [held("37.5", date(2026, 10, 31))]
    line = claim(weekend, [costing("3100")], [COORDINATOR], rules=ClaimRules(PartMonth.WEEKDAYS))
    assert [line.cost, line.pro_rata_maximum, line.maximum] == pounds("100.00", "0", "3228.25")


def test_a_post_without_hours_claims_nothing_and_says_so() -> None:
    result = work_out(OCTOBER, [held("0")], [costing("500")], [PHARMACIST])
    assert isinstance(result, ClaimLine)
    assert [result.cost, result.claimed] == pounds("500", "0")
    assert "No hours" in result.notes[0].sentence


def test_pay_below_the_threshold_has_no_employer_ni() -> None:
    assert claim([held("3")], [paid("400")], [PHARMACIST]).cost == Money.pounds("457.52")


def test_pay_on_days_without_hours_is_not_a_cost_of_the_post() -> None:
    line = claim([held("37.5", ends=date(2026, 9, 15))], [costing("3000")], [COORDINATOR], SEPTEMBER)
    assert line.cost == Money.pounds("1500.00")


def test_a_rate_that_changes_within_a_month_is_shared_and_both_sources_are_named() -> None:
    maxima = [
        most("12000", ends=date(2026, 9, 10), source="RT-1"),
        most("24000", date(2026, 9, 11), source="RT-2"),
    ]
    line = claim([held("37.5")], [costing("9000")], maxima, SEPTEMBER)
    assert [line.maximum, line.pro_rata_maximum] == pounds("1666.67", "1666.67")
    assert line.rates == ("RT-1", "RT-2")


def test_days_without_a_maximum_have_no_figure() -> None:
    assert sentences([held("37.5")], [paid("4400")], [most("71725", date(2026, 10, 17))]) == [
        "No maximum is on file for 1 to 16 October 2026, when hours were worked (PA-003)."
    ]
    assert sentences([held("37.5")], [paid("4400")], [])[0].startswith(
        "No maximum is on file for October 2026"
    )


def test_days_worked_without_pay_on_file_have_no_figure() -> None:
    assert sentences([held("37.5")], [paid("4400", ends=date(2026, 10, 30))], [PHARMACIST]) == [
        "No pay is on file for 31 October 2026, when hours were worked (PA-003)."
    ]


def test_pay_of_one_person_does_not_stand_for_another() -> None:
    hours = [held("18.75", who="A"), held("18.75", who="B")]
    assert "No pay" in sentences(hours, [paid("2200", who="A")], [PHARMACIST])[0]
    assert "No pay" in sentences([held("37.5", who="A")], [paid("2200", who="B")], [PHARMACIST])[0]


def test_a_day_without_hours_needs_neither_pay_nor_maximum() -> None:
    starter = [held("37.5", date(2026, 10, 17))]
    pay, maximum = [paid("4400", date(2026, 10, 17))], [most("71725", date(2026, 10, 17))]
    assert claim(starter, pay, maximum).parts[0].days == 15


def test_two_maxima_for_one_day_have_no_figure() -> None:
    both = [most("71725", source="RT-2"), most("66972", ends=date(2026, 10, 9), source="RT-1")]
    assert sentences([held("37.5")], [paid("4400")], both) == [
        "More than one maximum is on file for 1 to 9 October 2026: RT-1 and RT-2."
    ]


def test_hours_not_closed_before_the_next_begin_have_no_figure() -> None:
    hours = [held("22.5"), held("30", date(2026, 10, 15))]
    assert sentences(hours, [paid("1560")], [COORDINATOR]) == [
        "More than one entry of hours is on file for 15 to 31 October 2026: PA-003 and PA-003."
    ]


def test_a_post_that_ends_before_it_starts_has_no_figure_in_the_months_it_may_concern() -> None:
    backwards = [held("37.5", date(2026, 11, 1), date(2026, 9, 30))]
    expected = ["PA-003 ends on 30 September 2026, before it starts on 1 November 2026."]
    assert sentences(backwards, [paid("4400")], [PHARMACIST]) == expected
    assert work_out(Month(2027, 1), backwards, [paid("4400")], [PHARMACIST]) is NOBODY_IN_POST


def test_on_costs_are_those_in_force_when_the_month_is_paid() -> None:
    old = replace(ON_COSTS[0], ni_per_ten_thousand=1_380, ends=date(2026, 10, 5))
    ruled = replace(ON_COSTS[0], starts=date(2026, 10, 6))
    result = work_out(OCTOBER, [held("37.5")], [paid("4400")], [PHARMACIST], [old, ruled])
    assert isinstance(result, ClaimLine)
    assert result.cost == Money.pounds("5630.17")


def test_without_on_costs_for_the_month_pay_must_state_its_own() -> None:
    result = work_out(OCTOBER, [held("37.5")], [paid("4400")], [PHARMACIST])
    assert isinstance(result, NoFigure)
    assert "31 October 2026" in result.problems[0].sentence
    assert isinstance(work_out(OCTOBER, [held("37.5")], [costing("4400")], [PHARMACIST]), ClaimLine)


def test_a_share_of_cost_that_changes_within_a_month_has_no_figure() -> None:
    half = replace(most("30000", ends=date(2026, 10, 14)), share_of_cost=5_000)
    assert sentences([held("37.5")], [paid("3900")], [half, most("60000", date(2026, 10, 15))]) == [
        "The share of cost that may be claimed changes within the month, on 15 October 2026."
    ]


def test_a_post_not_yet_begun_has_nobody_in_it() -> None:
    assert work_out(OCTOBER, [held("37.5", date(2026, 11, 1))], [], []) is NOBODY_IN_POST
    assert work_out(OCTOBER, [], [paid("4400")], [PHARMACIST]) is NOBODY_IN_POST
