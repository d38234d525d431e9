"""Writing a file for others: under a passing name first, then put in place, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from nhsdesk import errors
from nhsdesk.domain.entry import whole_letters
from nhsdesk.store.database import Database

_OWN_ENDINGS = ("-wal", "-shm", ".lock")
_DATABASE = b"SQLite format 3"


@contextmanager
def written_beside(target: Path, write: Callable[[BinaryIO], object]) -> Iterator[Callable[[], None]]:
    """Writes a file under a passing name; the function given puts it in place."""
    beside = _passing(target)

    def put_in_place() -> None:
        with plainly_for(target):
            beside.replace(target)

    try:
        with plainly_for(target):
            _write(beside, target, write)
        yield put_in_place
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_whole(database: Database, target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Writes a file, and puts it in place once all of it is there. Never over a PCN file."""
    refuse_own(database, target)
    with written_beside(target, write) as put_in_place:
        put_in_place()


def refuse_own(database: Database, target: Path) -> None:
    """Refuses to write over the open PCN file, another or a backup, and over what another program holds open."""
    own = [database.path, *(database.path.with_name(database.path.name + end) for end in _OWN_ENDINGS)]
    with plainly_for(target):
        if target.resolve() in [one.resolve() for one in own] or _begins_as_a_database(target):
            raise errors.Unwritable(
                f"{target.name} is a PCN file or a backup of one. It was left as it is. Choose another name."
            )
        if target.is_file():
            with target.open("r+b"):
                pass  # another program that holds it open would stop ours from taking its place


@contextmanager
def plainly_for(target: Path) -> Iterator[None]:
    """Turns what the system says of a file into a sentence."""
    try:
        yield
    except OSError as error:
        where = whole_letters(f"{target.name} could not be written in {target.parent}")
        raise errors.Unwritable(
            f"{where}. Your PCN file is safe, and what stood there is as it was. {_advice(target)}"
        ) from error


def _begins_as_a_database(target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as read:
        return read.read(len(_DATABASE)) == _DATABASE


def _passing(target: Path) -> Path:
    """A name beside a file, however long the file's own is; one left by a crash is written over the next time."""
    marked = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".{marked}.part")


def _write(beside: Path, target: Path, write: Callable[[BinaryIO], object]) -> None:
    if target.is_dir():
        raise IsADirectoryError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("wb") as out:
        write(out)
        out.flush()
        os.fsync(out.fileno())


def _advice(target: Path) -> str:
    try:
        if target.is_dir():
            return "A folder has that name: choose another."
    except OSError:  # a name that no disk takes
        return "Choose a shorter name, of letters and figures."
    return "If it is open in another program, close it there; if the disk is full or read-only, choose another folder."
