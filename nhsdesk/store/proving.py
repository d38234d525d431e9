"""Proves a PCN file whole: every page and index, every link, every step of every chain, every kept file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from nhsdesk.store import journal, schema
from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, and each thing found wrong in a sentence."""

    records: int
    steps: int
    copies: int
    faults: tuple[str, ...]


def prove(database: Database) -> Proof:
    """Reads all of it; nothing is changed."""
    with database.read() as reader:
        connection = reader.connection
        faults = [*_pages(connection), *_chains(connection), *_files(connection)]
        records = sum(
            int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in schema.RECORD_TABLES.values()
        )
        steps = int(connection.execute(select(func.count()).select_from(schema.steps)).scalar_one())
        copies = int(connection.execute(select(func.count()).select_from(schema.copies)).scalar_one())
    return Proof(records, steps, copies, tuple(faults))


def _pages(connection: Connection) -> list[str]:
    told = [
        str(row) for row in connection.execute(text("PRAGMA integrity_check(20)")).scalars() if row != "ok"
    ]
    loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [f"The file is damaged: {line}." for line in told] + [
        f"An entry of {row[0]} names one that is not there." for row in loose
    ]


def _chains(connection: Connection) -> list[str]:
    faults = []
    for row in connection.execute(select(schema.copies).order_by(schema.copies.c.born)):
        ordered = journal.read_whole(connection, schema.steps.c.copy == row.number)
        for step in journal.broken_links(ordered, bytes(row.born_after)):
            faults.append(
                f"Step {step.number} of copy {row.letter} (“{step.label}”) does not follow from the one before."
            )
    return faults


def _files(connection: Connection) -> list[str]:
    held = schema.file_bytes.c
    return [
        f"A kept file does not have the contents it was kept with ({row.sha256[:12]})."
        for row in connection.execute(select(held.sha256, held.bytes))
        if hashlib.sha256(bytes(row.bytes)).hexdigest() != row.sha256
    ]
