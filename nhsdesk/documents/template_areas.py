"""Areas of a sheet, such as B5:H20: what they cover, and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhsdesk.documents.template_xml import LAST_COLUMN, LAST_ROW, column_number, reference

_PLAIN = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")
"""As a workbook writes nearly all of them, of which there may be thousands."""
_AREA = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d{1,7})?(?::(\$?)([A-Za-z]{1,3})?(\$?)(\d{1,7})?)?")


@dataclass(frozen=True, slots=True)
class Area:
    """From the first row and column to the last, all counted from 1 and all included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether any cell lies in both."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def __str__(self) -> str:
        first, last = reference(self.top, self.left), reference(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


EVERYTHING = Area(1, 1, LAST_ROW, LAST_COLUMN)


def area(words: str) -> Area | None:
    """The area that B5, $B$5:$H$20, B:B or 3:4 means; None for anything else."""
    if (plain := _PLAIN.fullmatch(words)) and int(plain[4]) <= LAST_ROW:
        left, right = column_number(plain[1]), column_number(plain[3])
        if left <= right <= LAST_COLUMN and int(plain[2]) <= int(plain[4]):
            return Area(int(plain[2]), left, int(plain[4]), right)
    return _area(words, 0, 0)


def moved_area(words: str, rows: int, columns: int) -> Area | None:
    """The area that is meant that many rows and columns from where the words were written: `$` stays."""
    return _area(words, rows, columns)


def _area(words: str, rows: int, columns: int) -> Area | None:
    match = _AREA.fullmatch(words.strip())
    if match is None or not words.strip():
        return None
    left, top = _end(match, 1, rows, columns)
    right, bottom = _end(match, 5, rows, columns) if ":" in words else (left, top)
    if ":" in words and (left is None) == (right is None) and (top is None) == (bottom is None):
        left, right = (1, LAST_COLUMN) if left is None or right is None else sorted((left, right))
        top, bottom = (1, LAST_ROW) if top is None or bottom is None else sorted((top, bottom))
    if left is None or right is None or top is None or bottom is None:
        return None
    within = top >= 1 and bottom <= LAST_ROW and left >= 1 and right <= LAST_COLUMN
    return Area(top, left, bottom, right) if within else None


def _end(match: re.Match[str], at: int, rows: int, columns: int) -> tuple[int | None, int | None]:
    """Column and row of one end of an area."""
    column = None if match[at + 1] is None else column_number(match[at + 1]) + (0 if match[at] else columns)
    row = None if match[at + 3] is None else int(match[at + 3]) + (0 if match[at + 2] else rows)
    return column, row


def areas(words: str) -> tuple[Area, ...]:
    """The areas of a list such as `B5:B9 D5 F:F`."""
    return tuple(one for piece in words.split() if (one := area(piece)) is not None)
