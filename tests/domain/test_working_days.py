"""Working days, and the file of English bank holidays they are counted with."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays as published
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.periods import Month
from nhsdesk.domain.working_days import (
    add_working_days,
    is_working_day,
    last_working_day,
    nth_working_day,
    working_days_between,
)

FILE = Path(__file__).parents[2] / "resources" / "bank_holidays" / "england.csv"
with FILE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
NAMES = {date.fromisoformat(row["day"]): row["name"] for row in ROWS}
BANK_HOLIDAYS = frozenset(NAMES)
ENGLAND = published.country_holidays("GB", subdiv="ENG", years=range(2020, 2046))
days = st.dates(date(2020, 1, 1), date(2044, 12, 31))


def test_the_file_has_the_bank_holidays_of_england_that_fall_on_weekdays() -> None:
    assert set(NAMES) == {day for day in ENGLAND if day.weekday() < 5}
    assert len(NAMES) == len(ROWS)
    assert all(row["source"] for row in ROWS)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2027, 12, 27), "Christmas Day (substitute day)"),
        (date(2028, 1, 3), "New Year’s Day (substitute day)"),
        (date(2020, 5, 8), "Early May bank holiday (VE day)"),
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2022, 9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Bank holiday for the coronation of King Charles III"),
        (date(2026, 8, 31), "Summer bank holiday"),
    ],
)
def test_bank_holidays_have_the_names_of_gov_uk(day: date, name: str) -> None:
    assert NAMES[day] == name


def test_every_year_has_its_eight_bank_holidays_and_no_foreign_name() -> None:
    for year in range(2020, 2046):
        extra = {2022: 2, 2023: 1}.get(year, 0)
        assert sum(day.year == year for day in NAMES) == 8 + extra, year
    assert not any("observed" in name or "May Day" in name for name in NAMES.values())


def test_weekends_and_bank_holidays_are_not_working_days() -> None:
    assert is_working_day(date(2026, 4, 2), BANK_HOLIDAYS)
    for day in (date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 5), date(2026, 4, 6)):
        assert not is_working_day(day, BANK_HOLIDAYS)


def test_the_tenth_working_day_after_the_year_end_passes_over_easter() -> None:
    assert add_working_days(date(2026, 3, 31), 10, BANK_HOLIDAYS) == date(2026, 4, 16)
    assert add_working_days(date(2026, 4, 1), 10, BANK_HOLIDAYS) == date(2026, 4, 17)
    assert working_days_between(date(2026, 3, 31), date(2026, 4, 16), BANK_HOLIDAYS) == 10


def test_nought_working_days_is_the_day_itself_or_the_next_that_works() -> None:
    assert add_working_days(date(2026, 4, 2), 0, BANK_HOLIDAYS) == date(2026, 4, 2)
    assert add_working_days(date(2026, 4, 3), 0, BANK_HOLIDAYS) == date(2026, 4, 7)


def test_papers_due_five_working_days_before_a_meeting() -> None:
    assert add_working_days(date(2026, 4, 8), -5, BANK_HOLIDAYS) == date(2026, 3, 30)


def test_nothing_lies_between_a_day_and_one_before_it() -> None:
    assert working_days_between(date(2026, 4, 8), date(2026, 4, 8), BANK_HOLIDAYS) == 0
    assert working_days_between(date(2026, 4, 8), date(2026, 4, 1), BANK_HOLIDAYS) == 0


def test_the_working_days_of_a_month_are_counted_from_its_first() -> None:
    assert nth_working_day(Month(2026, 4), 1, BANK_HOLIDAYS) == date(2026, 4, 1)
    assert nth_working_day(Month(2026, 4), 3, BANK_HOLIDAYS) == date(2026, 4, 7)
    assert last_working_day(Month(2026, 5), BANK_HOLIDAYS) == date(2026, 5, 29)
    assert last_working_day(Month(2027, 12), BANK_HOLIDAYS) == date(2027, 12, 31)
    for n in (0, 21):
        with pytest.raises(ValueError, match="20 working days"):
            nth_working_day(Month(2026, 4), n, BANK_HOLIDAYS)


@given(days, st.integers(1, 60))
def test_counting_agrees_with_the_holidays_package(day: date, n: int) -> None:
    assert add_working_days(day, n, BANK_HOLIDAYS) == ENGLAND.get_nth_working_day(day, n)


@given(days, st.integers(1, 60))
def test_adding_and_counting_are_opposites(day: date, n: int) -> None:
    later = add_working_days(day, n, BANK_HOLIDAYS)
    assert working_days_between(day, later, BANK_HOLIDAYS) == n
    assert is_working_day(later, BANK_HOLIDAYS)
    assert add_working_days(later, -n, BANK_HOLIDAYS) <= day < later
    assert working_days_between(day, later - timedelta(days=1), BANK_HOLIDAYS) == n - 1
