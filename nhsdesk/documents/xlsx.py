"""Writes a workbook that everybody can read: one marked-up table on each sheet, text that is never a formula.

Follows "Releasing statistics in spreadsheets" (Analysis Function): a cover sheet, titles in A1, tables from
column A, notes and lists on sheets of their own, no merged cells or filters, and frozen panes in a working copy only.
The same workbook gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from io import BytesIO
from math import ceil, inf
from types import MappingProxyType

from openpyxl import Workbook as ExcelFile
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from nhsdesk.documents import sheet_lists, theme
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
from nhsdesk.documents.sheet_cells import Figure, Put, Rows, Words
from nhsdesk.documents.sheet_lists import HEADER_ROW
from nhsdesk.documents.sheet_text import one_line, sheet_names, sheet_text, table_names
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month

NO_ENTRIES = "No entries"
"""What the one row of an empty table says, for a spreadsheet's table cannot be without a row."""

_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29 February 1900 that never was: earlier days are written as words."""

_EXACT = Context(prec=MOST_DIGITS)
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)

_TITLE, _HEADING, _LINE, _WORDS, _TYPED = "Desk title", "Desk heading", "Desk line", "Desk words", "Desk text"
_OVER_FIGURES, _AMONG_FIGURES = "Desk heading of figures", "Desk words among figures"
_FIGURE, _DAY = "Desk figure {}", "Desk day {}"
_TWO_PLACES, _DAY_FORMAT, _MONTH_FORMAT = "#,##0.00", "d mmmm yyyy", "mmmm yyyy"

_BESIDE = 1
"""Letters of room between a figure and the words in the next column."""

_NOTE_COLUMNS = (Column("Note number"), Column("Note text"))


def write(workbook: Workbook) -> bytes:
    """The whole workbook as an .xlsx file."""
    file = ExcelFile()
    file.remove(file.active)
    _add_styles(file)
    _describe(file, workbook)
    lists = sheet_lists.lists_of(workbook.sheets)
    sheets = workbook.sheets + sheet_lists.sheets_of(lists) + _notes(workbook.notes)
    names = sheet_names(["Cover_sheet", *(sheet.name for sheet in sheets)])
    tables = table_names(sheet.table.name for sheet in sheets)
    rows = [_write_cover(file.create_sheet(names[0]), workbook, list(zip(names[1:], sheets, strict=True)))]
    for name, table, sheet in zip(names[1:], tables, sheets, strict=True):
        rows.append(_write_sheet(file.create_sheet(name), sheet, table, workbook))
    if lists:
        sheet_lists.name_lists(file, lists, names[1 + len(workbook.sheets)])
        sheet_lists.offer_lists(file, lists, dict(zip(names[1:], workbook.sheets, strict=False)))
    file.active = 0
    return settled(file, workbook.created, {part(number): one for number, one in enumerate(rows, 1)})


def part(number: int) -> str:
    """Where in the file the sheet of that number lies; the first is 1."""
    return f"xl/worksheets/sheet{number}.xml"


# ---- notes and properties


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


# ---- styles


def _add_styles(file: ExcelFile) -> None:
    plain = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE)
    bold = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE, bold=True)
    title = Font(name=theme.SHEET_FONT, size=theme.SHEET_TITLE_SIZE, bold=True)
    unwrapped = Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    among_figures = Alignment(vertical="top", wrap_text=True, horizontal="right", indent=_BESIDE)
    for name, font, alignment in (
        (_TITLE, title, unwrapped),
        (_HEADING, bold, wrapped),
        (_LINE, plain, unwrapped),
        (_WORDS, plain, wrapped),
        (_OVER_FIGURES, bold, among_figures),
        (_AMONG_FIGURES, plain, among_figures),
    ):
        file.add_named_style(NamedStyle(name, font=font, alignment=alignment))
    file.add_named_style(NamedStyle(_TYPED, font=plain, alignment=wrapped, number_format="@"))


def _style_number(page: Worksheet, name: str, quoted: bool) -> int:
    """The number of a style in the file, of numbers and days made when first asked for."""
    file: ExcelFile = page.parent
    if name not in file.named_styles:
        right = name.startswith(_FIGURE.format(""))
        number_format = name.removeprefix((_FIGURE if right else _DAY).format(""))
        font = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE)
        alignment = Alignment(
            vertical="top", horizontal="right" if right else "left", indent=_BESIDE if right else 0
        )
        file.add_named_style(NamedStyle(name, font=font, alignment=alignment, number_format=number_format))
    cell = ExcelCell(page, row=1, column=1)
    cell.style = name
    cell.quotePrefix = quoted
    return int(cell.style_id)


# ---- sheets


def _write_cover(page: Worksheet, workbook: Workbook, contents: list[tuple[str, Sheet]]) -> Rows:
    rows = _opened(page, workbook.title, workbook.subject, workbook.mark)
    listed = [f"{name}: {one_line(sheet.title)}" for name, sheet in contents]
    lines = (*workbook.cover, "Contents", *listed, *_what_is_missing(workbook.sheets))
    for number, line in enumerate(lines, HEADER_ROW):
        heading = number == HEADER_ROW + len(workbook.cover)
        words = _text(line, _HEADING if heading else _WORDS)
        rows.add(number, (words,), _height((words,), (theme.COVER_WIDTH,)))
    page.column_dimensions["A"].width = theme.COVER_WIDTH
    _set_up_page(page)
    return rows


def _what_is_missing(sheets: Sequence[Sheet]) -> Iterator[str]:
    if any(not sheet.table.to_fill for sheet in sheets) or not sheets:
        yield f"Cells that hold {NOT_AVAILABLE} have no value to show."
    for sheet in sheets:
        if sheet.table.to_fill:
            yield f"In {one_line(sheet.title)}, an empty cell has nothing in it yet."


def _opened(page: Worksheet, title: str, line: str, mark: str) -> Rows:
    """The title and the line about it, with which every sheet begins."""
    rows = Rows(lambda name, quoted: _style_number(page, name, quoted))
    rows.add(1, (_text(_marked(title, mark), _TITLE),), theme.TITLE_HEIGHT)
    rows.add(2, (_text(one_line(line), _LINE),))
    return rows


def _write_sheet(page: Worksheet, sheet: Sheet, table_name: str, workbook: Workbook) -> Rows:
    table = sheet.table
    columns, entries = table.columns, table.rows or (_no_entries(table),)
    widths = [_width(column, place, entries) for place, column in enumerate(columns)]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True), 1):
        dimension = page.column_dimensions[get_column_letter(place)]
        dimension.width, dimension.hidden = width, column.hidden
    rows = _opened(page, sheet.title, sheet.intro, workbook.mark)
    headings = [sheet_text(one_line(column.label_with_unit)) for column in columns]
    headed = [
        Words(heading, _OVER_FIGURES if column.kind.counts else _HEADING)
        for heading, column in zip(headings, columns, strict=True)
    ]
    room = [inf if column.hidden else width for column, width in zip(columns, widths, strict=True)]
    rows.add(HEADER_ROW, headed, _height(headed, room))
    puts = [_putter(column, table.to_fill) for column in columns]
    for number, entry in enumerate(entries, HEADER_ROW + 1):
        cells = [put(value) for put, value in zip(puts, entry, strict=True)]
        rows.add(number, cells, _height(cells, room))
    _mark_up(page, table_name, headings, HEADER_ROW + len(entries))
    page.print_title_rows = f"1:{HEADER_ROW}"  # the title too, for it bears the mark
    if workbook.working_copy:
        page.freeze_panes = f"B{HEADER_ROW + 1}"
    _set_up_page(page)
    return rows


def _no_entries(table: Table) -> tuple[Cell, ...]:
    """The row of a table without rows: the words in its first column of text, else in its first column."""
    if table.to_fill:
        return (None,) * len(table.columns)
    kinds = [column.kind for column in table.columns]
    place = kinds.index(CellKind.TEXT) if CellKind.TEXT in kinds else 0
    return tuple(NO_ENTRIES if index == place else None for index in range(len(kinds)))


def _marked(title: str, mark: str) -> str:
    return f"{one_line(mark)}: {one_line(title)}" if mark else one_line(title)


def _text(text: str, style: str) -> Words:
    """The one way text enters a sheet, fit for its XML."""
    return Words(sheet_text(text), style)


def _putter(column: Column, to_fill: bool) -> Callable[[Cell], Put]:
    """What makes a cell of a value in a column: numbers and days go in as such, all else as words."""
    words = _TYPED if to_fill else _WORDS
    empty = Words("", _style_of(column) or words) if to_fill else _missing(column)
    shown: dict[str, str] = {}

    def put(value: Cell) -> Put:
        if value is None:
            return empty
        if isinstance(value, str):
            return _text(value, words) if value.strip() else empty
        held, number_format = _held(value, column)
        if held is None:
            return _text(cell_words(value, column, NOT_AVAILABLE), words)
        style = shown.get(number_format)
        if style is None:
            style = shown[number_format] = (_FIGURE if column.kind.counts else _DAY).format(number_format)
        return Figure(held, style)

    return put


def _missing(column: Column) -> Words:
    """What stands where there is no value."""
    return Words(NOT_AVAILABLE, _AMONG_FIGURES if column.kind.counts else _WORDS)


def _style_of(column: Column) -> str:
    """The style of a cell still to be filled; empty for words."""
    match column.kind:
        case CellKind.MONEY | CellKind.HOURS:
            return _FIGURE.format(_TWO_PLACES)
        case CellKind.WHOLE | CellKind.DECIMAL:
            return _FIGURE.format(_number_format(column))
        case CellKind.DAY:
            return _DAY.format(_DAY_FORMAT)
        case CellKind.MONTH:
            return _DAY.format(_MONTH_FORMAT)
        case _:
            return ""


def _number_format(column: Column) -> str:
    places = column.places if column.kind is CellKind.DECIMAL else 0
    return f"#,##0.{'0' * places}" if places else "#,##0"


def _held(value: Cell, column: Column) -> tuple[Decimal | date | None, str]:
    """The number or day that the cell keeps and how it is shown; None for what is kept as words."""
    match value:
        case Money():
            return value.exact, _TWO_PLACES
        case Hours():
            return _EXACT.divide(Decimal(value.seconds), Decimal(3600)), _TWO_PLACES
        case int() | Decimal() if column.kind.counts:
            return _EXACT.create_decimal(value), _number_format(column)
        case Month() if value.first >= _FIRST_DAY:
            return value.first, _MONTH_FORMAT
        case date() if value >= _FIRST_DAY:
            return value, _DAY_FORMAT
        case _:
            return None, ""


def _mark_up(page: Worksheet, name: str, headings: list[str], last_row: int) -> None:
    """A real table, so that its headings are read out. Given no columns, openpyxl would add a filter."""
    reference = f"A{HEADER_ROW}:{get_column_letter(len(headings))}{last_row}"
    columns = [TableColumn(id=number, name=heading) for number, heading in enumerate(headings, 1)]
    table = ExcelTable(displayName=name, name=name, ref=reference, tableColumns=columns)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)


def _width(column: Column, place: int, entries: Sequence[tuple[Cell, ...]]) -> int:
    """Room for the longest line in the column, and for its heading's longest word in bold."""
    longest = max(map(len, column.label_with_unit.split()))
    for entry in entries:
        value = entry[place]
        words = value if isinstance(value, str) else cell_words(value, column, NOT_AVAILABLE)
        if len(words) > longest:
            longest = max(longest, *map(len, words.split("\n"))) if "\n" in words else len(words)
        if longest + 4 >= theme.WIDEST_COLUMN:
            return theme.WIDEST_COLUMN
    return max(theme.NARROWEST_COLUMN, longest + 4)


