from __future__ import annotations

import codecs
import hashlib
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhsdesk.documents import xlsx
from nhsdesk.documents.model import CellKind, Column, Table, Workbook
from nhsdesk.documents.packages import MOST_CELLS, MOST_ROWS, MOST_TEXT
from nhsdesk.documents.reader import (
    MOST_BYTES,
    Grid,
    Value,
    read_csv,
    read_csv_columns,
    read_rows,
    read_workbook,
    sha256,
)
from nhsdesk.errors import FileRefused
from tests.examples import examples

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>",
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="22"/>'
    '<xf numFmtId="46"/><xf numFmtId="20"/></cellXfs></styleSheet>',
}


def sheet_xml(rows: str, prolog: str = "", dimension: str = "A1") -> str:
    return f'{prolog}<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'


def package(path: Path, sheet: str | bytes, **others: str | bytes) -> Path:
    """A workbook of one sheet with this XML, as small as one can be; other parts by name."""
    parts = PARTS | {"xl/worksheets/sheet1.xml": sheet} | others
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def rows_of(path: Path) -> tuple[tuple[Value, ...], ...]:
    (grid,) = read_rows(path)
    return grid.rows


def refusal(path: Path) -> str:
    """The sentence, which always says what is safe and what to do."""
    with pytest.raises(FileRefused) as caught:
        read_rows(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name} was not read: ")
    assert "Nothing has been changed. " in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook whose one sheet holds these rows."""

    def make(rows: str, **others: str | bytes) -> Path:
        return package(tmp_path / "book.xlsx", sheet_xml(rows), **others)

    return make


@pytest.fixture
def text(tmp_path: Path) -> Callable[[bytes], Path]:
    """Makes a file of these bytes."""

    def make(content: bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


Book = Callable[..., Path]
Text = Callable[..., Path]


# ---------------------------------------------------------------- cells of workbooks


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>12</v></c>", 12),
        ("<c><v>-0.5</v></c>", Decimal("-0.5")),
        ("<c><v>27.668</v></c>", Decimal("27.668")),
        ("<c><v>0.30000000000000004</v></c>", Decimal("0.30000000000000004")),
        ("<c><v>999999999999999</v></c>", 999_999_999_999_999),
        ("<c><v>1234567890123456789</v></c>", Decimal("1.2345678901234568E+18")),
        ("<c><v>1e400</v></c>", "inf"),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" s="0" t=\'e\'><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="str"><f>A9</f><v>as worked out</v></c>', "as worked out"),
        ('<c t="inlineStr"><is><t>two\nlines &amp; £</t></is></c>', "two\nlines & £"),
        ('<c t="d"><v>2026-04-01</v></c>', date(2026, 4, 1)),
        ('<c s="1"><v>46000</v></c>', date(2025, 12, 9)),
        ('<c s="1"><v>46000.3958333333</v></c>', datetime(2025, 12, 9, 9, 30)),  # noqa: DTZ001
        ('<c s="2"><v>1.5625</v></c>', "37:30"),
        ('<c s="3"><v>0.395844907407407</v></c>', "09:30:01"),
    ],
)
def test_each_kind_of_cell_comes_out_as_what_it_means(book: Book, cell: str, value: Value) -> None:
    (found,) = rows_of(book(f'<row r="1">{cell}</row>'))[0]
    assert (type(found), found) == (type(value), value)


def test_cells_stand_where_excel_shows_them_and_empty_ends_are_dropped(book: Book) -> None:
    found = rows_of(
        book(
            '<row r="3"><c r="B3"><v>1</v></c><c r="C3" t="inlineStr"><is><t></t></is></c></row>'
            '<row r="9"><c r="Z9" s="1"/></row>'
        )
    )
    assert found == ((None, None), (None, None), (None, 1))


def test_a_sheet_without_entries_is_a_grid_without_rows(book: Book) -> None:
    assert read_rows(book("")) == (Grid("S", ()),)


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1", "C7:D9"])
def test_a_sheet_is_as_large_as_its_entries_whatever_it_says_of_itself(
    tmp_path: Path, dimension: str
) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = package(tmp_path / "lying.xlsx", sheet_xml(rows, dimension=dimension))
    assert rows_of(path) == ((1,),)


def test_a_formatted_but_empty_last_cell_does_not_count(book: Book) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert rows_of(book('<row r="1"><c r="A1"><v>1</v></c></row>' + far)) == ((1,),)


def test_cells_without_addresses_follow_one_another(book: Book) -> None:
    found = rows_of(book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    assert found == ((1, 2), (3, None))


def test_what_our_own_writer_makes_is_read_back(tmp_path: Path, workbook: Callable[..., Workbook]) -> None:
    columns = (Column("Post"), Column("Start", CellKind.DAY), Column("WTE", CellKind.DECIMAL))
    table = Table("Posts", columns, (("=1\n_x0041_", date(2027, 1, 30), Decimal("0.8")), (None, None, None)))
    path = tmp_path / "ours.xlsx"
    path.write_bytes(xlsx.write(workbook(table)))
    cover, posts = read_workbook(path)
    assert (cover.name, posts.name) == ("Cover_sheet", "Posts")
    assert posts.rows[3:] == (
        ("Post", "Start", "WTE"),
        ("=1\n_x0041_", date(2027, 1, 30), Decimal("0.8")),
        ("[x]", "[x]", "[x]"),
    )


# ---------------------------------------------------------------- workbooks made to do harm


def test_one_cell_in_the_last_row_and_column_is_refused(book: Book) -> None:
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "an entry in row 1,048,576" in refusal(book(cell))
    assert "an entry in column 16,385" in refusal(book('<row r="1"><c r="XFE1"><v>1</v></c></row>'))
    wide = f'<row r="{MOST_ROWS}"><c r="Z{MOST_ROWS}"><v>1</v></c></row>'
    assert f"span more than {MOST_CELLS:,} cells" in refusal(book(wide))
    tall = sheet_xml(f'<row r="{MOST_ROWS}"><c r="C{MOST_ROWS}"><v>1</v></c></row>')
    others = {f"xl/worksheets/sheet{number}.xml": tall for number in range(2, 9)}
    assert f"span more than {MOST_CELLS:,} cells" in refusal(book("", **others))


def test_one_long_text_shown_by_many_cells_is_refused(book: Book) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1_100))
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 100_000}</t></si></sst>'
    sentence = refusal(book(cells, **{"xl/sharedStrings.xml": shared}))
    assert f"more than {MOST_TEXT:,} characters" in sentence


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_is_refused_before_it_can_unfold(tmp_path: Path, prolog: str) -> None:
    path = package(tmp_path / "bomb.xlsx", sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', prolog))
    assert "damaged" in refusal(path)


def test_a_sheet_in_another_encoding_is_measured_like_any(tmp_path: Path) -> None:
    xml = sheet_xml(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', '<?xml version="1.0" encoding="UTF-16"?>'
    )
    path = package(tmp_path / "wide.xlsx", xml.encode("utf-16"))
    assert "an entry in row 1,048,576" in refusal(path)


def test_a_zip_that_declares_too_much_is_refused_unopened(tmp_path: Path) -> None:
    bloated = sheet_xml("<row/>" + " " * 15_000_000)
    assert "unpacks to far more" in refusal(package(tmp_path / "ratio.xlsx", bloated))
    many = {f"xl/worksheets/sheet{n}.xml": "<x/>" for n in range(1_001)}
    assert "holds far more" in refusal(package(tmp_path / "many.xlsx", "<x/>", **many))


def test_a_zip_that_declares_too_little_is_refused(tmp_path: Path) -> None:
    real = sheet_xml("<row/>" + " " * 900_000)
    path = package(tmp_path / "liar.xlsx", real)
    size = len(real).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (500).to_bytes(4, "little")))
    assert "damaged" in refusal(path)


def test_a_zip_that_names_files_outside_itself_is_refused(tmp_path: Path) -> None:
    for name in ("../evil.xml", "xl/../../evil.xml", "..\\evil.xml"):
        assert "outside itself" in refusal(package(tmp_path / "out.xlsx", "<x/>", **{name: "<x/>"}))


def test_a_zip_with_locked_parts_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "locked.xlsx", sheet_xml(""))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "locked with a password" in refusal(path)


def test_other_zips_are_not_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", "<x/>")
    assert "not an Excel workbook" in refusal(path)


def test_macros_and_links_to_other_workbooks_are_left_out_and_values_read(book: Book) -> None:
    path = book(
        '<row r="1"><c r="A1"><f>[1]Other!A1</f><v>7</v></c></row>',
        **{"xl/vbaProject.bin": b"\xcc\x61", "xl/externalLinks/externalLink1.xml": "<not closed"},
    )
    assert rows_of(path) == ((7,),)


def test_a_workbook_without_worksheets_is_refused(book: Book) -> None:
    empty = PARTS["xl/workbook.xml"].replace('<sheet name="S" sheetId="1" r:id="rId1"/>', "")
    assert "no worksheets" in refusal(book("", **{"xl/workbook.xml": empty}))


@settings(
    max_examples=examples(30, 300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_and_its_cells_never_quoted(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = package(
        tmp_path / "hurt.xlsx", sheet_xml('<row><c t="inlineStr"><is><t>SECRET</t></is></c></row>' * 5)
    )
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    sentence = ""
    try:
        read_rows(path)
    except FileRefused as refused:
        sentence = str(refused)
    assert "SECRET" not in sentence


@settings(
    max_examples=examples(25, 250), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.sampled_from(
            ["<row>", "</row>", "<c>", '<c r="B2">', '<c t="s">', "</c>", "<v>1</v>", "<v>x", "</v>", "<is/>"]
        )
    )
)
def test_a_sheet_of_any_shape_is_read_or_refused(tmp_path: Path, rows: list[str]) -> None:
    path = package(tmp_path / "shape.xlsx", sheet_xml("".join(rows)))
    with suppress(FileRefused):
        read_rows(path)


# ---------------------------------------------------------------- separated text

GRID: tuple[tuple[Value, ...], ...] = (("Name", "Note"), ("Zoë", "£5 – due"), ("Last", None))
LINES = "Name,Note\r\nZoë,£5 – due\r\nLast,\r\n"


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("cp1252"),
        LINES.encode("utf-16"),
        codecs.BOM_UTF16_BE + LINES.encode("utf-16-be"),
        LINES.encode("utf-16-le"),
        LINES.encode("utf-16-be"),
        LINES.encode("utf-32"),
    ],
)
def test_letters_are_right_in_any_encoding(text: Text, content: bytes) -> None:
    assert rows_of(text(content)) == GRID


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_and_line_endings_are_found(text: Text, separator: str, ending: str) -> None:
    lines = ["Name,Note", "Zoë,£5 – due", "Last,", ""]
    content = ending.join(line.replace(",", separator) for line in lines)
    assert rows_of(text(content.encode())) == GRID


def test_a_comma_inside_a_semicolon_file_is_no_separator(text: Text) -> None:
    found = rows_of(text(b"Item;Cost\nPens, blue;1,50\nPaper, A4;2,50\n"))
    assert found == (("Item", "Cost"), ("Pens, blue", "1,50"), ("Paper, A4", "2,50"))


def test_the_first_line_with_which_excel_names_the_separator_is_no_row(text: Text) -> None:
    assert rows_of(text(b"sep=;\r\na;b,c,d\r\n")) == (("a", "b,c,d"),)


def test_rows_of_unequal_length_come_out_even_and_empty_ends_are_dropped(text: Text) -> None:
    assert rows_of(text(b"\na\nb,c,,\n,\n\n")) == ((None, None), ("a", None), ("b", "c"))


def test_quoted_cells_keep_their_line_breaks(text: Text) -> None:
    assert rows_of(text(b'a,"one\r\ntwo ""three"""\n')) == (("a", 'one\r\ntwo "three"'),)


