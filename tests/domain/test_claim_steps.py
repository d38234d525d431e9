"""The working behind a claim line, as a person reads it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from nhsdesk.domain.claim_steps import Exact, MaximumStep, OnCostStep, PayStep
from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    HoursSpell,
    Maximum,
    OnCosts,
    PartMonth,
    PaySpell,
    Pennies,
    step_words,
    work_out,
)
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month

ON_COSTS = (OnCosts(Money.pounds(417), 1_500, 1_438, date(2026, 4, 6), None, "OC-1"),)
LONG_AGO = date(2025, 4, 1)


def starter(rules: ClaimRules, hours: Hours, salary: str = "2400", share: int = 10_000) -> ClaimLine:
    """A care coordinator from 14 September 2026."""
    held = [HoursSpell(date(2026, 9, 14), None, hours, "PA-003")]
    pay = [PaySpell(LONG_AGO, None, Money.pounds(salary), None, None, Money.pounds(30), "PY-1")]
    maxima = [Maximum(LONG_AGO, None, Money.pounds(38_739), "RT-1", share)]
    result = work_out(Month(2026, 9), held, pay, maxima, ON_COSTS, rules)
    assert isinstance(result, ClaimLine)
    return result


def words(line: ClaimLine) -> list[str]:
    return [step_words(step) for step in line.steps]


def test_the_working_of_a_part_month_reads_from_pay_to_claim() -> None:
    assert words(starter(ClaimRules(), Hours.of("22.5"))) == [
        "Salary £2,400.00 a month × 17/30 days (14 to 30 September 2026, PY-1) = £1,360.00",
        "Fees £30.00 a month × 17/30 days (14 to 30 September 2026, PY-1) = £17.00",
        "Employer NI 15% × (£1,360.00 − £417.00) (OC-1) = £141.45",
        "Employer pension 14.38% × £1,360.00 (OC-1) = £195.568",
        "Cost £1,714.018, to the nearest penny £1,714.02",
        "Maximum £38,739.00 a year ÷ 12 × 17/30 days × 0.6 WTE (14 to 30 September 2026, RT-1) = £1,097.605",
        "Pro rata maximum £1,097.605, to the nearest penny £1,097.61",
        "Claimed £1,097.61, the lower of cost £1,714.02 and pro rata maximum £1,097.61",
    ]


def test_the_working_names_the_days_counted() -> None:
    by_weekdays = words(starter(ClaimRules(PartMonth.WEEKDAYS), Hours.of("37.5")))
    assert any(" a year ÷ 12 × 13/22 weekdays × 1.0 WTE " in line for line in by_weekdays)
    by_year = words(starter(ClaimRules(PartMonth.DAYS_OF_YEAR), Hours.of("37.5")))
    assert any(" a year × 17/365 days × 1.0 WTE " in line for line in by_year)


def test_a_wte_that_does_not_come_out_even_is_shown_as_the_hours_it_comes_from() -> None:
    assert any("× 16:40 of 37.5 hours" in line for line in words(starter(ClaimRules(), Hours(60_000))))


def test_pay_below_the_threshold_is_said_to_be() -> None:
    line = starter(ClaimRules(), Hours.of("3"), salary="600")
    assert "Employer NI: pay of £340.00 is not above £417.00 a month (OC-1) = £0.00" in words(line)


def test_a_share_of_the_cost_is_shown_beside_the_whole() -> None:
    line = starter(ClaimRules(), Hours.of("22.5"), share=5_000)
    assert "Cost £1,714.018 × 50% = £857.009, to the nearest penny £857.01" in words(line)


def test_amounts_in_whole_pence_are_rounded_in_the_working_too() -> None:
    line = starter(ClaimRules(pennies=Pennies.EACH_AMOUNT), Hours.of("22.5"))
    assert "Employer pension £195.568, to the nearest penny £195.57" in words(line)
    assert "Cost £1,714.02" in words(line)


def test_the_steps_add_up_to_the_line() -> None:
    line = starter(ClaimRules(PartMonth.WEEKDAYS), Hours(60_001), salary="2400.01")
    pay = [Fraction(*step.exact) for step in line.steps if isinstance(step, PayStep | OnCostStep)]
    most = [Fraction(*step.exact) for step in line.steps if isinstance(step, MaximumStep)]
    assert abs(sum(pay, Fraction()) - line.cost.pence) <= Fraction(1, 2)
    assert abs(sum(most, Fraction()) - line.pro_rata_maximum.pence) <= Fraction(1, 2)


def test_an_amount_that_never_ends_has_three_dots() -> None:
    assert str(Exact(100_000, 3)) == "£333.3333…"
    assert str(Exact(1, 2)) == "£0.005"
    assert str(Exact(123_456_700, 1)) == "£1,234,567.00"
