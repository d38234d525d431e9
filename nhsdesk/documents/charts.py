"""A chart laid out: bars, lines and words at their places, for whoever draws it in a window or on paper.

    for shape in charts.laid_out(chart, Room(640, 260), Type(width_of, 12)):
        ...

Places are measured from the top left corner; `Type` says how wide words are in the painter's own type. Nothing here
knows a colour: a painter gives each look its own, and stripes or outlines tell the parts apart in grey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from nhsdesk.documents.model import BarLook, CellKind, Chart, Series
from nhsdesk.domain.money import Money

MOST_TICKS = 5
BAR_SHARE = 0.62
"""Of the room for one name, how much its bar takes."""


_LONGEST = 80
"""Characters of a name beside a bar."""


class Align(Enum):
    """Which end of the words stands at their place."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Stroke(Enum):
    """What a line is for."""

    GRID = "grid"
    AXIS = "axis"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar."""

    left: float
    top: float
    width: float
    height: float
    look: BarLook


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    left: float
    top: float
    right: float
    bottom: float
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Label:
    """Words, vertically in the middle of their place."""

    left: float
    middle: float
    words: str
    align: Align
    strong: bool = False


Shape = Bar | Line | Label


@dataclass(frozen=True, slots=True)
class Room:
    """How large a drawing may be."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Type:
    """The painter's type: how wide words are in it, and how high a line."""

    width_of: Callable[[str], float]
    line: float


def laid_out(chart: Chart, room: Room, of: Type) -> tuple[Shape, ...]:
    """Every shape of a chart, in the order in which they are drawn."""
    return tuple(_lying(chart, room, of) if chart.sideways else _standing(chart, room, of))


def height_wanted(chart: Chart, line: float) -> float:
    """How high a chart wants to be, for type with lines of that height."""
    if chart.sideways:
        return (len(chart.names) * 1.7 + 2.2 * (len(chart.series) > 1)) * line + line
    return 15 * line


def short_pounds(value: float) -> str:
    """An amount of pence for a scale: "£120k", "£1.5m", "-£2k"."""
    sign, pounds = ("-" if value < 0 else ""), abs(value) / 100
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if pounds >= size:
            return f"{sign}£{pounds / size:g}{letter}"
    return f"{sign}£{pounds:g}"


def ticks(least: float, most: float) -> list[float]:
    """Round values from nought or below up to the first at or above the most."""
    step = _round_step(max(most - least, 1) / MOST_TICKS)
    first = int(least // step) if least < 0 else 0
    found = [first * step]
    while found[-1] < most:
        found.append(found[-1] + step)
    return found if len(found) > 1 else [*found, found[-1] + step]


def _round_step(least: float) -> float:
    size = 1.0
    while size * 10 <= least:
        size *= 10
    return next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= least)


# ---- what the values come to


def _size(value: Money | int | Decimal | None) -> float:
    return float(value.pence) if isinstance(value, Money) else float(value or 0)


def _reach(chart: Chart) -> tuple[float, float]:
    """The lowest and highest point of any stack, and of the line across."""
    lows, highs = [0.0], [0.0]
    for place in range(len(chart.names)):
        sizes = [_size(one.values[place]) for one in chart.series]
        lows.append(sum(size for size in sizes if size < 0))
        highs.append(sum(size for size in sizes if size > 0))
    if chart.level is not None:
        highs.append(_size(chart.level.value))
    return min(lows), max(highs)


def _parts(series: Sequence[Series], place: int) -> Iterator[tuple[float, float, BarLook]]:
    """From where to where each part of a stack goes; what is below nought grows downwards."""
    up = down = 0.0
    for one in series:
        size = _size(one.values[place])
        if size >= 0:
            yield up, up + size, one.look
            up += size
        else:
            yield down + size, down, one.look
            down += size


def _tick_words(chart: Chart, value: float) -> str:
    return short_pounds(value) if chart.kind.value == "money" else f"{value:g}"


# ---- bars that stand


