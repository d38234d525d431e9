"""The copy for a browser: strict markup, the words of the PDF in their order, and nothing that runs or fetches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree
from pypdfium2 import PdfDocument

from nhsdesk.documents import html, pdf
from nhsdesk.documents.model import (
    BarLook,
    Bullets,
    CellKind,
    Chart,
    Column,
    Paragraph,
    Quotation,
    Report,
    Series,
    Table,
)
from tests.documents.test_pdf_ua import hostile

Make = Callable[..., Report]

ALLOWED = frozenset({
    "html", "head", "meta", "title", "style", "body", "main", "footer", "section", "h1", "h2", "p", "ul", "li",
    "blockquote", "div", "span", "a", "br", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th",
    "td", "svg", "desc", "defs", "pattern", "rect", "line", "text", "circle",
})  # fmt: skip
TABLE = Table(
    "T", (Column("Post"), Column("Posts", CellKind.WHOLE)), (("Nurse", 3), ("Pharmacist", None)), "Posts held"
)
CHART = Chart(
    "C", "Claims", "Month", ("April", "May"), ("Apr", "May"),
    (Series("Paid", BarLook.FULL, (2, 3)), Series("Due", BarLook.STRIPED, (1, None))), "It rose.",
)  # fmt: skip


def page(report: Report) -> Any:
    """Read by a reader that forgives nothing; what HTML asks beyond well-formedness is looked at."""
    text = html.write(report)
    assert text.startswith(b"<!DOCTYPE html>\n<html ")
    tree = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    assert {name(one) for one in elements} <= ALLOWED
    ids = [one.get("id") for one in elements if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in elements:
        assert not [key for key in one.attrib if key.startswith("on")]
        assert set((one.get("aria-labelledby") or "").split()) <= set(ids)
        assert one.get("src") is None
        assert (one.get("href") or "https://").startswith(("https://", "http://", "mailto:"))
        if name(one) == "p":
            assert {name(inner) for inner in one} <= {"a", "br", "span"}
    return tree


def name(element: Any) -> str:
    return str(etree.QName(element).localname)


def found(tree: Any, wanted: str) -> list[Any]:
    return [one for one in tree.iter() if isinstance(one.tag, str) and name(one) == wanted]


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_it_says_what_the_pdf_says_in_the_same_order(report: Make) -> None:
    made = report(
        Paragraph("First & <b>."), Bullets(("Second.", "Third.")), Quotation("Fourth.", "Fifth."), TABLE,
        Table("E", (Column("A"),), (), "None of these"), Paragraph("Last\nline."), mark="SAMPLE", footer="Trace 3f2a.",
    )  # fmt: skip
    document = PdfDocument(pdf.write(made))
    printed = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    (body,) = found(page(made), "body")
    assert words(body) == printed.replace("• ", "").removesuffix(" Page 1 of 1")


def test_headings_lists_and_tables_say_what_they_are(report: Make) -> None:
    tree = page(report(Bullets(("x",)), TABLE))
    assert [words(one) for one in found(tree, "h1") + found(tree, "h2")] == ["ARRS claim", "What we claim"]
    assert [(one.get("scope"), words(one)) for one in found(tree, "th")] == [
        ("col", "Post"), ("col", "Posts"), ("row", "Nurse"), ("row", "Pharmacist"),
    ]  # fmt: skip
    assert words(found(tree, "caption")[0]) == "Posts held"
    assert words(found(tree, "title")[0]) == "ARRS claim"
    assert tree.get("lang") == "en-GB"


def test_a_chart_is_drawn_with_what_it_shows_and_its_numbers(report: Make) -> None:
    tree = page(report(CHART))
    (drawing,) = found(tree, "svg")
    assert (words(found(drawing, "title")[0]), words(found(drawing, "desc")[0])) == ("Claims", "It rose.")
    assert len(found(drawing, "rect")) >= 3 + 2
    assert "2 1" in words(found(tree, "tbody")[0])


def test_whatever_people_type_is_words_and_the_page_stays_strict() -> None:
    tree = page(hostile())
    assert {one.get("href") for one in found(tree, "a")} == {"https://www.england.nhs.uk/", "mailto:a@b.uk"}
    told = words(found(tree, "body")[0])
    assert "<b>x &amp; <img src='/etc/passwd'>" in told
    assert "javascript:alert(1)" in told
    assert "שלום evil 😀" in told  # a browser has the letters that our font lacks
    assert "\u202e" not in told
    assert "w" * 5_000 in told


def test_the_same_report_gives_the_same_bytes(report: Make) -> None:
    made = report(Paragraph("x"), TABLE, CHART)
    assert html.write(made) == html.write(made)


def test_it_fetches_and_runs_nothing(report: Make) -> None:
    (policy,) = [one for one in found(page(report(CHART)), "meta") if one.get("http-equiv")]
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'"
