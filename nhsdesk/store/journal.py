"""Steps and their changes: how they are written down, chained, proved and read, old ones in today's words.

A step's hash covers the hash before it in the same copy's chain, its header, and one digest for each changed field.
A digest covers 16 random bytes with the values, so that erased values leave a chain that still verifies and a digest
that tells nothing.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from nhsdesk.domain.kinds import Stored
from nhsdesk.store import schema

SALT = 16
DIGEST = 32
ERASED = bytes(SALT)
"""A field's salt once its values were erased."""

ADD, PUT, REMOVE = "add", "put", "remove"


@dataclass(frozen=True, slots=True)
class StepChange:
    """What a step did to one record: the fields that differ with old and new stored values.

    An added record has only new values, a removed one only old values; both carry `ref` as a field.
    """

    kind: str
    id: int
    action: str
    fields: tuple[str, ...]
    old: tuple[Stored, ...]
    new: tuple[Stored, ...]
    salts: bytes = b""
    digests: bytes = b""

    def erased(self, place: int) -> bool:
        """Whether that field's values were erased here."""
        return self.salts[place * SALT : (place + 1) * SALT] == ERASED

    def pairs(self) -> Iterator[tuple[str, Stored, Stored]]:
        """Field, old and new."""
        return zip(self.fields, self.old, self.new, strict=True)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: by whom, when, in which copy, and what that copy had seen of the others by then."""

    copy: int
    number: int
    moment: str
    who: str
    schema: int
    program: str
    kind: str
    label: str
    undoes: int | None = None
    sealing: bool = False
    seen: Mapping[int, int] = field(default_factory=dict)
    hash: bytes = b""
    position: int = 0
    effect: bool = True
    changes: tuple[StepChange, ...] = ()

    def header(self) -> list[Any]:
        """What the hash covers besides the digests."""
        seen = sorted([str(copy), number] for copy, number in self.seen.items())
        return [
            str(self.copy), self.number, self.moment, self.who, self.schema, self.program, self.kind, self.label,
            self.undoes, self.sealing, seen,
        ]  # fmt: skip


def compact(value: Any) -> str:
    """JSON without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest(salt: bytes, kind: str, id_: int, name: str, old: Stored, new: Stored) -> bytes:
    """What stands for one field's change in the chain."""
    words = compact([kind, str(id_), name, old, new])
    return hashlib.sha256(salt + words.encode("utf-8", "surrogatepass")).digest()


def salted(change: StepChange) -> StepChange:
    """The change with fresh random bytes and its digests."""
    salts = secrets.token_bytes(SALT * len(change.fields))
    digests = b"".join(
        digest(salts[n * SALT : (n + 1) * SALT], change.kind, change.id, name, old, new)
        for n, (name, old, new) in enumerate(change.pairs())
    )
    return replace(change, salts=salts, digests=digests)


def chained(step: Step, before: bytes) -> Step:
    """The step with its hash, which covers the hash before it."""
    return replace(step, hash=_hash(step, before))


def _hash(step: Step, before: bytes) -> bytes:
    made = hashlib.sha256(before)
    made.update(compact(step.header()).encode("utf-8", "surrogatepass"))
    for change in step.changes:
        made.update(compact([change.kind, str(change.id), change.action, list(change.fields)]).encode())
        made.update(change.digests)
    return made.digest()


def false_digests(change: StepChange) -> tuple[str, ...]:
    """The fields whose values are not those the digest was made of; erased ones are left out."""
    return tuple(
        name
        for n, (name, old, new) in enumerate(change.pairs())
        if not change.erased(n)
        and digest(change.salts[n * SALT : (n + 1) * SALT], change.kind, change.id, name, old, new)
        != change.digests[n * DIGEST : (n + 1) * DIGEST]
    )


def broken_links(ordered: Sequence[Step], born_after: bytes, first: int = 1) -> tuple[Step, ...]:
    """The steps of one copy, in order, that do not follow from the step before, or whose values do not match."""
    broken = []
    before, expected = born_after, first
    for step in ordered:
        if (
            step.number != expected
            or _hash(step, before) != step.hash
            or any(map(false_digests, step.changes))
        ):
            broken.append(step)
        before, expected = step.hash, step.number + 1
    return tuple(broken)


# ---- in the tables


def write(connection: Connection, new_steps: Sequence[Step]) -> None:
    """Appends steps that already have their position."""
    connection.execute(schema.steps.insert(), [_step_row(step) for step in new_steps])
    rows = [
        _change_row(step.position, n, change) for step in new_steps for n, change in enumerate(step.changes)
    ]
    if rows:
        connection.execute(schema.changes.insert(), rows)


