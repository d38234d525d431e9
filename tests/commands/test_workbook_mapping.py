"""A commissioner's workbook in its newer version: what moved goes over, what is not sure is asked, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import workbook_mapping as mapping
from nhsdesk.documents.template_print import Fate, MappedPlace
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.store.database import Database


def written(path: Path, rows_above: int, questions: tuple[str, ...], headings: tuple[str, ...]) -> Path:
    """A return whose questions stand in column B and whose list has its headings on another sheet."""
    book = openpyxl.Workbook()
    front = book.active
    assert front is not None
    front.title = "Summary"
    front["A1"] = "Return"
    for row, words in enumerate(questions, 3 + rows_above):
        front.cell(row, 2, words)
    staff = book.create_sheet("Staff")
    for column, words in enumerate(headings, 1):
        staff.cell(4 + rows_above, column, words)
    book.save(path)
    return path


@pytest.fixture
def old(database: Database, tmp_path: Path) -> WorkbookToFill:
    blank = written(tmp_path / "2026.xlsx", 0, ("Name of PCN", "As at", "Total"), ("Ref", "Title", "Kind"))
    kept = mapping.keep(database, blank, "Place return", edition="2026/27")
    for cell, fills in (("C3", "Our PCN: name"), ("C4", "Day: as at"), ("C5", "Month: words")):
        mapping.map_cell(database, kept.id, "Summary", cell, fills=fills)
    mapping.map_list(
        database, kept.id, "Staff", "A4", "Register: Commitments", {"A": "Ref", "B": "What", "C": "Kind"},
        headings={"A": "Ref", "B": "Title", "C": "Kind"},
    )  # fmt: skip
    return kept


def places(database: Database, workbook: WorkbookToFill) -> dict[str, str]:
    with database.read() as reader:
        return {one.fills or "": one.cell for one in reader.all(MappedCell, workbook=workbook.id)}


def test_a_blank_is_kept_with_its_fingerprint(old: WorkbookToFill) -> None:
    assert old.edition == "2026/27"
    assert "Name of PCN" in (old.fingerprint or "")


def test_what_moved_goes_over_with_it_in_one_step(
    database: Database, old: WorkbookToFill, tmp_path: Path
) -> None:
    path = written(tmp_path / "2027.xlsx", 2, ("Name of PCN", "As at", "Total"), ("Kind", "Ref", "Title"))
    newer = mapping.look_at_newer(database, old, path)
    assert {one.fate for one in newer.compared.places} == {Fate.MOVED}
    made = mapping.take_over_newer(database, newer, "2027/28", {})
    assert places(database, made) == {"Our PCN: name": "C5", "Day: as at": "C6", "Month: words": "C7"}
    with database.read() as reader:
        (listed,) = reader.all(MappedList, workbook=made.id)
        columns = {one.fills: one.column for one in reader.all(MappedColumn, table=listed.id)}
        before = reader.get(WorkbookToFill, old.id)
    assert (listed.header, columns) == ("A6", {"Ref": "B", "What": "C", "Kind": "A"})
    assert (made.name, before.name, before.replaced_by) == ("Place return", "Place return, 2026/27", made.id)
    assert len(places(database, old)) == 3
    database.undo()
    with database.read() as reader:
        assert reader.get(WorkbookToFill, old.id).name == "Place return"
        assert reader.count(WorkbookToFill) == 1


def test_what_disappeared_is_asked_and_nothing_is_guessed(
    database: Database, old: WorkbookToFill, tmp_path: Path
) -> None:
    path = written(tmp_path / "2027.xlsx", 0, ("Name of PCN", "As at"), ("Ref", "Kind"))
    newer = mapping.look_at_newer(database, old, path)
    assert len(newer.to_settle) == 2
    with pytest.raises(errors.PaperRefused, match="2 of its places"):
        mapping.take_over_newer(database, newer, None, {})
    with database.read() as reader:
        assert reader.count(WorkbookToFill) == 1
    gone, listed = newer.to_settle
    at = newer.compared.places[listed].now[0]
    made = mapping.take_over_newer(database, newer, None, {gone: None, listed: at})
    assert places(database, made) == {"Our PCN: name": "C3", "Day: as at": "C4"}
    with database.read() as reader:
        (one,) = reader.all(MappedList, workbook=made.id)
        assert {c.fills: c.column for c in reader.all(MappedColumn, table=one.id)} == {
            "Ref": "A",
            "Kind": "B",
        }


def test_a_place_that_was_settled_by_a_person_is_where_they_said(
    database: Database, old: WorkbookToFill, tmp_path: Path
) -> None:
    path = written(tmp_path / "2027.xlsx", 0, ("Name of PCN", "As at"), ("Ref", "Title", "Kind"))
    newer = mapping.look_at_newer(database, old, path)
    (gone,) = newer.to_settle
    made = mapping.take_over_newer(database, newer, None, {gone: MappedPlace("Summary", "D9")})
    assert places(database, made)["Month: words"] == "D9"


def test_the_very_same_workbook_needs_nothing_settled(
    database: Database, old: WorkbookToFill, tmp_path: Path
) -> None:
    path = written(tmp_path / "Same.xlsx", 0, ("Name of PCN", "As at", "Total"), ("Ref", "Title", "Kind"))
    newer = mapping.look_at_newer(database, old, path)
    assert newer.compared.settled
    assert newer.to_settle == ()
