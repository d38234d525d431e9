"""Duties that come again: a rule gives dated occurrences; a change of the rule touches the future only.

days_of(duty, first, last, holidays)        the days on which a duty falls due
to_bring(duty, held, today, holidays)       which occurrences to add and which to take out
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    link,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.periods import MONTH_NAMES, Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.working_days import ONE_DAY, add_working_days, last_working_day, nth_working_day


class Rhythm(Choice):
    """When a duty falls due."""

    LAST_WORKING_DAY = "last working day of each month"
    WORKING_DAY = "a numbered working day of each month"
    DAY_OF_MONTH = "a day of each month"
    QUARTERLY = "a numbered working day after each quarter"
    YEARLY = "a day of each year"


@record(
    title="Recurring duty",
    plural="Recurring duties",
    prefix="RU",
    columns=("title", "rhythm", "number", "starts", "ends", "owner"),
)
class RecurringDuty(Record):
    """Something owed again and again, by a rule."""

    title: str = text("What")
    rhythm: Rhythm = choice("When", Rhythm)
    number: int | None = count("Which day", default=None, help="Of the working days, or of the month.")
    in_month: int | None = count(
        "In which month", default=None, help="1 for January; for a day of each year."
    )
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None)
    owner: Id | None = link("Owner", "Person", default=None)
    owed_to: str | None = text("Who wants it", default=None)
    commitment: Id | None = link("Commitment", "Commitment", default=None)


@record(
    title="Occurrence",
    plural="Occurrences",
    prefix="OC",
    columns=("due", "moved_to", "done_on", "skipped_because"),
)
class Occurrence(Record):
    """One date of a recurring duty: done, moved, or skipped with its reason."""

    duty: Id = parent("Recurring duty", "RecurringDuty")
    due: date = day("Due", lean=Lean.NEXT)
    moved_to: date | None = day("Moved to", default=None)
    moved_because: str | None = text("Why moved", default=None)
    done_on: date | None = day("Done on", default=None, lean=Lean.LAST)
    skipped_because: str | None = text("Skipped because", default=None)

    @property
    def falls_on(self) -> date:
        """The day it is due now: where it was moved to, else the day the rule gave."""
        return self.moved_to or self.due

    @property
    def untouched(self) -> bool:
        """Whether nobody has done, moved or skipped it."""
        return self.moved_to is None and self.done_on is None and self.skipped_because is None

    @property
    def still_to_do(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.skipped_because is None


MONTHS_AHEAD = 13
"""A year and a month: the same duty a year from now is always in sight."""

_MOST_WORKING_DAYS = 23
_QUARTER_BEGINS = (1, 4, 7, 10)


def problems(duty: RecurringDuty) -> tuple[Problem, ...]:
    """Why a duty gives no days, or ends before it starts."""
    found = []
    number = duty.number
    if duty.rhythm is Rhythm.WORKING_DAY and not 1 <= (number or 0) <= _MOST_WORKING_DAYS:
        found.append(("say which working day of the month it is, from 1 to 23", "number"))
    if duty.rhythm is Rhythm.QUARTERLY and not 1 <= (number or 0) <= _MOST_WORKING_DAYS * 3:
        found.append(("say which working day after the quarter it is, from 1 to 69", "number"))
    if duty.rhythm in (Rhythm.DAY_OF_MONTH, Rhythm.YEARLY) and not 1 <= (number or 0) <= 31:
        found.append(("say which day of the month it is, from 1 to 31", "number"))
    if duty.rhythm is Rhythm.YEARLY and not 1 <= (duty.in_month or 0) <= 12:
        found.append(("say in which month it is, 1 for January to 12 for December", "in_month"))
    if duty.ends is not None and duty.ends < duty.starts:
        found.append((f"it ends on {day_words(duty.ends)}, before it starts", "ends"))
    return tuple(
        Problem(f"{duty.ref}: {words}.", Weight.MUST_FIX, "recurring_duty", duty.id, field)
        for words, field in found
    )


def rule_words(duty: RecurringDuty) -> str:
    """The rule as a person says it: "working day 5 of each month", "31 May of each year"."""
    number = duty.number or 0
    match duty.rhythm:
        case Rhythm.LAST_WORKING_DAY:
            return duty.rhythm.words
        case Rhythm.WORKING_DAY:
            return f"Working day {number} of each month"
        case Rhythm.DAY_OF_MONTH:
            return f"Day {number} of each month"
        case Rhythm.QUARTERLY:
            return f"Working day {number} after each quarter"
        case _:
            month = duty.in_month or 0
            return f"{number} {MONTH_NAMES[month] if 1 <= month <= 12 else 'of no month given'} of each year"


def days_of(duty: RecurringDuty, first: date, last: date, holidays: frozenset[date]) -> tuple[date, ...]:
    """The days on which it falls due from one day to another, both counted, within its own start and end.

    A 31st in a shorter month is its last day, and so is 29 February in a year that has none.
    """
    if problems(duty):
        return ()
    first, last = max(first, duty.starts), min(last, duty.ends or last)
    found = (_day_in(duty, month, holidays) for month in _months(first, last))
    return tuple(sorted({day for day in found if day is not None and first <= day <= last}))


def _months(first: date, last: date) -> Iterator[Month]:
    """From some months before, because the 60th working day after a quarter lies in its third month."""
    if first > last:
        return
    for number in range(max(_counted(first) - 4, _EARLIEST), _counted(last) + 1):
        yield Month(number // 12, number % 12 + 1)


_EARLIEST = 1900 * 12
"""January 1900, before which no month is known, counted as all months are here."""


def _counted(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_in(duty: RecurringDuty, month: Month, holidays: frozenset[date]) -> date | None:
    number = duty.number or 0
    match duty.rhythm:
        case Rhythm.LAST_WORKING_DAY:
            return last_working_day(month, holidays)
        case Rhythm.WORKING_DAY:
            return _numbered(month, number, holidays)
        case Rhythm.DAY_OF_MONTH:
            return month.first.replace(day=min(number, month.days))
        case Rhythm.QUARTERLY if month.number in _QUARTER_BEGINS:
            return _after_quarter(month, number, holidays)
        case Rhythm.YEARLY if month.number == duty.in_month:
            return month.first.replace(day=min(number, month.days))
        case _:
            return None


def _after_quarter(month: Month, number: int, holidays: frozenset[date]) -> date | None:
    """A numbered working day from the first day of a month; None after the calendar's last day."""
    try:
        return add_working_days(month.first - ONE_DAY, number, holidays)
    except OverflowError:
        return None


