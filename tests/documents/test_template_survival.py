"""Real returns, filled in: nothing else may change, and another program must find the values where they belong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from nhsdesk.documents import template
from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template import Filled, Rows, Value
from nhsdesk.documents.template_book import Book, Table
from nhsdesk.documents.template_dependents import dependents
from nhsdesk.documents.template_look import Blank, look
from nhsdesk.documents.template_styles import Takes
from nhsdesk.documents.template_values import held
from nhsdesk.domain.money import Money
from tests.conftest import SHARED_DATA

BLANKS = sorted((SHARED_DATA / "templates").glob("*.xls[xm]"))
SURVIVES = SHARED_DATA.parent / "tools" / "workbook-survives"
ANYTHING: tuple[Value, ...] = (
    "Brook PCN & “Co” <1>",
    7,
    Decimal("12.25"),
    "=2+2",
    " two  lines\n- 1 ",
    date(2026, 11, 20),
)
MADE_FOR: dict[Takes, Value] = {
    Takes.DAY: date(2026, 11, 20), Takes.NUMBER: 8, Takes.MONEY: Money(123_450), Takes.PERCENT: Decimal("0.25"),
}  # fmt: skip
ROWS_LOOKED_AT = 120
MOST_SHEETS, CELLS_A_SHEET, ROWS_A_TABLE = 5, 8, 3
MOST_BYTES = 2_000_000
"""Of a sheet that is filled here: the longest takes ten seconds to compare, and has nothing that others do not have."""
MAY_CHANGE = {"xl/workbook.xml", "xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}


@dataclass(frozen=True)
class Trial:
    blank: Path
    filled: Filled
    path: Path
    book: Book
    """The filled workbook."""


def _values(blank: Blank) -> Iterator[tuple[tuple[str, str], Value]]:
    """Values for cells of several sheets: what they offer or are made for, and what nobody expected there."""
    fit = (one for one in blank.sheets if len(_part(blank.book, one.name)) <= MOST_BYTES)
    for sheet in islice(fit, MOST_SHEETS):
        cells = [
            one for one in blank.cells(sheet.name, 1, ROWS_LOOKED_AT) if one.fillable and not one.covered_by
        ]
        for number, cell in enumerate(cells[:: max(1, len(cells) // CELLS_A_SHEET)][:CELLS_A_SHEET]):
            offered = blank.choices(sheet.name, cell.ref) if cell.lists else None
            made_for = MADE_FOR.get(cell.takes, ANYTHING[number % len(ANYTHING)])
            yield (sheet.name, cell.ref), offered[-1] if offered else made_for
        yield (sheet.name, f"C{sheet.rows + 2}"), ANYTHING[0]


def _part(book: Book, sheet: str) -> bytes:
    entry = book.entry(sheet)
    assert entry is not None
    return book.package.part(entry.part)


def _rows(table: Table) -> Rows:
    letters = tuple(xml.column_letters(table.area.left + at) for at in range(len(table.columns)))
    rows = tuple(tuple(f"{column}{n}" for column in letters) for n in range(ROWS_A_TABLE))
    return Rows(table.sheet, "", letters, rows, table=table.name)


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Trial]:
    folder = tmp_path_factory.mktemp("filled")
    return {blank.name: _trial(blank, folder) for blank in BLANKS}


def _trial(blank: Path, folder: Path) -> Trial:
    content = template.read(blank)
    seen = look(content, blank.name)
    lists = [_rows(table) for table in seen.book.tables]
    filled = template.fill(content, blank.name, dict(_values(seen)), lists)
    path = folder / blank.name
    path.write_bytes(filled.content)
    return Trial(blank, filled, path, Book(filled.content, blank.name))


def test_the_real_returns_are_there(shared_data: Path) -> None:
    assert len(BLANKS) >= 13
    assert any(blank.suffix == ".xlsm" for blank in BLANKS)
    assert shared_data == SHARED_DATA


@pytest.mark.parametrize("name", [blank.name for blank in BLANKS])
def test_nothing_but_the_filled_cells_changes(name: str, trials: Mapping[str, Trial]) -> None:
    trial = trials[name]
    parts = {entry.name: entry.part for entry in trial.book.entries.values()}
    meant = [f"{parts[one.sheet]}!{one.cell}" for one in trial.filled.differences]
    grown = ["--grown", *trial.filled.grown] if trial.filled.grown else []
    asked = [sys.executable, str(SURVIVES), str(trial.blank), str(trial.path), "--only", *meant, *grown]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) cells changed; 0 other", done.stdout)[1]) == len(meant)  # type: ignore[index]


@pytest.mark.parametrize("name", [blank.name for blank in BLANKS])
def test_a_filled_return_holds_what_was_told_to_differ(name: str, trials: Mapping[str, Trial]) -> None:
    trial = trials[name]
    sheets = {one.sheet for one in trial.filled.differences}
    assert len(sheets) >= min(2, len(trial.book.entries))
    _held_as_told(trial, trial.book)


def test_tables_of_real_returns_grow(trials: Mapping[str, Trial]) -> None:
    grown = {name: len(trial.filled.grown) for name, trial in trials.items() if trial.filled.grown}
    assert sum(grown.values()) >= 15
    formulas = [one for one in trials["ExcelTables.xlsx"].filled.differences if one.by_formula]
    assert [one.cell for one in formulas] == ["I5", "I6", "I7"]


def test_parts_that_are_not_filled_are_the_very_bytes(trials: Mapping[str, Trial]) -> None:
    for trial in trials.values():
        before, after = Book(trial.blank.read_bytes(), trial.blank.name).package, trial.book.package
        sheets = {trial.book.entry(one.sheet).part for one in trial.filled.differences}  # type: ignore[union-attr]
        tables = {one.part for one in trial.book.tables if one.name in trial.filled.grown}
        looking = {entry.part for entry in dependents(trial.book, sheets)}
        untouched = set(before.names()) - sheets - looking - tables - MAY_CHANGE
        assert {name for name in untouched if before.part(name) != after.part(name)} == set()
        assert [one for one in before.names() if one in after] == list(after.names())


@pytest.mark.skipif(
    shutil.which("soffice") is None and os.environ.get("CI", "").lower() != "true",
    reason="LibreOffice is not installed here: sudo apt-get install libreoffice-calc-nogui",
)
def test_libreoffice_opens_every_filled_return_with_the_values_where_they_belong(
    trials: Mapping[str, Trial], tmp_path: Path
) -> None:
    asked = [
        "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
        "--outdir", str(tmp_path / "out"), *(str(trial.path) for trial in trials.values()),
    ]  # fmt: skip
    subprocess.run(asked, capture_output=True, text=True, check=True, timeout=300)
    for trial in trials.values():
        opened = tmp_path / "out" / f"{trial.path.stem}.xlsx"
        _held_as_told(trial, Book(opened.read_bytes(), opened.name))


def _held_as_told(trial: Trial, book: Book) -> None:
    for one in trial.filled.differences:
        entry, at = book.entry(one.sheet), xml.place(one.cell)
        assert entry is not None
        assert at is not None
        if not one.by_formula:
            assert held(book, book.sheet(entry), book.sheet(entry).cell(*at)) == one.new, one
