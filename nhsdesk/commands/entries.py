"""Entering and changing single fields as typed: readable words become a change, others are kept as a draft.

Everything that is typed comes in as words, whoever asks: a form, a cell of a register, a pasted block. A link is
written as the reference of what it names, with or without its title behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import figures
from nhsdesk.domain import kinds, lineage, patient_data, revised_dates
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import KINDS
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from nhsdesk.store.patient_data import checked_reason
from nhsdesk.store.reading import Reader

NONE: Mapping[str, str] = MappingProxyType({})

NEW = "new"
"""Begins the word by which the drafts of a record not yet added are known."""


def read_words(reader: Reader, field: Field, words: str, today: date) -> Any | Problem:
    """The value a person meant by words in a field, None for nothing, or what is wrong with them."""
    if isinstance(field.kind, kinds.LinkTo | kinds.LinksTo) and words.strip():
        return _linked(reader, field, words)
    value = field.kind.read(words, today)
    if value is None and field.given:
        return Problem(f"“{field.label}” cannot be left empty.")
    return value


def _linked(reader: Reader, field: Field, words: str) -> Any | Problem:
    assert isinstance(field.kind, kinds.LinkTo | kinds.LinksTo)
    several = isinstance(field.kind, kinds.LinksTo)
    parts = [part for part in words.split(";") if part.strip()] if several else [words]
    ids: list[Id] = []
    for part in parts:
        found = _named(reader, field.kind.target, part)
        if found is None:
            what = KINDS[field.kind.target].noun if field.kind.target else "entry"
            return Problem(f"{quoted(part.strip())} names no {what} here. Choose one from the list.")
        ids.append(found.id)
    return tuple(dict.fromkeys(ids)) if several else ids[0]


def _named(reader: Reader, target: str, words: str) -> Record | None:
    """The record of a kind by its reference, with or without its title behind it, or by its title alone."""
    found = reader.by_ref(words.split()[0])
    if found is not None and target in ("", found.KIND.name):
        return found
    if not target:
        return None
    wanted = _alike(words)
    found_alike = [one for one in reader.all(KINDS[target].cls) if _alike(one.title_words()) == wanted]
    return found_alike[0] if len(found_alike) == 1 else None


def why_not_taken(
    reader: Reader, kind: RecordKind, field: Field, id_: Id | None, words: str, today: date
) -> str:
    """Why the words of a field would not be taken into an entry; empty where they would be."""
    value = read_words(reader, field, words, today)
    if id_ is not None and not isinstance(value, Problem):
        value = _no_ring(reader, kind, field, id_, value)
        record = reader.find(kind.cls, id_)
        value = value if record is None else _not_refused(reader, record, field.name, value, today)
    return value.sentence if isinstance(value, Problem) else ""


def _no_ring(reader: Reader, kind: RecordKind, field: Field, id_: Id, value: Any) -> Any | Problem:
    """What follows, replaces or comes from another of its kind never comes back to itself."""
    if (
        not isinstance(field.kind, kinds.LinkTo)
        or field.kind.target != kind.name
        or not isinstance(value, int)
    ):
        return value
    before = {one.id: getattr(one, field.name) for one in reader.all(kind.cls)}
    if not lineage.would_ring(before, id_, Id(value)):
        return value
    itself = "itself" if value == id_ else "what already comes back to it"
    return Problem(f"“{field.label}” of this {kind.noun} cannot name {itself}. Choose another.")


def _not_refused(reader: Reader, record: Record, name: str, value: Any, today: date) -> Any | Problem:
    """The value, or why the record may not become what it would be with it, by its own rule."""
    if isinstance(value, Problem):
        return value
    return replace(record, **{name: value}).refused(record, reader, today) or value


def _alike(words: str) -> str:
    return " ".join(words.split()).casefold()


def link_words(record: Record) -> str:
    """How a link to a record is shown and typed: its reference and what it is called."""
    title = record.title_words()
    return record.ref if title == record.ref else f"{record.ref} {title}"


def words_of(reader: Reader, field: Field, value: Any) -> str:
    """The words in which a value stands in a field to be changed; reading them gives the value back."""
    if isinstance(field.kind, kinds.LinkTo) and value is not None:
        found = reader.any_of(value)
        return "" if found is None else link_words(found)
    if isinstance(field.kind, kinds.LinksTo):
        named = [found for one in value if (found := reader.any_of(one)) is not None]
        return "; ".join(found.ref for found in named)
    return field.kind.words(value)


def stopped(field: Field, words: str, before: str = "") -> Problem | None:
    """What is wrong with words that look like an NHS number, which nothing keeps until somebody has said why."""
    code = isinstance(field.kind, kinds.Reference)
    label = field.label if code else ""
    found = patient_data.newly_likely(words, before, label=label)
    return replace(patient_data.told(field.label, found[0]), field=field.name) if found else None


def beside(field: Field, words: str) -> Problem | None:
    """What is told beside a field of words that are in the file and may be an NHS number; it refuses nothing."""
    if not isinstance(field.kind, kinds.Text):
        return None
    return patient_data.beside(field.label, words, code=isinstance(field.kind, kinds.Reference))


def enter(
    database: Database, kind: RecordKind, id_: Id, name: str, words: str, *, patient_data_reason: str = ""
) -> Problem | None:
    """Takes what was typed into a field of a record. None when it was read and kept; else what is wrong with it.

    Words that cannot be read stay as a draft, exactly as typed; but nothing keeps what looks like an NHS number, unless
    a reason is given for it.
    """
    field = kind.field(name)
    if not patient_data_reason and (why := _stopped_in(database, kind, id_, field, words)) is not None:
        drafts.drop(database, kind.name, str(id_), name)
        return why
    with database.read() as reader:
        value = read_words(reader, field, words, database.today())
        value = _no_ring(reader, kind, field, id_, value)
        record = reader.get(kind.cls, id_)
        drafted = name in drafts.of_record(reader, kind.name, str(id_))
        why_sealed = sealed(reader, record)
        changes = isinstance(value, Problem) or value != getattr(record, name)
        if changes:
            figures.refuse_fixed(reader, record, name, value)
            value = _not_refused(reader, record, name, value, database.today())
    if why_sealed is not None and changes:
        raise errors.Sealed(f"{why_sealed} Nothing was changed.")
    if isinstance(value, Problem):
        drafts.keep(database, kind.name, str(id_), name, words)
        return replace(value, kind=kind.name, record=id_, field=name)
    if value == getattr(record, name):
        if drafted:
            drafts.drop(database, kind.name, str(id_), name)
        return None
    label = f"Change {field.label} of {record.ref}"
    typed = drafts.or_beside(database, kind.name, str(id_), {name: words})
    with typed, database.change(label, patient_data_reason=patient_data_reason) as change:
        change.put(_with(record, name, value))
        if drafted:
            drafts.forget(change.reader.connection, kind.name, str(id_), name)
    return None


def _with(record: Record, name: str, value: Any) -> Record:
    """A record with one field as typed, and what follows from it."""
    return revised_dates.counted(record, replace(record, **{name: value}))


def _stopped_in(database: Database, kind: RecordKind, id_: Id, field: Field, words: str) -> Problem | None:
    if stopped(field, words) is None:
        return None  # nearly always, and without a look into the file
    with database.read() as reader:
        before = words_of(reader, field, getattr(reader.get(kind.cls, id_), field.name))
    told = stopped(field, words, before)
    return None if told is None else replace(told, kind=kind.name, record=id_)


def would_seal(database: Database, kind: RecordKind, id_: Id, name: str, words: str) -> bool:
    """Whether the words, taken in, would seal the record, so that nothing of it could be changed or undone."""
    with database.read() as reader:
        record = reader.find(kind.cls, id_)
        value = read_words(reader, kind.field(name), words, database.today())
    if record is None or isinstance(value, Problem) or record.sealed() is not None:
        return False
    return replace(record, **{name: value}).sealed() is not None


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a record begun but not yet added still needs, by field name."""

    problems: tuple[Problem, ...]


