from __future__ import annotations

from decimal import Decimal

import pytest

from nhsdesk.documents import template
from nhsdesk.documents.template import Rows
from nhsdesk.documents.template_book import Book
from nhsdesk.domain.problems import Weight
from tests.documents.template_files import (
    found,
    part,
    rule_xml,
    rules_xml,
    sheet_xml,
    table_xml,
    words,
    workbook,
)

ANN, BOB, CAT = ("Ann", 1), ("Bob", 2), ("Cat", 3)


def row(number: int, *cells: str, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def boxes(number: int, *columns: str) -> str:
    """A row of empty cells with borders, as a form has them."""
    return row(number, *(f'<c r="{column}{number}" s="3"/>' for column in columns))


HEADINGS = row(4, words("B4", "Name"), words("C4", "WTE"))


def fill(
    content: bytes, *rows: tuple[template.Value, ...], table: str = "", first: int = 0, last: int = 0
) -> template.Filled:
    header = "" if table else "B4"
    return template.fill(content, "R.xlsx", {}, [Rows("S", header, ("B", "C"), rows, table, first, last)])


def told(done: template.Filled) -> str:
    return " ".join(one.sentence for one in done.problems)


# ---------------------------------------------------------------- under headings


def test_rows_go_under_their_headings_as_far_as_boxes_are_prepared() -> None:
    content = workbook(sheet_xml(HEADINGS + boxes(5, "B", "C") + boxes(6, "B", "C")))
    done = fill(content, ANN, BOB, CAT)
    assert (found(done.content, "B5"), found(done.content, "C6"), found(done.content, "B7")) == (
        "Ann",
        2,
        None,
    )
    assert told(done).startswith(
        "The list under B4 on “S” has no room for 1 of 3 rows: the rows prepared for them end at row 6."
    )


def test_rows_end_where_something_else_stands() -> None:
    content = workbook(sheet_xml(HEADINGS + row(6, words("B6", "Total"))))
    done = fill(content, ANN, BOB)
    assert "no room for 1 of 2 rows: row 6 already holds something" in told(done)
    assert found(done.content, "B6") == "Total"


def test_an_example_row_is_kept_and_rows_begin_below_it() -> None:
    content = workbook(sheet_xml(HEADINGS + row(5, words("B5", "For example, Jo"), '<c r="C5"><v>1</v></c>')))
    assert found(fill(content, ANN).content, "B6") == "Ann"
    assert found(fill(content, ANN, first=5).content, "B5") is not None


def test_what_stands_in_dropdowns_before_anybody_has_chosen_gives_way() -> None:
    rule = rules_xml(rule_xml("list", "B5:B9", "&quot;&lt; Select &gt;,Ann,Bob&quot;"))
    content = workbook(sheet_xml(HEADINGS + row(5, words("B5", "&lt; Select &gt;")), rule))
    assert found(fill(content, ANN).content, "B5") == "Ann"


def test_headings_of_two_rows_joined_are_passed_over() -> None:
    content = workbook(sheet_xml(HEADINGS, '<mergeCells><mergeCell ref="B4:B5"/></mergeCells>'))
    assert found(fill(content, ANN).content, "B6") == "Ann"


def test_an_entry_may_take_several_joined_rows() -> None:
    joined = "".join(f'<mergeCell ref="{c}{r}:{c}{r + 1}"/>' for c in "BC" for r in (5, 7))
    done = fill(workbook(sheet_xml(HEADINGS, f"<mergeCells>{joined}</mergeCells>")), ANN, BOB)
    assert [found(done.content, ref) for ref in ("B5", "B6", "B7", "C7")] == ["Ann", None, "Bob", 2]


def test_rows_of_a_query_are_told() -> None:
    done = fill(table_of(ONE, "B4:C5", more=' tableType="queryTable"'), ANN, table="Posts")
    assert "The rows of the table Posts on “S” come from a query" in told(done)
    assert found(done.content, "B6") == "Ann"


def test_rows_end_at_the_row_given() -> None:
    done = fill(workbook(sheet_xml(HEADINGS)), ANN, BOB, last=5)
    assert "no room for 1 of 2 rows: it ends at row 5" in told(done)


def test_hidden_rows_are_passed_over() -> None:
    content = workbook(sheet_xml(HEADINGS + row(5, more=' hidden="1"')))
    assert found(fill(content, ANN).content, "B6") == "Ann"


def test_a_column_of_formulas_is_told_once_and_left() -> None:
    content = workbook(
        sheet_xml(HEADINGS + row(5, '<c r="C5"><f>LEN(B5)</f></c>') + row(6, '<c r="C6"><f>LEN(B6)</f></c>'))
    )
    done = fill(content, ANN, BOB)
    assert [one.weight for one in done.problems] == [Weight.MUST_FIX, Weight.NOTE]
    assert told(done).startswith("Column C of “S” is worked out by formulas")
    assert found(done.content, "B6") == "Bob"


# ---------------------------------------------------------------- tables


def table_of(rows: str, ref: str, after: str = "", more: str = "", below: str = "") -> bytes:
    rules = rules_xml(rule_xml("decimal", f"C5:C{ref[-1]}", "0", "9"))
    formats = f'<conditionalFormatting sqref="B5:C{ref[-1]}"/>'
    content = sheet_xml(HEADINGS + rows + below, formats + rules + after, '<dimension ref="B4:C5"/>')
    return workbook(content, tables={"S": table_xml(ref, "Name", "WTE", more=more)})


ONE = row(5, words("B5", "Jo", 1), '<c r="C5" s="3"><v>1</v></c>')
TWO = ONE + row(6, words("B6", "Flo", 1), '<c r="C6" s="3"><f>ROUND(C5,1)</f><v>1</v></c>')


def test_a_table_grows_with_its_range_formats_and_rules() -> None:
    rows = ONE + row(6, words("B6", "Flo", 1), '<c r="C6" s="3"><v>2</v></c>')
    done = fill(table_of(rows, "B4:C6"), ANN, ("Bob", Decimal("2.5")), table="Posts")
    sheet, table = part(done.content, "xl/worksheets/sheet1.xml"), part(done.content, "xl/tables/table1.xml")
    assert done.grown == ("Posts",)
    assert (found(done.content, "B7"), found(done.content, "C8")) == ("Ann", Decimal("2.5"))
    assert table.count(b'ref="B4:C8"') == 2
    assert b'conditionalFormatting sqref="B5:C8"' in sheet
    assert b'sqref="C5:C8"' in sheet
    assert b'<dimension ref="B4:C8"/>' in sheet
    assert b'<c r="B7" s="1"' in sheet
    assert b'<c r="C8" s="3"' in sheet


def test_the_rules_of_the_last_row_hold_for_the_rows_that_come() -> None:
    done = fill(table_of(ONE, "B4:C5"), ("Ann", 10), table="Posts")
    assert "C6 of “S” was not filled in: its rule asks for what is typed to be from 0 to 9" in told(done)


def test_formulas_of_a_table_go_down_with_it() -> None:
    done = template.fill(
        table_of(TWO, "B4:C6"), "R.xlsx", {}, [Rows("S", "B4", ("B",), (("Ann",), ("Bob",)))]
    )
    sheet = part(done.content, "xl/worksheets/sheet1.xml")
    assert b"<f>ROUND(C6,1)</f>" in sheet
    assert b"<f>ROUND(C7,1)</f>" in sheet
    assert [(one.cell, one.new) for one in done.differences if one.by_formula] == [
        ("C7", "=ROUND(C6,1)"),
        ("C8", "=ROUND(C7,1)"),
    ]


MERGED = '<mergeCells><mergeCell ref="A6:B7"/></mergeCells>'
PROTECTED = '<sheetProtection sheet="1"/>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (table_of(ONE, "B4:C5", below=row(6, words("C6", "Notes"))), "something stands below it in row 6"),
        (table_of(ONE, "B4:C5", after=MERGED), "something stands below it in row 6"),
        (table_of(ONE, "B4:C5", after=PROTECTED), "its sheet is protected, so that its table cannot grow"),
        (table_of(TWO, "B4:C6", more=' totalsRowCount="1"'), "its totals stand in the row below"),
    ],
)
def test_a_table_that_cannot_grow_says_why(content: bytes, why: str) -> None:
    done = template.fill(content, "R.xlsx", {}, [Rows("S", "", ("B",), (("Ann",),), table="posts")])
    assert f"The table Posts on “S” has no room for 1 of 1 rows: {why}." in told(done)
    assert done.content == content


