"""What the tests of the store ask of a whole file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from nhsdesk.store import journal, schema
from nhsdesk.store.database import Database
from nhsdesk.store.journal import Step
from nhsdesk.store.past import Past

Dump = dict[str, dict[int, dict[str, Any]]]


def dump(source: Database | Past) -> Dump:
    """Every field but `version` of every record, as stored."""
    with source.read() as reader:
        return {
            name: {
                row["id"]: {key: value for key, value in row.items() if key not in ("id", "version")}
                for row in reader.connection.execute(select(table)).mappings()
            }
            for name, table in schema.RECORD_TABLES.items()
        }


def dump_at(database: Database, position: int) -> Dump:
    """The same as it was after a step."""
    past = database.as_at(position)
    try:
        return dump(past)
    finally:
        past.close()


def whole_steps(database: Database) -> tuple[Step, ...]:
    """Every step with its changes."""
    with database.read() as reader:
        return journal.read_whole(reader.connection)


def broken(database: Database) -> tuple[Step, ...]:
    """The steps of this copy that do not follow from the one before."""
    with database.read() as reader:
        copy = database.head.copy
        born = reader.connection.execute(
            select(schema.copies.c.born_after).where(schema.copies.c.number == copy)
        ).scalar_one()
        steps = journal.read_whole(reader.connection, schema.steps.c.copy == copy)
    return journal.broken_links(steps, bytes(born))
