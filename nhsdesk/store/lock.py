"""One writer at a time: a lock file beside the PCN file names who has it open, where, since when.

The system holds the lock file for as long as the process lives, so that of two who ask at once exactly one gets it,
and a lock whose process is gone is known for what it is. What stands in the file is for the next person to read, and
for a file carried from another computer.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import psutil

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR = 1 << 30
"""Where the system's lock stands in the file: behind all words, so that others may read them (Windows)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file open for writing."""

    person: str
    machine: str
    process: int
    process_began: float
    since: str

    def words(self) -> str:
        """As told to the next person."""
        return f"{self.person} on {self.machine}, since {self._moment()}"

    def _moment(self) -> str:
        try:
            moment = datetime.fromisoformat(self.since)
        except ValueError:
            return "an unknown time"
        return f"{moment:%H:%M} UTC on {moment.day} {moment:%B %Y}"


_NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
"""A disk whose files the system cannot lock: what stands in the lock file must do."""

_held: dict[Path, IO[str]] = {}
"""The lock files that this process holds."""


def lock_path(path: Path) -> Path:
    """Where the lock file of a PCN file lies."""
    return path.with_name(path.name + ".lock")


def take(path: Path, person: str, now: datetime) -> Holder | None:
    """Takes the lock; the holder when somebody else has it. A lock whose process is gone is taken over.

    Raises OSError where the folder cannot be written.
    """
    mine = Holder(person, socket.gethostname(), os.getpid(), psutil.Process().create_time(), now.isoformat())
    while True:
        file = _opened(path)
        if file is None or not _lock(file):
            if file is not None:
                file.close()
            return holder(path) or Holder("Somebody", "this computer", 0, 0.0, "")
        if not _is_still_there(file, path):
            file.close()
            continue
        held = _read(file)
        if held is not None and not is_stale(held) and not _was_ours(held, mine, path):
            file.close()
            return held
        _held[_key(path)] = file
        try:
            _write(file, json.dumps(asdict(mine)))
        except OSError:
            release(path)
            raise
        return None


def take_again(path: Path, person: str, now: datetime) -> Holder | None:
    """Takes the lock of a file that was away and is back; the holder when somebody else has it."""
    before = _held.pop(_key(path), None)
    if before is not None:
        with contextlib.suppress(OSError):
            before.close()
    return take(path, person, now)


def _was_ours(held: Holder, mine: Holder, path: Path) -> bool:
    """Whether a lock names this very process, which has lost hold of it."""
    same = (held.machine, held.process) == (mine.machine, mine.process)
    return same and abs(held.process_began - mine.process_began) < 2 and _key(path) not in _held


def _key(path: Path) -> Path:
    return lock_path(path).absolute()


def _opened(path: Path) -> IO[str] | None:
    """The lock file, made where there is none; None where it may not be written and its holder is there."""
    try:
        return os.fdopen(os.open(lock_path(path), os.O_RDWR | os.O_CREAT, 0o666), "r+", encoding="utf-8")
    except PermissionError:
        held = holder(path)
        if held is None or is_stale(held):
            raise
        return None


def _lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise
    return True


def _is_still_there(file: IO[str], path: Path) -> bool:
    """Whether the file that was locked is the one that lies there, and not one given back meanwhile."""
    try:
        there, mine = lock_path(path).stat(), os.fstat(file.fileno())
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)


def _read(file: IO[str]) -> Holder | None:
    try:
        file.seek(0)
        return _as_holder(file.read())
    except ValueError:
        return None


def _as_holder(words: str) -> Holder | None:
    try:
        held = Holder(**json.loads(words))
    except (ValueError, TypeError, RecursionError):
        return None
    told = (held.person, held.machine, held.process, held.process_began, held.since)
    kinds = (str, str, int, int | float, str)
    whole = all(isinstance(value, kind) for value, kind in zip(told, kinds, strict=True))
    return held if whole else None


def _write(file: IO[str], words: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(words)
    file.flush()


def holder(path: Path) -> Holder | None:
    """Who the lock file names; None where there is none or it cannot be read."""
    try:
        return _as_holder(lock_path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def is_stale(held: Holder) -> bool:
    """Whether the process that took the lock is gone. Of another machine nobody here can know: it counts as there."""
    if held.machine != socket.gethostname():
        return False
    try:
        process = psutil.Process(held.process)
        return bool(
            abs(process.create_time() - held.process_began) > 2 or process.status() == psutil.STATUS_ZOMBIE
        )
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return True
    except psutil.AccessDenied:
        return False


def release(path: Path) -> None:
    """Gives the lock back, if it is ours."""
    file = _held.pop(_key(path), None)
    if file is None:
        return
    with contextlib.suppress(OSError):
        os.ftruncate(file.fileno(), 0)  # an empty lock file is nobody's
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            file.close()  # nothing that is open can be removed there
        lock_path(path).unlink()
    with contextlib.suppress(OSError):
        file.close()
