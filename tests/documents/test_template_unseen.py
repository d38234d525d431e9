"""Workbooks as other programs and other people make them: nothing else changes, and nothing is said that is not so."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.table import Table, TableFormula

from nhsdesk.documents import template
from nhsdesk.documents.template_book import Book
from nhsdesk.domain.problems import Weight
from nhsdesk.errors import FileRefused
from tests.conftest import SHARED_DATA
from tests.documents.template_files import (
    filled_with,
    found,
    part,
    rule_xml,
    rules_xml,
    sheet_xml,
    table_xml,
    words,
    workbook,
    zipped,
)

SURVIVES = SHARED_DATA.parent / "tools" / "workbook-survives"
DATE = 2


def told(done: template.Filled) -> str:
    return "\n".join(one.sentence for one in done.problems)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


# ---------------------------------------------------------------- one workbook with everything in it


@pytest.fixture(scope="module")
def return_with_everything() -> bytes:
    """A protected form, a table that works out a column, one with totals, rules, notes and parts of other programs."""
    book = openpyxl.Workbook()
    form = book.active
    assert form is not None
    form.title = "Return"
    form["A4"] = CellRichText("Type ", TextBlock(InlineFont(b=True), "here"))
    form["B2"].number_format, form["B3"].number_format = "dd/mm/yyyy", '"£"#,##0.00'
    form["B4"].comment = Comment("Leave this", "Commissioner")
    form["C1"], form["C2"] = "=B3*2", ArrayFormula("C2:C4", "=B1:B3")
    form["F1"] = DataTableFormula(ref="F1:F3", dt2D=False, r1="B3", t="dataTable")
    form.protection.sheet = True
    form.merge_cells("B6:D7")
    for ref in ("B1", "B2", "B3", "B6", "B8"):
        form[ref].protection = Protection(locked=False)
    _rule(form, "B8", type="list", formula1='"Yes,No"')
    _staff(book.create_sheet("Staff"))
    totals = book.create_sheet("Totals")
    for row in (["Role", "WTE"], [None, None], [None, None], ["Total", "=SUBTOTAL(109,Tot[WTE])"]):
        totals.append(row)
    _table(totals, "Tot", "A1:B4", "Role", "WTE").totalsRowCount = 1
    book.create_sheet("Kept back").sheet_state = "veryHidden"
    out = BytesIO()
    book.save(out)
    others = (
        "xl/vbaProject.bin", "xl/vbaProjectSignature.bin", "docMetadata/LabelInfo.xml", "customXml/item1.xml",
        "xl/threadedComments/threadedComment1.xml", "xl/printerSettings/printerSettings1.bin",
    )  # fmt: skip
    return zipped({**parts(out.getvalue()), **dict.fromkeys(others, b"as it came")})


def _staff(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.append(["Name", "Start", "Hours", "Twice"])
    for row in range(2, 5):
        sheet[f"B{row}"].number_format, sheet[f"C{row}"].number_format = "dd/mm/yyyy", "0.00"
        sheet[f"D{row}"] = "=Staff[[#This Row],[Hours]]*2"
    table = _table(sheet, "Staff", "A1:D4", "Name", "Start", "Hours", "Twice")
    table.tableColumns[3].calculatedColumnFormula = TableFormula(attr_text="Staff[[#This Row],[Hours]]*2")
    _rule(sheet, "C2:C4", type="decimal", operator="between", formula1="0", formula2="60")
    red = PatternFill("solid", bgColor="FF0000")
    sheet.conditional_formatting.add("A2:D4", CellIsRule("equal", ["1"], fill=red))


def _rule(sheet: openpyxl.worksheet.worksheet.Worksheet, where: str, **said: str) -> None:
    rule = DataValidation(showErrorMessage=True, **said)
    rule.add(where)
    sheet.add_data_validation(rule)


def _table(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str, ref: str, *headings: str) -> Table:
    table = Table(displayName=name, ref=ref)
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = heading
    sheet.add_table(table)
    return table


def prefixed(name: str, content: bytes) -> bytes:
    """A part in which every element of a spreadsheet has a prefix."""
    if not re.fullmatch(r"xl/(workbook|worksheets/sheet\d|styles|sharedStrings|tables/table\d)\.xml", name):
        return content
    named = re.sub(rb"<(/?)(?![\w.]+:)(?=[A-Za-z])", rb"<\1x:", content)
    return named.replace(b"xmlns=", b"xmlns:x=", 1)


def counted_from_1904(name: str, content: bytes) -> bytes:
    return (
        content.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
        if name == "xl/workbook.xml"
        else content
    )


def wide(name: str, content: bytes) -> bytes:
    """A part in an encoding of two bytes a letter."""
    if not re.fullmatch(r"xl/(workbook|tables/table\d)\.xml", name):
        return content
    bare = re.sub(rb"<\?xml[^>]*\?>", b"", content).decode()
    return f'<?xml version="1.0" encoding="UTF-16"?>{bare}'.encode("utf-16")


STAFF = tuple((f"Ann {n}", date(2024, 2, 29), Decimal("7.5")) for n in range(6))


@pytest.mark.parametrize("made", [None, prefixed, counted_from_1904, wide])
def test_only_what_is_filled_changes_however_the_workbook_was_written(
    made: object, return_with_everything: bytes, tmp_path: Path
) -> None:
    given = parts(return_with_everything)
    if callable(made):
        given = {name: made(name, content) for name, content in reversed(given.items())}
    blank = zipped(given)
    cells: dict[tuple[str, str], template.Value] = {
        ("Return", "B1"): "=Brook", ("Return", "B2"): date(2024, 2, 29), ("Return", "B3"): Decimal("-12.5"),
        ("Return", "B6"): "joined", ("Return", "B8"): "yes", ("Return", "C1"): 3, ("Return", "C3"): 3,
        ("Return", "F1"): 3, ("Return", "B4"): "locked", ("Kept back", "A3"): "unseen",
    }  # fmt: skip
    lists = [
        template.Rows("Staff", "A1", ("A", "B", "C"), STAFF),
        template.Rows("Totals", "A1", ("A", "B"), (("GP", 1), ("PA", 2), ("CP", 3))),
    ]
    done = template.fill(blank, "Return.xlsx", cells, lists)
    put = {(one.sheet, one.cell) for one in done.differences}
    assert {ref for sheet, ref in put if sheet == "Return"} == {"B1", "B2", "B3", "B6", "B8"}
    assert {("Staff", "A7"), ("Staff", "D7"), ("Totals", "B3"), ("Kept back", "A3")} <= put
    assert "no room for 1 of 3 rows: its totals stand" in told(done)
    if made is not wide:
        _survives(blank, done, tmp_path)
    read = openpyxl.load_workbook(BytesIO(done.content))
    assert read["Return"]["B2"].value.date() == date(2024, 2, 29)
    assert [cell.value for cell in read["Staff"][7]][2:] == [7.5, "=Staff[[#This Row],[Hours]]*2"]
    assert read["Staff"].tables["Staff"].ref == "A1:D7"
    assert read.calculation.fullCalcOnLoad


def _survives(blank: bytes, done: template.Filled, tmp_path: Path) -> None:
    before, after = tmp_path / "Blank.xlsx", tmp_path / "Filled.xlsx"
    before.write_bytes(blank)
    after.write_bytes(done.content)
    entries = Book(blank, "Return.xlsx").entries
    only = [f"{entries[one.sheet.casefold()].part}!{one.cell}" for one in done.differences]
    command = [
        sys.executable,
        str(SURVIVES),
        str(before),
        str(after),
        "--only",
        *only,
        "--grown",
        *done.grown,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert said.returncode == 0, said.stdout + said.stderr


# ---------------------------------------------------------------- tables that grow


def grown(formula: str, rest: str = "", **more: str) -> template.Filled:
    """Two rows put into a table of one that is full, with a formula in its second column."""
    row = words("B4", "Name") + words("C4", "Letters")
    held = f'{words("B5", "Ann")}<c r="C5">{formula}</c>'
    rows = f'<row r="4">{row}</row><row r="5">{held}</row>{rest}'
    content = workbook(sheet_xml(rows), tables={"S": table_xml("B4:C5", "Name", "Letters")}, **more)  # type: ignore[arg-type]
    return template.fill(content, "R.xlsx", {}, [template.Rows("S", "B4", ("B",), (("Bo",), ("Cy",)))])


def test_a_formula_on_whole_areas_goes_down_as_one() -> None:
    done = grown('<f t="array" ref="C5">SUM(LEN(A5:B5))</f><v>3</v>')
    sheet = part(done.content, "xl/worksheets/sheet1.xml")
    assert b'<c r="C7"><f t="array" ref="C7">SUM(LEN(A7:B7))</f></c>' in sheet


@pytest.mark.parametrize(
    ("rest", "names", "what"),
    [
        ('<row r="1"><c r="H1"><f>SUM($C$5:$C$5)</f></c></row>', "", "formulas on “S”"),
        ("", "<definedName name=\"People\">'S'!$B$4:$C$5</definedName>", "the name People"),
        (
            "",
            '<definedName name="_xlnm.Print_Area" localSheetId="0">S!$A$1:$C$5</definedName>',
            "the print area",
        ),
        ('<row r="1"><c r="H1"><f>SUM(Posts[Letters])+SUM(C4:C9)</f></c></row>', "", ""),
    ],
)
def test_what_looks_at_a_table_only_down_to_its_old_end_is_told(rest: str, names: str, what: str) -> None:
    row = (
        f'<row r="4">{words("B4", "Name")}{words("C4", "Letters")}</row><row r="5">{words("B5", "Ann")}</row>'
    )
    content = workbook(
        sheet_xml(rest + row), tables={"S": table_xml("B4:C5", "Name", "Letters")}, names=names
    )
    done = template.fill(content, "R.xlsx", {}, [template.Rows("S", "B4", ("B",), (("Bo",), ("Cy",)))])
    short = [one.sentence for one in done.problems if one.weight is Weight.ACKNOWLEDGE]
    assert len(short) == bool(what)
    assert not what or f"now ends at row 7, but {what} look at it only down to row 5" in short[0]


@pytest.mark.parametrize(
    ("tag_end", "chain"), [("/>", "chain1.xml"), ("></{}>", "calcChain.xml")], ids=["other name", "open tags"]
)
def test_the_order_of_calculation_goes_however_it_is_called(tag_end: str, chain: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    type_ = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    row = f'<row r="4">{words("B4", "A")}{words("C4", "B")}</row>'
    row += f'<row r="5">{words("B5", "x")}<c r="C5"><f>1</f></c></row>'
    given = parts(workbook(sheet_xml(row), tables={"S": table_xml("B4:C5", "A", "B")}))
    for name, end, what in (
        ("[Content_Types].xml", "Types", f'Override PartName="/xl/{chain}" ContentType="{type_}"'),
        (
            "xl/_rels/workbook.xml.rels",
            "Relationships",
            f'Relationship Id="c" Type="{kind}" Target="{chain}"',
        ),
    ):
        closed = f"<{what}{tag_end.format(what.split()[0])}</{end}>"
        given[name] = given[name].replace(f"</{end}>".encode(), closed.encode())
    given[f"xl/{chain}"] = b"<calcChain/>"
    rows = [template.Rows("S", "B4", ("B",), (("y",),))]
    after = parts(template.fill(zipped(given), "R.xlsx", {}, rows).content)
    assert f"xl/{chain}" not in after
    assert not any(b"calcChain" in content for content in after.values())


# ---------------------------------------------------------------- cells


def test_two_values_for_the_same_joined_cells_are_told() -> None:
    row = (
        f'<row r="4">{words("B4", "A")}{words("C4", "B")}{words("D4", "C")}</row><row r="5"><c r="B5"/></row>'
    )
    content = workbook(sheet_xml(row, '<mergeCells><mergeCell ref="B5:D5"/></mergeCells>'))
    done = template.fill(content, "R.xlsx", {}, [template.Rows("S", "B4", ("C", "D"), (("one", "two"),))])
    assert found(done.content, "B5") == "one"
    assert "“two” was not filled in: something else is mapped to B5 of “S” as well, and came first." in told(
        done
    )


def test_what_a_dropdown_of_unknown_choices_cannot_hold_is_refused() -> None:
    value, sentences = filled_with(5, DATE, rules_xml(rule_xml("list", "A1", "OFFSET($C$1,0,0,3)")))
    assert value is None
    assert "A1 of “S” was not filled in: it takes a date" in sentences[0]


def test_choices_that_formulas_make_are_not_refused_for_what_they_were() -> None:
    made = (
        '<row r="1"><c r="A1"/><c r="C1"><f>"a"</f><v>a</v></c></row><row r="2"><c r="C2"><f>B9</f></c></row>'
    )
    content = workbook(sheet_xml(made, rules_xml(rule_xml("list", "A1", "$C$1:$C$2"))))
    done = template.fill(content, "R.xlsx", {("S", "A1"): "b"})
    assert found(done.content, "A1") == "b"
    assert done.problems[0].weight is Weight.ACKNOWLEDGE
    assert "has choices that a formula makes" in told(done)


@pytest.mark.parametrize("value", ["\U0001f600" * 17_000, "\x07" * 5_000, Decimal("1E+400")])
def test_what_no_cell_can_hold_whole_is_refused_and_never_cut(value: template.Value) -> None:
    held, sentences = filled_with(value)
    assert held is None
    assert "A1 of “S” was not filled in" in sentences[0]


def test_what_a_row_holds_beside_its_cells_stays() -> None:
    content = workbook(sheet_xml('<row r="1"><c r="A1"/><extLst><ext uri="x"/></extLst></row>'))
    done = template.fill(content, "R.xlsx", {("S", "B1"): 1})
    assert b'<v>1</v></c><extLst><ext uri="x"/></extLst></row>' in part(
        done.content, "xl/worksheets/sheet1.xml"
    )


# ---------------------------------------------------------------- many


def test_many_wrong_choices_of_a_long_list_are_told_soon() -> None:
    lines = "".join(
        f'<row r="{n}"><c r="A{n}"/>{words(f"C{n}", f"Practice {n} Surgery")}</row>' for n in range(1, 2_001)
    )
    content = workbook(sheet_xml(lines, rules_xml(rule_xml("list", "A1:A2000", "$C$1:$C$2000"))))
    wrong = {("S", f"A{n}"): f"Practise {n} Surgery" for n in range(1, 301)}
    done = template.fill(content, "R.xlsx", wrong)
    assert len(done.problems) == 300
    assert "the nearest is “Practice 1 Surgery”" in done.problems[0].sentence
    assert sum(1 for one in done.problems if one.offered) == 100


def test_a_formula_of_its_own_in_every_row_costs_no_more_than_another() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"/><c r="B{n}"><f t="array" ref="B{n}">SUM(A{n})</f></c></row>'
        for n in range(1, 51)
    )
    book = Book(workbook(sheet_xml(rows)), "R.xlsx")
    assert book.sheet(book.entries["s"]).spread == ()


def test_thousands_of_named_styles_are_passed_over() -> None:
    given = parts(workbook(sheet_xml('<row r="1"><c r="A1" s="2"/></row>')))
    named = b"<cellStyles>" + b'<cellStyle name="Normal 2 3 4 5 6 7" xfId="0" builtinId="0"/>' * 200_000
    styles = given["xl/styles.xml"].replace(b"</cellXfs>", b"</cellXfs>" + named + b"</cellStyles>")
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in (given | {"xl/styles.xml": styles}).items():
            package.writestr(name, content)
    done = template.fill(out.getvalue(), "R.xlsx", {("S", "A1"): date(2026, 3, 31)})
    assert found(done.content, "A1") == date(2026, 3, 31)


# ---------------------------------------------------------------- zips


class _Piped(BytesIO):
    """What can be written once from beginning to end, so that sizes come after each part."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError("a pipe has no place")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("out", [BytesIO, _Piped])
