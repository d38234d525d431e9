"""The tables: one for each kind of record, made from its declared fields, and those of the journal around them.

`SCHEMA_NUMBER` counts the migrations; it is the file's `user_version`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, repeat
from operator import is_not
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    UniqueConstraint,
    Update,
    bindparam,
    create_mock_engine,
)
from sqlalchemy.schema import ExecutableDDLElement

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.records import KINDS

SCHEMA_NUMBER = 6

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_metadata = MetaData(naming_convention=NAMING)

Whole = BigInteger().with_variant(Integer(), "sqlite")


def _plain(name: str, *columns: Column[object] | Index | UniqueConstraint) -> Table:
    return Table(name, _metadata, *columns, sqlite_strict=True)


def _column(field: Field) -> Column[object]:
    type_ = Whole if field.kind.column == "INTEGER" else Text()
    target = field.kind.target if isinstance(field.kind, kinds.LinkTo) else ""
    if target:
        to = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
        return Column(field.name, type_, to, nullable=not field.given, index=True)
    about = isinstance(field.kind, kinds.About)
    return Column(field.name, type_, nullable=not field.given, index=about or None)


def record_table(kind: RecordKind, among: MetaData) -> Table:
    """The table of a kind of record: what every record has, then a column for each declared field."""
    return Table(
        kind.name,
        among,
        Column("id", Whole, primary_key=True, autoincrement=False),
        Column("version", Whole, nullable=False),
        Column("ref", Text(), nullable=False, unique=True),
        *(_column(field) for field in kind.fields),
        sqlite_strict=True,
    )


class _RecordTables(Mapping[str, Table]):
    """The tables of the record kinds by name, each made when it is first asked for, so that no window waits for all."""

    def __init__(self) -> None:
        self._made: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = record_table(KINDS[name], _metadata)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


RECORD_TABLES = _RecordTables()


def metadata() -> MetaData:
    """All tables there are, those of every record kind among them."""
    for name in RECORD_TABLES:
        RECORD_TABLES[name]
    return _metadata


def create(connection: Connection) -> None:
    """Makes all tables in an empty file."""
    for words in _creating():
        _cursor(connection).execute(words)


@cache
def _creating() -> tuple[str, ...]:
    """The words that make all tables and what finds in them, in an order in which they can be made."""
    made: list[str] = []

    def keep(asked: ExecutableDDLElement, *_: object, **__: object) -> None:
        made.append(str(asked.compile(dialect=words.dialect)))

    words = create_mock_engine("sqlite://", keep)
    metadata().create_all(words, checkfirst=False)
    return tuple(made)


@cache
def columns_wanted() -> frozenset[tuple[str, str]]:
    """Table and column of everything a file must hold."""
    of_records = {
        (kind.name, name)
        for kind in KINDS.values()
        for name in ("id", "version", "ref", *(field.name for field in kind.fields))
    }
    plain = (table for table in _metadata.tables.values() if table.name not in KINDS)
    return frozenset(of_records | {(table.name, column.name) for table in plain for column in table.columns})


copies = _plain(
    "copies",
    Column("number", Whole, primary_key=True, autoincrement=False),
    Column("letter", Text(), nullable=False, unique=True),
    Column("parent", Whole),
    Column("born", Text(), nullable=False),
    Column("born_after", LargeBinary(), nullable=False),
)
"""Every copy of this file that its journal knows, and the hash its chain begins after."""

given_names = _plain(
    "given_names",
    Column("id", Whole, primary_key=True, autoincrement=False),
    Column("kind", Text(), nullable=False),
    Column("ref", Text(), nullable=False, unique=True),
)
"""Every id and reference ever given, so that none is given again."""

steps = _plain(
    "steps",
    Column("position", Whole, primary_key=True, autoincrement=False),
    Column("copy", Whole, ForeignKey("copies.number"), nullable=False),
    Column("number", Whole, nullable=False),
    Column("moment", Text(), nullable=False),
    Column("who", Text(), nullable=False),
    Column("schema", Whole, nullable=False),
    Column("program", Text(), nullable=False),
    Column("kind", Text(), nullable=False),
    Column("label", Text(), nullable=False),
    Column("undoes", Whole),
    Column("sealing", Whole, nullable=False),
    Column("seen", Text(), nullable=False),
    Column("hash", LargeBinary(), nullable=False),
    Column("effect", Whole, nullable=False),
    UniqueConstraint("copy", "number"),
)
"""What was done, in order of arrival here. `effect` is 0 for another copy's step, whose effect an exchange carries."""

