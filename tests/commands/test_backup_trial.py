"""A backup is tried beside everything that counts: what it would give back, and what was written since."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import backup_trial, files
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock, Command
from tests.store.files import bytes_of, names_in


def test_it_says_what_would_come_back_and_touches_neither_file(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    with database.change("Add the first") as change:
        change.add(Commitment(title="First"))
    backup = files.back_up(database, tmp_path / "backups")
    same = backup_trial.try_backup(database, backup)
    assert same.missing == 0
    assert same.faults == ()
    assert same.newest.label == "Add the first"
    assert "Nothing was written since" in same.told[-1]
    with database.change("Add the second") as change:
        change.add(Commitment(title="Second"))
    before, lying = bytes_of(backup), names_in(tmp_path)
    steps = database.head.position
    tried = backup_trial.try_backup(database, backup)
    assert tried.missing == 1
    assert ("Commitments", 1, 2) in tried.differing
    assert tried.told[0].startswith(
        f"{backup.name} was brought back into a folder of its own, opened and proved"
    )
    assert "1 step written since would not come back" in tried.told[2]
    assert (bytes_of(backup), names_in(tmp_path), names_in(backup.parent)) == (before, lying, [backup.name])
    assert database.head.position == steps


def test_a_backup_of_another_pcn_is_told_as_that(database: Database, tmp_path: Path, clock: Clock) -> None:
    clock.moment = clock.moment.replace(year=clock.moment.year + 1)
    other = made_once.network(tmp_path / "Other.nhsdesk", clock)
    with pytest.raises(errors.CannotExchange, match="another PCN file"):
        backup_trial.try_backup(database, other)


def test_the_command_line_tries_a_backup_as_the_window_does(
    nhsdesk: Command, tmp_path: Path, clock: Clock
) -> None:
    path = made_once.network(tmp_path / "Ours.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as database:
        backup = files.back_up(database, tmp_path)
    before = bytes_of(path)
    said = nhsdesk("check", path, "--backup", backup)
    assert said.code == 0
    assert "You would get back" in said.out
    assert bytes_of(path) == before
