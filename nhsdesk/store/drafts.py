"""Words still being typed, or not readable as their field: kept outside the journal, never exchanged or printed.

Words that look like an NHS number are not kept even here; what was kept of the field before is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, select

from nhsdesk.domain import patient_data
from nhsdesk.domain.entry import whole_letters
from nhsdesk.store import schema
from nhsdesk.store.reading import Reader

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
    with database.writing() as connection:
        write(connection, Draft(kind, record, field, words, database.who, _now(database)))


def keep_all(database: Database, kind: str, record: str, words: Mapping[str, str]) -> None:
    """Keeps the words of several fields of one record at once."""
    with database.writing() as connection:
        for field, said in words.items():
            write(connection, Draft(kind, record, field, said, database.who, _now(database)))


def drop(database: Database, kind: str, record: str, field: str = "") -> None:
    """Forgets the words of one field, or of a whole record: they became a change, or were given up."""
    with database.writing() as connection:
        forget(connection, kind, record, field)


def write(connection: Connection, draft: Draft) -> None:
    """Keeps a draft within a transaction that is open."""
    if patient_data.likely(draft.words):
        forget(connection, draft.kind, draft.record, draft.field)
        return
    table = schema.drafts
    held = {"words": whole_letters(draft.words), "who": whole_letters(draft.who), "moment": draft.moment}
    key = {"kind": draft.kind, "record": draft.record, "field": draft.field}
    where = [table.c[name] == value for name, value in key.items()]
    if not connection.execute(table.update().where(*where).values(**held)).rowcount:
        connection.execute(table.insert(), key | held)


def forget(connection: Connection, kind: str, record: str, field: str = "") -> None:
    """Forgets the words of one field, or of a whole record, within a transaction that is open."""
    held = schema.drafts.c
    where = [held.kind == kind, held.record == record, *([held.field == field] if field else [])]
    connection.execute(schema.drafts.delete().where(*where))


def rename(connection: Connection, kind: str, record: str, to: str) -> None:
    """Gives the drafts of a new record that record's own id, once it has one."""
    held = schema.drafts.c
    where = (held.kind == kind, held.record == record)
    connection.execute(schema.drafts.update().where(*where).values(record=to))


def kept(database: Database) -> tuple[Draft, ...]:
    """All drafts, newest first."""
    with database.read() as reader:
        return _read(reader)


def of_kind(reader: Reader, kind: str) -> dict[str, dict[str, Draft]]:
    """The drafts of a kind: by record, then by field."""
    found: dict[str, dict[str, Draft]] = {}
    for draft in _read(reader, schema.drafts.c.kind == kind):
        found.setdefault(draft.record, {})[draft.field] = draft
    return found


def of_record(reader: Reader, kind: str, record: str) -> dict[str, Draft]:
    """The drafts of one record by field."""
    held = schema.drafts.c
    return {draft.field: draft for draft in _read(reader, held.kind == kind, held.record == record)}


def _read(reader: Reader, *where: ColumnElement[bool]) -> tuple[Draft, ...]:
    asked = select(schema.drafts).where(*where).order_by(schema.drafts.c.moment.desc())
    rows = reader.connection.execute(asked)
    return tuple(Draft(row.kind, row.record, row.field, row.words, row.who, row.moment) for row in rows)


def _now(database: Database) -> str:
    return database.now().isoformat(timespec="microseconds")
