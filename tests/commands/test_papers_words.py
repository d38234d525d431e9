"""Every paper that is made, and made again, ends with its abbreviations in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from nhsdesk.briefings import place_board
from nhsdesk.commands import files, papers
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import SupportRequest
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


def test_a_word_this_pcn_explains_stands_at_the_back_and_is_kept_with_the_facts(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Add terms") as change:
        term = change.add(GlossaryTerm(term="ZQX", meaning="Our own rota"))
        change.add(GlossaryTerm(term="NEVERUSED", expansion="of no use", meaning="None"))
        change.add(Commitment(title="Staff the ZQX"))
    made = board(database)
    assert "ZQX: Our own rota" in at_the_back(made.content)
    assert [short for short, _ in made.facts.heading.own_words] == ["ZQX"]
    sent = papers.issue(database, made, tmp_path / "Board.pdf", acknowledged=True)
    with database.change("Change it") as change:
        change.put(replace(term, meaning="Another thing"))
    assert papers.remake(database, sent) == made.content
    assert "ZQX: Another thing" in at_the_back(board(database).content)


def test_no_word_explained_at_the_back_names_a_practice_that_asked_in_confidence(database: Database) -> None:
    with database.change("Add terms") as change:
        practice = change.add(Practice(name="Quillfeather Surgery"))
        change.add(SupportRequest(practice=practice.id))
        change.add(GlossaryTerm(term="QFS", expansion="Quillfeather Surgery", meaning="A practice"))
        change.add(Commitment(title="Meet at QFS"))
    told = [one.sentence for one in board(database).problems if one.weight is Weight.MUST_FIX]
    assert any(one.startswith("A word explained at its back names ") for one in told)
