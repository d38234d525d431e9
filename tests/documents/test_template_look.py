from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk.documents import template
from nhsdesk.documents.template_differences import differences
from nhsdesk.documents.template_look import look
from nhsdesk.documents.template_print import (
    Comparison,
    Fate,
    MappedPlace,
    Print,
    compare,
    likeness,
    print_of,
    print_of_blank,
)
from nhsdesk.documents.template_styles import Takes, takes
from nhsdesk.documents.template_suggestions import Says, suggestions
from tests.documents.template_files import rule_xml, rules_xml, sheet_xml, table_xml, words, workbook


def form(*lines: tuple[int, str], column: str = "B", headings: int = 10) -> str:
    """A form: questions with an empty box beside each, and headings of a list below them."""
    rows = {row: words(f"{column}{row}", text) + f'<c r="C{row}" s="3"/>' for row, text in lines}
    for number in (headings, headings + 1):
        cells = ("Role", "Start", "WTE") if number == headings else ("", "", "")
        rows[number] = "".join(
            words(f"{letter}{number}", text) if text else f'<c r="{letter}{number}" s="3"/>'
            for letter, text in zip("BCD", cells, strict=True)
        )
    listed = "".join(f'<row r="{row}">{cells}</row>' for row, cells in sorted(rows.items()))
    return sheet_xml(listed)


def compared(old: str, new: str, *places: MappedPlace) -> Comparison:
    return compare(print_of(workbook(old), "Old.xlsx"), print_of(workbook(new), "New.xlsx"), places)


NAME, CODE = MappedPlace("S", "C3"), MappedPlace("S", "C4")
LIST = MappedPlace("S", "B10", (("B", "Role"), ("C", "Start"), ("D", "WTE")))
OLD = form((3, "PCN name:"), (4, "PCN code"))


# ---------------------------------------------------------------- as a person sees it


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("General", Takes.ANYTHING), ("@", Takes.WORDS), ("0.00", Takes.NUMBER), ("#,##0;[Red]-#,##0", Takes.NUMBER),
        ("[$£-809]#,##0.00", Takes.MONEY), ('_-"£"* #,##0.00_-', Takes.MONEY), ("0.0%", Takes.PERCENT),
        ("[$-809]dd mmmm yyyy;@", Takes.DAY), ("mmm-yy", Takes.DAY), ("dd/mm/yyyy hh:mm", Takes.MOMENT),
        ("[h]:mm:ss", Takes.TIME), ("h:mm AM/PM", Takes.TIME), ('0 "days"', Takes.NUMBER),
        ('"Yes";"No"', Takes.ANYTHING),
    ],
)  # fmt: skip
def test_a_number_format_says_what_a_cell_takes(code: str, meant: Takes) -> None:
    assert takes(code) is meant


def test_a_sheet_is_seen_as_a_person_sees_it(shared_data: Path) -> None:
    path = shared_data / "templates" / "TF_Round_4_Success.xlsx"
    blank = look(path.read_bytes(), path.name)
    assert [one.name for one in blank.sheets][:2] == ["1 - Start Here", "2 - Project Admin"]
    assert sum(one.hidden for one in blank.sheets) == 11
    cell = blank.cell("2 - Project Admin", "E8")
    assert cell is not None
    assert (cell.lists, cell.fillable, cell.formula) == (True, True, False)
    assert "Halifax" in (blank.choices("2 - Project Admin", "E8") or ())
    locked = blank.cell("2 - Project Admin", "B8")
    assert locked is not None
    assert not locked.fillable
    assert any(one.fill for one in blank.cells("2 - Project Admin", 1, 20))
    assert not blank.macros
    macros = shared_data / "templates" / "FFT_AE_template.xlsm"
    assert look(macros.read_bytes(), macros.name).macros


def test_headings_are_read_from_left_to_right() -> None:
    blank = look(workbook(OLD), "Return.xlsx")
    assert blank.headings("S", "B10") == LIST.columns