def _standing(chart: Chart, room: Room, of: Type) -> Iterator[Shape]:
    marks = ticks(*_reach(chart))
    words = [_tick_words(chart, mark) for mark in marks]
    left = max(map(of.width_of, words)) + of.line * 0.6
    beside = [] if chart.level is None else chart.level.words.split("\n")
    right = room.width - max((of.width_of(line) + of.line * 0.5 for line in beside), default=0.0)
    top = of.line * (2.2 if len(chart.series) > 1 else 0.8)
    bottom = room.height - of.line * 1.5
    high = marks[-1] - marks[0]

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - marks[0]) / high

    yield from _key(chart, left, of)
    for mark, label in zip(marks, words, strict=True):
        yield Line(left, y(mark), right, y(mark), Stroke.AXIS if mark == 0 else Stroke.GRID)
        yield Label(left - of.line * 0.4, y(mark), label, Align.RIGHT)
    step = (right - left) / max(len(chart.names), 1)
    for place, short in enumerate(chart.short):
        middle = left + step * (place + 0.5)
        for low, up, look in _parts(chart.series, place):
            if up > low:
                yield Bar(middle - step * BAR_SHARE / 2, y(up), step * BAR_SHARE, y(low) - y(up), look)
        yield Label(middle, bottom + of.line * 0.8, short, Align.MIDDLE)
    if chart.level is not None:
        across = y(_size(chart.level.value))
        yield Line(left, across, right, across, Stroke.LEVEL)
        for number, line in enumerate(beside):
            middle = across + (number - (len(beside) - 1) / 2) * of.line
            yield Label(right + of.line * 0.4, middle, line, Align.LEFT, strong=True)


def _key(chart: Chart, left: float, of: Type) -> Iterator[Shape]:
    """Which look is which series, in words; nothing where there is only one."""
    if len(chart.series) < 2:
        return
    for one in chart.series:
        yield Bar(left, of.line * 0.15, of.line * 1.2, of.line * 0.7, one.look)
        yield Label(left + of.line * 1.5, of.line * 0.5, one.name, Align.LEFT)
        left += of.line * 2.6 + of.width_of(one.name)


# ---- bars that lie


def _lying(chart: Chart, room: Room, of: Type) -> Iterator[Shape]:
    least, most = _reach(chart)
    totals = [_total_words(chart, place) for place in range(len(chart.names))]
    widest = max((of.width_of(short) for short in chart.short), default=0.0)
    left = min(widest + of.line * 0.6, room.width * 0.45)
    right = room.width - max((of.width_of(total) for total in totals), default=0.0) - of.line * 0.6
    top = of.line * (2.2 if len(chart.series) > 1 else 0.4)
    step = (room.height - top - of.line * 0.4) / max(len(chart.names), 1)
    wide = max(most - least, 1)

    def x(value: float) -> float:
        return left + max(right - left, 1) * (value - least) / wide

    yield from _key(chart, left, of)
    for place, short in enumerate(chart.short):
        middle = top + step * (place + 0.5)
        yield Label(left - of.line * 0.4, middle, _fitted(short, left - of.line * 0.4, of), Align.RIGHT)
        end = x(0)
        for low, up, look in _parts(chart.series, place):
            if up > low:
                yield Bar(x(low), middle - step * BAR_SHARE / 2, x(up) - x(low), step * BAR_SHARE, look)
                end = max(end, x(up))
        yield Label(end + of.line * 0.4, middle, totals[place], Align.LEFT)
    yield Line(x(0), top, x(0), room.height - of.line * 0.4, Stroke.AXIS)


def _total_words(chart: Chart, place: int) -> str:
    whole = sum(_size(one.values[place]) for one in chart.series)
    if chart.kind is CellKind.DECIMAL:
        return f"{whole:,.1f}"
    return str(Money(int(whole))) if chart.kind is CellKind.MONEY else f"{int(whole):,}"


def _fitted(words: str, room: float, of: Type) -> str:
    """The words, cut short where the room is less; the table has them whole."""
    words = words[:_LONGEST]
    if of.width_of(words) <= room:
        return words
    while words and of.width_of(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"
