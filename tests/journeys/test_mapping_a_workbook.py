"""Ten fields of a real return are mapped with at most forty keys and clicks, counted one by one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nhsdesk.commands import files, workbook_mapping
from nhsdesk.desktop.papers.workbooks_page import WorkbooksPage
from nhsdesk.domain.workbook_mappings import MappedCell
from tests import made_once
from tests.conftest import Clock
from tests.journeys.conftest import SitsDown
from tests.journeys.typist import Typist

MOST = 40
SHEET = "2 - Project Admin"


class Counted:
    """Somebody whose keys and clicks are counted, every letter as well."""

    def __init__(self, one: Typist) -> None:
        self.one, self.strokes = one, 0

    def presses(self, *keys: str) -> None:
        self.strokes += len(keys)
        self.one.presses(*keys)

    def types(self, words: str) -> None:
        self.strokes += len(words)
        self.one.types(words)

    def clicks_cell(self, shown: WorkbooksPage, row: int, column: int) -> None:
        self.strokes += 1
        view = shown.mapping.view
        middle = view.visualRect(view.model().index(row - 1, column - 1)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        self.one.waits()


def test_ten_fields_of_a_real_return_are_mapped_in_forty_strokes(
    sits_down: SitsDown,
    tmp_path: Path,
    clock: Clock,
    shared_data: Path,
) -> None:
    database = files.open_for_work(made_once.network(tmp_path / "Ours.nhsdesk", clock), "Ann Archer", clock)
    blank = shared_data / "templates" / "TF_Round_4_Success.xlsx"
    workbook = workbook_mapping.keep(database, blank, "Programme return")
    one = sits_down(clock)
    one.window.take_over(database)
    one.window.show_page("Returns and papers", "Workbooks to fill")
    one.waits()
    assert one.window.page is not None
    shown = one.window.page.page
    assert isinstance(shown, WorkbooksPage)

    one.tabs_to("Workbooks kept")

    person = Counted(one)
    person.presses("Return", "Ctrl+PgDown")  # from the list to the workbook, and to its second sheet
    person.clicks_cell(shown, 7, 5)
    person.presses("Return", "Return")  # the first of the choices the cell itself offers
    person.presses("Return", "Return", "Down")  # the same below, and past the formula
    person.presses("Return", "Return")  # “Name” proposes the PCN's name
    for begins in ("od", "as", "w"):
        person.presses("Return")
        person.types(begins)
        person.presses("Return")
    for begins in ("fi", "last", "y", "na"):
        person.presses("Return")
        person.types(begins)
        person.presses("Return")

    with database.read() as reader:
        mapped = reader.all(MappedCell, workbook=workbook.id)
    assert {one.cell: one.fills or one.words for one in mapped} == {
        "E7": "Town_Deal",
        "E8": "Barnsley Town Centre",
        "E10": "Our PCN: name",
        "E11": "Our PCN: ODS code",
        "E12": "Day: as at",
        "E13": "Month: words",
        "E14": "Month: first day",
        "E15": "Month: last day",
        "E16": "Year: financial year",
        "E17": "Our PCN: name",
    }
    assert person.strokes <= MOST
