"""The commitments of a place board briefing: unfunded time, promises without money, what no contract says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pypdfium2 as pdfium
import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.commitments import (
    Commitment,
    CommitmentKind,
    Funding,
    InContract,
    Result,
    WorkClass,
)
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Hours
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database
from tests.briefings.test_trace_numbers import without_numbers
from tests.conftest import AS_OF

BOARD = papers.named("place-board", papers.PAPERS)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def made(database: Database) -> papers.Made:
    return papers.make(database, BOARD, papers.asked_of(database, Month(2026, 10), AS_OF))


def text_of(paper: papers.Made) -> str:
    document = pdfium.PdfDocument(paper.content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def test_additional_work_without_resource_is_told_in_hours_a_month_and_pounds(database: Database) -> None:
    add(database, Commitment(title="Share", work_class=WorkClass.UNFUNDED, unfunded_hours=Hours.of("4.5")))
    told = without_numbers(text_of(made(database)))
    assert "Unfunded work takes 4.5 hours a week, 19.5 hours a month." in told
    assert "no cost is given" in told
    add(database, LocalRule(key="commitments.hour_cost", value="85", starts=date(2026, 4, 1)))
    assert "At £85 an hour that is £1,657.50 a month." in without_numbers(text_of(made(database)))


def test_a_promise_without_money_is_listed_with_document_and_page(database: Database) -> None:
    document = add(database, SourceDocument(title="Board paper", body="The ICB"))
    promised: dict[str, Any] = {
        "kind": CommitmentKind.ASSURANCE,
        "document": document.id,
        "locator": "page 4",
    }
    add(database, Commitment(title="Budgets stay ring-fenced", **promised))
    add(database, Commitment(title="Rooms are paid for", funding_certainty=Funding.AGREED, **promised))
    told = text_of(made(database))
    assert "Promised to general practice, with no money agreed:" in told
    assert "C-001: Budgets stay ring-fenced. Board paper, The ICB, page 4." in told
    assert "C-002: Rooms are paid for. Board paper" not in told


@pytest.mark.parametrize(("on", "printed"), [(date(2026, 10, 1), True), (date(2026, 1, 1), False)])
def test_what_no_contract_says_is_printed_while_the_look_is_fresh(
    database: Database, on: date, printed: bool
) -> None:
    add(
        database,
        Commitment(
            title="Reduce variation", in_contract=InContract.ABSENT, checked_clause="DES 8.2", checked_on=on
        ),
    )
    paper = made(database)
    assert ("C-001: Not in our contract: DES 8.2, looked at on 1 October 2026." in text_of(paper)) == printed
    assert any("is stale" in problem.sentence for problem in paper.problems) != printed


def test_nothing_asked_reads_as_required_in_the_section(database: Database) -> None:
    add(database, Commitment(title="Share a rota", kind=CommitmentKind.ASK, unfunded_hours=Hours.of(1)))
    add(database, Commitment(title="Keep a list", kind=CommitmentKind.AGREEMENT))
    told = text_of(made(database))
    assert "Required by" not in told
    assert "None of them is required by a contract or a law [2]." in told
    assert "Put to us as an agreement we have not signed; not required" in told


def test_declined_stands_with_its_reason_where_it_stands(database: Database) -> None:
    add(database, Commitment(title="Join", came_to=Result.DECLINED, result="Core funding first"))
    assert "Declined: Core funding first" in text_of(made(database))


@pytest.mark.parametrize("field", ["checked_clause", "title", "purpose", "outcome_wanted", "applies_to"])
def test_a_practice_with_an_open_restricted_request_is_not_named_in_any_words(
    database: Database, field: str
) -> None:
    practice = add(database, Practice(name="Abbey Surgery", ods_code="A12345"))
    request = add(database, SupportRequest(practice=practice.id, summary="Help", restricted=True))
    add(database, RequestEvent(request=request.id, state=RequestState.SENT, happened_on=date(2026, 11, 1)))
    values: dict[str, Any] = {"title": "Share", field: "As at Abbey Surgery"}
    add(database, Commitment(in_contract=InContract.ABSENT, checked_on=date(2026, 11, 1), **values))
    assert any(
        "C-001" in problem.sentence
        for problem in made(database).problems
        if problem.weight is Weight.MUST_FIX
    )
