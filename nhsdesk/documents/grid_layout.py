"""A grid laid out: its squares with their words, the rows' names at the left and the columns' above."""

from __future__ import annotations

from collections.abc import Iterator

from nhsdesk.documents.model import Grid, Shade
from nhsdesk.documents.shapes import Align, Ground, Label, Line, Room, Shape, Stroke, Type, fitted

_ROW = 1.8
"""Lines of type that a row takes."""

_MOST_HEADING = 2
"""Lines of a column's name."""

_NARROW_COLUMN = 8
"""Lines of type: a column need be no wider for the names of the rows to stand whole."""


def height_wanted(grid: Grid, line: float) -> float:
    """How high it wants to be, for type with lines of that height."""
    return (len(grid.rows) * _ROW + _MOST_HEADING + 0.4) * line


def laid_out(grid: Grid, room: Room, of: Type) -> Iterator[Shape]:
    """Its shapes. Rows share the height that the names of the columns leave."""
    widest = max((of.width_of(row[:80]) for row in grid.rows), default=0.0)
    most = max(room.width * 0.42, room.width - len(grid.columns) * _NARROW_COLUMN * of.line)
    left = min(widest + of.line * 0.6, most)
    step = (room.width - left) / max(len(grid.columns), 1)
    top = (_MOST_HEADING + 0.2) * of.line
    high = (room.height - top) / max(len(grid.rows), 1)
    for place, column in enumerate(grid.columns):
        lines = _broken(column, step - of.line * 0.4, of)
        for number, words in enumerate(lines):
            middle = top - (len(lines) - number - 0.4) * of.line
            yield Label(left + step * (place + 0.5), middle, words, Align.MIDDLE, strong=True)
    for number, (row, squares) in enumerate(zip(grid.rows, grid.squares, strict=True)):
        begin = top + high * number
        yield Line(0, begin, room.width, begin, Stroke.GRID)
        middle = begin + high / 2
        yield Label(0, middle, fitted(row, left - of.line * 0.4, of), Align.LEFT)
        for place, square in enumerate(squares):
            at = left + step * place
            yield Ground(at + 1, begin + 1, step - 2, high - 2, square.shade)
            words = fitted(square.words, step - of.line * 0.4, of)
            light = square.shade is Shade.DARK
            yield Label(at + step / 2, middle, words, Align.MIDDLE, light=light)


def _broken(words: str, room: float, of: Type) -> list[str]:
    """A name in lines, as many as there may be."""
    lines: list[str] = []
    for word in words[:200].split():
        if lines and of.width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    kept = lines[:_MOST_HEADING]
    if len(lines) > _MOST_HEADING:
        kept[-1] = f"{kept[-1]}…"
    return [fitted(line, room, of) for line in kept]
