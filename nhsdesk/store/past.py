"""The file as it was: a copy in memory with the old values put back, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select

from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import connections, journal, schema
from nhsdesk.store.journal import ADD, REMOVE
from nhsdesk.store.reading import Reader, in_parts

_Fields = dict[str, Stored]


class Past:
    """The records as they were after a step. It is a copy: nothing it does reaches the file."""

    def __init__(self, engine: Engine, position: int, restricted: Mapping[str, frozenset[int]]) -> None:
        self._engine = engine
        self.position = position
        self._restricted = restricted
        self._withheld: frozenset[Id] = frozenset()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """The ordinary reader, over the past."""
        with self._engine.connect() as connection, connection.begin():
            reader = Reader(connection)
            reader.withheld_since = self._withheld
            yield reader

    def withhold(self, withheld: frozenset[Id]) -> None:
        """For readers who may not see what is restricted: what was so marked since is so here, and `withheld` too.

        What was removed since is as it was marked when it was removed.
        """
        self._withheld = withheld
        with self._engine.connect() as connection, connection.begin():
            for kind, ids in self._restricted.items():
                table = schema.RECORD_TABLES[kind]
                for part in in_parts(ids):
                    connection.execute(table.update().where(table.c.id.in_(part)).values(restricted=1))

    def close(self) -> None:
        """Gives its memory back."""
        self._engine.dispose()


def as_at(engine: Engine, position: int) -> Past:
    """Copies the file into memory and takes back all that came after that position."""
    memory = connections.in_memory()
    with engine.connect() as source:
        raw = source.connection.driver_connection
        assert raw is not None
        raw.backup(memory)
    copy = connections.engine_over(memory)
    with copy.connect() as connection, connection.begin():
        restricted = {kind: _restricted(connection, kind) for kind in _MAY_BE_RESTRICTED}
        for kind, id_ in _take_back(connection, position):
            restricted[kind] |= {id_}
    return Past(copy, position, restricted)


_MAY_BE_RESTRICTED = tuple(
    kind.name for kind in KINDS.values() if any(field.name == "restricted" for field in kind.fields)
)


def _restricted(connection: Connection, kind: str) -> frozenset[int]:
    """What is marked now."""
    table = schema.RECORD_TABLES[kind]
    return frozenset(connection.execute(select(table.c.id).where(table.c.restricted == 1)).scalars())


def _take_back(connection: Connection, position: int) -> set[tuple[str, int]]:
    """Gives what was removed since, and was marked as restricted when it was."""
    later = (schema.steps.c.position > position, schema.steps.c.effect == 1)
    targets: dict[tuple[str, int], _Fields | None] = {}
    was_whole: set[tuple[str, int]] = set()
    removed: set[tuple[str, int]] = set()
    for _, change in journal.read_changes(connection, *later, newest_first=True):
        key = (change.kind, change.id)
        if change.action == ADD:
            targets[key] = None
            was_whole.discard(key)
        elif change.action == REMOVE:
            if key not in targets and ("restricted", 1) in zip(change.fields, change.old, strict=True):
                removed.add(key)
            targets[key] = dict(zip(change.fields, change.old, strict=True))
            was_whole.add(key)
        else:
            held = targets.get(key)
            fields = {} if held is None else held
            fields.update(zip(change.fields, change.old, strict=True))
            targets[key] = fields
    for table, came in ((schema.changes, schema.changes.c.step), (schema.steps, schema.steps.c.position)):
        connection.execute(table.delete().where(came > position))
    for kind in KINDS.values():
        _put_back(
            connection, kind, {id_: t for (name, id_), t in targets.items() if name == kind.name}, was_whole
        )
    return removed


def _put_back(
    connection: Connection,
    kind: RecordKind,
    targets: Mapping[int, _Fields | None],
    whole: set[tuple[str, int]],
) -> None:
    table = schema.RECORD_TABLES[kind.name]
    absent = [id_ for id_, fields in targets.items() if fields is None or (kind.name, id_) in whole]
    for part in in_parts(absent):
        connection.execute(table.delete().where(table.c.id.in_(part)))
    back = [
        (id_, fields) for id_, fields in targets.items() if fields is not None and (kind.name, id_) in whole
    ]
    if back:
        blank: _Fields = {"ref": "", **{field.name: None for field in kind.fields}}
        rows: list[dict[str, Any]] = [{"id": id_, "version": 1, **blank, **fields} for id_, fields in back]
        connection.execute(table.insert(), rows)
    by_names: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for id_, fields in targets.items():
        if fields and (kind.name, id_) not in whole:
            row = {f"to_{name}": value for name, value in fields.items()}
            by_names.setdefault(tuple(sorted(fields)), []).append({"key": id_, **row})
    for names, changed in by_names.items():
        update = table.update().where(table.c.id == bindparam("key"))
        connection.execute(update.values({name: bindparam(f"to_{name}") for name in names}), changed)
