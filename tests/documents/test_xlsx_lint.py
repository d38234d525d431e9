"""Each essential point on accessible spreadsheets, broken in a workbook that keeps to all others."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from nhsdesk.documents import xlsx, xlsx_lint
from nhsdesk.documents.model import CellKind, Column, Table, Workbook

Make = Callable[..., Workbook]
Break = Callable[[Worksheet], object]


def put(cell: str, **how: Any) -> Break:
    """Changes what a cell holds or how it looks."""

    def broken(sheet: Worksheet) -> None:
        for name, value in how.items():
            setattr(sheet[cell], name, value)

    return broken


def of(part: str, **how: Any) -> Break:
    """Changes something of the sheet itself."""

    def broken(sheet: Worksheet) -> None:
        target: Any = sheet
        for name in filter(None, part.split(".")):
            target = getattr(target, name)
        for name, value in how.items():
            setattr(target, name, value)

    return broken


BREACHES: tuple[tuple[str, Break], ...] = (
    ("no heading in A1", put("A1", value=None)),
    ("no heading in A1", put("A1", font=Font(bold=False))),
    ("cells are merged", lambda sheet: sheet.merge_cells("A5:B5")),
    ("something is hidden", of("", sheet_state="hidden")),
    ("something is hidden", lambda sheet: setattr(sheet.row_dimensions[5], "hidden", True)),
    ("a column is hidden", lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True)),
    ("it is filtered", of("auto_filter", ref="A4:B6")),
    ("words stand in a page header or footer", of("oddFooter.center", text="Page 1")),
    ("the cursor is not left in A1", lambda sheet: setattr(sheet.sheet_view.selection[0], "sqref", "C7")),
    ("A5 holds a formula or an error", put("A5", value="=1+1")),
    ("A5 does not wrap its words", put("A5", alignment=Alignment(wrap_text=False))),
    ("A5 is coloured in", put("A5", fill=PatternFill("solid", fgColor="FFFF00"))),
    ("panes are frozen", of("", freeze_panes="A5")),
    ("has an empty cell that nothing explains", put("B5", value=None)),
    ("something stands below table Posts", put("A9", value="Source: us")),
    ("an empty or repeated heading", put("B4", value="post")),
    ("marks a note by a symbol", put("B4", value="Claimed (£)*")),
    (
        "keeps days as words under Post",
        lambda sheet: [put(one, value="3 May 2026")(sheet) for one in ("A5", "A6")],
    ),
    ("the document says no title", of("parent.properties", title="")),
    ("the document says no language", of("parent.properties", language=None)),
    ("the document says no author", of("parent.properties", creator="openpyxl")),
    ("its name says nothing", of("", title="Sheet1")),
    ("no table is marked up", lambda sheet: sheet.tables.clear()),
    ("does not start in column A", lambda sheet: setattr(sheet.tables["Posts"], "ref", "B4:B6")),
    ("it does not open at its first sheet", of("parent", active=1)),
)


@pytest.fixture
def written(workbook: Make) -> bytes:
    columns = (Column("Post"), Column("Claimed", CellKind.MONEY))
    return xlsx.write(workbook(Table("Posts", columns, (("Pharmacist", None), ("Dietitian", None)))))


def test_what_we_write_keeps_to_every_point(written: bytes) -> None:
    assert xlsx_lint.faults(written) == ()


@pytest.mark.parametrize(("told", "broken"), BREACHES)
def test_a_breach_of_each_point_is_told(written: bytes, told: str, broken: Break) -> None:
    book = load_workbook(BytesIO(written))
    broken(book["Posts"])
    out = BytesIO()
    book.save(out)
    assert any(told in one for one in xlsx_lint.faults(out.getvalue()))


def test_a_sheet_to_fill_may_have_empty_cells_and_a_working_copy_frozen_panes(workbook: Make) -> None:
    columns = (Column("Post", choices=("A", "B")), Column("Entry", hidden=True))
    table = Table("Posts", columns, ((None, "1"), ("A", "2")), to_fill=True)
    made = xlsx.write(workbook(table))
    assert xlsx_lint.faults(made, to_fill=("Posts",)) == ()
    assert len(xlsx_lint.faults(made)) == 2
