"""PCN files made once in each process that tests and put where a test wants them: making one takes five openings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from nhsdesk.commands import files
from nhsdesk.store import connections, copies
from nhsdesk.store.database import Database


class Ticking(Protocol):
    """A test's clock: it goes on from its moment each time it is asked."""

    moment: datetime

    def __call__(self) -> datetime: ...


class _Clock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


Make = Callable[[Path, Ticking], Database]
Fill = Callable[[Database], object]


def _nothing(_: Database) -> None:
    """Fills in nothing."""


def network(path: Path, clock: Ticking, fill: Fill = _nothing) -> Path:
    """A closed file of Eastfield PCN, with what comes with the program and with a filling of the test's own."""
    return ready(_network, path, clock, fill)


def ready(make: Make, path: Path, clock: Ticking, fill: Fill = _nothing) -> Path:
    """What that function makes, filled and closed, at that path; the clock has gone on as if it were made there.

    All files of one test that are made alike at one moment are the same copy: they cannot be exchanged.
    """
    content, clock.moment = _made(make, fill, clock.moment)
    path.write_bytes(content)
    be_at_home(path)
    return path


def be_at_home(path: Path) -> None:
    """Tells a file that was copied by a test that it was made where it is."""
    connection = connections.connect_plain(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("UPDATE about_file SET value = ? WHERE key = 'home'", (copies.home(path),))
    connection.close()


@lru_cache(maxsize=16)
def _made(make: Make, fill: Fill, moment: datetime) -> tuple[bytes, datetime]:
    clock = _Clock(moment)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Made.nhsdesk"
        with make(path, clock) as database:
            fill(database)
        return path.read_bytes(), clock.moment


def _network(path: Path, clock: Ticking) -> Database:
    return files.create(path, "Eastfield PCN", "Ann Archer", clock)
