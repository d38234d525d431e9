from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from time import perf_counter

import pytest
from pikepdf import Pdf
from pypdfium2 import PdfDocument

from nhsdesk.documents import pdf, theme
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Cell,
    CellKind,
    Column,
    Paragraph,
    Quotation,
    Report,
    Section,
    Table,
)
from nhsdesk.documents.pages import FOOTER
from nhsdesk.documents.pdf_table import CAPTION, CELL, HEAD
from nhsdesk.documents.typesetting import Look
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month

Make = Callable[..., Report]

COLUMNS = (
    Column("Post"),
    Column("WTE", CellKind.DECIMAL),
    Column("Claimed", CellKind.MONEY),
    Column("Start", CellKind.DAY),
    Column("Month", CellKind.MONTH),
    Column("Hours", CellKind.HOURS),
)
ROW: tuple[Cell, ...] = (
    "Pharmacist",
    Decimal("0.5"),
    Money(440000),
    date(2027, 1, 30),
    Month(2026, 10),
    Hours.of("22.5"),
)


def pages(made: bytes) -> list[str]:
    document = PdfDocument(made)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def words(made: bytes) -> str:
    """All text in the order a screen reader of untagged papers meets it, breaks as single spaces."""
    return " ".join(" ".join(pages(made)).split())


def test_the_order_of_the_text_is_the_order_of_reading(report: Make) -> None:
    made = pdf.write(
        report(
            Paragraph("First."),
            Bullets(("Second.", "Third.")),
            Quotation("Fourth.", "Fifth."),
            Table("Posts", COLUMNS, (ROW,), caption="Sixth."),
            Paragraph("Last."),
            mark="SAMPLE",
            footer="Footer.",
        )
    )
    assert words(made) == (
        "SAMPLE ARRS claim October 2026 Eastfield PCN 30 January 2027 What we claim First. • Second. • Third. "
        "Fourth. Fifth. Sixth. Post WTE Claimed Start Month Hours "
        "Pharmacist 0.50 £4,400.00 30 January 2027 October 2026 22.5 Last. Footer. Page 1 of 1"
    )


def test_what_is_missing_is_not_given_and_an_empty_table_says_so(report: Make) -> None:
    found = words(
        pdf.write(report(Table("A", COLUMNS[:2], ((None, None),)), Table("B", COLUMNS, (), "None of these")))
    )
    assert "Post WTE not given not given None of these No entries." in found


def test_tags_typed_by_people_print_as_typed(report: Make) -> None:
    typed = '<img src="/etc/passwd"> <b>unclosed & <a href="file:///etc/passwd">x</a> <font size="1000000"> &#0; ]]>'
    table = Table("T", (Column(f"{typed} heading"),), ((typed,),), caption=typed)
    made = pdf.write(
        report(Paragraph(typed), Bullets((typed,)), Quotation(typed, typed), table, title=typed, footer=typed)
    )
    assert words(made).count(typed) == 9
    with Pdf.open(BytesIO(made)) as document:
        assert all("/Annots" not in page and "/XObject" not in page.Resources for page in document.pages)


def test_characters_without_a_shape_neither_crash_nor_vanish(report: Make) -> None:
    found = words(pdf.write(report(Paragraph("a\x00\u200f\u202eb 😀 \ud83d \u05d0 \ufe0fend"))))
    assert "ab \ufffd \ufffd \ufffd end" in found


def test_the_mark_the_footer_and_the_number_stand_on_every_page(report: Make) -> None:
    made = pages(pdf.write(report(Table("T", COLUMNS, (ROW,) * 100), mark="SAMPLE", footer="Facts 3f2a.")))
    assert len(made) > 2
    for number, page in enumerate(made, 1):
        assert page.startswith("SAMPLE")
        assert " ".join(page.split()).endswith(f"Facts 3f2a. Page {number} of {len(made)}")


