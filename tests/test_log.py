"""The log says what happened and to which kind and id, and never what anybody wrote."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhsdesk import log

MARKER = "Ms Marker-Name"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    log.start(tmp_path / "log")
    yield tmp_path / "log"
    log.stop()


def words(folder: Path) -> str:
    return (folder / "nhsdesk.log").read_text(encoding="utf-8")


def test_a_note_names_kind_and_id_and_the_moment_in_utc(folder: Path) -> None:
    log.note("change kept", kind="commitment", record=2**62 + 7)
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(rf"{moment} INFO change kept commitment 4611686018427387911\n", words(folder))


def test_a_mistake_is_logged_with_its_lines_but_without_its_words(folder: Path) -> None:
    try:
        try:
            int(MARKER)
        except ValueError as cause:
            raise KeyError(MARKER) from cause
    except KeyError as error:
        log.mistake(error)
    assert MARKER not in words(folder)
    assert "ERROR KeyError\n" in words(folder)
    assert "ValueError\n" in words(folder)
    assert "test_log.py:" in words(folder)


def test_a_mistake_while_handling_another_names_both(folder: Path) -> None:
    try:
        try:
            int(MARKER)
        except ValueError:
            empty: dict[str, int] = {}
            empty[MARKER]
    except KeyError as error:
        log.mistake(error)
    assert "KeyError" in words(folder)
    assert "ValueError" in words(folder)


def test_a_mistake_that_causes_itself_is_logged_once(folder: Path) -> None:
    error = RuntimeError(MARKER)
    error.__cause__ = error
    log.mistake(error)
    assert words(folder).count("RuntimeError") == 1


def test_nothing_of_other_libraries_is_taken_down(folder: Path) -> None:
    logging.getLogger("sqlalchemy.engine").error("INSERT %s", MARKER)
    assert MARKER not in words(folder)


def test_the_log_never_outgrows_five_files(folder: Path) -> None:
    for number in range(30):
        log.note("x" * 200_000, record=number)  # type: ignore[arg-type,unused-ignore]
    files = list(folder.iterdir())
    assert len(files) == 5
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_starting_again_elsewhere_leaves_the_first_file(folder: Path, tmp_path: Path) -> None:
    log.start(tmp_path / "elsewhere")
    log.note("opened")
    assert words(folder) == ""
    assert "opened" in words(tmp_path / "elsewhere")


def test_without_a_place_to_write_the_work_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    log.start(tmp_path / "taken")
    log.note("opened")
    assert capsys.readouterr() == ("", "")


def test_a_full_disk_does_not_stop_the_work(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    resource = pytest.importorskip("resource", reason="this system cannot limit the size of a file")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        log.note("opened")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert capsys.readouterr() == ("", "")
