"""What two copies come to together: a pure function of the steps, the same whichever order they arrived in.

Every change to a field is an assertion. One assertion follows another when its copy had seen it. The assertions that
nothing follows are the heads of the field: one head, or heads that agree, is its value; heads that differ are a
conflict with base, mine and theirs. What was removed in one copy and changed in another without knowing stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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

KEPT = "kept"
"""The kind of a step that holds fast what was removed in one copy and used in another."""

ERASE = "erase"

Named = tuple[int, int]
"""A step by its copy and number."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A record's stored fields and what the two sides do not agree on."""

    fields: dict[str, Stored]
    conflicts: tuple[Conflict, ...] = ()


def named(step: Step) -> Named:
    """The step's own name."""
    return step.copy, step.number


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


# ---- whether it is there


def there(assertions: Sequence[Assertion], void: Collection[Named] = ()) -> bool:
    """Whether something was said of a record that no removal knew of. Removals in `void` steps do not count."""
    gone = _gone(assertions, void)
    said = [one for one in assertions if one[1].action != REMOVE]
    return any(not any(_overrules(removal, one, assertions) for removal in gone) for one in said)


def told(assertions: Sequence[Assertion], void: Collection[Named] = ()) -> bool:
    """Of a record that is there: whether a removal stands against it that nobody has since decided about."""
    gone = _gone(assertions, void)
    return bool(gone) and not decided(assertions, gone)


def decided(assertions: Sequence[Assertion], about: Sequence[Assertion]) -> bool:
    """Whether a person who knew of all of those has since said something of the record."""
    people = [step for step, change in assertions if change.action != REMOVE and step.kind != KEPT]
    return any(all(follows(step, one[0]) for one in about) for step in people)


def existence(kind: RecordKind, assertions: Sequence[Assertion]) -> Conflict:
    """What to tell of a record removed in one copy and used in another: each side's ref, None where it removed."""
    people = heads(one for one in assertions if one[0].kind != KEPT)
    ref = next(_value(change, "ref") for _, change in assertions if change.action == ADD)
    sides = tuple(_side(step, None if change.action == REMOVE else ref) for step, change in people)
    return Conflict(kind.name, people[0][1].id, EXISTENCE, ref, sides)


def _gone(assertions: Sequence[Assertion], void: Collection[Named]) -> tuple[Assertion, ...]:
    return heads(one for one in assertions if one[1].action == REMOVE and named(one[0]) not in void)


def _overrules(removal: Assertion, one: Assertion, assertions: Sequence[Assertion]) -> bool:
    """Whether who removed it knew of the assertion, or of all that a step which held it fast knew of it."""
    if follows(removal[0], one[0]):
        return True
    if one[0].kind != KEPT or follows(one[0], removal[0]):
        return False
    known = (other for other in assertions if other[0].kind != KEPT and follows(one[0], other[0]))
    return all(follows(removal[0], other[0]) for other in known)


# ---- what was sent stays as it was sent


def before_sealing(
    assertions: Sequence[Assertion], sealing: Sequence[Step]
) -> tuple[tuple[Assertion, ...], tuple[Assertion, ...]]:
    """What holds of a sealed record, and what was changed elsewhere unknowing: what was sent stays as it was sent.

    Erasing is for the law, and holds whatever was sent.
    """
    if not sealing:
        return tuple(assertions), ()
    first = min(sealing, key=_order)
    hold: list[Assertion] = []
    unknowing: list[Assertion] = []
    for one in assertions:
        step = one[0]
        knew = named(step) == named(first) or follows(first, step) or follows(step, first)
        (hold if knew or step.kind == ERASE else unknowing).append(one)
    return tuple(hold), tuple(unknowing)


def refused(kind: RecordKind, id_: int, changes: Sequence[Assertion]) -> Conflict:
    """What to tell of changes that do not hold because the record, or what it belongs to, had been sealed."""
    sides = tuple(_side(step, _value(change, "ref")) for step, change in heads(changes))
    return Conflict(kind.name, id_, EXISTENCE, None, sides)


# ---- what stands in it


def as_if_there(kind: RecordKind, assertions: Sequence[Assertion]) -> Merged:
    """The record's fields whatever removals say."""
    said = [one for one in assertions if one[1].action != REMOVE and one[0].kind != KEPT]
    begun = heads(one for one in said if one[1].action == ADD)
    fields: dict[str, Stored] = {"ref": None, **{field.name: None for field in kind.fields}}
    if len(begun) == 1:
        fields.update(zip(begun[0][1].fields, begun[0][1].new, strict=True))
        unsure = {name for _, change in said if change.action != ADD for name in change.fields}
        unsure.update(name for name in begun[0][1].fields if not _asserts(begun[0], name))
    else:
        unsure = set(fields)
    conflicts: list[Conflict] = []
    for name in fields:
        if name in unsure:
            fields[name], conflict = _settled(kind, name, [one for one in said if _asserts(one, name)])
            if conflict is not None:
                conflicts.append(conflict)
    return Merged(fields, tuple(conflicts))


def _settled(kind: RecordKind, name: str, asserting: Sequence[Assertion]) -> tuple[Stored, Conflict | None]:
    newest = heads(asserting)
    if not newest:
        return None, None
    common = heads(one for one in asserting if all(follows(head[0], one[0]) for head in newest))
    meant = [head for head in newest if not _only_takes_back(head, common, name)] or list(newest)
    values = dict.fromkeys(_value(change, name) for _, change in meant)
    value = _value(meant[-1][1], name)
    if len(values) == 1:
        return value, None
    base = _value(common[-1][1], name) if common else None
    sides = tuple(_side(step, _value(change, name)) for step, change in newest)
    conflict = Conflict(kind.name, newest[0][1].id, name, base, sides)
    if isinstance(kind.field(name).kind, kinds.Pounds):
        # Money is never settled by a rule: it stays as both sides last had it until a person has chosen.
        return base, conflict
    return value, conflict


def _only_takes_back(head: Assertion, common: Sequence[Assertion], name: str) -> bool:
    """Whether a head is an undo that left the field as both sides last had it, so that it says nothing."""
    before = {_value(change, name) for _, change in common}
    return head[0].kind == "undo" and before == {_value(head[1], name)}


def _asserts(one: Assertion, name: str) -> bool:
    """Whether a change says what stands in a field; erased values say nothing."""
    step, change = one
    if name in change.fields:
        return step.kind == ERASE or not change.erased(change.fields.index(name))
    return change.action == ADD


def _value(change: StepChange, name: str) -> Stored:
    return change.new[change.fields.index(name)] if name in change.fields else None


def _side(step: Step, value: Stored) -> HeadValue:
    return HeadValue(value, step.copy, step.number, step.who, step.moment)
