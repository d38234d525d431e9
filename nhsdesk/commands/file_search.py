"""The words inside kept files, read beside the window a few at a time, and found.

read = file_search.read_some(database)      slow: a file takes up to a second
file_search.keep(database, read)            quick; nothing is left to read when `read` is empty
"""

from __future__ import annotations

from collections.abc import Iterable

from nhsdesk.domain.kinds import Id
from nhsdesk.sections.file_words import FileWords
from nhsdesk.store import file_search
from nhsdesk.store.database import Database
from nhsdesk.store.file_search import InFile, KeptBy

AT_ONCE = 5
"""Files that are read before the next person's question is answered."""

Read = tuple[tuple[KeptBy, str], ...]


def read_some(database: Database, but: Iterable[Id] = ()) -> Read:
    """Some files whose words are not known yet, with their words; none where all are known."""
    passed = set(but)
    waiting = [one for one in file_search.unread(database) if one.id not in passed][:AT_ONCE]
    words = FileWords()
    with database.read() as reader:
        return tuple((one, words.to_look_through(reader, one.kept)) for one in waiting)


def keep(database: Database, read: Read) -> None:
    """Keeps the words, so that they are found."""
    file_search.keep(database, read)


def read_all(database: Database) -> int:
    """Reads all there are; how many. For whoever has the time."""
    number = 0
    while read := read_some(database):
        keep(database, read)
        number += len(read)
    return number


def find(database: Database, asked: str) -> tuple[InFile, ...]:
    """Records found by the words inside their files."""
    return file_search.find(database, asked)
