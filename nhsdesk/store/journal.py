"""Steps and their changes: how they are written down, chained, proved and read, old ones in today's words.

A step's hash covers the hash before it in the same copy's chain, its header, and one digest for each changed field.
A digest covers 16 random bytes with the values, so that erased values leave a chain that still verifies and a digest
that tells nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Row, select

from nhsdesk import errors
from nhsdesk.domain.kinds import Stored
from nhsdesk.store import schema

SALT = 16
DIGEST = 32
ERASED = bytes(SALT)
"""A field's salt once its values were erased."""

Fields = Mapping[str, Stored]
"""A record's stored fields by name, its `ref` among them."""

BLANK = "[erased]"
BLANK_FILE = '["[erased]", "", 0, ""]'
BLANKS: frozenset[Stored] = frozenset({None, BLANK, BLANK_FILE})
"""What stands where values were erased; words where a record cannot be without."""

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


def difference(kind: str, id_: int, before: Fields | None, now: Fields | None) -> StepChange | None:
    """What differs between two stored forms of a record, or None when nothing does."""
    if before is None and now is None:
        return None
    if before is None and now is not None:
        there = {name: value for name, value in now.items() if value is not None}
        return StepChange(kind, id_, ADD, tuple(there), (None,) * len(there), tuple(there.values()))
    if now is None and before is not None:
        there = {name: value for name, value in before.items() if value is not None}
        return StepChange(kind, id_, REMOVE, tuple(there), tuple(there.values()), (None,) * len(there))
    assert before is not None
    assert now is not None
    names = tuple(name for name in now if now[name] != before[name])
    if not names:
        return None
    return StepChange(
        kind, id_, PUT, names, tuple(before[name] for name in names), tuple(now[name] for name in names)
    )


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact(value: Any) -> str:
    """JSON without spaces, letters as they are."""
    return _JSON.encode(value)


@lru_cache(maxsize=2_000)
def _names(fields: tuple[str, ...]) -> str:
    return compact(fields)


@lru_cache(maxsize=2_000)
def _quoted(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(encode_basestring, fields))


def _values(stored: tuple[Stored, ...]) -> Iterable[str]:
    return map(_value, stored) if stored.count(None) < len(stored) else ("null",) * len(stored)


def _value(stored: Stored) -> str:
    """One stored value as `compact` words it."""
    return "null" if stored is None else encode_basestring(stored) if type(stored) is str else str(stored)


def digests_of(change: StepChange, salts: bytes) -> list[bytes]:
    """What stands for each field's change in the chain: a hash of its random bytes, kind, id, name, old and new."""
    begins, at, made = f'[{_value(change.kind)},"{change.id}",', 0, []
    each = zip(_quoted(change.fields), _values(change.old), _values(change.new), strict=True)
    for name, old, new in each:
        words = f"{begins}{name},{old},{new}]"
        made.append(sha256(salts[at : at + SALT] + words.encode("utf-8", "surrogatepass")).digest())
        at += SALT
    return made


def salted(change: StepChange) -> StepChange:
    """The change with fresh random bytes and its digests."""
    salts = secrets.token_bytes(SALT * len(change.fields))
    digests = b"".join(digests_of(change, salts))
    return StepChange(
        change.kind, change.id, change.action, change.fields, change.old, change.new, salts, digests
    )


def chained(step: Step, before: bytes) -> Step:
    """The step with its hash, which covers the hash before it."""
    return replace(step, hash=_hash(step, before))


def _hash(step: Step, before: bytes) -> bytes:
    made = sha256(before)
    made.update(compact(step.header()).encode("utf-8", "surrogatepass"))
    for change in step.changes:
        named = f'[{_value(change.kind)},"{change.id}",{_value(change.action)},{_names(change.fields)}]'
        made.update(named.encode("utf-8", "surrogatepass"))
        made.update(change.digests)
    return made.digest()


