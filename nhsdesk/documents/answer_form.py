"""Writes a form to be filled in by hand in any spreadsheet program: what is asked about, and lines with answer cells.

Answer cells are yellow and say what they take; lists are offered where there are any. The sheet is protected against
slips of the hand, without a password, and everything on it can be selected and read out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from openpyxl import Workbook as ExcelFile
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nhsdesk.documents import theme
from nhsdesk.documents.sheet_text import one_line, sheet_text, starts_like_a_formula
from nhsdesk.documents.xlsx import settled


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked: its words, what its cell takes, and what it may hold. A day is shown as one."""

    label: str
    takes: str
    choices: tuple[str, ...] = ()
    is_day: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """A form: what is told on the first worksheet, and the lines of the second. `created` is in UTC.

    One whose `told_sheet` has no name has its lines alone, on one worksheet.
    """

    title: str
    subject: str
    author: str
    created: datetime
    opening: tuple[str, ...]
    told_sheet: str
    told: tuple[tuple[str, str], ...]
    sheet: str
    intro: str
    headings: tuple[str, str, str]
    fixed: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    mark: str = ""


_NAME_WIDTH, _ANSWER_WIDTH, _HELP_WIDTH = 36, 60, 44
_PLAIN = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE)
_BOLD = Font(name=theme.SHEET_FONT, size=theme.SHEET_SIZE, bold=True)
_TITLE = Font(name=theme.SHEET_FONT, size=theme.SHEET_TITLE_SIZE, bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_TO_FILL = PatternFill("solid", fgColor="FFF9D6")
_EDGE = Border(*(Side(style="thin", color="4C6272"),) * 4)
_DAY = "d mmmm yyyy"


def write(form: AnswerForm) -> bytes:
    """The form as an .xlsx file; the same form gives the same bytes."""
    file = ExcelFile()
    file.remove(file.active)
    _describe(file, form)
    if form.told_sheet:
        _write_told(file.create_sheet(form.told_sheet), form)
    _write_lines(file.create_sheet(form.sheet), form)
    file.active = 0
    return settled(file, form.created)


def _describe(file: ExcelFile, form: AnswerForm) -> None:
    properties = file.properties
    properties.title = one_line(_marked(form))
    properties.subject = one_line(form.subject)
    properties.creator = properties.lastModifiedBy = one_line(form.author)
    properties.language = "en-GB"
    properties.created = form.created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file.calculation.fullCalcOnLoad = False


def _marked(form: AnswerForm) -> str:
    return f"{form.mark}: {form.title}" if form.mark else form.title


def _write_told(page: Worksheet, form: AnswerForm) -> None:
    _put(page["A1"], one_line(_marked(form)), _TITLE, Alignment(vertical="top"))
    row = 2
    for words in form.opening:
        _put(page.cell(row, 1), words, _PLAIN, Alignment(vertical="top"))
        row += 1
    row += 1
    for name, words in form.told:
        _put(page.cell(row, 1), name, _BOLD, _WRAPPED)
        _put(page.cell(row, 2), words, _PLAIN, _WRAPPED)
        page.row_dimensions[row].height = _height(words, _ANSWER_WIDTH + _HELP_WIDTH)
        row += 1
    page.column_dimensions["A"].width = _NAME_WIDTH
    page.column_dimensions["B"].width = _ANSWER_WIDTH + _HELP_WIDTH
    _protect(page)


def _write_lines(page: Worksheet, form: AnswerForm) -> None:
    _put(page["A1"], one_line(_marked(form)), _TITLE, Alignment(vertical="top"))
    _put(page["A2"], form.intro, _PLAIN, Alignment(vertical="top"))
    for column, heading in enumerate(form.headings, 1):
        _put(page.cell(4, column), heading, _BOLD, _WRAPPED)
    row = 5
    for label, words in form.fixed:
        _put(page.cell(row, 1), label, _BOLD, _WRAPPED)
        _put(page.cell(row, 2), words, _PLAIN, _WRAPPED)
        _put(page.cell(row, 3), "Please leave this as it is.", _PLAIN, _WRAPPED)
        page.row_dimensions[row].height = _height(words, _ANSWER_WIDTH)
        row += 1
    for line in form.lines:
        _write_line(page, row, line)
        row += 1
    for letter, width in zip("ABC", (_NAME_WIDTH, _ANSWER_WIDTH, _HELP_WIDTH), strict=True):
        page.column_dimensions[letter].width = width
    _protect(page)


def _write_line(page: Worksheet, row: int, line: Line) -> None:
    _put(page.cell(row, 1), line.label, _BOLD, _WRAPPED)
    answer = page.cell(row, 2)
    _put(answer, line.answer, _PLAIN, _WRAPPED)
    answer.fill, answer.border, answer.protection = _TO_FILL, _EDGE, Protection(locked=False)
    if line.is_day:
        answer.number_format = _DAY
    _put(page.cell(row, 3), line.takes, _PLAIN, _WRAPPED)
    page.row_dimensions[row].height = max(_height(line.takes, _HELP_WIDTH), 2 * theme.LINE_HEIGHT)
    if line.choices:
        offered = DataValidation(
            type="list", formula1=f'"{",".join(_choice(one) for one in line.choices)}"', allow_blank=True,
            showErrorMessage=True, errorTitle="Not in the list", error="Choose one of the list, or leave it empty.",
        )  # fmt: skip
        page.add_data_validation(offered)
        offered.add(answer)


def _choice(words: str) -> str:
    """A comma would make two entries of it."""
    return words.replace(",", "").replace('"', "")


def _put(cell: ExcelCell, words: str, font: Font, alignment: Alignment) -> None:
    """Words are never a formula, whoever wrote them."""
    if words:
        cell.value = sheet_text(words)
        cell.data_type = "s"
        cell.quotePrefix = starts_like_a_formula(words)
    cell.font, cell.alignment = font, alignment


def _height(words: str, width: int) -> int:
    lines = sum(max(1, ceil(len(line) / (width - 2))) for line in words.split("\n"))
    return min(theme.TALLEST_ROW, max(1, lines) * theme.LINE_HEIGHT)


def _protect(page: Worksheet) -> None:
    page.protection.enable()
    page.protection.formatCells = page.protection.formatColumns = page.protection.formatRows = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.row_dimensions[1].height = theme.TITLE_HEIGHT
    page.sheet_view.tabSelected = page.parent.index(page) == 0
