"""What a workbook itself says of where answers go: names, tables, markers, headings, questions with an empty cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_look import Blank, SeenCell

LEAST_HEADINGS = 3
"""Headings beside each other that make a list."""

_CODE = re.compile(r"_*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_MARKED = re.compile(r"(?:\{\{|\[\[|<<|\$\{)\s*([\w .-]+?)\s*(?:\}\}|\]\]|>>|\})")


class Says(Enum):
    """By what a place is known, the surest first."""

    NAME = "the workbook's own name for it"
    MARKER = "a marker in the cell"
    TABLE = "an Excel table"
    HEADINGS = "a row of headings"
    QUESTION = "the words beside it"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that asks to be filled: a cell, or with `columns` (letter and words of each) the first of headings."""

    says: Says
    sheet: str
    cell: str
    words: str
    columns: tuple[tuple[str, str], ...] = ()
    table: str = ""


def suggestions(blank: Blank, sheet: str) -> tuple[Suggestion, ...]:
    """The places of one sheet that ask to be filled, the surest first, each once."""
    found: dict[str, Suggestion] = {}
    for one in (*_names(blank, sheet), *_of_cells(blank, sheet)):
        known = found.get(one.cell)
        if known is None or list(Says).index(one.says) < list(Says).index(known.says):
            found[one.cell] = one
    return tuple(
        sorted(found.values(), key=lambda one: (list(Says).index(one.says), xml.place(one.cell) or (0, 0)))
    )


def _names(blank: Blank, sheet: str) -> Iterator[Suggestion]:
    for one in blank.names:
        seen = blank.cell(one.sheet, one.area) if one.sheet == sheet and ":" not in one.area else None
        if seen is not None and seen.fillable:
            yield Suggestion(Says.NAME, sheet, seen.ref, one.name)
    for table in blank.tables:
        if table.sheet == sheet:
            yield Suggestion(Says.TABLE, sheet, table.header, table.name, table.columns, table.name)


def _of_cells(blank: Blank, sheet: str) -> Iterator[Suggestion]:
    rows: dict[int, list[SeenCell]] = {}
    for cell in blank.labels(sheet):
        if not cell.covered_by:
            rows.setdefault(cell.row, []).append(cell)
    yield from _markers(blank, sheet)
    for labels in rows.values():
        if len(codes := _codes(labels)) >= LEAST_HEADINGS:
            columns = tuple((xml.column_letters(one.column), one.text) for one in codes)
            yield Suggestion(Says.MARKER, sheet, codes[0].ref, codes[0].text, columns)
        elif headings := _headings(blank, sheet, labels):
            yield headings
        for label in labels:
            yield from _of_label(blank, sheet, label)


def _codes(labels: list[SeenCell]) -> list[SeenCell]:
    """Markers for a machine, such as DATE_RECEIVED, that stand in their row once."""
    said = Counter(one.text for one in labels)
    return [one for one in labels if _CODE.fullmatch(one.text) and said[one.text] == 1]


def _headings(blank: Blank, sheet: str, labels: list[SeenCell]) -> Suggestion | None:
    """A row of words that stand out, above cells that can be filled."""
    outstanding = [one for one in labels if one.bold or one.fill]
    below = [one for one in outstanding if _is_free(blank, sheet, one.row + _height(one), one)]
    if len(below) < LEAST_HEADINGS:
        return None
    columns = tuple((xml.column_letters(one.column), " ".join(one.text.split())) for one in below)
    return Suggestion(Says.HEADINGS, sheet, below[0].ref, columns[0][1], columns)


def _height(cell: SeenCell) -> int:
    """Rows that a heading takes, which is more than one where cells are joined."""
    first, _, last = cell.merge.partition(":")
    top, bottom = xml.place(first), xml.place(last)
    return bottom[0] - top[0] + 1 if top and bottom else 1


def _markers(blank: Blank, sheet: str) -> Iterator[Suggestion]:
    """Cells whose words say what is to stand in their place, such as {{PCN name}}."""
    for cell in blank.cells(sheet):
        if isinstance(cell.held, str) and cell.fillable and (marked := _MARKED.search(cell.held)):
            yield Suggestion(Says.MARKER, sheet, cell.ref, marked[1])


def _of_label(blank: Blank, sheet: str, label: SeenCell) -> Iterator[Suggestion]:
    beside = _beside(label)
    if _is_free(blank, sheet, label.row, label, beside):
        yield Suggestion(Says.QUESTION, sheet, xml.reference(label.row, beside), " ".join(label.text.split()))


def _beside(label: SeenCell) -> int:
    """The column after a label, past the cells joined with it."""
    last = xml.place(label.merge.partition(":")[2])
    return (last[1] if last else label.column) + 1


def _is_protected(blank: Blank, sheet: str) -> bool:
    return next(one.protected for one in blank.sheets if one.name == sheet)


def _is_free(blank: Blank, sheet: str, row: int, label: SeenCell, column: int = 0) -> bool:
    """An empty cell that is made to be filled: unlocked on a protected sheet, or with choices or a look of its own."""
    seen = blank.cell(sheet, xml.reference(row, column or label.column))
    if seen is None or not seen.empty or not seen.fillable or seen.covered_by:
        return False
    return _is_protected(blank, sheet) or seen.lists or (seen.bordered and seen.fill != label.fill)
