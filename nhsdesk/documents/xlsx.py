"""Writes a workbook that everybody can read: one marked-up table on each sheet, text that is never a formula.

Follows "Releasing statistics in spreadsheets" (Analysis Function): a cover sheet, titles in A1, tables from
column A, notes on a sheet of their own, no merged cells, filters or frozen panes. The same workbook gives the
same bytes.
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from io import BytesIO
from math import ceil

from openpyxl import Workbook as ExcelFile
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from nhsdesk.documents import theme
from nhsdesk.documents.model import (
    MOST_DIGITS,
    NOT_AVAILABLE,
    Cell,
    CellKind,
    Column,
    Sheet,
    Table,
    Workbook,
    cell_words,
)
from nhsdesk.documents.sheet_text import one_line, sheet_names, sheet_text, starts_like_a_formula, table_names
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month

HEADER_ROW = 4
"""The table's headings stand here, under the title, the introduction and an empty row."""

NO_ENTRIES = "No entries"
"""What the one row of an empty table says, for a spreadsheet's table cannot be without a row."""

_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900 that never was: earlier days are written as words."""

_EXACT = Context(prec=MOST_DIGITS)
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)

_TITLE, _HEADING, _LINE, _WORDS = "Desk title", "Desk heading", "Desk line", "Desk words"

_NOTE_COLUMNS = (Column("Note number"), Column("Note text"))


def write(workbook: Workbook) -> bytes:
    """The whole workbook as an .xlsx file."""
    file = ExcelFile()
    file.remove(file.active)
    _add_styles(file)
    _describe(file, workbook)
    sheets = workbook.sheets + _notes(workbook.notes)
    names = sheet_names(["Cover_sheet", *(sheet.name for sheet in sheets)])
    tables = table_names(sheet.table.name for sheet in sheets)
    _write_cover(file.create_sheet(names[0]), workbook, list(zip(names[1:], sheets, strict=True)))
    for name, table, sheet in zip(names[1:], tables, sheets, strict=True):
        _write_sheet(file.create_sheet(name), sheet, table, workbook.mark)
    file.active = 0
    return settled(file, workbook.created)


def _notes(notes: tuple[str, ...]) -> tuple[Sheet, ...]:
    if not notes:
        return ()
    rows = tuple((f"note {number}", note) for number, note in enumerate(notes, 1))
    return (Sheet("Notes", "Notes", "This worksheet holds one table.", Table("Notes", _NOTE_COLUMNS, rows)),)


def _describe(file: ExcelFile, workbook: Workbook) -> None:
    """The properties that a screen reader and a records manager look for."""
    properties = file.properties
    properties.title = _marked(workbook.title, workbook.mark)
    properties.subject = one_line(workbook.subject)
    properties.creator = one_line(workbook.author)
    properties.lastModifiedBy = one_line(workbook.author)
    properties.keywords = one_line(workbook.mark) or None
    properties.language = "en-GB"
    properties.created = workbook.created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file.calculation.fullCalcOnLoad = False


def _add_styles(file: ExcelFile) -> None:
    plain = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE)
    bold = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE, bold=True)
    title = Font(name=theme.SHEET_FONT, size=theme.SHEET_TITLE_SIZE, bold=True)
    unwrapped = Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for name, font, alignment in (
        (_TITLE, title, unwrapped),
        (_HEADING, bold, wrapped),
        (_LINE, plain, unwrapped),
        (_WORDS, plain, wrapped),
    ):
        file.add_named_style(NamedStyle(name, font=font, alignment=alignment))


def _number_style(file: ExcelFile, number_format: str, right: bool) -> str:
    """The name of the style for numbers or dates of this format, made when first asked for."""
    name = f"Desk {number_format}"
    if name not in file.named_styles:
        font = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE)
        alignment = Alignment(vertical="top", horizontal="right" if right else "left")
        file.add_named_style(NamedStyle(name, font=font, alignment=alignment, number_format=number_format))
    return name


def _write_cover(page: Worksheet, workbook: Workbook, contents: list[tuple[str, Sheet]]) -> None:
    _put_text(page["A1"], _marked(workbook.title, workbook.mark), _TITLE)
    _put_text(page["A2"], one_line(workbook.subject), _LINE)
    listed = [f"{name}: {one_line(sheet.title)}" for name, sheet in contents]
    missing = f"Cells that hold {NOT_AVAILABLE} have no value to show."
    for row, line in enumerate((*workbook.cover, "Contents", *listed, missing), HEADER_ROW):
        heading = row == HEADER_ROW + len(workbook.cover)
        _put_text(page.cell(row, 1), line, _HEADING if heading else _WORDS)
    page.column_dimensions["A"].width = theme.COVER_WIDTH
    _set_up_page(page)
    _set_heights(page)


def _write_sheet(page: Worksheet, sheet: Sheet, table_name: str, mark: str) -> None:
    _put_text(page["A1"], _marked(sheet.title, mark), _TITLE)
    _put_text(page["A2"], one_line(sheet.intro), _LINE)
    columns, rows = sheet.table.columns, sheet.table.rows or (_no_entries(sheet.table),)
    headings = [sheet_text(one_line(column.label_with_unit)) for column in columns]
    for place, heading in enumerate(headings, 1):
        _put_text(page.cell(HEADER_ROW, place), heading, _HEADING, spelt=True)
    for number, row in enumerate(rows, HEADER_ROW + 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            _put(page.cell(number, place), value, column)
    _mark_up(page, table_name, headings, HEADER_ROW + len(rows))
    for place, column in enumerate(columns):
        width = _width(column, [row[place] for row in rows])
        page.column_dimensions[get_column_letter(place + 1)].width = width
    page.print_title_rows = f"1:{HEADER_ROW}"  # the title too, for it bears the mark
    _set_up_page(page)
    _set_heights(page)


def _no_entries(table: Table) -> tuple[Cell, ...]:
    """The row of a table without rows: the words in its first column of text, else in its first column."""
    kinds = [column.kind for column in table.columns]
    place = kinds.index(CellKind.TEXT) if CellKind.TEXT in kinds else 0
    return tuple(NO_ENTRIES if index == place else None for index in range(len(kinds)))


def _marked(title: str, mark: str) -> str:
    return f"{one_line(mark)}: {one_line(title)}" if mark else one_line(title)


def _put(cell: ExcelCell, value: Cell, column: Column) -> None:
    """Numbers and days go in as such, all else as words."""
    held, number_format = _held(value, column)
    if held is None:
        return _put_text(cell, cell_words(value, column, NOT_AVAILABLE), _WORDS)
    cell.value = held
    cell.style = _number_style(cell.parent.parent, number_format, column.kind.counts)
    return None


def _held(value: Cell, column: Column) -> tuple[Decimal | date | None, str]:
    """The number or day that the cell keeps and how it is shown; None for what is kept as words."""
    match value:
        case Money():
            return value.exact, "#,##0.00"
        case Hours():
            return _EXACT.divide(Decimal(value.seconds), Decimal(3600)), "#,##0.00"
        case int() | Decimal() if column.kind.counts:
            places = column.places if column.kind is CellKind.DECIMAL else 0
            return _EXACT.create_decimal(value), "#,##0." + "0" * places if places else "#,##0"
        case Month() if value.first >= _FIRST_DAY:
            return value.first, "mmmm yyyy"
        case date() if value >= _FIRST_DAY:
            return value, "d mmmm yyyy"
        case _:
            return None, ""


def _put_text(cell: ExcelCell, text: str, style: str, *, spelt: bool = False) -> None:
    """The one way text enters a sheet: openpyxl would make a formula of "=" and an error of "#N/A"."""
    cell.value = text if spelt else sheet_text(text)
    cell.data_type = "s"
    cell.style = style
    if starts_like_a_formula(text):
        cell.quotePrefix = True


def _mark_up(page: Worksheet, name: str, headings: list[str], last_row: int) -> None:
    """A real table, so that its headings are read out. Given no columns, openpyxl would add a filter."""
    reference = f"A{HEADER_ROW}:{get_column_letter(len(headings))}{last_row}"
    columns = [TableColumn(id=number, name=heading) for number, heading in enumerate(headings, 1)]
    table = ExcelTable(displayName=name, name=name, ref=reference, tableColumns=columns)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)


def _width(column: Column, values: list[Cell]) -> int:
    """Room for the longest line in the column, and for its heading's longest word in bold."""
    lines = [line for value in values for line in cell_words(value, column, NOT_AVAILABLE).split("\n")]
    longest = max(map(len, [*lines, *column.label_with_unit.split()]))
    return min(theme.WIDEST_COLUMN, max(theme.NARROWEST_COLUMN, longest + 4))


