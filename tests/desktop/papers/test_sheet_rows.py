"""Sheets as they are shown: what is a table, how amounts read, and how quick many rows are."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from time import perf_counter

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.papers.sheet_preview import SheetPreview
from nhsdesk.desktop.papers.sheet_rows import Value, sheet_rows
from nhsdesk.desktop.papers.showing import Shown, shown_of

ABOVE: list[list[Value]] = [["Title", None], ["About it", None], [None, None]]


def test_a_cover_is_words_alone() -> None:
    shown = sheet_rows("Cover_sheet", [["Title"], ["What it is"], [None], ["One line"], ["=1+1"]])
    assert (shown.headings, shown.words) == ((), ("Title", "What it is", "One line", "=1+1"))


def test_a_table_is_its_headings_and_rows_under_its_words() -> None:
    shown = sheet_rows("S", [*ABOVE, ["Post", "Salary (£)"], ["P-001", 4400], ["P-002", Decimal("0.5")]])
    assert shown.words == ("Title", "About it")
    assert shown.headings == ("Post", "Salary (£)")
    assert shown.rows == (("P-001", "4,400.00"), ("P-002", "0.50"))
    assert shown.amounts == (False, True)


def test_numbers_of_a_column_have_the_same_places_and_days_are_words() -> None:
    rows: list[list[Value]] = [
        [1, Decimal("16.6666666666667"), date(2027, 1, 30), True],
        [Decimal("0.66670"), 37, None, False],
        ["[x]", "[x]", "[x]", None],
    ]
    shown = sheet_rows("S", [*ABOVE, ["WTE", "Hours a week", "Start date", "Agreed"], *rows])
    assert shown.rows == (
        ("1.0000", "16.67", "30 January 2027", "Yes"),
        ("0.6667", "37.00", "", "No"),
        ("[x]", "[x]", "[x]", ""),
    )
    assert shown.amounts == (True, True, False, False)


def test_ten_thousand_rows_are_shown_at_once(qtbot: QtBot) -> None:
    headings: list[Value] = [f"Column {n}" for n in range(19)]
    rows: list[list[Value]] = [[f"P-{row}", *range(18)] for row in range(10_000)]
    sheet = sheet_rows("Claim", [*ABOVE, headings, *rows])
    preview = SheetPreview()
    qtbot.addWidget(preview)
    preview.resize(900, 500)
    preview.show()
    began = perf_counter()
    preview.show_sheets((sheet,))
    preview.grab()
    assert perf_counter() - began < 3


def test_a_long_cell_is_told_whole_and_never_taken_for_markup(qtbot: QtBot) -> None:
    words = "<b>" + "long words " * 40
    sheet = sheet_rows("Claim", [*ABOVE, ["Post", "Label"], ["P-001", words]])
    preview = SheetPreview()
    qtbot.addWidget(preview)
    preview.show_sheets((sheet,))
    from PySide6.QtWidgets import QTableView

    cell = preview.findChildren(QTableView)[0].model().index(0, 1)
    assert cell.data() == words
    assert "&lt;b&gt;" in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_file_that_cannot_be_read_back_is_no_mistake() -> None:
    assert shown_of(b"PK\x03\x04 and then nothing") == Shown()
    assert shown_of(b"%PDF-1.7 whatever").pages


def test_what_only_a_paper_needs_is_not_loaded_with_the_page() -> None:
    code = (
        "import sys, nhsdesk.desktop.papers.papers_page; "
        "print([name for name in ('PySide6.QtPdf', 'PySide6.QtPdfWidgets', 'reportlab', 'openpyxl', 'python_calamine', "
        "'cattrs', 'nhsdesk.commands.papers', 'nhsdesk.returns') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
