"""The one door through which everything is written: before and after compared, sealed entries refused, one step made.

Writes are gathered and go to the tables together, so that a step of 5,000 records is a few statements. They are in
the tables when the reader of the open change is asked, and at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.kinds import Id, KeptFile, Stored
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.records import KINDS
from nhsdesk.store import schema
from nhsdesk.store.journal import PUT, Fields, StepChange, difference
from nhsdesk.store.patient_data import Watch
from nhsdesk.store.reading import Reader, in_parts, record_of, stored_of, values_of

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class _Touched:
    """One record in this change: as it was before, as the tables have it, as it is to be (None: not there)."""

    kind: RecordKind
    before: Fields | None = None
    written: Fields | None = None
    now: Fields | None = None
    version: int = 0
    read: bool = False
    asked: bool = False

    @property
    def version_after(self) -> int:
        """Its version once this change is kept; one that was there counts up only when something differs."""
        return self.version + (self.before is not None and self.now != self.before)


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

    def __init__(self, connection: Connection, numbering: Numbering, position: int, watch: Watch) -> None:
        self._connection = connection
        self._position = position
        self.numbering = numbering
        self.watch = watch
        self._touched: dict[int, _Touched] = {}
        self._unread: dict[str, list[int]] = {}
        self._unwritten: dict[int, _Touched] = {}
        self._taken_out: dict[str, list[int]] = {}
        self._names: list[tuple[object, ...]] = []
        self._reader = Reader(connection)
        self._settled: list[StepChange] = []
        self.sealing = False
        self.today: date | None = None
        """None for undo and the store's own work: what was there once may come back."""

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
        named = _named(record, self.numbering.next_id(), 1, self.numbering.next_ref(kind.prefix))
        stored = _checked(named)
        self.watch.let_by(kind, stored)
        touched = self._touched[named.id] = _Touched(kind, None, None, stored, 1, True, True)
        self._unwritten[named.id] = touched
        self._names.append((named.id, kind.name, named.ref))
        return named

    def put(self, record: R) -> R:
        """Keeps a changed record. One changed since it was read is refused, never overwritten.

        Before many of them, `as_stored_all` reads them together.
        """
        if record.id == kinds.NEW:
            raise ValueError("a record not yet in a file: add it")
        touched = self._touch(record.KIND, record.id)
        self._read_before()
        stored = _checked(record)
        if touched.now is None:
            raise errors.ChangedMeanwhile(
                f"This {_in_a_sentence(record.KIND)} was removed meanwhile. Nothing was written. Look again."
            )
        if record.version != touched.version_after:
            raise errors.ChangedMeanwhile(
                f"{touched.now['ref']} was changed meanwhile. Nothing was overwritten. Read it again first."
            )
        if stored["ref"] != touched.now["ref"]:
            raise ValueError(f"{touched.now['ref']} keeps its reference")
        self.watch.let_by(record.KIND, stored, touched.now, record.id)
        self._ask(touched, record.id, stored)
        version = touched.version_after
        return record if version == record.version else _named(record, record.id, version, record.ref)

    def remove(self, record: Record) -> None:
        """Takes a record out, with what belongs to it. While others name it the whole change is refused at its end."""
        if record.id == kinds.NEW:
            raise ValueError("a record not yet in a file cannot be removed")
        self._take_out(record.KIND, record.id)

    def keep_bytes(self, name: str, content: bytes, sha256: str) -> KeptFile:
        """Keeps a file's bytes once and gives what a file field holds."""
        held = schema.file_bytes
        known = self._connection.execute(select(held.c.sha256).where(held.c.sha256 == sha256)).first()
        if known is None:
            self._connection.execute(held.insert(), {"sha256": sha256, "bytes": content})
        return KeptFile(name, sha256, len(content))

    def restore(self, kind: RecordKind, id_: int, now: Fields | None) -> None:
        """Writes a record's stored fields as given, or takes it away: for undo and for exchange."""
        self._ask(self._touch(kind, Id(id_)), id_, now)

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
        """Says of a field changed on two sides what holds, even where that is what stands here already.

        With no name it says that a record removed on one side stays.
        """
        touched = self._touch(kind, Id(id_))
        self._read_before()
        if touched.now is None:
            return
        if not name:
            name, value = "ref", touched.now["ref"]
        if touched.now[name] == value:
            self._settled.append(StepChange(kind.name, id_, PUT, (name,), (value,), (value,)))
        self._ask(touched, id_, {**touched.now, name: value})

    # ---- at the end

    def flush(self) -> None:
        """Brings the tables up to what was asked so far, with what goes with the records that were taken out."""
        self._write_asked()
        while self._taken_out:
            gone, self._taken_out = self._taken_out, {}
            for kind_name, ids in gone.items():
                for record in self._reader.owned_by(kind_name, ids):
                    self._take_out(record.KIND, record.id)
            self._write_asked()

    def finish(self) -> tuple[StepChange, ...]:
        """What this change came to, after the checks that need all of it."""
        self.flush()
        self._refuse_sealed()
        if self.today is not None:
            self._refuse_not_ready(self.today)
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
            if (change := difference(touched.kind.name, id_, touched.before, touched.now)) is not None
        )

    def _touch(self, kind: RecordKind, id_: Id) -> _Touched:
        if id_ not in self._touched:
            self._touched[id_] = _Touched(kind)
            self._unread.setdefault(kind.name, []).append(id_)
        return self._touched[id_]

    def _ask(self, touched: _Touched, id_: int, now: Fields | None) -> None:
        touched.now, touched.asked = now, True
        self._unwritten[id_] = touched

    def _take_out(self, kind: RecordKind, id_: Id) -> None:
        self._ask(self._touch(kind, id_), id_, None)
        self._taken_out.setdefault(kind.name, []).append(id_)

    def _read_before(self) -> None:
        unread, self._unread = self._unread, {}
        for kind_name, ids in unread.items():
            table = schema.RECORD_TABLES[kind_name]
            names = [column.name for column in table.columns][2:]
            for part in in_parts(ids):
                for id_, version, *stored in self._rows(table, part):
                    touched = self._touched[id_]
                    touched.before = touched.written = dict(zip(names, stored, strict=True))
                    touched.version = version
                    if not touched.asked:
                        touched.now = touched.before
            for id_ in ids:
                self._touched[id_].read = True

    def _rows(self, table: Table, ids: Sequence[int]) -> Iterable[Sequence[Any]]:
        if len(ids) == 1:
            found = schema.row_with(self._connection, table, ids[0])
            return () if found is None else (found,)
        return self._connection.execute(select(table).where(table.c.id.in_(ids)))

    def _write_asked(self) -> None:
        self._read_before()
        by_kind: dict[str, dict[int, _Touched]] = {}
        for id_, touched in self._unwritten.items():
            if touched.now != touched.written:
                by_kind.setdefault(touched.kind.name, {})[id_] = touched
        self._unwritten = {}
        for kind_name, rows in by_kind.items():
            self._write(schema.RECORD_TABLES[kind_name], rows)
        schema.insert(self._connection, schema.given_names, self._names)
        self._names = []

    def _write(self, table: Table, rows: Mapping[int, _Touched]) -> None:
        new: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        gone: list[int] = []
        changed: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        for id_, touched in rows.items():
            now, written = touched.now, touched.written
            if now is None:
                gone.append(id_)
            elif written is None:
                # A record that comes back gets a version no reader of its former self can hold.
                touched.version = touched.version or self._position + 1
                there = {name: value for name, value in now.items() if value is not None}
                new.setdefault(("id", "version", *there), []).append(
                    (id_, touched.version_after, *there.values())
                )
            else:
                names = tuple(name for name in now if now[name] != written[name])
                row = (touched.version_after, *(now[name] for name in names), id_)
                changed.setdefault(("version", *names), []).append(row)
            touched.written = now
        for named, added in new.items():
            schema.insert_some(self._connection, table, named, added)
        for altered, changes in changed.items():
            schema.update(self._connection, table, altered, changes)
        for part in in_parts(gone):
            self._connection.execute(table.delete().where(table.c.id.in_(part)))

    # ---- what is refused

    def _refuse_sealed(self) -> None:
        owners: dict[int, str | None] = {}
        for id_, touched in self._touched.items():
            if not may_be_sealed(touched.kind.name) or touched.before == touched.now:
                continue
            before = _as_record(touched, id_, touched.before)
            reason = before.sealed() if before is not None else None
            reason = reason or self._owner_sealed(touched, owners)
            if reason is not None:
                raise errors.Sealed(f"{reason} Nothing was changed.")
            after = _as_record(touched, id_, touched.now)
            if after is not None and after.sealed() is not None:
                self.sealing = True

    def _refuse_not_ready(self, today: date) -> None:
        """What may not become what it is to be, by its own rule."""
        for id_, touched in list(self._touched.items()):
            if touched.kind.cls.refused is Record.refused or touched.before == touched.now:
                continue
            before, after = (_as_record(touched, id_, held) for held in (touched.before, touched.now))
            if after is not None and (why := after.refused(before, self._reader, today)) is not None:
                raise errors.Incomplete(f"{why.sentence} Nothing was changed.")

    def _owner_sealed(self, touched: _Touched, known: dict[int, str | None]) -> str | None:
        owner = touched.kind.owner
        if owner is None or not isinstance(owner.kind, kinds.LinkTo) or not owner.kind.target:
            return None
        for held in (touched.before, touched.now):
            owner_id = held[owner.name] if held is not None else None
            if not isinstance(owner_id, int):
                continue
            if owner_id not in known:
                known[owner_id] = self._sealed_before(KINDS[owner.kind.target], owner_id)
            if known[owner_id] is not None:
                return known[owner_id]
        return None

    def _sealed_before(self, kind: RecordKind, id_: int) -> str | None:
        """Why a record was sealed before this change began."""
        touched = self._touched.get(id_)
        found = (
            self._reader.find(kind.cls, Id(id_))
            if touched is None
            else _as_record(touched, id_, touched.before)
        )
        return None if found is None else found.sealed()

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
        """What a link names for the first time must be there at the end."""
        asked: dict[str, dict[int, str]] = {}
        for touched in self._touched.values():
            if touched.now is None or touched.now == touched.before:
                continue
            for field_, target in _links(touched.kind):
                value = touched.now[field_.name]
                if value is None or (touched.before is not None and touched.before[field_.name] == value):
                    continue
                for id_ in _ids(field_, value):
                    asked.setdefault(target, {})[id_] = f"“{field_.label}” of {touched.now['ref']}"
        for target, named in asked.items():
            for id_ in named.keys() - self._reader.there(target, named):
                raise errors.StillNamed(
                    f"{named[id_]} names something that is no longer there. Nothing was written. Choose another."
                )


