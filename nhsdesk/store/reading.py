"""Reads records: the same reader for the file, for an open change and for the file as it was."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, select

from nhsdesk import errors
from nhsdesk.domain import kinds
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.taken_over import AdoptedKind, TakenOver
from nhsdesk.store import schema

R = TypeVar("R", bound=Record)

MANY = 500
"""How many ids go into one select; SQLite takes 32,766."""


def in_parts(ids: Iterable[int], size: int = MANY) -> Iterator[Sequence[int]]:
    """The ids in lists short enough for one select."""
    held = list(ids)
    for start in range(0, len(held), size):
        yield held[start : start + size]


@cache
def _loaders(kind: RecordKind) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
    """For each field its name, what loads it, and what it holds where it is empty, as most are."""
    return tuple((field.name, _loader(field.kind), field.kind.load(None)) for field in kind.fields)


def _loader(kind: kinds.Kind) -> Callable[[Any], Any]:
    """A choice is looked up, which takes a fifth of the time of asking its class."""
    if isinstance(kind, kinds.OneOf):
        return {choice.value: choice for choice in kind.choices}.__getitem__
    return kind.load


@cache
def _counted(of: tuple[type[Record], ...]) -> Select[Any]:
    tables = (schema.RECORD_TABLES[cls.KIND.name] for cls in of)
    each = (select(func.count()).select_from(table).scalar_subquery() for table in tables)
    return select(functools.reduce(operator.add, each))


@cache
def _names(kind: RecordKind) -> tuple[str, ...]:
    return tuple(field.name for field in kind.fields)


@cache
def _getter(kind: RecordKind) -> Callable[[Record], tuple[Any, ...]]:
    if len(kind.fields) == 1:
        return lambda record: (getattr(record, kind.fields[0].name),)
    return attrgetter(*_names(kind))


@cache
def _storers(kind: RecordKind) -> tuple[tuple[str, Callable[[Any], Stored]], ...]:
    return tuple((field.name, field.kind.store) for field in kind.fields)


def record_of(kind: RecordKind, row: Row[Any] | dict[str, Any]) -> Record:
    """The record of a stored row."""
    held = row if isinstance(row, dict) else row._mapping
    try:
        values = {
            name: empty if (stored := held[name]) is None else load(stored)
            for name, load, empty in _loaders(kind)
        }
    except (ValueError, TypeError, LookupError, ArithmeticError):
        raise errors.Damaged(
            f"{held['ref']} cannot be read: it was changed outside the program, or the disk is damaged. It was left as "
            "it is. Restore the newest backup."
        ) from None
    return kind.cls(id=Id(held["id"]), version=held["version"], ref=held["ref"], **values)


def stored_of(record: Record) -> dict[str, Stored]:
    """The stored form of a record's fields, its `ref` among them; `id` and `version` apart."""
    stored: dict[str, Stored] = {"ref": record.ref}
    kind = record.KIND
    for (name, store), value in zip(_storers(kind), _getter(kind)(record), strict=True):
        stored[name] = None if value is None else store(value)
    return stored


def values_of(record: Record) -> dict[str, Any]:
    """A record's declared fields; `id`, `version` and `ref` apart."""
    kind = record.KIND
    return dict(zip(_names(kind), _getter(kind)(record), strict=True))


