"""What counts as working time for the clocks of support requests: days and hours on a London wall clock.

Times are naive and as London clocks told them, so that a working day has as many hours in March and October as in any
other month. Nothing here looks at a clock.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from nhsdesk.domain.working_days import ONE_DAY, SATURDAY

_LAST_DAY = date.max - ONE_DAY

Span = tuple[datetime, datetime]
"""From and to, the end not counted."""

FURTHEST_DAYS = 40_000
"""How far ahead a limit is followed; one that lies further on is none that anybody settled."""


@dataclass(frozen=True)
class Calendar:
    """England's bank holidays, the days closed here besides, and the hours of a working day."""

    holidays: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()
    opens: time = time(9)
    closes: time = time(17)

    def works(self, day: date) -> bool:
        """Whether a day is a Monday to Friday on which nothing is closed."""
        return day.weekday() < SATURDAY and day not in self.holidays and day not in self.closed

    def hours(self, day: date) -> Span | None:
        """The working hours of a day; None on a day without."""
        if not self.works(day) or self.opens >= self.closes:
            return None
        return datetime.combine(day, self.opens), datetime.combine(day, self.closes)

    def over(self, at: datetime) -> bool:
        """Whether at that moment the day has no working time left."""
        hours = self.hours(at.date())
        return hours is None or at >= hours[1]

    def count(self, first: date, last: date) -> int:
        """How many working days there are from one day to another, both counted."""
        return max(0, self._upto(last.toordinal()) - self._upto(first.toordinal() - 1))

    def nth_after(self, day: date, n: int) -> date | None:
        """The nth working day after a day, from 1; None where the calendar has no such day."""
        wanted = self._upto(day.toordinal()) + n
        weekdays = wanted
        while True:
            weeks, rest = divmod(weekdays - 1, SATURDAY)
            found = weeks * 7 + rest + 1
            needed = wanted + bisect_right(self.shut, found)
            if needed == weekdays:
                return date.fromordinal(found) if found <= _LAST_DAY.toordinal() else None
            weekdays = needed

    @cached_property
    def shut(self) -> tuple[int, ...]:
        """The Mondays to Fridays that are no working days, in order, as ordinals."""
        return tuple(
            sorted(one.toordinal() for one in self.holidays | self.closed if one.weekday() < SATURDAY)
        )

    def _upto(self, ordinal: int) -> int:
        """Working days from the first day of the calendar, which was a Monday, up to one."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * SATURDAY + min(rest, SATURDAY) - bisect_right(self.shut, ordinal)


def days_after(day: date, last: date | None = None) -> Iterator[date]:
    """The days after a day, up to and with the last."""
    until = min(last or _LAST_DAY, _LAST_DAY)
    for _ in range(FURTHEST_DAYS):
        if day >= until:
            return
        day += ONE_DAY
        yield day


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, those that touch or overlap made one; empty ones left out."""
    found: list[Span] = []
    for first, last in sorted(one for one in spans if one[0] < one[1]):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def days_still(still: Iterable[Span]) -> Iterator[tuple[date, date]]:
    """First and last of the days at whose end a clock stood still: those that a clock of days leaves out."""
    for first, last in still:
        if first.date() < last.date():
            yield first.date(), last.date() - ONE_DAY


def minutes(calendar: Calendar, first: datetime, last: datetime, still: tuple[Span, ...] = ()) -> int:
    """Working minutes between two moments, without those for which the clock stood still."""
    pieces = _pieces(calendar, first, last, still)
    return sum(int((end - begin).total_seconds()) // 60 for begin, end in pieces)


def after_minutes(
    calendar: Calendar, begins: datetime, wanted: int, still: tuple[Span, ...] = ()
) -> datetime | None:
    """The moment at which so many working minutes have gone by; None where none such can be named."""
    left = timedelta(minutes=wanted)
    for begin, end in _pieces(calendar, begins, None, still):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def _pieces(
    calendar: Calendar, first: datetime, last: datetime | None, still: tuple[Span, ...]
) -> Iterator[Span]:
    """Each stretch of working time between two moments."""
    if first.date() == date.min:
        return
    until = None if last is None else last.date()
    for day in days_after(first.date() - ONE_DAY, until):
        hours = calendar.hours(day)
        if hours is None:
            continue
        begin, end = max(hours[0], first), hours[1] if last is None else min(hours[1], last)
        yield from _without(begin, end, still)


def _without(begin: datetime, end: datetime, still: tuple[Span, ...]) -> Iterator[Span]:
    for first, last in still:
        if last <= begin or first >= end:
            continue
        if first > begin:
            yield begin, first
        begin = max(begin, last)
    if begin < end:
        yield begin, end
