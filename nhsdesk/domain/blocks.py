"""A block pasted from a spreadsheet or read from a file: which column holds what, and what each row says.

    block = blocks.of_rows(rows, wanted, remembered)
    columns = blocks.guess(block, wanted, remembered)
    reading = blocks.look(block, wanted, columns, today)

Nothing here is written anywhere, and nothing that tells of a person comes through: see `block_headings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk.domain import kinds, times
from nhsdesk.domain.block_cells import DayOrder, figure, is_nothing, order_of, read_cell
from nhsdesk.domain.block_headings import Block, Wanted, guess, of_rows
from nhsdesk.domain.problems import Problem, Weight

__all__ = [
    "Block",
    "DayOrder",
    "Reading",
    "Row",
    "Wanted",
    "as_words",
    "guess",
    "look",
    "of_rows",
    "read",
    "total_of",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: its number in the source, a value for each field that has a column, and what is wrong."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a block says: rows, rows of totals apart, what was left out, and columns of days to be asked about."""

    rows: tuple[Row, ...] = ()
    totals: tuple[Row, ...] = ()
    told: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()


def read(block: Block, wanted: Sequence[Wanted], columns: Mapping[str, int], today: date) -> tuple[Row, ...]:
    """The rows that say something; empty rows and rows of totals are left out."""
    return look(block, wanted, columns, today).rows


def look(
    block: Block,
    wanted: Sequence[Wanted],
    columns: Mapping[str, int],
    today: date,
    orders: Mapping[str, DayOrder] | None = None,
) -> Reading:
    """All that a block says, read by these columns; `orders` settles columns of days that can be read both ways."""
    taken = [one for one in wanted if one.name in columns]
    if not taken:
        return Reading(told=_told_of(block, 0, 0))
    settled = {one.name: _order(block, columns[one.name], one, orders or {}) for one in taken}
    found = _Found(block, taken, columns, settled, today)
    for number, row in enumerate(block.rows, block.first_row):
        found.take(number, row)
    found.set_total_apart()
    told = _told_of(block, len(found.totals), found.repeated)
    unsettled = tuple(
        one.name for one in taken if isinstance(one.kind, times.Day) and settled[one.name] is None
    )
    return Reading(tuple(found.rows), tuple(found.totals), told, unsettled)


def _order(block: Block, column: int, wanted: Wanted, orders: Mapping[str, DayOrder]) -> DayOrder | None:
    if not isinstance(wanted.kind, times.Day):
        return None
    return orders.get(wanted.name) or order_of(row[column] for row in block.rows)


@dataclass(slots=True)
class _Found:
    """What was found so far, row by row."""

    block: Block
    wanted: Sequence[Wanted]
    columns: Mapping[str, int]
    orders: Mapping[str, DayOrder | None]
    today: date
    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    repeated: int = 0

    def take(self, number: int, cells: tuple[str, ...]) -> None:
        """Reads one row of the block."""
        if all(is_nothing(cells[column]) for column in self.columns.values()) and not is_total(cells):
            return
        if cells == self.block.headings:
            self.repeated += 1
        elif is_total(cells):
            self.totals.append(self._read(number, cells, total=True))
        else:
            self.rows.append(self._read(number, cells))

    def set_total_apart(self) -> None:
        """A last row that names nothing and only adds up those above is a total, though it does not say so."""
        named = [one for one in self.wanted if isinstance(one.kind, kinds.Text)]
        summed = [one for one in self.wanted if isinstance(one.kind, kinds.Pounds)]
        if len(self.rows) < 2 or not named or not summed:
            return
        last = self.rows[-1]
        if any(last.values.get(one.name) for one in named):
            return
        told = [one for one in summed if last.values.get(one.name) is not None]
        if told and all(self._adds_up(one.name, last) for one in told):
            self.totals.append(replace(self.rows.pop(), problems=()))

    def _adds_up(self, name: str, last: Row) -> bool:
        amounts = (row.values.get(name) for row in self.rows[:-1])
        return bool(sum(one.pence for one in amounts if one is not None) == last.values[name].pence)

    def _read(self, number: int, cells: tuple[str, ...], *, total: bool = False) -> Row:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for one in self.wanted:
            value = read_cell(one.kind, cells[self.columns[one.name]], self.orders[one.name], self.today)
            if isinstance(value, Problem):
                problems.append(_of_row(number, one, value.sentence))
                value = None
            elif value is None and one.needed:
                problems.append(_of_row(number, one, f"“{one.label}” is empty."))
            values[one.name] = value
        return Row(number, values, () if total else tuple(problems))


def _of_row(number: int, wanted: Wanted, sentence: str) -> Problem:
    return Problem(f"Row {number:,}, {wanted.label}: {sentence}", Weight.MUST_FIX, "", number, wanted.name)


_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|pcn|net|gross|month|monthly|page|report)[ -]*)*totals?\b.*", re.I
)
_ENDS_IN_TOTAL = re.compile(r".*\btotals?:?", re.I)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row says of itself that it is a total: its first words do, and hardly any others stand in it."""
    words = [cell for cell in cells if cell and figure(cell) is None and not is_nothing(cell)]
    if not words or len(words) > 3:
        return False
    return bool(_TOTAL.fullmatch(words[0]) or _ENDS_IN_TOTAL.fullmatch(words[0]))


def _told_of(block: Block, totals: int, repeated: int) -> tuple[str, ...]:
    return tuple(_sentences(block, totals, repeated))


def _sentences(block: Block, totals: int, repeated: int) -> Iterator[str]:
    if block.left_behind:
        which = ", ".join(f"“{one[:40]}”" for one in block.left_behind[:6])
        more = f" and {len(block.left_behind) - 6} more" if len(block.left_behind) > 6 else ""
        yield f"Left behind, because they tell of persons: {which}{more}."
    if block.masked:
        cells = "1 cell" if block.masked == 1 else f"{block.masked:,} cells"
        yield f"{cells} with what may be an NHS or national insurance number left behind."
    if totals:
        yield "1 row of totals is not a line." if totals == 1 else f"{totals:,} rows of totals are not lines."
    if repeated:
        yield "Headings that are repeated further down are left out."


def total_of(reading: Reading, name: str) -> Any | None:
    """The figure that the last row of totals states for a field; None where none does."""
    stated = [row.values.get(name) for row in reading.totals]
    return next((one for one in reversed(stated) if one is not None), None)


def as_words(value: str | int | Decimal | date | bool | None) -> str:
    """A cell of a workbook as the words that stand in it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)
