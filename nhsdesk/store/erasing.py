"""Erases words for good, wherever they stand, and leaves a chain that still verifies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, or_, select

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, Record
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, merging, schema, search
from nhsdesk.store.connections import plainly
from nhsdesk.store.database import tell_of_itself, told_of_itself
from nhsdesk.store.journal import ERASED, PUT, SALT, Step, StepChange
from nhsdesk.store.reading import in_parts

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

Erasure = tuple[str, int, Sequence[str]]


def erase(database: Database, record: Record, fields: Sequence[str], why: str) -> None:
    """Blanks those fields of a record in the record, the journal, drafts, kept files, kept facts and the search index.

    Bytes that another entry still names stay: erase them there too. A paper as it was sent still shows what it showed;
    `sent_with` names such papers. Backups made before hold all of it.
    """
    kind = record.KIND
    blank: dict[str, Stored] = {name: _blank(kind.field(name)) for name in fields}
    table = schema.RECORD_TABLES[kind.name]
    change = StepChange(
        kind.name, record.id, PUT, tuple(fields), tuple(blank.values()), tuple(blank.values())
    )
    labels = ", ".join(f"“{kind.field(name).label}”" for name in fields)
    with database.writing() as connection:
        files = _files_of(connection, kind.name, record.id, fields)
        words = _words_of(connection, kind.name, record.id, fields)
        connection.execute(
            table.update().where(table.c.id == record.id).values(**blank, version=table.c.version + 1)
        )
        blank_history(connection, [(kind.name, record.id, fields)])
        held = schema.drafts.c
        connection.execute(
            schema.drafts.delete().where(held.record == str(record.id), held.field.in_(fields))
        )
        _forget_files(connection, files)
        _blank_facts(connection, words)
        database.append_changes(
            connection, (change,), "erase", f"Erased {labels} of {record.ref}: {why}", sealing=True
        )
        search.forget(connection)
    vacuum(database)


def vacuum(database: Database) -> None:
    """Rewrites the file so that no erased byte is left in its free pages or its write-ahead log."""
    try:
        search.bring_up_to_date(database)
        with plainly(database.path):
            database.outside_transactions("VACUUM")
            database.rest()
    except errors.Unwritable as error:
        raise errors.Unwritable(
            f"The words are erased, but the disk has no room to write {database.path.name} anew, so traces of them may "
            "be left in the file. Everything else is safe. Make room, then erase them once more."
        ) from error


def blank_history(connection: Connection, erasures: Iterable[Erasure], *where: Any) -> None:
    """Takes the values and random bytes of those fields out of every step so far; the digests stay."""
    held, steps = schema.changes, schema.steps
    for kind_name, id_, names in erasures:
        asked = (
            select(held, steps.c.schema)
            .join(steps, steps.c.position == held.c.step)
            .where(held.c.id == id_, *where)
        )
        for row in connection.execute(asked).all():
            _blank_row(connection, row, {(kind_name, name) for name in names})


def blank_unknowing(connection: Connection, erasure: Step, erased: StepChange) -> bool:
    """Takes what was erased out of every step of another copy, or of this one, that did not know of it.

    Whether there was any. What was written afterwards, by somebody who knew, stays.
    """
    held = schema.changes.c
    unknowing = [
        step.position
        for step, change in journal.read_changes(connection, held.id == erased.id)
        if step.kind != "erase"
        and not merging.follows(step, erasure)
        and any(name in erased.fields and not change.erased(n) for n, name in enumerate(change.fields))
    ]
    if not unknowing:
        return False
    files = _files_of(connection, erased.kind, erased.id, erased.fields)
    words = _words_of(connection, erased.kind, erased.id, erased.fields)
    for part in in_parts(unknowing):
        blank_history(connection, [(erased.kind, erased.id, erased.fields)], held.step.in_(part))
    drafts = schema.drafts.c
    where = (drafts.record == str(erased.id), drafts.field.in_(erased.fields))
    connection.execute(schema.drafts.delete().where(*where))
    _forget_files(connection, files)
    _blank_facts(connection, words)
    return True


def _blank_row(connection: Connection, row: Any, names: set[tuple[str, str]]) -> None:
    written = journal.change_in(row[:-1])
    places = {
        place: blank
        for place in range(len(written.fields))
        if (blank := _blank_at(written, place, row.schema, names)) is not None
    }
    if not places:
        return
    salts = bytearray(written.salts)
    for place in places:
        salts[place * SALT : (place + 1) * SALT] = ERASED
    held = schema.changes
    connection.execute(
        held.update().where(held.c.step == row.step, held.c.place == row.place).values(
            old=None if row.old is None else journal.compact(_without(written.old, places)),
            new=None if row.new is None else journal.compact(_without(written.new, places)),
            salts=bytes(salts),
        )
    )  # fmt: skip


def _blank_at(
    written: StepChange, place: int, schema_number: int, names: set[tuple[str, str]]
) -> tuple[Stored] | None:
    """What to leave at a place of an older change when today's words for it are among those to erase."""
    alone = StepChange(
        written.kind, written.id, written.action,
        written.fields[place : place + 1], written.old[place : place + 1], written.new[place : place + 1],
    )  # fmt: skip
    today = journal.in_todays_words(alone, schema_number)
    meant = [name for name in today.fields if (today.kind, name) in names]
    return (_blank(KINDS[today.kind].field(meant[0])),) if meant else None


