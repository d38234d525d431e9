"""Lists as long as somebody reads them: the first of a longer one, how many there are, and where all of them are."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk.documents.model import Block, Bullets, Paragraph, Quotation, Section, Table

MOST = 200
"""Rows, points or passages that a section prints of one list."""

IN_FILE = "The PCN file holds all of them."
"""Where all are of a list that no return holds."""


def cut(section: Section, rest: str) -> Section:
    """The section with its long lists cut to their first entries; `rest` says where all are, as a sentence.

    Counts stay as they were: they are of all.
    """
    section = cut_lists(section, rest)
    blocks = section.blocks
    passages = [place for place, block in enumerate(blocks) if isinstance(block, Paragraph | Quotation)]
    if len(passages) > MOST:
        left_out = set(passages[MOST:])
        kept = tuple(block for place, block in enumerate(blocks) if place not in left_out)
        section = replace(section, blocks=(*kept, told(len(passages), rest)))
    return section


def cut_lists(section: Section, rest: str) -> Section:
    """The same of tables and points alone, where an entry is told in several passages."""
    blocks = tuple(piece for block in section.blocks for piece in _cut(block, rest))
    return replace(section, blocks=blocks) if blocks != section.blocks else section


def _cut(block: Block, rest: str) -> tuple[Block, ...]:
    match block:
        case Table() if len(block.rows) > MOST:
            return replace(block, rows=block.rows[:MOST]), told(len(block.rows), rest)
        case Bullets() if len(block.items) > MOST:
            return replace(block, items=block.items[:MOST]), told(len(block.items), rest)
        case _:
            return (block,)


def told(number: int, rest: str) -> Paragraph:
    """That only the first of so many are printed."""
    return Paragraph(f"These are the first {MOST} of {number:,}, in the order given. {rest}")
