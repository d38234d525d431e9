"""Finds records by the words inside their files: an index beside the tables, filled a few files at a time.

Reading a file takes a second, so whoever reads it does so beside the window and hands the words over. All of it is
derived and may be thrown away (`search.forget`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, text

from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store import schema
from nhsdesk.store.search import FILES

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

KEPT_BY = (Attachment, Evidence, SourceDocument)
"""Kinds whose field `kept` holds a file of somebody's own. Papers we made are found by what they were made of."""
LONGEST = 200_000
"""Letters of one file that are found; a longer one is found by its beginning."""

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 6
_ENOUGH = 200
_MAKE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FILES} USING fts5(words, sha UNINDEXED, "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
)


@dataclass(frozen=True, slots=True)
class KeptBy:
    """A file and the record it is kept by."""

    id: Id
    kept: KeptFile


@dataclass(frozen=True, slots=True)
class InFile:
    """A record found by words inside its file."""

    kind: str
    id: Id
    kept: KeptFile
    words: str


def unread(database: Database) -> tuple[KeptBy, ...]:
    """The files whose words are not in the index, the newest first."""
    with database.read() as reader:
        known = _known(reader.connection)
        found = [one for one in _kept(reader.connection) if known.get(one.id) != one.kept.sha256]
    return tuple(sorted(found, key=lambda one: -one.id))


def keep(database: Database, read: Iterable[tuple[KeptBy, str]]) -> None:
    """Puts the words of files into the index; one without words is not read again."""
    rows = [
        {"id": one.id, "sha": one.kept.sha256, "words": whole_letters(words[:LONGEST].replace("\x00", " "))}
        for one, words in read
    ]
    if not rows or database.read_only_because or database.changing:
        return
    with database.writing() as connection:
        connection.execute(text(_MAKE))
        connection.execute(
            text(f"DELETE FROM {FILES} WHERE rowid = :id"), [{"id": row["id"]} for row in rows]
        )
        connection.execute(text(f"INSERT INTO {FILES} (rowid, words, sha) VALUES (:id, :words, :sha)"), rows)


def find(database: Database, asked: str, *, most: int = 10) -> tuple[InFile, ...]:
    """Records whose file holds every word; where none does, those in which the last word is a beginning."""
    words = list(dict.fromkeys(_WORD.findall(whole_letters(asked).casefold())))[:_MOST_WORDS]
    if not words or max(map(len, words)) < 3:
        return ()
    with database.read() as reader:
        if not _there(reader.connection):
            return ()
        whole = [f'"{word}"' for word in words]
        hits = _matching(reader.connection, " AND ".join(whole), most)
        if (
            not hits
        ):  # the last word may still be being typed; beginnings of common words take a second to look up
            begun = " AND ".join([*whole[:-1], f"{whole[-1]} *"])
            hits = _matching(reader.connection, begun, most)
        found = []
        for id_, (sha, said) in hits.items():
            record = reader.any_of(Id(id_))
            if isinstance(record, KEPT_BY) and record.kept is not None and record.kept.sha256 == sha:
                found.append(InFile(record.KIND.name, record.id, record.kept, said))
        return tuple(found)


def _matching(connection: Connection, query: str, most: int) -> dict[int, tuple[str, str]]:
    """SHA-256 and words by id; of a very common word no more than some hundred files are weighed."""
    best = f"SELECT rowid, rank FROM {FILES} WHERE {FILES} MATCH :query LIMIT {_ENOUGH}"
    asked = text(f"SELECT rowid FROM ({best}) ORDER BY rank LIMIT :most")
    ids = list(connection.execute(asked, {"query": query, "most": most}).scalars())
    listed = ",".join(str(int(one)) for one in ids) or "NULL"
    rows = connection.execute(text(f"SELECT rowid, sha, words FROM {FILES} WHERE rowid IN ({listed})"))
    held = {int(row[0]): (str(row[1]), str(row[2])) for row in rows}
    return {one: held[one] for one in ids}


def _there(connection: Connection) -> bool:
    asked = text("SELECT count(*) FROM sqlite_master WHERE name = :name")
    return bool(connection.execute(asked, {"name": FILES}).scalar())


def _known(connection: Connection) -> dict[Id, str]:
    if not _there(connection):
        return {}
    return {
        Id(int(row[0])): str(row[1]) for row in connection.execute(text(f"SELECT rowid, sha FROM {FILES}"))
    }


def _kept(connection: Connection) -> Iterable[KeptBy]:
    for cls in KEPT_BY:
        table, kind = schema.RECORD_TABLES[cls.KIND.name], KINDS[cls.KIND.name].field("kept").kind
        for row in connection.execute(select(table.c.id, table.c.kept).where(table.c.kept.is_not(None))):
            kept: KeptFile = kind.load(row.kept)
            if not kept.lies_at:  # one that is only referred to has no bytes here
                yield KeptBy(Id(row.id), kept)