def _without(values: Sequence[Stored], places: Mapping[int, tuple[Stored]]) -> list[Stored]:
    return [places[n][0] if n in places and value is not None else value for n, value in enumerate(values)]


def _blank(field: Field) -> Stored:
    if not field.given:
        return None
    if isinstance(field.kind, kinds.Text):
        return journal.BLANK
    if isinstance(field.kind, kinds.OneFile):
        return journal.BLANK_FILE
    raise ValueError(f"{field.name} cannot be blank: remove the record and erase it with its words")


# ---- kept files


def _files_of(connection: Connection, kind_name: str, id_: int, names: Sequence[str]) -> set[str]:
    """The SHA-256 of every file those fields name or ever named."""
    wanted = {name for name in names if isinstance(KINDS[kind_name].field(name).kind, kinds.OneFile)}
    found: set[str] = set()
    for _, change in journal.read_changes(connection, schema.changes.c.id == id_) if wanted else ():
        for name, *values in change.pairs():
            if name in wanted:
                found.update(_hashes(values))
    return found


def _hashes(values: Iterable[Stored]) -> Iterator[str]:
    for value in values:
        file = kinds.OneFile().load(value)
        if file is not None and file.sha256:
            yield file.sha256


def _forget_files(connection: Connection, hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        if not _named(connection, sha256):
            connection.execute(schema.file_bytes.delete().where(schema.file_bytes.c.sha256 == sha256))


def _named(connection: Connection, sha256: str) -> bool:
    """Whether a step still names a file: every value a record ever had stands in one."""
    held = schema.changes.c
    names = or_(held.old.contains(sha256, autoescape=True), held.new.contains(sha256, autoescape=True))
    return connection.execute(select(held.id).where(names).limit(1)).first() is not None


# ---- kept facts

FEWEST_LETTERS = 4
"""Shorter words stand by chance in too many places to be taken out of the facts of papers."""

_BLANKED = "blanked facts"


def sent_with(connection: Connection, words: Iterable[str]) -> tuple[str, ...]:
    """The references of papers sent whose facts hold any of these words: each still shows them as it was sent."""
    wanted = tuple(words)
    return tuple(ref for ref, _, facts in _kept_facts(connection) if any(word in facts for word in wanted))


def blanked(connection: Connection) -> frozenset[str]:
    """The kept facts from which words were erased, by the SHA-256 they were kept under."""
    told = told_of_itself(connection, _BLANKED)
    return frozenset(json.loads(told)) if told is not None else frozenset()


def _words_of(connection: Connection, kind_name: str, id_: int, names: Sequence[str]) -> frozenset[str]:
    """All that ever stood in the texts among those fields."""
    wanted = {name for name in names if isinstance(KINDS[kind_name].field(name).kind, kinds.Text)}
    return frozenset(
        value
        for _, change in journal.read_changes(connection, schema.changes.c.id == id_)
        for name, *values in change.pairs()
        if name in wanted
        for value in values
        if isinstance(value, str) and value != journal.BLANK and len(value) >= FEWEST_LETTERS
    )


def _kept_facts(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Reference, SHA-256 and JSON of the facts of every paper sent, and of the outturn kept with each closed year."""
    held = schema.file_bytes.c
    for kept_with in ("sent_paper", "closed_year"):
        papers = schema.RECORD_TABLES[kept_with].c
        for row in connection.execute(select(papers.ref, papers.facts)).all():
            file = kinds.OneFile().load(row.facts)
            if file is not None:
                found = connection.execute(select(held.bytes).where(held.sha256 == file.sha256)).scalar()
                if found is not None:
                    yield row.ref, file.sha256, bytes(found).decode("utf-8", "surrogatepass")


def _blank_facts(connection: Connection, words: Iterable[str]) -> None:
    """Takes words out of the kept facts of every paper, so that none is made again with them."""
    spelt = sorted((json.dumps(word, ensure_ascii=False)[1:-1] for word in words), key=len, reverse=True)
    changed: set[str] = set()
    for _, sha256, facts in tuple(_kept_facts(connection)):
        without = facts
        for word in spelt:
            without = without.replace(word, journal.BLANK)
        if without != facts:
            held = schema.file_bytes
            content = without.encode("utf-8", "surrogatepass")
            connection.execute(held.update().where(held.c.sha256 == sha256).values(bytes=content))
            changed.add(sha256)
    if changed:
        tell_of_itself(connection, _BLANKED, json.dumps(sorted(changed | blanked(connection))))