def add_begun(
    database: Database, kind: RecordKind, key: str, reasoned: Mapping[str, str] = NONE, *,
    patient_data_reason: str = "",
) -> Record | Lacking:  # fmt: skip
    """Adds the record whose drafts are kept under a key, once all that must be given can be read.

    Words that cannot be read stay as drafts, then of the new record. `reasoned` are words by field that no draft may
    hold, because they look like an NHS number, and that are kept for the reason given.
    """
    with database.read() as reader:
        held = {name: draft.words for name, draft in drafts.of_record(reader, kind.name, key).items()}
        values, wrong = _values(reader, kind, {**held, **reasoned}, database.today())
    lacking = [
        wrong.get(field.name, Problem(f"“{field.label}” is needed.", field=field.name))
        for field in kind.fields
        if field.given and field.name not in values and not has_default(kind, field)
    ]
    if lacking:
        return Lacking(tuple(replace(problem, kind=kind.name) for problem in lacking))
    with database.read() as reader:
        why_not = kind.cls(**values).refused(None, reader, database.today())
    if why_not is not None:
        return Lacking((replace(why_not, kind=kind.name),))
    with database.change(f"Add {kind.noun}", patient_data_reason=patient_data_reason) as change:
        added = figures.add(change, kind.cls(**values))
        marks = {field.name for field in kind.fields if isinstance(field.kind, kinds.Mark)}
        for name in values.keys() | marks:
            drafts.forget(change.reader.connection, kind.name, key, name)
        drafts.rename(change.reader.connection, kind.name, key, str(added.id))
    return added