# ---------------------------------------------------------------- what asks to be filled


def test_questions_headings_names_and_markers_are_offered() -> None:
    bold = (
        words("F3", "{{PCN name}}")
        + words("G3", "DATE_SENT")
        + words("H3", "PCN_CODE")
        + words("I3", "ROW_TOTAL")
    )
    sheet = form((3, "PCN name"), (4, "PCN code")).replace('</row><row r="4"', bold + '</row><row r="4"')
    content = workbook(sheet, names="<definedName name='pcn_code'>S!$C$4</definedName>")
    offered = [(one.says, one.cell, one.words) for one in suggestions(look(content, "R.xlsx"), "S")]
    assert offered[:3] == [
        (Says.NAME, "C4", "pcn_code"),
        (Says.MARKER, "F3", "PCN name"),
        (Says.MARKER, "G3", "DATE_SENT"),
    ]
    rule = rules_xml(rule_xml("list", "C3", "&quot;Yes,No&quot;"))
    asked = suggestions(
        look(workbook(sheet_xml(f'<row r="3">{words("B3", "Agreed?")}</row>', rule)), "R.xlsx"), "S"
    )
    assert [(one.says, one.cell, one.words) for one in asked] == [(Says.QUESTION, "C3", "Agreed?")]


def test_a_table_is_offered_with_its_columns() -> None:
    content = workbook(sheet_xml('<row r="4"/>'), tables={"S": table_xml("B4:C5", "Name", "WTE")})
    offered = suggestions(look(content, "R.xlsx"), "S")
    assert [(one.says, one.cell, one.columns, one.table) for one in offered] == [
        (Says.TABLE, "B4", (("B", "Name"), ("C", "WTE")), "Posts")
    ]


# ---------------------------------------------------------------- a newer version


def test_a_fingerprint_is_kept_as_text(shared_data: Path) -> None:
    path = shared_data / "templates" / "Pre_ingest_EXAMPLE_data.xlsx"
    made = print_of_blank(look(path.read_bytes(), path.name))
    assert Print.of_text(made.as_text()) == made
    assert len(made.tables) == 15
    with pytest.raises(ValueError, match="not a fingerprint"):
        Print.of_text('{"sheets": 1}')


def test_the_same_version_needs_no_question() -> None:
    found = compared(OLD, OLD, NAME, CODE, LIST)
    assert found.same
    assert found.settled


def test_what_moved_is_found_by_its_words() -> None:
    new = form((5, "PCN Name"), (9, "PCN code *"), headings=14)
    found = compared(OLD, new, NAME, CODE, LIST)
    assert [one.fate for one in found.places] == [Fate.MOVED] * 3
    assert [one.now[0].cell for one in found.places] == ["C5", "C9", "B14"]
    assert found.places[0].told == "C3 of “S”, known by “pcn name”, is now C5 of “S”."


def test_what_disappeared_is_asked_for() -> None:
    found = compared(OLD, form((3, "PCN name")), NAME, CODE)
    assert [one.fate for one in found.places] == [Fate.SAME, Fate.GONE]
    assert "known by “pcn code / pcn name”" in found.places[1].told or "pcn code" in found.places[1].told


def test_what_stands_twice_is_not_guessed() -> None:
    found = compared(OLD, form((3, "Lead"), (5, "PCN name"), (7, "PCN name")), NAME)
    assert found.places[0].fate is Fate.UNSURE
    assert [one.cell for one in found.places[0].now] == ["C5", "C7"]


def test_a_cell_with_no_words_about_it_is_not_guessed() -> None:
    assert compared(OLD, OLD, MappedPlace("S", "H1")).places[0].fate is Fate.UNSURE


def test_a_list_that_lost_a_heading_says_which() -> None:
    found = compared(OLD, OLD.replace("WTE", "Hours"), LIST).places[0]
    assert (found.fate, found.missing) == (Fate.UNSURE, ("WTE",))


