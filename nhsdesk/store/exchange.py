"""Two offline copies give each other the steps each lacks, and come to the same records.

What arrives is history: it is kept in the journal as it was made. What it changes here is one step of this copy, so
that "as it was" and undo know what happened in this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import erasing, journal, merging, schema
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change, may_be_sealed
from nhsdesk.store.journal import ADD, PUT, REMOVE, Step, StepChange
from nhsdesk.store.merging import Assertion, Conflict
from nhsdesk.store.reading import Reader, in_parts

Key = tuple[str, int]

SILENT = ("exchange", "kept", "copy")
"""Kinds of step that bring nothing new to a copy that has the steps they were made of."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one copy gives another: the steps it lacks, with the copies, kept files and rows they name."""

    schema: int
    root: int
    copies: tuple[Mapping[str, object], ...]
    steps: tuple[Step, ...]
    """In an order in which each follows its own."""
    proofs: Mapping[int, tuple[int, bytes]] = field(default_factory=dict)
    """Of each copy both know: the newest step number both have, and its hash."""
    files: tuple[Mapping[str, object], ...] = ()
    rows: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking in a parcel came to: steps that were new, records changed, and what a person must settle."""

    steps: int = 0
    records: int = 0
    conflicts: tuple[Conflict, ...] = ()


@dataclass(slots=True)
class _Merge:
    """One taking-in under way."""

    connection: Connection
    change: Change
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[StepChange] = field(default_factory=list)


def exchange(mine: Database, theirs: Database) -> tuple[Taken, Taken]:
    """Gives each copy what it lacks of the other; what each came to. Twice is as once."""
    to_mine, to_theirs = parcel_for(theirs, known(mine)), parcel_for(mine, known(theirs))
    _check(mine, to_mine)
    _check(theirs, to_theirs)
    return take_in(mine, to_mine), take_in(theirs, to_theirs)


def known(database: Database) -> dict[int, int]:
    """The newest step number known of each copy."""
    return dict(database.head.seen)


def parcel_for(database: Database, has: Mapping[int, int]) -> Parcel:
    """The steps a copy lacks that has those of each copy up to a number, in an order in which each follows its own."""
    with database.read() as reader:
        connection = reader.connection
        copies = tuple(dict(row) for row in connection.execute(select(schema.copies)).mappings())
        found = tuple(
            step
            for copy in database.head.seen
            for step in journal.read_whole(
                connection, schema.steps.c.copy == copy, schema.steps.c.number > has.get(copy, 0)
            )
        )
        ordered = tuple(sorted(found, key=lambda step: step.position))
        root = next(int(str(row["number"])) for row in copies if row["parent"] is None)
        proofs = _proofs(connection, database.head.seen, has)
        return Parcel(
            schema.SCHEMA_NUMBER, root, copies, ordered, proofs, *_things_named(connection, ordered)
        )


def _proofs(
    connection: Connection, own: Mapping[int, int], has: Mapping[int, int]
) -> dict[int, tuple[int, bytes]]:
    steps = schema.steps.c
    found: dict[int, tuple[int, bytes]] = {}
    for copy in set(own) & set(has):
        number = min(own[copy], has[copy])
        hash_ = connection.execute(
            select(steps.hash).where(steps.copy == copy, steps.number == number)
        ).scalar_one()
        found[copy] = (number, bytes(hash_))
    return found


def _things_named(
    connection: Connection, steps: Iterable[Step]
) -> tuple[tuple[Mapping[str, object], ...], tuple[Mapping[str, object], ...]]:
    hashes: set[str] = set()
    for step in steps:
        for change in step.changes:
            for name, value in zip(change.fields, change.new, strict=True):
                hashes.update(_hash_in(change.kind, name, value))
    files, rows = [], []
    for part in _word_parts(sorted(hashes)):
        held = schema.file_bytes
        files += [
            dict(row) for row in connection.execute(select(held).where(held.c.sha256.in_(part))).mappings()
        ]
        data = schema.data_rows
        rows += [
            dict(row) for row in connection.execute(select(data).where(data.c.data_set.in_(part))).mappings()
        ]
    return tuple(files), tuple(rows)


def _word_parts(words: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return [words[start : start + size] for start in range(0, len(words), size)]


def _hash_in(kind_name: str, name: str, value: Stored) -> tuple[str, ...]:
    kind = KINDS.get(kind_name)
    if kind is None or value is None or name == "ref" or not any(f.name == name for f in kind.fields):
        return ()
    declared = kind.field(name)
    if isinstance(declared.kind, kinds.OneFile):
        return (declared.kind.load(value).sha256,)
    return (str(value),) if (kind_name, name) == ("data_set", "sha256") else ()


# ---- what may not be taken in


def _check(database: Database, parcel: Parcel) -> None:
    if parcel.schema != schema.SCHEMA_NUMBER:
        raise errors.CannotExchange(
            "The two copies are of different forms. Nothing was exchanged. Open the older one with this version of the "
            "program, which brings it up to date, then exchange again."
        )
    with database.read() as reader:
        ours = {row.number: row for row in reader.connection.execute(select(schema.copies))}
        root = next(number for number, row in ours.items() if row.parent is None)
        if root != parcel.root:
            raise errors.CannotExchange(
                "The two files are not copies of one PCN file. Nothing was exchanged. Choose a copy of this file."
            )
        letters = {row.letter: number for number, row in ours.items()}
        for row in parcel.copies:
            if letters.get(str(row["letter"]), row["number"]) != row["number"]:
                raise errors.CannotExchange(
                    f"Two different copies both call themselves {row['letter']}, so their references clash. Nothing "
                    "was exchanged. Exchange each with the copy it was made from; open one of them as a new second copy."
                )
        _check_chains(reader.connection, parcel)


_BROKEN = (
    "The steps of the other copy do not follow from what this copy has of it: one of the two was changed outside the "
    "program, or both went on under one number. Nothing was exchanged. Restore the newer one from its backup, or open "
    "one of them as a second copy."
)


def _check_chains(connection: Connection, parcel: Parcel) -> None:
    steps = schema.steps.c
    for copy, (number, hash_) in parcel.proofs.items():
        ours = connection.execute(
            select(steps.hash).where(steps.copy == copy, steps.number == number)
        ).scalar()
        if ours is not None and bytes(ours) != hash_:
            raise errors.CannotExchange(_BROKEN)
    born = {int(str(row["number"])): _bytes(row["born_after"]) for row in parcel.copies}
    for copy in {step.copy for step in parcel.steps}:
        arriving = sorted((step for step in parcel.steps if step.copy == copy), key=lambda step: step.number)
        last = connection.execute(
            select(steps.number, steps.hash).where(steps.copy == copy).order_by(steps.number.desc()).limit(1)
        ).first()
        before, first = (born[copy], 1) if last is None else (bytes(last.hash), last.number + 1)
        arriving = [step for step in arriving if step.number >= first]
        if journal.broken_links(arriving, before, first):
            raise errors.CannotExchange(_BROKEN)


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes | bytearray | memoryview)
    return bytes(value)


# ---- taking in


def take_in(database: Database, parcel: Parcel) -> Taken:
    """Keeps another copy's steps and brings this copy's records to what all steps come to together."""
    _check(database, parcel)
    with database.writing() as connection:
        new = _unknown(connection, parcel.steps)
        _keep_copies(connection, parcel)
        if not new:
            return Taken()
        _keep_things(connection, parcel)
        unseen = _touched(_own_unseen(database, connection, new))
        _keep_steps(database, connection, new)
        merge = _Merge(connection, database.new_change(connection))
        touched = _touched(step for step in new if step.kind not in SILENT)
        unsettled = (unseen & touched) | _concurrent(new)
        _forget_conflicts(connection, new, unsettled)
        _take_last_words(merge, touched - unsettled, new)
        _work_out(merge, unsettled)
        _bring_back_what_is_named(merge, touched)
        for step in new:
            if step.kind == "erase":
                erasing.blank_history(connection, [(c.kind, c.id, c.fields) for c in step.changes])
        return _finish(database, merge, new)


def _finish(database: Database, merge: _Merge, new: Sequence[Step]) -> Taken:
    made = merge.change.finish_merged()
    people = [step for step in new if step.kind not in SILENT]
    if people or made:
        letters = {row.number: row.letter for row in merge.connection.execute(select(schema.copies))}
        others = ", ".join(sorted({letters[step.copy] for step in new}))
        database.append_changes(
            merge.connection, made, "exchange", f"Exchanged with copy {others}", sealing=True
        )
    if merge.kept:
        label = "Kept what was removed in one copy and used in another"
        database.append_changes(merge.connection, tuple(merge.kept), "kept", label)
    _keep_conflicts(merge.connection, merge.conflicts)
    return Taken(len(new), len(made), tuple(merge.conflicts))


def _unknown(connection: Connection, steps: Sequence[Step]) -> tuple[Step, ...]:
    held = schema.steps.c
    known_steps = set(connection.execute(select(held.copy, held.number)).tuples())
    return tuple(step for step in steps if (step.copy, step.number) not in known_steps)


def _own_unseen(database: Database, connection: Connection, new: Sequence[Step]) -> tuple[Step, ...]:
    """The steps here that not every arriving one had seen."""
    arriving = [step for step in new if step.kind not in SILENT]
    found: list[Step] = []
    for copy in database.head.seen if arriving else ():
        floor = min(step.number if step.copy == copy else step.seen.get(copy, 0) for step in arriving)
        where = (schema.steps.c.copy == copy, schema.steps.c.number > floor)
        found += [step for step in journal.read_whole(connection, *where) if step.kind not in SILENT]
    return tuple(found)


def _keep_copies(connection: Connection, parcel: Parcel) -> None:
    known_copies = set(connection.execute(select(schema.copies.c.number)).scalars())
    new = [dict(row) for row in parcel.copies if row["number"] not in known_copies]
    if new:
        connection.execute(schema.copies.insert(), new)


def _keep_things(connection: Connection, parcel: Parcel) -> None:
    held = set(connection.execute(select(schema.file_bytes.c.sha256)).scalars())
    files = [dict(row) for row in parcel.files if row["sha256"] not in held]
    if files:
        connection.execute(schema.file_bytes.insert(), files)
    sets = set(connection.execute(select(schema.data_rows.c.data_set).distinct()).scalars())
    rows = [dict(row) for row in parcel.rows if row["data_set"] not in sets]
    if rows:
        connection.execute(schema.data_rows.insert(), rows)


def _keep_steps(database: Database, connection: Connection, new: Sequence[Step]) -> None:
    head = database.head
    kept = [replace(step, position=head.position + n, effect=False) for n, step in enumerate(new, 1)]
    journal.write(connection, kept)
    head.position += len(kept)
    for step in kept:
        head.seen[step.copy] = max(head.seen.get(step.copy, 0), step.number)
    names: list[dict[str, Any]] = [
        {"id": change.id, "kind": change.kind, "ref": change.new[change.fields.index("ref")]}
        for step in kept
        for change in step.changes
        if change.action == ADD
    ]
    given = schema.given_names
    have: set[int] = set()
    for part in in_parts(name["id"] for name in names):
        have.update(connection.execute(select(given.c.id).where(given.c.id.in_(part))).scalars())
    fresh = {name["id"]: name for name in names if name["id"] not in have}
    if fresh:
        connection.execute(given.insert(), list(fresh.values()))


def _touched(steps: Iterable[Step]) -> set[Key]:
    found: set[Key] = set()
    for step in steps:
        for change in step.changes:
            today = journal.in_todays_words(change, step.schema)
            found.add((today.kind, today.id))
    return found


def _take_last_words(merge: _Merge, keys: set[Key], new: Sequence[Step]) -> None:
    """Records that only the arriving steps touched, one after the other, are as the last of them left them."""
    now: dict[Key, dict[str, Stored] | None] = {}
    stored = merge.change.as_stored_all(keys)
    for step in new:
        if step.kind not in SILENT:
            for written in step.changes:
                change = journal.in_todays_words(written, step.schema)
                key = (change.kind, change.id)
                if key in keys:
                    _apply(now, key, change, stored.get(key))
    for (kind_name, id_), fields in now.items():
        merge.change.restore(KINDS[kind_name], id_, fields)


def _work_out(merge: _Merge, keys: set[Key]) -> None:
    """Records touched on both sides are worked out from all their steps."""
    for (kind_name, id_), assertions in _assertions(merge.connection, keys).items():
        kind = KINDS[kind_name]
        usable, refused = _usable(merge, kind, assertions)
        result = merging.merged(kind, usable)
        merge.conflicts.extend(result.conflicts)
        if refused:
            merge.conflicts.append(merging.refused(kind, refused))
        merge.change.restore(kind, id_, result.fields)
        if result.fields and any(conflict.field == merging.EXISTENCE for conflict in result.conflicts):
            _keep(merge, kind, id_, result.fields)


def _concurrent(new: Sequence[Step]) -> set[Key]:
    """Records that two of the arriving steps touched, neither knowing of the other."""
    last: dict[Key, list[Step]] = {}
    found: set[Key] = set()
    for step in new:
        for key in _touched([step]) if step.kind not in SILENT else ():
            known_steps = last.setdefault(key, [])
            if any(not merging.follows(step, other) for other in known_steps):
                found.add(key)
            last[key] = [other for other in known_steps if not merging.follows(step, other)] + [step]
    return found


def _apply(
    now: dict[Key, dict[str, Stored] | None],
    key: Key,
    change: StepChange,
    stored: Mapping[str, Stored] | None,
) -> None:
    if change.action == REMOVE:
        now[key] = None
        return
    if change.action == ADD:
        blank: dict[str, Stored] = {"ref": None, **{f.name: None for f in KINDS[key[0]].fields}}
        now[key] = {**blank, **dict(zip(change.fields, change.new, strict=True))}
        return
    held = now.get(key, dict(stored) if stored is not None else None)
    if held is not None:
        held.update(zip(change.fields, change.new, strict=True))
        now[key] = held


def _assertions(connection: Connection, keys: Iterable[Key]) -> dict[Key, list[Assertion]]:
    wanted = set(keys)
    found: dict[Key, list[Assertion]] = {key: [] for key in wanted}
    for part in in_parts({id_ for _, id_ in wanted}):
        where = (schema.changes.c.id.in_(part), schema.steps.c.kind.not_in(("exchange", "copy")))
        for step, change in journal.read_changes(connection, *where):
            if (change.kind, change.id) in wanted:
                found[change.kind, change.id].append((step, change))
    return {key: assertions for key, assertions in found.items() if assertions}


def _usable(
    merge: _Merge, kind: RecordKind, assertions: Sequence[Assertion]
) -> tuple[Sequence[Assertion], Sequence[Assertion]]:
    """What holds of a record's assertions once a step has sealed it or what it belongs to, and what does not."""
    if not may_be_sealed(kind.name):
        return assertions, ()
    sealing = [step for step, _ in assertions if step.sealing]
    owner = kind.owner
    if owner is not None and isinstance(owner.kind, kinds.LinkTo):
        ids = {value for _, change in assertions for value in _values(change, owner.name)}
        for found in _assertions(merge.connection, {(owner.kind.target, id_) for id_ in ids}).values():
            sealing += [step for step, _ in found if step.sealing]
    return merging.before_sealing(assertions, sealing)


