"""Which entries a few words may mean: what a field that names another entry offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import select

from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS
from nhsdesk.store import schema
from nhsdesk.store.reading import Reader
from nhsdesk.store.register import cursor, titles_of, worder


def candidates(reader: Reader, kind_name: str, words: str, most: int = 50) -> list[str]:
    """Reference and title of records of a kind that hold the words, the first of them where there are no words."""
    kind, wanted = KINDS[kind_name], words.casefold().split()
    if wanted:
        ids = list(islice(_holding(reader, kind, wanted), most))
    else:
        table = schema.RECORD_TABLES[kind_name]
        ids = list(reader.connection.execute(select(table.c.id).order_by(table.c.id).limit(most)).scalars())
    titles = titles_of(reader, ids)
    return [titles[id_] for id_ in ids]


def _holding(reader: Reader, kind: RecordKind, wanted: Sequence[str]) -> Iterator[Id]:
    """The entries whose reference, title or words hold all of the words, in the order they were added."""
    table, fields = schema.RECORD_TABLES[kind.name], [field for field in kind.fields if field.kind.searched]
    own = kind.cls.title_words is not Record.title_words
    titles = {record.id: record.title_words() for record in reader.all(kind.cls)} if own else {}
    worded = [worder(field, {}) for field in fields]
    asked = select(table.c.id, table.c.ref, *(table.c[field.name] for field in fields)).order_by(table.c.id)
    for id_, ref, *stored in cursor(reader, asked):
        parts = [word(value) for word, value in zip(worded, stored, strict=True) if value is not None]
        said = "\n".join((ref, titles.get(id_, ""), *parts)).casefold()
        if all(word in said for word in wanted):
            yield id_
