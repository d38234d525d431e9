"""What every return keeps to, whichever it is: it is there, it can be reached, and everybody can read its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nhsdesk.commands import files, papers
from nhsdesk.documents import xlsx_lint
from nhsdesk.papers import Paper
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock, Command

KEYS = (
    "arrs-claim", "arrs-uplift", "arrs-position", "workforce-check", "fund-statement", "assessment", "commitments",
    "support-requests", "action-log", "decision-log", "service-coverage", "late-advice",
)  # fmt: skip
"""The Excel returns that the record is to give."""

EVERY = pytest.mark.parametrize("paper", papers.RETURNS, ids=lambda paper: paper.key)
Both = tuple[Database, Database]


@pytest.fixture(scope="module")
def both(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The sample, and a file with nothing but the PCN in it."""
    clock, folder = Clock(), tmp_path_factory.mktemp("returns")
    full = folder / "Sample.nhsdesk"
    full.write_bytes(sample_as_made.read_bytes())
    empty = made_once.network(folder / "Ours.nhsdesk", clock)
    with ExitStack() as stack:
        opened = [
            stack.enter_context(files.open_to_read(path, "Ann Archer", clock)) for path in (full, empty)
        ]
        yield opened[0], opened[1]


def made(database: Database, paper: Paper[object]) -> bytes:
    return papers.make(database, paper, papers.asked_of(database, None, None)).content


def test_all_returns_there_are_to_be_are_listed_once() -> None:
    listed = [paper.key for paper in papers.RETURNS]
    assert len(set(listed)) == len(listed)
    assert set(KEYS) <= set(listed)


def test_the_command_line_lists_every_return(nhsdesk: Command) -> None:
    listed = nhsdesk("papers").out
    assert all(f"\n  {key} " in listed for key in KEYS)


@EVERY
def test_every_return_keeps_to_the_essential_points_of_accessible_spreadsheets(
    both: Both, paper: Paper[object]
) -> None:
    for database in both:
        assert xlsx_lint.faults(made(database, paper)) == ()


@EVERY
def test_a_working_copy_keeps_its_headings_in_sight_and_a_board_copy_has_no_frozen_panes(
    both: Both, paper: Paper[object]
) -> None:
    ready = papers.make(both[0], paper, papers.asked_of(both[0], None, None))
    working = papers.working_copy(ready)
    assert xlsx_lint.faults(working, working_copy=True) == ()
    frozen = [sheet.freeze_panes for sheet in load_workbook(BytesIO(working)).worksheets]
    assert frozen == [None, *["B5"] * (len(frozen) - 1)]
