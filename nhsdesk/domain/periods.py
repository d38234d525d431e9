"""Months, quarters and financial years as the NHS counts them: the year begins on 1 April and October is month 7."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTH_NAMES = tuple(calendar.month_name)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `2026-10` in files and "October 2026 (M7)" on screen."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1900 <= self.year <= 9999):
            raise ValueError(f"no such month: {self.year}-{self.number}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """From `2026-10`; anything else raises ValueError."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if found is None:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return calendar.monthrange(self.year, self.number)[1]

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, self.days)

    def plus(self, months: int) -> Month:
        """The month so many months later, or earlier when negative."""
        years, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, index + 1)

    @property
    def financial_year(self) -> FinancialYear:
        """The financial year it belongs to."""
        return FinancialYear(self.year if self.number >= 4 else self.year - 1)

    @property
    def in_year(self) -> int:
        """1 for April to 12 for March."""
        return (self.number - 4) % 12 + 1

    @property
    def words(self) -> str:
        """As written on papers: "October 2026"."""
        return f"{MONTH_NAMES[self.number]} {self.year}"

    @property
    def words_with_number(self) -> str:
        """As written on claim pages: "October 2026 (M7)"."""
        return f"{self.words} (M{self.in_year})"

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """From 1 April of its first calendar year to 31 March of the next, written `2026/27`."""

    first_year: int

    @classmethod
    def of(cls, day: date) -> FinancialYear:
        """The financial year a day lies in."""
        return Month.of(day).financial_year

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """From `2026/27`; anything else raises ValueError."""
        found = re.fullmatch(r"(\d{4})/(\d{2})", text)
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"not a financial year: {text!r}")
        return cls(int(found[1]))

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.first_year, 4, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.first_year + 1, 3, 31)

    @property
    def months(self) -> tuple[Month, ...]:
        """April to March."""
        april = Month(self.first_year, 4)
        return tuple(april.plus(n) for n in range(12))

    def __str__(self) -> str:
        return f"{self.first_year}/{(self.first_year + 1) % 100:02}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a financial year, written `2026/27 Q3`."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"no such quarter: {self.number}")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        month = Month.of(day)
        return cls(month.financial_year, (month.in_year - 1) // 3 + 1)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """From `2026/27 Q3`; anything else raises ValueError."""
        found = re.fullmatch(r"(\d{4}/\d{2}) Q([1-4])", text)
        if found is None:
            raise ValueError(f"not a quarter: {text!r}")
        return cls(FinancialYear.parse(found[1]), int(found[2]))

    @property
    def months(self) -> tuple[Month, ...]:
        """Its three months."""
        return self.year.months[3 * self.number - 3 : 3 * self.number]

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"


def day_words(day: date) -> str:
    """As the NHS service manual writes it: "30 January 2027"."""
    return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"
