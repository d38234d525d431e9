"""A picture laid out: shapes at their places, for whoever draws it in a window, on paper or for a browser.

    for shape in charts.laid_out(chart, Room(640, 260), Type(width_of, 12)):
        ...

`Type` says how wide words are in the painter's own type. Grids and timelines are laid out in modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nhsdesk.documents import grid_layout, timeline_layout
from nhsdesk.documents.model import BarLook, CellKind, Chart, Grid, Picture, Series, Timeline
from nhsdesk.documents.shapes import Align, Bar, Dot, Label, Line, Room, Shape, Stroke, Type, fitted
from nhsdesk.domain.money import Money

MOST_TICKS = 5
BAR_SHARE = 0.62
"""Of the room for one name, how much its bar takes."""


def laid_out(picture: Picture, room: Room, of: Type) -> tuple[Shape, ...]:
    """Every shape of a picture, in the order in which they are drawn."""
    match picture:
        case Grid():
            return tuple(grid_layout.laid_out(picture, room, of))
        case Timeline():
            return tuple(timeline_layout.laid_out(picture, room, of))
        case Chart(joined=True):
            return tuple(_joined(picture, room, of))
        case Chart(sideways=True):
            return tuple(_lying(picture, room, of))
        case Chart():
            return tuple(_standing(picture, room, of))


def height_wanted(picture: Picture, line: float) -> float:
    """How high a picture wants to be, for type with lines of that height."""
    match picture:
        case Grid():
            return grid_layout.height_wanted(picture, line)
        case Timeline():
            return timeline_layout.height_wanted(picture, line)
        case Chart(sideways=True):
            return (len(picture.names) * 1.7 + 2.2 * (len(picture.series) > 1)) * line + line
        case Chart():
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


# ---- bars that stand, and lines


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the plot lies, and what its heights mean."""

    left: float
    right: float
    top: float
    bottom: float
    marks: list[float]
    words: list[str]

    def y(self, value: float) -> float:
        high = self.marks[-1] - self.marks[0]
        return self.bottom - (self.bottom - self.top) * (value - self.marks[0]) / high


def _scale(chart: Chart, reach: tuple[float, float], beside: Sequence[str], room: Room, of: Type) -> _Scale:
    """The plot with its scale at the left and room for words at the right."""
    marks = ticks(*reach)
    words = [_tick_words(chart, mark) for mark in marks]
    keyed = len(chart.series) > 1 and not chart.joined
    return _Scale(
        left=max(map(of.width_of, words)) + of.line * 0.6,
        right=room.width - max((of.width_of(line) + of.line * 0.9 for line in beside), default=0.0),
        top=of.line * (2.2 if keyed else 0.8),
        bottom=room.height - of.line * 1.5,
        marks=marks,
        words=words,
    )


def _frame(chart: Chart, scale: _Scale, of: Type) -> Iterator[Shape]:
    """The grid with its figures, and the names below."""
    for mark, label in zip(scale.marks, scale.words, strict=True):
        stroke = Stroke.AXIS if mark == 0 else Stroke.GRID
        yield Line(scale.left, scale.y(mark), scale.right, scale.y(mark), stroke)
        yield Label(scale.left - of.line * 0.4, scale.y(mark), label, Align.RIGHT)
    step = (scale.right - scale.left) / max(len(chart.names), 1)
    for place, short in enumerate(chart.short):
        below = fitted(short, step, of)
        yield Label(scale.left + step * (place + 0.5), scale.bottom + of.line * 0.8, below, Align.MIDDLE)


def _standing(chart: Chart, room: Room, of: Type) -> Iterator[Shape]:
    beside = [] if chart.level is None else chart.level.words.split("\n")
    scale = _scale(chart, _reach(chart), beside, room, of)
    yield from _key(chart, scale.left, of)
    yield from _frame(chart, scale, of)
    step = (scale.right - scale.left) / max(len(chart.names), 1)
    for place in range(len(chart.names)):
        left = scale.left + step * (place + 0.5 - BAR_SHARE / 2)
        for low, up, look in _parts(chart.series, place):
            if up > low:
                yield Bar(left, scale.y(up), step * BAR_SHARE, scale.y(low) - scale.y(up), look)
    yield from _level(chart, scale, of)


def _level(chart: Chart, scale: _Scale, of: Type) -> Iterator[Shape]:
    if chart.level is None:
        return
    across = scale.y(_size(chart.level.value))
    yield Line(scale.left, across, scale.right, across, Stroke.LEVEL)
    beside = chart.level.words.split("\n")
    for number, line in enumerate(beside):
        middle = across + (number - (len(beside) - 1) / 2) * of.line
        yield Label(scale.right + of.line * 0.4, middle, line, Align.LEFT, strong=True)


def _joined(chart: Chart, room: Room, of: Type) -> Iterator[Shape]:
    """Each series as points joined by a line, with its name beside its last point."""
    sizes = [_size(value) for one in chart.series for value in one.values if value is not None]
    level = [] if chart.level is None else [_size(chart.level.value)]
    names = [fitted(one.name, room.width * 0.3, of) for one in chart.series]
    beside = [*names, *([] if chart.level is None else chart.level.words.split("\n"))]
    scale = _scale(chart, (min([0.0, *sizes]), max([0.0, *sizes, *level])), beside, room, of)
    yield from _frame(chart, scale, of)
    yield from _level(chart, scale, of)
    step = (scale.right - scale.left) / max(len(chart.names), 1)
    ends: list[tuple[float, str]] = []
    for one, name in zip(chart.series, names, strict=True):
        points = [
            (scale.left + step * (place + 0.5), scale.y(_size(value)), place)
            for place, value in enumerate(one.values)
            if value is not None
        ]
        for (left, top, before), (right, bottom, after) in pairwise(points):
            if after == before + 1:  # nothing is drawn over what is not known
                yield Line(left, top, right, bottom, Stroke(one.look.value))
        yield from (Dot(left, top, of.line * 0.25, one.look) for left, top, _ in points)
        ends += [(points[-1][1], name)] if points else []
    lowest = -of.line
    for middle, name in sorted(ends):
        lowest = max(middle, lowest + of.line)
        yield Label(scale.right + of.line * 0.4, lowest, name, Align.LEFT, strong=True)


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
        yield Label(left - of.line * 0.4, middle, fitted(short, left - of.line * 0.4, of), Align.RIGHT)
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
