"""Reads what people type into days, times, months and years as they mean it, or says why it cannot."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from nhsdesk.domain.periods import MONTH_NAMES, FinancialYear, Month, Quarter
from nhsdesk.domain.problems import Problem

_LONGEST_QUOTED = 60
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def whole_letters(text: str) -> str:
    """The text with each half of a letter (a lone surrogate, as broken files carry them) shown as unknown."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def quoted(text: str) -> str:
    """What was typed, in quotation marks, cut short where it is long."""
    whole = whole_letters(text)
    return f"“{whole}”" if len(whole) <= _LONGEST_QUOTED else f"“{whole[:_LONGEST_QUOTED]}…”"


def _month_number(word: str) -> int | None:
    """1 to 12 for a month's name or its first three or more letters."""
    word = word.lower().rstrip(".")
    if len(word) < 3:
        return None
    return next((n for n in range(1, 13) if MONTH_NAMES[n].lower().startswith(word)), None)


def _full_year(digits: str | None, fallback: int) -> int:
    if not digits:
        return fallback
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def _day_of(year: int, month: int, number: int, typed: str) -> date | Problem:
    try:
        return date(year, month, number)
    except ValueError:
        if not 1 <= month <= 12:
            return Problem(f"{typed.strip()} is not a day: there is no month {month}.")
        return Problem(f"{typed.strip()} is not a day: there is no {number} in {MONTH_NAMES[month]} {year}.")


_NAMED_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def _relative_day(text: str, today: date) -> date | None:
    if text in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[text])
    if found := re.fullmatch(r"([+-])\s*(\d{1,4})", text):
        days = int(found[2])
        return today + timedelta(days=days if found[1] == "+" else -days)
    if found := re.fullmatch(r"(next\s+)?([a-z]{3,9})", text):
        starts = [n for n, name in enumerate(_DAY_NAMES) if name.startswith(found[2])]
        if len(starts) == 1:
            return today + timedelta(days=(starts[0] - today.weekday() - 1) % 7 + 1)
    return None


class Lean(Enum):
    """Which such day is meant by a day without a year."""

    NEXT = "the next from today on"
    LAST = "the last up to today"
    THIS_YEAR = "the one in this financial year"


def read_day(text: str, today: date, lean: Lean = Lean.NEXT) -> date | Problem:
    """A day from `30/1`, `30/01/2027`, `30 Jan`, `2027-01-30`, `+14`, `next Fri`, `yesterday` or `today`.

    Without a year it is the next such day from `today` on, or the one that the field leans to.
    """
    day = _read_next_day(text, today)
    if isinstance(day, Problem) or lean is Lean.NEXT or day <= today or not _without_year(text):
        return day
    before = _year_before(day)
    this_year = FinancialYear.of(today)
    return before if lean is Lean.LAST or this_year.first <= before <= this_year.last else day


def _without_year(text: str) -> bool:
    """Whether a day and month were written and nothing else."""
    words = " ".join(text.lower().replace(",", " ").split())
    return bool(
        re.fullmatch(
            r"\d{1,2}[/.\-]\d{1,2}|(?:[a-z]{3,9} )?\d{1,2}(?:st|nd|rd|th)?[ \-]?[a-z]{3,9}\.?", words
        )
    )


def _year_before(day: date) -> date:
    years = (day.year - 1,) if (day.month, day.day) != (2, 29) else range(day.year - 1, day.year - 9, -1)
    return next(date(year, day.month, day.day) for year in years if day.day < 29 or _there_is(day, year))


def _there_is(day: date, year: int) -> bool:
    return day.day <= calendar.monthrange(year, day.month)[1]


def _read_next_day(text: str, today: date) -> date | Problem:
    words = " ".join(text.lower().replace(",", " ").split())
    relative = _relative_day(words, today)
    if relative is not None:
        return relative
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return _day_of(int(found[1]), int(found[2]), int(found[3]), text)
    if found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?", words):
        return _dated(int(found[1]), int(found[2]), found[3], text, today)
    if found := re.fullmatch(
        r"(?:[a-z]{3,9} )?(\d{1,2})(?:st|nd|rd|th)?[ \-]?([a-z]{3,9})\.?(?:[ \-](\d{4}|\d{2}))?", words
    ):
        month = _month_number(found[2])
        if month is not None:
            return _dated(int(found[1]), month, found[3], text, today)
    return Problem(f"{quoted(text)} could not be read as a day. Write it as 30 January 2027 or 30/1/2027.")