def test_a_sheet_under_another_name_is_known_by_its_words() -> None:
    old, new = workbook({"2026": OLD}), workbook({"2027": OLD, "Notes": sheet_xml()})
    found = compare(print_of(old, "a"), print_of(new, "b"), [MappedPlace("2026", "C3")])
    assert found.sheets_renamed == (("2026", "2027"),)
    assert found.sheets_new == ("Notes",)
    assert (found.places[0].fate, found.places[0].now) == (Fate.MOVED, (MappedPlace("2027", "C3"),))


def test_the_workbooks_own_name_for_a_cell_is_surer_than_words() -> None:
    name = "<definedName name='pcn'>S!${}$3</definedName>"
    old = print_of(workbook(OLD, names=name.format("C")), "a")
    new = print_of(workbook(form((3, "Something else")), names=name.format("F")), "b")
    found = compare(old, new, [NAME]).places[0]
    assert (found.fate, found.now[0].cell) == (Fate.MOVED, "F3")


def test_a_later_round_of_a_real_return_is_like_the_earlier(shared_data: Path) -> None:
    names = ("PF_Round_3_Success.xlsx", "Pre_ingest_EXAMPLE_data.xlsx")
    ours, others = (print_of((shared_data / "templates" / name).read_bytes(), name) for name in names)
    assert likeness(ours, ours) == 1
    assert likeness(ours, others) < 0.2


# ---------------------------------------------------------------- differences


def test_two_states_of_a_workbook_are_compared_cell_by_cell() -> None:
    blank = workbook({"S": OLD, "Other": sheet_xml()})
    filled = template.fill(blank, "R.xlsx", {("S", "C3"): "Brook PCN", ("Other", "A1"): 3})
    assert differences((blank, "a.xlsx"), (filled.content, "b.xlsx")) == filled.differences


def test_a_formula_shared_by_several_cells_is_one_that_each_has() -> None:
    shared = '<row r="{0}"><c r="A{0}"><f t="shared" ref="A1:A2" si="0">{1}</f></c></row>'
    sheet = shared.format(1, "B1*2") + '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    plain = "".join(f'<row r="{n}"><c r="A{n}"><f>B{n}*2</f><v>9</v></c></row>' for n in (1, 2))
    told = differences((workbook(sheet_xml(sheet)), "a"), (workbook(sheet_xml(plain)), "b"))
    assert told == ()
    other = differences(
        (workbook(sheet_xml(sheet)), "a"), (workbook(sheet_xml(sheet.replace("B1*2", "B1*3"))), "b")
    )
    assert [(one.cell, one.old, one.new) for one in other] == [
        ("A1", "=B1*2", "=B1*3"),
        ("A2", "=B2*2", "=B2*3"),
    ]


def test_what_a_formula_puts_into_other_cells_is_not_compared() -> None:
    spread = '<row r="1"><c r="A1"><f t="array" ref="A1:B1">C1:D1</f></c>%s<c r="C1"><v>%d</v></c></row>'
    sent, back = (sheet_xml(spread % one) for one in (("<c r='B1'/>", 7), ("<c r='B1'><v>5</v></c>", 8)))
    told = differences((workbook(sent), "a"), (workbook(back), "b"))
    assert [(one.cell, one.old, one.new) for one in told] == [("C1", 7, 8)]


def test_formulas_are_compared_by_their_words_and_not_by_what_they_come_to() -> None:
    old = sheet_xml('<row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="C1"><f>B1</f></c></row>')
    new = sheet_xml('<row r="1"><c r="A1"><f>B1</f><v>2</v></c><c r="C1"><v>5</v></c></row>')
    told = differences((workbook(old), "a"), (workbook(new), "b"))
    assert [(one.cell, one.old, one.new) for one in told] == [("C1", "=B1", 5)]
