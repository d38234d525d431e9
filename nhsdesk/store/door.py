"""The one door through which everything is written: before and after compared, sealed entries refused, one step made.

Writes are gathered and go to the tables together, so that a step of 5,000 records is a few statements. They are in
the tables when the reader of the open change is asked, and at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, Update, bindparam, select

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id, KeptFile, Stored
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.records import KINDS
from nhsdesk.store import schema
from nhsdesk.store.journal import ADD, PUT, REMOVE, StepChange
from nhsdesk.store.reading import Reader, in_parts, record_of, stored_of

R = TypeVar("R", bound=Record)

Fields = Mapping[str, Stored]


@dataclass(slots=True)
class _Touched:
    """One record in this change: as it was before, as the tables have it, as it is to be (None: not there)."""

    kind: RecordKind
    before: Fields | None = None
    written: Fields | None = None
    now: Fields | None = None
    version: int = 0
    asked_version: int | None = None
    read: bool = False
    asked: bool = False


@dataclass(slots=True)
class Numbering:
    """Gives ids and references in this copy: never the same twice, even across undo."""

    copy: int
    letter: str
    counter: int
    refs: dict[str, int] = field(default_factory=dict)

    def next_id(self) -> Id:
        """The copy's number above 32 bits of counter."""
        self.counter += 1
        return Id(self.copy << 32 | self.counter)

    def next_ref(self, prefix: str) -> str:
        """`C-014` in the first copy, `C-B7` in copy B."""
        number = self.refs[prefix] = self.refs.get(prefix, 0) + 1
        return f"{prefix}-{number:03}" if self.letter == "A" else f"{prefix}-{self.letter}{number}"