@cache
def _links(kind: RecordKind) -> tuple[tuple[Field, str], ...]:
    """The fields that name other records, with the kind each names; empty for any kind."""
    return tuple(
        (field_, field_.kind.target)
        for field_ in kind.fields
        if isinstance(field_.kind, kinds.LinkTo | kinds.LinksTo)
    )


def _ids(field_: Field, stored: Stored) -> Iterator[int]:
    held = field_.kind.load(stored)
    yield from held if isinstance(held, tuple) else (held,)


def _named(record: R, id_: Id, version: int, ref: str) -> R:
    """What `dataclasses.replace` gives, in a third of its time."""
    return type(record)(id=id_, version=version, ref=ref, **values_of(record))


def _checked(record: Record) -> dict[str, Stored]:
    try:
        stored = stored_of(record)
    except UnicodeEncodeError:
        raise errors.DeskError(
            f"This {_in_a_sentence(record.KIND)} holds half a letter, which no file can keep. Nothing was written. "
            "Type those words again."
        ) from None
    missing = [label for name, label in _given(record.KIND) if stored[name] is None or _blank(stored[name])]
    if missing:
        what = " and ".join(f"“{label}”" for label in missing)
        raise errors.Incomplete(
            f"This {_in_a_sentence(record.KIND)} cannot be kept without {what}. Nothing was written."
        )
    return stored


@cache
def _given(kind: RecordKind) -> tuple[tuple[str, str], ...]:
    return tuple((field_.name, field_.label) for field_ in kind.fields if field_.given)


def _blank(stored: Stored) -> bool:
    return isinstance(stored, str) and (not stored or stored.isspace())


def _in_a_sentence(kind: RecordKind) -> str:
    """Its title inside a sentence: "commitment", but "ARRS post"."""
    return kind.title if kind.title[:2].isupper() else kind.title[:1].lower() + kind.title[1:]


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
