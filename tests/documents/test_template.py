from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhsdesk.documents import template
from nhsdesk.documents.template_book import Book
from nhsdesk.documents.template_values import held
from nhsdesk.documents.template_xml import reference
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.problems import Weight
from nhsdesk.errors import FileRefused
from tests.documents.template_files import (
    filled_with,
    found,
    part,
    rule_xml,
    rules_xml,
    sheet_xml,
    words,
    workbook,
)

DAY = date(2026, 11, 20)
FREE, WORDS, DATE, NUMBER, MONEY, PERCENT, TIME, _, MOMENT = range(9)


# ---------------------------------------------------------------- values follow the cell's format


@pytest.mark.parametrize(
    ("value", "style", "held_then"),
    [
        ("Brook PCN", FREE, "Brook PCN"),
        (" two  spaces\nand a line ", FREE, " two  spaces\nand a line "),
        (7, FREE, 7),
        (Decimal("0.1"), NUMBER, Decimal("0.1")),
        (DAY, DATE, DAY),
        (datetime(2026, 11, 20, 9, 30), MOMENT, datetime(2026, 11, 20, 9, 30)),  # noqa: DTZ001
        (time(9, 30), TIME, time(9, 30)),
        (Money(123_456), MONEY, Decimal("1234.56")),
        (Hours.of("22.5"), NUMBER, Decimal("22.5")),
        (Decimal("0.25"), PERCENT, Decimal("0.25")),
        (True, FREE, True),
        (True, WORDS, "Yes"),
        (DAY, WORDS, "20/11/2026"),
        (1234, WORDS, "1234"),
        ("20/11/2026", DATE, DAY),
        ("2026-11-20", DATE, DAY),
        ("20 November 2026", DATE, DAY),
        ("1,234.50", NUMBER, Decimal("1234.5")),
        ("25%", PERCENT, Decimal("0.25")),
        ("0123", FREE, "0123"),
        (str(2**63 + 1), FREE, str(2**63 + 1)),
    ],
)
def test_a_value_follows_its_cells_format(
    value: template.Value, style: int, held_then: template.Held
) -> None:
    assert filled_with(value, style) == (held_then, [])


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5 apples", "@SUM(A1)", "_x0041_", "a & <b> \"c\" 'd'"])
def test_words_that_look_like_formulas_or_markup_stay_words(text: str) -> None:
    assert filled_with(text)[0] == text


@pytest.mark.parametrize(
    ("value", "style", "why"),
    [
        (2026, DATE, "it takes a date, and a number would be shown as one"),
        (DAY, NUMBER, "it takes a number, not a date"),
        (time(9), DATE, "it takes a date, not a time"),
        (
            1_234_567_890_123_456,
            FREE,
            "a spreadsheet keeps no more than 15 digits of a number: give it as words",
        ),
        ("x" * 32_768, FREE, "a cell holds no more than 32,767 characters"),
    ],
)
def test_what_a_cell_cannot_show_is_not_put_there(value: template.Value, style: int, why: str) -> None:
    got, told = filled_with(value, style)
    assert got is None
    assert told == [f"A1 of “S” was not filled in: {why}. It was left as it is."]


@pytest.mark.parametrize(
    ("value", "style"), [("to be confirmed", DATE), ("unknown", NUMBER), (DAY, FREE), ("01234 567", NUMBER)]
)
def test_words_where_others_are_expected_are_put_and_told(value: template.Value, style: int) -> None:
    got, told = filled_with(value, style)
    assert isinstance(got, str)
    assert "Look at it before the workbook is sent" in told[0]


def test_a_share_that_shows_as_thousands_of_per_cent_is_told() -> None:
    got, told = filled_with(25, PERCENT)
    assert got == 25
    assert told == [
        "A1 of “S”: it is formatted as a percentage, and shows 2500%. Look at it before the workbook is sent."
    ]


def test_days_count_from_1904_where_the_workbook_does() -> None:
    content = workbook(sheet_xml('<row r="1"><c r="A1" s="2"/></row>'), properties=' date1904="1"')
    done = template.fill(content, "Return.xlsx", {("S", "A1"): DAY})
    assert found(done.content, "A1") == DAY
    assert b"<v>44884</v>" in part(done.content, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2999, 12, 31)])
def test_days_of_1900_are_counted_as_spreadsheets_do(day: date) -> None:
    assert filled_with(day, DATE)[0] == day


