"""The words of the sample's place board briefing, taken out of its pages, answer what a board asks of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.periods import Month
from nhsdesk.store import record_file
from tests.briefings.test_place_board import BOARD, text_of
from tests.conftest import AS_OF, Clock


@pytest.fixture(scope="module")
def made(sample_as_made: Path) -> papers.Made:
    """The briefing of the sample, made once."""
    with record_file.open_to_read(sample_as_made, "me", Clock()) as database:
        return papers.make(database, BOARD, papers.asked_of(database, Month(2026, 10), AS_OF))


@pytest.fixture(scope="module")
def content(made: papers.Made) -> bytes:
    """The briefing as it is sent."""
    return made.content


@pytest.fixture(scope="module")
def text(content: bytes) -> str:
    """All that can be read in it, on one line."""
    return text_of(content)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "What is asked of us",
            "25 commitments [1] are listed. 3 of them are required by a contract or a law [2].",
        ),
        ("What is decided", "13 decisions [4] since 20 August 2026, with older ones that still wait."),
        ("What is decided", "The newest: DN-014 Nomination noted; appointment at next meeting"),
        ("What is late", "17 actions are open [6]. 2 actions are past their dates [7]. See “Actions”."),
        ("What is late", "2 commitments are past their dates [8]. See “Commitments”."),
        ("What it costs", "additional roles in 2026/27, £781,848.11 claimed so far, uplifts included [9]."),
        ("What it costs", "no unfunded hours are recorded. See “Commitments”."),
        ("What it costs", "work that moved without money takes 51 hours a month [10]; £22,500.00 was asked"),
        ("What it costs", "of the funds held for the partnership, £124,500.00 is spent of £250,000.00 [12]."),
        (
            "Where each figure comes from",
            "the number in square brackets behind it leads to “Where each figure",
        ),
    ],
)
def test_the_first_page_answers_a_boards_five_questions(content: bytes, question: str, answer: str) -> None:
    with closing(pdfium.PdfDocument(content)) as document:
        first = " ".join(document[0].get_textpage().get_text_range().split())
    answers = [part for part in first.split("• ") if part.startswith(f"{question}: ")]
    assert any(answer in part for part in answers), answers


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("13 of them are asked of general practice or await a decision", id="asked in all"),
        pytest.param("C-001 Name one general practice lead to the INT Asked of us; not required", id="asked"),
        pytest.param("C-014 Same-day response for clinically urgent requests Required by GMS", id="required"),
        pytest.param(
            "DN-013 18 November 2026 INT go-live date of 11 January 2027 confirmed subject to data agreement "
            "Vote: 9 for, 2 abstained",
            id="decided",
        ),
        pytest.param(
            "C-011 Check place board has the six minimum member groups Our own choice; binds nobody Wexmere Together "
            "Partnership Board 31 October 2026 Late",
            id="late commitment",
        ),
        pytest.param("17 actions are open [37], 3 of them red [38]", id="late actions in all"),
        pytest.param("23 October 2026 not given Red: overdue or revised twice", id="late action"),
        pytest.param("All roles [16] 26 £116,108.20", id="cost of roles"),
        pytest.param("Spent: £124,500.00. Balance: £125,500.00 [23].", id="cost to the fund"),
        pytest.param("at a cost to us of £22,500.00 in all [29]", id="cost to us"),
        pytest.param(
            "C-006: A Neighbourhood Health Service for London: target operating model", id="written"
        ),
        pytest.param("[2] 3 Commitments required: those that the readers", id="where a count is from"),
        pytest.param("[38] 3 Red actions: those not closed", id="where what is red is from"),
        pytest.param("A-005, A-007, A-024", id="from which actions"),
        pytest.param("[23] £124,500.00 F-001, spent and balance", id="where a sum is from"),
    ],
)
def test_a_board_finds_what_is_asked_decided_late_and_spent_and_where_it_is_from(
    text: str, answer: str
) -> None:
    assert answer in text


def of_many(made: papers.Made) -> bytes:
    """The briefing as more than 10,000 entries would make it."""
    facts = made.facts
    many = replace(
        facts,
        commitments=replace(facts.commitments, lines=facts.commitments.lines * 160),
        actions=replace(facts.actions, lines=facts.actions.lines * 160),
        decisions=replace(facts.decisions, lines=facts.decisions.lines * 100),
        risks=replace(facts.risks, lines=facts.risks.lines * 250),
    )
    held = (many.commitments, many.actions, many.decisions, many.risks)
    assert sum(len(one.lines) for one in held) > 10_000
    return papers.written(papers.compiled(BOARD, many))


def test_of_ten_thousand_entries_a_board_gets_what_it_can_read_with_where_the_rest_is(
    made: papers.Made,
) -> None:
    content = of_many(made)
    told = text_of(content)
    for words in (
        "4000 commitments [1] are listed",
        "These are the first 200 of 4,000, in the order given. The return “Commitments register” lists all of them.",
        "in the order given. The return “Action log” lists all of them.",
        "of 1,500, in the order given. The PCN file holds all of them.",
    ):
        assert words in told
    with closing(pdfium.PdfDocument(content)) as document:
        assert len(document) < 200
