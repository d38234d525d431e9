"""Months, quarters and financial years as the NHS counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.periods import FinancialYear, Month, Quarter, day_words

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(days)
def test_a_day_lies_in_its_month_quarter_and_financial_year(day: date) -> None:
    month, quarter, year = Month.of(day), Quarter.of(day), FinancialYear.of(day)
    assert month.first <= day <= month.last
    assert month in quarter.months
    assert month in year.months
    assert quarter.year == month.financial_year == year
    assert year.first <= day <= year.last
    assert year.months[month.in_year - 1] == month


@given(days)
def test_what_is_written_is_read_back(day: date) -> None:
    for period in (Month.of(day), Quarter.of(day), FinancialYear.of(day)):
        assert type(period).parse(str(period)) == period


@given(days, st.integers(-600, 600))
def test_months_are_counted_forwards_and_back(day: date, count: int) -> None:
    month = Month.of(day)
    assert month.plus(count).plus(-count) == month
    assert (month.plus(count) > month) == (count > 0)
    assert month.plus(1).first == month.last + timedelta(days=1)
    assert month.days == (month.last - month.first).days + 1


def test_the_year_begins_in_april_and_october_is_month_seven() -> None:
    october = Month(2026, 10)
    assert (october.in_year, october.words_with_number) == (7, "October 2026 (M7)")
    assert [str(month) for month in FinancialYear(2026).months][::11] == ["2026-04", "2027-03"]
    assert (str(FinancialYear(1999)), str(FinancialYear(2026))) == ("1999/00", "2026/27")
    assert [str(m) for m in Quarter(FinancialYear(2026), 4).months] == ["2027-01", "2027-02", "2027-03"]
    assert Month.of(date(2027, 3, 31)).financial_year < Month.of(date(2027, 4, 1)).financial_year


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-10", "2026/10", "1899-12", "", "2026-10-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@pytest.mark.parametrize("text", ["2026/28", "2026-27", "2026/2027", ""])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="financial year"):
        FinancialYear.parse(text)


@pytest.mark.parametrize("text", ["2026/27 Q5", "2026/27Q1", "Q1 2026/27", "2026/28 Q1"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"quarter|financial year"):
        Quarter.parse(text)


def test_periods_that_cannot_be_are_not_made() -> None:
    for month in ((2026, 0), (2026, 13), (1899, 1), (10_000, 1)):
        with pytest.raises(ValueError, match="no such month"):
            Month(*month)
    with pytest.raises(ValueError, match="no such quarter"):
        Quarter(FinancialYear(2026), 0)


def test_a_day_is_written_as_the_nhs_writes_it() -> None:
    assert day_words(date(2027, 1, 30)) == "30 January 2027"
    assert day_words(date(2027, 12, 1)) == "1 December 2027"
