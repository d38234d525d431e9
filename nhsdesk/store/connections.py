"""The one place where a connection to a PCN file is opened, and where the driver's complaints become sentences.

SQLAlchemy begins transactions, the driver never does, so that schema changes are transactional too: `BEGIN IMMEDIATE`
for writing, a plain `BEGIN` for reading.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.util import LRUCache

from nhsdesk import errors
from nhsdesk.store import standing

WAIT_MS = 5_000
CACHE_KB = 20_000
"""Pages kept in memory, at most: the ids of a register of 100,000 entries are then read twice as fast."""

WRITING = "nhsdesk_writing"
READ_ONLY = "?mode=ro"
LOOKING = "?mode=rw&immutable=0"
"""To look at a file that lies whole: SQLite's own read-only mode would leave its log and index beside it for good."""

READ_ONLY_AT_REST = "?mode=ro&immutable=1"


class Spoken(SQLiteDialect_pysqlite):
    """SQL as every file of ours is asked in it: the same for all, so that a question is worded once and not for each.

    SQLAlchemy keeps the words of a question for one engine, and takes longer to find them than SQLite to answer. One
    sitting has many engines: a file is proved and opened with two, and each look at an earlier day has its own.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.nhsdesk", __name__, Spoken.__name__)

WORDED: LRUCache[Any, Any] = LRUCache(500)
"""The questions worded of late, whichever file they were put to."""


def connect(path: Path, *, query: str = "", foreign_keys: bool = True) -> Any:
    """A driver connection with this program's settings. `query` is SQLite's own, such as `?mode=ro`."""
    uri = path.resolve().as_uri() + (query or "?mode=rw")
    connection = driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    settings = [
        "PRAGMA cipher_log_level=NONE",
        f"PRAGMA busy_timeout={WAIT_MS}",
        f"PRAGMA cache_size=-{CACHE_KB}",
        f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}",
        "PRAGMA trusted_schema=OFF",
        "PRAGMA cell_size_check=ON",
    ]
    if query == LOOKING:
        settings.append("PRAGMA query_only=ON")
    elif "mode=ro" not in query:
        settings += ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON"]
        if sys.platform == "darwin":
            settings.append("PRAGMA fullfsync=ON")
    try:
        for setting in settings:
            connection.execute(setting).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def engine_for(path: Path, *, query: str = "") -> Engine:
    """The engine over a PCN file, its transactions begun here."""
    return _engine(lambda: connect(path, query=query), poolclass=QueuePool, pool_size=4, pool_use_lifo=True)


def engine_over(connection: Any) -> Engine:
    """The engine over one connection that is already open, such as a copy in memory."""
    return _engine(lambda: connection, poolclass=StaticPool)


def in_memory() -> Any:
    """An empty database that is never on a disk."""
    return driver.connect(":memory:", isolation_level=None, check_same_thread=False)


def connect_plain(path: Path) -> Any:
    """A connection that keeps the file's own journal mode, for a copy being written."""
    return driver.connect(str(path), isolation_level=None)


def copy_pages(reading: Any, target: Path, at_once: int) -> None:
    """Copies what a driver connection reads into a file of its own, so many pages at once, with no log beside it."""
    writing = connect_plain(target)
    try:
        reading.backup(writing, pages=at_once, sleep=0.0)
        writing.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        writing.close()


def _engine(creator: Callable[[], Any], **pool: Any) -> Engine:
    engine = create_engine(
        "sqlite+nhsdesk://",
        creator=creator,
        module=driver,
        execution_options={"compiled_cache": WORDED},
        **pool,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def told(context: ExceptionContext) -> None:
        # The driver cannot even word its complaint where it holds what stands in a damaged page.
        if isinstance(context.original_exception, UnicodeDecodeError):
            raise driver.DatabaseError("malformed") from context.original_exception

    return engine


_FULL = "database or disk is full"
_UNOPENED = "unable to open database"

_SENTENCES: tuple[tuple[tuple[str, ...], type[errors.DeskError], str], ...] = (
    (
        (_FULL,),
        errors.Unwritable,
        "There is no room left on the disk that holds {file}. What was saved before is safe; this change was not "
        "written. Make room, then do it again.",
    ),
    (
        ("disk i/o error",),
        errors.Unwritable,
        "The disk that holds {file} could not be written or read: it may be full or taken out. What was saved before "
        "is safe; this change was not written. Put it right, then do it again.",
    ),
    (
        ("readonly database", _UNOPENED, "permission denied"),
        errors.Unwritable,
        "{file} cannot be written where it is: the folder or the file allows reading only. Nothing was changed. "
        "Ask for the right to write there, or copy the file to your own folder.",
    ),
    (
        ("database is locked", "database table is locked"),
        errors.RecordInUse,
        "{file} is being written by another program just now. Nothing was changed. Try again in a moment.",
    ),
    (
        (
            "malformed",
            "not a database",
            "file is encrypted",
            "hmac",
            "unsupported file format",
            "could not decode",
            "vtable constructor failed",
            "fts5",
            "string or blob too big",
            "codec can't decode",
        ),
        errors.Damaged,
        "{file} is damaged: it does not hold what it should. It was left as it is. Restore the newest backup, and keep "
        "the damaged file until you have looked at the restored one.",
    ),
)


def is_full(told: BaseException) -> bool:
    """Whether a sentence was told because there was no room left, and for no other reason."""
    return _FULL in _complaint(told.__cause__) if told.__cause__ is not None else False


def _complaint(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).lower()


def sentence_for(error: BaseException, path: Path) -> errors.DeskError | None:
    """What to tell the person, or None when it is not the world that is wrong but we."""
    words = _complaint(error)
    if _UNOPENED in words and standing.standing(path) is None:
        return errors.Unwritable(standing.GONE.format(file=path.name, folder=path.parent))
    for marks, kind, sentence in _SENTENCES:
        if any(mark in words for mark in marks):
            return kind(sentence.format(file=path.name))
    return None


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turns what the disk and the driver say into a sentence; our own mistakes pass as they are."""
    try:
        yield
    except (driver.Error, exc.DBAPIError, OSError, UnicodeDecodeError) as error:
        told = sentence_for(error, path) or _of_the_system(error, path)
        if told is None:
            raise
        raise told from error


def _of_the_system(error: BaseException, path: Path) -> errors.DeskError | None:
    if not isinstance(error, OSError):
        return None
    if isinstance(error, FileNotFoundError):
        return errors.NotARecord(
            f"There is no file {path.name} in {path.parent}. Nothing was changed. Check the name."
        )
    if isinstance(error, PermissionError):
        return errors.Unwritable(_SENTENCES[2][2].format(file=path.name))
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return errors.NotARecord(
            f"{path} is not a PCN file but a folder. Nothing was changed. Choose the file itself."
        )
    return errors.Unwritable(_SENTENCES[1][2].format(file=path.name))
