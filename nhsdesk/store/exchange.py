"""Two offline copies give each other the steps each lacks, and come to the same records.

What arrives is history: it is kept in the journal as it was made. What it changes here is one step of this copy, so
that "as it was" and undo know what happened in this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, select

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import erasing, journal, merging, schema, search
from nhsdesk.store.database import Database
from nhsdesk.store.journal import ADD, REMOVE, Step, StepChange
from nhsdesk.store.merging import EXISTENCE, Conflict
from nhsdesk.store.reading import in_parts
from nhsdesk.store.working_out import SILENT, Together, bring_together


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one copy gives another: the steps it lacks, with the copies, kept files and rows they name."""

    schema: int
    root: int
    giver: int
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


def exchange(mine: Database, theirs: Database) -> tuple[Taken, Taken]:
    """Gives each copy what it lacks of the other; what each came to. Twice is as once."""
    for database in (mine, theirs):
        if database.read_only_because:
            raise errors.Unwritable(database.read_only_because)
    to_mine, to_theirs = parcel_for(theirs, known(mine)), parcel_for(mine, known(theirs))
    _check(mine, to_mine)
    _check(theirs, to_theirs)
    return _take_in(mine, to_mine), _take_in(theirs, to_theirs)


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
            schema.SCHEMA_NUMBER,
            root,
            database.head.copy,
            copies,
            ordered,
            proofs,
            *_things_named(connection, ordered),
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
        for written in step.changes:
            change = journal.in_todays_words(written, step.schema)
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
    own = database.head
    if parcel.giver == own.copy:
        raise errors.CannotExchange(
            f"Both files are copy {own.letter}: one was made of the other outside the program. Nothing was exchanged. "
            "Open the one that was not changed since as a second copy, then exchange again."
        )
    if any(step.copy == own.copy and step.number > own.number for step in parcel.steps):
        raise errors.CannotExchange(
            f"The other copy holds steps of copy {own.letter} that this file lacks: an older file was put in its place "
            "outside the program. Nothing was exchanged. Restore the newest backup with the program instead."
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
            same = ours.get(int(str(row["number"])))
            if letters.get(str(row["letter"]), row["number"]) != row["number"] or (
                same is not None and same.letter != row["letter"]
            ):
                raise errors.CannotExchange(
                    f"Two different copies both call themselves {row['letter']}, so their references clash. Nothing "
                    "was exchanged. Go on with one of the two, and enter in it by hand what only the other holds."
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
    return _take_in(database, parcel)


def _take_in(database: Database, parcel: Parcel) -> Taken:
    with database.writing() as connection:
        new = _unknown(connection, parcel.steps)
        _keep_copies(connection, parcel)
        if not new:
            return Taken()
        _keep_things(connection, parcel)
        own_unseen = _own_unseen(database, connection, new)
        _keep_steps(database, connection, new)
        erased = _blank_what_was_erased(connection, new)
        change = database.new_change(connection)
        together = bring_together(connection, change, new, own_unseen)
        _forget_conflicts(connection, new, together)
        taken = _finish(database, connection, new, change.finish_merged(), together)
    if erased:
        erasing.vacuum(database)
    return taken


def _finish(
    database: Database,
    connection: Connection,
    new: Sequence[Step],
    differences: Sequence[StepChange],
    together: Together,
) -> Taken:
    erased = _erased_now(new)
    made = tuple(_without(change, erased.get(change.id, {})) for change in differences)
    if made or any(step.kind not in SILENT for step in new):
        letters = {row.number: row.letter for row in connection.execute(select(schema.copies))}
        others = ", ".join(sorted({letters[step.copy] for step in new}))
        database.append_changes(connection, made, "exchange", f"Exchanged with copy {others}", sealing=True)
    if together.kept:
        label = "Kept what was removed in one copy and used in another"
        database.append_changes(connection, together.kept, merging.KEPT, label)
    _keep_conflicts(connection, together.conflicts)
    return Taken(len(new), len(made), together.conflicts)


def _unknown(connection: Connection, steps: Sequence[Step]) -> tuple[Step, ...]:
    held = schema.steps.c
    known_steps = {(row.copy, row.number) for row in connection.execute(select(held.copy, held.number))}
    return tuple(step for step in steps if (step.copy, step.number) not in known_steps)


_MARKS = ("exchange", "copy")


def _own_unseen(database: Database, connection: Connection, new: Sequence[Step]) -> tuple[Step, ...]:
    """The steps here that not every arriving one had seen, with the records they touched but not what they said."""
    arriving = [step for step in new if step.kind not in SILENT]
    found: list[Step] = []
    for copy in database.head.seen if arriving else ():
        floor = min(step.number if step.copy == copy else step.seen.get(copy, 0) for step in arriving)
        where = (schema.steps.c.copy == copy, schema.steps.c.number > floor)
        touched: dict[int, list[StepChange]] = {}
        changes, steps = schema.changes.c, schema.steps.c
        asked = select(changes.step, changes.kind, changes.id, changes.action)
        for row in connection.execute(asked.join(schema.steps, steps.position == changes.step).where(*where)):
            touched.setdefault(row.step, []).append(StepChange(row.kind, row.id, row.action, (), (), ()))
        found += [
            replace(step, changes=tuple(touched.get(step.position, ())))
            for step in journal.read_steps(connection, *where)
            if step.kind not in _MARKS
        ]
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
        {
            "id": change.id,
            "kind": journal.in_todays_words(change, step.schema).kind,
            "ref": change.new[change.fields.index("ref")],
        }
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


# ---- what was erased


def _blank_what_was_erased(connection: Connection, new: Sequence[Step]) -> bool:
    """Takes what was erased in one copy out of every step that did not know of it; whether there was anything."""
    arrived = {merging.named(step) for step in new}
    ids = {change.id for step in new for change in step.changes}
    found = False
    for erasure, erased in tuple(journal.read_changes(connection, schema.steps.c.kind == merging.ERASE)):
        if merging.named(erasure) in arrived or erased.id in ids:
            found = erasing.blank_unknowing(connection, erasure, erased) or found
    if found:
        search.forget(connection)
    return found


def _erased_now(new: Sequence[Step]) -> dict[int, dict[str, Stored]]:
    """What the arriving steps erased, by record and field, with what stands there instead."""
    found: dict[int, dict[str, Stored]] = {}
    for step in new:
        for erased in step.changes if step.kind == merging.ERASE else ():
            found.setdefault(erased.id, {}).update(zip(erased.fields, erased.new, strict=True))
    return found


def _without(change: StepChange, erased: Mapping[str, Stored]) -> StepChange:
    """What the exchange did here, without the words that an arriving step erased."""
    if change.action == ADD or not erased:
        return change
    pairs = zip(change.fields, change.old, strict=True)
    return replace(change, old=tuple(erased.get(name, old) for name, old in pairs))


# ---- what is not yet settled


def _forget_conflicts(connection: Connection, new: Sequence[Step], together: Together) -> None:
    held = schema.conflicts.c
    known = set(connection.execute(select(held.id)).scalars())
    for step in new if known else ():
        for change in step.changes if step.kind not in SILENT else ():
            if change.id in known:
                names = () if change.action == REMOVE else (held.field.in_((*change.fields, EXISTENCE)),)
                connection.execute(schema.conflicts.delete().where(held.id == change.id, *names))
    for part in in_parts(known & {id_ for _, id_ in together.worked_out}):
        connection.execute(schema.conflicts.delete().where(held.id.in_(part)))


def _keep_conflicts(connection: Connection, found: Sequence[Conflict]) -> None:
    held = schema.conflicts
    if not found:
        return
    same = (held.c.id == bindparam("of"), held.c.field == bindparam("at"))
    connection.execute(held.delete().where(*same), [{"of": one.id, "at": one.field} for one in found])
    connection.execute(held.insert(), [_row_of(conflict) for conflict in found])


def _row_of(conflict: Conflict) -> dict[str, object]:
    sides = [[side.value, str(side.copy), side.number, side.who, side.moment] for side in conflict.heads]
    return {
        "id": conflict.id, "field": conflict.field, "kind": conflict.kind,
        "base": journal.compact(conflict.base), "heads": journal.compact(sides),
    }  # fmt: skip
