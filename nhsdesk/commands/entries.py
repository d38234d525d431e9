"""Entering and changing single fields as typed: readable words become a change, others are kept as a draft."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk import errors
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.store import drafts, erasing
from nhsdesk.store.database import Database


def enter(database: Database, kind: RecordKind, id_: Id, name: str, words: str) -> Problem | None:
    """Takes what was typed into a field of a record. None when it was read and kept; else what is wrong with it.

    Words that cannot be read stay as a draft, exactly as typed.
    """
    field = kind.field(name)
    value = field.kind.read(words, database.today())
    if isinstance(value, Problem):
        drafts.keep(database, kind.name, str(id_), name, words)
        return replace(value, kind=kind.name, record=id_, field=name)
    with database.read() as reader:
        record = reader.get(kind.cls, id_)
    if value is None and field.given:
        drafts.keep(database, kind.name, str(id_), name, words)
        return Problem(f"“{field.label}” cannot be left empty.", kind=kind.name, record=id_, field=name)
    changed = replace(record, **{name: value})
    with database.change(f"Change {field.label} of {record.ref}") as change:
        change.put(changed)
    drafts.drop(database, kind.name, str(id_), name)
    return None


def remove(database: Database, record: Record) -> tuple[Problem, ...]:
    """Takes a record out, or gives the entries that still name it."""
    try:
        with database.change(f"Remove {record.KIND.title.lower()} {record.ref}") as change:
            change.remove(record)
    except errors.StillNamed as refused:
        return tuple(problem for problem in refused.problems if isinstance(problem, Problem))
    return ()


def erase(database: Database, record: Record, names: tuple[str, ...], why: str) -> tuple[str, ...]:
    """Erases those fields of a record for good, wherever they stand in this file.

    Gives the papers sent that still show the words as they were sent, for a person to decide on.
    """
    words = [str(getattr(record, name)) for name in names if isinstance(getattr(record, name), str)]
    with database.read() as reader:
        shown_in = erasing.sent_with(reader.connection, words)
    erasing.erase(database, record, names, why)
    return shown_in
