"""What the entries of a kind hold in a field of links or of months: what a filter can offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.store import schema
from nhsdesk.store.reading import Reader
from nhsdesk.store.register import titles_of

MOST = 200
"""Values offered; of more the words of the filter find them."""


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A value, its words, and the words by which a saved view names it: of a link the reference."""

    value: Any
    words: str
    kept: str


def may_be_listed(kind: RecordKind, field: Field) -> bool:
    """Whether what the entries hold in a field can be chosen from: whom or what they name, and months."""
    if isinstance(field.kind, kinds.LinkTo):
        return field.kind.target not in ("", kind.name)  # what replaces which is no way to look for anything
    return isinstance(field.kind, times.InMonth | times.InQuarter | times.InYear)


def held_values(reader: Reader, kind: RecordKind, field: Field) -> tuple[HeldValue, ...]:
    """Each value that some entry holds: links by their titles, months the newest first."""
    column = schema.RECORD_TABLES[kind.name].c[field.name]
    asked = select(column).where(column.is_not(None)).distinct()
    stored = list(reader.connection.execute(asked).scalars())
    if not isinstance(field.kind, kinds.LinkTo):
        values = (field.kind.load(one) for one in sorted(stored, reverse=True)[:MOST])
        return tuple(HeldValue(one, field.kind.words(one), field.kind.words(one)) for one in values)
    found = []
    for id_, said in titles_of(reader, stored).items():
        ref, _, title = said.partition(" ")
        found.append(HeldValue(id_, title or ref, ref))
    return tuple(sorted(found, key=lambda one: (one.words.casefold(), one.kept))[:MOST])
