"""What looks at a table that grew, but only as far down as it reached before: totals, names, charts, pivot tables.

A spreadsheet program makes these longer as somebody types below a table. Here they are told, since a total that leaves
out the last rows is a wrong figure that nobody sees. What names the table itself grows with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_areas import area
from nhsdesk.documents.template_book import Book, SheetEntry, Table
from nhsdesk.documents.template_dependents import formulas_in

_AREA = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!)?(?<![\w$])(\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(])"
)
_PRINTED = "_xlnm.Print_Area"
_SOURCE = re.compile(rb"<(?:[\w.-]+:)?worksheetSource\b(" + xml.REST + rb")>")


def short_of(book: Book, table: Table) -> tuple[str, ...]:
    """What would leave out rows that come below a table's last, such as “formulas on “Summary””."""
    return tuple(dict.fromkeys(_short_of(book, table)))


def _short_of(book: Book, table: Table) -> Iterator[str]:
    for entry in book.entries.values():
        if any(_ends_with(table, words, entry.name) for words in _formulas(book, table, entry)):
            yield f"formulas on “{entry.name}”"
    for name in book.names:
        if not name.hidden and _ends_with(table, name.words, ""):
            yield "the print area" if name.name == _PRINTED else f"the name {name.name}"
    for part in book.package.names():
        if part.startswith("xl/charts/") and part.endswith(".xml"):
            if any(_ends_with(table, words, "") for words in formulas_in(book.package.part(part))):
                yield "a chart"
        elif "pivotCacheDefinition" in part and _is_source(table, book.package.part(part)):
            yield "a pivot table"


def _formulas(book: Book, table: Table, entry: SheetEntry) -> Iterator[str]:
    """A sheet's formulas, without those of the table's own rows, which go down with it."""
    if entry.name != table.sheet:
        yield from formulas_in(book.package.part(entry.part))
        return
    sheet = book.sheet(entry)
    for cell in sheet.cells():
        found = sheet.formula(cell) if cell.inner and not table.area.holds(cell.row, cell.column) else None
        if found is not None:
            yield found[0]


def _ends_with(table: Table, words: str, sheet: str) -> bool:
    """Whether words name an area of the table down to its last row; `sheet` is meant where they name none."""
    return any(
        (one[1] or one[2] or sheet).replace("''", "'").casefold() == table.sheet.casefold()
        and _is_down_to_last(table, one[3])
        for one in _AREA.finditer(words)
    )


def _is_down_to_last(table: Table, words: str) -> bool:
    where = area(words)
    return (
        where is not None
        and where.bottom == table.last_row
        and where.top <= table.first_row
        and where.meets(table.area)
    )


def _is_source(table: Table, part: bytes) -> bool:
    given = [xml.attributes(one[1]) for one in _SOURCE.finditer(part)]
    return any(
        one.get("sheet", "").casefold() == table.sheet.casefold()
        and _is_down_to_last(table, one.get("ref", ""))
        for one in given
    )