class Change:
    """An open change: add, put and remove records, then leave the `with` block to commit all of it as one step."""

    def __init__(self, connection: Connection, numbering: Numbering, position: int) -> None:
        self._connection = connection
        self._position = position
        self.numbering = numbering
        self._touched: dict[int, _Touched] = {}
        self._names: list[dict[str, Any]] = []
        self._reader = Reader(connection)
        self._settled: list[StepChange] = []
        self.sealing = False

    @property
    def reader(self) -> Reader:
        """Reads what is in the file with this change's own writes."""
        self.flush()
        return self._reader

    def add(self, record: R) -> R:
        """Keeps a new record and returns it with id, version and reference."""
        kind = record.KIND
        if record.id != kinds.NEW:
            raise ValueError(f"{record.ref} is already in a file: put it")
        named = replace(
            record, id=self.numbering.next_id(), version=1, ref=self.numbering.next_ref(kind.prefix)
        )
        self._touched[named.id] = _Touched(kind, now=_checked(named), version=1, read=True, asked=True)
        self._names.append({"id": named.id, "kind": kind.name, "ref": named.ref})
        return named

    def put(self, record: R) -> R:
        """Keeps a changed record. One changed since it was read is refused, never overwritten."""
        if record.id == kinds.NEW:
            raise ValueError("a record not yet in a file: add it")
        touched = self._touch(record.KIND, record.id)
        if touched.asked_version is None and not touched.read:
            touched.asked_version = record.version
        touched.now, touched.asked = _checked(record), True
        return replace(
            record,
            version=max(touched.version, record.version) + (touched.written is not None or not touched.read),
        )

    def remove(self, record: Record) -> None:
        """Takes a record out, with what belongs to it. While others name it the whole change is refused at its end."""
        self._remove(record.KIND, (record.id,))

    def keep_bytes(self, name: str, content: bytes, sha256: str) -> KeptFile:
        """Keeps a file's bytes once and gives what a file field holds."""
        held = schema.file_bytes
        known = self._connection.execute(select(held.c.sha256).where(held.c.sha256 == sha256)).first()
        if known is None:
            self._connection.execute(held.insert(), {"sha256": sha256, "bytes": content})
        return KeptFile(name, sha256, len(content))

    def restore(self, kind: RecordKind, id_: int, now: Fields | None) -> None:
        """Writes a record's stored fields as given, or takes it away: for undo and for exchange."""
        touched = self._touch(kind, Id(id_))
        touched.now, touched.asked = now, True

    def as_stored(self, kind: RecordKind, id_: Id) -> Fields | None:
        """The stored fields of a record as this change leaves it; None when it is not there."""
        touched = self._touch(kind, id_)
        self._read_before()
        return touched.now

    def as_stored_all(self, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Fields]:
        """The stored fields of those of the records that are there, read together."""
        wanted = list(keys)
        for kind_name, id_ in wanted:
            self._touch(KINDS[kind_name], Id(id_))
        self._read_before()
        found = {(name, id_): self._touched[id_].now for name, id_ in wanted}
        return {key: fields for key, fields in found.items() if fields is not None}

    def ref_of(self, id_: int) -> str:
        """The reference an id was given, whether or not the record is still there."""
        names = schema.given_names.c
        return str(self._connection.execute(select(names.ref).where(names.id == id_)).scalar() or "An entry")

    def settle(self, kind: RecordKind, id_: int, name: str, value: Stored) -> None:
        """Says of a field changed on two sides what holds, even where that is what stands here already."""
        self.flush()
        touched = self._touch(kind, Id(id_))
        self._read_before()
        if touched.now is None:
            return
        if touched.now[name] == value:
            self._settled.append(StepChange(kind.name, id_, PUT, (name,), (value,), (value,)))
        touched.now, touched.asked = {**touched.now, name: value}, True

    # ---- at the end

    def flush(self) -> None:
        """Brings the tables up to what was asked so far."""
        self._read_before()
        self._check_versions()
        unwritten: dict[str, dict[int, _Touched]] = {}
        for id_, touched in self._touched.items():
            if touched.now != touched.written:
                unwritten.setdefault(touched.kind.name, {})[id_] = touched
        for kind_name, rows in unwritten.items():
            self._write(schema.RECORD_TABLES[kind_name], rows)
        if self._names:
            self._connection.execute(schema.given_names.insert(), self._names)
            self._names = []

    def finish(self) -> tuple[StepChange, ...]:
        """What this change came to, after the checks that need all of it."""
        self.flush()
        self._refuse_sealed()
        self._refuse_named()
        self._refuse_nothing_named()
        return self._differences() + tuple(self._settled)

    def finish_merged(self) -> tuple[StepChange, ...]:
        """What an exchange came to: sealing was weighed in the merge, and what is named was brought back by it."""
        self.flush()
        return self._differences()

    def _differences(self) -> tuple[StepChange, ...]:
        return tuple(
            change
            for id_, touched in self._touched.items()
            if (change := difference(touched.kind, id_, touched.before, touched.now)) is not None
        )

    def _touch(self, kind: RecordKind, id_: Id) -> _Touched:
        if id_ not in self._touched:
            self._touched[id_] = _Touched(kind)
        return self._touched[id_]

    def _remove(self, kind: RecordKind, ids: Iterable[Id]) -> None:
        wanted = list(ids)
        owned = self.reader.owned_by(kind.name, wanted)
        for id_ in wanted:
            touched = self._touch(kind, id_)
            touched.now, touched.asked = None, True
        for record in owned:
            if record.id not in self._touched or self._touched[record.id].now is not None:
                self._remove(record.KIND, (record.id,))

    def _read_before(self) -> None:
        unread: dict[str, list[int]] = {}
        for id_, touched in self._touched.items():
            if not touched.read:
                unread.setdefault(touched.kind.name, []).append(id_)
        for kind_name, ids in unread.items():
            self._read_kind(KINDS[kind_name], ids)

    def _read_kind(self, kind: RecordKind, ids: list[int]) -> None:
        table = schema.RECORD_TABLES[kind.name]
        for part in in_parts(ids):
            for row in self._connection.execute(select(table).where(table.c.id.in_(part))).mappings():
                touched = self._touched[row["id"]]
                touched.before = {name: row[name] for name in ("ref", *(f.name for f in kind.fields))}
                touched.written, touched.version = touched.before, row["version"]
                if not touched.asked:
                    touched.now = touched.before
        for id_ in ids:
            self._touched[id_].read = True

    def _check_versions(self) -> None:
        for touched in self._touched.values():
            asked = touched.asked_version
            if asked is None:
                continue
            if touched.before is None:
                raise errors.ChangedMeanwhile(
                    f"This {touched.kind.title.lower()} was removed meanwhile. Nothing was written. Look again."
                )
            if asked != touched.version:
                raise errors.ChangedMeanwhile(
                    f"{touched.before['ref']} was changed meanwhile. Nothing was overwritten. Read it again first."
                )
            touched.asked_version = None

    def _write(self, table: Table, rows: Mapping[int, _Touched]) -> None:
        new, changed, gone = [], [], []
        for id_, touched in rows.items():
            if touched.now is None:
                gone.append(id_)
            elif touched.written is None:
                # A record that comes back gets a version no reader of its former self can hold.
                touched.version = touched.version or self._position + 1
                new.append({"id": id_, "version": touched.version, **touched.now})
            else:
                touched.version += 1
                changed.append({"key": id_, "version": touched.version, **touched.now})
            touched.written = touched.now
        if new:
            self._connection.execute(table.insert(), new)
        if changed:
            self._connection.execute(_update(table), changed)
        for part in in_parts(gone):
            self._connection.execute(table.delete().where(table.c.id.in_(part)))

    def _refuse_sealed(self) -> None:
        for id_, touched in self._touched.items():
            if touched.before == touched.now or not may_be_sealed(touched.kind.name):
                continue
            before = _as_record(touched, id_, touched.before)
            reason = before.sealed() if before is not None else None
            reason = reason or self._owner_sealed(touched)
            if reason is not None:
                raise errors.Sealed(f"{reason} Nothing was changed.")
            after = _as_record(touched, id_, touched.now)
            if after is not None and after.sealed() is not None:
                self.sealing = True

    def _owner_sealed(self, touched: _Touched) -> str | None:
        owner = touched.kind.owner
        if owner is None or not isinstance(owner.kind, kinds.LinkTo) or not owner.kind.target:
            return None
        for held in (touched.before, touched.now):
            owner_id = held[owner.name] if held is not None else None
            if not isinstance(owner_id, int):
                continue
            known = self._touched.get(owner_id)
            kind = KINDS[owner.kind.target]
            found = (
                _as_record(known, owner_id, known.before)
                if known
                else self._reader.find(kind.cls, Id(owner_id))
            )
            if found is not None and found.sealed() is not None:
                return found.sealed()
        return None

    def _refuse_named(self) -> None:
        removed: dict[str, list[int]] = {}
        for id_, touched in self._touched.items():
            if touched.before is not None and touched.now is None:
                removed.setdefault(touched.kind.name, []).append(id_)
        problems: list[Problem] = []
        for kind_name, ids in removed.items():
            for record in self._reader.naming(kind_name, ids):
                sentence = f"{record.ref} {record.title_words()[:80]} still names it."
                problems.append(Problem(sentence, Weight.MUST_FIX, record.KIND.name, record.id))
        if problems:
            refs = ", ".join(p.sentence.split(" ", 1)[0] for p in problems[:10])
            raise errors.StillNamed(
                f"It was not removed, because {len(problems)} other entries name it: {refs}. "
                "Point them elsewhere or remove them first.",
                tuple(problems),
            )

    def _refuse_nothing_named(self) -> None:
        """A note, tag, link or list of links must name what is there; single links are the tables' own to hold."""
        for touched in self._touched.values():
            if touched.now is None or touched.now == touched.before:
                continue
            for field_ in touched.kind.fields:
                if isinstance(field_.kind, kinds.About | kinds.LinksTo):
                    held = field_.kind.load(touched.now[field_.name])
                    for id_ in held if isinstance(held, tuple) else (held,):
                        if self._reader.any_of(id_) is None:
                            raise errors.StillNamed(
                                f"{touched.now['ref']} names something that is no longer there. Nothing was written."
                            )


