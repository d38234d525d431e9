"""Filling a commissioner's workbook from what the file holds: what is put where, and what never leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import fill_sources, filling, papers, workbook_mapping
from nhsdesk.commands.filling import Prepared
from nhsdesk.domain.commitments import Commitment, CommitmentKind
from nhsdesk.domain.filling import figures_of
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.conftest import Clock


@pytest.fixture
def held(sample: Path, clock: Clock) -> Iterator[Database]:
    with record_file.open_file(sample, "Ann Archer", clock) as database:
        yield database


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A place's return: two sheets, a date, a formula, and headings over five free rows."""
    book = openpyxl.Workbook()
    front = book.active
    assert front is not None
    front.title = "Summary"
    front["A1"] = "Quarterly return"
    front["B3"], front["B4"], front["B5"] = "PCN", "As at", "Claimed"
    front["C4"].number_format = "dd/mm/yyyy"
    front["C6"] = "=C5*2"
    staff = book.create_sheet("Staff")
    for column, heading in enumerate(("Ref", "Commitment", "Kind"), 1):
        staff.cell(5, column, heading)
    path = tmp_path / "Place return.xlsx"
    book.save(path)
    return path


@pytest.fixture
def workbook(held: Database, blank: Path) -> WorkbookToFill:
    kept = workbook_mapping.keep(held, blank, "Place return", edition="1")
    workbook_mapping.map_cell(held, kept.id, "Summary", "C3", fills="Our PCN: name", heading="PCN")
    workbook_mapping.map_cell(held, kept.id, "Summary", "C4", fills="Day: as at")
    workbook_mapping.map_list(
        held, kept.id, "Staff", "A5", "Register: Commitments", {"A": "Ref", "B": "What", "C": "Kind"},
        only="Kind is ask", in_order="Ref",
    )  # fmt: skip
    return kept


OURS = "Millbrook Green PCN (sample)"


def prepared(held: Database, workbook: WorkbookToFill) -> Prepared:
    return filling.prepare(held, workbook, papers.asked_of(held, Month(2026, 10), None))


def cells(content: bytes, sheet: str) -> dict[str, object]:
    found = openpyxl.load_workbook(BytesIO(content))[sheet]
    return {
        cell.coordinate: cell.value for row in found.iter_rows() for cell in row if cell.value is not None
    }


def test_cells_and_rows_are_filled_from_the_record(held: Database, workbook: WorkbookToFill) -> None:
    made = prepared(held, workbook)
    assert [one for one in made.problems if one.weight is not Weight.NOTE] == []
    front = cells(made.content, "Summary")
    assert (front["C3"], front["C4"], front["C6"]) == (OURS, made_day(held), "=C5*2")
    with held.read() as reader:
        asks = [one for one in reader.all(Commitment) if one.kind is CommitmentKind.ASK]
    staff = cells(made.content, "Staff")
    assert [staff[f"A{row}"] for row in range(6, 6 + len(asks))] == sorted(one.ref for one in asks)
    assert f"A{6 + len(asks)}" not in staff


def made_day(held: Database) -> object:
    from datetime import datetime

    return datetime.combine(held.today(), datetime.min.time())


def test_each_cell_that_will_be_written_is_told_with_what_it_held(
    held: Database, workbook: WorkbookToFill
) -> None:
    made = prepared(held, workbook)
    told = {(one.sheet, one.cell): (one.old, one.new) for one in made.differences}
    assert told["Summary", "C3"] == (None, OURS)
    assert told["Summary", "C4"] == (None, held.today())


def test_what_is_restricted_never_fills_a_row(held: Database, workbook: WorkbookToFill) -> None:
    with held.change("Restrict") as change:
        ask = next(one for one in change.reader.all(Commitment) if one.kind is CommitmentKind.ASK)
        change.put(replace(ask, title="A word of ours", restricted=True))
    assert b"A word of ours" not in json.dumps(str(cells(prepared(held, workbook).content, "Staff"))).encode()
    assert ask.ref not in cells(prepared(held, workbook).content, "Staff").values()


def test_no_register_of_requests_or_people_can_be_named(held: Database, workbook: WorkbookToFill) -> None:
    names = fill_sources.register_names()
    assert not {
        "Register: Support requests",
        "Register: Holders",
        "Register: Pay",
        "Register: Persons",
    } & set(names)
    workbook_mapping.map_list(held, workbook.id, "Staff", "A5", "Register: Support requests", {"A": "Ref"})
    made = prepared(held, workbook)
    assert any("no list called “Register: Support requests”" in one.sentence for one in made.problems)
    assert not filling.may_go_on(made)


def test_a_table_of_a_return_fills_rows_and_its_totals_fill_cells(
    held: Database, workbook: WorkbookToFill
) -> None:
    asked = papers.asked_of(held, Month(2026, 9), None)
    (lines, *_) = fill_sources.listings(held, asked, "ARRS monthly claim")
    figures = figures_of(lines)
    total = next(name for name in figures if name.endswith(": total"))
    workbook_mapping.map_cell(held, workbook.id, "Summary", "C5", fills=total)
    made = filling.prepare(held, workbook, asked)
    told = {(one.sheet, one.cell): one.new for one in made.differences}
    assert ("Summary", "C5") in told
    assert any(one.source == total for one in made.facts.cells)


def test_a_formula_is_never_overwritten_and_the_problem_names_the_cell(
    held: Database, workbook: WorkbookToFill
) -> None:
    workbook_mapping.map_cell(held, workbook.id, "Summary", "C6", words="12")
    made = prepared(held, workbook)
    assert cells(made.content, "Summary")["C6"] == "=C5*2"
    assert any("C6" in one.sentence and one.weight is Weight.MUST_FIX for one in made.problems)


