"""Prints a table: its headings again on every page, no row cut off, and one taller than a page over several.

Its caption, heading cells and rows are told as such to software that reads the page out; the first column names the
rows. What is repeated is only seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from nhsdesk.documents import theme
from nhsdesk.documents.model import Column, Table, cell_words
from nhsdesk.documents.page_columns import column_widths, least_width
from nhsdesk.documents.page_text import numbered, printable
from nhsdesk.documents.pages import Pages
from nhsdesk.documents.tagging import Element
from nhsdesk.documents.typesetting import Line, Look, lines_of

MOST_COLUMNS = 18
"""More would leave under 14 mm each of a page on its side; such a table belongs in a workbook."""

NO_ENTRIES = "No entries."

CAPTION = Look(theme.BODY_SIZE, bold=True, before=6, after=4)
CELL = Look(theme.TABLE_SIZE)
HEAD = Look(theme.TABLE_SIZE, bold=True)
_BODY = Look(theme.BODY_SIZE, after=8)

_SIDES = 5
_ABOVE, _BELOW = 3, 4
"""Points between a cell's words and its edges."""


@dataclass(slots=True)
class _Grid:
    """A table laid out for one width of page."""

    columns: tuple[Column, ...]
    widths: list[float]
    head: list[list[Line]]
    repeats: bool

    @property
    def width(self) -> float:
        return sum(self.widths)


def print_table(pages: Pages, table: Table, parent: Element) -> None:
    """Prints it with its caption; a table that is too wide for a page gets pages on their side."""
    if len(table.columns) > MOST_COLUMNS:
        raise ValueError(f"table {table.name}: {len(table.columns)} columns do not fit on a page")
    if not table.rows:
        for words, look in ((table.caption, CAPTION), (NO_ENTRIES, _BODY)):
            if words.strip():
                pages.words(numbered(words), look, parent.add("P"))
        return
    cells = _cells(table)
    labels = [printable(column.label) for column in table.columns]
    if least_width(labels, cells, 2 * _SIDES) > pages.width:
        pages.upright(False)
    grid = _grid(pages, table.columns, labels, cells)
    caption = numbered(table.caption)
    pages.need(_room_at_least(pages, grid, caption, cells[0]))
    element = parent.add("Table")
    if caption.strip():
        pages.words(caption, CAPTION, element.add("Caption"))
    _print_rows(pages, grid, cells, element)
    pages.skip(theme.BODY_SIZE)


def is_wide(table: Table) -> bool:
    """Whether a table needs a page on its side."""
    labels = [printable(column.label) for column in table.columns]
    return bool(table.rows) and least_width(labels, _cells(table), 2 * _SIDES) > A4[0] - 2 * theme.PAGE_MARGIN


def beginning_of(pages: Pages, table: Table) -> float:
    """How much room its caption, headings and first row take, on pages as wide as these."""
    if not table.rows:
        return CELL.leading
    cells, labels = _cells(table), [printable(column.label) for column in table.columns]
    grid = _grid(pages, table.columns, labels, cells)
    return _room_at_least(pages, grid, numbered(table.caption), cells[0])