def _step_row(step: Step) -> dict[str, Any]:
    return {
        "position": step.position, "copy": step.copy, "number": step.number, "moment": step.moment, "who": step.who,
        "schema": step.schema, "program": step.program, "kind": step.kind, "label": step.label, "undoes": step.undoes,
        "sealing": int(step.sealing), "seen": compact({str(c): n for c, n in step.seen.items()}), "hash": step.hash,
        "effect": int(step.effect),
    }  # fmt: skip


def _change_row(position: int, place: int, change: StepChange) -> dict[str, Any]:
    return {
        "step": position,
        "place": place,
        "kind": change.kind,
        "id": change.id,
        "action": change.action,
        "fields": compact(change.fields),
        "old": None if change.action == ADD else compact(change.old),
        "new": None if change.action == REMOVE else compact(change.new),
        "salts": change.salts,
        "digests": change.digests,
    }


def _step(row: Row[Any]) -> Step:
    seen = {int(copy): number for copy, number in json.loads(row.seen).items()}
    return Step(
        row.copy, row.number, row.moment, row.who, row.schema, row.program, row.kind, row.label, row.undoes,
        bool(row.sealing), seen, bytes(row.hash), row.position, bool(row.effect),
    )  # fmt: skip


def _change(row: Row[Any]) -> StepChange:
    names = tuple(json.loads(row.fields))
    nothing: tuple[Stored, ...] = (None,) * len(names)
    old = nothing if row.old is None else tuple(json.loads(row.old))
    new = nothing if row.new is None else tuple(json.loads(row.new))
    return StepChange(row.kind, row.id, row.action, names, old, new, bytes(row.salts), bytes(row.digests))


def read_steps(connection: Connection, *where: Any, newest_first: bool = False) -> Iterator[Step]:
    """Steps without their changes, in order of arrival."""
    order = schema.steps.c.position.desc() if newest_first else schema.steps.c.position
    for row in connection.execute(select(schema.steps).where(*where).order_by(order)):
        yield _step(row)


def changes_of(connection: Connection, position: int) -> tuple[StepChange, ...]:
    """What one step changed, as it was written."""
    found = select(schema.changes).where(schema.changes.c.step == position).order_by(schema.changes.c.place)
    return tuple(_change(row) for row in connection.execute(found))


def read_changes(
    connection: Connection, *where: Any, newest_first: bool = False
) -> Iterator[tuple[Step, StepChange]]:
    """Steps with each of their changes, in today's words."""
    step, change = schema.steps, schema.changes
    order = (change.c.step.desc(), change.c.place.desc()) if newest_first else (change.c.step, change.c.place)
    joined = select(change).join(step, change.c.step == step.c.position).where(*where)
    held = {
        found.position: found
        for found in map(
            _step,
            connection.execute(
                select(step).where(step.c.position.in_(joined.with_only_columns(change.c.step)))
            ),
        )
    }
    for row in connection.execute(joined.order_by(*order)):
        yield held[row.step], in_todays_words(_change(row), held[row.step].schema)


def read_whole(connection: Connection, *where: Any) -> tuple[Step, ...]:
    """Steps with all their changes as they were written, in order of arrival; two selects however many."""
    found = list(read_steps(connection, *where))
    held: dict[int, list[StepChange]] = {step.position: [] for step in found}
    joined = select(schema.changes).join(schema.steps, schema.steps.c.position == schema.changes.c.step)
    for row in connection.execute(
        joined.where(*where).order_by(schema.changes.c.step, schema.changes.c.place)
    ):
        held[row.step].append(_change(row))
    return tuple(replace(step, changes=tuple(held[step.position])) for step in found)


# ---- older words

Reworded = Callable[[StepChange], StepChange]

OLDER_WORDS: dict[int, Reworded] = {
    1: lambda change: renamed(change, "commitment", {"page": "locator"}),
}
"""Schema number to the function that words a change written under it in the words of the next."""


def in_todays_words(change: StepChange, schema_number: int) -> StepChange:
    """A change written under an older schema, in today's kinds, fields and values."""
    for number in range(schema_number, schema.SCHEMA_NUMBER):
        if number in OLDER_WORDS:
            change = OLDER_WORDS[number](change)
    return change


def renamed(change: StepChange, kind: str, names: Mapping[str, str]) -> StepChange:
    """The change with fields of one kind under their newer names."""
    if change.kind != kind:
        return change
    return replace(change, fields=tuple(names.get(name, name) for name in change.fields))
