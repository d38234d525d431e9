"""Checked copies of a PCN file: made while it is open, proved before they count, thinned by age, and the way back."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nhsdesk import errors
from nhsdesk.store import connections, copies, lock, record_file
from nhsdesk.store.connections import plainly
from nhsdesk.store.database import Clock, Database

SUFFIX = ".nhsdesk-backup"
PAGES_A_STEP = 256
_STAMP = "%Y-%m-%d %H%M%S"
_NAMED = re.compile(r"^(?P<name>.+) (?P<stamp>\d{4}-\d{2}-\d{2} \d{6})" + re.escape(SUFFIX) + "$")

KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 5, 12


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by the moment it was made."""

    path: Path
    made: datetime


def make(database: Database, folder: Path) -> Path:
    """Copies the open file page by page, proves the copy and only then gives it its name; thins the older ones."""
    name = f"{database.path.stem} {database.now():{_STAMP}}{SUFFIX}"
    with plainly(folder / name):
        folder.mkdir(parents=True, exist_ok=True)
        made = copy_proved(database.path, folder / name)
    for surplus in thinned(found_in(folder, database.path.stem), database.now()):
        with contextlib.suppress(OSError):
            surplus.path.unlink()
    return made


def copy_proved(source: Path, target: Path) -> Path:
    """A copy of a PCN file under another name, whole or not there at all. An existing file is never written over."""
    if target.exists():
        raise errors.Unwritable(f"{target.name} is already there. It was left as it is. Choose another name.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        unfinished.touch(exist_ok=False)
        _copy_pages(source, unfinished)
        prove(unfinished)
        _to_the_disk(unfinished)
        unfinished.replace(target)
    finally:
        for left in (
            unfinished,
            *(unfinished.with_name(unfinished.name + end) for end in ("-wal", "-shm", "-journal")),
        ):
            left.unlink(missing_ok=True)
    return target


def _copy_pages(source: Path, target: Path) -> None:
    reading = connections.connect(source, query="?mode=ro")
    writing = connections.connect_plain(target)
    try:
        reading.backup(writing, pages=PAGES_A_STEP, sleep=0.0)
        writing.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        writing.close()
        reading.close()


def _to_the_disk(path: Path) -> None:
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def prove(path: Path) -> None:
    """Opens a copy and checks every page, index and link of it. Raises Damaged where it is not whole."""
    record_file.look(path)
    connection = connections.connect(path, query=connections.READ_ONLY_AT_REST)
    try:
        told = connection.execute("PRAGMA integrity_check(5)").fetchall()
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if told != [("ok",)] or loose:
        raise errors.Damaged(
            f"The copy {path.name} is not whole and was not kept. What you have is safe. Check the disk and try again."
        )


def found_in(folder: Path, name: str) -> tuple[Backup, ...]:
    """The backups of a file in a folder, newest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        named = _NAMED.match(path.name)
        if named is not None and named["name"] == name:
            found.append(Backup(path, datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=UTC)))
    return tuple(sorted(found, key=lambda backup: backup.made, reverse=True))


def thinned(backups: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Those that may go: all of the last day stay, then the newest of each of 7 days, 5 weeks and 12 months."""
    ordered = sorted(backups, key=lambda backup: backup.made, reverse=True)
    keep: set[Path] = {b.path for b in ordered if (now - b.made).total_seconds() < 86_400}
    keep |= {ordered[0].path} if ordered else set()
    for most, key in ((KEEP_DAYS, "%Y-%j"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        newest: dict[str, Path] = {}
        for backup in ordered:
            newest.setdefault(backup.made.strftime(key), backup.path)
        keep |= set(list(newest.values())[:most])
    return tuple(backup for backup in ordered if backup.path not in keep)


def restore(
    backup: Path, target: Path, who: str, clock: Clock, upgrade: Any = None
) -> tuple[Database, Path | None]:
    """Brings a backup back as the working file, as a new copy, so that it can exchange with the one it replaces.

    A file in its place is kept under another name, which is the second thing given.
    """
    with plainly(backup):
        record_file.look(backup)
        prove(backup)
    held = lock.holder(target)
    if held is not None and not lock.is_stale(held):
        raise errors.RecordInUse(
            f"{target.name} is open for writing by {held.words()}. Nothing was restored. Close it there first."
        )
    beside = target.with_name(f".{target.name}.restored")
    with plainly(target):
        beside.unlink(missing_ok=True)
        aside = _free_name(target, clock().astimezone(UTC)) if target.exists() else None
        copy_proved(backup, beside)
        if aside is not None:
            _set_aside(target, aside)
        beside.replace(target)
    database = record_file.open_file(target, who, clock, moved=record_file.Moved.MOVED, upgrade=upgrade)
    copies.become_new_copy(database, f"restored from {backup.name}")
    return database, aside


def _set_aside(target: Path, aside: Path) -> None:
    for end in ("-wal", "-shm", ""):
        part = target.with_name(target.name + end)
        if part.exists():
            shutil.move(part, aside.with_name(aside.name + end))


def _free_name(target: Path, now: datetime) -> Path:
    first = target.with_name(f"{target.stem} before restore {now:{_STAMP}}{target.suffix}")
    number = 1
    aside = first
    while aside.exists():
        number += 1
        aside = first.with_name(f"{first.stem} ({number}){first.suffix}")
    return aside


def hand_out(database: Database, target: Path) -> str:
    """A second copy for somebody else, under a number and letter of its own; gives the letter."""
    if target.exists():
        raise errors.Unwritable(f"{target.name} is already there. It was left as it is. Choose another name.")
    number, letter = copies.hand_out(database, f" as {target.name}")
    with plainly(target):
        copy_proved(database.path, target)
        engine = connections.engine_for(target)
        with engine.connect() as connection:
            connection.execution_options(**{connections.WRITING: True})
            with connection.begin():
                copies.become(connection, number)
                copies.leave_home(connection)
        engine.dispose()
    return letter