def _cells(table: Table) -> list[list[str]]:
    return [
        [numbered(cell_words(value, column)) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]


def _grid(pages: Pages, columns: tuple[Column, ...], labels: list[str], cells: list[list[str]]) -> _Grid:
    widths = column_widths(labels, cells, pages.width, 2 * _SIDES)
    head = _lines(labels, HEAD, widths)
    return _Grid(columns, widths, head, repeats=_high(head) < pages.height / 4)


def _lines(texts: list[str], look: Look, widths: list[float]) -> list[list[Line]]:
    return [lines_of(text, look, wide - 2 * _SIDES) for text, wide in zip(texts, widths, strict=True)]


def _high(row: list[list[Line]]) -> float:
    return max(len(lines) for lines in row) * CELL.leading + _ABOVE + _BELOW


def _room_at_least(pages: Pages, grid: _Grid, caption: str, first: list[str]) -> float:
    """What its caption, its headings and its first row take, which are not parted unless they are very tall."""
    above = CAPTION.before + CAPTION.after + len(lines_of(caption, CAPTION, pages.width)) * CAPTION.leading
    row = min(_high(_lines(first, CELL, grid.widths)), pages.height / 3)
    return min((above if caption.strip() else 0) + _high(grid.head) + row, pages.height)


class _Heads:
    """The heading row: told once as such, then only seen at the top of each further page."""

    def __init__(self, pages: Pages, grid: _Grid, element: Element) -> None:
        self._pages, self._grid = pages, grid
        head = element.add("THead").add("TR")
        self._cells = [head.add("TH", attributes="/O /Table /Scope /Column") for _ in grid.columns]

    def first(self) -> None:
        """The row itself, over several pages where it is that tall."""
        pages, grid = self._pages, self._grid
        if _high(grid.head) <= pages.room:
            pages.shade(pages.top, grid.width, _high(grid.head))
        _print_row(pages, grid, grid.head, self._cells, HEAD, None)

    def again(self) -> None:
        """At the top of a further page."""
        pages, grid = self._pages, self._grid
        if not grid.repeats:
            return
        pages.shade(pages.top, grid.width, _high(grid.head))
        left = pages.left
        with pages.canvas.artifact("Pagination", "Header"):
            for column, lines, wide in zip(grid.columns, grid.head, grid.widths, strict=True):
                edge = left + wide - _SIDES if column.kind.counts else None
                pages.draw_lines(lines, HEAD, left + _SIDES, pages.top - _ABOVE, edge)
                left += wide
        pages.top -= _high(grid.head)
        pages.rules([pages.top], grid.width)


def _print_rows(pages: Pages, grid: _Grid, cells: list[list[str]], element: Element) -> None:
    heads = _Heads(pages, grid, element)
    heads.first()
    body = element.add("TBody")
    under: list[float] = []
    for texts in cells:
        row = _lines(texts, CELL, grid.widths)
        if _high(row) > pages.room and (_high(row) <= pages.height / 3 or pages.room < 4 * CELL.leading):
            pages.rules(under, grid.width)
            under = []
            pages.turn()
            heads.again()
        elements = _row_elements(body, len(row))
        if _high(row) <= pages.room:
            _place(pages, grid, row, elements, CELL)
            pages.top -= _high(row)
            under.append(pages.top)
            continue
        pages.rules(under, grid.width)
        under = []
        _print_row(pages, grid, row, elements, CELL, heads)
    pages.rules(under, grid.width)


def _row_elements(body: Element, columns: int) -> list[Element]:
    row = body.add("TR")
    if columns == 1:
        return [row.add("TD")]
    first = row.add("TH", attributes="/O /Table /Scope /Row")
    return [first, *(row.add("TD") for _ in range(columns - 1))]


def _print_row(
    pages: Pages,
    grid: _Grid,
    row: list[list[Line]],
    elements: list[Element],
    look: Look,
    heads: _Heads | None,
) -> None:
    """A row of any height: as many lines of each cell as fit, then the rest on the next page."""
    while True:
        fit = max(int((pages.room - _ABOVE - _BELOW + 0.01) // look.leading), 1)
        now = [lines[:fit] for lines in row]
        _place(pages, grid, now, elements, look)
        pages.top -= _high(now)
        pages.rules([pages.top], grid.width)
        row = [lines[fit:] for lines in row]
        if not any(row):
            return
        pages.turn()
        if heads is not None:
            heads.again()


def _place(pages: Pages, grid: _Grid, row: list[list[Line]], elements: list[Element], look: Look) -> None:
    left = pages.left
    for column, lines, element, wide in zip(grid.columns, row, elements, grid.widths, strict=True):
        if lines:
            right = left + wide - _SIDES if column.kind.counts else None
            pages.set_lines(lines, look, left + _SIDES, pages.top - _ABOVE, element, right)
        left += wide