def _values(change: StepChange, name: str) -> tuple[int, ...]:
    return tuple(v for n, _, v in change.pairs() if n == name and isinstance(v, int))


def _keep(merge: _Merge, kind: RecordKind, id_: int, fields: Mapping[str, Stored]) -> None:
    ref = fields["ref"]
    merge.kept.append(StepChange(kind.name, id_, PUT, ("ref",), (ref,), (ref,)))


def _bring_back_what_is_named(merge: _Merge, touched: set[Key]) -> None:
    """What is removed in one copy and still named in the other stays, with what belonged to it."""
    while missing := _missing(merge, touched):
        for key, assertions in _assertions(merge.connection, missing).items():
            kind = KINDS[key[0]]
            result = merging.as_if_there(kind, assertions, told=True)
            assert result.fields is not None
            merge.conflicts.extend(result.conflicts)
            merge.change.restore(kind, key[1], result.fields)
            _keep(merge, kind, key[1], result.fields)
        touched = missing


def _missing(merge: _Merge, touched: set[Key]) -> set[Key]:
    reader = merge.change.reader
    there: dict[str, list[int]] = {}
    for kind_name, id_ in touched:
        there.setdefault(kind_name, []).append(id_)
    missing: set[Key] = set()
    for kind_name, ids in there.items():
        present = reader.several(KINDS[kind_name].cls, ids)
        missing |= _named_and_gone(reader, present.values())
        gone = [id_ for id_ in ids if id_ not in present]
        if gone:
            names = {id_ for id_ in gone if _is_named(reader, kind_name, id_)}
            missing |= {(kind_name, id_) for id_ in names}
    return missing


