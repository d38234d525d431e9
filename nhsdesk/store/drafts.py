"""Words still being typed, or not readable as their field: kept outside the journal, never exchanged or printed.

Words that look like an NHS number are not kept even here; what was kept of the field before is forgotten. Where the
file cannot be written, words are kept on this computer until it can (`kept_beside.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, select

from nhsdesk import errors
from nhsdesk.domain import patient_data
from nhsdesk.domain.entry import whole_letters
from nhsdesk.store import kept_beside, schema
from nhsdesk.store.kept_beside import Draft
from nhsdesk.store.reading import Reader

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

__all__ = [
    "Draft", "bring_in", "drop", "forget", "keep", "keep_all", "kept", "of_kind", "of_record", "or_beside", "rename",
    "write",
]  # fmt: skip


def keep(database: Database, kind: str, record: str, field: str, words: str) -> None:
    """Keeps the words of one field as they stand now; once it returns they outlive a crash."""
    keep_all(database, kind, record, {field: words})


def keep_all(database: Database, kind: str, record: str, words: Mapping[str, str]) -> None:
    """Keeps the words of several fields of one record at once.

    Raises KeptBeside where the file cannot be written and they are kept on this computer.
    """
    with or_beside(database, kind, record, words), database.writing() as connection:
        for draft in _made(database, kind, record, words):
            write(connection, draft)


@contextmanager
def or_beside(database: Database, kind: str, record: str, words: Mapping[str, str]) -> Iterator[None]:
    """Keeps the words of some fields on this computer where what is done with them finds the file out of reach."""
    before = database.out_of_reach
    try:
        yield
    except errors.OutOfReach as refused:
        if not kept_beside.keep(database.head.copy, _made(database, kind, record, words)):
            raise
        raise errors.KeptBeside(f"{refused} {kept_beside.KEPT}") from refused
    if before:
        for field in words:
            kept_beside.forget(database.head.copy, kind, record, field)


def bring_in(database: Database, overtaken: Callable[[Reader, Draft], bool]) -> tuple[Draft, ...]:
    """Brings what was kept on this computer into the file as drafts, unless the file has overtaken it; gives them."""
    held = kept_beside.kept(database.head.copy)
    if not held:
        return ()
    with database.writing() as connection:
        brought = tuple(one for one in held if not overtaken(Reader(connection), one))
        for one in brought:
            write(connection, one)
    kept_beside.clear(database.head.copy)
    return brought


def _made(database: Database, kind: str, record: str, words: Mapping[str, str]) -> tuple[Draft, ...]:
    moment = _now(database)
    return tuple(Draft(kind, record, field, said, database.who, moment) for field, said in words.items())


def drop(database: Database, kind: str, record: str, field: str = "") -> None:
    """Forgets the words of one field, or of a whole record: they became a change, or were given up."""
    kept_beside.forget(database.head.copy, kind, record, field)
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
