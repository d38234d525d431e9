"""What in a written workbook falls short of the essential points for accessible spreadsheets.

    faults(path.read_bytes()) -> ("Claim: no heading in A1", ...)

The points are those that the Analysis Function calls essential in its checklist to "Releasing statistics in
spreadsheets", with its advice against filters, frozen panes and hidden content. It looks at the file and not at how it
was made, so that it holds for workbooks of anybody's.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook as ExcelFile
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

_OUTSIDE_CELLS = re.compile(r"xl/(?:drawings|media|charts|externalLinks)/|vbaProject|printerSettings")
_FOR_NOTES = re.compile(r"[¹²³⁴-⁹*†‡§]\s*$")
_A_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}")
_DEFAULT_NAME = re.compile(r"(?:Sheet|Table)\d*", re.I)


def faults(data: bytes, *, to_fill: tuple[str, ...] = (), working_copy: bool = False) -> tuple[str, ...]:
    """Each fault in a sentence that names its sheet; none for a workbook that keeps to the points.

    Sheets that are `to_fill` may have empty cells and a hidden column, which the program reads again; a
    `working_copy` may have frozen panes.
    """
    book = load_workbook(BytesIO(data))
    return (*_of_the_file(book, data), *_of_the_sheets(book, frozenset(to_fill), working_copy))


def _of_the_file(book: ExcelFile, data: bytes) -> Iterator[str]:
    properties = book.properties
    for what, said in (("title", properties.title), ("language", properties.language)):
        if not said:
            yield f"the document says no {what}"
    if properties.creator in (None, "", "openpyxl"):
        yield "the document says no author"
    names = [sheet.title for sheet in book.worksheets]
    if len({name.casefold() for name in names}) < len(names):
        yield "two sheets have one name"
    if book.active is not book.worksheets[0]:
        yield "it does not open at its first sheet"
    tables = [name.casefold() for sheet in book.worksheets for name in sheet.tables]
    if len(set(tables)) < len(tables):
        yield "two tables have one name"
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if _OUTSIDE_CELLS.search(name):
                yield f"something stands outside the cells: {name}"


def _of_the_sheets(book: ExcelFile, to_fill: frozenset[str], working_copy: bool) -> Iterator[str]:
    for number, sheet in enumerate(book.worksheets):
        told = [*_of_a_sheet(sheet, sheet.title in to_fill), *_of_its_table(sheet, sheet.title in to_fill)]
        if number and not sheet.tables:
            told.append("no table is marked up")
        if sheet.freeze_panes and not working_copy:
            told.append("panes are frozen")
        yield from (f"{sheet.title}: {one}" for one in told)


def _of_a_sheet(sheet: Worksheet, to_fill: bool) -> Iterator[str]:
    title = sheet["A1"]
    if not title.value or not title.font.b:
        yield "no heading in A1"
    if _DEFAULT_NAME.fullmatch(sheet.title):
        yield "its name says nothing"
    if sheet.merged_cells.ranges:
        yield "cells are merged"
    if sheet.sheet_state != "visible" or any(one.hidden for one in sheet.row_dimensions.values()):
        yield "something is hidden"
    if sum(one.hidden for one in sheet.column_dimensions.values()) > to_fill:
        yield "a column is hidden"
    if sheet.auto_filter.ref:
        yield "it is filtered"
    head, foot = sheet.oddHeader, sheet.oddFooter
    if any(part.text for whole in (head, foot) for part in (whole.left, whole.center, whole.right)):
        yield "words stand in a page header or footer"
    if {one.sqref for one in sheet.sheet_view.selection} - {"A1"} and not sheet.freeze_panes:
        yield "the cursor is not left in A1"
    yield from _of_its_cells(sheet)


def _of_its_cells(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type in ("f", "e"):
                yield f"{cell.coordinate} holds a formula or an error"
            if cell.row > 2 and isinstance(cell.value, str) and not cell.alignment.wrap_text:
                yield f"{cell.coordinate} does not wrap its words"
            if cell.fill.fill_type is not None:
                yield f"{cell.coordinate} is coloured in"


def _of_its_table(sheet: Worksheet, to_fill: bool) -> Iterator[str]:
    if len(sheet.tables) > 1:
        yield "more than one table"
    for table in sheet.tables.values():
        yield from _of_a_table(sheet, table, to_fill)
        yield from _of_its_columns(sheet, table)


def _of_a_table(sheet: Worksheet, table: Table, to_fill: bool) -> Iterator[str]:
    first_column, _, _, last_row = range_boundaries(table.ref)
    if first_column != 1:
        yield f"table {table.name} does not start in column A"
    if last_row != sheet.max_row:
        yield f"something stands below table {table.name}"
    if table.autoFilter is not None:
        yield f"table {table.name} has a filter"
    if _DEFAULT_NAME.fullmatch(table.name):
        yield f"table {table.name} has a name that says nothing"
    heading, *rows = sheet[table.ref]
    words = [str(cell.value or "").strip() for cell in heading]
    if not all(words) or len({one.casefold() for one in words}) < len(words):
        yield f"table {table.name} has an empty or repeated heading"
    if any(_FOR_NOTES.search(one) for one in words):
        yield f"table {table.name} marks a note by a symbol"
    empty = [[cell.value in (None, "") for cell in row] for row in rows]
    if any(any(row) for row in empty) and not to_fill:
        yield f"table {table.name} has an empty cell that nothing explains"
    if len(rows) > 1 and any(all(row) for row in empty):
        yield f"table {table.name} has an empty row"


def _of_its_columns(sheet: Worksheet, table: Table) -> Iterator[str]:
    for heading, *column in zip(*sheet[table.ref], strict=True):
        if _are_days_in_words([cell.value for cell in column]):
            yield f"table {table.name} keeps days as words under {heading.value}"


def _are_days_in_words(column: list[object]) -> bool:
    held = [one for one in column if one not in (None, "")]
    return bool(held) and all(isinstance(one, str) and _A_DAY.fullmatch(one.strip()) for one in held)
