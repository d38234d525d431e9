"""A register's file as it comes back: which kind it holds, of which step, and what each row says in each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nhsdesk.documents import reader as documents
from nhsdesk.documents.reader import Grid, Value
from nhsdesk.documents.separated import undefused
from nhsdesk.domain import register_cells
from nhsdesk.domain.blocks import as_words
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.register_cells import Origin
from nhsdesk.errors import FileRefused

REF = "ref"
_MOST_ABOVE = 20
"""Rows in which the headings are looked for."""

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, its mark and its reference, and the words of its cells by field."""

    number: int
    mark: str
    ref: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Brought:
    """A register's file as read."""

    kind: RecordKind
    origin: Origin
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    told: tuple[str, ...]
    headings: tuple[tuple[str, str], ...] = ()
    """Of what was pasted: each heading with the name of its field, which is empty where the column is left out."""


def is_one(path: Path) -> bool:
    """Whether a file is a register that was written out here."""
    headings: Sequence[Value] = documents.csv_headings(path)
    if headings:
        return _marked_at(headings) is not None
    return _found(documents.read_rows(path)) is not None


def read(path: Path) -> Brought:
    """The register of a file. Raises FileRefused for any other file, in a sentence."""
    found = _found(documents.read_rows(path))
    if found is None:
        raise FileRefused(
            f"{path.name} was not read: none of its columns says which entry each row is. Nothing was changed. Export "
            "the register, work in that file, and bring it back with its last column."
        )
    grid, at = found
    headings = [as_words(cell) for cell in grid.rows[at]]
    place = _marked_at(grid.rows[at])
    assert place is not None
    origin = register_cells.origin_in(headings[place])
    assert origin is not None
    kind = next((one for one in KINDS.values() if one.title == origin.title), None)
    if kind is None:
        raise FileRefused(
            f"{path.name} was not read: this program keeps no {quoted(origin.title)}. Nothing was changed. Bring it "
            "back in the version of the program that wrote it."
        )
    return _brought(kind, origin, grid, at, place, headings, documents.is_text(path))


def _found(grids: Sequence[Grid]) -> tuple[Grid, int] | None:
    for grid in grids:
        for at, row in enumerate(grid.rows[:_MOST_ABOVE]):
            if _marked_at(row) is not None:
                return grid, at
    return None


def _marked_at(row: Sequence[Value]) -> int | None:
    """The column that says which entry each row is."""
    for place, cell in enumerate(row):
        if isinstance(cell, str) and register_cells.origin_in(cell) is not None:
            return place
    return None


def _brought(
    kind: RecordKind, origin: Origin, grid: Grid, at: int, place: int, headings: Sequence[str], as_text: bool
) -> Brought:
    columns: dict[str, int] = {}
    worked_out = {one.label.removesuffix(" (£)").casefold() for one in kind.derived}
    ref, told = None, []
    for column, heading in enumerate(headings):
        field = register_cells.headed(kind, heading)
        if column == place or not heading.strip():
            continue
        if field is not None and field.name not in columns:
            columns[field.name] = column
        elif heading.strip().casefold() == REF:
            ref = column
        elif heading.strip().removesuffix(" (£)").casefold() not in worked_out:
            told.append(heading.strip())
    fields = tuple(field for field in kind.fields if field.name in columns)
    rows = tuple(_rows(grid, at, columns, place, ref, as_text))
    return Brought(kind, origin, fields, rows, tuple(_sentences(kind, told)))


def _rows(
    grid: Grid, at: int, columns: Mapping[str, int], place: int, ref: int | None, as_text: bool
) -> Iterator[Row]:
    for number, cells in enumerate(grid.rows[at + 1 :], at + 2):
        words = [undefused(as_words(cell)) if as_text else as_words(cell) for cell in cells]
        if any(one.strip() for one in words):
            said = {name: words[column] for name, column in columns.items()}
            yield Row(number, words[place].strip(), "" if ref is None else words[ref].strip(), said)


def _sentences(kind: RecordKind, unknown: Sequence[str]) -> Iterator[str]:
    if unknown:
        named = ", ".join(quoted(one) for one in unknown[:_MOST_NAMED])
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        yield f"No column of {kind.nouns}, and left out: {named}{more}."