def _set_heights(page: Worksheet) -> None:
    """Room for every wrapped line. Not every program that opens a workbook works heights out for itself."""
    page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = theme.LINE_HEIGHT, True
    page.row_dimensions[1].height = theme.TITLE_HEIGHT
    for row in page.iter_rows(min_row=HEADER_ROW):
        lines = max(_lines(cell, page.column_dimensions[cell.column_letter].width) for cell in row)
        if lines > 1:
            page.row_dimensions[row[0].row].height = min(theme.TALLEST_ROW, lines * theme.LINE_HEIGHT)


def _lines(cell: ExcelCell, width: float) -> int:
    """How many lines a cell's words take; a column's width is in figures, which are as wide as most letters."""
    if not isinstance(cell.value, str):
        return 1
    return sum(max(1, ceil(len(line) / (width - 2))) for line in cell.value.split("\n"))


def _set_up_page(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.sheet_view.tabSelected = page.parent.index(page) == 0


def settled(file: ExcelFile, created: datetime) -> bytes:
    """The file's bytes without the moment of saving, which stands in its properties and in each zip entry."""
    draft, whole = BytesIO(), BytesIO()
    file.save(draft)
    saved = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(whole, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(rb"\g<1>" + saved, part)
            entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
            entry.create_system = 0  # the same on every system
            target.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
