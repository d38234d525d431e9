"""The diagnostics tell of program, computer and file in numbers; no planted word comes into them."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import nhsdesk
from nhsdesk import errors, log
from nhsdesk.commands import attachments, diagnostics, files
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.links import Note, Tag
from nhsdesk.domain.organisations import Person
from nhsdesk.settings import Settings
from nhsdesk.store import drafts
from tests.conftest import Clock

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PLANTED = "quaggafish"


@pytest.fixture
def planted(tmp_path: Path, clock: Clock) -> str:
    """The diagnostics of a file, settings and log that hold a word wherever words are."""
    folder = tmp_path / f"{PLANTED} folder"
    folder.mkdir()
    letter = folder / f"{PLANTED}.txt"
    letter.write_text(f"Dear {PLANTED}", encoding="utf-8")
    log.start(folder / "log")
    path = folder / f"{PLANTED}.nhsdesk"
    with files.create(path, f"{PLANTED} PCN", f"{PLANTED} Archer", clock) as database:
        with database.change(f"Add {PLANTED}") as change:
            owner = change.add(Person(role_title=f"{PLANTED} lead", name=PLANTED.title()))
            action = change.add(Action(what=f"Ring {PLANTED}", owner=owner.id, due=date(2026, 12, 1)))
            change.add(Commitment(title=PLANTED.upper()))
            change.add(Note(on=action.id, words=PLANTED))
            change.add(Tag(on=action.id, word=PLANTED))
        attachments.attach(database, action.id, attachments.look(letter), PLANTED)
        drafts.keep(database, "action", str(action.id), "due", f"{PLANTED} day")
        log.note("change kept", kind="action", record=int(action.id))
        try:
            raise ValueError(PLANTED)
        except ValueError as mistake:
            log.mistake(mistake)
        log.stop()
        settings = Settings(
            display_name=PLANTED,
            who=PLANTED,
            recent=(path,),
            layout={f"{PLANTED}.columns": PLANTED},
            told=(PLANTED,),
        )
        told = diagnostics.lines(
            NOW, settings, database, ("Window: 1366 x 768",), diagnostics.log_lines(folder / "log")
        )
    return "\n".join(told)


def test_no_word_of_the_file_or_of_its_people_is_in_the_diagnostics(planted: str) -> None:
    assert PLANTED not in planted.casefold()
    assert "ValueError" in planted
    assert "change kept action" in planted


def test_the_diagnostics_tell_what_is_asked_first(planted: str) -> None:
    for line in (
        f"Program: {nhsdesk.__version__}, form of files ",
        "Window: 1366 x 768",
        "Entries: 1 Actions",
        "Entries: 1 Attachments",
        "Only read: no",
    ):
        assert line in planted


def test_without_a_file_the_program_and_computer_are_told(own_home: Path) -> None:
    told = diagnostics.lines(NOW, Settings(), None, (), diagnostics.log_lines())
    assert "No PCN file is open." in told
    assert told[-1] == "Log:"


def test_every_library_is_named_with_its_version_and_licence() -> None:
    told = diagnostics.libraries()
    assert {name for name, _, _ in told} == set(diagnostics.LIBRARIES)
    assert all(version[0].isdigit() and licence for _, version, licence in told)


def test_the_libraries_named_are_those_the_program_asks_for() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[~=<>; ]", one)[0] for one in project["project"]["dependencies"]}
    assert set(diagnostics.LIBRARIES) == asked


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(errors.Unwritable, match="The diagnostics were not saved"):
        diagnostics.save(("x",), tmp_path / "missing" / "d.txt")