def _numbered(month: Month, number: int, holidays: frozenset[date]) -> date:
    """A numbered working day; the last one of a month that has fewer."""
    try:
        return nth_working_day(month, number, holidays)
    except ValueError:
        return last_working_day(month, holidays)


@dataclass(frozen=True, slots=True)
class ToBring:
    """What brings a duty's occurrences up to date: days to add, and occurrences its rule gives no longer."""

    add: tuple[date, ...] = ()
    remove: tuple[Occurrence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)


def to_bring(
    duty: RecurringDuty, held: Iterable[Occurrence], today: date, holidays: frozenset[date]
) -> ToBring:
    """The next 13 months by the rule as it is now. What is past, done, moved or skipped stays as it is."""
    if problems(duty):
        return ToBring()
    kept = tuple(held)
    behind = max((one.due for one in kept), default=today)
    first, last = today if behind >= today else behind + ONE_DAY, _ahead(today)
    wanted = days_of(duty, first, last, holidays)
    remove = tuple(one for one in kept if one.untouched and one.due > today and one.due not in wanted)
    staying = [one for one in kept if one not in remove]
    had = {one.due for one in staying}
    served = {_turn(duty, one.due) for one in staying if one.due > today and not one.untouched}
    add = tuple(day for day in wanted if day not in had and _turn(duty, day) not in served)
    return ToBring(add, remove)


def _ahead(today: date) -> date:
    month = Month.of(today).plus(MONTHS_AHEAD)
    return month.first.replace(day=min(today.day, month.days))


def _turn(duty: RecurringDuty, day: date) -> tuple[int, int]:
    """Which turn of the duty a day belongs to, so that one already done or moved is not asked for a second time."""
    return (day.year, 0 if duty.rhythm is Rhythm.YEARLY else day.month)


def shown(occurrence: Occurrence) -> str:
    """How an occurrence stands, in words; one that was moved says from when."""
    if occurrence.done_on is not None:
        return f"Done on {day_words(occurrence.done_on)}"
    if occurrence.skipped_because is not None:
        return f"Skipped: {occurrence.skipped_because}"
    if occurrence.moved_to is not None:
        why = f": {occurrence.moved_because}" if occurrence.moved_because else ""
        return f"Moved from {day_words(occurrence.due)}{why}"
    return "To be done"
