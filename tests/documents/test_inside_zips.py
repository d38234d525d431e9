"""What is in a zip is judged as if it lay beside it, and nothing in it takes the computer's memory."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from nhsdesk.documents import inside_zips
from nhsdesk.documents.attached_words import words_of

PROGRAM = b"MZ\x90\x00 program"


def zipped(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped(setup__exe=b"words"),
        zipped(Letter__pdf=PROGRAM),
        zipped(inner__zip=zipped(deep__zip=zipped(run__bat=b"words"))),
        zipped(report__dat=zipped(Letter__txt=PROGRAM)),
    ],
)
def test_a_program_is_found_however_deep_it_lies_and_whatever_its_name(content: bytes) -> None:
    assert inside_zips.why_refused(content).startswith("there is a file in it that is not kept: it is ")


def test_a_zip_of_papers_an_office_document_and_a_broken_zip_are_kept() -> None:
    papers = zipped(Minutes__txt=b"words", Rota__pdf=b"%PDF-1.7", empty__txt=b"")
    office = {"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"words"}
    for content in (papers, zipped(**office), b"PK\x03\x04broken", b"%PDF-1.7"):
        assert inside_zips.why_refused(content) == ""
    assert "a Windows program" in inside_zips.why_refused(
        zipped(**{**office, "word/embeddings/oleObject1": PROGRAM})
    )


def test_what_holds_too_much_or_lies_too_deep_is_refused() -> None:
    deep = zipped(words__txt=b"words")
    for _ in range(inside_zips.MOST_DEEP):
        deep = zipped(inner__zip=deep)
    many = zipped(**{f"{n}__txt": b"" for n in range(inside_zips.MOST_FILES + 1)})
    for content in (deep, many):
        assert inside_zips.why_refused(content) == "it holds more than can be looked through"


def test_a_zip_that_unfolds_to_far_more_than_its_size_is_not_read_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inside_zips, "MOST_BYTES", 1_000_000)
    bomb = zipped(a__zip=zipped(zeros__txt=bytes(3_000_000)) + bytes(2_000_000))
    assert inside_zips.why_refused(bomb) == "it holds more than can be looked through"


def test_the_words_of_what_is_in_a_zip_are_read_too() -> None:
    words = words_of(zipped(a__txt=b"Zanzibar", b__zip=zipped(c__csv=b"Kilimanjaro,1")), "x.zip")
    assert "Zanzibar" in words
    assert "Kilimanjaro" in words
    assert "a.txt" in words