def test_a_table_repeats_its_headings_and_loses_no_row(report: Make) -> None:
    rows = tuple((f"Post {number:04}", *ROW[1:]) for number in range(200))
    made = pages(pdf.write(report(Table("T", COLUMNS, rows))))
    assert all("Post WTE Claimed" in " ".join(page.split()) for page in made)
    assert re.findall(r"Post (\d{4})", " ".join(" ".join(made).split())) == [f"{n:04}" for n in range(200)]


def test_the_document_names_itself_its_language_and_its_sections(report: Make) -> None:
    made = pdf.write(report(Paragraph("x"), mark="DRAFT"))
    with Pdf.open(BytesIO(made)) as document:
        assert document.Root.Lang == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.docinfo["/Title"] == "ARRS claim"
        assert document.docinfo["/Author"] == "Eastfield PCN"
        assert document.docinfo["/CreationDate"] == "D:20260402090000+00'00'"
        with document.open_outline() as outline:
            assert [entry.title for entry in outline.root] == ["ARRS claim", "What we claim"]


def test_every_font_is_inside_the_file(report: Make) -> None:
    made = pdf.write(report(Paragraph("x"), Bullets(("y",)), Table("T", COLUMNS, (ROW,))))
    with Pdf.open(BytesIO(made)) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("OpenSans" in str(font.BaseFont) and "/FontFile2" in font.FontDescriptor for font in fonts)


def test_the_same_report_gives_the_same_bytes(report: Make) -> None:
    made = report(Paragraph("x"), Table("T", COLUMNS, (ROW,) * 50), mark="SAMPLE")
    assert pdf.write(made) == pdf.write(made)


LONG_WORD = "w" * 10_000
LONG_TEXT = "word " * 10_000


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(LONG_WORD),
        Paragraph("\n" * 500 + "end"),
        Bullets((LONG_WORD, LONG_TEXT)),
        Quotation(LONG_TEXT, LONG_WORD),
        Table("T", (Column("A"),), ((LONG_WORD,),), caption=LONG_WORD),
        Table("T", (Column("A"), Column("B")), ((LONG_TEXT, "short"), ("after", "it"))),
        Table("T", (Column("A"), Column("B")), (("\n" * 500 + "end", LONG_TEXT),)),
        Table("T", tuple(Column("W" * 190 + str(n)) for n in range(12)), (("w" * 2_000,) * 12,)),
    ],
    ids=["word", "lines", "bullets", "quotation", "cell", "tall cell", "two tall cells", "twelve columns"],
)
def test_words_of_any_length_break_inside_the_page(report: Make, block: Block) -> None:
    started = perf_counter()
    made = pdf.write(report(block))
    assert perf_counter() - started < 10
    document = PdfDocument(made)
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        wide, high = page.get_size()
        assert all(
            left >= 50 and right <= wide - 49 and 40 < bottom < top < high - 42
            for left, bottom, right, top in boxes
            if right > left and top > bottom
        )
    document.close()


def test_long_words_lose_no_letter(report: Make) -> None:
    table = Table("T", (Column("A"), Column("B")), (("q" * 5_000, "z " * 5_000),))
    found = words(pdf.write(report(table)))
    assert (found.count("q"), found.count("z")) == (5_000, 5_000)


def test_a_title_footer_and_mark_of_any_length_leave_room_for_the_words(report: Make) -> None:
    found = words(
        pdf.write(report(Paragraph("Still here."), title=LONG_WORD, footer=LONG_WORD, mark="M" * 500))
    )
    assert "Still here." in found
    assert "…" in found


def test_a_table_too_wide_for_paper_is_our_mistake(report: Make) -> None:
    columns = tuple(Column(f"C{number}") for number in range(19))
    with pytest.raises(ValueError, match="19 columns do not fit"):
        pdf.write(report(Table("T", columns, (("x",) * 19,))))


