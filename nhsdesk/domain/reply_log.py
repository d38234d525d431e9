"""The reply log: what its lines may say, the five-working-day clock, and what of it partners may be shown.

"Trusts respond within five working days" is the 2026 arrangement for advice requests; the 2025/26 framework had ten
days. No patient is ever in it: a line counts requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain import privacy
from nhsdesk.domain.assessments import ReplyLine
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.working_days import add_working_days, working_days_between

WORKING_DAYS = 5

_PARTS = (
    ("in_time", "were replied to within 5 working days"),
    ("usable", "had a usable reply"),
    ("returned", "came back as work"),
)


def answer_due(asked_on: date, holidays: frozenset[date]) -> date:
    """The last day on which a reply is in time: the fifth working day after it was asked."""
    return add_working_days(asked_on, WORKING_DAYS, holidays)


def replied_in_time(asked_on: date, replied_on: date, holidays: frozenset[date]) -> bool:
    """Whether a reply came within five working days; the day of asking is not counted."""
    return replied_on <= answer_due(asked_on, holidays)


def days_late(asked_on: date, replied_on: date, holidays: frozenset[date]) -> int:
    """By how many working days a reply came late; none where it was in time."""
    return working_days_between(answer_due(asked_on, holidays), replied_on, holidays)


def problems(lines: Iterable[ReplyLine], this_month: Month) -> tuple[Problem, ...]:
    """Lines that cannot be so: parts larger than the whole, months to come, the same thing counted twice."""
    found: list[Problem] = []
    seen: dict[tuple[int, str, Month], ReplyLine] = {}
    for line in lines:
        found.extend(line_problems(line, this_month))
        key = (line.practice, " ".join(line.specialty.split()).casefold(), line.month)
        if key in seen:
            found.append(
                _must(line, f"practice, specialty and month are those of {seen[key].ref}. Keep one.", "month")
            )
        seen.setdefault(key, line)
    return tuple(found)


def line_problems(line: ReplyLine, this_month: Month) -> tuple[Problem, ...]:
    """What is wrong with one line by itself."""
    found = []
    if line.asked < 0:
        found.append(_must(line, f"{line.asked:,} asked cannot be.", "asked"))
    for name, words in _PARTS:
        part = getattr(line, name)
        if part is not None and not 0 <= part <= max(line.asked, 0):
            found.append(_must(line, f"{part:,} {words}, of {line.asked:,} that were asked.", name))
    if line.month > this_month:
        found.append(_must(line, f"{line.month.words} has not begun.", "month"))
    return tuple(found)


def _must(line: ReplyLine, words: str, name: str) -> Problem:
    return Problem(f"{line.ref}: {words}", Weight.MUST_FIX, "reply_line", line.id, name)


# ---- what partners may be shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as partners may see it: None where a count is not known or is withheld."""

    line: ReplyLine
    asked: int | None
    in_time: int | None
    usable: int | None
    returned: int | None

    @property
    def withheld(self) -> bool:
        """Whether a count that is known is not shown."""
        names = ("asked", *(name for name, _ in _PARTS))
        return any(getattr(self, name) is None and getattr(self.line, name) is not None for name in names)


@dataclass(frozen=True, slots=True)
class MonthShown:
    """The lines of one month as partners may see them, and all that were asked unless that would tell."""

    month: Month
    lines: tuple[Shown, ...]
    asked: int | None


def shown(lines: Sequence[ReplyLine], smallest: int) -> tuple[MonthShown, ...]:
    """Month by month what may be shown, so that a month is the same in every paper that holds it.

    A part is shown only where both it and what it leaves of the whole reach the smallest number: 29 of 31 would
    tell of two. Parts have no totals but those of the lines that show them, from which nothing more follows.
    """
    found = []
    for month in sorted({line.month for line in lines}):
        held = [line for line in lines if line.month == month]
        groups = privacy.suppress({str(n): line.asked for n, line in enumerate(held)}, smallest)
        of_month = tuple(_line_shown(line, groups.shown[str(n)], smallest) for n, line in enumerate(held))
        found.append(MonthShown(month, of_month, groups.total))
    return tuple(found)


def _line_shown(line: ReplyLine, asked: int | None, smallest: int) -> Shown:
    parts = {name: _part_shown(getattr(line, name), asked, smallest) for name, _ in _PARTS}
    return Shown(line, asked, **parts)


def _part_shown(part: int | None, asked: int | None, smallest: int) -> int | None:
    if part is None or asked is None or part < smallest or asked - part < smallest:
        return None
    return part


def share(part: int | None, whole: int | None) -> Decimal | None:
    """A share in per cent with one decimal; None where a count is not shown."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))