def _dated(number: int, month: int, year: str | None, typed: str, today: date) -> date | Problem:
    day = _day_of(_full_year(year, today.year), month, number, typed)
    if year is not None or (isinstance(day, date) and day >= today):
        return day
    if (month, number) == (2, 29):
        return _next_leap_day(today)
    return _day_of(today.year + 1, month, number, typed) if isinstance(day, date) else day


def _next_leap_day(today: date) -> date:
    leaps = (date(year, 2, 29) for year in range(today.year, today.year + 9) if calendar.isleap(year))
    return next(day for day in leaps if day >= today)


_MONTHS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-01)?"),
    re.compile(r"(?:01/)?(?P<month>\d{1,2})[/\-](?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]{3,9})\.?[ /\-](?P<year>\d{4}|\d{2})"),
)
_NUMBERED = re.compile(r" \(m\d{1,2}\)$")
"""As months of a claim are shown: "October 2026 (M7)"."""


def read_month(text: str) -> Month | Problem:
    """A month from `2026-10`, `10/2026`, `October 2026`, `Oct 26`, or as a sheet has it: `Oct-26`, `01/10/2026`."""
    words = _NUMBERED.sub("", " ".join(text.lower().split()))
    found = next(filter(None, (pattern.fullmatch(words) for pattern in _MONTHS)), None)
    month, year = (found["month"], found["year"]) if found is not None else ("", "")
    number = int(month) if month.isdecimal() else _month_number(month)
    if number is None or not 1 <= number <= 12 or _full_year(year, 0) < 1900:
        return Problem(f"{quoted(text)} could not be read as a month. Write it as October 2026 or 2026-10.")
    return Month(_full_year(year, 0), number)


def read_financial_year(text: str) -> FinancialYear | Problem:
    """A financial year from `2026/27`, `2026-27` or `2026 to 2027`."""
    found = re.fullmatch(r"(\d{4})\s*(?:/|-|to)\s*(?:\d{2})?(\d{2})", text.strip().lower())
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return Problem(f"{quoted(text)} could not be read as a financial year. Write it as 2026/27.")
    return FinancialYear(int(found[1]))


def read_quarter(text: str) -> Quarter | Problem:
    """A quarter from `2026/27 Q3` or `Q3 2026/27`."""
    words = text.strip().upper()
    found = re.fullmatch(r"(?P<year>\d{4}/\d{2})\s+Q(?P<n>[1-4])", words) or re.fullmatch(
        r"Q(?P<n>[1-4])\s+(?P<year>\d{4}/\d{2})", words
    )
    year = read_financial_year(found["year"]) if found else None
    if found is None or not isinstance(year, FinancialYear):
        return Problem(f"{quoted(text)} could not be read as a quarter. Write it as 2026/27 Q3.")
    return Quarter(year, int(found["n"]))


def read_time(text: str) -> time | Problem:
    """A time of day from `17:30`, `5pm`, `5.30pm` or `midday`."""
    words = text.strip().lower().replace(" ", "")
    named = {"midday": time(12), "noon": time(12), "midnight": time(0)}
    if words in named:
        return named[words]
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?", words)
    if found and (found[2] or found[3]):
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        elif found[3]:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return Problem(f"{quoted(text)} could not be read as a time. Write it as 17:30 or 5:30pm.")


def read_moment(text: str) -> datetime | Problem:
    """A moment from its ISO form with an offset, as files carry it."""
    try:
        moment = datetime.fromisoformat(text.strip())
        in_utc = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        in_utc = None
    if in_utc is None:
        return Problem(f"{quoted(text)} could not be read as a date and time with its time zone.")
    return in_utc
