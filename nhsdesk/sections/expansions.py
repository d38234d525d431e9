"""The abbreviations of a paper in full, at its back: made from its words and its day alone.

Only words that came with the program are told here, for what this PCN says of them is not among the facts kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from nhsdesk import resources
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Column,
    Paragraph,
    Quotation,
    Report,
    Section,
    Sheet,
    Table,
    Workbook,
)
from nhsdesk.domain.glossary_lookup import Glossary
from nhsdesk.domain.periods import day_words

HEADING = "Words used in this paper"
SHEET = "Words"

_COLUMNS = (Column("Short form"), Column("In full"))


def added(document: Workbook | Report, day: date) -> Workbook | Report:
    """A document with what its abbreviations stood for on a day; as it was where it has none."""
    words = _glossary().expansions("\n".join(_texts(document)), day)
    if not words:
        return document
    intro = f"What the short forms in this paper stand for, as at {day_words(day)}."
    if isinstance(document, Report):
        listed = Bullets(tuple(f"{short}: {full}" for short, full in words))
        return replace(document, sections=(*document.sections, Section(HEADING, (Paragraph(intro), listed))))
    sheet = Sheet(
        SHEET, HEADING, f"This worksheet holds one table. {intro}", Table("Words_used", _COLUMNS, words)
    )
    return replace(document, sheets=(*document.sheets, sheet))


@cache
def _glossary() -> Glossary:
    return Glossary(resources.glossary())


def _texts(document: Workbook | Report) -> Iterator[str]:
    """Everything that is printed in words."""
    yield document.title
    if isinstance(document, Workbook):
        yield from (*document.cover, *document.notes)
        for sheet in document.sheets:
            yield from (sheet.title, sheet.intro, *_in_table(sheet.table))
        return
    yield from (document.subtitle, document.organisation, document.footer)
    for section in document.sections:
        yield section.heading
        for block in section.blocks:
            yield from _in_block(block)


def _in_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Quotation():
            yield from (block.words, block.source)
        case Table():
            yield from _in_table(block)


def _in_table(table: Table) -> Iterator[str]:
    yield table.caption
    yield from (column.label for column in table.columns)
    yield from (cell for row in table.rows for cell in row if isinstance(cell, str))
