"""A file without the maxima shipped with the program, so that each test says which there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.conftest import Clock


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """A new PCN file, open, with nothing but the PCN in it."""
    with record_file.create(tmp_path / "Ours.nhsdesk", "Ann Archer", clock) as opened:
        with opened.change("Begin the file") as change:
            change.add(Organisation(name="Eastfield PCN", sector=Sector.PCN, ours=True))
        yield opened
