"""Proves a PCN file whole: pages, links, chains, kept files, and every entry against the history of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import erasing, journal, schema
from nhsdesk.store.database import Database
from nhsdesk.store.journal import ADD, REMOVE
from nhsdesk.store.reading import record_of

MOST_TOLD = 20


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
        faults = [*_pages(connection), *_chains(connection)]
        faults += [*_entries(connection), *_files(connection), *_rows(connection)]
        records = sum(_count(connection, name) for name in KINDS)
        return Proof(records, _count(connection, "steps"), _count(connection, "copies"), tuple(faults))


def _count(connection: Connection, table: str) -> int:
    return int(
        connection.execute(select(func.count()).select_from(schema.metadata().tables[table])).scalar_one()
    )


def _pages(connection: Connection) -> list[str]:
    told = [
        str(row) for row in connection.execute(text("PRAGMA integrity_check(20)")).scalars() if row != "ok"
    ]
    loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [f"The file is damaged: {line}." for line in told] + [
        f"An entry of {row[0]} names one that is not there." for row in loose
    ]


def _chains(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(schema.copies).order_by(schema.copies.c.born)).all():
        ordered = journal.read_whole(connection, schema.steps.c.copy == row.number)
        for step in journal.broken_links(ordered, bytes(row.born_after)):
            yield f"Step {step.number} of copy {row.letter} (“{step.label}”) does not follow from the one before."


# ---- entries against their history


def _entries(connection: Connection) -> Iterator[str]:
    """Every entry must stand as the steps that took effect here left it."""
    expected = _told_by_the_journal(connection)
    told = 0
    for kind in KINDS.values():
        for fault in _entries_of(connection, kind, expected.get(kind.name, {})):
            told += 1
            if told <= MOST_TOLD:
                yield fault
    if told > MOST_TOLD:
        yield f"{told - MOST_TOLD:,} more entries do not stand as their history says."


def _told_by_the_journal(connection: Connection) -> dict[str, dict[int, dict[str, Stored]]]:
    found: dict[str, dict[int, dict[str, Stored]]] = {}
    for _, change in journal.read_changes(connection, schema.steps.c.effect == 1):
        of_kind = found.setdefault(change.kind, {})
        if change.action == REMOVE:
            of_kind.pop(change.id, None)
        elif change.action == ADD:
            of_kind[change.id] = dict(zip(change.fields, change.new, strict=True))
        elif change.id in of_kind:
            of_kind[change.id].update(zip(change.fields, change.new, strict=True))
    return found


def _entries_of(
    connection: Connection, kind: RecordKind, expected: Mapping[int, Mapping[str, Stored]]
) -> Iterator[str]:
    names = ("ref", *(field.name for field in kind.fields))
    there: set[int] = set()
    for row in connection.execute(select(schema.RECORD_TABLES[kind.name])).mappings():
        there.add(row["id"])
        was = expected.get(row["id"])
        differing = [] if was is None else [name for name in names if row[name] != was.get(name)]
        if was is None:
            yield f"{row['ref']} is in the file, but its history does not tell of it."
        elif differing:
            labels = ", ".join(
                f"“{kind.field(n).label}”" if n != "ref" else "the reference" for n in differing
            )
            yield f"{labels} of {row['ref']} is not as its history says."
        elif not _can_be_read(kind, dict(row)):
            yield f"{row['ref']} cannot be read."
    for id_ in expected.keys() - there:
        yield f"{expected[id_].get('ref', 'An entry')} is gone, and its history does not say that it was removed."


def _can_be_read(kind: RecordKind, row: dict[str, Stored]) -> bool:
    try:
        record_of(kind, row)
    except (errors.Damaged, ValueError, TypeError, KeyError):
        return False
    return True


# ---- kept files and adopted rows


def _files(connection: Connection) -> Iterator[str]:
    held, blanked = schema.file_bytes.c, erasing.blanked(connection)
    kept: set[str] = set()
    for row in connection.execute(select(held.sha256, held.bytes)):
        kept.add(row.sha256)
        if row.sha256 not in blanked and hashlib.sha256(bytes(row.bytes)).hexdigest() != row.sha256:
            yield f"A kept file does not have the contents it was kept with ({row.sha256[:12]})."
    for ref, name, sha256 in _named_files(connection):
        if sha256 not in kept:
            yield f"The file “{name}” of {ref} is not in the PCN file any more."


def _named_files(connection: Connection) -> Iterator[tuple[str, str, str]]:
    for kind in KINDS.values():
        for field in kind.fields:
            if isinstance(field.kind, kinds.OneFile):
                table = schema.RECORD_TABLES[kind.name]
                for row in connection.execute(select(table.c.ref, table.c[field.name])):
                    file = field.kind.load(row[1])
                    if file is not None and file.sha256 and not file.lies_at:
                        yield row[0], file.name, file.sha256


def _rows(connection: Connection) -> Iterator[str]:
    table, rows = schema.RECORD_TABLES["data_set"], schema.data_rows.c
    counts = select(rows.data_set, func.count()).group_by(rows.data_set)
    held: dict[str, int] = {row[0]: row[1] for row in connection.execute(counts)}
    for row in connection.execute(select(table.c.ref, table.c.sha256, table.c.rows)):
        if held.get(row.sha256, 0) != row.rows:
            yield f"{row.ref} should have {row.rows:,} rows and has {held.get(row.sha256, 0):,}."
