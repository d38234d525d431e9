"""A commissioner's workbook is kept, mapped by pointing, looked at before it is saved, and taken over anew."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.commands import workbook_mapping
from nhsdesk.desktop import asking
from nhsdesk.desktop.papers.workbooks_page import WorkbooksPage
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here, told


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
    newcomer.writes("Only those", "Status are open")
    newcomer.clicks("Fill these rows")
    assert newcomer.sees("Its headings are") or newcomer.sees("does not say how")
    newcomer.writes("Only those", "Status is open")
    newcomer.writes("In the order of", "Ref")
    newcomer.clicks("Fill these rows")
    assert said(newcomer, pointing) == [("below A2 of Commitments", "rows of Register: Commitments")]
    assert pointing.mapping.view.model().index(2, 1).data() == "→ What"


def test_what_will_be_written_is_shown_before_it_is_saved_as_sent(
    newcomer: Person, pointing: WorkbooksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.presses("F8", "Return", "Return")
    newcomer.turns_to("Before it is saved")
    assert newcomer.sees("Place return, October 2026: 1 cell will be written")
    assert pointing.saving.blank.words(0) == ("Summary", "B3", "empty", "Eastfield PCN")
    target = tmp_path / "Filled.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    newcomer.clicks("Save as sent…")
    assert openpyxl.load_workbook(target)["Summary"]["B3"].value == "Eastfield PCN"
    newcomer.waits()
    assert newcomer.sees("and kept as SP-001.")


def test_what_was_changed_meanwhile_is_not_saved_and_is_shown_as_it_is_now(
    newcomer: Person, pointing: WorkbooksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.presses("F8", "Return", "Return")
    newcomer.turns_to("Before it is saved")
    workbook = pointing.chosen.workbook()
    assert workbook is not None
    target = tmp_path / "Filled.xlsx"

    def chosen_while_another_changes(*_: object) -> Path:
        workbook_mapping.map_cell(newcomer.database, workbook.id, "Summary", "B4", words="U00001")
        return target

    monkeypatch.setattr(asking, "choose_file", chosen_while_another_changes)
    newcomer.clicks("Save as sent…")
    assert newcomer.message.startswith(
        "Place return was not saved: the PCN file was changed since you looked"
    )
    assert not target.exists()
    newcomer.waits()
    assert newcomer.sees("Place return, October 2026: 2 cells will be written")
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    newcomer.clicks("Save as sent…")
    assert openpyxl.load_workbook(target)["Summary"]["B4"].value == "U00001"


def test_a_place_that_cannot_be_filled_any_more_is_gone_to_from_its_problem(
    newcomer: Person, pointing: WorkbooksPage
) -> None:
    workbook = pointing.chosen.workbook()
    assert workbook is not None
    workbook_mapping.map_cell(newcomer.database, workbook.id, "Summary", "B4", fills="Our PCN: motto")
    newcomer.turns_to("Before it is saved")
    assert not newcomer.button("Save as sent…").isEnabled()
    newcomer.clicks("Open mapped cell")
    assert newcomer.sees("B4, empty, filled with Our PCN: motto.")


def test_what_was_sent_is_opened_again_and_followed_back(
    newcomer: Person, pointing: WorkbooksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.presses("F8", "Return", "Return")
    newcomer.turns_to("Before it is saved")
    target, again = tmp_path / "Filled.xlsx", tmp_path / "Again.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    newcomer.clicks("Save as sent…")
    newcomer.turns_to("Sent")
    assert pointing.sent.list.words(0)[:2] == ("SP-001", "October 2026")
    assert pointing.sent.cells.words(0) == ("Summary", "B3", "Eastfield PCN", "Our PCN: name")
    monkeypatch.setattr(asking, "choose_file", lambda *_: again)
    newcomer.clicks("Save the file as it was sent…")
    assert again.read_bytes() == target.read_bytes()
    newcomer.clicks("Open what filled it")
    assert "stands for no entry of its own" in newcomer.told


def test_a_newer_version_asks_what_is_not_sure_and_is_taken_over_in_one_step(
    newcomer: Person, pointing: WorkbooksPage, tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.presses("F8", "Return", "Return", "Return", "Return")
    book = openpyxl.load_workbook(blank)
    front = book["Summary"]
    front.insert_rows(2)
    front["A5"] = "Something else"
    later = tmp_path / "Next year.xlsx"
    book.save(later)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: later)
    newcomer.turns_to("A newer version")
    newcomer.clicks("Choose the newer version…")
    newer = pointing.newer
    assert newer.list.words(0) == ("B4 of Summary", "Our PCN: ODS code", "nowhere", "No longer there")
    assert newer.list.words(1) == ("B3 of Summary", "Our PCN: name", "B4 of Summary", "Moved")
    assert not newcomer.button("Take over the newer version").isEnabled()
    newcomer.clicks("That is it")
    newcomer.writes("Version", "2027/28")
    newcomer.clicks("Take over the newer version")
    assert newcomer.undoes == "Undo: Take over a newer version of “Place return”"
    newcomer.turns_to("Kept")
    assert pointing.kept.list.words(0)[:2] == ("Place return", "2027/28")
    newcomer.turns_to("What fills it")
    assert said(newcomer, pointing) == [("B4 of Summary", "Our PCN: name")]


def test_a_filing_that_goes_in_a_workbook_opens_it_and_is_noted_when_it_is_sent(
    newcomer: Person, pointing: WorkbooksPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nhsdesk.domain.filings import Filing, FilingState, ReturnToMake, Rhythm

    newcomer.presses("F8", "Return", "Return")
    with newcomer.database.change("Enter the return") as change:
        change.add(ReturnToMake(title="Place return", workbook=pointing.chosen.id, rhythm=Rhythm.MONTHLY))
    newcomer.goes_to("Returns and papers", "Filings")
    newcomer.clicks("Make it")
    assert newcomer.reads("Month") == "October 2026"
    monkeypatch.setattr(asking, "choose_file", lambda *_: tmp_path / "Filled.xlsx")
    newcomer.clicks("Save as sent…")
    with newcomer.database.read() as reader:
        (one,) = reader.all(Filing)
    assert (one.period, one.state) == ("October 2026", FilingState.SENT)


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_part_of_filling_a_workbook_is_for_everyone(
    newcomer: Person, pointing: WorkbooksPage, qtbot: QtBot, zoom: int
) -> None:
    newcomer.presses(*["Ctrl++"] * ((zoom - 100) // 25))
    newcomer.window.resize(*SCREEN)
    pointing.mapping.view.setFocus()
    newcomer.presses("F8", "Return")
    faults = faults_here(newcomer, qtbot, "what fills a cell", walk=zoom == 100)
    newcomer.presses("Return")
    for words in ("What fills it", "Before it is saved", "Sent", "A newer version"):
        newcomer.turns_to(words)
        faults += faults_here(newcomer, qtbot, words, walk=zoom == 100)
    assert not faults, told(faults)