def _is_named(reader: Reader, kind_name: str, id_: int) -> bool:
    return bool(reader.naming(kind_name, (id_,)) or reader.owned_by(kind_name, (id_,)))


def _named_and_gone(reader: Reader, records: Iterable[Record]) -> set[Key]:
    wanted: dict[str, set[int]] = {}
    ids: set[int]
    for record in records:
        for declared in record.KIND.fields:
            if isinstance(declared.kind, kinds.About):
                target = reader.kind_of(getattr(record, declared.name))
                if target is not None:
                    wanted.setdefault(target.name, set()).add(getattr(record, declared.name))
            elif isinstance(declared.kind, kinds.LinkTo | kinds.LinksTo):
                held = getattr(record, declared.name)
                ids = set(held) if isinstance(held, tuple) else set() if held is None else {held}
                wanted.setdefault(declared.kind.target, set()).update(ids)
    missing: set[Key] = set()
    for name, ids in wanted.items():
        present = reader.several(KINDS[name].cls, ids)
        missing |= {(name, id_) for id_ in ids if Id(id_) not in present}
    return missing


# ---- what is not yet settled


def _forget_conflicts(connection: Connection, new: Sequence[Step], unsettled: set[Key]) -> None:
    held = schema.conflicts.c
    if connection.execute(select(held.id).limit(1)).first() is None:
        return
    for step in new:
        for change in step.changes if step.kind not in SILENT else ():
            connection.execute(
                schema.conflicts.delete().where(held.id == change.id, held.field.in_(change.fields))
            )
    for _, id_ in unsettled:
        connection.execute(schema.conflicts.delete().where(held.id == id_))


def _keep_conflicts(connection: Connection, found: Iterable[Conflict]) -> None:
    held = schema.conflicts
    for conflict in found:
        connection.execute(held.delete().where(held.c.id == conflict.id, held.c.field == conflict.field))
        sides = [[side.value, str(side.copy), side.number, side.who, side.moment] for side in conflict.heads]
        row = {
            "id": conflict.id, "field": conflict.field, "kind": conflict.kind,
            "base": journal.compact(conflict.base), "heads": journal.compact(sides),
        }  # fmt: skip
        connection.execute(held.insert(), row)