def test_nothing_empties_a_cell_and_keeps_its_look() -> None:
    content = workbook(sheet_xml(f'<row r="1">{words("A1", "Example", 3)}</row>'))
    done = template.fill(content, "Return.xlsx", {("S", "A1"): None})
    assert found(done.content, "A1") is None
    assert b'<c r="A1" s="3"/>' in part(done.content, "xl/worksheets/sheet1.xml")


def test_a_cell_that_was_not_there_gets_the_look_of_its_column() -> None:
    content = workbook(sheet_xml(before='<cols><col min="2" max="2" style="2"/></cols>'))
    done = template.fill(content, "Return.xlsx", {("S", "B3"): DAY})
    assert found(done.content, "B3") == DAY


def test_what_is_there_already_is_not_written_again() -> None:
    content = workbook(
        sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), shared="<si><t>Ours</t></si>"
    )
    done = template.fill(content, "Return.xlsx", {("S", "A1"): "Ours"})
    assert done.content == content
    assert not done.differences


def test_the_same_values_give_the_same_bytes() -> None:
    content = workbook(sheet_xml())
    once, again = (template.fill(content, "R.xlsx", {("S", "B2"): "x", ("S", "A9"): 1}) for _ in range(2))
    assert once == again


# ---------------------------------------------------------------- what is never touched


FORMULAS = sheet_xml(
    '<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><v>2</v></c></row>'
    '<row r="2"><c r="A2"><f t="array" ref="A2:A4">TRANSPOSE(B1:D1)</f><v>2</v></c></row>'
    '<row r="3"><c r="A3"><v>9</v></c><c r="B3" vm="1" t="e"><v>#VALUE!</v></c></row>'
)


@pytest.mark.parametrize(
    ("ref", "why"),
    [
        ("A1", "a formula works it out, and formulas are never overwritten"),
        ("A2", "a formula works it out, and formulas are never overwritten"),
        ("A4", "a formula in another cell fills it, and formulas are never overwritten"),
        ("B3", "it holds a picture or linked data"),
    ],
)
def test_formulas_and_pictures_are_never_overwritten(ref: str, why: str) -> None:
    done = template.fill(workbook(FORMULAS), "Return.xlsx", {("S", ref): 5})
    assert [one.sentence for one in done.problems] == [
        f"{ref} of “S” was not filled in: {why}. It was left as it is."
    ]
    assert done.problems[0].weight is Weight.MUST_FIX
    assert done.content == workbook(FORMULAS)


def test_results_are_left_out_and_worked_out_on_opening() -> None:
    done = template.fill(workbook(FORMULAS), "Return.xlsx", {("S", "B1"): 50})
    sheet = part(done.content, "xl/worksheets/sheet1.xml")
    assert b"<f>B1*2</f></c>" in sheet
    assert b'<c r="A3"><v>9</v></c>' in sheet
    assert b'<calcPr fullCalcOnLoad="1"/>' in part(done.content, "xl/workbook.xml")
    assert found(done.content, "A1") is None


def test_results_on_sheets_that_look_at_what_was_filled_are_left_out_too() -> None:
    def looking(formula: str) -> str:
        return sheet_xml(f'<row r="1"><c r="A1" t="str"><f>{formula}</f><v>old</v></c></row>')

    sheets = {
        "S": sheet_xml(),
        "It's": looking("S!A1*2"),
        "Far": looking("'It''s'!A1"),
        "Named": looking("claimed+1"),
        "Anywhere": looking("INDIRECT(B1)"),
        "Own": looking("SUM(B1:B9)"),
    }
    content = workbook(sheets, names="<definedName name='Claimed'>S!$A$1</definedName>")
    done = template.fill(content, "R.xlsx", {("S", "A1"): 5})
    assert [name for name in sheets if found(done.content, "A1", name) == "old"] == ["Own"]
    assert part(done.content, "xl/worksheets/sheet6.xml") == part(content, "xl/worksheets/sheet6.xml")
    assert "look at its totals and save it" in done.problems[0].sentence


def test_only_locked_cells_of_a_protected_sheet_are_left() -> None:
    rows = '<row r="1"><c r="A1"/><c r="B1" s="7"/><c r="C1"/></row>'
    after = '<sheetProtection sheet="1"/><protectedRanges><protectedRange sqref="C1:C9" name="open"/></protectedRanges>'
    done = template.fill(
        workbook(sheet_xml(rows, after)), "R.xlsx", {("S", "A1"): 1, ("S", "B1"): 2, ("S", "C1"): 3}
    )
    assert [one.cell for one in done.problems] == ["A1"]
    assert "a person could not type there either" in done.problems[0].sentence
    assert [(one.cell, one.new) for one in done.differences] == [("B1", 2), ("C1", 3)]


