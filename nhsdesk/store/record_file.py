"""A PCN file on the disk: made, looked at, opened and closed so that opening never makes it worse."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, text

import nhsdesk
from nhsdesk import errors
from nhsdesk.store import connections, copies, lock, schema, whereabouts
from nhsdesk.store.connections import LOOKING, READ_ONLY, READ_ONLY_AT_REST, WRITING, plainly
from nhsdesk.store.database import (
    Clock,
    Database,
    Opened,
    read_head,
    tell_of_itself,
    told_of_itself,
)

APPLICATION_ID = 0x4E48_4445
"""Stands in the header of every file of ours."""

SUFFIX = ".nhsdesk"
UNFINISHED = ".unfinished"
"""Ends the name, begun with a full stop, of a file that is still being written."""
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100

Upgrade = Callable[[Path, int, str, Clock], None]


class Moved(Enum):
    """What a person says of a file last written elsewhere."""

    NOT_SAID = "not said"
    MOVED = "it was moved"
    SECOND_COPY = "it is a second copy"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first bytes of a file tell."""

    schema: int
    log_left: bool


def look(path: Path) -> Seen:
    """Reads a file's header without opening it as a database. Raises a sentence for anything that is not ours."""
    with plainly(path):
        if path.is_dir():
            raise IsADirectoryError(path)
        size = path.stat().st_size
        if not path.is_file():
            raise _not_ours(path)
        with path.open("rb") as read:
            header = read.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise _not_ours(path)
    application, user_version = struct.unpack(">I", header[68:72])[0], struct.unpack(">I", header[60:64])[0]
    if application != APPLICATION_ID:
        raise errors.NotARecord(
            f"{path.name} is a database of another program, not a PCN file. It was left as it is. "
            f"Choose a file ending in {SUFFIX}."
        )
    log = log_left(path)
    if not log:
        _refuse_cut_short(path, header, size)
    if user_version < 1:
        raise errors.Damaged(
            f"{path.name} is damaged: its first page does not say of which form it is. It was left as it is. Restore "
            "the newest backup, and keep the damaged file until you have looked at the restored one."
        )
    if user_version > schema.SCHEMA_NUMBER:
        raise errors.NewerRecord(
            f"{path.name} was written by a later version of the program (it is of form {user_version}; this version, "
            f"{nhsdesk.__version__}, knows forms up to {schema.SCHEMA_NUMBER}). It was left as it is. "
            "Install the later version to open it."
        )
    return Seen(user_version, log)


def _not_ours(path: Path) -> errors.NotARecord:
    return errors.NotARecord(
        f"{path.name} is not a PCN file. It was left as it is. Choose a file ending in {SUFFIX}."
    )


