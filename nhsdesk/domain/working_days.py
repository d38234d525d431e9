"""Working days: Monday to Friday but for bank holidays, which are passed in.

Counting never counts the day it starts from: one working day after a Friday is the Monday, and an answer
due within 20 working days of a request is due on `add_working_days(received, 20, holidays)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from nhsdesk.domain.periods import Month

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Whether a day is a Monday to Friday and no bank holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, n: int, holidays: frozenset[date]) -> date:
    """The nth working day after a day, or before it when negative; 0 is the day itself or the next working day."""
    if n == 0:
        return day if is_working_day(day, holidays) else add_working_days(day, 1, holidays)
    step, left = (ONE_DAY, n) if n > 0 else (-ONE_DAY, -n)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(first: date, last: date, holidays: frozenset[date]) -> int:
    """How many working days after the first day, up to and counting the last; none when last is not later."""
    return sum(is_working_day(day, holidays) for day in _days(first, last) if day != first)


def nth_working_day(month: Month, n: int, holidays: frozenset[date]) -> date:
    """The first working day of a month for 1, the second for 2; ValueError where the month has fewer."""
    days = [day for day in _days(month.first, month.last) if is_working_day(day, holidays)]
    if not 1 <= n <= len(days):
        raise ValueError(f"{month.words} has {len(days)} working days, so no number {n}")
    return days[n - 1]


def last_working_day(month: Month, holidays: frozenset[date]) -> date:
    """The last working day of a month."""
    last = month.last
    return last if is_working_day(last, holidays) else add_working_days(last, -1, holidays)


def _days(first: date, last: date) -> Iterator[date]:
    yield from map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
