"""Named questions to the file, one place for every select that is not a plain reading of records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, schema
from nhsdesk.store.journal import Step, StepChange
from nhsdesk.store.reading import Reader

if TYPE_CHECKING:
    from nhsdesk.store.merging import Conflict


Letters = Mapping[int, str]
"""The letter of each copy by its number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record's history: what a step did to it."""

    step: Step
    change: StepChange


def history(reader: Reader, id_: int) -> tuple[Entry, ...]:
    """All that was done to a record, oldest first, whether or not it is still there."""
    where = (schema.changes.c.id == id_, schema.steps.c.kind != "kept")
    return tuple(Entry(step, change) for step, change in journal.read_changes(reader.connection, *where))


def removed(reader: Reader, kind_name: str) -> tuple[Entry, ...]:
    """The recycle bin of a kind: records that were removed and have not come back, newest first."""
    where = (
        schema.changes.c.kind == kind_name,
        schema.changes.c.action == journal.REMOVE,
        schema.steps.c.effect == 1,
    )
    found: dict[int, Entry] = {}
    for step, change in journal.read_changes(reader.connection, *where, newest_first=True):
        found.setdefault(change.id, Entry(step, change))
    there = reader.several(KINDS[kind_name].cls, found)
    return tuple(entry for id_, entry in found.items() if id_ not in there)


def steps(reader: Reader, *, last: int | None = None) -> tuple[Step, ...]:
    """The steps in order of arrival, or only so many of the last."""
    newest = int(reader.connection.execute(select(func.max(schema.steps.c.position))).scalar() or 0)
    first = 0 if last is None else newest - last
    return tuple(journal.read_steps(reader.connection, schema.steps.c.position > first))


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did in one step: how many entries it touched, and the first of them by kind and id."""

    step: Step
    touched: int
    entries: tuple[tuple[str, int], ...]


_FIRST = 10
"""Of a step that touched thousands, as many are named."""


def of_others(reader: Reader, since: int, who: str, *, most: int) -> tuple[Done, ...]:
    """Steps after a position that somebody else did, here or in a copy that was merged, the newest first.

    What a merge worked out here is not told again: the steps it brought say who did what.
    """
    steps, changes = schema.steps.c, schema.changes.c
    others = or_(steps.who != who, steps.effect == 0)
    asked = select(steps.position).where(
        steps.position > since, steps.kind.not_in(("exchange", "copy", "kept")), others
    )
    newest = asked.order_by(steps.position.desc()).limit(most)
    positions = list(reader.connection.execute(newest).scalars())
    held = {one.position: one for one in journal.read_steps(reader.connection, steps.position.in_(positions))}
    numbers = select(changes.step, func.count(changes.id.distinct())).where(changes.step.in_(positions))
    touched: dict[int, int] = {
        int(row[0]): int(row[1]) for row in reader.connection.execute(numbers.group_by(changes.step))
    }
    first = select(changes.step, changes.kind, changes.id).where(
        changes.step.in_(positions), changes.place < _FIRST
    )
    entries: dict[int, list[tuple[str, int]]] = {}
    for row in reader.connection.execute(first.order_by(changes.step, changes.place)):
        entries.setdefault(row.step, []).append((row.kind, row.id))
    return tuple(Done(held[at], touched.get(at, 0), tuple(entries.get(at, ()))) for at in positions)


def family(reader: Reader) -> int:
    """The number of the first copy, which all copies of one PCN's file know."""
    found = select(schema.copies.c.number).where(schema.copies.c.parent.is_(None))
    return int(reader.connection.execute(found.order_by(schema.copies.c.letter)).scalar() or 0)


def letters(reader: Reader) -> Letters:
    """The letter of each copy the journal knows."""
    return {row.number: row.letter for row in reader.connection.execute(select(schema.copies))}


@dataclass(frozen=True, slots=True)
class CopyKnown:
    """A copy by its number and letter, the copy it was made of, and when."""

    number: int
    letter: str
    parent: int | None
    born: str


def copies_known(reader: Reader) -> tuple[CopyKnown, ...]:
    """The copies the journal knows, in the order of their letters."""
    held = schema.copies.c
    rows = reader.connection.execute(select(held.number, held.letter, held.parent, held.born))
    return tuple(sorted((CopyKnown(*row) for row in rows), key=lambda one: (len(one.letter), one.letter)))


def newest_of(reader: Reader, copy: int) -> Step | None:
    """The last step of a copy that is here."""
    steps = schema.steps.c
    newest = select(func.max(steps.number)).where(steps.copy == copy).scalar_subquery()
    return next(journal.read_steps(reader.connection, steps.copy == copy, steps.number == newest), None)


def conflicts(reader: Reader) -> tuple[Conflict, ...]:
    """What was changed on both sides and is not yet settled."""
    from nhsdesk.store.merging import Conflict, HeadValue

    def conflict(row: Any) -> Conflict:
        base: Stored = json.loads(row.base)
        heads = tuple(
            HeadValue(value, int(copy), n, who, at) for value, copy, n, who, at in json.loads(row.heads)
        )
        return Conflict(row.kind, row.id, row.field, base, heads)

    return tuple(conflict(row) for row in reader.connection.execute(select(schema.conflicts)))


def rows_of_data_set(
    reader: Reader, sha256: str, group_code: str | None = None
) -> tuple[dict[str, Any], ...]:
    """The rows of an adopted file in its order, or those of one group, such as the practices of a PCN."""
    held = schema.data_rows.c
    asked = select(held.row).where(held.data_set == sha256).order_by(held.place)
    if group_code is not None:
        asked = asked.where(held.group_code == group_code)
    return tuple(json.loads(row) for row in reader.connection.execute(asked).scalars())


def position(reader: Reader) -> int:
    """The newest position in the journal."""
    return int(reader.connection.execute(select(func.max(schema.steps.c.position))).scalar() or 0)


def step_mark(reader: Reader, position: int) -> str:
    """The first 8 digits of the hash of the step at a position, by which another copy's step is told from it."""
    held = schema.steps.c
    found = reader.connection.execute(select(held.hash).where(held.position == position)).scalar()
    return bytes(found).hex()[:8] if found else "0" * 8


def added_since(reader: Reader, kind_name: str, position: int) -> frozenset[int]:
    """The ids of a kind that were first written after a position in the journal."""
    changes = schema.changes.c
    asked = select(changes.id).where(
        changes.kind == kind_name, changes.step > position, changes.action == journal.ADD
    )
    return frozenset(reader.connection.execute(asked).scalars())


def changed_since(reader: Reader, position: int) -> Iterator[Entry]:
    """All that was done to records after a position in the journal, here and in what was brought here since."""
    for step, change in journal.read_changes(reader.connection, schema.steps.c.position > position):
        yield Entry(step, change)


def ref_of(reader: Reader, id_: int) -> str:
    """The reference an id was given, though it may be gone."""
    names = schema.given_names.c
    return str(reader.connection.execute(select(names.ref).where(names.id == id_)).scalar() or "an entry")


def first_listing(reader: Reader, kind_name: str, link: str, id_: int, listed: str, ref: str) -> str:
    """The reference of one record of a kind that names another in a link, or in a field of references; else empty.

    A file may hold half a million claim lines: none is read, and one is enough.
    """
    table = schema.RECORD_TABLES[kind_name]
    within = (", " + table.c[listed] + ", ").like(f"%, {ref}, %")
    asked = select(table.c.ref).where(or_(table.c[link] == id_, within)).limit(1)
    return str(reader.connection.execute(asked).scalar() or "")