@pytest.mark.parametrize("content", [b'a,b\n1,"SECRET\n2,3\n', b'a,b\n1,"SECRET' + b"x" * 140_000])
def test_a_quotation_mark_that_is_never_closed_is_refused(text: Text, content: bytes) -> None:
    sentence = refusal(text(content))
    assert "a cell in row 2 does not end" in sentence
    assert "SECRET" not in sentence


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "does not hold text"),
        (b"%PDF-1.7\n", "a web page or a document"),
        (b"  <html><table>", "a web page or a document"),
        (b"<?xml version='1.0'?><Workbook>", "a web page or a document"),
        (bytes(range(128, 160)) * 9, "does not hold text"),
        (b"PK\x05\x06" + bytes(18), "does not hold text"),
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
    ],
)
def test_what_is_neither_workbook_nor_text_is_named_and_refused(
    text: Text, content: bytes, what: str
) -> None:
    assert what in refusal(text(content))


def test_content_counts_and_not_the_ending_of_the_name(tmp_path: Path, text: Text) -> None:
    assert rows_of(text(b"a,b\n", "really text.xlsx")) == (("a", "b"),)
    path = package(tmp_path / "really a workbook.csv", sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert rows_of(path) == ((1,),)


def test_each_reader_says_so_when_given_the_other_kind(tmp_path: Path, text: Text) -> None:
    with pytest.raises(FileRefused, match="not an Excel workbook"):
        read_workbook(text(b"a,b\n"))
    with pytest.raises(FileRefused, match="not text but a workbook"):
        read_csv(package(tmp_path / "book.csv", sheet_xml("")))


def test_text_is_read_from_memory_too(text: Text) -> None:
    assert read_csv(b"a,b\n") == Grid("", (("a", "b"),))
    assert read_csv(text(b"a,b\n", "May.csv")) == Grid("May", (("a", "b"),))


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        assert "it is not there, or may not be opened" in refusal(path)
        with pytest.raises(FileRefused):
            sha256(path)


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "larger than 50 MB" in refusal(path)


def test_a_text_of_too_many_cells_is_refused(text: Text) -> None:
    assert "more rows or columns" in refusal(text(b"," * 20_000))
    assert "more rows or columns" in refusal(text(b"a\n" * (MOST_ROWS + 1)))
    assert "more rows or columns" in refusal(text(b"," * 16_000 + b"\n" + b"a\n" * 200))


@settings(max_examples=examples(30, 300), deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(FileRefused):
        read_csv(content)


@settings(max_examples=examples(25, 250), deadline=None)
@given(
    st.lists(st.lists(st.text("ab ,;\"\n|é'", min_size=1, max_size=6), min_size=2, max_size=2), min_size=1)
)
def test_what_is_quoted_by_the_rules_is_read_back(rows: list[list[str]]) -> None:
    written = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)
    assert read_csv(written.encode()).rows == tuple(map(tuple, rows))


# ---------------------------------------------------------------- columns of large texts


def test_named_columns_come_in_the_order_asked(text: Text) -> None:
    path = text(b"\xef\xbb\xbfA, B ,C\r\n1,2,3\r\n\r\n4,,6\r\n")
    assert read_csv_columns(path, ("C", "B")) == (("3", "2"), ("6", ""))
    assert read_csv_columns(path, ("A",)) == (("1",), ("4",))


def test_missing_columns_are_named(text: Text) -> None:
    with pytest.raises(FileRefused, match="it has no column named SUB_ICB_LOCATION_CODE or ICB_CODE"):
        read_csv_columns(text(b"A,B\n1,2\n"), ("A", "SUB_ICB_LOCATION_CODE", "ICB_CODE"))


def test_a_column_named_twice_is_refused(text: Text) -> None:
    with pytest.raises(FileRefused, match="two columns named A"):
        read_csv_columns(text(b"A,B,A\n1,2,3\n"), ("A",))


@pytest.mark.parametrize("row", [b"1", b"1,2,3,SECRET"])
def test_a_row_that_does_not_match_the_headings_is_refused(text: Text, row: bytes) -> None:
    with pytest.raises(FileRefused, match="row 3 has") as caught:
        read_csv_columns(text(b"A,B,C\n1,2,3\n" + row + b"\n"), ("A", "B"))
    assert "SECRET" not in str(caught.value)


def test_trailing_empty_cells_do_no_harm(text: Text) -> None:
    assert read_csv_columns(text(b"A,B,C\n1,2\n3,4,5,,\n"), ("A", "B")) == (("1", "2"), ("3", "4"))


def test_a_text_without_rows_has_no_columns(text: Text) -> None:
    with pytest.raises(FileRefused, match="no column named A"):
        read_csv_columns(text(b"\n\n"), ("A",))


def test_the_hash_of_a_file_is_its_sha256(text: Text) -> None:
    content = b"x" * 3_000_000
    assert sha256(text(content)) == hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------- real files

EXPECTED: dict[str, tuple[tuple[Value, ...], ...]] = {
    "csv-spectrum/comma_in_quotes.csv": (
        ("first", "last", "address", "city", "zip"),
        ("John", "Doe", "120 any st.", "Anytown, WW", "08123"),
    ),
    "csv-spectrum/empty.csv": (("a", "b", "c"), ("1", None, None), ("2", "3", "4")),
    "csv-spectrum/json.csv": (("key", "val"), ("1", '{"type": "Point", "coordinates": [102.0, 0.5]}')),
    "csv-spectrum/quotes_and_newlines.csv": (("a", "b"), ("1", 'ha \n"ha" \nha'), ("3", "4")),
    "csv-spectrum/simple_crlf.csv": (("a", "b", "c"), ("1", "2", "3")),
    "messytables/skip_initials.csv": (
        ("field1", "field2"),
        ("hello", "    goodbye"),
        ("hello2", "goodbye2"),
    ),
    "messytables/simple.xlsx": (
        ("date", "temperature", "place"),
        (date(2011, 1, 1), 1, "Galway"),
        (date(2011, 1, 2), -1, "Galway"),
        (date(2011, 1, 3), 0, "Galway"),
        (date(2011, 1, 1), 6, "Berkeley"),
        (date(2011, 1, 2), 8, "Berkeley"),
        (date(2011, 1, 3), 5, "Berkeley"),
    ),
    "sheetjs/1904.xlsx": (
        (1, date(1904, 1, 2), "1904-01-02", "1904-01-02"),
        (11, date(1904, 1, 12), "1904-01-12", "1904-01-12"),
        (111, date(1904, 4, 21), "1904-04-21", "1904-04-21"),
        (1111, date(1907, 1, 16), "1907-01-16", "1907-01-16"),
        (11111, date(1934, 6, 3), "1934-06-03", "1934-06-03"),
    ),
    "sheetjs/DataTypesFormats.xlsx": (
        ("Date", date(2020, 7, 23)),
        ("Date Time", datetime(2020, 7, 23, 9, 0)),  # noqa: DTZ001
        ("Currency", 123),
        ("Percentage", Decimal("0.9876")),
        ("Fixed Decimal", 456),
        ("Thousands Separator", 7890),
    ),
    "calamine/has_x000D_.xlsx": (("ABC\r\nDEF",),),
    "calamine/has_x000D_inline.xlsx": (("ABC\r\nDEF",),),
    "calamine/encoded_entities.xlsx": (("&",),),
    "calamine/inlineStr_cdata.xlsx": (("Hello CDATA", "World"), ("12345", "NormalText")),
    "calamine/no-header.xlsx": ((None, None), (None, None), ("a", 0), ("b", 1)),
    "calamine/rph.xlsx": (("課きく\u3000毛こ",),),
    "poi/link-external-workbook-b.xlsx": ((30,),),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_odd_file_gives_the_cells_worked_out_by_hand(shared_data: Path, name: str) -> None:
    assert rows_of(shared_data / "hostile" / name) == EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "height", "width", "first"),
    [
        ("hostile/messytables/211.csv", 2133, 96, "ResourceAgencyNum"),
        ("hostile/messytables/simple.psv", 29, 6, "Year"),
        ("hostile/messytables/simple.ssv", 7, 3, "date"),
        (
            "hostile/messytables/mixedGLB.csv",
            137,
            19,
            "Combined Land--Ocean Temperature Anomaly (C) CR 1200km 1880 to 2012.",
        ),
        ("hostile/messytables/spanish_chars.csv", 117, 8, "GF_ID"),
        ("hostile/messytables/sparse_with_column_errors.csv", 2238, 4, "LP"),
        ("logs/mhclg_tf_r3_RiskRegister.csv", 28, 14, "Programme ID"),
        ("logs/2023_24_lettings_bulk_upload.csv", 9, 135, " "),
        (
            "logs/ODUG_Action_Log_12_March_2013_10.tables.csv",
            46,
            3,
            "Circulate minutes and actions from eleventh meeting",
        ),
    ],
)
def test_a_real_text_has_its_rows_and_columns(
    shared_data: Path, name: str, height: int, width: int, first: str
) -> None:
    found = rows_of(shared_data / name)
    assert (len(found), {len(row) for row in found}, found[0][0]) == (height, {width}, first)


