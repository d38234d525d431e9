"""Finds records by words, mistyped words, references and beginnings: an index beside the tables, brought up when asked.

Two indexes each: the words of every record, and every word's spelling in trigrams, by which a mistyped word is put
right before it is looked up (a trigram of a whole record finds too much: nearly all of them share "ing"). Everything
here is derived and may be thrown away. Private words have their own pair.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, text

from nhsdesk.domain import kinds
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS
from nhsdesk.store import schema
from nhsdesk.store.head import tell_of_itself, told_of_itself
from nhsdesk.store.reading import in_parts, record_of

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

WORDS, PRIVATE = "found_words", "found_private"
FILES = "found_files"
"""The words inside kept files, which `file_search` fills and asks."""
SPELLINGS = {WORDS: "found_spellings", PRIVATE: "found_private_spellings"}
_BY_WORD = "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'"
_BY_TRIGRAM = "tokenize='trigram remove_diacritics 1'"
_TABLES = {WORDS: _BY_WORD, PRIVATE: _BY_WORD, **dict.fromkeys(SPELLINGS.values(), _BY_TRIGRAM)}
_KEY = "search"
_ENOUGH = 1_000
"""Of a very common word no more than these are weighed: nobody reads further."""
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
_MOST_WORDS = 6
_ALIKE = 0.6
"""How much of two words must be the same for one to be the other mistyped."""


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
    return whole_letters(words.replace("\x00", " "))


# ---- the index


def bring_up_to_date(database: Database) -> int:
    """Reads into the index what changed since it was last brought up; how many records were read."""
    if database.read_only_because or database.changing:
        return 0
    with database.read() as reader:
        reached = _reached(reader.connection)
    if reached == database.head.position:
        return 0
    with database.writing() as connection:
        if reached is None:
            _make(connection)
        return _index(connection, reached or 0, database.head.position)


FAR = 200
"""Steps that are read into the index between two letters without anybody noticing."""


def far_behind(database: Database) -> bool:
    """Whether bringing the index up to date would keep a person waiting."""
    with database.read() as reader:
        reached = _reached(reader.connection)
        return reached is None or _records_since(reader.connection, reached) > FAR


def _records_since(connection: Connection, reached: int) -> int:
    asked = select(func.count()).select_from(schema.changes).where(schema.changes.c.step > reached)
    return int(connection.execute(asked).scalar_one())


def _reached(connection: Connection) -> int | None:
    """The journal position the index has come to; None where it is missing."""
    told = told_of_itself(connection, _KEY)
    if told is None:
        return None
    found = connection.execute(text("SELECT name FROM sqlite_master WHERE name LIKE 'found!_%' ESCAPE '!'"))
    return int(told) if set(_TABLES) <= set(found.scalars()) else None


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
    spelt: dict[str, set[str]] = {table: set() for table in SPELLINGS}
    for kind_name, ids in touched.items():
        for part in in_parts(ids):
            _index_part(connection, kind_name, part, spelt, forget=reached > 0)
    for table, words in spelt.items():
        _learn(connection, SPELLINGS[table], words)
    tell_of_itself(connection, _KEY, str(position))
    return sum(map(len, touched.values()))


def _index_part(
    connection: Connection, kind_name: str, ids: Sequence[int], spelt: dict[str, set[str]], *, forget: bool
) -> None:
    table = schema.RECORD_TABLES[kind_name]
    if forget:
        for name in SPELLINGS:
            connection.execute(text(f"DELETE FROM {name} WHERE rowid = :id"), [{"id": id_} for id_ in ids])
    records = [
        record_of(KINDS[kind_name], row)
        for row in connection.execute(select(table).where(table.c.id.in_(ids)))
    ]
    plain = {record.id: words_of(record) for record in records}
    private = {
        record.id: f"{words}\n{plain[record.id]}" for record in records if (words := private_words_of(record))
    }
    for name, by_id in ((WORDS, plain), (PRIVATE, private)):
        rows = [{"id": id_, "words": said} for id_, said in by_id.items()]
        if rows:
            connection.execute(text(f"INSERT INTO {name} (rowid, words) VALUES (:id, :words)"), rows)
        spelt[name].update(word for said in by_id.values() for word in _words_in(said) if not word.isdigit())


def _words_in(said: str) -> Iterator[str]:
    return (word for word in _WORD.findall(said.casefold()) if 3 <= len(word) <= _LONGEST_WORD)


def _learn(connection: Connection, table: str, words: Iterable[str]) -> None:
    """Adds the spellings not yet known, each under a number made of its letters."""
    numbered = {_number_of(word): word for word in words}
    for part in in_parts(numbered):
        known = _known(connection, table, part)
        rows = [{"id": number, "words": numbered[number]} for number in part if number not in known]
        if rows:
            connection.execute(text(f"INSERT INTO {table} (rowid, words) VALUES (:id, :words)"), rows)


def _number_of(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) >> 1


def _known(connection: Connection, table: str, numbers: Iterable[int]) -> set[int]:
    listed = ",".join(map(str, numbers))
    return set(connection.execute(text(f"SELECT rowid FROM {table} WHERE rowid IN ({listed})")).scalars())


def forget(connection: Connection) -> None:
    """Throws the index away; it is made again when next asked."""
    for name in (*_TABLES, FILES):
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
    connection.execute(schema.about_file.delete().where(schema.about_file.c.key == _KEY))


# ---- asking it


def find(database: Database, asked: str, *, most: int = 50, names_shown: bool = False) -> tuple[Found, ...]:
    """Records by words: those that hold every word first, then beginnings, then words alike but mistyped.

    Under three letters only references and beginnings of words are looked at.
    """
    words = list(dict.fromkeys(word[:_LONGEST_WORD] for word in _WORD.findall(_plain(asked).casefold())))
    words = words[:_MOST_WORDS]
    if not words:
        return ()
    bring_up_to_date(database)
    found: dict[int, None] = {}
    with database.read() as reader:
        connection = reader.connection
        if _reached(connection) is None:
            return ()
        found |= dict.fromkeys(_by_reference(connection, _plain(asked)), None)
        tables = (PRIVATE, WORDS) if names_shown else (WORDS,)
        for table, query in _queries(connection, words, tables):
            if len(found) >= most:
                break
            found |= dict.fromkeys(_matching(connection, table, query, most), None)
        for table in tables if not found else ():
            found |= dict.fromkeys(_any_of(connection, table, words, most), None)
        return _told(connection, list(found)[:most])


def _queries(
    connection: Connection, words: Sequence[str], tables: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Ever wider questions, each put only while too little was found."""
    whole = [f'"{word}"' for word in words]
    begun = [f"{word} *" for word in whole]
    for table in tables:
        yield table, " AND ".join(whole)
    for table in tables:
        yield table, " AND ".join(begun)
    for table in tables:
        meant = [_meant(connection, SPELLINGS[table], word) for word in words]
        closest = [f'"{alike[0]}"' if alike else start for alike, start in zip(meant, begun, strict=True)]
        yield table, " AND ".join(closest)
        wider = [[start, *(f'"{word}"' for word in alike)] for alike, start in zip(meant, begun, strict=True)]
        yield table, " AND ".join(f"({' OR '.join(one)})" for one in wider)


