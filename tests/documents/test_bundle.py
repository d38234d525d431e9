"""Several papers in one file: what stands on each page, where each begins, and what could not be included."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pytest

from nhsdesk.documents import bundle
from nhsdesk.documents.model import Attached, Bundle, NotIncluded, Paragraph, Part, Report, Section
from tests.documents.test_text import pdf
from tests.factories import HOSTILE

FILES = {"a" * 64: pdf(("First of the plan",), ("Second of the plan",)), "b" * 64: b"%PDF-1.4 broken"}


def report(title: str, words: str = "Words.", mark: str = "SAMPLE") -> Report:
    sections = (Section("Beginning", (Paragraph(words),)), Section("End", (Paragraph("Over."),)))
    made = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Report(title, "Board", "Millbrook Green", date(2026, 11, 20), made, sections, "Foot", mark)


def bundled(mark: str = "SAMPLE") -> Bundle:
    return Bundle(
        report("Meeting pack", mark=mark),
        (
            Part("Agenda", "Agenda of the board", report("Agenda", "Words. " * 900, mark)),
            Part("Enclosure A", "Plan.pdf", Attached("Plan.pdf", "a" * 64)),
            Part("Enclosure B", "Broken.pdf", Attached("Broken.pdf", "b" * 64)),
            Part("Enclosure C", "Costs.docx", NotIncluded("it is a Word file")),
            Part("Enclosure D", "Gone.pdf", Attached("Gone.pdf", "c" * 64)),
        ),
    )


@pytest.fixture(scope="module")
def written() -> bytes:
    return bundle.write(bundled(), FILES.get)


@pytest.fixture(scope="module")
def pages(written: bytes) -> list[str]:
    return pages_of(written)


def pages_of(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_every_page_says_of_which_paper_it_is_and_which_page(pages: list[str]) -> None:
    heads = ["Contents, page 1 of 1", *(f"Agenda, page {n} of 3" for n in (1, 2, 3))]
    heads += [f"Enclosure A, page {n} of 2" for n in (1, 2)]
    heads += [f"Enclosure {letter}, page 1 of 1" for letter in "BCD"]
    assert len(pages) == len(heads)
    assert all(head in page for head, page in zip(heads, pages, strict=True))


def test_every_page_is_marked_first_those_from_outside_too(pages: list[str]) -> None:
    assert all(page.startswith("SAMPLE") for page in pages)
    assert "SAMPLE" not in " ".join(pages_of(bundle.write(bundled(""), FILES.get)))


def test_the_pages_of_a_file_stand_in_their_place(pages: list[str]) -> None:
    assert "First of the plan" in pages[4]
    assert "Second of the plan" in pages[5]


def test_what_could_not_be_included_says_so_on_its_page(pages: list[str]) -> None:
    assert "Enclosure B could not be included: it is damaged" in pages[6]
    assert "Enclosure C could not be included: it is a Word file." in pages[7]
    assert f"Enclosure D could not be included: {bundle.NOT_KEPT}." in pages[8]


def test_each_paper_has_a_bookmark_and_our_own_their_headings_below_it(written: bytes) -> None:
    document = pdfium.PdfDocument(written)
    found = [(one.level, one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    labels = [document.get_page_label(number) for number in range(len(document))]
    document.close()
    assert [(title, page) for level, title, page in found if level == 0] == [
        ("Contents: Meeting pack", 0), ("Agenda: Agenda of the board", 1), ("Enclosure A: Plan.pdf", 4),
        ("Enclosure B: Broken.pdf", 6), ("Enclosure C: Costs.docx", 7), ("Enclosure D: Gone.pdf", 8),
    ]  # fmt: skip
    assert [(title, page) for level, title, page in found if level == 1] == [
        ("Beginning", 0), ("End", 0), ("Beginning", 1), ("End", 3),
    ]  # fmt: skip
    assert labels[4:6] == ["Enclosure A, 1", "Enclosure A, 2"]


def test_the_same_bundle_is_the_same_bytes_and_says_what_it_is(written: bytes) -> None:
    assert bundle.write(bundled(), FILES.get) == written
    document = pdfium.PdfDocument(written)
    told = document.get_metadata_dict()
    document.close()
    assert (told["Title"], told["Author"]) == ("Meeting pack", "Millbrook Green")
    assert told["CreationDate"] == "D:20261120120000+00'00'"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_are_printed_as_words(words: str) -> None:
    front = report("Meeting pack")
    made = bundle.write(Bundle(front, (Part(words, words, NotIncluded(words)),)))
    assert len(pages_of(made)) >= 2


def test_pages_from_outside_are_read_out_in_their_place_and_no_standard_is_claimed_for_them(
    written: bytes,
) -> None:
    with pikepdf.open(BytesIO(written)) as held:
        tree, page = held.Root.StructTreeRoot, held.pages[4]
        parents = {int(tree.ParentTree.Nums[at]): tree.ParentTree.Nums[at + 1] for at in range(0, 18, 2)}
        (paragraph,) = parents[int(page.StructParents)]
        assert str(paragraph.S) == "/P"
        assert paragraph.Pg.objgen == page.objgen
        assert str(paragraph.P.T) == "Plan.pdf"
        assert [str(part.S) for part in tree.K.K] == ["/Part"] * 6
        assert b"pdfuaid:part" not in held.Root.Metadata.read_bytes()
    alone = bundle.write(Bundle(report("Meeting pack"), ()))
    with pikepdf.open(BytesIO(alone)) as held:
        assert b"pdfuaid:part" in held.Root.Metadata.read_bytes()
