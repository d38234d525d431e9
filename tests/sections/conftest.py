"""A file without the maxima shipped with the program, so that each test says which there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """A new PCN file, open, with nothing but the PCN in it."""
    path = made_once.ready(without_maxima, tmp_path / "Ours.nhsdesk", clock)
    with record_file.open_file(path, "Ann Archer", clock) as opened:
        yield opened


def without_maxima(path: Path, clock: made_once.Ticking) -> Database:
    """The PCN and nothing else."""
    made = record_file.create(path, "Ann Archer", clock)
    with made.change("Begin the file") as change:
        change.add(Organisation(name="Eastfield PCN", sector=Sector.PCN, ours=True))
    return made
