"""Checked copies of a PCN file: made while it is open, proved before they count, thinned by age, and the way back."""

from __future__ import annotations

import contextlib
import math
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from nhsdesk import errors
from nhsdesk.store import connections, copies, lock, record_file, schema
from nhsdesk.store.connections import plainly
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.record_file import unfinished

SUFFIX = ".nhsdesk-backup"
PAGES_A_STEP = 256
_STAMP = "%Y-%m-%d %H%M%S"
_NAMED = re.compile(
    r"^(?P<name>.+) (?P<stamp>\d{4}-\d{2}-\d{2} \d{6})(?: \((?P<n>\d+)\))?" + re.escape(SUFFIX) + "$"
)

A_COPY_TAKES_LESS = timedelta(hours=1)
"""Half a backup that is older than this is nobody's who is still writing."""

KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 5, 12


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by the moment it was made; of several within one second, `number` counts."""

    path: Path
    made: datetime
    number: int = 1


def make(database: Database, folder: Path) -> Path:
    """Copies the open file page by page, proves the copy and only then gives it its name; thins the older ones."""
    now = database.now()
    with plainly(folder / f"{database.path.stem}{SUFFIX}"):
        folder.mkdir(parents=True, exist_ok=True)
        _clear_halves(folder, f".{database.path.stem} ", (now - A_COPY_TAKES_LESS).timestamp())
        made = copy_proved(database.path, free(folder / f"{database.path.stem} {now:{_STAMP}}{SUFFIX}"))
    # Two PCN files may bear one name: only copies of this one are thinned.
    own = _root_in(database.path)
    kept = [one for one in found_in(folder, database.path.stem) if _root_in(one.path) == own]
    for surplus in thinned(kept, now):
        with contextlib.suppress(OSError):
            surplus.path.unlink()
    return made


def copy_proved(source: Path, target: Path) -> Path:
    """A copy of a PCN file under another name, whole or not there at all. An existing file is never written over."""
    _refuse_existing(target)
    with unfinished(target) as beside:
        _copy_pages(source, beside)
        _prove_copy(beside, target)
        _to_the_disk(beside)
        beside.replace(target)
    return target


def save_elsewhere(database: Database, target: Path) -> None:
    """A copy made through the open file, for when its own place can no longer be written or even found.

    It is of the same number until it is opened as a second copy.
    """
    _refuse_existing(target)
    record_file.refuse_bad_place(target)
    with plainly(target), unfinished(target) as beside:
        try:
            database.copy_pages(beside, PAGES_A_STEP)
        except (driver.Error, errors.DeskError) as error:
            raise errors.Unwritable(_UNREAD.format(file=database.path.name, target=target.name)) from error
        _prove_copy(beside, target)
        _to_the_disk(beside)
        beside.replace(target)


_UNREAD = (
    "{target} was not saved: either the disk that holds {file} cannot be read any more, or there is no room where the "
    "copy was to go. Put the disk back or choose another place; or close the file and bring back its newest backup."
)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise errors.Unwritable(f"{target.name} is already there. It was left as it is. Choose another name.")


def _clear_halves(folder: Path, beginning: str, written_before: float) -> None:
    """Takes away what a run that was ended in the middle of writing left: no later run writes under its name again."""
    for half in folder.iterdir():
        if half.name.startswith(beginning) and record_file.UNFINISHED in half.name:
            with contextlib.suppress(OSError):
                if half.stat().st_mtime < written_before:
                    half.unlink()


def free(path: Path) -> Path:
    """The path, or the next with a number behind it where something is there already."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _copy_pages(source: Path, target: Path) -> None:
    reading = connections.connect(source, query=record_file.how_to_read(source))
    try:
        connections.copy_pages(reading, target, PAGES_A_STEP)
    finally:
        reading.close()


def _to_the_disk(path: Path) -> None:
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def prove(path: Path) -> None:
    """Opens a backup and checks every page, index and link of it. Raises Damaged where it is not whole."""
    record_file.look(path)
    if not _is_whole(path):
        raise errors.Damaged(
            f"{path.name} is damaged. It was left as it is, and nothing was restored. Choose an earlier backup."
        )


def _prove_copy(copy: Path, target: Path) -> None:
    try:
        record_file.look(copy)
        whole = _is_whole(copy)
    except errors.DeskError:
        whole = False
    if not whole:
        raise errors.Damaged(
            f"The copy {target.name} was not kept, because it is not whole: the file it was made of, or the disk, is "
            "damaged. Earlier copies are as they were. Restore the newest of them."
        )


def _is_whole(path: Path) -> bool:
    connection = connections.connect(path, query=connections.READ_ONLY_AT_REST)
    try:
        told = connection.execute("PRAGMA integrity_check(5)").fetchall()
        return told == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()


