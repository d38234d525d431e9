"""What two copies come to together: a pure function of the steps, the same whichever order they arrived in.

Every change to a field is an assertion. One assertion follows another when its copy had seen it. The assertions that
nothing follows are the heads of the field: one head, or heads that agree, is its value; heads that differ are a
conflict with base, mine and theirs. What was removed in one copy and changed in another without knowing stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Stored
from nhsdesk.store.journal import ADD, REMOVE, Step, StepChange

Assertion = tuple[Step, StepChange]


@dataclass(frozen=True, slots=True)
class HeadValue:
    """One side of a conflict: what stands there, and who put it there, when, in which copy."""

    value: Stored
    copy: int
    number: int
    who: str
    moment: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field changed on both sides since they last met, or a record removed on one and changed on the other."""

    kind: str
    id: int
    field: str
    base: Stored
    heads: tuple[HeadValue, ...]


EXISTENCE = ""
"""The field name under which a conflict about being there at all is told."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A record's stored fields (None: not there) and what the two sides do not agree on."""

    fields: dict[str, Stored] | None
    conflicts: tuple[Conflict, ...] = ()


def follows(later: Step, earlier: Step) -> bool:
    """Whether the later step was made by a copy that had the earlier one."""
    if later.copy == earlier.copy:
        return later.number > earlier.number
    return later.seen.get(earlier.copy, 0) >= earlier.number


def heads(assertions: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """Those that nothing follows, in an order that is the same in every copy."""
    found: list[Assertion] = []
    for one in assertions:
        if any(follows(other[0], one[0]) for other in found):
            continue
        found = [other for other in found if not follows(one[0], other[0])]
        found.append(one)
    return tuple(sorted(found, key=lambda one: _order(one[0])))


def _order(step: Step) -> tuple[int, int, int]:
    """Later in this order never comes before what it follows: all steps it had seen, its own among them."""
    return (sum(step.seen.values()) + step.number, step.copy, step.number)


def before_sealing(
    assertions: Sequence[Assertion], sealing: Sequence[Step]
) -> tuple[tuple[Assertion, ...], tuple[Assertion, ...]]:
    """What holds of a sealed record, and what was changed elsewhere unknowing: what was sent stays as it was sent."""
    if not sealing:
        return tuple(assertions), ()
    first = min(sealing, key=_order)
    refused_ = tuple(
        one for one in assertions
        if one[0].copy != first.copy and not follows(first, one[0]) and not follows(one[0], first)
    )  # fmt: skip
    return tuple(one for one in assertions if one not in refused_), refused_


def refused(kind: RecordKind, changes: Sequence[Assertion]) -> Conflict:
    """What to tell of changes that do not hold because the record had been sealed."""
    newest = heads(changes)
    return Conflict(kind.name, newest[0][1].id, EXISTENCE, None, _sides(newest, "ref"))


def merged(kind: RecordKind, assertions: Sequence[Assertion]) -> Merged:
    """The record all its assertions come to together."""
    removed = heads(one for one in assertions if one[1].action == REMOVE)
    said = [one for one in assertions if one[1].action != REMOVE]
    alive = [one for one in said if not any(follows(gone[0], one[0]) for gone in removed)]
    if not alive:
        return Merged(None)
    return as_if_there(kind, assertions, told=bool(removed) and not _came_back(alive, removed))


def _came_back(alive: Sequence[Assertion], removed: Sequence[Assertion]) -> bool:
    """Whether somebody who knew of every removal put the record back."""
    return any(all(follows(step, gone[0]) for gone in removed) for step, _ in alive)


def as_if_there(kind: RecordKind, assertions: Sequence[Assertion], *, told: bool) -> Merged:
    """The record's fields whatever removals say; `told` adds that one side had removed it."""
    said = [one for one in assertions if one[1].action != REMOVE]
    fields: dict[str, Stored] = {}
    conflicts: list[Conflict] = []
    for name in ("ref", *(field.name for field in kind.fields)):
        asserting = [
            (one, _value(one[1], name)) for one in said if name in one[1].fields or one[1].action == ADD
        ]
        newest = heads(one for one, _ in asserting)
        values = dict.fromkeys(_value(change, name) for _, change in newest)
        fields[name] = _value(newest[-1][1], name) if newest else None
        if len(values) > 1:
            base = _base([one for one, _ in asserting], newest, name)
            conflicts.append(Conflict(kind.name, newest[0][1].id, name, base, _sides(newest, name)))
            if isinstance(kind.field(name).kind, kinds.Pounds):
                # Money is never settled by a rule: it stays as both sides last had it until a person has chosen.
                fields[name] = base
    if told:
        gone = heads(assertions)
        conflicts.append(Conflict(kind.name, gone[0][1].id, EXISTENCE, fields["ref"], _sides(gone, "ref")))
    return Merged(fields, tuple(conflicts))


def _value(change: StepChange, name: str) -> Stored:
    return change.new[change.fields.index(name)] if name in change.fields else None


def _base(assertions: Sequence[Assertion], newest: Sequence[Assertion], name: str) -> Stored:
    common = [one for one in assertions if all(follows(head[0], one[0]) for head in newest)]
    return _value(max(common, key=lambda one: _order(one[0]))[1], name) if common else None


def _sides(newest: Sequence[Assertion], name: str) -> tuple[HeadValue, ...]:
    return tuple(
        HeadValue(_value(change, name), step.copy, step.number, step.who, step.moment)
        for step, change in newest
    )
