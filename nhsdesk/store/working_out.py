"""Brings the records of this file to what all steps come to together, once another copy's steps have been kept.

Records that only the arriving steps touched, one after the other, are as the last of them left them. All others are
worked out from every step there is of them, so that each copy comes to the same whatever way the steps took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import Connection

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, merging, schema
from nhsdesk.store.door import Change, may_be_sealed
from nhsdesk.store.journal import ADD, PUT, REMOVE, Step, StepChange
from nhsdesk.store.merging import KEPT, Assertion, Conflict
from nhsdesk.store.naming import ids_in, links_held, named_by, owners_of
from nhsdesk.store.reading import in_parts, record_of

Key = tuple[str, int]

SILENT = ("exchange", KEPT, "copy")
"""Kinds of step that bring nothing new to a copy that has the steps they were made of."""


@dataclass(slots=True)
class Together:
    """What both sides came to: what to tell, what to hold fast, and what was worked out anew."""

    conflicts: tuple[Conflict, ...]
    kept: tuple[StepChange, ...]
    worked_out: frozenset[Key]


def bring_together(
    connection: Connection, change: Change, new: Sequence[Step], own_unseen: Sequence[Step]
) -> Together:
    """Writes into the open change what the arriving steps come to with this copy's own that they had not seen."""
    arriving = [step for step in new if step.kind not in SILENT]
    touched = _touched(arriving)
    unsettled = _of_both_sides(connection, arriving, own_unseen)
    unsettled |= _erased(connection, new, touched) | _touched(step for step in new if step.kind == KEPT)
    _take_last_words(change, touched - unsettled, arriving)
    lives = _Lives(connection, change)
    lives.work_out(unsettled, touched)
    return lives.together()


def _touched(steps: Iterable[Step]) -> set[Key]:
    return {(today.kind, today.id) for step in steps for today in _todays(step)}


def _todays(step: Step) -> Iterator[StepChange]:
    if step.schema == schema.SCHEMA_NUMBER:
        yield from step.changes
    else:
        yield from (journal.in_todays_words(change, step.schema) for change in step.changes)


# ---- records that only the arriving steps touched


def _take_last_words(change: Change, keys: set[Key], arriving: Sequence[Step]) -> None:
    now: dict[Key, dict[str, Stored] | None] = {}
    stored = change.as_stored_all(keys)
    for step in arriving:
        for made in _todays(step):
            key = (made.kind, made.id)
            if key in keys:
                _apply(now, key, made, stored.get(key))
    for (kind_name, id_), fields in now.items():
        change.restore(KINDS[kind_name], id_, fields)


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


# ---- which records have to be worked out


def _of_both_sides(connection: Connection, arriving: Sequence[Step], own_unseen: Sequence[Step]) -> set[Key]:
    """Records that two steps touched of which neither knew; lists and their owner as one where that was sealed."""
    keys = _touched(arriving) | _touched(own_unseen)
    sealing = any(step.sealing for step in (*arriving, *own_unseen))
    families = _families(connection, keys) if sealing else {}
    own = {families.get(key, key) for key in _touched(own_unseen)}
    arrived: dict[Key, list[Step]] = {}
    shared: set[Key] = set()
    for step in arriving:
        for family in {families.get(key, key) for key in _touched([step])}:
            newest = arrived.get(family, [])
            unknown = [other for other in newest if not merging.follows(step, other)]
            arrived[family] = [*unknown, step]
            if unknown or family in own:
                shared.add(family)
    if families:
        families |= _members(connection, shared)
        keys |= families.keys()
    return {key for key in keys if families.get(key, key) in shared}


def _erased(connection: Connection, new: Sequence[Step], touched: set[Key]) -> set[Key]:
    """Records of which something was erased: what another copy did not know of may not come back."""
    erasures = journal.read_changes(connection, schema.steps.c.kind == merging.ERASE)
    known = {(change.kind, change.id) for _, change in erasures}
    return known & (touched | _touched(step for step in new if step.kind == merging.ERASE))


def _families(connection: Connection, keys: Iterable[Key]) -> dict[Key, Key]:
    """Of each record that belongs to another which may be sealed, that other one."""
    owned = {key for key in keys if _owner_that_may_be_sealed(KINDS[key[0]])}
    found: dict[Key, Key] = {}
    for key, assertions in _assertions(connection, owned).items():
        kind = KINDS[key[0]]
        owner = kind.owner
        assert owner is not None
        assert isinstance(owner.kind, kinds.LinkTo)
        for _, change in assertions:
            for id_ in _values(change, owner.name):
                found[key] = (owner.kind.target, id_)
    return found


def _members(connection: Connection, owners: set[Key]) -> dict[Key, Key]:
    """All that ever belonged to those of the records that may be sealed."""
    found: dict[Key, Key] = {}
    for kind in KINDS.values():
        target = _owner_that_may_be_sealed(kind)
        if target and kind.owner is not None and any(name == target for name, _ in owners):
            for _, change in journal.read_changes(connection, schema.changes.c.kind == kind.name):
                for id_ in _values(change, kind.owner.name):
                    if (target, id_) in owners:
                        found[kind.name, change.id] = (target, id_)
    return found


