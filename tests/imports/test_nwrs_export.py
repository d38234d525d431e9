"""Our own export from the NWRS: known by its headings, kept without anything of a person, whatever it holds."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import data_sets
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.workforce import NwrsRow
from nhsdesk.imports import nwrs_export, recognised
from nhsdesk.sections import workforce
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from tests.factories import HOSTILE

HEADINGS = (
    "Unique Identifier", "First Name", "Last Name", "Date of Birth", "NI Number", "Gender", "Ethnicity", "Staff Group",
    "Staff Role", "Detailed Staff Role", "Contracted Weekly Hours", "Average Weekly Hours Worked", "Start/Join Date",
    "Leave Date", "Are they still working here?", "Record Status", "Module",
)  # fmt: skip
PRIVATE = ("Secretfirst", "Secretlast", "01/02/1970", "QQ123456C", "Secretgender", "Secretethnicity")
ROW = (
    "145743", *PRIVATE, "Other Direct Patient Care staff", "Pharmacists", "Pharmacist", "37.5", "", "01/04/2025", "",
    "Yes", "Submitted", "PCN staff",
)  # fmt: skip


def row(**changes: str) -> tuple[str, ...]:
    """A row with other words under some headings, given by their first word in small letters."""
    places = {heading.split()[0].lower(): n for n, heading in enumerate(HEADINGS)}
    cells = list(ROW)
    for name, words in changes.items():
        cells[places[name]] = words
    return tuple(cells)


def text(path: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows((headings, *rows))
    return path


def workbook(path: Path, *rows: tuple[Any, ...], title: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    book.create_sheet("Notes", 0)
    for cells in (*([title, ()] if title else []), HEADINGS, *rows):
        sheet.append(list(cells))
    book.save(path)
    return path


def kept(database: Database, path: Path) -> tuple[NwrsRow, ...]:
    export = data_sets.adopt(database, data_sets.preview(path))
    with database.read() as reader:
        return workforce.own_rows(reader, export)


def test_an_export_is_known_by_its_headings_and_kept_as_a_data_set(
    database: Database, tmp_path: Path
) -> None:
    seen = data_sets.preview(text(tmp_path / "export.csv", row(), row(module="PCN contracted services")))
    assert seen.reading.kind is DataSetKind.NWRS_EXPORT
    assert seen.reading.told[0] == "2 rows of our own staff, 1 of them contracted services."
    adopted = data_sets.adopt(database, seen)
    assert (adopted.kind, adopted.rows) == (DataSetKind.NWRS_EXPORT, 2)
    database.undo()
    with database.read() as reader:
        assert reader.all(DataSet) == ()


def test_nothing_of_a_person_is_kept(database: Database, tmp_path: Path) -> None:
    adopted = data_sets.adopt(database, data_sets.preview(text(tmp_path / "export.csv", row())))
    with database.read() as reader:
        (only,) = queries.rows_of_data_set(reader, adopted.sha256)
    assert set(only) == set(nwrs_export.NAMES)
    stored = json.dumps(only)
    assert not [word for word in (*PRIVATE, "Secret") if word in stored]
    database.close()
    assert not [word for word in PRIVATE if word.encode() in (tmp_path / "Ours.nhsdesk").read_bytes()]


def test_a_workbook_with_a_title_and_another_sheet_gives_the_same(database: Database, tmp_path: Path) -> None:
    cells = list(ROW)
    cells[10], cells[12] = 37.5, date(2025, 4, 1)  # type: ignore[call-overload]
    path = workbook(tmp_path / "export.xlsx", tuple(cells), title=("NWRS export", "Eastfield PCN"))
    (only,) = kept(database, path)
    assert (only.identifier, only.role_words, str(only.hours)) == ("145743", "Pharmacist", "37.5")
    assert (only.starts, only.still_here, only.status) == (date(2025, 4, 1), True, "Submitted")


def test_headings_may_stand_in_any_order_and_be_spelled_as_published(
    database: Database, tmp_path: Path
) -> None:
    headings = ("FTE", "DETAILED_STAFF_ROLE", "contracted hours per week", "UNIQUE_IDENTIFIER")
    path = text(tmp_path / "a.csv", ("1", "Dietician", "22:30", "7"), headings=headings)
    (only,) = kept(database, path)
    assert (only.identifier, only.role_words, str(only.hours)) == ("7", "Dietician", "22.5")


def test_days_that_can_be_read_both_ways_have_the_day_first(database: Database, tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", row(leave="05/11/2026", are="No"))
    assert kept(database, path)[0].left == date(2026, 11, 5)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_through_as_words(database: Database, tmp_path: Path, words: str) -> None:
    clean = words.replace("\x00", "")
    rows = kept(database, text(tmp_path / "a.csv", row(detailed=clean, unique=clean, record=clean)))
    assert len(rows) <= 1
    with database.read() as reader:
        facts = workforce.gather(reader, date(2026, 11, 30))
    assert facts.own
    assert len(facts.unknown) == len(rows)


@pytest.mark.parametrize("hours", ["-5", "2000", "=37.5", "many", "1e5", "37,5", "nan"])
def test_hours_that_cannot_be_read_are_left_empty_and_told(
    database: Database, tmp_path: Path, hours: str
) -> None:
    path = text(tmp_path / "a.csv", row(contracted=hours))
    told = " ".join(data_sets.preview(path).reading.told)
    assert "Cells that could not be read are left empty." in told
    assert kept(database, path)[0].hours is None


def test_the_same_person_twice_is_two_rows(database: Database, tmp_path: Path) -> None:
    assert len(kept(database, text(tmp_path / "a.csv", row(), row()))) == 2


@pytest.mark.parametrize("rows", [1, 10_000])
def test_any_number_of_rows_is_taken_in(database: Database, tmp_path: Path, rows: int) -> None:
    path = text(tmp_path / "a.csv", *(row(unique=str(n)) for n in range(rows)))
    assert len(kept(database, path)) == rows


def test_an_export_without_a_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.FileRefused, match="no row with a role"):
        data_sets.preview(text(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    "headings",
    [
        ("Detailed Staff Role", "Contracted Weekly Hours"),
        ("Role", "Hours", "Start date", "Leave date", "Salary"),
        ("Unique identifier", "Record status"),
        ("a", "b"),
        (),
    ],
)
def test_headings_of_something_else_are_not_taken_for_an_export(headings: tuple[str, ...]) -> None:
    assert recognised(headings) is None


def test_a_workbook_of_something_else_is_refused_in_a_sentence(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(errors.FileRefused, match="none of the files this program takes in"):
        data_sets.preview(tmp_path / "a.xlsx")


def test_the_published_file_is_not_taken_for_an_own_export(workforce: Path) -> None:
    with workforce.open(encoding="utf-8-sig", newline="") as read:
        headings = tuple(next(csv.reader(read)))
    found = recognised(headings)
    assert found is not None
    assert found.kind is DataSetKind.WORKFORCE
    assert not nwrs_export.knows(headings)


def test_every_hostile_file_ends_in_a_sentence(shared_data: Path) -> None:
    files = [path for path in sorted((shared_data / "hostile").rglob("*")) if path.is_file()]
    assert files
    for path in files:
        with pytest.raises(errors.FileRefused):
            data_sets.preview(path)