changes = _plain(
    "changes",
    Column("step", Whole, ForeignKey("steps.position"), primary_key=True, autoincrement=False),
    Column("place", Whole, primary_key=True, autoincrement=False),
    Column("kind", Text(), nullable=False),
    Column("id", Whole, nullable=False, index=True),
    Column("action", Text(), nullable=False),
    Column("fields", Text(), nullable=False),
    Column("old", Text()),
    Column("new", Text()),
    Column("salts", LargeBinary(), nullable=False),
    Column("digests", LargeBinary(), nullable=False),
)
"""What each step changed: JSON lists of field names, old and new values; 16 salt and 32 digest bytes a field."""

conflicts = _plain(
    "conflicts",
    Column("id", Whole, primary_key=True, autoincrement=False),
    Column("field", Text(), primary_key=True),
    Column("kind", Text(), nullable=False),
    Column("base", Text()),
    Column("heads", Text(), nullable=False),
)
"""Fields changed on both sides and not yet settled by a person: worked out from the journal, never exchanged."""

drafts = _plain(
    "drafts",
    Column("kind", Text(), primary_key=True),
    Column("record", Text(), primary_key=True),
    Column("field", Text(), primary_key=True),
    Column("words", Text(), nullable=False),
    Column("who", Text(), nullable=False),
    Column("moment", Text(), nullable=False),
)
"""Words still being typed, or not readable as their field: outside the journal, never exchanged, never in a paper."""

file_bytes = _plain(
    "file_bytes",
    Column("sha256", Text(), primary_key=True),
    Column("bytes", LargeBinary(), nullable=False),
)

data_rows = _plain(
    "data_rows",
    Column("data_set", Text(), primary_key=True),
    Column("place", Whole, primary_key=True, autoincrement=False),
    Column("code", Text(), nullable=False),
    Column("group_code", Text()),
    Column("row", Text(), nullable=False),
    Index("ix_data_rows_data_set_group_code", "data_set", "group_code"),
)
"""Rows of adopted files, under the file's SHA-256: the code a row is found by, its group, and the row as JSON."""

about_file = _plain(
    "about_file",
    Column("key", Text(), primary_key=True),
    Column("value", Text(), nullable=False),
)
"""What this file knows of itself: which copy it is, its home, the next counter, whether it is the sample."""


# ---- what is done to many rows, or at every save
#
# The statements are worded by SQLAlchemy, once for each table, and run on the driver's own cursor: its executions cost
# five times what SQLite takes for a row.


def insert(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Writes rows that have a value for each column in the table's order.

    Nothing is not handed over: the driver looks for an adapter for every None, which takes longer than the row.
    """
    whole = [row for row in rows if None not in row]
    alike: dict[tuple[bool, ...], list[tuple[object, ...]]] = {(True,) * len(table.columns): whole}
    for row in rows if len(whole) < len(rows) else ():
        there = tuple(map(is_not, row, repeat(None)))
        if not all(there):
            alike.setdefault(there, []).append(tuple(compress(row, there)))
    for there, held in alike.items():
        if held:
            insert_some(connection, table, tuple(compress(table.columns.keys(), there)), held)


def insert_some(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Writes rows of the columns named, in the order of the table; the others stay empty."""
    _cursor(connection).executemany(_sql(connection, _insert, table, *names), rows)


def update(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Changes records by their id, which comes last in each row, after the columns named, in the table's order."""
    _cursor(connection).executemany(_sql(connection, _update, table, *names), rows)


def row_with(connection: Connection, table: Table, id_: int) -> tuple[Any, ...] | None:
    """A record's row by its id."""
    cursor = _cursor(connection)
    cursor.execute(_sql(connection, _select, table), (id_,))
    found = cursor.fetchone()
    return None if found is None else tuple(found)


def _insert(table: Table, *names: str) -> Insert:
    return table.insert().values(_named(table, names))


def _update(table: Table, *names: str) -> Update:
    return table.update().where(table.c.id == bindparam("key")).values(_named(table, names))


def _named(table: Table, names: tuple[str, ...]) -> dict[str, Any]:
    """A place for each value. SQLAlchemy words them in the table's order, so a row in another would be mixed up."""
    if names != tuple(name for name in table.columns.keys() if name in names):  # noqa: SIM118 - columns iterate as such
        raise ValueError(f"the columns of {table.name} are not in its order")
    return {name: bindparam(name) for name in names}


def _select(table: Table) -> Select[Any]:
    return table.select().where(table.c.id == bindparam("key"))


_worded: dict[tuple[object, ...], str] = {}


def _sql(connection: Connection, made: Callable[..., Insert | Update | Select[Any]], *of: Any) -> str:
    key = (connection.dialect.name, made, *of)
    if key not in _worded:
        _worded[key] = str(made(*of).compile(dialect=connection.dialect))
    return _worded[key]


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
