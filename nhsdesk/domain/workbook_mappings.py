"""Workbooks of others that we fill in place: the blank, where each answer goes, and what moved when it changes."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, day, file, link, long_text, parent, record, text
from nhsdesk.domain.kinds import Id, KeptFile


@record(
    title="Workbook to fill",
    plural="Workbooks to fill",
    prefix="WK",
    columns=("name", "published_by", "edition", "received_on", "replaced_by"),
    groups={"The workbook": "name", "What it looks like": "fingerprint"},
)
class WorkbookToFill(Record):
    """A commissioner's workbook, blank as it came, and the mapping by which the program fills it."""

    name: str = text("Name")
    published_by: Id | None = link("Published by", "Organisation", default=None)
    edition: str | None = text("Version", default=None)
    received_on: date | None = day("Received on", default=None, lean=Lean.LAST)
    blank: KeptFile | None = file("Blank workbook", default=None)
    fingerprint: str | None = long_text(
        "Fingerprint",
        default=None,
        help="Its sheets, headings and tables, by which a newer version is known.",
    )
    replaced_by: Id | None = link("Replaced by", "WorkbookToFill", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Mapped cell",
    plural="Mapped cells",
    prefix="WC",
    columns=("workbook", "sheet", "cell", "heading", "fills", "words"),
)
class MappedCell(Record):
    """One cell, and what fills it: a figure or field of the record, or words of one's own."""

    workbook: Id = parent("Workbook", "WorkbookToFill")
    sheet: str = text("Sheet")
    cell: str = text("Cell", help="Such as C7.")
    heading: str | None = text(
        "Heading beside it", default=None, help="By it the cell is found in a newer version."
    )
    fills: str | None = text("Filled with", default=None)
    words: str | None = text("Always these words", default=None)


@record(
    title="Mapped list",
    plural="Mapped lists",
    prefix="WL",
    columns=("workbook", "sheet", "header", "fills", "only", "in_order"),
)
class MappedList(Record):
    """A heading row or table, and the list whose entries fill the rows below it."""

    workbook: Id = parent("Workbook", "WorkbookToFill")
    sheet: str = text("Sheet")
    header: str = text("First heading", help="The cell in which the heading row begins, such as A5.")
    table: str | None = text("Table", default=None, help="Its name, where the rows are an Excel table.")
    fills: str = text("Filled with")
    only: str | None = long_text("Only those", default=None, help="The filter.")
    in_order: str | None = text("In the order of", default=None)


@record(
    title="Mapped column",
    plural="Mapped columns",
    prefix="WN",
    columns=("table", "column", "heading", "fills", "words"),
)
class MappedColumn(Record):
    """One column of a mapped list."""

    table: Id = parent("List", "MappedList")
    column: str = text("Column", help="Its letter.")
    heading: str | None = text("Heading", default=None)
    fills: str | None = text("Filled with", default=None)
    words: str | None = text("Always these words", default=None)
