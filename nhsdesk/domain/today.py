"""What a person has to do today, this week and next: which lines are theirs, how they stand, and in which words.

    for_me(lines, me)       those of one role, and those that concern everybody
    pressing(lines, today)  late, or due by the end of next week, the oldest first

A line is an entry, a paper or a page with its day. Whose it is nobody guesses: without an owner it is nobody's yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.action_log import sunday
from nhsdesk.domain.kinds import NEW, Choice, Id, Tone
from nhsdesk.domain.periods import MONTH_NAMES, day_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class When(Choice):
    """How a day stands to today."""

    LATE = "overdue"
    WEEK = "due this week"
    NEXT = "due next week"
    LATER = "due later"


@dataclass(frozen=True, slots=True)
class Opens:
    """What a line leads to: an entry, else a paper by its key, else a page of the window."""

    kind: str = ""
    id: Id = NEW
    paper: str = ""
    place: str = ""
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: its reference, what it is, how it stands in words, and what it opens."""

    ref: str
    what: str
    told: str
    tone: Tone
    opens: Opens
    on: date | None = None
    whose: frozenset[Id] | None = None
    """The roles it is for; empty while it is nobody's yet, None where it concerns everybody."""
    stands_for: int = 1
    """How many things it tells of at once."""


def when(on: date, today: date) -> When:
    """Late, or in which week; a week ends on Sunday."""
    if on < today:
        return When.LATE
    ends = sunday(today)
    if on <= ends:
        return When.WEEK
    return When.NEXT if on <= ends + timedelta(days=7) else When.LATER


def stands(on: date, today: date, does: str = "Due") -> str:
    """How a day stands: "14 days overdue", "Due today", "Due Monday", "Due 11 December"."""
    days = (on - today).days
    if days < 0:
        return f"{-days:,} {'day' if days == -1 else 'days'} overdue"
    return f"{does} {day_in_short(on, today)}"


def day_in_short(on: date, today: date) -> str:
    """A day to come or past as people say it: "today", "Monday", "11 December"; its year where it is another."""
    days = (on - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    if -7 < days < 7:
        return WEEKDAYS[on.weekday()]
    return f"{on.day} {MONTH_NAMES[on.month]}" if on.year == today.year else day_words(on)


_TONES = {When.LATE: Tone.BAD, When.WEEK: Tone.WARN, When.NEXT: Tone.GREY, When.LATER: Tone.GREY}


def tone(on: date, today: date) -> Tone:
    """How pressing a day is."""
    return _TONES[when(on, today)]


def due_line(
    opens: Opens, ref: str, what: str, on: date, today: date, whose: frozenset[Id] | None, does: str = "Due"
) -> Line:
    """A line of something due on a day."""
    return Line(ref, what, stands(on, today, does), tone(on, today), opens, on, whose)


def pressing(lines: Iterable[Line], today: date) -> tuple[Line, ...]:
    """Those that are late or due by the end of next week, the oldest first; what has no day stands last."""
    near = [one for one in lines if one.on is None or when(one.on, today) is not When.LATER]
    return tuple(sorted(near, key=lambda one: (one.on or date.max, one.ref)))


def for_me(lines: Iterable[Line], me: Id | None) -> tuple[Line, ...]:
    """Those of one role and those of everybody; all of them where nobody said who they are."""
    return tuple(one for one in lines if me is None or one.whose is None or me in one.whose)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many lines are not shown to somebody because they are for others, or for nobody yet."""

    others: int
    nobody: int

    @property
    def words(self) -> str:
        """In a sentence; empty where none is left out."""
        told = [f"{self.others:,} for others"] if self.others else []
        told += [f"{self.nobody:,} for nobody yet"] if self.nobody else []
        return f"Not shown: {' and '.join(told)}. Choose “Everybody” to see all." if told else ""


def left_out(lines: Iterable[Line], me: Id | None) -> LeftOut:
    """What `for_me` leaves out."""
    hidden = [] if me is None else [one for one in lines if one.whose is not None and me not in one.whose]
    nobody = sum(not one.whose for one in hidden)
    return LeftOut(len(hidden) - nobody, nobody)


def counts(lines: Iterable[Line], today: date) -> dict[When, int]:
    """How many are late, due this week and due next week."""
    found = dict.fromkeys((When.LATE, When.WEEK, When.NEXT), 0)
    for one in lines:
        if one.on is not None and (at := when(one.on, today)) in found:
            found[at] += 1
    return found


def in_short(lines: Sequence[Line], today: date) -> str:
    """The head of the page: "3 overdue, 5 due this week, 2 due next week."."""
    found = [f"{number:,} {at.value}" for at, number in counts(lines, today).items() if number]
    return (
        f"{', '.join(found)}." if found else "Nothing is overdue, and nothing is due by the end of next week."
    )