def test_joined_cells_are_filled_in_their_first() -> None:
    content = workbook(sheet_xml(after='<mergeCells><mergeCell ref="B2:D3"/></mergeCells>'))
    done = template.fill(content, "R.xlsx", {("S", "C3"): "x", ("S", "B2"): "y"})
    assert found(done.content, "B2") == "x"
    assert [one.weight for one in done.problems] == [Weight.MUST_FIX, Weight.NOTE]
    assert "joined with others into B2:D3, so what is meant for it stands in B2" in done.problems[1].sentence


def test_what_nobody_sees_is_told() -> None:
    sheets = {"S": sheet_xml('<row r="1" hidden="1"/>'), "Lists": sheet_xml()}
    done = template.fill(workbook(sheets, hidden=("Lists",)), "R.xlsx", {("S", "A1"): 1, ("Lists", "A1"): 2})
    assert {one.weight for one in done.problems} == {Weight.ACKNOWLEDGE}
    assert len(done.problems) == len(done.differences) == 2


def test_a_sheet_is_known_in_any_case_and_with_spaces_about_it() -> None:
    content = workbook({"Data ": sheet_xml(), "It's": sheet_xml()})
    done = template.fill(content, "R.xlsx", {("Data ", "A1"): 1, (" IT'S", "a2"): 2})
    assert (found(done.content, "A1", "Data "), found(done.content, "A2", "It's")) == (1, 2)


def test_a_place_that_is_not_there_is_told() -> None:
    done = template.fill(
        workbook(sheet_xml()), "R.xlsx", {("Nowhere", "A1"): 1, ("S", "A0"): 2, ("s", "XFE1"): 3}
    )
    assert [one.sentence.split(", so")[0] for one in done.problems] == [
        "The workbook has no sheet named “Nowhere”",
        "The workbook has no cell A0 on “S”",
        "The workbook has no cell XFE1 on “s”",
    ]


def test_a_signature_and_links_to_other_workbooks_are_told() -> None:
    more = {"_xmlsignatures/sig1.xml": "<a/>", "xl/externalLinks/externalLink1.xml": "<a/>"}
    told = [one.sentence for one in template.fill(workbook(sheet_xml(), more=more), "R.xlsx", {}).problems]
    assert told[0].endswith("Filled in, its signature no longer holds.")
    assert told[1].startswith("Formulas in the workbook look into other workbooks, which were not opened.")


# ---------------------------------------------------------------- choices and limits


LISTS = sheet_xml(
    "".join(
        f'<row r="{n}">{words(f"A{n}", text)}</row>' for n, text in enumerate(("Pharmacist", "Dietitian"), 1)
    )
)


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ('"Pharmacist, Dietitian"', ""),
        ("Lists!$A$1:$A$9", ""),
        ("Roles", "<definedName name='Roles'>Lists!$A$1:$A$2</definedName>"),
        ("INDIRECT($B$1)", "<definedName name='Roles'>Lists!$A$1:$A$2</definedName>"),
        ('INDIRECT("Roles")', "<definedName name='Roles'>Lists!$A:$A</definedName>"),
    ],
)
def test_a_dropdown_takes_its_choices_and_offers_the_nearest(formula: str, names: str) -> None:
    rule = rules_xml(rule_xml("list", "A1", formula.replace('"', "&quot;")))
    content = workbook(
        {"S": sheet_xml(f'<row r="1">{words("B1", "Roles")}</row>', rule), "Lists": LISTS}, names=names
    )
    done = template.fill(content, "R.xlsx", {("S", "A1"): " pharmacist"})
    assert (found(done.content, "A1"), done.problems) == ("Pharmacist", ())
    wrong = template.fill(content, "R.xlsx", {("S", "A1"): "Farmacist"})
    assert wrong.problems[0].offered[0] == "Pharmacist"
    assert (
        "“Farmacist” is none of the 2 choices it offers; the nearest is “Pharmacist”"
        in wrong.problems[0].sentence
    )
    assert wrong.content == content