def test_letters_of_real_windows_files_are_right(shared_data: Path) -> None:
    assert rows_of(shared_data / "hostile/messytables/spanish_chars.csv")[0][7] == "Descripción"
    assert str(rows_of(shared_data / "hostile/messytables/sparse_with_column_errors.csv")[1][1]).startswith(
        "Träger"
    )


def test_an_action_plan_stands_where_excel_shows_it(shared_data: Path) -> None:
    found = rows_of(shared_data / "logs" / "Action_plan_table.xlsx")
    assert len(found) == 92
    assert found[0] == (None,) * 7
    assert all(cell is None for row in found for cell in row[:1])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("poi/60320-protected.xlsx", "locked with a password"),
        ("poi/protected_passtika.xlsx", "locked with a password"),
        ("poi/crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx", "locked with a password"),
        ("poi/poc-xmlbomb.xlsx", "damaged"),
        ("poi/xlsx-corrupted.xlsx", "damaged"),
        ("calamine/OOM_alloc2.xls", "old .xls kind"),
        ("messytables/span_rich.xls", "old .xls kind"),
    ],
)
def test_a_real_harmful_file_is_named_for_what_it_is(shared_data: Path, name: str, what: str) -> None:
    assert what in refusal(shared_data / "hostile" / name)


@pytest.mark.parametrize(
    "name",
    [
        "sheetjs/AutoFilter.xlsx",
        "sheetjs/ErrorTypes.xlsx",
        "poi/NewStyleConditionalFormattings.xlsx",
        "poi/Excel_file_with_trash_item.xlsx",
        "poi/stress020.xlsx",
        "calamine/any_sheets.xlsx",
        "calamine/header-row.xlsx",
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_another_reader_finds_the_same_cells(shared_data: Path, name: str) -> None:
    path = shared_data / "hostile" / name
    other = openpyxl.load_workbook(path, data_only=True)
    for grid in read_rows(path):
        ours = {
            (y, x): value
            for y, row in enumerate(grid.rows, 1)
            for x, value in enumerate(row, 1)
            if value is not None
        }
        theirs = {
            (c.row, c.column): c.value
            for row in other[grid.name].iter_rows()
            for c in row
            if c.value is not None
        }
        assert {place: plain(value) for place, value in ours.items()} == {
            place: plain(value) for place, value in theirs.items()
        }


def plain(value: object) -> object:
    """A number, day or text in a shape that both readers share."""
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return float(value) if isinstance(value, Decimal) else value


CHILD = """
import json, resource, sys, time
from pathlib import Path
from nhsdesk.documents.reader import read_rows
from nhsdesk.errors import FileRefused
slowest, outcomes = 0.0, {}
for path in map(Path, sys.argv[1:]):
    started = time.perf_counter()
    try:
        outcomes[path.name] = sum(len(grid.rows) for grid in read_rows(path))
    except FileRefused as refused:
        outcomes[path.name] = str(refused)
    slowest = max(slowest, time.perf_counter() - started)
status = Path("/proc/self/status")
if status.exists():  # what getrusage tells of a new process on Linux begins with what its parent held
    peak = 1024 * int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"slowest": slowest, "peak": peak, "outcomes": outcomes}))
"""


def read_elsewhere(*paths: Path) -> tuple[float, int, dict[str, int | str]]:
    """Seconds of the slowest, peak bytes of memory, and what became of each file, in a process of its own."""
    pytest.importorskip("resource", reason="this system does not tell how much memory a process took")
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", CHILD, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=root, check=True)
    told = json.loads(done.stdout)
    return told["slowest"], told["peak"], told["outcomes"]


def test_every_hostile_file_is_read_or_refused_quickly_and_in_little_memory(shared_data: Path) -> None:
    paths = [
        path for folder in ("hostile", "logs") for path in (shared_data / folder).rglob("*") if path.is_file()
    ]
    slowest, peak, outcomes = read_elsewhere(*paths)
    assert len(outcomes) == len(paths) > 60
    assert slowest < 10
    assert peak < 200_000_000
    assert all(isinstance(told, int) or "Nothing has been changed." in told for told in outcomes.values())


def test_the_largest_sheet_that_is_read_fits_in_memory(book: Book) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = book(f'{rows}<row r="{MOST_ROWS}"><c r="L{MOST_ROWS}"><v>1</v></c></row>')
    slowest, peak, outcomes = read_elsewhere(path)
    assert outcomes == {"book.xlsx": MOST_ROWS}
    assert slowest < 10
    assert peak < 600_000_000


def test_real_returns_of_the_government_are_read(shared_data: Path) -> None:
    grids = {
        grid.name: grid.rows for grid in read_workbook(shared_data / "templates" / "TF_Round_4_Success.xlsx")
    }
    assert len(grids) > 10
    assert len(grids["4a - Funding Profiles"]) == 602
    macros = read_workbook(shared_data / "templates" / "FFT_AE_template.xlsm")
    assert [grid.name for grid in macros][:2] == ["Notes", "Summary"]


def test_the_workforce_file_is_read_about_as_fast_as_it_can_be(shared_data: Path) -> None:
    path = shared_data / "workforce" / "pcn_workforce_individual.2026-06.csv"
    started = time.perf_counter()
    found = read_csv_columns(path, ("PCN_CODE", "STAFF_ROLE", "FTE"))
    assert time.perf_counter() - started < 3
    assert len(found) == 39_940
    assert found[0] == ("U96599", "General Practice Assistants", "1")


def test_a_column_the_workforce_file_does_not_have_is_named(shared_data: Path) -> None:
    path = shared_data / "workforce" / "pcn_workforce_individual.2026-06.csv"
    with pytest.raises(FileRefused, match="no column named SUB_ICB_LOCATION_CODE"):
        read_csv_columns(path, ("SUB_ICB_LOCATION_CODE", "ICB_CODE"))


def test_a_zip_in_memory_is_not_text_either(tmp_path: Path) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("a", "b")
    with pytest.raises(FileRefused, match="not text but a workbook"):
        read_csv(content.getvalue())
