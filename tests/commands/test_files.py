"""Where a new file may lie and how it is named; what is told of a file when it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.commands import files
from nhsdesk.store.database import Database
from tests.conftest import Clock


@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("North & South: West/East PCN", "North & South West East PCN"),
        ("  St. Mary's  PCN. ", "St. Mary's PCN"),
        ("🎉", "PCN"),
        ("..", "PCN"),
        ("", "PCN"),
        ("con", "con PCN"),
        ("Aux.old", "Aux.old PCN"),
        ("Ωμέγα PCN", "Ωμέγα PCN"),
    ],
)
def test_a_file_is_named_after_its_pcn(network: str, name: str) -> None:
    assert files.named_for(network) == name


@given(st.text())
def test_any_name_at_all_is_one_that_every_computer_takes(network: str) -> None:
    name = files.named_for(network)
    assert name
    assert not set('<>:"/\\|?*') & set(name)
    assert name.isprintable()
    assert name == name.strip(" .")
    assert len(name.encode()) <= 125


def test_a_place_is_looked_at_before_anything_is_written(tmp_path: Path) -> None:
    assert files.place_for(tmp_path / "New.nhsdesk").refused_because == ""
    assert "OneDrive" in files.place_for(tmp_path / "OneDrive" / "New.nhsdesk").refused_because
    (tmp_path / "There.nhsdesk").touch()
    assert "already there" in files.place_for(tmp_path / "There.nhsdesk").refused_because


def test_a_free_place_has_a_number_where_the_name_is_taken(tmp_path: Path) -> None:
    assert files.free_place(tmp_path, "Our PCN").name == "Our PCN.nhsdesk"
    (tmp_path / "Our PCN.nhsdesk").touch()
    assert files.free_place(tmp_path, "Our PCN").name == "Our PCN (2).nhsdesk"


def test_what_a_file_is(database: Database) -> None:
    about = files.about(database)
    assert (about.network, about.code, about.letter, about.copies) == ("Eastfield PCN", "", "A", 1)
    assert (about.steps, about.sample) == (1, False)
    assert about.entries > 1
    assert about.size > 0


def test_of_a_sample_it_is_known_that_it_is_one(sample: Path, clock: Clock) -> None:
    with files.open_to_read(sample, "Ann Archer", clock) as database:
        assert files.about(database).sample


def test_without_a_backup_there_is_no_newest(database: Database, tmp_path: Path) -> None:
    assert files.newest_backup(database, tmp_path) is None
    assert files.newest_backup(database, tmp_path / "not there") is None
    made = files.back_up(database, tmp_path)
    newest = files.newest_backup(database, tmp_path)
    assert newest is not None
    assert newest.path == made


def test_a_file_that_was_left_open_tells_so(database: Database, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "Left.nhsdesk"
    files.create(path, "Left PCN", "Ann Archer", clock).close()
    path.with_name(f"{path.name}.lock").write_text("", encoding="utf-8")
    opening = files.open_as_it_may_be(path, "Ann Archer", clock)
    with opening.database:
        assert "was left open" in opening.database.not_closed


def test_a_file_in_use_is_opened_to_read(database: Database, clock: Clock) -> None:
    opening = files.open_as_it_may_be(database.path, "Bea Brown", clock)
    with opening.database as reading:
        assert "open for writing by Ann Archer" in reading.read_only_because