def _values(
    reader: Reader, kind: RecordKind, held: Mapping[str, str], today: date
) -> tuple[dict[str, Any], dict[str, Problem]]:
    values: dict[str, Any] = {}
    wrong: dict[str, Problem] = {}
    for name, words in held.items():
        if isinstance(kind.field(name).kind, kinds.Mark):
            continue  # an entry that is only begun has nothing done with it
        value = read_words(reader, kind.field(name), words, today)
        if isinstance(value, Problem):
            wrong[name] = replace(value, field=name)
        else:
            values[name] = value
    return values, wrong


def has_default(kind: RecordKind, field: Field) -> bool:
    """Whether a field has a value though nobody gives it one."""
    from dataclasses import MISSING, fields

    declared = next(one for one in fields(kind.cls) if one.name == field.name)
    return declared.default is not MISSING


def default_words(kind: RecordKind, field: Field) -> str:
    """What stands in a field of a record not yet added."""
    from dataclasses import MISSING, fields

    declared = next(one for one in fields(kind.cls) if one.name == field.name)
    value = declared.default
    return "" if value is MISSING or value is None or value == () else field.kind.words(value)


def enter_for_all(
    database: Database, kind: RecordKind, ids: Iterable[Id], name: str, words: str
) -> int | Problem:
    """Gives one field of many records the same words as one step; how many it changed, or why none."""
    field = kind.field(name)
    if (why := stopped(field, words)) is not None:
        return replace(why, kind=kind.name)
    with database.read() as reader:
        value = read_words(reader, field, words, database.today())
        records = list(reader.several(kind.cls, ids).values())
        for one in records:
            value = _no_ring(reader, kind, field, one.id, value)
        drafted = drafts.of_kind(reader, kind.name)
        if isinstance(value, Problem):
            return replace(value, kind=kind.name, field=name)
        differing = [one for one in records if getattr(one, name) != value]
        for one in differing:
            figures.refuse_fixed(reader, one, name, value)
            why = _not_refused(reader, one, name, value, database.today())
            if isinstance(why, Problem):
                return replace(why, kind=kind.name, field=name)
    changed = [_with(one, name, value) for one in differing]
    typed = [one for one in records if name in drafted.get(str(one.id), {})]
    if changed or typed:
        with database.change(f"Change {field.label} of {_counted(kind, changed)}") as change:
            for one in changed:
                change.put(one)
            for one in typed:
                drafts.forget(change.reader.connection, kind.name, str(one.id), name)
    return len(changed)


def put_back(database: Database, kind: RecordKind, id_: Id, name: str, stored: Stored) -> None:
    """Gives a field the value it had before, as its history tells it."""
    field = kind.field(name)
    with database.read() as reader:
        record = reader.get(kind.cls, id_)
        figures.refuse_fixed(reader, record, name, stored)
    with database.change(f"Put back {field.label} of {record.ref}") as change:
        change.put(replace(record, **{name: field.kind.load(stored)}))
        drafts.forget(change.reader.connection, kind.name, str(id_), name)


def sealed(reader: Reader, record: Record) -> str | None:
    """Why a record may not change, itself or as part of what it belongs to; None while it may."""
    own = record.sealed()
    owner = record.KIND.owner
    if own is not None or owner is None or isinstance(owner.kind, kinds.About):
        return own  # a note may be written on what is sealed
    above = reader.any_of(getattr(record, owner.name))
    return None if above is None else sealed(reader, above)


def remove(database: Database, record: Record) -> tuple[Problem, ...]:
    """Takes a record out, or gives the entries that still name it."""
    return remove_all(database, (record,))


def remove_all(database: Database, records: Iterable[Record]) -> tuple[Problem, ...]:
    """Takes records of one kind out as one step, or gives the entries that still name them."""
    taken = list(records)
    if not taken:
        return ()
    try:
        with database.change(f"Remove {_removed(taken)}") as change:
            for record in taken:
                change.remove(record)
            for record in taken:
                drafts.forget(change.reader.connection, record.KIND.name, str(record.id))
    except errors.StillNamed as refused:
        return tuple(problem for problem in refused.problems if isinstance(problem, Problem))
    return ()


def _removed(records: list[Record]) -> str:
    kind = records[0].KIND
    return f"{kind.noun} {records[0].ref}" if len(records) == 1 else _counted(kind, records)


def _counted(kind: RecordKind, records: list[Record]) -> str:
    return records[0].ref if len(records) == 1 else f"{len(records):,} {kind.nouns}"


def erase(database: Database, record: Record, names: tuple[str, ...], why: str) -> tuple[str, ...]:
    """Erases those fields of a record for good, wherever they stand in this file.

    Gives the papers sent that still show the words as they were sent, for a person to decide on.
    """
    from nhsdesk.store import erasing

    words = [str(getattr(record, name)) for name in names if isinstance(getattr(record, name), str)]
    with database.read() as reader:
        shown_in = erasing.sent_with(reader.connection, words)
    erasing.erase(database, record, names, checked_reason(why))
    return shown_in