def test_a_wide_table_gets_pages_on_their_side_and_what_follows_stands_again(report: Make) -> None:
    columns = tuple(Column(f"Heading {number}") for number in range(8))
    made = pdf.write(
        report(Paragraph("Before."), Table("T", columns, (("considerable",) * 8,)), Paragraph("After."))
    )
    with Pdf.open(BytesIO(made)) as document:
        assert [page.MediaBox[2] > page.MediaBox[3] for page in document.pages] == [False, True, False]
    assert words(made).count("considerable") == 8  # whole words, none of them cut


def test_headings_of_a_table_never_stand_alone_at_the_foot_of_a_page(report: Make) -> None:
    for lines in range(20, 60):
        made = pages(pdf.write(report(Paragraph("x\n" * lines), Table("T", COLUMNS, (ROW,), "Caption"))))
        assert ["Caption" in page for page in made] == ["Pharmacist" in page for page in made]


@pytest.mark.parametrize(
    ("above", "block", "kept"),
    [
        ("x", Bullets(("here it goes on " * 9,)), "•"),
        ("x", Table("T", COLUMNS, (("here " * 60, *ROW[1:]),)), "Heading"),
        ("announced:", Bullets(("here",)), "announced"),
    ],
)
def test_what_leads_to_something_never_stands_alone_at_the_foot_of_a_page(
    report: Make, above: str, block: Block, kept: str
) -> None:
    one = report(Paragraph("x"))
    for lines in range(25, 52):
        filled = Section(
            "First", (Paragraph("x\n" * lines), *((Paragraph(above),) if above != "x" else ()), block)
        )
        under = Section("First", (Paragraph("x\n" * lines),)), Section("Heading", (block,))
        made = pages(pdf.write(replace(one, sections=under if kept == "Heading" else (filled,))))
        assert ["here" in page for page in made] == [kept in page for page in made]


def test_the_work_can_be_stopped_at_any_page(report: Make) -> None:
    turned: list[int] = []

    def stop(page: int) -> None:
        turned.append(page)
        if page == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pdf.write(report(Paragraph("word " * 20_000)), stop)
    assert turned == [1, 2, 3]


def test_only_addresses_of_pages_and_mailboxes_lead_anywhere(report: Make) -> None:
    typed = (
        "See https://www.england.nhs.uk/a?b=c&d, mailto:ann@nhs.net and (http://x.org:80/). Never "
        "javascript:alert(1) file:///etc/passwd https:// http://me:pass@host/ http://[::1/ https://x.org:port/ "
        "mailto:nobody ftp://x.org data:text/html,x"
    )
    made = pdf.write(report(Paragraph(typed)))
    assert typed in words(made)
    with Pdf.open(BytesIO(made)) as document:
        leads = [str(note.A.URI) for page in document.pages for note in page.get("/Annots", [])]
    assert leads == ["https://www.england.nhs.uk/a?b=c&d", "mailto:ann@nhs.net", "http://x.org:80/"]


def test_struck_out_words_are_a_bar_that_says_so(report: Make) -> None:
    assert "Ring [struck out][s.40] now" in words(pdf.write(report(Paragraph("Ring \u2588\u2588[s.40] now"))))


@pytest.mark.parametrize("look", [*pdf.LOOKS, CAPTION, CELL, HEAD, FOOTER], ids=repr)
def test_words_stand_out_from_the_page_and_are_large_enough(look: Look) -> None:
    for ground in ("#FFFFFF", theme.PALE):
        assert contrast(look.colour, ground) >= 4.5
    assert look.size >= {CELL: 11, HEAD: 11, pdf.SOURCE: 11, FOOTER: 10}.get(look, 12)


def contrast(one: str, other: str) -> float:
    """Of two colours by WCAG 2.2, from 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_one_wide_list_begins_below_the_title_on_a_page_on_its_side(report: Make) -> None:
    columns = tuple(Column(f"Heading {number}") for number in range(8))
    made = pdf.write(report(Paragraph("1 of 25 entries."), Table("T", columns, (("considerable",) * 8,))))
    (page,) = PdfDocument(made)
    assert page.get_width() > page.get_height()
