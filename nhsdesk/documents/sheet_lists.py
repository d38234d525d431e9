"""What may be chosen in the columns of a workbook: one table of all lists, and cells that offer theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook as ExcelFile
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nhsdesk.documents.model import Column, Sheet, Table
from nhsdesk.documents.sheet_text import table_names

HEADER_ROW = 4
"""The headings of every table stand here, under the title, the introduction and an empty row."""

LISTS = "Lists"
"""The sheet of what may be chosen."""

ROOM_BELOW = 500
"""Rows under a table to be filled that offer its lists too."""

_COLUMNS = (Column("List"), Column("May be chosen"))


@dataclass(frozen=True, slots=True)
class Listed:
    """What may be chosen in some columns: its name in the workbook, its heading, the first of its rows."""

    name: str
    heading: str
    choices: tuple[str, ...]
    first_row: int


def lists_of(sheets: Sequence[Sheet]) -> tuple[Listed, ...]:
    """Each list once, whichever columns offer it."""
    headed: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        for column in sheet.table.columns:
            if column.choices:
                headed.setdefault(column.choices, column.label)
    names = table_names(f"List {heading}" for heading in headed.values())
    made, row = [], HEADER_ROW + 1
    for name, (choices, heading) in zip(names, headed.items(), strict=True):
        made.append(Listed(name, heading, choices, row))
        row += len(choices)
    return tuple(made)


def sheets_of(lists: tuple[Listed, ...]) -> tuple[Sheet, ...]:
    """The sheet of all lists, as one table; none where nothing is to be chosen."""
    if not lists:
        return ()
    rows = tuple((one.heading, choice) for one in lists for choice in one.choices)
    intro = "This worksheet holds one table: what may be chosen in columns that offer a list."
    return (Sheet(LISTS, "Lists", intro, Table(LISTS, _COLUMNS, rows)),)


def name_lists(file: ExcelFile, lists: tuple[Listed, ...], sheet: str) -> None:
    """Gives each list its name in the workbook, so that a column can offer it."""
    for one in lists:
        last = one.first_row + len(one.choices) - 1
        where = f"'{sheet}'!$B${one.first_row}:$B${last}"
        file.defined_names[one.name] = DefinedName(one.name, attr_text=where)


def offer_lists(file: ExcelFile, lists: tuple[Listed, ...], sheets: Mapping[str, Sheet]) -> None:
    """Has each column with choices offer its list; `sheets` are those of tables, by their names in the workbook."""
    names = {one.choices: one.name for one in lists}
    for sheet_name, sheet in sheets.items():
        page, table = file[sheet_name], sheet.table
        below = ROOM_BELOW if table.to_fill else 0
        last = HEADER_ROW + max(len(table.rows), 1) + below
        for place, column in enumerate(table.columns, 1):
            if column.choices:
                letter = get_column_letter(place)
                _offer(page, names[column.choices], column, f"{letter}{HEADER_ROW + 1}:{letter}{last}")


def _offer(page: Worksheet, name: str, column: Column, where: str) -> None:
    offered = DataValidation(
        type="list", formula1=f"={name}", allow_blank=True, showErrorMessage=True, errorTitle="Not in the list",
        error="Choose one of the list, or leave it empty.", showInputMessage=True, promptTitle=column.label[:32],
        prompt="Choose one of the list.",
    )  # fmt: skip
    offered.add(where)
    page.add_data_validation(offered)
