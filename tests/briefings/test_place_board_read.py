"""The words of the sample's place board briefing, taken out of its pages, answer what a board asks of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.periods import Month
from nhsdesk.store import record_file
from tests.briefings.test_place_board import BOARD, text_of
from tests.conftest import AS_OF, Clock


@pytest.fixture(scope="module")
def text(sample_as_made: Path) -> str:
    """All that can be read in it, on one line."""
    with record_file.open_to_read(sample_as_made, "me", Clock()) as database:
        return text_of(
            papers.make(database, BOARD, papers.asked_of(database, Month(2026, 10), AS_OF)).content
        )


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
        pytest.param("17 actions are open [29], 3 of them red [30]", id="late actions in all"),
        pytest.param("23 October 2026 not given Red: overdue or revised twice", id="late action"),
        pytest.param("All roles [8] 26 £116,108.20", id="cost of roles"),
        pytest.param("Spent: £124,500.00. Balance: £125,500.00 [15].", id="cost to the fund"),
        pytest.param("at a cost to us of £22,500.00 in all [21]", id="cost to us"),
        pytest.param(
            "C-006: A Neighbourhood Health Service for London: target operating model", id="written"
        ),
        pytest.param("[2] 3 Commitments required: those that the readers", id="where a count is from"),
        pytest.param("[30] 3 Red actions: those not closed", id="where what is red is from"),
        pytest.param("A-005, A-007, A-024", id="from which actions"),
        pytest.param("[15] £124,500.00 F-001, spent and balance", id="where a sum is from"),
    ],
)
def test_a_board_finds_what_is_asked_decided_late_and_spent_and_where_it_is_from(
    text: str, answer: str
) -> None:
    assert answer in text
