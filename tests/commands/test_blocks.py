"""Blocks from the clipboard and from files, and the columns that are remembered for the next time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import blocks
from nhsdesk.domain import kinds
from nhsdesk.domain.blocks import Block, Wanted
from nhsdesk.domain.employers import ColumnMapping, Incoming
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.store.database import Database

WANTED = (
    Wanted("label", "Post", kinds.Text(), ("post", "action")),
    Wanted("salary", "Salary", kinds.Pounds(), ("salary",)),
)


def cells(block: Block) -> list[tuple[str, ...]]:
    return [block.headings, *block.rows]


def told_or_read(work: Callable[[], Block]) -> str:
    """Whether it was read, into rows of one width, or refused in a sentence that says what is safe."""
    told = ""
    try:
        block = work()
        assert len({len(row) for row in cells(block)}) == 1
    except errors.FileRefused as refused:
        told = str(refused)
    if told:
        assert "not read" in told or "nothing to read" in told.lower()
        assert "Nothing has been changed." in told
    return "told" if told else "read"


# ---- the clipboard


def test_cells_copied_from_excel_come_with_their_commas() -> None:
    block = blocks.from_text("Post\tSalary\r\nPharmacist\t4,400.00\r\nParamedic\t4,850.00\r\n", WANTED)
    assert cells(block) == [("Post", "Salary"), ("Pharmacist", "4,400.00"), ("Paramedic", "4,850.00")]


def test_cells_without_headings_come_with_their_commas_too() -> None:
    assert blocks.from_text("Pharmacist\t4,400.00\nParamedic\t4,850.00", WANTED).rows == (
        ("Pharmacist", "4,400.00"),
        ("Paramedic", "4,850.00"),
    )


def test_a_quoted_cell_with_line_breaks_is_one_cell() -> None:
    block = blocks.from_text('Post\tSalary\r\n"Senior ""lead""\r\npharmacist"\t4,400\r\nGP\t1\r\n', WANTED)
    assert block.rows == (('Senior "lead" pharmacist', "4,400"), ("GP", "1"))


def test_text_separated_by_commas_is_read_with_its_quotation_marks() -> None:
    block = blocks.from_text('Post,Salary\n"Pharmacist, senior","4,400.00"\nGP,1\n', WANTED)
    assert block.rows == (("Pharmacist, senior", "4,400.00"), ("GP", "1"))


@pytest.mark.parametrize("words", ["", "  \n\t\r\n "])
def test_nothing_pasted_is_told(words: str) -> None:
    with pytest.raises(errors.FileRefused, match="There is nothing to read in what was pasted"):
        blocks.from_text(words)


def test_more_than_a_desk_ever_holds_is_refused() -> None:
    with pytest.raises(errors.FileRefused, match="longer than 5,000,000 characters"):
        blocks.from_text("x" * 5_000_001)


def test_half_a_letter_does_not_stop_the_rest() -> None:
    assert blocks.from_text("Post\tSalary\nPharm\ud83dacist\t1", WANTED).rows[0][1] == "1"


def test_a_quotation_mark_left_open_is_refused_plainly() -> None:
    with pytest.raises(errors.FileRefused, match="quotation mark"):
        blocks.from_text('Post\tSalary\n"Pharmacist\t1\n', WANTED)


@pytest.mark.parametrize("words", ["<html><table>", "a\0b\tc", "x", "\t\t\t", '""', "=cmd|' /C calc'!A0\t1"])
def test_hostile_words_end_in_cells_or_in_a_sentence(words: str) -> None:
    assert told_or_read(lambda: blocks.from_text(words, WANTED)) in ("read", "told")


# ---- files


def test_of_several_sheets_the_one_with_the_columns_wanted_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Notes", "Read me"])
    sheet = book.create_sheet("October")
    for row in (["Payroll for October"], [], ["Post", "Name", "Salary"], ["Pharmacist", "Jo Bloggs", 4400.5]):
        sheet.append(row)
    book.save(tmp_path / "pay.xlsx")
    block = blocks.from_file(tmp_path / "pay.xlsx", WANTED)
    assert cells(block) == [("Post", "Salary"), ("Pharmacist", "4400.5")]
    assert (block.first_row, block.sheet, block.left_behind) == (4, "October", ("Name",))


def test_separated_text_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "pay.csv").write_text("Post;Salary\nPharmacist;4,400.00\n", encoding="cp1252")
    assert blocks.from_file(tmp_path / "pay.csv", WANTED).rows == (("Pharmacist", "4,400.00"),)


def test_a_file_without_a_cell_is_told(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(errors.FileRefused, match="there are no cells in it"):
        blocks.from_file(tmp_path / "empty.xlsx", WANTED)


def test_real_logs_end_in_rows_of_one_width_or_in_a_plain_sentence(shared_data: Path) -> None:
    wanted = (Wanted("what", "Action", kinds.Text(), ("action", "actions")),)
    for path in sorted((shared_data / "logs").iterdir()):
        told = told_or_read(partial(blocks.from_file, path, wanted))
        assert told == (
            "told" if path.name == "excel_as_csv.csv" else "read"
        )  # that one is a broken workbook


def test_the_headings_of_a_countys_action_plan_are_found_in_its_fourth_row(shared_data: Path) -> None:
    wanted = (
        Wanted("action", "Action", kinds.Text(), ("action",)),
        Wanted("partners", "Partners", kinds.Text(), ("partners", "partner")),
    )
    block = blocks.from_file(shared_data / "logs" / "Action_plan_table.xlsx", wanted)
    assert block.first_row == 5
    assert len(block.rows) >= 88


def test_every_hostile_file_ends_in_cells_or_in_a_plain_sentence(shared_data: Path) -> None:
    for path in sorted((shared_data / "hostile").rglob("*.*")):
        told_or_read(partial(blocks.from_file, path, WANTED))


# ---- what is remembered


def remember(database: Database, employer: Id | None, headings: dict[str, str]) -> None:
    with database.change("Take in payroll") as change:
        blocks.remember(change, Incoming.PAYROLL, employer, headings)


def remembered(database: Database, employer: Id | None) -> dict[str, str]:
    with database.read() as reader:
        return dict(blocks.remembered(reader, Incoming.PAYROLL, employer))


def test_columns_are_remembered_for_each_employer_apart(database: Database) -> None:
    with database.change("Add employers") as change:
        one, other = (change.add(Organisation(name=name)).id for name in ("Federation", "Trust"))
    remember(database, one, {"Gross": "salary", "Ers = NI": "employer_ni", "Total": ""})
    remember(database, other, {"Pay": "salary"})
    assert remembered(database, one) == {"Gross": "salary", "Ers = NI": "employer_ni", "Total": ""}
    assert remembered(database, other) == {"Pay": "salary"}
    assert remembered(database, None) == {}


def test_remembering_again_replaces_what_was_remembered(database: Database) -> None:
    remember(database, None, {"Gross": "salary"})
    remember(database, None, {"Basic\npay": "salary"})
    assert remembered(database, None) == {"Basic pay": "salary"}
    with database.read() as reader:
        assert reader.count(ColumnMapping) == 1


def test_lines_that_somebody_wrote_by_hand_do_no_harm(database: Database) -> None:
    with database.change("Add a mapping") as change:
        change.add(ColumnMapping(block=Incoming.PAYROLL, headings="nonsense\n= x\nGross = salary\n\n"))
    assert remembered(database, None) == {"Gross": "salary"}