@cache
def _update(table: Table) -> Update:
    names = [column.name for column in table.columns if column.name != "id"]
    return (
        table.update().where(table.c.id == bindparam("key")).values({name: bindparam(name) for name in names})
    )


def difference(kind: RecordKind, id_: int, before: Fields | None, now: Fields | None) -> StepChange | None:
    """What differs between two stored forms of a record, or None when nothing does."""
    if before is None and now is None:
        return None
    if before is None and now is not None:
        names = tuple(name for name, value in now.items() if value is not None)
        return StepChange(
            kind.name, id_, ADD, names, (None,) * len(names), tuple(now[name] for name in names)
        )
    if now is None and before is not None:
        names = tuple(name for name, value in before.items() if value is not None)
        return StepChange(
            kind.name, id_, REMOVE, names, tuple(before[name] for name in names), (None,) * len(names)
        )
    assert before is not None
    assert now is not None
    names = tuple(name for name in now if now[name] != before[name])
    if not names:
        return None
    return StepChange(
        kind.name, id_, PUT, names, tuple(before[name] for name in names), tuple(now[name] for name in names)
    )


def _checked(record: Record) -> dict[str, Stored]:
    stored = stored_of(record)
    missing = [f.label for f in record.KIND.fields if f.given and stored[f.name] in (None, "")]
    if missing:
        what = " and ".join(f"“{label}”" for label in missing)
        raise errors.Incomplete(
            f"A {record.KIND.title.lower()} cannot be kept without {what}. Nothing was written."
        )
    return stored


def _as_record(touched: _Touched, id_: int, stored: Fields | None) -> Record | None:
    if stored is None:
        return None
    return record_of(touched.kind, {"id": id_, "version": touched.version, **stored})


@cache
def may_be_sealed(kind_name: str) -> bool:
    """Whether records of a kind, or what they belong to, can be sealed at all."""
    kind = KINDS[kind_name]
    if kind.cls.sealed is not Record.sealed:
        return True
    owner = kind.owner
    target = owner.kind.target if owner is not None and isinstance(owner.kind, kinds.LinkTo) else ""
    return bool(target) and may_be_sealed(target)