def _owner_that_may_be_sealed(kind: RecordKind) -> str:
    owner = kind.owner
    target = owner.kind.target if owner is not None and isinstance(owner.kind, kinds.LinkTo) else ""
    return target if target and may_be_sealed(target) else ""


def _assertions(connection: Connection, keys: Iterable[Key]) -> dict[Key, list[Assertion]]:
    wanted = set(keys)
    found: dict[Key, list[Assertion]] = {key: [] for key in wanted}
    for part in in_parts(sorted({id_ for _, id_ in wanted})):
        where = (schema.changes.c.id.in_(part), schema.steps.c.kind.not_in(("exchange", "copy")))
        for step, change in journal.read_changes(connection, *where):
            if (change.kind, change.id) in wanted:
                found[change.kind, change.id].append((step, change))
    return {key: assertions for key, assertions in found.items() if assertions}


def _values(change: StepChange, name: str) -> tuple[int, ...]:
    return tuple(v for n, _, v in change.pairs() if n == name and isinstance(v, int))


# ---- working out


@dataclass
class _Life:
    """What is known of one record worked out: all that was said of it, what holds, and whether it is there."""

    kind: RecordKind
    everything: Sequence[Assertion]
    hold: Sequence[Assertion]
    refused: Sequence[Assertion]
    void: frozenset[merging.Named] = frozenset()
    there: bool = False
    fragile: bool = False

    @cached_property
    def merged(self) -> merging.Merged:
        """What stands in it."""
        return merging.as_if_there(self.kind, self.hold)

    @property
    def never(self) -> bool:
        """Whether it was never there: it was added to what had already been sent."""
        return not any(change.action == ADD for _, change in self.hold)


