"""A pasted block or a file as rows to look at, and which of its columns were chosen for what the last time.

Nothing of a block is written here: only headings are remembered, and only when what they headed was taken in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nhsdesk.documents import reader as documents
from nhsdesk.documents.reader import Grid
from nhsdesk.domain import block_headings, blocks
from nhsdesk.domain.block_headings import Block, Wanted
from nhsdesk.domain.employers import ColumnMapping, Incoming
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.kinds import Id
from nhsdesk.errors import FileRefused
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

MOST_CHARACTERS = 5_000_000
_TABS = "sep=\t\r\n"
"""Tells the reader of separated text that tabs separate, so that commas inside figures do not."""


def from_text(
    words: str, wanted: Sequence[Wanted] = (), remembered: Mapping[str, str] | None = None
) -> Block:
    """A block of what was copied: cells between tabs, as spreadsheets copy them, or separated text."""
    return _block(cells_of(words), wanted, remembered or {})


def cells_of(words: str) -> Grid:
    """The cells of what was copied. Raises FileRefused for nothing, and for too much."""
    if not words.strip():
        raise FileRefused(
            "There is nothing to read in what was pasted. Nothing has been changed. "
            "Copy the cells in the spreadsheet, headings too, and paste again."
        )
    if len(words) > MOST_CHARACTERS:
        raise FileRefused(
            f"What was pasted is longer than {MOST_CHARACTERS:,} characters, so it was not read. Nothing has been "
            "changed. Copy only the rows and columns that are needed, or choose the file."
        )
    text = whole_letters(words).replace("\ufffd", "?")  # many of those would look like a file that is no text
    if "\t" in text:
        text = _TABS + text
    return documents.read_csv(text.encode())


def from_file(
    path: Path, wanted: Sequence[Wanted] = (), remembered: Mapping[str, str] | None = None
) -> Block:
    """The block of a workbook or of separated text; of several sheets the one that has most of what is wanted."""
    grids = [grid for grid in documents.read_rows(path) if grid.rows]
    if not grids:
        raise FileRefused(
            f"{path.name} was not read: there are no cells in it. Nothing has been changed. "
            "Open it, and see whether it is the file you meant."
        )
    known = remembered or {}
    made = [_block(grid, wanted, known) for grid in grids]
    best = max(made, key=lambda block: block_headings.fitting(block, wanted, known))
    return best if len(made) > 1 else replace(best, sheet="")


def _block(grid: Grid, wanted: Sequence[Wanted], remembered: Mapping[str, str]) -> Block:
    rows = [[blocks.as_words(cell) for cell in row] for row in grid.rows]
    return blocks.of_rows(rows, wanted, remembered, grid.name)


# ---- what is remembered


def remembered(reader: Reader, what: Incoming, employer: Id | None) -> Mapping[str, str]:
    """The field that each heading was chosen for the last time; an empty one was said to hold nothing wanted."""
    found = _mapping(reader, what, employer)
    return {} if found is None else _read(found.headings)


def remember(change: Change, what: Incoming, employer: Id | None, headings: Mapping[str, str]) -> None:
    """Keeps which heading was chosen for which field, in place of what was kept before."""
    words = "\n".join(f"{' '.join(heading.split())} = {name}" for heading, name in headings.items())
    found = _mapping(change.reader, what, employer)
    if found is None:
        if words:
            change.add(ColumnMapping(block=what, employer=employer, headings=words))
    elif words and found.headings != words:
        change.put(replace(found, headings=words))


def _mapping(reader: Reader, what: Incoming, employer: Id | None) -> ColumnMapping | None:
    kept = [one for one in reader.all(ColumnMapping, block=what) if one.employer == employer]
    return kept[-1] if kept else None


def _read(headings: str) -> dict[str, str]:
    """From lines of "Heading = field"; a line that says neither is passed over."""
    lines = (line.rpartition("=") for line in headings.splitlines())
    return {heading.strip(): name.strip() for heading, _, name in lines if heading.strip()}
