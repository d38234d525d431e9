"""Every paper that is made, and made again, ends with its abbreviations in full."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from nhsdesk.briefings import place_board
from nhsdesk.commands import files, papers
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.periods import Month
from nhsdesk.returns import arrs_claim
from nhsdesk.sections import expansions
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def board(database: Database) -> papers.Made:
    return papers.make(database, place_board.PAPER, papers.asked_of(database, Month(2026, 10), AS_OF))


def at_the_back(content: bytes) -> str:
    """What is printed from the last section on."""
    pages = PdfDocument(content)
    read = " ".join(str(page.get_textpage().get_text_range()) for page in pages)
    _, heading, words = " ".join(read.split()).partition(expansions.HEADING)
    assert heading
    return words


def test_a_board_reads_no_acronym_spaghetti_for_each_stands_in_full_at_the_back(database: Database) -> None:
    read = at_the_back(board(database).content)
    assert "as at 20 November 2026" in read
    assert "PCN: primary care network" in read


def test_a_claim_ends_with_a_sheet_of_its_words(database: Database) -> None:
    made = papers.make(database, arrs_claim.PAPER, papers.asked_of(database, Month(2026, 10), AS_OF))
    book = openpyxl.load_workbook(BytesIO(made.content))
    assert "Words" in book.sheetnames
    rows = {row[0]: row[1] for row in book["Words"].iter_rows(values_only=True) if row[0]}
    assert rows["PCN"] == "primary care network"


def test_what_is_kept_as_restricted_adds_no_word_to_the_paper(database: Database) -> None:
    with database.change("Add a commitment") as change:
        change.add(Commitment(title="An LVA on NG12", restricted=True))
    assert "NG12" not in at_the_back(board(database).content)


def test_what_the_file_says_of_a_word_changes_no_paper_made_from_facts_kept(
    database: Database, tmp_path: Path
) -> None:
    made = board(database)
    sent = papers.issue(database, made, tmp_path / "Board.pdf", acknowledged=True)
    with database.change("Add a glossary term") as change:
        change.add(GlossaryTerm(term="PCN", expansion="something else", meaning="Ours"))
    assert papers.remake(database, sent) == made.content
