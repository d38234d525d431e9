"""What a sheet of a workbook holds, told apart for showing: words above, headings, rows and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from nhsdesk.domain.periods import day_words

Value = str | int | Decimal | date | datetime | bool | None

_MOST_PLACES = 4
_HEADINGS = 3
"""Where the headings of a table stand, counted from 0: under a title, an introduction and an empty row."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet: its name, the words above its table, and the table; a cover has words alone."""

    name: str
    words: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    amounts: tuple[bool, ...] = ()
    """Which columns hold amounts, which are lined up at the right."""


def sheet_rows(name: str, grid: Sequence[Sequence[Value]]) -> SheetRows:
    """A sheet as it is shown."""
    if not _has_table(grid):
        return SheetRows(name, tuple(str(row[0]) for row in grid if row and row[0] is not None))
    headings = tuple(str(cell) for cell in grid[_HEADINGS])
    rows = grid[_HEADINGS + 1 :]
    columns = [[row[place] for row in rows] for place in range(len(headings))]
    amounts = tuple(any(_counts(value) for value in column) for column in columns)
    shown = [
        [_shown(value, places) for value in column]
        for column, places in zip(columns, map(_places, headings, columns), strict=True)
    ]
    above = tuple(str(row[0]) for row in grid[:_HEADINGS] if row[0] is not None)
    return SheetRows(name, above, headings, tuple(zip(*shown, strict=True)), amounts)


def _has_table(grid: Sequence[Sequence[Value]]) -> bool:
    """Every table of ours has two columns or more, and a heading over each."""
    return len(grid) > _HEADINGS and len(grid[_HEADINGS]) > 1 and None not in grid[_HEADINGS]


def _counts(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _places(heading: str, column: Sequence[Value]) -> int:
    """As a workbook of ours shows them: two for money and hours; else as many as the longest has, within reason."""
    if "£" in heading or heading.startswith("Hours"):
        return 2
    return max((_length(value) for value in column if isinstance(value, Decimal)), default=0)


def _length(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(_MOST_PLACES, -exponent) if isinstance(exponent, int) and exponent < 0 else 0


def _shown(value: Value, places: int) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case int() | Decimal():
            return f"{value:,.{places}f}"
        case date():
            return day_words(value)
        case _:
            return value
