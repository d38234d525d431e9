"""The tables: one for each kind of record, made from its declared fields, and those of the journal around them.

`SCHEMA_NUMBER` counts the migrations; it is the file's `user_version`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.records import KINDS

SCHEMA_NUMBER = 2

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

Whole = BigInteger().with_variant(Integer(), "sqlite")


def _plain(name: str, *columns: Column[object] | Index | UniqueConstraint) -> Table:
    return Table(name, metadata, *columns, sqlite_strict=True)


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


RECORD_TABLES: dict[str, Table] = {name: record_table(kind, metadata) for name, kind in KINDS.items()}

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

_inserts: dict[tuple[Table, str], str] = {}


def insert(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Writes rows that have a value for each column in the table's order. The statement is worded once for a table."""
    if not rows:
        return
    key = (table, connection.dialect.name)
    if key not in _inserts:
        _inserts[key] = str(table.insert().compile(dialect=connection.dialect))
    connection.exec_driver_sql(_inserts[key], list(rows))
