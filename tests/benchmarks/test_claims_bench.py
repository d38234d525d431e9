"""How long one claim line takes; England is about 480,000 of them a year."""

from __future__ import annotations

from datetime import date

from pytest_benchmark.fixture import BenchmarkFixture

from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    HoursSpell,
    Maximum,
    OnCosts,
    PaySpell,
    step_words,
    work_out,
)
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import FinancialYear, Month

OCTOBER = Month(2026, 10)
RULES = ClaimRules()
HOURS = (HoursSpell(date(2025, 4, 1), None, Hours.of("37.5"), "PA-1"),)
STATED = PaySpell(date(2025, 4, 1), None, Money(440_000), Money(59_745), Money(63_272), Money(), "PY-1")
TO_WORK_OUT = PaySpell(date(2025, 4, 1), None, Money(440_000), None, None, Money(), "PY-1")
MAXIMA = (Maximum(date(2026, 4, 1), date(2027, 3, 31), Money(7_172_500), "RT-1"),)
ON_COSTS = (OnCosts(Money(41_700), 1_500, 1_438, date(2026, 4, 6), None, "OC-1"),)


def test_a_line_with_stated_on_costs(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(work_out, OCTOBER, HOURS, (STATED,), MAXIMA, ON_COSTS, RULES), ClaimLine)


def test_a_line_with_on_costs_worked_out(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(work_out, OCTOBER, HOURS, (TO_WORK_OUT,), MAXIMA, ON_COSTS, RULES), ClaimLine)


def test_a_line_of_two_parts(benchmark: BenchmarkFixture) -> None:
    hours = (
        HoursSpell(date(2025, 4, 1), date(2026, 10, 14), Hours.of("22.5"), "PA-1"),
        HoursSpell(date(2026, 10, 15), None, Hours.of("30"), "PA-2"),
    )
    assert isinstance(benchmark(work_out, OCTOBER, hours, (STATED,), MAXIMA, ON_COSTS, RULES), ClaimLine)


def test_the_words_of_one_line(benchmark: BenchmarkFixture) -> None:
    worked = work_out(OCTOBER, HOURS, (TO_WORK_OUT,), MAXIMA, ON_COSTS, RULES)
    assert isinstance(worked, ClaimLine)
    assert benchmark(lambda: [step_words(step) for step in worked.steps])


def test_a_year_of_a_tenth_of_england(benchmark: BenchmarkFixture) -> None:
    """3,994 posts for twelve months, each line with its working kept as numbers."""
    months = FinancialYear(2026).months

    def year() -> int:
        lines = 0
        for _ in range(3_994):
            for month in months:
                lines += isinstance(work_out(month, HOURS, (STATED,), MAXIMA, (), RULES), ClaimLine)
        return lines

    assert benchmark(year) == 47_928
