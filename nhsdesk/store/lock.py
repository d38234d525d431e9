"""One writer at a time: a lock file beside the PCN file names who has it open, where, since when."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psutil


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
        moment = datetime.fromisoformat(self.since)
        return f"{self.person} on {self.machine}, since {moment:%H:%M} UTC on {moment.day} {moment:%B %Y}"


def lock_path(path: Path) -> Path:
    """Where the lock file of a PCN file lies."""
    return path.with_name(path.name + ".lock")


def take(path: Path, person: str, now: datetime) -> Holder | None:
    """Takes the lock; the holder when somebody else has it. A lock whose process is gone is taken over.

    Raises OSError where the folder cannot be written.
    """
    for _ in range(3):
        try:
            _create(path, person, now)
            return None
        except FileExistsError:
            held = holder(path)
            if held is not None and not is_stale(held):
                return held
            with contextlib.suppress(FileNotFoundError):
                lock_path(path).unlink()
    return holder(path)


def _create(path: Path, person: str, now: datetime) -> None:
    mine = Holder(person, socket.gethostname(), os.getpid(), psutil.Process().create_time(), now.isoformat())
    whole = lock_path(path).with_name(f"{path.name}.lock.{os.getpid()}")
    whole.write_text(json.dumps(asdict(mine)), encoding="utf-8")
    try:
        os.link(whole, lock_path(path))
    except (PermissionError, NotImplementedError, AttributeError):
        _create_without_links(path, whole)
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise
        _create_without_links(path, whole)
    finally:
        whole.unlink()


def _create_without_links(path: Path, whole: Path) -> None:
    """For disks without hard links, such as memory sticks."""
    with lock_path(path).open("x", encoding="utf-8") as out:
        out.write(whole.read_text(encoding="utf-8"))


def holder(path: Path) -> Holder | None:
    """Who the lock file names; None where there is none or it cannot be read."""
    try:
        return Holder(**json.loads(lock_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
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
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


def release(path: Path) -> None:
    """Gives the lock back, if it is ours."""
    held = holder(path)
    if held is not None and held.process == os.getpid() and held.machine == socket.gethostname():
        with contextlib.suppress(OSError):
            lock_path(path).unlink()
