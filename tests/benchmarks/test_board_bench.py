"""A board briefing printed, against bare reportlab with the same words and tables."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, SimpleDocTemplate
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as BareTable

from nhsdesk.documents import pdf, theme
from nhsdesk.documents.model import (
    BarLook,
    Bullets,
    CellKind,
    Chart,
    Column,
    Paragraph,
    Report,
    Section,
    Series,
    Table,
    cell_words,
)
from nhsdesk.documents.page_text import register_fonts
from nhsdesk.domain.money import Money

SECTIONS_A_PAGE = 0.67
PAGES = pytest.mark.parametrize("pages", [20, 200])

COLUMNS = (
    Column("Ref"),
    Column("What was agreed"),
    Column("Owner"),
    Column("Amount", CellKind.MONEY),
    Column("Due", CellKind.DAY),
)


def report(pages: int) -> Report:
    """About so many pages: a paragraph, points, a table, and a chart in every third section."""
    sections = tuple(_section(number) for number in range(round(pages * SECTIONS_A_PAGE)))
    made = datetime(2026, 11, 20, tzinfo=UTC)
    return Report(
        "Place board briefing", "", "Eastfield PCN", date(2026, 11, 20), made, sections, "Trace 3f2a."
    )


def _section(number: int) -> Section:
    words = f"Section {number} tells what general practice was asked, what it decided, and what is late. " * 5
    rows = tuple(
        (f"C-{number:03}{row:02}", f"Agreement {row} on sharing a list across six practices of the neighbourhood",
         "Clinical director", Money(row * 12_345), date(2026, 12, 1 + row))
        for row in range(16)
    )  # fmt: skip
    points = Bullets(tuple(f"Point {one}: the board is asked to note what stands above." for one in range(4)))
    names = ("April", "May", "June", "July")
    series = (Series("Claimed", BarLook.FULL, tuple(Money(n * 1_000_00) for n in range(1, 5))),)
    chart = Chart("C", f"Claims {number}", "Month", names, names, series, "Claims rose each month.")
    return Section(
        f"Part {number}",
        (Paragraph(words), points, Table("T", COLUMNS, rows), *((chart,) if number % 3 == 0 else ())),
    )


def bare(held: Report) -> bytes:
    """The same words and tables, and no chart, footer or tag."""
    body = ParagraphStyle("body", fontName=theme.PAGE_FONT, fontSize=12, leading=16.8)
    cell = ParagraphStyle("cell", fontName=theme.PAGE_FONT, fontSize=11, leading=15.4)
    story: list[Flowable] = []
    for section in held.sections:
        story.append(Words(escape(section.heading), body))
        for block in section.blocks:
            match block:
                case Paragraph():
                    story.append(Words(escape(block.text), body))
                case Bullets():
                    story += [Words(escape(item), body, bulletText="•") for item in block.items]
                case Table() | Chart():
                    story.append(_bare_table(block if isinstance(block, Table) else block.numbers, cell))
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1, pageCompression=1).build(story)
    return out.getvalue()


def _bare_table(table: Table, style: ParagraphStyle) -> BareTable:
    head = [Words(escape(column.label), style) for column in table.columns]
    rows = [
        [
            Words(escape(cell_words(value, column)), style)
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    return BareTable([head, *rows], repeatRows=1, colWidths=[490 / len(head)] * len(head))


@PAGES
def test_print_a_board_briefing(benchmark: Any, pages: int) -> None:
    held = report(pages)
    register_fonts()
    made = benchmark.pedantic(lambda: pdf.write(held), rounds=5, warmup_rounds=1)
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") > pages * 0.8


@PAGES
def test_print_a_board_briefing_bare(benchmark: Any, pages: int) -> None:
    held = report(pages)
    register_fonts()
    assert benchmark.pedantic(lambda: bare(held), rounds=5, warmup_rounds=1).startswith(b"%PDF")