def test_zips_of_every_kind_are_filled(large: bool, out: type[BytesIO]) -> None:
    given = parts(workbook({"S": sheet_xml('<row r="1"><c r="A1"/></row>'), "T": sheet_xml()}))
    written = out()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in reversed(given.items()):
            with package.open(name, "w", force_zip64=large) as one:
                one.write(content)
        package.comment = b"made by a pipe"
    done = template.fill(written.getvalue(), "R.xlsx", {("S", "A1"): "x"})
    assert zipfile.ZipFile(BytesIO(done.content)).testzip() is None
    after = parts(done.content)
    changed = {name for name in given if after[name] != given[name]}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}


def test_parts_that_lie_over_each_other_are_refused() -> None:
    given = parts(workbook(sheet_xml('<row r="1"><c r="A1"/></row>')))
    given["xl/media/image1.bin"] = b"picture" * 1000
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in given.items():
            package.writestr(name, content)
        for number in range(2, 200):
            again = copy.copy(package.getinfo("xl/media/image1.bin"))
            again.filename = f"xl/media/image{number}.bin"
            package.filelist.append(again)
    with pytest.raises(FileRefused, match="it is damaged"):
        template.fill(out.getvalue(), "R.xlsx", {("S", "A1"): "x"})


def test_a_comment_in_the_workbooks_part_is_not_taken_for_its_settings() -> None:
    given = parts(workbook(sheet_xml('<row r="1"><c r="A1"/></row>')))
    given["xl/workbook.xml"] = given["xl/workbook.xml"].replace(b"<sheets>", b"<!-- <calcPr/> --><sheets>")
    done = template.fill(zipped(given), "R.xlsx", {("S", "A1"): "x"})
    assert part(done.content, "xl/workbook.xml").endswith(b'<calcPr fullCalcOnLoad="1"/></workbook>')
