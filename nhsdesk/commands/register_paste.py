"""Cells pasted into a register: what they would change, to be looked at before anything is written.

Rows with headings go by them, and a row with a reference is that entry. Cells without headings go where the cursor
stands: to the right over the columns in sight, down over the rows listed, and below the last of them as new entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nhsdesk.commands import blocks, register_changes
from nhsdesk.commands.register_changes import Seen
from nhsdesk.commands.register_sheet import Brought, Row
from nhsdesk.documents.separated import undefused
from nhsdesk.domain import register_cells
from nhsdesk.domain.blocks import as_words
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.register_cells import Origin
from nhsdesk.errors import FileRefused
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader
from nhsdesk.store.register import REF

NAME = "what was pasted"


@dataclass(frozen=True, slots=True)
class Place:
    """Where cells without headings go: the entries from the cursor down, and the columns from it to the right."""

    ids: tuple[Id, ...]
    columns: tuple[str, ...]
    owner: str = ""
    """The reference of the entry whose own list they go to; empty for a register."""


def look(database: Database, kind: RecordKind, words: str, place: Place) -> Seen:
    """What pasted cells would change. Raises FileRefused where there is nothing that can be read."""
    rows = [[undefused(as_words(cell)) for cell in row] for row in blocks.cells_of(words).rows]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    with database.read() as reader:
        headed = _headings(kind, rows)
        brought = _by_heading(reader, kind, rows, headed) if headed else _by_place(kind, rows, place)
    if not brought.fields:
        raise FileRefused(
            f"Nothing was pasted: none of the columns of {kind.nouns} that the cells go to can be typed into. "
            "Go to the first of the cells they are for, or copy them with their headings."
        )
    return register_changes.look_at(database, _within(brought, place.owner), NAME)


def _within(brought: Brought, owner: str) -> Brought:
    """In the list of an entry every row is of that entry, whatever columns were pasted."""
    field = brought.kind.owner
    if not owner or field is None or field in brought.fields:
        return brought
    rows = tuple(replace(row, said={**row.said, field.name: owner}) for row in brought.rows)
    return replace(brought, fields=(*brought.fields, field), rows=rows)


def _headings(kind: RecordKind, rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The field, or the reference, of each column whose heading says it; none where the first row holds no headings."""
    if len(rows) < 2:
        return {}
    said = [cell.strip() for cell in rows[0]]
    found: dict[int, str] = {}
    for n, cell in enumerate(said):
        field = register_cells.headed(kind, cell) if cell else None
        name = REF if cell.casefold() == REF else field.name if field is not None else ""
        if name and name not in found.values():
            found[n] = name
    return found if 2 * len(found) >= sum(map(bool, said)) else {}


def _by_heading(
    reader: Reader, kind: RecordKind, rows: Sequence[Sequence[str]], columns: Mapping[int, str]
) -> Brought:
    made = []
    for number, cells in enumerate(rows[1:], 2):
        said = {name: cells[n] if n < len(cells) else "" for n, name in columns.items()}
        ref = said.pop(REF, "").strip()
        given = reader.given_name(ref.upper()) if ref else None
        mark = register_cells.mark_of(Id(given[1])) if given is not None else ""
        made.append(Row(number, mark, ref, said))
    fields = tuple(one for one in kind.fields if one.name in columns.values())
    left = [cell.strip() for n, cell in enumerate(rows[0]) if cell.strip() and n not in columns]
    told = (
        (f"No column of {kind.nouns}, and left out: {', '.join(f'“{one}”' for one in left)}.",)
        if left
        else ()
    )
    return Brought(kind, Origin(kind.title, 0, ""), fields, tuple(made), told)


def _by_place(kind: RecordKind, rows: Sequence[Sequence[str]], place: Place) -> Brought:
    wide = max((len(row) for row in rows), default=0)
    names = place.columns[:wide]
    fields = tuple(one for one in kind.fields if one.name in names)
    kept = {one.name for one in fields}
    made = []
    for number, cells in enumerate(rows, 1):
        said = {name: cells[n] if n < len(cells) else "" for n, name in enumerate(names) if name in kept}
        at = place.ids[number - 1] if number <= len(place.ids) else None
        made.append(Row(number, register_cells.mark_of(at) if at is not None else "", "", said))
    return Brought(kind, Origin(kind.title, 0, ""), fields, tuple(made), tuple(_left_out(kind, names, wide)))


def _left_out(kind: RecordKind, names: Sequence[str], wide: int) -> list[str]:
    told = []
    worked_out = [one.label for one in kind.derived if one.name in names]
    worked_out = ["Ref", *worked_out] if REF in names else worked_out
    if worked_out:
        told.append(f"Nothing is pasted into {', '.join(worked_out)}, which the program works out.")
    if wide > len(names):
        told.append(
            "There are more columns in what was pasted than to the right of the cursor; they are left out."
        )
    return told