def false_digests(change: StepChange) -> tuple[str, ...]:
    """The fields whose values are not those the digest was made of; an erased one must be blank."""
    return tuple(
        change.fields[n]
        for n, made in enumerate(digests_of(change, change.salts))
        if (
            not {change.old[n], change.new[n]} <= BLANKS
            if change.erased(n)
            else made != change.digests[n * DIGEST : (n + 1) * DIGEST]
        )
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
    schema.insert(connection, schema.steps, [_step_row(step) for step in new_steps])
    rows = [
        _change_row(step.position, n, change) for step in new_steps for n, change in enumerate(step.changes)
    ]
    schema.insert(connection, schema.changes, rows)


def _step_row(step: Step) -> tuple[object, ...]:
    seen = compact({str(c): n for c, n in step.seen.items()})
    return (
        step.position, step.copy, step.number, step.moment, step.who, step.schema, step.program, step.kind,
        step.label, step.undoes, int(step.sealing), seen, step.hash, int(step.effect),
    )  # fmt: skip


def _change_row(position: int, place: int, change: StepChange) -> tuple[object, ...]:
    old = None if change.action == ADD else f"[{','.join(_values(change.old))}]"
    new = None if change.action == REMOVE else f"[{','.join(_values(change.new))}]"
    return (
        position, place, change.kind, change.id, change.action, _names(change.fields), old, new,
        bytearray(change.salts), bytearray(change.digests),
    )  # fmt: skip  # the driver takes byte arrays as they are and looks for an adapter for bytes


def _step(row: Row[Any]) -> Step:
    try:
        seen = {int(copy): int(number) for copy, number in json.loads(row.seen).items()}
    except (ValueError, TypeError, AttributeError):
        raise _damaged(row.position) from None
    return Step(
        row.copy, row.number, row.moment, row.who, row.schema, row.program, row.kind, row.label, row.undoes,
        bool(row.sealing), seen, bytes(row.hash), row.position, bool(row.effect),
    )  # fmt: skip


def change_in(row: Sequence[Any]) -> StepChange:
    """The change that a row of the table tells, as it was written."""
    step, _, kind, id_, action, names, old, new, salts, digests = row
    fields = _listed(names, step)
    nothing: tuple[Stored, ...] = (None,) * len(fields)
    before = nothing if old is None else _listed(old, step)
    after = nothing if new is None else _listed(new, step)
    if not len(fields) == len(before) == len(after) == len(salts) / SALT == len(digests) / DIGEST:
        raise _damaged(step)
    return StepChange(kind, id_, action, fields, before, after, bytes(salts), bytes(digests))


def _listed(words: str, step: int) -> tuple[Any, ...]:
    try:
        held = json.loads(words)
    except ValueError:
        held = None
    if not isinstance(held, list) or not all(one is None or type(one) in (int, str) for one in held):
        raise _damaged(step)
    return tuple(held)


def _damaged(position: int) -> errors.Damaged:
    return errors.Damaged(
        f"The journal cannot be read at step {position}: it was changed outside the program. The file was left as it "
        "is. Restore the newest backup."
    )


def read_steps(connection: Connection, *where: Any, newest_first: bool = False) -> Iterator[Step]:
    """Steps without their changes, in order of arrival; newest first those of one copy, by its own numbers."""
    order = schema.steps.c.number.desc() if newest_first else schema.steps.c.position
    for row in connection.execute(select(schema.steps).where(*where).order_by(order)):
        yield _step(row)


def changes_of(connection: Connection, position: int) -> tuple[StepChange, ...]:
    """What one step changed, as it was written."""
    found = select(schema.changes).where(schema.changes.c.step == position).order_by(schema.changes.c.place)
    return tuple(change_in(row) for row in connection.execute(found))


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
        yield held[row.step], in_todays_words(change_in(row), held[row.step].schema)


def read_whole(connection: Connection, *where: Any) -> tuple[Step, ...]:
    """Steps with all their changes as they were written, in order of arrival; two selects however many."""
    found = list(read_steps(connection, *where))
    held: dict[int, list[StepChange]] = {step.position: [] for step in found}
    joined = select(schema.changes).join(schema.steps, schema.steps.c.position == schema.changes.c.step)
    for row in connection.execute(
        joined.where(*where).order_by(schema.changes.c.step, schema.changes.c.place)
    ):
        held[row.step].append(change_in(row))
    return tuple(replace(step, changes=tuple(held[step.position])) for step in found)


# ---- older words

Reworded = Callable[[StepChange], StepChange]

OLDER_WORDS: dict[int, Reworded] = {
    1: lambda change: renamed(change, "commitment", {"page": "locator"}),
    2: lambda change: without(change, "claim_line", {"paid"}),
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


def without(change: StepChange, kind: str, names: Set[str]) -> StepChange:
    """The change without fields that one kind has no more; their salts and digests stay where they are kept."""
    if change.kind != kind or names.isdisjoint(change.fields):
        return change
    stay = [place for place, name in enumerate(change.fields) if name not in names]
    return replace(
        change,
        fields=tuple(change.fields[place] for place in stay),
        old=tuple(change.old[place] for place in stay) if change.old else change.old,
        new=tuple(change.new[place] for place in stay) if change.new else change.new,
    )
