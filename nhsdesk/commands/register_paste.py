"""Cells pasted into a register: what they would change, to be looked at before anything is written.

Rows with headings go by them, wherever those stand, and a row with a reference is that entry; rows of totals, empty
rows and repeated headings are left out. Cells without headings go where the cursor stands: to the right over the
columns in sight, down over the rows listed, and below the last of them as new entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nhsdesk.commands import blocks, register_changes
from nhsdesk.commands.register_changes import Seen
from nhsdesk.commands.register_sheet import Brought, Row
from nhsdesk.documents.separated import undefused
from nhsdesk.domain import pasted_headings, register_cells, times
from nhsdesk.domain.block_cells import figure, is_nothing
from nhsdesk.domain.blocks import as_words, is_total
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.pasted_headings import Headings
from nhsdesk.domain.register_cells import Origin
from nhsdesk.domain.sheet_rows import rows_words
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


def look(
    database: Database, kind: RecordKind, words: str, place: Place, chosen: Mapping[str, str] | None = None
) -> Seen:
    """What pasted cells would change. Raises FileRefused where there is nothing that can be read.

    `chosen` gives a heading the field somebody chose for it.
    """
    rows = [[undefused(as_words(cell)) for cell in row] for row in blocks.cells_of(words).rows]
    headed = pasted_headings.find(kind, rows, chosen)
    with database.read() as reader:
        brought = _by_heading(reader, kind, rows, headed) if headed else _by_place(kind, _said(rows), place)
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


def _said(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [row for row in rows if any(cell.strip() for cell in row)]


def _by_heading(reader: Reader, kind: RecordKind, rows: Sequence[Sequence[str]], headed: Headings) -> Brought:
    columns = headed.columns
    made: list[Row] = []
    totals: list[int] = []
    for number, cells in enumerate(rows[headed.row + 1 :], headed.row + 2):
        said = {name: cells[n].strip() if n < len(cells) else "" for n, name in columns.items()}
        ref = said.pop(REF, "")
        if not (ref or any(said.values())) or _again(cells, rows[headed.first : headed.row + 1]):
            continue
        if not ref and _adds_up(cells):
            totals.append(number)
            continue
        given = reader.given_name(ref.upper()) if ref else None
        mark = register_cells.mark_of(Id(given[1])) if given is not None else ""
        made.append(Row(number, mark, ref, said if ref else _without_dashes(kind, said)))
    fields = tuple(one for one in kind.fields if one.name in columns.values())
    headings = tuple((words, columns.get(n, "")) for n, words in enumerate(headed.words) if words)
    told = tuple(_told(kind, headings, headed.first, totals))
    return Brought(kind, Origin(kind.title, 0, ""), fields, tuple(made), told, headings)


def _again(cells: Sequence[str], headings: Sequence[Sequence[str]]) -> bool:
    """Whether a row repeats a line of the headings, as at the top of a new page."""
    words = [one.strip() for one in cells]
    return any(words == [one.strip() for one in line] for line in headings)


def _adds_up(cells: Sequence[str]) -> bool:
    """Whether a row calls itself a total and holds a figure."""
    return is_total(cells) and any(figure(cell) is not None for cell in cells)


def _without_dashes(kind: RecordKind, said: Mapping[str, str]) -> dict[str, str]:
    """A dash or "n/a" in a column of days or figures says that there is nothing."""
    counted = {one.name for one in kind.fields if isinstance(one.kind, (*register_cells.COUNTED, times.Day))}
    return {name: "" if name in counted and is_nothing(words) else words for name, words in said.items()}


def _told(
    kind: RecordKind, headings: Sequence[tuple[str, str]], above: int, totals: Sequence[int]
) -> Iterator[str]:
    left = [words for words, name in headings if not name]
    if left:
        yield f"No column of {kind.nouns}, and left out: {', '.join(f'“{one}”' for one in left)}."
    labels = {one.name: one.label for one in kind.fields}
    other = [(labels[name], words) for words, name in headings if name in labels]
    read = [f"{label} from “{words}”" for label, words in other if label.casefold() != words.casefold()]
    if read:
        yield f"Read as: {'; '.join(read)}."
    if above:
        yield f"The headings begin in row {above + 1}; what stands above them is left out."
    if totals:
        yield f"Totals, and left out: {rows_words(totals)}."


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
