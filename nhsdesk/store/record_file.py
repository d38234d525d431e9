"""A PCN file on the disk: made, looked at, opened and closed so that opening never makes it worse."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from pathlib import Path

from sqlalchemy import Engine, text

import nhsdesk
from nhsdesk import errors
from nhsdesk.store import connections, copies, lock, schema, whereabouts
from nhsdesk.store.connections import READ_ONLY_AT_REST, WRITING, plainly
from nhsdesk.store.database import Clock, Database, Opened, tell_of_itself, told_of_itself

APPLICATION_ID = 0x4E48_4445
"""Stands in the header of every file of ours."""

SUFFIX = ".nhsdesk"
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
        with path.open("rb") as read:
            header = read.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise errors.NotARecord(
            f"{path.name} is not a PCN file. It was left as it is. Choose a file ending in {SUFFIX}."
        )
    application, user_version = struct.unpack(">I", header[68:72])[0], struct.unpack(">I", header[60:64])[0]
    if application != APPLICATION_ID:
        raise errors.NotARecord(
            f"{path.name} is a database of another program, not a PCN file. It was left as it is. "
            f"Choose a file ending in {SUFFIX}."
        )
    log_left = _log(path).exists() and _log(path).stat().st_size > 0
    if not log_left:
        _refuse_cut_short(path, header, size)
    if user_version > schema.SCHEMA_NUMBER:
        raise errors.NewerRecord(
            f"{path.name} was written by a later version of the program (it is of form {user_version}; this version, "
            f"{nhsdesk.__version__}, knows forms up to {schema.SCHEMA_NUMBER}). It was left as it is. "
            "Install the later version to open it."
        )
    return Seen(user_version, log_left)


def _refuse_cut_short(path: Path, header: bytes, size: int) -> None:
    page_size = struct.unpack(">H", header[16:18])[0]
    page_size = 65536 if page_size == 1 else page_size
    pages = struct.unpack(">I", header[28:32])[0]
    if size != page_size * pages:
        raise errors.Damaged(
            f"{path.name} is damaged: it should be {page_size * pages:,} bytes long and is {size:,}. It was left as it "
            "is. Restore the newest backup, and keep the damaged file until you have looked at the restored one."
        )


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def create(path: Path, who: str, clock: Clock, *, sample: bool = False) -> Database:
    """Makes a new PCN file and opens it. An existing file is never written over."""
    if path.exists():
        raise errors.Unwritable(f"{path.name} is already there. It was left as it is. Choose another name.")
    _refuse_bad_place(path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with plainly(path):
        if not path.parent.is_dir():
            raise errors.Unwritable(
                f"There is no folder {path.parent}. Nothing was written. Make the folder first."
            )
        unfinished.unlink(missing_ok=True)
        try:
            unfinished.touch(exist_ok=False)
            _make(unfinished, clock, path, sample)
            unfinished.replace(path)
        finally:
            for left in (unfinished, _log(unfinished), unfinished.with_name(unfinished.name + "-shm")):
                left.unlink(missing_ok=True)
    return open_file(path, who, clock)


def _make(path: Path, clock: Clock, home_at: Path, sample: bool) -> None:
    engine = connections.engine_for(path)
    with engine.connect() as connection:
        connection.execution_options(**{WRITING: True})
        with connection.begin():
            schema.metadata.create_all(connection)
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
    engine.dispose()


def open_file(
    path: Path, who: str, clock: Clock, *, moved: Moved = Moved.NOT_SAID, upgrade: Upgrade | None = None
) -> Database:
    """Opens a PCN file for writing, or to read only when somebody else has it or the folder cannot be written.

    An older file is upgraded first when `upgrade` is given. Raises the sentence that says why it cannot be opened.
    """
    seen = look(path)
    _refuse_bad_place(path)
    try:
        with plainly(path):
            holder, stale = lock.take(path, who, clock().astimezone(UTC)), seen.log_left
    except errors.Unwritable:
        return _reading(
            path, who, clock, seen, "The folder allows reading only, so the file is open to read only."
        )
    if holder is not None:
        words = f"{path.name} is open for writing by {holder.words()}. It is open to read only here."
        return _reading(path, who, clock, seen, words)
    try:
        if not os.access(path, os.W_OK):
            lock.release(path)
            return _reading(
                path, who, clock, seen, f"{path.name} may only be read, so it is open to read only."
            )
        return _writing(path, who, clock, seen, moved, upgrade, stale)
    except BaseException:
        lock.release(path)
        raise


def open_to_read(path: Path, who: str, clock: Clock) -> Database:
    """Opens a PCN file to look at, whoever else has it open."""
    return _reading(path, who, clock, look(path), f"{path.name} was opened to read only.")


def _writing(
    path: Path, who: str, clock: Clock, seen: Seen, moved: Moved, upgrade: Upgrade | None, unclean: bool
) -> Database:
    if seen.schema < schema.SCHEMA_NUMBER:
        if upgrade is None:
            raise errors.NewerRecord(_needs_upgrade(path))
        with plainly(path):
            upgrade(path, seen.schema, who, clock)
    with plainly(path):
        engine = connections.engine_for(path)
        try:
            _prove(engine, path, unclean)
            _look_for_move(engine, path, moved)
        except BaseException:
            engine.dispose()
            raise
    database = Database(engine, Opened(path, who, clock, let_go=lambda: lock.release(path)))
    _take_home(database, moved)
    return database


def _reading(path: Path, who: str, clock: Clock, seen: Seen, why: str) -> Database:
    if seen.schema < schema.SCHEMA_NUMBER:
        raise errors.NewerRecord(_needs_upgrade(path))
    alone = not seen.log_left and not os.access(path.parent, os.W_OK)
    with plainly(path):
        engine = connections.engine_for(path, query=READ_ONLY_AT_REST if alone else "?mode=ro")
        _prove(engine, path, unclean=False)
    return Database(engine, Opened(path, who, clock, read_only_because=why))


def _needs_upgrade(path: Path) -> str:
    return (
        f"{path.name} was written by an earlier version of the program and must be brought up to date first. It was "
        "left as it is. Open it for writing once; a backup is made before."
    )


def _refuse_bad_place(path: Path) -> None:
    place = whereabouts.looked_at(path)
    if place.refused_because:
        raise errors.PlaceRefused(place.refused_because)


def _prove(engine: Engine, path: Path, unclean: bool) -> None:
    """The tables are ours, nothing is hidden among them, and after an unclean end the whole file is checked."""
    with engine.connect() as connection:
        found = connection.execute(text("SELECT type, name FROM sqlite_master")).all()
        names = {name for kind, name in found if kind == "table"}
        missing = sorted(set(schema.metadata.tables) - names)
        strange = [name for kind, name in found if kind in ("trigger", "view")]
        if missing or strange:
            what = f"lacks {', '.join(missing[:3])}" if missing else f"holds {', '.join(strange[:3])}"
            raise errors.Damaged(
                f"{path.name} is not as this program makes it: it {what}. It was left as it is. "
                "Restore the newest backup."
            )
        if unclean:
            told = connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
            if told != ["ok"]:
                raise errors.Damaged(
                    f"{path.name} was not closed properly and is damaged. It was left as it is. Restore a backup."
                )


def _look_for_move(engine: Engine, path: Path, moved: Moved) -> None:
    with engine.connect() as connection:
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
