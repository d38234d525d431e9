"""Workbooks that are broken, bombed, locked or changed: a plain sentence, soon, and nothing touched."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from nhsdesk.documents import template
from nhsdesk.documents.template_look import look
from nhsdesk.documents.template_print import print_of_blank
from nhsdesk.errors import FileRefused
from tests.conftest import SHARED_DATA
from tests.documents.template_files import found, part, sheet_xml, words, workbook

HOSTILE = sorted(path for path in (SHARED_DATA / "hostile").rglob("*") if path.is_file())
PLAIN = r"^.+ was not read: .+\. Nothing has been changed\. [A-Z].+\.$"


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name[:40])
def test_a_hostile_file_is_filled_or_refused_in_a_plain_sentence(path: Path) -> None:
    content = path.read_bytes()
    try:
        blank = look(template.read(path), path.name)
        print_of_blank(blank)
        done = template.fill(content, path.name, {(blank.sheets[0].name, "B3"): "Brook PCN"})
    except FileRefused as refusal:
        sentence = str(refusal)
        assert sentence.startswith(f"{path.name} was not read: ")
        assert "Nothing has been changed." in sentence
    else:
        assert [one.cell for one in done.differences] == ["B3"] or done.problems
        assert zipfile.ZipFile(BytesIO(done.content)).testzip() is None
    assert path.read_bytes() == content


def altered(name: str, content: str | bytes) -> bytes:
    """A sound workbook with one part in another state."""
    sound = workbook(sheet_xml(f'<row r="1">{words("A1", "PCN")}</row>'))
    return workbook_with(sound, {name: content})


def workbook_with(sound: bytes, parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(sound)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.namelist():
            if entry not in parts:
                after.writestr(entry, before.read(entry))
        for name, content in parts.items():
            after.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>'


@pytest.mark.parametrize(
    "content",
    [
        altered(SHEET, BOMB),
        altered(SHEET, "<worksheet><sheetData>"),
        altered(SHEET, "<html/>"),
        altered(SHEET, sheet_xml('<row r="1"/><row r="1"/>')),
        altered(SHEET, sheet_xml('<row r="1"><c r="B1"/><c r="A1"/></row>')),
        altered(SHEET, sheet_xml('<row r="1"><c r="A2"/></row>')),
        altered(SHEET, sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
        altered(SHEET, sheet_xml('<row r="1"/>' * 250_100)),
        altered(
            SHEET, sheet_xml(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000 + "</mergeCells>")
        ),
        altered("xl/styles.xml", "<styleSheet"),
        altered("xl/workbook.xml", "<workbook><sheets/></workbook>"),
        altered("_rels/.rels", "<Relationships/>"),
        altered("[Content_Types].xml", "<Types/>"),
        altered("xl/media/image1.png", b"\0" * 21_000_000),
        altered("../outside.xml", "<a/>"),
        b"",
        b"PK\x03\x04 and no more",
    ],
    ids=lambda _: "",
)
def test_a_broken_workbook_is_refused_in_a_plain_sentence(content: bytes) -> None:
    with pytest.raises(FileRefused, match=PLAIN):
        template.fill(content, "Return.xlsx", {("S", "A1"): "x", ("S", "B7"): 1})
    with pytest.raises(FileRefused, match=PLAIN):
        look(content, "Return.xlsx").cells("S")


def test_a_sheet_that_says_to_have_a_million_rows_is_filled_as_any_other() -> None:
    content = workbook(
        sheet_xml('<row r="1048576"><c r="XFD1048576"/></row>', before='<dimension ref="A1:XFD1048576"/>')
    )
    done = template.fill(content, "Return.xlsx", {("S", "B2"): "x"})
    assert found(done.content, "B2") == "x"
    assert b'<dimension ref="A1:XFD1048576"/>' in part(done.content, SHEET)


def test_the_largest_return_is_filled_within_its_time_and_memory(shared_data: Path) -> None:
    path = shared_data / "templates" / "Summary_Log_Reprocessor_Input_V5.xlsx"
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from nhsdesk.documents import template\n"
        "from nhsdesk.documents.template import Rows\n"
        "sheet = 'Received (sections 1, 2 and 3)'\n"
        "rows = Rows(sheet, 'G2', ('K', 'L', 'M'), tuple((n % 900, 1, 2) for n in range(2_000)))\n"
        "done = template.fill(Path(sys.argv[1]).read_bytes(), 'R.xlsx', {}, [rows])\n"
        "told = Path('/proc/self/status')\n"
        "most = told.read_text().partition('VmHWM:')[2].split()[0] if told.exists() else 0\n"
        "print(len(done.differences), time.process_time(), most)\n"
    )
    # Of the process itself: what getrusage tells holds what the one that started it used as well.
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    cells, seconds, kilobytes = done.stdout.split()
    assert int(cells) >= 5_000
    assert float(seconds) < 10
    assert int(kilobytes) < 300_000


def test_cells_between_comments_and_marked_sections_are_found() -> None:
    rows = '<!-- <row r="1"> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<row]]></t></is></c></row>'
    done = template.fill(workbook(sheet_xml(rows)), "R.xlsx", {("S", "B1"): "x"})
    assert (found(done.content, "A1"), found(done.content, "B1")) == ("<row", "x")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_sheets_in_another_encoding_are_filled(encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{named}"?>' + sheet_xml(f'<row r="1">{words("A1", "Dés")}</row>')
    done = template.fill(altered(SHEET, text.encode(encoding)), "R.xlsx", {("S", "B1"): "é"})
    assert (found(done.content, "A1"), found(done.content, "B1")) == ("Dés", "é")


def test_every_element_may_have_a_prefix() -> None:
    plain = sheet_xml(
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>',
        '<mergeCells><mergeCell ref="C1:D1"/></mergeCells>',
    )
    prefixed = (
        plain.replace("xmlns=", "xmlns:x=")
        .replace("</", "</x:")
        .replace("<", "<x:")
        .replace("<x:/x:", "</x:")
    )
    done = template.fill(altered(SHEET, prefixed), "R.xlsx", {("S", "D1"): "é & <b>", ("S", "B2"): 5})
    assert (found(done.content, "C1"), found(done.content, "B2"), found(done.content, "A2")) == (
        "é & <b>",
        5,
        None,
    )


def test_rows_and_cells_need_not_say_where_they_are() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    done = template.fill(
        workbook(sheet_xml(rows)), "R.xlsx", {("S", "B2"): 4, ("S", "C1"): 9, ("S", "B1"): 7}
    )
    assert [found(done.content, ref) for ref in ("A1", "B1", "C1", "A2", "B2")] == [1, 7, 9, 3, 4]


def test_a_sheet_without_any_row_is_filled() -> None:
    empty = sheet_xml().replace("<sheetData></sheetData>", "<sheetData/>")
    assert found(template.fill(workbook(empty), "R.xlsx", {("S", "B2"): "x"}).content, "B2") == "x"
