"""Words still being typed, or not readable as their field: kept outside the journal, never exchanged or printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from nhsdesk.domain.entry import whole_letters
from nhsdesk.store import schema

if TYPE_CHECKING:
    from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a field as typed. `record` is a record's id as text, or a form's own word for a new one."""

    kind: str
    record: str
    field: str
    words: str
    who: str
    moment: str


def keep(database: Database, kind: str, record: str, field: str, words: str) -> None:
    """Keeps the words of one field as they stand now; once it returns they outlive a crash."""
    table = schema.drafts
    key = (table.c.kind == kind, table.c.record == record, table.c.field == field)
    held = {
        "words": whole_letters(words),
        "who": whole_letters(database.who),
        "moment": database.now().isoformat(timespec="microseconds"),
    }
    with database.writing() as connection:
        if not connection.execute(table.update().where(*key).values(**held)).rowcount:
            connection.execute(table.insert(), {"kind": kind, "record": record, "field": field, **held})


def drop(database: Database, kind: str, record: str, field: str) -> None:
    """Forgets the words of one field: they became a change, or were given up."""
    table = schema.drafts
    with database.writing() as connection:
        connection.execute(
            table.delete().where(table.c.kind == kind, table.c.record == record, table.c.field == field)
        )


def kept(database: Database) -> tuple[Draft, ...]:
    """All drafts, newest first."""
    with database.read() as reader:
        rows = reader.connection.execute(select(schema.drafts).order_by(schema.drafts.c.moment.desc()))
        return tuple(Draft(row.kind, row.record, row.field, row.words, row.who, row.moment) for row in rows)
