"""A workbook that came back, held against what was sent: each cell whose value is another, by sheet and cell.

    differences(sent, returned) -> what differs, sheet by sheet

Sheets are rows of plain values under their names. Rows put in or taken out are found as such, so that one inserted row
does not make all rows below it differ. Formats play no part; a cell whose value is worked out by a formula is told
apart by the caller and given as `Formula`, which equals whatever stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from nhsdesk.domain.periods import day_words

Rows = Sequence[Sequence[object]]

MOST_ALIGNED = 2_000
"""Rows, after what is alike above and below: more of them are held against each other one by one as they stand."""


class Formula(Enum):
    """A cell whose value a formula gives."""

    RESULT = "worked out by a formula"


RESULT: Final = Formula.RESULT


class Change(Enum):
    """What happened to a cell, row or sheet."""

    CHANGED = "changed"
    ROW_ADDED = "in a row that was added"
    ROW_GONE = "in a row that is gone"
    SHEET_ADDED = "on a sheet that was added"
    SHEET_GONE = "on a sheet that is gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell: its place in the workbook that came back (of what is gone, in the one sent), and both values."""

    sheet: str
    cell: str
    sent: str
    returned: str
    change: Change = Change.CHANGED


def differences(sent: Mapping[str, Rows], returned: Mapping[str, Rows]) -> tuple[Difference, ...]:
    """Every cell that differs, in the order of the sheets sent; added sheets come last."""
    found: list[Difference] = []
    for name, rows in sent.items():
        if name in returned:
            found += _of_sheet(name, rows, returned[name])
        else:
            found += _row_alone(name, rows, 0, Change.SHEET_GONE)
    for name, rows in returned.items():
        if name not in sent:
            found += _row_alone(name, rows, 0, Change.SHEET_ADDED)
    return tuple(found)


def cell_name(row: int, column: int) -> str:
    """The name of a cell by its row and column, both counted from 0: 6 and 2 are C7."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def value_words(value: object) -> str:
    """A value as a person reads it; empty for an empty cell."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return (
                f"{day_words(value.date())} {value:%H:%M}" if value.time() != _MIDNIGHT else day_words(value)
            )
        case date():
            return day_words(value)
        case Decimal():
            return f"{value:f}"
        case Formula():
            return value.value
        case _:
            return str(value)


_MIDNIGHT = datetime.min.time()


def _of_sheet(name: str, sent: Rows, returned: Rows) -> Iterator[Difference]:
    for what, a, a_end, b, b_end in _aligned(_plain(sent), _plain(returned)):
        paired = min(a_end - a, b_end - b) if what == "replace" else 0
        for offset in range(paired):
            yield from _row(name, sent[a + offset], returned[b + offset], b + offset)
        if what != "equal":
            yield from _row_alone(name, sent[a + paired : a_end], a + paired, Change.ROW_GONE)
            yield from _row_alone(name, returned[b + paired : b_end], b + paired, Change.ROW_ADDED)


_Row = tuple[object, ...]
_Step = tuple[str, int, int, int, int]


def _plain(rows: Rows) -> list[_Row]:
    return [tuple(_comparable(value) for value in _trimmed(row)) for row in rows]


def _trimmed(row: Sequence[object]) -> Sequence[object]:
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return row[:end]


def _comparable(value: object) -> object:
    """The same for what reads the same: 1 and 1.00, a day with and without midnight, empty and empty text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, datetime):
        return value.date() if value.time() == _MIDNIGHT else value
    if isinstance(value, Formula):
        return value
    return value


def _aligned(sent: list[_Row], returned: list[_Row]) -> Iterator[_Step]:
    """How one list of rows becomes the other; a formula's result is held against nothing."""
    top = 0
    while top < min(len(sent), len(returned)) and _alike(sent[top], returned[top]):
        top += 1
    low = 0
    while low < min(len(sent), len(returned)) - top and _alike(sent[-1 - low], returned[-1 - low]):
        low += 1
    a, b = len(sent) - low, len(returned) - low
    if a - top == b - top or max(a, b) - top > MOST_ALIGNED:
        yield "replace", top, a, top, b
        return
    matcher = SequenceMatcher(None, sent[top:a], returned[top:b], autojunk=False)
    for what, i, i_end, j, j_end in matcher.get_opcodes():
        yield what, top + i, top + i_end, top + j, top + j_end


def _alike(one: _Row, other: _Row) -> bool:
    if one == other:
        return True
    width = max(len(one), len(other))
    return all(
        _same(one[n] if n < len(one) else None, other[n] if n < len(other) else None) for n in range(width)
    )


def _same(one: object, other: object) -> bool:
    return one == other or isinstance(one, Formula) or isinstance(other, Formula)


def _row(name: str, sent: Sequence[object], returned: Sequence[object], row: int) -> Iterator[Difference]:
    for column in range(max(len(sent), len(returned))):
        before = sent[column] if column < len(sent) else None
        after = returned[column] if column < len(returned) else None
        if not _same(_comparable(before), _comparable(after)):
            yield Difference(name, cell_name(row, column), value_words(before), value_words(after))


def _row_alone(name: str, rows: Rows, first: int, change: Change) -> Iterator[Difference]:
    gone = change in (Change.ROW_GONE, Change.SHEET_GONE)
    for offset, row in enumerate(rows):
        for column, value in enumerate(row):
            if value not in (None, ""):
                words = value_words(value)
                yield Difference(
                    name,
                    cell_name(first + offset, column),
                    words if gone else "",
                    "" if gone else words,
                    change,
                )