def test_a_table_keeps_its_headings() -> None:
    done = template.fill(table_of(ONE, "B4:C5"), "R.xlsx", {("S", "B4"): "Title"})
    assert "B4 of “S” was not filled in: it is a heading or total of an Excel table" in told(done)


def test_tables_and_columns_that_are_not_there_are_told() -> None:
    content = table_of(ONE, "B4:C5")
    done = template.fill(content, "R.xlsx", {}, [Rows("S", "", ("B",), (("x",),), table="Staff")])
    assert told(done) == "The workbook has no table named “Staff”, so its rows were not filled in."
    done = template.fill(content, "R.xlsx", {}, [Rows("S", "B4", ("D",), (("x",),))])
    assert told(done) == "D is no column of the table Posts, so its rows were not filled in."


def test_the_order_of_calculation_goes_when_formulas_come() -> None:
    names = ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")
    content = table_of(TWO, "B4:C6")
    types, rels = (part(content, name).decode() for name in names)
    chained = workbook(
        part(content, "xl/worksheets/sheet1.xml").decode(),
        tables={"S": part(content, "xl/tables/table1.xml").decode()},
        more={
            names[0]: types.replace("</Types>", '<Override PartName="/xl/calcChain.xml"/></Types>'),
            names[1]: rels.replace(
                "</Rel", '<Relationship Id="c" Type="x/calcChain" Target="calcChain.xml"/></Rel'
            ),
            "xl/calcChain.xml": "<calcChain/>",
        },
    )
    one_row = [Rows("S", "B4", ("B",), (("Ann",),))]
    kept = template.fill(chained, "R.xlsx", {("S", "A1"): 1})
    gone = template.fill(chained, "R.xlsx", {}, one_row)
    assert "xl/calcChain.xml" in Book(kept.content, "R.xlsx").package
    assert "xl/calcChain.xml" not in Book(gone.content, "R.xlsx").package
    assert not any(b"calcChain" in part(gone.content, name) for name in names)
