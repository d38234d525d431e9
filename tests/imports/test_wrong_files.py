"""Whatever file is offered, it is read as what it is or refused in a plain sentence, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import data_sets
from nhsdesk.store.database import Database
from tests.conftest import SHARED_DATA

TAKEN_IN = {
    "gp-reg-pat-prac-map.2026-07.csv",
    "pcn_practice_list_and_adjusted_population.2025.csv",
    "pcn_workforce_individual.2026-06.csv",
}
OFFERED = sorted(path for path in SHARED_DATA.rglob("*") if path.is_file() and path.name not in TAKEN_IN)


def assert_refused(database: Database, path: Path) -> str:
    position = database.head.position
    with pytest.raises(errors.FileRefused) as told:
        data_sets.adopt(database, data_sets.preview(path))
    assert database.head.position == position
    sentence = str(told.value)
    assert sentence.endswith((".", "first row."))
    assert "\n" not in sentence
    assert len(sentence) < 500
    return sentence


def test_every_other_public_and_hostile_file_is_refused(shared_data: Path, database: Database) -> None:
    assert len(OFFERED) > 60
    for path in OFFERED:
        assert path.name in assert_refused(database, path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"\n\n\n", "none of the files"),
        (b"\x00" * 100, "does not hold text"),
        (b"PRACTICE_CODE\nA81002\n", "none of the files"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b"%PDF-1.7\n", "web page or a document"),
        (b'"open', "does not end"),
        (b"PUBLICATION," * 20000, "none of the files"),
    ],
)
def test_what_is_no_such_file_is_refused(
    database: Database, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "offered.csv"
    path.write_bytes(content)
    assert says in assert_refused(database, path)


def test_a_folder_is_refused(database: Database, tmp_path: Path) -> None:
    assert "may not be opened" in assert_refused(database, tmp_path)


def test_a_missing_file_is_refused(database: Database, tmp_path: Path) -> None:
    assert "it is not there" in assert_refused(database, tmp_path / "nothing.csv")


def test_the_map_under_a_workbooks_name_is_read_by_what_it_holds(
    database: Database, practice_map: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(practice_map, tmp_path / "map.xlsx"))
    assert data_sets.preview(path).reading.rows[0][0]


def test_a_file_cut_short_in_a_row_is_refused(database: Database, practice_map: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes(practice_map.read_bytes()[:100_020])
    assert "row" in assert_refused(database, path)


def test_a_name_of_a_file_in_strange_letters_is_kept_as_far_as_it_can_be(
    database: Database, practice_map: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(practice_map, tmp_path / "m\udcffp <b>.csv"))
    assert data_sets.adopt(database, data_sets.preview(path)).file_name == "m\ufffdp <b>.csv"
