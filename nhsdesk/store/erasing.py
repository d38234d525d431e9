"""Erases words for good, wherever they stand, and leaves a chain that still verifies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, schema, search
from nhsdesk.store.connections import plainly
from nhsdesk.store.journal import ERASED, PUT, SALT, StepChange

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

Erasure = tuple[str, int, Sequence[str]]


def erase(database: Database, record: Record, fields: Sequence[str], why: str) -> None:
    """Blanks those fields of a record in the record itself, the journal, drafts, kept files and the search index.

    Backups made before still hold them: name them to the person (`backups.holding`).
    """
    kind = record.KIND
    blank: dict[str, Stored] = {name: _blank(kind.name, name) for name in fields}
    with database.writing() as connection:
        table = schema.RECORD_TABLES[kind.name]
        hashes = _file_hashes(connection, kind.name, record.id, fields)
        change = StepChange(
            kind.name,
            record.id,
            PUT,
            tuple(fields),
            (None,) * len(fields),
            tuple(blank[name] for name in fields),
        )
        connection.execute(
            table.update().where(table.c.id == record.id).values(**blank, version=table.c.version + 1)
        )
        blank_history(connection, [(kind.name, record.id, fields)])
        for name in fields:
            held = schema.drafts.c
            connection.execute(
                schema.drafts.delete().where(held.record == str(record.id), held.field == name)
            )
        for sha256 in hashes:
            connection.execute(schema.file_bytes.delete().where(schema.file_bytes.c.sha256 == sha256))
        labels = ", ".join(f"“{kind.field(name).label}”" for name in fields)
        database.append_changes(
            connection, (change,), "erase", f"Erased {labels} of {record.ref}: {why}", sealing=True
        )
        search.forget(connection)
    vacuum(database)


def vacuum(database: Database) -> None:
    """Rewrites the file so that no erased byte is left in its free pages or its write-ahead log."""
    search.bring_up_to_date(database)
    with plainly(database.path):
        database.outside_transactions("VACUUM")
        database.rest()


def blank_history(connection: Connection, erasures: Iterable[Erasure]) -> None:
    """Takes the values and random bytes of those fields out of every step so far; the digests stay."""
    for kind_name, id_, names in erasures:
        held = schema.changes
        for row in connection.execute(select(held).where(held.c.id == id_, held.c.kind == kind_name)).all():
            _blank_row(connection, row, set(names))


def _blank_row(connection: Connection, row: Any, names: set[str]) -> None:
    fields = json.loads(row.fields)
    places = [n for n, name in enumerate(fields) if name in names]
    if not places:
        return
    old = json.loads(row.old) if row.old is not None else None
    new = json.loads(row.new) if row.new is not None else None
    salts = bytearray(row.salts)
    for place in places:
        for values in (old, new):
            if values is not None:
                values[place] = None
        salts[place * SALT : (place + 1) * SALT] = ERASED
    held = schema.changes
    connection.execute(
        held.update().where(held.c.step == row.step, held.c.place == row.place).values(
            old=None if old is None else journal.compact(old),
            new=None if new is None else journal.compact(new),
            salts=bytes(salts),
        )
    )  # fmt: skip


def _blank(kind_name: str, name: str) -> Stored:
    field = KINDS[kind_name].field(name)
    if not field.given:
        return None
    if isinstance(field.kind, kinds.Text):
        return "[erased]"
    raise ValueError(f"{name} of {kind_name} cannot be blank: remove the record and erase it with its words")


def _file_hashes(connection: Connection, kind_name: str, id_: int, names: Sequence[str]) -> set[str]:
    found: set[str] = set()
    table = schema.RECORD_TABLES[kind_name]
    row = connection.execute(select(table).where(table.c.id == id_)).mappings().first()
    for name in names:
        field = KINDS[kind_name].field(name)
        if isinstance(field.kind, kinds.OneFile) and row is not None and row[name] is not None:
            found.add(field.kind.load(row[name]).sha256)
    return found