def _height(cells: Sequence[Put], widths: Sequence[float]) -> float | None:
    """Room for every wrapped line. Not every program that opens a workbook works heights out for itself."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, Words) and (len(cell.text) > width - 2 or "\n" in cell.text):
            lines = max(lines, _lines(cell.text, width))
    return min(theme.TALLEST_ROW, lines * theme.LINE_HEIGHT) if lines > 1 else None


def _lines(text: str, width: float) -> int:
    """How many lines a cell's words take; a column's width is in figures, which are as wide as most letters."""
    return sum(max(1, ceil(len(line) / (width - 2))) for line in text.split("\n"))


def _set_up_page(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.sheet_view.tabSelected = page.parent.index(page) == 0
    page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = theme.LINE_HEIGHT, True


def settled(file: ExcelFile, created: datetime, rows: Mapping[str, Rows] = MappingProxyType({})) -> bytes:
    """The file's bytes without the moment of saving, which stands in its properties and in each zip entry.

    `rows` are put into the worksheets that lie under those names.
    """
    draft, whole = BytesIO(), BytesIO()
    file.save(draft)
    saved = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(whole, "w") as target:
        for name in source.namelist():
            held = source.read(name)
            if name == "docProps/core.xml":
                held = _SAVED.sub(rb"\g<1>" + saved, held)
            if name in rows:
                held = rows[name].in_part(held)
            entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
            entry.create_system = 0  # the same on every system
            target.writestr(entry, held, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