def _any_of(connection: Connection, table: str, words: Sequence[str], most: int) -> list[int]:
    """Where nothing holds all of the words: what holds one of them, or one spelt much like it."""
    meant = [
        f'"{one}"'
        for word in words
        if not word.isdigit()
        for one in _meant(connection, SPELLINGS[table], word)
    ]
    return _matching(connection, table, " OR ".join(meant), most) if meant else []


def _meant(connection: Connection, table: str, word: str) -> list[str]:
    """Words in the file that are spelt much like this one, the closest first."""
    trigrams = dict.fromkeys(word[n : n + 3] for n in range(len(word) - 2))
    if not trigrams:
        return []
    query = " OR ".join(f'"{one}"' for one in trigrams)
    asked = text(f"SELECT words FROM {table} WHERE {table} MATCH :query ORDER BY rank LIMIT 100")
    spelt = list(connection.execute(asked, {"query": query}).scalars())
    from difflib import get_close_matches  # for a word that was mistyped

    alike = get_close_matches(word, spelt, n=8, cutoff=_ALIKE)
    turned = _with_two_letters_turned(connection, table, word)
    return list(dict.fromkeys([*turned, *alike, *(one for one in spelt if word in one)]))


def _with_two_letters_turned(connection: Connection, table: str, word: str) -> list[str]:
    """Words in the file that are this one but for two neighbours: of a short one no trigram may be the same."""
    pairs = range(len(word) - 1)
    turned = {
        one: _number_of(one)
        for n in pairs
        if (one := word[:n] + word[n + 1] + word[n] + word[n + 2 :]) != word
    }
    known = _known(connection, table, turned.values())
    return [one for one, number in turned.items() if number in known]


def _by_reference(connection: Connection, asked: str) -> list[int]:
    names = schema.given_names.c
    start = asked.strip().upper()
    exact = select(names.id).where(names.ref == start)
    begins = (
        select(names.id)
        .where(names.ref.between(start, f"{start}{chr(sys.maxunicode)}"))
        .order_by(names.ref)
        .limit(20)
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
    asked = select(names.id, names.kind).where(names.id.in_(ids))
    kind_of: dict[int, str] = {row.id: row.kind for row in connection.execute(asked)}
    listed = ",".join(str(int(one)) for one in ids) or "NULL"
    rows = connection.execute(text(f"SELECT rowid, words FROM {WORDS} WHERE rowid IN ({listed})"))
    words: dict[int, str] = {int(row[0]): str(row[1]) for row in rows}
    return tuple(Found(kind_of[id_], Id(id_), words[id_]) for id_ in ids if id_ in words and id_ in kind_of)


def size(connection: Connection) -> int:
    """How many records the index holds."""
    return int(connection.execute(select(func.count()).select_from(text(WORDS))).scalar_one())
