"""The abbreviations of a paper in full, at its back: made from its words, its day, and what its heading keeps.

What this PCN says of a word itself is kept with the facts of each paper that uses it, so that an old paper can be made
again as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from nhsdesk import resources
from nhsdesk.documents.marks import without_marks
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Bundle,
    Chart,
    Column,
    Document,
    Grid,
    Paragraph,
    Part,
    Quotation,
    Report,
    Section,
    Sheet,
    Table,
    Timeline,
    Workbook,
)
from nhsdesk.domain.glossary import Sureness
from nhsdesk.domain.glossary_lookup import Glossary
from nhsdesk.domain.periods import day_words

HEADING = "Words used in this paper"
SHEET = "Words"
BACK, SHORT_FORMS = "Words", "Short forms"

_COLUMNS = (Column("Short form"), Column("In full"))


OwnWords = tuple[tuple[str, str], ...]
"""Short forms with what this PCN says they stand for."""


def added(document: Document, day: date, own: OwnWords = ()) -> Document:
    """A document with what its abbreviations stood for on a day; as it was where it has none."""
    shipped = _glossary().expansions("\n".join(texts(document)), day)
    words = tuple(sorted({**dict(shipped), **dict(own)}.items(), key=lambda one: (one[0].casefold(), one[0])))
    words = tuple((without_marks(short), without_marks(full)) for short, full in words)
    if not words:
        return document
    intro = f"What the short forms in this paper stand for, as at {day_words(day)}."
    listed = Section(HEADING, (Paragraph(intro), Bullets(tuple(f"{short}: {full}" for short, full in words))))
    if isinstance(document, Report):
        return replace(document, sections=(*document.sections, listed))
    if isinstance(document, Bundle):
        back = replace(
            document.front,
            title=HEADING,
            subtitle=document.title,
            sections=(replace(listed, heading=SHORT_FORMS),),
        )
        return replace(document, parts=(*document.parts, Part(BACK, HEADING, back)))
    sheet = Sheet(
        SHEET, HEADING, f"This worksheet holds one table. {intro}", Table("Words_used", _COLUMNS, words)
    )
    return replace(document, sheets=(*document.sheets, sheet))


def own_words(glossary: Glossary, document: Document, day: date) -> OwnWords:
    """The short forms in a document of which this PCN says itself what they stand for."""
    found = glossary.short_forms("\n".join(texts(document)), day)
    return tuple(
        (form, term.expansion or term.meaning.rstrip("."))
        for form, term in found
        if term.sureness is Sureness.OURS and (term.expansion or term.meaning)
    )


@cache
def _glossary() -> Glossary:
    return Glossary(resources.glossary())


def texts(document: Document) -> Iterator[str]:
    """Everything that is printed in words of our own."""
    if isinstance(document, Bundle):
        yield from texts(document.front)
        for part in document.parts:
            yield from (part.label, part.title)
            if isinstance(part.content, Report):
                yield from texts(part.content)
        return
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
        case Chart() | Grid() | Timeline():
            yield from (block.title, block.says, *_in_table(block.numbers))


def _in_table(table: Table) -> Iterator[str]:
    yield table.caption
    yield from (column.label for column in table.columns)
    yield from (cell for row in table.rows for cell in row if isinstance(cell, str))
