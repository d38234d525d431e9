"""Finds records by words, mistyped words, references and beginnings: an index beside the tables, brought up when asked.

Everything here is derived and may be thrown away. Private words have their own index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, text

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS
from nhsdesk.store import schema
from nhsdesk.store.database import tell_of_itself, told_of_itself
from nhsdesk.store.reading import in_parts, record_of

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

WORDS, TRIGRAMS, PRIVATE = "found_words", "found_trigrams", "found_private"
_TABLES = {
    WORDS: "tokenize='unicode61 remove_diacritics 2', prefix='2 3'",
    TRIGRAMS: "tokenize='trigram remove_diacritics 1', detail='full'",
    PRIVATE: "tokenize='trigram remove_diacritics 1'",
}
_KEY = "search"
_ENOUGH = 1_000
"""Of a very common word no more than these are weighed: nobody reads further."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record found, with the words it was found by."""

    kind: str
    id: Id
    words: str


def words_of(record: Record) -> str:
    """The words a record is found by: its reference and all its words but private ones."""
    said = [record.ref]
    for field in record.KIND.fields:
        value = getattr(record, field.name)
        if value and field.kind.searched and not field.private:
            said.append(field.kind.words(value))
        elif isinstance(field.kind, kinds.OneFile) and value:
            said.append(value.name)
    return _plain("\n".join(said))


def private_words_of(record: Record) -> str:
    """The words about a person by which a record is found while names are shown."""
    said = [getattr(record, field.name) for field in record.KIND.fields if field.private]
    return _plain("\n".join(word for word in said if word))


def _plain(words: str) -> str:
    return words.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def bring_up_to_date(database: Database) -> int:
    """Reads into the index what changed since it was last brought up; how many records were read."""
    if database.read_only_because:
        return 0
    with database.read() as reader:
        reached = told_of_itself(reader.connection, _KEY)
    if reached is not None and int(reached) == database.head.position:
        return 0
    with database.writing() as connection:
        if reached is None:
            _make(connection)
        return _index(connection, int(reached or 0), database.head.position)


def _make(connection: Connection) -> None:
    for name, how in _TABLES.items():
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        connection.execute(text(f"CREATE VIRTUAL TABLE {name} USING fts5(words, {how})"))


def _index(connection: Connection, reached: int, position: int) -> int:
    changes, steps = schema.changes.c, schema.steps.c
    joined = schema.changes.join(schema.steps, steps.position == changes.step)
    asked = (
        select(changes.kind, changes.id)
        .select_from(joined)
        .where(steps.position > reached, steps.effect == 1)
    )
    touched: dict[str, set[int]] = {}
    for kind_name, id_ in connection.execute(asked.distinct()):
        if kind_name in KINDS:
            touched.setdefault(kind_name, set()).add(id_)
    for kind_name, ids in touched.items():
        for part in in_parts(ids):
            _index_part(connection, kind_name, part, forget=reached > 0)
    tell_of_itself(connection, _KEY, str(position))
    return sum(map(len, touched.values()))


def _index_part(connection: Connection, kind_name: str, ids: Sequence[int], *, forget: bool) -> None:
    table = schema.RECORD_TABLES[kind_name]
    if forget:
        for name in _TABLES:
            connection.execute(text(f"DELETE FROM {name} WHERE rowid = :id"), [{"id": id_} for id_ in ids])
    records = [
        record_of(KINDS[kind_name], row)
        for row in connection.execute(select(table).where(table.c.id.in_(ids)))
    ]
    plain = [{"id": record.id, "words": words_of(record)} for record in records]
    private = [{"id": r.id, "words": words} for r in records if (words := private_words_of(r))]
    for name, rows in ((WORDS, plain), (TRIGRAMS, plain), (PRIVATE, private)):
        if rows:
            connection.execute(text(f"INSERT INTO {name} (rowid, words) VALUES (:id, :words)"), rows)


def forget(connection: Connection) -> None:
    """Throws the index away; it is made again when next asked."""
    for name in _TABLES:
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
    connection.execute(schema.about_file.delete().where(schema.about_file.c.key == _KEY))


def find(database: Database, asked: str, *, most: int = 50, names_shown: bool = False) -> tuple[Found, ...]:
    """Records by words: those that hold every word first, then beginnings, then words alike but mistyped.

    Under three letters only references and beginnings of words are looked at.
    """
    words = re.findall(r"[\w'’-]+", asked, re.UNICODE)[:12]
    if not words:
        return ()
    bring_up_to_date(database)
    found: dict[int, None] = {}
    with database.read() as reader:
        connection = reader.connection
        if told_of_itself(connection, _KEY) is None:
            return ()
        _add(found, _by_reference(connection, asked))
        for table, query in _queries(words, names_shown):
            if len(found) < most:
                _add(found, _matching(connection, table, query, most))
        return _told(connection, list(found)[:most])


def _queries(words: Sequence[str], names_shown: bool) -> Iterable[tuple[str, str]]:
    quoted = [f'"{word.replace(chr(34), "")}"' for word in words]
    yield WORDS, " ".join(quoted)
    yield WORDS, " ".join(f"{word}*" for word in quoted)
    trigrams = [word[n : n + 3] for word in words if len(word) >= 3 for n in range(len(word) - 2)]
    alike = " OR ".join(f'"{one}"' for one in dict.fromkeys(trigrams))
    if alike:
        if names_shown:
            yield PRIVATE, alike
        yield TRIGRAMS, alike


def _add(found: dict[int, None], ids: Iterable[int]) -> None:
    for id_ in ids:
        found.setdefault(id_, None)


def _by_reference(connection: Connection, asked: str) -> list[int]:
    names = schema.given_names.c
    start = asked.strip().upper()
    exact = select(names.id).where(names.ref == start)
    begins = (
        select(names.id).where(names.ref.startswith(start, autoescape=True)).order_by(names.ref).limit(20)
    )
    found = [*connection.execute(exact).scalars()]
    return found + ([*connection.execute(begins).scalars()] if "-" in start else [])


def _matching(connection: Connection, table: str, query: str, most: int) -> list[int]:
    rows = connection.execute(
        text(
            f"SELECT rowid FROM (SELECT rowid, rank FROM {table} WHERE {table} MATCH :query LIMIT {_ENOUGH}) "
            "ORDER BY rank LIMIT :most"
        ),
        {"query": query, "most": most},
    )
    return [int(row[0]) for row in rows]


def _told(connection: Connection, ids: Sequence[int]) -> tuple[Found, ...]:
    names = schema.given_names.c
    kind_of = dict(connection.execute(select(names.id, names.kind).where(names.id.in_(ids))).tuples().all())
    listed = ",".join(str(int(one)) for one in ids) or "NULL"
    rows = connection.execute(text(f"SELECT rowid, words FROM {WORDS} WHERE rowid IN ({listed})"))
    words: dict[int, str] = {int(row[0]): str(row[1]) for row in rows}
    return tuple(Found(kind_of[id_], Id(id_), words[id_]) for id_ in ids if id_ in words and id_ in kind_of)


def size(connection: Connection) -> int:
    """How many records the index holds."""
    return int(connection.execute(select(func.count()).select_from(text(WORDS))).scalar_one())
