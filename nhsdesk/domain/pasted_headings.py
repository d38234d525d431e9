"""Which column of a pasted sheet is which field of a register: by its heading, wherever that stands.

An old spreadsheet has a title above its headings, and headings over two lines where cells were merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nhsdesk.domain import kinds, register_cells
from nhsdesk.domain.block_cells import heading_words
from nhsdesk.domain.fields import RecordKind

REF = "ref"
_FIRST_ROWS = 12
"""Headings stand in one of these, below whatever title there is."""

_ALSO = {
    "By when": ("due", "due date", "due by", "deadline", "target date", "by"),
    "Owner": ("lead", "responsible", "responsible person", "who", "owner lead", "lead owner"),
    "Status": ("rag", "rag status", "state", "progress"),
    "In words, and why": ("notes", "comments", "comment", "update", "latest update"),
    "Funding": ("cost", "value", "amount", "budget"),
}
"""What old spreadsheets call a field, beside its own label, where a kind has a field of that label."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The row that holds the headings, the heading of each column, and the field or reference of those that have."""

    row: int
    words: tuple[str, ...]
    columns: Mapping[int, str]
    first: int = 0
    """The row where they begin: the one before, where cells were merged over two lines."""


def find(
    kind: RecordKind, rows: Sequence[Sequence[str]], chosen: Mapping[str, str] | None = None
) -> Headings | None:
    """The headings of a sheet, or None where its cells have none.

    `chosen` gives a heading the field that somebody chose for it; an empty field leaves its column out.
    """
    tried = (_in_row(kind, rows, n, chosen or {}) for n in range(min(_FIRST_ROWS, len(rows) - 1)))
    best = max(tried, key=lambda one: len(one.columns), default=None)
    if best is None or not best.columns:
        return None
    said = sum(map(bool, best.words))
    return best if 2 * len(best.columns) >= said or len(best.columns) > 2 else None


def _in_row(kind: RecordKind, rows: Sequence[Sequence[str]], at: int, chosen: Mapping[str, str]) -> Headings:
    words, merged = _words(rows, at)
    found: dict[int, str] = {}
    for n, said in enumerate(words):
        name = chosen.get(said, field_of(kind, said)) if said else ""
        if name and name not in found.values():
            found[n] = name
    return Headings(at, words, found, at - 1 if merged else at)


def _words(rows: Sequence[Sequence[str]], at: int) -> tuple[tuple[str, ...], bool]:
    """The headings in a row; an empty cell below one with words was merged with it, unless those are a title."""
    here = [" ".join(cell.split()) for cell in rows[at]]
    above = [" ".join(cell.split()) for cell in rows[at - 1]] if at else []
    if sum(map(bool, above)) < 2:
        return tuple(here), False
    above += [""] * (len(here) - len(above))
    here += [""] * (len(above) - len(here))
    words = tuple(one or higher for one, higher in zip(here, above, strict=True))
    return words, words != tuple(here)


def field_of(kind: RecordKind, heading: str) -> str:
    """The name of the field that a heading means, "ref" for the reference; empty where it means none."""
    words = heading_words(heading)
    if words in (REF, "reference", "ref no", "no"):
        return REF
    field = register_cells.headed(kind, heading)
    if field is not None:
        return field.name
    if words in (heading_words(kind.title), heading_words(kind.plural)):
        texts = (one.name for one in kind.fields if one.given and isinstance(one.kind, kinds.Text))
        return next(texts, "")
    label = next((label for label, also in _ALSO.items() if words in also), "")
    return next((one.name for one in kind.fields if label and one.label == label), "")
