"""The kinds of field that hold a day, a time, an instant, a month, a quarter or a financial year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from nhsdesk.domain import entry
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.kinds import Kind, Stored
from nhsdesk.domain.periods import FinancialYear, Month, Quarter, day_words
from nhsdesk.domain.problems import Problem

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day; typed without a year, it is the one that the field leans to."""

    lean: Lean = Lean.NEXT
    holds = date

    def store(self, value: Any) -> Stored:
        """ISO form; a moment is not a day."""
        if isinstance(value, datetime):
            raise TypeError("Day does not hold a moment")
        return super().store(value)

    def _store(self, value: date) -> Stored:
        return value.isoformat()

    def _load(self, stored: str) -> date:
        return date.fromisoformat(stored)

    def _words(self, value: date) -> str:
        return day_words(value)

    def _read(self, text: str, today: date) -> date | Problem:
        return entry.read_day(text, today, self.lean)


class TimeOfDay(Kind):
    """A time on a London clock, to the minute."""

    holds = time

    def _store(self, value: time) -> Stored:
        if value.second or value.microsecond or value.tzinfo:
            raise ValueError("a time of day is hours and minutes on a London clock")
        return value.isoformat("minutes")

    def _load(self, stored: str) -> time:
        return time.fromisoformat(stored)

    def _words(self, value: time) -> str:
        return value.isoformat("minutes")

    def _read(self, text: str, today: date) -> time | Problem:
        return entry.read_time(text)


class Moment(Kind):
    """An instant, kept in UTC to the microsecond, shown as London clocks told it."""

    holds = datetime

    def _store(self, value: datetime) -> Stored:
        if value.tzinfo is None:
            raise TypeError("a moment needs its time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def _load(self, stored: str) -> datetime:
        return datetime.fromisoformat(stored)

    def _words(self, value: datetime) -> str:
        local = value.astimezone(_LONDON)
        return f"{day_words(local.date())}, {local:%H:%M}"

    def _read(self, text: str, today: date) -> datetime | Problem:
        return entry.read_moment(text)


class InMonth(Kind):
    """A calendar month."""

    holds = Month

    def _load(self, stored: str) -> Month:
        return Month.parse(stored)

    def _words(self, value: Month) -> str:
        return value.words

    def _read(self, text: str, today: date) -> Month | Problem:
        return entry.read_month(text)


class InQuarter(Kind):
    """A quarter of a financial year."""

    holds = Quarter

    def _load(self, stored: str) -> Quarter:
        return Quarter.parse(stored)

    def _read(self, text: str, today: date) -> Quarter | Problem:
        return entry.read_quarter(text)


class InYear(Kind):
    """A financial year."""

    holds = FinancialYear

    def _load(self, stored: str) -> FinancialYear:
        return FinancialYear.parse(stored)

    def _read(self, text: str, today: date) -> FinancialYear | Problem:
        return entry.read_financial_year(text)
