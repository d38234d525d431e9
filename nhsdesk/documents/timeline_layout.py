"""A timeline laid out: events below each other over a scale of months, with today marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhsdesk.documents.model import Timeline
from nhsdesk.documents.shapes import Align, Bar, Label, Line, Room, Shape, Stroke, Type, fitted
from nhsdesk.domain.periods import MONTH_NAMES, Month

_MOST_MARKS = 7
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Months from one mark to the next."""

_FIRST, _LAST = date(1900, 1, 1), date(5000, 1, 1)
"""Days before and after them stand at the edges."""

_ROW = 1.9
_BAR = 0.8
"""Lines of type."""


def height_wanted(line_of: Timeline, line: float) -> float:
    """How high it wants to be, for type with lines of that height."""
    return (max(len(line_of.events), 1) * _ROW + 3) * line


def laid_out(timeline: Timeline, room: Room, of: Type) -> Iterator[Shape]:
    """Its shapes: what happened at the left, the months above, each event with its words beside it."""
    widest = max((of.width_of(event.what[:80]) for event in timeline.events), default=0.0)
    left = min(widest + of.line * 0.8, room.width * 0.34)
    top, bottom = of.line * 2.6, room.height - of.line * 0.2
    marks = _marks(timeline)
    begin, end = marks[0].first, marks[-1].first
    wide = room.width - left - of.width_of("May 2026") / 2

    def x(day: date) -> float:
        return left + wide * min(max((day - begin).days / (end - begin).days, 0), 1)

    for month in marks:
        yield Line(x(month.first), top, x(month.first), bottom, Stroke.GRID)
        words = f"{MONTH_NAMES[month.number][:3]} {month.year}"
        half = of.width_of(words) / 2
        at = min(max(x(month.first), half), room.width - half)
        yield Label(at, of.line * 1.9, words, Align.MIDDLE)
    today = x(timeline.today)
    yield Line(today, top, today, bottom, Stroke.LEVEL)
    half = of.width_of("today") / 2
    yield Label(min(max(today, half), room.width - half), of.line * 0.6, "today", Align.MIDDLE, strong=True)
    high = (bottom - top) / max(len(timeline.events), 1)
    for number, event in enumerate(timeline.events):
        middle = top + high * (number + 0.5)
        yield Label(0, middle, fitted(event.what, left - of.line * 0.6, of), Align.LEFT)
        first, last = x(event.first), x(event.last)
        bar = Bar(
            first, middle - of.line * _BAR / 2, max(last - first, of.line * 0.5), of.line * _BAR, event.look
        )
        yield bar
        yield _told(event.told, bar, middle, left, room, of)


def _told(words: str, bar: Bar, middle: float, left: float, room: Room, of: Type) -> Label:
    """The words of an event on the side where there is more room."""
    gap = of.line * 0.4
    after, before = room.width - bar.left - bar.width - gap, bar.left - left - gap
    if of.width_of(words[:80]) <= after or after >= before:
        return Label(bar.left + bar.width + gap, middle, fitted(words, after, of), Align.LEFT)
    return Label(bar.left - gap, middle, fitted(words, before, of), Align.RIGHT)


def _marks(timeline: Timeline) -> list[Month]:
    """Months from before the first day to after the last, evenly apart and few."""
    days = [timeline.today, *(day for event in timeline.events for day in (event.first, event.last))]
    first, last = Month.of(max(min(days), _FIRST)), Month.of(min(max(days), _LAST)).plus(1)
    months = max((last.year - first.year) * 12 + last.number - first.number, 1)
    step = next((step for step in _STEPS if months / step <= _MOST_MARKS), months)
    marks = [first]
    while marks[-1].first < last.first:
        marks.append(marks[-1].plus(step))
    return marks