def found_in(folder: Path, name: str) -> tuple[Backup, ...]:
    """The backups of a file in a folder, newest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        named = _NAMED.match(path.name)
        if named is not None and named["name"] == name:
            with contextlib.suppress(ValueError):
                made = datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, made, int(named["n"] or 1)))
    return tuple(sorted(found, key=_age, reverse=True))


def _age(backup: Backup) -> tuple[datetime, int]:
    return backup.made, backup.number


def thinned(backups: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Those that may go: all of the last day stay, then the newest of each of 7 days, 5 weeks and 12 months."""
    ordered = sorted(backups, key=_age, reverse=True)
    keep: set[Path] = {b.path for b in ordered if (now - b.made).total_seconds() < 86_400}
    keep |= {ordered[0].path} if ordered else set()
    for most, key in ((KEEP_DAYS, "%Y-%j"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        newest: dict[str, Path] = {}
        for backup in ordered:
            newest.setdefault(backup.made.strftime(key), backup.path)
        keep |= set(list(newest.values())[:most])
    return tuple(backup for backup in ordered if backup.path not in keep)


def restore(
    backup: Path, target: Path, who: str, clock: Clock, upgrade: record_file.Upgrade | None = None
) -> tuple[Database, Path | None]:
    """Brings a backup back as the working file, as a new copy, so that it can exchange with the one it replaces.

    A file in its place is kept under another name, which is the second thing given. Whatever goes wrong, the file in
    its place is as it was.
    """
    with plainly(backup):
        prove(backup)
    record_file.refuse_bad_place(target)
    now = clock().astimezone(UTC)
    with plainly(target):
        held = lock.take(target, who, now)
    if held is not None:
        raise errors.RecordInUse(
            f"{target.name} is open for writing by {held.words()}. Nothing was restored. Close it there first."
        )
    try:
        with plainly(target):
            _refuse_another_pcn(backup, target)
            taken = _copies_in(target)
            _clear_halves(target.parent, f".{target.stem} before restore ", math.inf)
            aside = _put_in_place(backup, target, now)
    finally:
        lock.release(target)
    try:
        database = record_file.open_file(target, who, clock, moved=record_file.Moved.MOVED, upgrade=upgrade)
        try:
            copies.become_new_copy(database, f"restored from {backup.name}", taken)
        except BaseException:
            database.close()
            raise
    except BaseException:
        _take_back(target, aside)
        raise
    return database, aside


def _refuse_another_pcn(backup: Path, target: Path) -> None:
    """A file that can still be read is replaced only by a backup of the same PCN's."""
    there, brought = _root_in(target), _root_in(backup)
    if there is not None and brought is not None and there != brought:
        raise errors.CannotExchange(
            f"{backup.name} is not a backup of {target.name}: it is of another PCN file. Nothing was restored. "
            "Restore it under another name."
        )


def _root_in(path: Path) -> int | None:
    """The number of the copy that all copies of a file come from; None where it cannot be read."""
    found = _asked_of(path, "SELECT number FROM copies WHERE parent IS NULL")
    return int(found[0]) if found else None


def _copies_in(path: Path) -> tuple[str, ...]:
    """The letters that the file to be replaced knows, so that none is given twice; none where it cannot be read."""
    return tuple(map(str, _asked_of(path, "SELECT letter FROM copies")))


def _asked_of(path: Path, question: str) -> tuple[Any, ...]:
    """The first column of the answers of a file that may not be there, or be damaged; then none."""
    log = record_file.log_left(path)
    try:
        connection = connections.connect(
            path, query=connections.READ_ONLY if log else connections.READ_ONLY_AT_REST
        )
    except driver.Error:
        return ()
    try:
        return tuple(row[0] for row in connection.execute(question).fetchall())
    except driver.Error:
        return ()
    finally:
        connection.close()


def _put_in_place(backup: Path, target: Path, now: datetime) -> Path | None:
    """The backup under the target's name; what was there, with its log, under another."""
    with unfinished(target) as beside:
        beside.unlink()
        copy_proved(backup, beside)
        aside = free(target.with_name(f"{target.stem} before restore {now:{_STAMP}}{target.suffix}"))
        if not target.exists():
            beside.replace(target)
            return None
        if record_file.log_left(target):  # the log first: a file without its log would lack what stands in it
            _keep_under(target.with_name(target.name + "-wal"), aside.with_name(aside.name + "-wal"))
        _keep_under(target, aside)
        for end in _BESIDE:  # a log must never lie beside a file it was not written for
            target.with_name(target.name + end).unlink(missing_ok=True)
        beside.replace(target)
        return aside


_BESIDE = ("-wal", "-shm")


def _keep_under(part: Path, name: Path) -> None:
    """A copy, not a second name: broken off here, two names of one file would go on being written together."""
    with unfinished(name) as beside:
        shutil.copy2(part, beside)
        _to_the_disk(beside)
        beside.replace(name)


def _take_back(target: Path, aside: Path | None) -> None:
    """Puts the file that was there in its place again, after a restore that came to nothing."""
    for end in (*_BESIDE, ""):
        target.with_name(target.name + end).unlink(missing_ok=True)
        if aside is not None and aside.with_name(aside.name + end).exists():
            aside.with_name(aside.name + end).replace(target.with_name(target.name + end))


def hand_out(database: Database, target: Path) -> str:
    """A second copy for somebody else, under a number and letter of its own; gives the letter."""
    _refuse_existing(target)
    with plainly(target), unfinished(target) as beside:
        number, letter = copies.hand_out(database, f" as {target.name}")
        _copy_pages(database.path, beside)
        _become(beside, number)
        _prove_copy(beside, target)
        _to_the_disk(beside)
        beside.replace(target)
    return letter


def _become(path: Path, number: int) -> None:
    engine = connections.engine_for(path)
    try:
        with engine.connect() as connection:
            connection.execution_options(**{connections.WRITING: True})
            with connection.begin():
                copies.become(connection, number)
                copies.leave_home(connection)
                connection.execute(schema.drafts.delete())
        record_file.bring_in_log(engine)
    finally:
        engine.dispose()