@dataclass(slots=True)
class _Lives:
    """Which records are there once every step counts, and what stands in them."""

    connection: Connection
    change: Change
    known: dict[Key, _Life] = field(default_factory=dict)
    by_id: dict[int, _Life] = field(default_factory=dict)
    gone_for_good: set[Key] = field(default_factory=set)
    removals: dict[int, tuple[StepChange, ...]] = field(default_factory=dict)

    def work_out(self, keys: set[Key], touched: set[Key]) -> None:
        """Weighs those records, then brings back what is removed in one copy and still used in the other."""
        self._weigh(keys)
        for key in keys & self.known.keys():
            life = self.known[key]
            life.there = not life.never and merging.there(life.hold)
            self._write(key)
        look = keys | touched
        while look:
            missing = self._named_and_gone(look)
            self._weigh(missing)
            hopeless = {key for key in missing if key in self.gone_for_good or self.known[key].never}
            back = (missing - hopeless) | self._gone_with_an_owner()
            for key in back:
                self._bring_back(key)
            look = back | self._drop_what_names(hopeless)

    def together(self) -> Together:
        """What is to be told and held fast."""
        conflicts: dict[tuple[int, str], Conflict] = {}
        kept = []
        self._weigh({self._sealed_owner(*key, life) for key, life in self.known.items() if life.refused})
        for (kind_name, id_), life in self.known.items():
            if life.refused:
                owner = self._sealed_owner(kind_name, id_, life)
                if not merging.decided(self.known[owner].hold, life.refused):
                    _tell(conflicts, merging.refused(KINDS[owner[0]], owner[1], life.refused))
            if not life.there:
                continue
            for conflict in life.merged.conflicts:
                _tell(conflicts, conflict)
            if merging.told(life.hold, life.void):
                _tell(conflicts, merging.existence(life.kind, life.hold))
            if life.fragile:
                ref = life.hold[0][1].new[life.hold[0][1].fields.index("ref")]
                kept.append(StepChange(kind_name, id_, PUT, ("ref",), (ref,), (ref,)))
        return Together(tuple(conflicts.values()), tuple(kept), frozenset(self.known))

    def _weigh(self, keys: Iterable[Key]) -> None:
        fresh = set(keys) - self.known.keys()
        there = {
            (kind_name, id_)
            for kind_name, ids in _by_kind(fresh).items()
            for id_ in self.change.reader.there(kind_name, ids)
        }
        for key, assertions in _assertions(self.connection, fresh).items():
            kind = KINDS[key[0]]
            hold, refused = self._before_sealing(kind, key[1], assertions)
            life = _Life(kind, assertions, hold, refused, there=key in there)
            self.known[key] = self.by_id[key[1]] = life

    def _write(self, key: Key) -> None:
        life = self.known[key]
        fields = life.merged.fields if life.there else None
        self.change.restore(life.kind, key[1], fields)

    def _bring_back(self, key: Key) -> None:
        life = self.known[key]
        life.there = life.fragile = True
        self._write(key)

    # ---- what was sent stays

    def _before_sealing(
        self, kind: RecordKind, id_: int, assertions: Sequence[Assertion]
    ) -> tuple[Sequence[Assertion], Sequence[Assertion]]:
        if not may_be_sealed(kind.name):
            return assertions, ()
        sealing = _sealing(kind, id_, assertions)
        target = _owner_that_may_be_sealed(kind)
        if target and kind.owner is not None:
            name = kind.owner.name
            owners = {(target, value) for _, change in assertions for value in _values(change, name)}
            for (owner, owner_id), found in _assertions(self.connection, owners).items():
                sealing += _sealing(KINDS[owner], owner_id, found)
        return merging.before_sealing(assertions, sealing)

    def _sealed_owner(self, kind_name: str, id_: int, life: _Life) -> Key:
        """What a person is told of: the claim, where a line of it was changed that may not be."""
        target = _owner_that_may_be_sealed(life.kind)
        if not target or life.kind.owner is None:
            return kind_name, id_
        name = life.kind.owner.name
        owners = [value for _, change in life.everything for value in _values(change, name)]
        return (target, owners[-1]) if owners else (kind_name, id_)

    # ---- what is named, and what went with its owner

    def _gone_with_an_owner(self) -> set[Key]:
        """Records removed in the step that removed their owner, where the owner stays after all."""
        candidates: set[Key] = set()
        for (kind_name, id_), life in self.known.items():
            for step, change in life.hold:
                if change.action == REMOVE:
                    candidates.add((kind_name, id_))
                    if life.there:
                        candidates |= {(c.kind, c.id) for c in self._removed_in(step) if id_ in owners_of(c)}
        self._weigh(candidates)
        return {key for key in candidates - self.gone_for_good if self._stays_with_its_owner(key)}

    def _stays_with_its_owner(self, key: Key) -> bool:
        life = self.known[key]
        void = set()
        for step, change in life.hold:
            if change.action == REMOVE:
                together = {one.id for one in self._removed_in(step)}
                owners = [id_ for id_ in owners_of(change) if id_ in together]
                if owners and all(self._is_there(id_) for id_ in owners):
                    void.add(merging.named(step))
        life.void = frozenset(void)
        return not life.there and not life.never and merging.there(life.hold, life.void)

    def _removed_in(self, step: Step) -> tuple[StepChange, ...]:
        if step.position not in self.removals:
            made = journal.changes_of(self.connection, step.position)
            todays = (journal.in_todays_words(change, step.schema) for change in made)
            self.removals[step.position] = tuple(one for one in todays if one.action == REMOVE)
        return self.removals[step.position]

    def _is_there(self, id_: int) -> bool:
        life = self.by_id.get(id_)
        return life.there if life is not None else self.change.reader.any_of(id_) is not None

    def _named_and_gone(self, look: set[Key]) -> set[Key]:
        """Of those records the ones that are gone and still named, and what they name that is gone."""
        reader = self.change.reader
        wanted: set[Key] = set()
        for kind_name, ids in _by_kind(look).items():
            present = links_held(self.connection, kind_name, ids)
            wanted |= named_by(self.connection, KINDS[kind_name], present.values())
            gone = ids - present.keys()
            if gone:
                users = (*reader.naming(kind_name, gone), *reader.owned_by(kind_name, gone))
                wanted |= {(kind_name, id_) for user in users for id_ in gone.intersection(ids_in(user))}
        found: set[Key] = set()
        for kind_name, ids in _by_kind(wanted).items():
            present = links_held(self.connection, kind_name, ids)
            found |= {(kind_name, id_) for id_ in ids - present.keys()}
        return found

    def _drop_what_names(self, hopeless: set[Key]) -> set[Key]:
        """What hangs on a record that was never there goes with it."""
        reader = self.change.reader
        dropped: set[Key] = set()
        self.gone_for_good |= hopeless
        for kind_name, id_ in hopeless:
            for record in (*reader.owned_by(kind_name, (id_,)), *reader.naming(kind_name, (id_,))):
                dropped.add((record.KIND.name, record.id))
        for key in dropped:
            self.gone_for_good.add(key)
            self.change.restore(KINDS[key[0]], key[1], None)
            if key in self.known:
                self.known[key].there = False
        return dropped


def _sealing(kind: RecordKind, id_: int, assertions: Sequence[Assertion]) -> list[Step]:
    """The steps after which a record was sealed, as their copy saw it."""
    if kind.cls.sealed is Record.sealed:
        return []
    found = []
    for step, change in assertions:
        if step.sealing and change.action != REMOVE:
            seen = [one for one in assertions if one[0] is step or merging.follows(step, one[0])]
            fields = merging.as_if_there(kind, seen).fields
            if record_of(kind, {"id": id_, "version": 1, **fields}).sealed() is not None:
                found.append(step)
    return found


def _tell(conflicts: dict[tuple[int, str], Conflict], found: Conflict) -> None:
    """Keeps what is to be told once for each field, with all its sides."""
    before = conflicts.get((found.id, found.field))
    sides = found.heads
    if before is not None:
        both = dict.fromkeys((*before.heads, *found.heads))
        sides = tuple(sorted(both, key=lambda side: (side.copy, side.number)))
    conflicts[found.id, found.field] = replace(found, heads=sides)


def _by_kind(keys: Iterable[Key]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for kind_name, id_ in keys:
        found.setdefault(kind_name, set()).add(id_)
    return found
