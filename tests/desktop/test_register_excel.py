"""A register out to Excel and back, at the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk.commands import entries
from nhsdesk.desktop import asking
from nhsdesk.desktop.register_excel import BringBack
from nhsdesk.domain.commitments import Commitment
from tests.desktop.desk_side import Person


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person saves, and what they open again: the file saved there last."""
    there = tmp_path / "Out"
    there.mkdir()
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: there / name)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: next(there.iterdir()))
    return there


def edit(folder: Path, work: Callable[[Any, dict[str, int]], object]) -> None:
    (path,) = folder.iterdir()
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    work(sheet, {str(cell.value): cell.column for cell in sheet[4]})
    book.save(path)


def shown(person: Person) -> list[tuple[str, ...]]:
    (part,) = (one for one in person.window.findChildren(BringBack) if one.isVisible())
    return [part.list.words(row) for row in range(part.list.rowCount())]


def test_what_is_shown_goes_out_and_changed_cells_come_back_as_one_step(person: Person, folder: Path) -> None:
    person.goes_to("Commitments")
    person.writes("Filter commitments by words", "footprint", leave=False)
    person.clicks("Export…")
    (path,) = folder.iterdir()
    assert person.told == f"1 commitment saved as {path}."
    edit(folder, lambda sheet, at: setattr(sheet.cell(5, at["What"]), "value", "Said in Excel"))
    person.clicks("Show all")
    person.clicks("Bring back…")
    (row,) = shown(person)
    assert (row[:3], row[4:]) == (("5", "C-003", "What"), ("Said in Excel", "is changed"))
    undoes = person.undoes
    person.clicks("Take in 1 commitment")
    assert person.cell("C-003", "What") == "Said in Excel"
    assert person.told.endswith("Undo takes it back as one step.")
    person.presses("Ctrl+Z")
    assert person.undoes == undoes
    assert person.cell("C-003", "What") != "Said in Excel"


def test_a_file_without_a_change_says_so_and_the_register_comes_back(person: Person, folder: Path) -> None:
    person.goes_to("Commitments")
    person.clicks("Export…")
    person.clicks("Bring back…")
    assert person.sees("25 rows in the file. Nothing is written yet. It holds no change.")
    assert not person.button("Nothing to take in").isEnabled()
    person.clicks("Leave it")
    assert len(person.listed()) == 25


def test_a_field_changed_on_both_sides_stays_until_the_person_says_otherwise(
    person: Person, folder: Path
) -> None:
    person.goes_to("Commitments")
    person.clicks("Export…")
    with person.database.read() as reader:
        first = reader.all(Commitment)[0]
    entries.enter(person.database, Commitment.KIND, first.id, "title", "Said here")
    edit(folder, lambda sheet, at: setattr(sheet.cell(5, at["What"]), "value", "Said in Excel"))
    person.clicks("Bring back…")
    assert shown(person)[0][3:] == (
        "Said here", "Said in Excel", "was changed here as well: stays as it is here",
    )  # fmt: skip
    assert not person.button("Nothing to take in").isEnabled()
    person.clicks("Take the file’s word where a field was changed here as well")
    person.clicks("Take in 1 commitment")
    assert person.cell(first.ref, "What") == "Said in Excel"


def test_a_file_of_somebody_elses_is_refused_in_a_sentence(person: Person, folder: Path) -> None:
    (folder / "Tracker.csv").write_text("What,By when\nSomething,1 May 2027\n")
    person.goes_to("Commitments")
    person.clicks("Bring back…")
    assert "Tracker.csv was not read" in person.warned[-1]
    assert len(person.listed()) == 25
