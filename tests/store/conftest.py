"""A real PCN file in a temporary folder, and a clock that a test may set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nhsdesk.store import record_file, schema
from nhsdesk.store.connections import WRITING
from nhsdesk.store.database import Database
from nhsdesk.store.head import tell_of_itself
from tests import made_once

HIGHEST_COPY = 2**31 - 1


class SetClock:
    """Tells the moment it was set to, and a second more each time it is asked."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def high(path: Path) -> None:
    """Gives a new file the highest copy number there is, so that its ids have their high bits set."""
    from nhsdesk.store import connections

    engine = connections.engine_for(path)
    with engine.connect() as connection:
        connection.execution_options(**{WRITING: True})
        with connection.begin():
            connection.execute(schema.copies.update().values(number=HIGHEST_COPY))
            tell_of_itself(connection, "copy", str(HIGHEST_COPY))
    engine.dispose()


def made(path: Path, clock: made_once.Ticking) -> Database:
    """A new file whose ids have their high bits set, open for writing."""
    return record_file.open_file(made_once.ready(_made, path, clock), "Ann Archer", clock)


def _made(path: Path, clock: made_once.Ticking) -> Database:
    record_file.create(path, "Ann Archer", clock).close()
    high(path)
    return record_file.open_file(path, "Ann Archer", clock)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def db(tmp_path: Path, clock: SetClock) -> Iterator[Database]:
    with made(tmp_path / "Eastfield.nhsdesk", clock) as database:
        yield database


@pytest.fixture
def again(tmp_path: Path, clock: SetClock) -> Iterator[Callable[[Database], Database]]:
    """Closes a file and opens it again."""
    opened: list[Database] = []

    def reopen(database: Database) -> Database:
        database.close()
        opened.append(record_file.open_file(database.path, database.who, clock))
        return opened[-1]

    yield reopen
    for one in opened:
        one.close()