def _refuse_cut_short(path: Path, header: bytes, size: int) -> None:
    page_size = struct.unpack(">H", header[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    pages = struct.unpack(">I", header[28:32])[0]
    if size != page_size * pages:
        raise errors.Damaged(
            f"{path.name} is damaged: it should be {page_size * pages:,} bytes long and is {size:,}. It was left as it "
            "is. Restore the newest backup, and keep the damaged file until you have looked at the restored one."
        )


def log_left(path: Path) -> bool:
    """Whether a log lies beside the file whose words are not yet in it."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def create(path: Path, who: str, clock: Clock, *, sample: bool = False) -> Database:
    """Makes a new PCN file and opens it. An existing file is never written over."""
    if path.exists():
        raise errors.Unwritable(f"{path.name} is already there. It was left as it is. Choose another name.")
    refuse_bad_place(path)
    with plainly(path), unfinished(path) as beside:
        _make(beside, clock, path, sample)
        beside.replace(path)
    return open_file(path, who, clock)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside a path, to be written and then renamed; nothing is left of it, whatever happens."""
    if not path.parent.is_dir():
        raise errors.Unwritable(
            f"There is no folder {path.parent}. Nothing was written. Make the folder first."
        )
    beside = path.with_name(f".{path.name}{UNFINISHED}")
    parts = [beside.with_name(beside.name + end) for end in ("", "-wal", "-shm", "-journal")]
    for part in parts:
        part.unlink(missing_ok=True)
    try:
        beside.touch(exist_ok=False)
        yield beside
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _make(path: Path, clock: Clock, home_at: Path, sample: bool) -> None:
    engine = connections.engine_for(path)
    try:
        with engine.connect() as connection, _writing_on(connection):
            schema.create(connection)
            connection.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version={schema.SCHEMA_NUMBER}"))
            connection.execute(
                text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            )
            connection.execute(
                text("INSERT INTO alembic_version VALUES (:number)"), {"number": f"{schema.SCHEMA_NUMBER:04}"}
            )
            born = clock().astimezone(UTC).isoformat()
            number, _ = copies.draw(connection, None, born, b"")
            copies.become(connection, number)
            tell_of_itself(connection, "home", copies.home(home_at))
            if sample:
                tell_of_itself(connection, "sample", "yes")
    finally:
        engine.dispose()


@contextmanager
def _writing_on(connection: Connection) -> Iterator[None]:
    connection.execution_options(**{WRITING: True})
    with connection.begin():
        yield


def open_file(
    path: Path, who: str, clock: Clock, *, moved: Moved = Moved.NOT_SAID, upgrade: Upgrade | None = None
) -> Database:
    """Opens a PCN file for writing, or to read only when somebody else has it or the folder cannot be written.

    An older file is upgraded first when `upgrade` is given. Raises the sentence that says why it cannot be opened.
    """
    look(path)
    refuse_bad_place(path)
    if not _may_write(path):
        return _reading(path, who, clock, f"{path.name} may only be read, so it is open to read only.")
    left = _not_closed(path)
    try:
        with plainly(path):
            holder = lock.take(path, who, clock().astimezone(UTC))
    except errors.Unwritable as error:
        shut = isinstance(error.__cause__, PermissionError) or not _may_write(path.parent)
        why = (
            "The folder allows reading only"
            if shut
            else "There is no room on its disk even to note who has it open"
        )
        return _reading(path, who, clock, f"{why}, so the file is open to read only.")
    if holder is not None:
        words = f"{path.name} is open for writing by {holder.words()}. It is open to read only here."
        return _reading(path, who, clock, words)
    try:
        return _writing(path, who, clock, moved, upgrade, left)
    except BaseException:
        lock.release(path)
        raise


def open_to_read(path: Path, who: str, clock: Clock) -> Database:
    """Opens a PCN file to look at, whoever else has it open."""
    return _reading(path, who, clock, f"{path.name} was opened to read only.")


def _not_closed(path: Path) -> str:
    """What to tell of a lock or a log that somebody left, to be said once the file has been looked through."""
    held = lock.holder(path)
    lock_left = lock.lock_path(path).exists() and (held is None or lock.is_stale(held))
    if not lock_left and not log_left(path):
        return ""
    by = f" by {held.words()}" if held is not None else ""
    return (
        f"{path.name} was left open{by}: the program or the computer stopped. The file was looked through and is "
        "whole; everything that was saved is there."
    )


def _writing(
    path: Path, who: str, clock: Clock, moved: Moved, upgrade: Upgrade | None, not_closed: str
) -> Database:
    seen = look(path)
    older = seen.schema < schema.SCHEMA_NUMBER
    if older and upgrade is None:
        raise errors.NewerRecord(_needs_upgrade(path))
    with plainly(path):
        _prove_unopened(path, seen, moved, unclean=bool(not_closed))
        if older and upgrade is not None:
            upgrade(path, seen.schema, who, clock)
            _prove_unopened(path, look(path), moved)
        engine = connections.engine_for(path)
    opened = Opened(path, who, clock, not_closed=not_closed, let_go=lambda: lock.release(path))
    database = Database(engine, opened)
    try:
        _take_home(database, moved)
    except BaseException:
        database.close()
        raise
    return database


def how_to_read(path: Path) -> str:
    """Where nobody with our rights can write, nothing may be written beside the file either: it is read as it lies."""
    shut, log = not _may_write(path.parent) or not _may_write(path), log_left(path)
    if log or (shut and lock.lock_path(path).exists()):
        return READ_ONLY
    return READ_ONLY_AT_REST if shut else LOOKING


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _reading(path: Path, who: str, clock: Clock, why: str) -> Database:
    seen = look(path)
    if seen.schema < schema.SCHEMA_NUMBER:
        raise errors.NewerRecord(_needs_upgrade(path))
    in_use = lock.lock_path(path).exists()
    with plainly(path):
        _prove_unopened(path, seen, Moved.MOVED, in_use=in_use)
    opened = Opened(path, who, clock, read_only_because=why)
    try:
        return _looking(path, opened, how_to_read(path))
    except errors.Unwritable:  # there is no room for what lies beside a file in use
        if seen.log_left or in_use:
            raise
        return _looking(path, opened, READ_ONLY_AT_REST)


def _looking(path: Path, opened: Opened, query: str) -> Database:
    database = Database(connections.engine_for(path, query=query), opened)
    try:
        _ = database.head  # what is written from now on is what it follows
    except BaseException:
        database.close()
        raise
    return database


def _needs_upgrade(path: Path) -> str:
    return (
        f"{path.name} was written by an earlier version of the program and must be brought up to date first. It was "
        "left as it is. Open it for writing once; a backup is made before."
    )


def refuse_bad_place(path: Path) -> None:
    """Raises the sentence that says why a working file may not lie there."""
    place = whereabouts.looked_at(path)
    if place.refused_because:
        raise errors.PlaceRefused(place.refused_because)


CHECKED_AT_EACH_OPENING = 4_000_000
"""Bytes: what is checked whole in the blink of an eye, before anything else. The window checks a larger file that was
closed as it should be once it is there to be seen (12 MB take about 60 ms)."""


def _prove_unopened(
    path: Path, seen: Seen, moved: Moved, *, unclean: bool = False, in_use: bool = False
) -> None:
    """Looks through the file without writing a byte, so that one that is refused stays as it is."""
    log = seen.log_left or in_use
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm")]
    missing = [part for part in beside if not part.exists()]
    engine = connections.engine_for(path, query=READ_ONLY if log else READ_ONLY_AT_REST)
    try:
        with engine.connect() as connection:
            if seen.schema == schema.SCHEMA_NUMBER:
                _refuse_strange(connection, path)
            if unclean or log or path.stat().st_size <= CHECKED_AT_EACH_OPENING:
                _refuse_damaged(connection, path)
            if seen.schema == schema.SCHEMA_NUMBER:
                read_head(connection)
            _look_for_move(connection, path, moved)
    except BaseException:
        engine.dispose()
        for part in missing if not in_use else ():
            part.unlink(missing_ok=True)
        raise
    engine.dispose()


def look_through(database: Database) -> None:
    """Checks a file that is open, every page of it. Raises the sentence that says that it is damaged."""
    with database.read() as reader:
        _refuse_damaged(reader.connection, database.path)


def checked_when_opened(database: Database) -> bool:
    """Whether opening the file has checked every page of it."""
    return bool(database.not_closed) or database.path.stat().st_size <= CHECKED_AT_EACH_OPENING


def _refuse_damaged(connection: Connection, path: Path) -> None:
    told = connection.execute(text("PRAGMA integrity_check(1)")).scalars().all()
    if told != ["ok"]:
        raise errors.Damaged(
            f"{path.name} is damaged: it does not hold what it should. It was left as it is. Restore the newest "
            "backup, and keep the damaged file until you have looked at the restored one."
        )


def _refuse_strange(connection: Connection, path: Path) -> None:
    """The tables and columns are ours, and nothing is hidden among them."""
    found = connection.execute(text("SELECT type, name FROM sqlite_master")).all()
    strange = [name for kind, name in found if kind in ("trigger", "view")]
    asked = (
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
    )
    # The driver's own rows: there are two thousand columns, and every opening looks at them.
    raw = connection.connection.driver_connection
    assert raw is not None
    held = set(raw.execute(asked))
    missing = sorted(f"{table} {column}" for table, column in schema.columns_wanted() - held)
    if missing or strange:
        what = f"lacks {', '.join(missing[:3])}" if missing else f"holds {', '.join(strange[:3])}"
        raise errors.Damaged(
            f"{path.name} is not as this program makes it: it {what}. It was left as it is. "
            "Restore the newest backup."
        )


def _look_for_move(connection: Connection, path: Path, moved: Moved) -> None:
    before = copies.moved_from(connection, path)
    if before is not None and moved is Moved.NOT_SAID:
        machine, where = before
        raise errors.Moved(
            f"{path.name} was last written on {machine} as {where}. Nothing was changed. Say whether it was moved here "
            "(the other is no longer used) or is a second copy (both go on being used)."
        )


def _take_home(database: Database, moved: Moved) -> None:
    here = copies.home(database.path)
    with database.read() as reader:
        if told_of_itself(reader.connection, "home") == here:
            return
    with database.writing() as connection:
        tell_of_itself(connection, "home", here)
    if moved is Moved.SECOND_COPY:
        copies.become_new_copy(database, "a second copy")


def is_sample(database: Database) -> bool:
    """Whether the file is the made-up sample, whose papers are all marked so."""
    with database.read() as reader:
        return told_of_itself(reader.connection, "sample") == "yes"