def test_choices_of_the_newer_kind_count_too() -> None:
    newer = (
        '<extLst><ext xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:dataValidations><x14:dataValidation type="list" '
        'showErrorMessage="1"><x14:formula1><xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>A1:A9</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    content = workbook({"S": sheet_xml(after=newer), "Lists": LISTS})
    assert template.fill(content, "R.xlsx", {("S", "A1"): "Nobody"}).problems[0].offered
    assert found(template.fill(content, "R.xlsx", {("S", "A2"): "Dietitian"}).content, "A2") == "Dietitian"


def test_a_rule_that_only_warns_lets_other_words_in_and_tells() -> None:
    rule = rules_xml(
        rule_xml("list", "A1", "&quot;Yes,No&quot;", more=' showErrorMessage="1" errorStyle="warning"')
    )
    got, told = filled_with("Perhaps", after=rule)
    assert got == "Perhaps"
    assert "is none of the 2 choices" in told[0]


def test_choices_made_by_a_formula_are_not_guessed() -> None:
    got, told = filled_with("x", after=rules_xml(rule_xml("list", "A1", "OFFSET($B$1,0,0,COUNTA($B:$B),1)")))
    assert got == "x"
    assert told == [
        "A1 of “S” has choices that a formula makes, so what is filled in was not held against them."
    ]


@pytest.mark.parametrize(
    ("kind", "first", "second", "value", "why"),
    [
        ("whole", "1", "9", 12, "its rule asks for what is typed to be from 1 to 9"),
        ("whole", "1", "9", Decimal("2.5"), "its rule asks for a whole number"),
        ("decimal", "0", "1", "much", "its rule asks for a number"),
        ("textLength", "0", "5", "too long", "its rule asks for the number of characters to be from 0 to 5"),
        ("date", "46113", "46477", date(2027, 4, 1), "to be from 1 April 2026 to 31 March 2027"),
    ],
)  # fmt: skip
def test_limits_are_kept(kind: str, first: str, second: str, value: template.Value, why: str) -> None:
    rule = rules_xml(rule_xml(kind, "A1", first, second))
    got, told = filled_with(value, DATE if kind == "date" else FREE, after=rule)
    assert got is None
    assert why in told[0]


# ---------------------------------------------------------------- any cells, any values


REFS = st.builds(reference, st.integers(1, 30), st.integers(1, 12))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**6), 10**6, places=2),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=20),
)
GRID = workbook(
    {
        "S": sheet_xml(
            "".join(
                f'<row r="{r}" spans="1:5">'
                + "".join(words(reference(r, c), f"{r}:{c}") for c in (1, 3, 5))
                + "</row>"
                for r in range(1, 30, 3)
            ),
            before='<dimension ref="A1:E28"/>',
        )
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(REFS, VALUES, max_size=12))
def test_any_values_come_back_as_they_were_put_and_all_else_stays(values: dict[str, template.Value]) -> None:
    done = template.fill(GRID, "Grid.xlsx", {("S", ref): value for ref, value in values.items()})
    before, after = everything(GRID), everything(done.content)
    refused = {one.cell for one in done.problems}
    for ref in before.keys() | after.keys() | values.keys():
        wanted = values[ref] if ref in values and ref not in refused else before.get(ref)
        assert after.get(ref) == wanted, ref
    assert not refused


def everything(content: bytes) -> dict[str, template.Held]:
    book = Book(content, "Grid.xlsx")
    sheet = book.sheet(book.entries["s"])
    return {reference(cell.row, cell.column): held(book, sheet, cell) for cell in sheet.cells() if cell.inner}


# ---------------------------------------------------------------- open elsewhere


@pytest.mark.parametrize(
    ("lock", "content", "where"),
    [
        ("~$Return.xlsx", b"\x07Ann Lee" + b" " * 40, "in Excel by Ann Lee"),
        (".~lock.Return.xlsx#", b",Ann,host,", "in LibreOffice by Ann"),
    ],
)
def test_a_workbook_that_is_open_is_not_read(lock: str, content: bytes, where: str, tmp_path: Path) -> None:
    path = tmp_path / "Return.xlsx"
    path.write_bytes(workbook(sheet_xml()))
    assert template.read(path) == path.read_bytes()
    (tmp_path / lock).write_bytes(content)
    with pytest.raises(
        FileRefused, match=f"it is open {where}, and may hold more than was saved. Nothing has been"
    ):
        template.read(path)
