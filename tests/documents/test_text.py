"""The text of documents from outside, and files that are none, or mean harm."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from nhsdesk import app
from nhsdesk.documents import apart, text, text_apart
from nhsdesk.errors import FileRefused


def pdf(*pages: tuple[str, ...], locked: str = "") -> bytes:
    made = BytesIO()
    encrypt = StandardEncryption(locked, ownerPassword="owner") if locked else None
    canvas = Canvas(made, encrypt=encrypt)
    for lines in pages:
        for n, line in enumerate(lines):
            canvas.drawString(60, 780 - 14 * n, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def word(*paragraphs: str) -> bytes:
    document, made = docx.Document(), BytesIO()
    for one in paragraphs:
        document.add_paragraph(one)
    document.save(made)
    return made.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % at for at in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)


def stream(words: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(words, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), more, packed)


def nested_forms(levels: int) -> bytes:
    """A page that draws a form twenty times, which draws another twenty times, and so on."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /F %d 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> >> >>",
        stream(b"/F Do " * 20),
    ]
    objects += [stream(b"/F Do " * 20, form % (6 + n)) for n in range(levels)]
    objects.append(stream(b"0 0 m", b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]"))
    return raw_pdf(*objects)


def why(data: bytes, name: str = "Plan.pdf") -> str:
    with pytest.raises(FileRefused) as refused:
        text.of(data, name)
    said = str(refused.value)
    assert said.startswith(f"{name} was not read: ")
    assert "Nothing has been changed." in said
    return said


def test_a_pdf_is_read_page_by_page() -> None:
    found = text.of(pdf(("One",), ("Two", "lines"), ()), "Plan.pdf")
    assert [(one.locator, one.text.split()) for one in found.passages] == [
        ("p1", ["One"]),
        ("p2", ["Two", "lines"]),
        ("p3", []),
    ]
    assert found.has_pages
    assert found.has_words


def test_a_scan_has_pages_and_no_words() -> None:
    assert not text.of(pdf((), ()), "Scan.pdf").has_words


def test_the_real_specifications_are_read(shared_data: Path) -> None:
    found = text.read(shared_data / "reference" / "epraccur_spec.pdf")
    assert "National Grouping" in found.passages[1].text
    assert text.read(shared_data / "reference" / "ePCN_Specification.pdf").has_words


def test_a_word_file_is_cited_by_the_numbers_its_paragraphs_bear_and_else_by_our_count() -> None:
    found = text.of(word("Plan", "3.2 Practices name a lead.", "", "More."), "Plan.docx")
    assert [(one.locator, one.text) for one in found.passages] == [
        ("counted paragraph 1", "Plan"),
        ("paragraph 3.2", "3.2 Practices name a lead."),
        ("counted paragraph 3", "More."),
    ]
    assert not found.has_pages


def test_tables_and_inserted_words_are_read_and_deleted_words_are_not() -> None:
    document, made = docx.Document(), BytesIO()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Lead", "By 1 May"
    body = document.add_paragraph("Practices ")._p
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body.append(etree.fromstring(f"<w:ins {space}><w:r><w:t>must</w:t></w:r></w:ins>"))
    body.append(etree.fromstring(f"<w:del {space}><w:r><w:delText>may</w:delText></w:r></w:del>"))
    document.save(made)
    words = [one.text for one in text.of(made.getvalue(), "Plan.docx").passages]
    assert words == ["Lead", "By 1 May", "Practices must"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_whatever_wrote_it(encoding: str) -> None:
    found = text.of("1.1 It’s £5.\r\n\r\nMore,\r\nand more.".encode(encoding), "Plan.txt")
    assert [(one.locator, one.text) for one in found.passages] == [
        ("paragraph 1.1", "1.1 It’s £5."),
        ("counted paragraph 2", "More,\nand more."),
    ]


def packed(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def doctored(body: bytes) -> bytes:
    made, plain = BytesIO(), BytesIO(word("x"))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(
                entry.filename, body if entry.filename == "word/document.xml" else source.read(entry)
            )
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MZ\x90\x00\x03\x00" + bytes(600), "a program under another name"),
        (b"\x7fELF\x02\x01" + bytes(600), "a program under another name"),
        (b"#!/bin/sh\necho\n", "a program under another name"),
        (packed(a=b"x"), "an archive or a workbook"),
        (b"Rar!\x1a\x07\x00", "an archive or a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .doc kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        (b"<!doctype html><p>x", "neither a PDF"),
        (b"{\\rtf1 x}", "neither a PDF"),
        (b"\x00\x01\x02\x03", "neither a PDF"),
        (b"", "it is empty"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
        (pdf(("x",))[:400], "damaged"),
        (pdf(("x",), locked="secret"), "locked with a password"),
        (doctored(b"<w:document"), "damaged"),
        (doctored(b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "damaged"),
        (doctored(b"<x>" + b" " * 30_000_000 + b"</x>"), "far more than its size"),
    ],
)
def test_what_is_no_document_or_means_harm_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    assert said in why(data)


def test_a_page_that_unfolds_without_end_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS", 2)
    begins = time.monotonic()
    assert "far more than its size" in why(nested_forms(12))
    assert time.monotonic() - begins < 20


def test_a_reader_brought_down_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "starting", lambda *_: [sys.executable, "-c", "import os; os.abort()"])
    assert "damaged" in why(pdf(("x",)))


@pytest.mark.parametrize("name", ["MOST_PAGES", "MOST_LETTERS"])
def test_more_than_can_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(text_apart, name, 1)
    assert text_apart.read(pdf(("One",), ("Two",))) == {"refused": "too much"}


def test_a_file_over_25_mb_is_referred_to_by_its_hash_and_not_kept(tmp_path: Path) -> None:
    large = tmp_path / "Scan.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(300_000_000)
    found = text.take(large)
    assert (found.size, found.content, found.text) == (300_000_000, None, None)
    with large.open("rb") as file:
        assert found.sha256 == hashlib.file_digest(file, "sha256").hexdigest()
    with pytest.raises(FileRefused, match="larger than 25 MB"):
        text.read(large)


def test_a_large_program_is_refused_like_a_small_one(tmp_path: Path) -> None:
    large = tmp_path / "Plan.pdf"
    with large.open("wb") as file:
        file.write(b"MZ\x90\x00")
        file.truncate(text.MOST_KEPT + 1)
    with pytest.raises(FileRefused, match="program under another name"):
        text.take(large)


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_cannot_be_opened_is_told_of(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "Plan.pdf"
    if there:
        path.mkdir()
    with pytest.raises(FileRefused, match="not there, or may not be opened"):
        text.take(path)


def test_a_bundle_starts_itself_as_the_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", os.fspath(tmp_path / "nhsdesk-window.exe"))
    assert apart.starting("reader", app.READ_APART) == [os.fspath(tmp_path / "nhsdesk.exe"), app.READ_APART]


def test_the_program_started_as_the_reader_only_reads() -> None:
    main = Path(app.__file__).parents[1] / "main.py"
    done = subprocess.run(
        [sys.executable, str(main), app.READ_APART], input=pdf(("One",)), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["has_pages"]
