"""A commissioner's workbook is kept, mapped by pointing, looked at before it is saved, and taken over anew."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from nhsdesk.desktop import asking
from nhsdesk.desktop.papers.workbooks_page import WorkbooksPage
from tests.desktop.desk_side import Person


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A return with three questions, each with a boxed cell beside it, a formula, and a list on a second sheet."""
    from openpyxl.styles import Border, Font, PatternFill, Side

    book = openpyxl.Workbook()
    front = book.active
    assert front is not None
    front.title = "Summary"
    front["A1"] = "Place return"
    front.merge_cells("A1:C1")
    boxed = Border(*(Side("thin"),) * 4)
    for row, words in enumerate(("Name of PCN", "ODS code of PCN", "Month of return"), 3):
        front.cell(row, 1, words).fill = PatternFill("solid", "FFDDEEFF")
        front.cell(row, 2).border = boxed
    front["B7"] = "=B3"
    listed = book.create_sheet("Commitments")
    for column, words in enumerate(("Ref", "What", "Owner"), 1):
        head = listed.cell(2, column, words)
        head.font, head.fill = Font(bold=True), PatternFill("solid", "FFDDEEFF")
        for row in range(3, 9):
            listed.cell(row, column).border = boxed
    path = tmp_path / "Return.xlsx"
    book.save(path)
    return path


def page(person: Person, part: str = "Kept") -> WorkbooksPage:
    person.goes_to("Returns and papers", "Workbooks to fill")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, WorkbooksPage)
    return front


def keeps(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkbooksPage:
    shown = page(person)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    person.writes("Name", "Place return")
    person.writes("Version", "2026/27")
    person.clicks("Keep a workbook…")
    return shown


def test_a_workbook_is_kept_and_taken_out_again(
    newcomer: Person, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = keeps(newcomer, blank, monkeypatch)
    assert shown.kept.list.words(0) == ("Place return", "2026/27", "", "20 November 2026", "0", "never")
    newcomer.clicks("Take out")
    assert newcomer.sees("is kept here as it came, blank")
    assert newcomer.undoes == "Undo: Take out the workbook “Place return”"


@pytest.fixture
def pointing(newcomer: Person, blank: Path, monkeypatch: pytest.MonkeyPatch) -> WorkbooksPage:
    shown = keeps(newcomer, blank, monkeypatch)
    newcomer.clicks("Say what fills it")
    return shown


def said(person: Person, shown: WorkbooksPage) -> list[tuple[str, ...]]:
    table = shown.mapping.filled.list
    return [table.words(row) for row in range(table.rowCount())]


def test_cells_are_mapped_by_walking_to_them(newcomer: Person, pointing: WorkbooksPage) -> None:
    assert newcomer.sees("Place return, joined over A1:C1.")
    newcomer.presses("F8")
    assert newcomer.sees("B3, empty.")
    newcomer.presses("Return")
    assert newcomer.sees("What fills B3 for “Name of PCN”?")
    newcomer.presses("Return", "Return")  # what is proposed; then the next place asks at once
    newcomer.types("ods")
    newcomer.presses("Return", "Return")
    newcomer.types("Quarter 2")
    newcomer.presses("Return")
    assert said(newcomer, pointing) == [
        ("B3 of Summary", "Our PCN: name"),
        ("B4 of Summary", "Our PCN: ODS code"),
        ("B5 of Summary", "always “Quarter 2”"),
    ]
    assert newcomer.undoes == "Undo: Fill B5 of “Summary”"
    pointing.mapping.view.go_to(3, 2)
    newcomer.presses("Delete")
    assert len(said(newcomer, pointing)) == 2


def test_a_formula_is_told_and_never_filled(newcomer: Person, pointing: WorkbooksPage) -> None:
    pointing.mapping.view.go_to(7, 2)
    newcomer.presses("Return")
    assert newcomer.sees("What fills B7? It holds a formula, which is never overwritten.")
    newcomer.presses("Escape")
    assert newcomer.focus is pointing.mapping.view


def test_a_heading_row_is_filled_with_a_list_whose_columns_are_proposed(
    newcomer: Person, pointing: WorkbooksPage
) -> None:
    newcomer.turns_to("Commitments")
    pointing.mapping.view.setFocus()
    newcomer.presses("F8", "Return")
    newcomer.types("register: comm")
    newcomer.presses("Return")
    rows = pointing.mapping.rows
    assert rows.list.words(1) == ("B", "What", "What (proposed)")
    newcomer.writes("Only those", "Status ist open")
    newcomer.clicks("Fill these rows")
    assert newcomer.sees("Its headings are") or newcomer.sees("does not say how")
    newcomer.writes("Only those", "Status is open")
    newcomer.writes("In the order of", "Ref")
    newcomer.clicks("Fill these rows")
    assert said(newcomer, pointing) == [("below A2 of Commitments", "rows of Register: Commitments")]
    assert pointing.mapping.view.model().index(2, 1).data() == "→ What"
