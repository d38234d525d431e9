from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as ExcelFile
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from nhsdesk.documents import xlsx
from nhsdesk.documents.model import Cell, CellKind, Column, Table, Workbook
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from tests.examples import examples

Make = Callable[..., Workbook]

COLUMNS = (
    Column("Post"),
    Column("WTE", CellKind.DECIMAL, 2),
    Column("Claimed", CellKind.MONEY),
    Column("Start date", CellKind.DAY),
    Column("Month", CellKind.MONTH),
    Column("Hours", CellKind.HOURS),
    Column("People", CellKind.WHOLE),
)
ROW: tuple[Cell, ...] = (
    "Pharmacist",
    Decimal("0.933333333"),
    Money(412350),
    date(2027, 1, 30),
    Month(2026, 10),
    Hours.of("22.5"),
    1234,
)
NOTHING: tuple[Cell, ...] = (None,) * len(COLUMNS)


def opened(made: bytes) -> ExcelFile:
    return load_workbook(BytesIO(made))


def calamine(made: bytes, sheet: str) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    return [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def texts(*values: str) -> Table:
    return Table("Texts", (Column("Text"),), tuple((value,) for value in values))


def test_cells_keep_their_types_and_show_them_as_people_write_them(workbook: Make) -> None:
    sheet = opened(xlsx.write(workbook(Table("Claims", COLUMNS, (ROW,)))))["Claims"]
    assert [(cell.value, cell.number_format) for cell in sheet[5]] == [
        ("Pharmacist", "General"),
        (0.933333333, "#,##0.00"),
        (4123.5, "#,##0.00"),
        (datetime(2027, 1, 30), "d mmmm yyyy"),  # noqa: DTZ001
        (datetime(2026, 10, 1), "mmmm yyyy"),  # noqa: DTZ001
        (22.5, "#,##0.00"),
        (1234, "#,##0"),
    ]


def test_calamine_reads_the_same_cells(workbook: Make) -> None:
    rows = calamine(xlsx.write(workbook(Table("Claims", COLUMNS, (ROW, NOTHING)))), "Claims")
    assert rows[3] == ["Post", "WTE", "Claimed (£)", "Start date", "Month", "Hours", "People"]
    assert rows[4] == ["Pharmacist", 0.933333333, 4123.5, date(2027, 1, 30), date(2026, 10, 1), 22.5, 1234.0]
    assert rows[5] == ["[x]"] * 7


def test_every_sheet_follows_the_guidance_on_accessible_spreadsheets(workbook: Make) -> None:
    made = workbook(Table("Claims", COLUMNS, (ROW,)), Table("Empty", COLUMNS, ()), notes=("One",))
    book = opened(xlsx.write(made))
    assert book.sheetnames == ["Cover_sheet", "Claims", "Empty", "Notes"]
    assert book.active.title == "Cover_sheet"
    assert (book.properties.title, book.properties.language) == ("ARRS claim", "en-GB")
    assert book.properties.creator == "Eastfield PCN"
    for sheet in book:
        assert sheet["A1"].value
        assert (sheet["A1"].font.name, sheet["A1"].font.b) == ("Arial", True)
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet.sheet_view.selection[0].sqref == "A1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_each_table_is_marked_up_from_column_a_without_a_filter(workbook: Make) -> None:
    made = workbook(Table("Claims", COLUMNS, (ROW, NOTHING)), notes=("One",))
    for sheet in opened(xlsx.write(made)).worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A4:")
        assert table.autoFilter is None
        assert sheet.print_title_rows == "$1:$4"
        heading, *rows = sheet[table.ref]
        assert [cell.value for cell in heading] == table.column_names
        assert all(cell.value not in (None, "") and cell.data_type != "f" for row in rows for cell in row)
        assert all((cell.font.name, cell.font.sz) == ("Arial", 12) for row in rows for cell in row)


def test_a_table_without_entries_says_so(workbook: Make) -> None:
    columns = (Column("WTE", CellKind.DECIMAL), Column("Post"))
    made = xlsx.write(workbook(Table("Claims", columns, ())))
    assert calamine(made, "Claims")[4] == ["[x]", "No entries"]
    assert opened(made)["Claims"].tables["Claims"].ref == "A4:B5"
    numbers_only = xlsx.write(workbook(Table("Claims", columns[:1], ())))
    assert calamine(numbers_only, "Claims")[4] == ["No entries"]


def test_the_mark_stands_in_the_title_of_every_sheet(workbook: Make) -> None:
    book = opened(xlsx.write(workbook(texts("a"), notes=("One",), mark="SAMPLE")))
    assert [sheet["A1"].value for sheet in book] == [
        "SAMPLE: ARRS claim",
        "SAMPLE: About Texts",
        "SAMPLE: Notes",
    ]


def test_the_cover_lists_the_sheets_and_explains_what_is_missing(workbook: Make) -> None:
    cover = calamine(xlsx.write(workbook(texts("a"))), "Cover_sheet")
    assert [row[0] for row in cover[2:]] == [
        "",
        "Prepared on 2 April 2026",
        "Contents",
        "Texts: About Texts",
        "Cells that hold [x] have no value to show.",
    ]


@pytest.mark.parametrize(
    "start", ["=1+1", "+44 7700 900000", "-2+3", "@cmd", "|calc", "%0", "＝1", "\t=1", "#N/A", "=" * 9]
)
def test_text_is_never_a_formula_nor_an_error(workbook: Make, start: str) -> None:
    made = xlsx.write(workbook(texts(start)))
    cell = opened(made)["Texts"]["A5"]
    assert (cell.value, cell.data_type) == (start, "s")
    assert bool(cell.quotePrefix) == (start != "#N/A")
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert not any(re.search(rb"<(\w+:)?f[ >]", package.read(name)) for name in package.namelist())


def test_headings_titles_and_names_are_never_formulas_either(workbook: Make) -> None:
    made = xlsx.write(workbook(Table("=1+1", (Column("=A1\n_x0041_"),), (("a",),)), notes=("=2",), mark="=3"))
    book = opened(made)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert calamine(made, "=1+1")[3] == ["=A1 _x0041_"]


def test_long_numbers_lose_no_more_than_a_spreadsheet_must(workbook: Make) -> None:
    third = Decimal(1) / Decimal(3)
    made = xlsx.write(workbook(Table("Numbers", (Column("A", CellKind.DECIMAL),), ((third,),))))
    assert calamine(made, "Numbers")[4] == [0.333333333333333]
    largest = 999_999_999_999_999
    made = xlsx.write(workbook(Table("Numbers", (Column("A", CellKind.WHOLE),), ((largest,),))))
    assert calamine(made, "Numbers")[4] == [float(largest)]


def test_days_before_a_spreadsheet_can_count_are_words(workbook: Make) -> None:
    columns = (Column("Day", CellKind.DAY), Column("Month", CellKind.MONTH))
    rows = ((date(1899, 12, 31), Month(1900, 2)), (date(1900, 3, 1), Month(1900, 3)))
    found = calamine(xlsx.write(workbook(Table("Days", columns, rows))), "Days")
    assert found[4] == ["31 December 1899", "February 1900"]
    assert found[5] == [date(1900, 3, 1), date(1900, 3, 1)]


def test_a_text_over_the_limit_says_how_much_was_cut(workbook: Make) -> None:
    (found,) = calamine(xlsx.write(workbook(texts("x" * 50_000))), "Texts")[4]
    assert isinstance(found, str)
    assert found.endswith(" more characters]")
    assert len(found) <= 32_767


def test_columns_are_wide_enough_to_read_and_no_wider_than_a_page(workbook: Make) -> None:
    columns = (Column("A"), Column("B"), Column("C"))
    sheet = opened(xlsx.write(workbook(Table("Texts", columns, (("short", "x" * 30, "y " * 200),)))))["Texts"]
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [12, 34, 60]
    assert sheet["C5"].alignment.wrap_text


def test_the_same_workbook_gives_the_same_bytes(workbook: Make) -> None:
    made = workbook(Table("Claims", COLUMNS, (ROW,)), notes=("One",))
    first = xlsx.write(made)
    assert first == xlsx.write(made)
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-04-02T09:00:00Z</dcterms:modified>" in package.read("docProps/core.xml")


def test_sheets_of_one_name_are_told_apart(workbook: Make) -> None:
    table = texts("a")
    assert opened(xlsx.write(workbook(table, table, notes=("One",)))).sheetnames == [
        "Cover_sheet",
        "Texts",
        "Texts 2",
        "Notes",
    ]


def as_typed(text: str) -> str:
    """What the format can hold of a text: line breaks as line feeds, no halves of characters, no blank cell."""
    held = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", re.sub("\r\n?", "\n", text))
    return held if held.strip() else "[x]"


ODD_PIECES = st.sampled_from(
    ["_", "x", "0041", "_x0041_", "_x005F_", "\x01", "\x00", "\r\n", "\r", "\n", "\t", " ", "=", "\ud83d"]
)
TYPED = st.one_of(
    st.text(st.characters(exclude_categories=[])),
    st.lists(ODD_PIECES, max_size=8).map("".join),
)


@settings(
    max_examples=examples(20, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.lists(TYPED, min_size=1, max_size=20))
def test_any_text_is_read_back_as_typed_by_both_readers(workbook: Make, typed: list[str]) -> None:
    made = xlsx.write(workbook(texts(*typed)))
    expected = [as_typed(text) for text in typed]
    assert [row[0] for row in calamine(made, "Texts")[4:]] == expected
    cells = [sheet_row[0] for sheet_row in opened(made)["Texts"].iter_rows(min_row=5)]
    assert [unescape(cell.value) for cell in cells] == expected
    assert {cell.data_type for cell in cells} == {"s"}