def test_a_source_that_has_gone_stops_the_filling(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    workbook_mapping.map_cell(
        held, workbook.id, "Summary", "C5", fills="ARRS monthly claim: Lines: Nothing: total"
    )
    with pytest.raises(errors.PaperRefused, match="C5 of “Summary”: There is no figure called"):
        filling.issue(held, prepared(held, workbook), tmp_path / "Out.xlsx", acknowledged=True)
    assert not (tmp_path / "Out.xlsx").exists()


def test_what_was_sent_is_kept_with_the_source_of_each_cell(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    made, out = prepared(held, workbook), tmp_path / "Out.xlsx"
    sent = filling.issue(held, made, out, acknowledged=True)
    assert out.read_bytes() == made.content == papers.as_sent(held, sent.ref)[1]
    with held.read() as reader:
        facts = json.loads(reader.kept_bytes(sent.facts.sha256) or b"")["facts"]
    assert {
        "sheet": "Summary",
        "cell": "C3",
        "source": "Our PCN: name",
        "value": OURS,
    } in facts["cells"]
    assert facts["lists"][0]["only"] == "Kind is ask"
    assert papers.write_again(held, sent.ref, tmp_path / "Again.xlsx").ref == sent.ref


def test_the_next_filling_is_held_against_what_was_sent(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    assert prepared(held, workbook).since is None
    filling.issue(held, prepared(held, workbook), tmp_path / "Out.xlsx", acknowledged=True)
    assert prepared(held, workbook).since == ()
    workbook_mapping.map_cell(held, workbook.id, "Summary", "C3", words="Another")
    (one,) = prepared(held, workbook).since or ()
    assert (one.cell, one.old, one.new) == ("C3", OURS, "Another")


def test_another_workbook_than_the_one_mapped_is_refused(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    other = tmp_path / "Newer.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(errors.PaperRefused, match="another version than the one that was mapped"):
        filling.prepare(held, workbook, papers.asked_of(held, Month(2026, 10), None), other)


def test_a_cell_is_mapped_once_and_a_name_kept_once(
    held: Database, workbook: WorkbookToFill, blank: Path
) -> None:
    workbook_mapping.map_cell(held, workbook.id, "Summary", "C3", words="Twice")
    with held.read() as reader:
        assert [one.words for one in reader.all(MappedCell, workbook=workbook.id) if one.cell == "C3"] == [
            "Twice"
        ]
    workbook_mapping.map_list(held, workbook.id, "Staff", "A5", "Register: Practices", {"A": "Ref"})
    with held.read() as reader:
        (listed,) = reader.all(MappedList, workbook=workbook.id)
        assert len(reader.all(MappedColumn, table=listed.id)) == 1
    with pytest.raises(errors.PaperRefused, match="already called “place return”"):
        workbook_mapping.keep(held, blank, "place return")


def test_the_target_ends_as_the_blank_and_is_never_the_record(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    made = prepared(held, workbook)
    for name in ("Out.pdf", "Out.xlsm", "Out"):
        with pytest.raises(errors.Unwritable, match=r"Choose a name ending in \.xlsx"):
            filling.issue(held, made, tmp_path / name, acknowledged=True)
    locked = tmp_path / "Open.xlsx"
    locked.write_bytes(b"before")
    (tmp_path / "~$Open.xlsx").write_bytes(b"\x03Ann")
    with pytest.raises(errors.Unwritable, match="It was left as it is"):
        filling.issue(held, made, locked, acknowledged=True)
    assert locked.read_bytes() == b"before"


def test_only_sound_workbooks_are_kept(held: Database, tmp_path: Path) -> None:
    bad = tmp_path / "Bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(errors.FileRefused):
        workbook_mapping.keep(held, bad, "Bad")
    with held.read() as reader:
        assert [one.name for one in reader.all(WorkbookToFill)] == ["Place quarterly return"]


def test_as_at_is_the_day_asked(held: Database, workbook: WorkbookToFill) -> None:
    made = filling.prepare(held, workbook, papers.asked_of(held, Month(2026, 9), date(2026, 10, 3)))
    assert any(one.new == date(2026, 10, 3) for one in made.differences)


def test_what_was_changed_since_it_was_looked_at_is_not_saved_as_sent(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    made, out = prepared(held, workbook), tmp_path / "Out.xlsx"
    with held.change("Ask") as change:
        ask = change.add(Commitment(title="A new ask", kind=CommitmentKind.ASK))
    position = held.head.position
    assert filling.is_overtaken(held, made)
    with pytest.raises(
        errors.ChangedMeanwhile, match=r"was changed since you looked .* Nothing was written or kept\."
    ):
        filling.issue(held, made, out, acknowledged=True)
    assert not out.exists()
    assert held.head.position == position
    assert ask.ref in {row[0] for listed in prepared(held, workbook).facts.lists for row in listed.rows}
    assert filling.issue(held, prepared(held, workbook), out, acknowledged=True)


def test_a_change_that_fills_no_cell_otherwise_stands_in_nobodys_way(
    held: Database, workbook: WorkbookToFill, tmp_path: Path
) -> None:
    made = prepared(held, workbook)
    with held.change("Ask") as change:
        change.add(Commitment(title="Another kind", kind=CommitmentKind.DUTY))
    assert not filling.is_overtaken(held, made)
    assert filling.issue(held, made, tmp_path / "Out.xlsx", acknowledged=True)


def test_a_mapping_that_was_changed_or_taken_out_since_is_seen(
    held: Database, workbook: WorkbookToFill
) -> None:
    made = prepared(held, workbook)
    workbook_mapping.map_cell(held, workbook.id, "Summary", "C3", words="Another")
    assert filling.is_overtaken(held, made)
