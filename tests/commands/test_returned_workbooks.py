"""The queried workbook is read back in safely and held against what was sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import files, filings, papers, returned_workbooks
from nhsdesk.domain.filings import Filing
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


@pytest.fixture
def sent(database: Database, tmp_path: Path) -> tuple[Id, Path]:
    """The filing of October's claim, and the workbook it went as."""
    paper = papers.named("arrs-claim", papers.PAPERS)
    made = papers.make(database, paper, papers.asked_of(database, Month(2026, 10), AS_OF))
    target = tmp_path / "Claim.xlsx"
    issued = papers.issue(database, made, target, acknowledged=True)
    with database.read() as reader:
        (filing,) = reader.all(Filing, sent=issued.id)
    return filing.id, target


def test_each_cell_that_was_changed_is_shown_against_what_was_sent(
    database: Database, sent: tuple[Id, Path], tmp_path: Path
) -> None:
    filing, target = sent
    assert returned_workbooks.compare(database, filing, target).same_file
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[1]
    before, sheet["B4"] = sheet["B4"].value, "asked about"
    sheet["B4"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    back = tmp_path / "Back.xlsx"
    book.save(back)
    found = returned_workbooks.compare(database, filing, back)
    assert [(one.sheet, one.cell, one.returned) for one in found.differences] == [
        (sheet.title, "B4", "asked about")
    ]
    assert str(before) in found.differences[0].sent
    assert found.told.startswith("1 cell differs from what was sent as SP-001")


def test_results_of_formulas_in_what_was_sent_play_no_part(tmp_path: Path) -> None:
    from nhsdesk.documents.formula_cells import formula_cells

    book = openpyxl.Workbook()
    book.active["B2"] = "=1+1"
    book.active["A1"] = 1
    book.save(path := tmp_path / "f.xlsx")
    assert formula_cells(path.read_bytes(), path.name) == {"Sheet": frozenset({(1, 1)})}


def test_a_file_that_cannot_be_compared_is_refused_in_a_sentence(
    database: Database, sent: tuple[Id, Path], tmp_path: Path
) -> None:
    filing, target = sent
    broken = tmp_path / "Broken.xlsx"
    broken.write_bytes(target.read_bytes()[:2_000])
    text = tmp_path / "Text.xlsx"
    text.write_text("not a workbook", encoding="utf-8")
    for path in (broken, text, tmp_path / "nowhere.xlsx"):
        with pytest.raises(errors.FileRefused, match="Nothing has been changed"):
            returned_workbooks.compare(database, filing, path)
    with database.read() as reader:
        unsent = next(one for one in reader.all(Filing) if one.sent is None)
    with pytest.raises(errors.PaperRefused, match="nothing to compare with"):
        returned_workbooks.compare(database, unsent.id, target)
    assert filings.register(database).filed