class Reader:
    """One consistent view of the records."""

    withheld_since: frozenset[Id] = frozenset()
    """Of a view of the past: what a link or a field has come to join to something restricted by now."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, cls: type[R], id_: Id) -> R:
        """The record with that id; LookupError where it is not, or no longer, there."""
        found = self.find(cls, id_)
        if found is None:
            raise LookupError(f"no {cls.KIND.title.lower()} with id {id_}")
        return found

    def find(self, cls: type[R], id_: Id | None) -> R | None:
        """The record with that id, or None."""
        if id_ is None:
            return None
        table = schema.RECORD_TABLES[cls.KIND.name]
        row = self.connection.execute(select(table).where(table.c.id == id_)).first()
        return None if row is None else self._made(cls, row)

    def all(self, cls: type[R], **equal: Any) -> tuple[R, ...]:
        """Every record of a kind whose fields hold those values, in the order they were added."""
        table = schema.RECORD_TABLES[cls.KIND.name]
        asked = select(table).order_by(table.c.id)
        for name, value in equal.items():
            asked = asked.where(table.c[name] == cls.KIND.field(name).kind.store(value))
        return tuple(self._made(cls, row) for row in self.connection.execute(asked))

    def counting(self, cls: type[R], **equal: Any) -> tuple[R, ...]:
        """The same, but for what came in another PCN's pack and nobody here has confirmed: that counts nowhere."""
        found = self.all(cls, **equal)
        aside = self.not_confirmed() if found else frozenset()
        return tuple(one for one in found if one.id not in aside) if aside else found

    def not_confirmed(self) -> frozenset[Id]:
        """What came in another PCN's pack and was not confirmed by us."""
        table = schema.RECORD_TABLES[TakenOver.KIND.name]
        asked = select(table.c.on).where(table.c.standing != AdoptedKind.CONFIRMED.value)
        return frozenset(Id(one) for one in self.connection.execute(asked).scalars())

    def ids(self, cls: type[Record], **equal: Any) -> frozenset[Id]:
        """The ids of a kind whose fields hold those values, without reading the records."""
        table = schema.RECORD_TABLES[cls.KIND.name]
        asked = select(table.c.id)
        for name, value in equal.items():
            asked = asked.where(table.c[name] == cls.KIND.field(name).kind.store(value))
        return frozenset(Id(one) for one in self.connection.execute(asked).scalars())

    def several(self, cls: type[R], ids: Iterable[int]) -> dict[Id, R]:
        """The records with those ids that are there, by id."""
        table = schema.RECORD_TABLES[cls.KIND.name]
        found: dict[Id, R] = {}
        for part in in_parts(dict.fromkeys(ids)):
            for row in self.connection.execute(select(table).where(table.c.id.in_(part))):
                found[Id(row.id)] = self._made(cls, row)
        return found

    def hanging_on(self, cls: type[R], name: str, ids: Iterable[int]) -> tuple[R, ...]:
        """The records of a kind whose link of that name is one of these, in the order they were added."""
        found = {Id(one.id): one for one in self._holding(cls.KIND, name, list(ids)) if isinstance(one, cls)}
        return tuple(found[id_] for id_ in sorted(found))

    def count(self, *of: type[Record]) -> int:
        """How many there are of some kinds together, asked at once."""
        return int(self.connection.execute(_counted(of)).scalar_one())

    def by_ref(self, ref: str) -> Record | None:
        """The record with that reference, whatever its kind; None where it was removed or never given."""
        given = self.given_name(ref)
        return None if given is None else self.find(KINDS[given[0]].cls, Id(given[1]))

    def given_name(self, ref: str) -> tuple[str, int] | None:
        """Kind and id to which a reference was given, whether or not the record is still there."""
        names = schema.given_names
        row = self.connection.execute(
            select(names).where(names.c.ref == whole_letters(ref).strip().upper())
        ).first()
        return None if row is None else (row.kind, row.id)

    def kind_of(self, id_: int) -> RecordKind | None:
        """The kind to which an id was given."""
        names = schema.given_names
        kind = self.connection.execute(select(names.c.kind).where(names.c.id == id_)).scalar()
        if kind is not None and kind not in KINDS:
            raise errors.Damaged(
                "The file is damaged: it names a kind of entry there is not. It was left as it is. Restore the newest "
                "backup."
            )
        return None if kind is None else KINDS[kind]

    def any_of(self, id_: int) -> Record | None:
        """The record with that id, whatever its kind."""
        kind = self.kind_of(id_)
        return None if kind is None else self.find(kind.cls, Id(id_))

    def there(self, kind_name: str, ids: Iterable[int]) -> set[int]:
        """Those of the ids that are in the file as that kind; as any kind where its name is empty."""
        found: set[int] = set()
        for name, listed in self._by_kind(kind_name, ids).items():
            table = schema.RECORD_TABLES[name]
            for part in in_parts(listed):
                found.update(
                    self.connection.execute(select(table.c.id).where(table.c.id.in_(part))).scalars()
                )
        return found

    def naming(self, kind_name: str, ids: Iterable[int]) -> tuple[Record, ...]:
        """The records that name one of these and would not go with it."""
        wanted = list(ids)
        found: dict[int, Record] = {}
        for kind in KINDS.values():
            for field in kind.fields:
                if isinstance(field.kind, kinds.LinkTo) and field.kind.target == kind_name:
                    for record in self._holding(kind, field.name, wanted):
                        found[record.id] = record
                if isinstance(field.kind, kinds.LinksTo) and field.kind.target == kind_name:
                    for record in self._listing(kind, field.name, wanted):
                        found[record.id] = record
        return tuple(found.values())

    def pointing_at(self, kind_name: str, ids: Iterable[int]) -> frozenset[int]:
        """The ids of the records that name one of these without belonging to it."""
        wanted = list(ids)
        found: set[int] = set()
        for kind in KINDS.values():
            for field in kind.fields:
                if isinstance(field.kind, kinds.LinksTo) and field.kind.target == kind_name:
                    found.update(record.id for record in self._listing(kind, field.name, wanted))
                elif (
                    isinstance(field.kind, kinds.LinkTo)
                    and field.kind.target == kind_name
                    and not field.kind.owned
                ):
                    found.update(self._ids_holding(kind, field.name, wanted))
        return frozenset(found)

    def owned_by(self, kind_name: str, ids: Iterable[int]) -> tuple[Record, ...]:
        """The records that belong to one of these and go with it: list entries, notes, tags, links."""
        wanted = list(ids)
        found: dict[int, Record] = {}
        for kind in KINDS.values():
            for field in kind.fields:
                if (
                    isinstance(field.kind, kinds.LinkTo)
                    and field.kind.owned
                    and field.kind.target in ("", kind_name)
                ):
                    for record in self._holding(kind, field.name, wanted):
                        found[record.id] = record
        return tuple(found.values())

    def kept_bytes(self, sha256: str) -> bytes | None:
        """The bytes of a kept file."""
        held = schema.file_bytes
        found = self.connection.execute(select(held.c.bytes).where(held.c.sha256 == sha256)).scalar()
        return None if found is None else bytes(found)

    def kept_hashes(self, wanted: Iterable[str]) -> frozenset[str]:
        """Those of the SHA-256s whose bytes are kept."""
        held = schema.file_bytes.c.sha256
        every = list(dict.fromkeys(wanted))
        found: set[str] = set()
        for start in range(0, len(every), MANY):
            part = every[start : start + MANY]
            found.update(self.connection.execute(select(held).where(held.in_(part))).scalars())
        return frozenset(found)

    def _by_kind(self, kind_name: str, ids: Iterable[int]) -> dict[str, list[int]]:
        if kind_name:
            return {kind_name: list(ids)}
        names, found = schema.given_names.c, dict[str, list[int]]()
        for part in in_parts(ids):
            for id_, kind in self.connection.execute(select(names.id, names.kind).where(names.id.in_(part))):
                found.setdefault(kind, []).append(id_)
        return found

    def _holding(self, kind: RecordKind, name: str, ids: Sequence[int]) -> Iterator[Record]:
        table = schema.RECORD_TABLES[kind.name]
        for part in in_parts(ids):
            for row in self.connection.execute(select(table).where(table.c[name].in_(part))):
                yield record_of(kind, row)

    def _ids_holding(self, kind: RecordKind, name: str, ids: Sequence[int]) -> Iterator[int]:
        table = schema.RECORD_TABLES[kind.name]
        for part in in_parts(ids):
            yield from self.connection.execute(select(table.c.id).where(table.c[name].in_(part))).scalars()

    def _listing(self, kind: RecordKind, name: str, ids: Sequence[int]) -> Iterator[Record]:
        table = schema.RECORD_TABLES[kind.name]
        wanted = {Id(one) for one in ids}
        for row in self.connection.execute(select(table).where(table.c[name].is_not(None))):
            record = record_of(kind, row)
            if wanted.intersection(getattr(record, name)):
                yield record

    def _made(self, cls: type[R], row: Row[Any]) -> R:
        made = record_of(cls.KIND, row)
        assert isinstance(made, cls)
        return made
