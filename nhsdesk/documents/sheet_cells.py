"""The rows of a worksheet in its own XML: thousands of cells, each worded once and never held as an object.

    rows = Rows(styles)
    rows.add(5, [Words("Pharmacist", "plain"), Figure(Decimal("0.5"), "two places")])
    rows.in_part(part)                 the bytes of the worksheet with these rows

Text goes in as text: no formula, no error and no link can come of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from nhsdesk.documents.sheet_text import starts_like_a_formula

_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.S)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_BEFORE_THE_FIRST_DAY = date(1899, 12, 30).toordinal()
"""Spreadsheets count days from here, from March 1900 on."""


@dataclass(frozen=True, slots=True)
class Words:
    """A cell of words, made fit by `sheet_text`, in the style of that name. Without words it is empty."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with a number, or a day from March 1900 on, in the style of that name."""

    value: Decimal | date
    style: str


Put = Words | Figure | None
"""None leaves the cell out."""


class Rows:
    """Rows of cells from the first column on; `style` gives the number of a named style, and of its quoted form."""

    def __init__(self, style: Callable[[str, bool], int]) -> None:
        self._style = style
        self._numbers: dict[tuple[str, bool], int] = {}
        self._letters: list[str] = []
        self._written: list[str] = []
        self._last = 0

    def add(self, number: int, cells: Iterable[Put], height: float | None = None) -> None:
        """Adds the row of that number, below those before it. `height` in points; None for the usual one."""
        tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
        parts = [f'<row r="{number}"{tall}>']
        for place, cell in enumerate(cells):
            if cell is not None:
                parts.append(self._cell(f"{self._letter(place)}{number}", cell))
        parts.append("</row>")
        self._written.append("".join(parts))
        self._last = number

    def in_part(self, part: bytes) -> bytes:
        """A worksheet's XML with these rows in place of its own."""
        reference = f"A1:{self._letters[-1] if self._letters else 'A'}{max(self._last, 1)}"
        rows = f"<sheetData>{''.join(self._written)}</sheetData>".encode("ascii", "xmlcharrefreplace")
        part = _DIMENSION.sub(f'<dimension ref="{reference}"/>'.encode(), part, count=1)
        return _NO_ROWS.sub(lambda _: rows, part, count=1)

    def _cell(self, reference: str, cell: Words | Figure) -> str:
        if isinstance(cell, Figure):
            style = self._number(cell.style, False)
            return f'<c r="{reference}" s="{style}"><v>{_counted(cell.value)}</v></c>'
        style = self._number(cell.style, starts_like_a_formula(cell.text))
        if not cell.text:
            return f'<c r="{reference}" s="{style}"/>'
        kept = ' xml:space="preserve"' if cell.text != cell.text.strip() or "\n" in cell.text else ""
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t{kept}>{escape(cell.text)}</t></is></c>'

    def _number(self, style: str, quoted: bool) -> int:
        key = style, quoted
        if key not in self._numbers:
            self._numbers[key] = self._style(style, quoted)
        return self._numbers[key]

    def _letter(self, place: int) -> str:
        while len(self._letters) <= place:
            self._letters.append(get_column_letter(len(self._letters) + 1))
        return self._letters[place]


def _counted(value: Decimal | date) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value.toordinal() - _BEFORE_THE_FIRST_DAY)
