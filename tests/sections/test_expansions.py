"""A paper gives its abbreviations in full at its back, from its own words and its day alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nhsdesk.documents import pdf, xlsx
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Bundle,
    Column,
    Document,
    Paragraph,
    Part,
    Quotation,
    Report,
    Section,
    Sheet,
    Table,
    Workbook,
)
from nhsdesk.sections import expansions

DAY = date(2026, 11, 20)
MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REPORT = Report("Briefing", "As at a day", "Eastfield", DAY, MADE, (), "Page")
TABLE = Table("Lines", (Column("Post"), Column("Words")), (("P-001", "the ICB"), ("P-002", None)))
BOOK = Workbook(
    "Claim", "Month", "Eastfield", MADE, ("A claim.",), (Sheet("Lines", "Lines", "One table.", TABLE),)
)


def report(*blocks: Block) -> Report:
    return replace(REPORT, sections=(Section("What is asked", blocks),))


def words(document: Document) -> dict[str, str]:
    """The abbreviations at the back of a document, or none."""
    if isinstance(document, Workbook):
        last = document.sheets[-1]
        rows = last.table.rows if last.name == expansions.SHEET else ()
    else:
        assert isinstance(document, Report)
        section = document.sections[-1]
        listed = section.blocks[-1] if section.heading == expansions.HEADING else Bullets(())
        assert isinstance(listed, Bullets)
        rows = tuple(tuple(item.split(": ")) for item in listed.items)
    return {str(short): str(full) for short, full in rows}


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("We asked the ICB."),
        Bullets(("One", "the ICB")),
        Quotation("We are the ICB", "a letter"),
        Quotation("We ask", "ICB board paper"),
        TABLE,
        Table("Lines", (Column("ICB"),), ()),
        Table("Lines", (Column("Post"),), (), caption="Of the ICB"),
    ],
)
def test_an_abbreviation_is_given_in_full_wherever_it_stands(block: Block) -> None:
    assert words(expansions.added(report(block), DAY)) == {"ICB": "integrated care board"}


def test_an_abbreviation_in_a_heading_or_a_title_counts_too() -> None:
    held = replace(
        report(), title="PCN briefing", organisation="Eastfield", sections=(Section("The INT", ()),)
    )
    assert list(words(expansions.added(held, DAY))) == ["INT", "PCN"]


def test_a_paper_without_abbreviations_is_left_as_it_is() -> None:
    for document in (report(Paragraph("A place to int.")), replace(BOOK, sheets=())):
        assert expansions.added(document, DAY) is document


def test_an_abbreviation_means_what_it_meant_on_the_day_of_the_paper() -> None:
    held = report(Paragraph("The STP met."))
    assert words(expansions.added(held, date(2015, 6, 1)))["STP"].endswith("plan")
    assert words(expansions.added(held, date(2019, 6, 1)))["STP"].endswith("partnership")


def test_a_workbook_has_a_last_sheet_of_words() -> None:
    made = expansions.added(BOOK, DAY)
    assert isinstance(made, Workbook)
    assert words(made) == {"ICB": "integrated care board"}
    assert [sheet.name for sheet in made.sheets] == ["Lines", "Words"]
    assert "as at 20 November 2026" in made.sheets[-1].intro
    assert xlsx.write(made).startswith(b"PK")


def test_the_same_paper_is_the_same_bytes() -> None:
    held = report(Paragraph("PCN, ICB, A&G & <b>INT</b>"))
    once, twice = expansions.added(held, DAY), expansions.added(held, DAY)
    assert once == twice
    assert isinstance(once, Report)
    assert pdf.write(once) == pdf.write(expansions.added(held, DAY))  # type: ignore[arg-type]


def test_words_used_in_a_paper_stand_once_each_in_the_order_of_the_alphabet() -> None:
    held = report(Paragraph("PCNs, the PCN, the INTs, e-RS, A&G and the ICB."), Bullets(("PCN", "ICB")))
    assert list(words(expansions.added(held, DAY))) == ["A&G", "e-RS", "ICB", "INT", "PCN"]


def test_a_bundle_has_its_abbreviations_in_a_part_of_their_own() -> None:
    one = report(Paragraph("We asked the ICB."))
    made = expansions.added(Bundle(REPORT, (Part("Agenda", "Agenda", one),)), DAY)
    assert isinstance(made, Bundle)
    assert made.parts[-1].title == expansions.HEADING
    back = made.parts[-1].content
    assert isinstance(back, Report)
    assert back.sections[0].heading == expansions.SHORT_FORMS
    assert expansions.added(Bundle(REPORT, ()), DAY) == Bundle(REPORT, ())
