"""The sign-up pages and the replies to data requests: what they hold, what they keep back, when they will not print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from nhsdesk import errors
from nhsdesk.commands import papers, sign_up
from nhsdesk.domain.contracts import BaselineStream, Decided, LocalVariation, SignUpDecision, SignUpRisk
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.questions import Question
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.briefings.test_trace_numbers import without_numbers
from tests.conftest import AS_OF
from tests.factories import HOSTILE

SIGN_UP = papers.named("sign-up", papers.PAPERS)
REPLY = papers.named("reply", papers.PAPERS)
OCTOBER = Month(2026, 10)
AFTER = date(2026, 11, 19)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def made(database: Database, paper: Any, day: date = AS_OF) -> papers.Made:
    return papers.make(database, paper, papers.asked_of(database, OCTOBER, day))


def pages_of(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def told(paper: papers.Made, weight: Weight = Weight.MUST_FIX) -> str:
    return " ".join(problem.sentence for problem in paper.problems if problem.weight is weight)


def offered(database: Database, **fields: Any) -> LocalVariation:
    """Two practices with decisions begun; the first is thought over and leans to agree."""
    for name in ("Abbey Surgery", "Brook Surgery"):
        add(database, Practice(name=name))
    document = add(database, SourceDocument(title="Variation prospectus", body="Wexshire ICB"))
    held: dict[str, Any] = {
        "title": "Complex frailty", "document": document.id, "locator": "page 7", "clauses": "7, 8.3",
        "baseline": Money.pounds("2199493.21"), "offered": Money.pounds(2335800), "decide_by": date(2026, 12, 18),
    }  # fmt: skip
    offer: LocalVariation = add(database, LocalVariation(**held | fields))
    add(
        database,
        BaselineStream(
            variation=offer.id,
            stream="ARRS sum",
            working="27.668 x 56,110",
            amount=Money.pounds("2199493.21"),
        ),
    )
    sign_up.begin(database, offer)
    with database.change("Think it over") as change:
        first = change.reader.all(SignUpDecision)[0]
        change.put(
            replace(
                first, facts="Four sessions a week", reasons_for="The money", reasons_against="No staff yet",
                decided=Decided.LEANING, indicated_on=date(2026, 11, 12), baseline=Money.pounds(100),
                offered=Money.pounds(110),
            )
        )  # fmt: skip
        change.add(SignUpRisk(decision=first.id, what="The team is late", likelihood=3, consequence=4))
    return offer


# ---- sign-up


def test_each_practice_has_one_page_with_offer_facts_reasons_risks_uplift_and_decision(
    database: Database,
) -> None:
    offered(database)
    paper = made(database, SIGN_UP)
    sheets = [without_numbers(page) for page in pages_of(paper.content)]
    first, second = (page for page in sheets if "This is a decision" in page)
    assert [page[page.index("Where each") :][:28] for page in sheets if "Where each" in page] == [
        "Where each figure comes from"
    ] * 2, "each practice has its own trace"
    for words in (
        "Abbey Surgery",
        "This is a decision of the practice's partners; talk to your LMC.",
        "The offer: LV-001 Complex frailty. Variation prospectus, Wexshire ICB, page 7. Clauses varied: 7, 8.3. "
        "Decide by 18 December 2026: 28 days left.",
        "ARRS sum: 27.668 x 56,110 = £2,199,493.21",
        "£136,306.79 (6.2%) above the national entitlement.",
        "For this practice: £10.00 (10.0%) above the national entitlement.",
        "Facts: Four sessions a week",
        "For: The money",
        "Against: No staff yet",
        "The team is late 12 high (3 × 4)",
        "Decision: Leaning to agree, as said on 12 November 2026: this is no consent.",
    ):
        assert words in first
        assert ("partners" in words) == (words in second) or words.startswith(("The offer", "ARRS", "£136"))
    assert "Brook Surgery" in second
    assert "Brook" not in first
    assert "Decision: Undecided." in second
    assert told(paper) == ""
    assert SIGN_UP.in_short(paper.facts) == "2 practices"


def test_a_consent_names_its_day_and_the_role_that_signed(database: Database) -> None:
    offered(database)
    with database.read() as reader:
        first = reader.all(SignUpDecision)[0]
    sign_up.note(database, first, Decided.AGREED, date(2026, 11, 18), "Senior partner")
    page = pages_of(made(database, SIGN_UP).content)[0]
    assert "Decision: Agreed: consent signed on 18 November 2026 by Senior partner." in page


def test_until_it_is_private_no_more_nothing_of_what_practices_said_is_in_the_facts(
    database: Database,
) -> None:
    offered(database, private_until=date(2026, 12, 18))
    paper = made(database, SIGN_UP)
    assert "Leaning" not in facts_to_json(paper.facts).decode()
    assert "Leaning" not in " ".join(pages_of(paper.content))
    assert "is private until 18 December 2026" in told(paper, Weight.ACKNOWLEDGE)
    page = pages_of(paper.content)[0]
    assert "What practices have said so far is not shown. Private until 18 December 2026." in page
    assert "Signed by, as a role: ____" in page


def test_an_offer_below_the_national_entitlement_or_of_other_clauses_is_not_sent(database: Database) -> None:
    offered(database, offered=Money.pounds(2), clauses="9.1")
    paper = made(database, SIGN_UP)
    assert "does not exceed the national entitlement" in told(paper)
    assert "only sections 7, 8 and 10.1 to 10.5" in told(paper)


def test_a_decision_linked_with_what_is_restricted_is_withheld(database: Database) -> None:
    offered(database)
    question = add(database, Question(question="A secret", restricted=True))
    with database.read() as reader:
        first = reader.all(SignUpDecision)[0]
    add(database, Link(source=question.id, target=first.id, says=LinkKind.RELATED))
    paper = made(database, SIGN_UP)
    text = " ".join(pages_of(paper.content))
    assert "SD-001: Restricted item" in text
    assert "Four sessions" not in text
    assert b"Four sessions" not in facts_to_json(paper.facts)


def test_an_offer_of_a_restricted_document_is_withheld_whole(database: Database) -> None:
    offer = offered(database)
    with database.change("Restrict") as change:
        document = change.reader.find(SourceDocument, offer.document)
        assert document is not None
        change.put(replace(document, restricted=True))
    text = " ".join(pages_of(made(database, SIGN_UP).content))
    assert "SD-001: Restricted item" in text
    assert "Complex frailty" not in text


def test_free_text_naming_a_practice_with_an_open_restricted_request_is_to_be_reworded(
    database: Database,
) -> None:
    offered(database)
    with database.change("Ask") as change:
        brook = next(one for one in change.reader.all(Practice) if one.name == "Brook Surgery")
        change.add(SupportRequest(practice=brook.id, restricted=True))
        change.put(replace(change.reader.all(SignUpDecision)[0], facts="Unlike Brook Surgery we can"))
    assert "SD-001 names" in told(made(database, SIGN_UP))


def test_without_a_decision_begun_it_says_so(database: Database) -> None:
    assert "No practice's decision has been begun." in pages_of(made(database, SIGN_UP).content)[0]


# ---- the reply


def asked(database: Database, **fields: Any) -> DataRequest:
    board = add(database, Organisation(name="Wexshire ICB"))
    paper = add(database, SourceDocument(title="The specification", body="NHS England"))
    held: dict[str, Any] = {
        "metric": "Rate of use", "asked_by": board.id, "asked_on": date(2026, 10, 26), "basis_found": False,
        "document": paper.id, "clause": "7.3", "checked_on": date(2026, 10, 29), "glad_to_discuss": "reply times",
        "cost": Money.pounds(240),
    }  # fmt: skip
    request: DataRequest = add(database, DataRequest(**held | fields))
    return request


def test_a_reply_says_three_sentences_and_each_has_its_page(database: Database) -> None:
    asked(database)
    asked(database, metric="Access times")
    paper = made(database, REPLY)
    first, second = pages_of(paper.content)
    assert (
        "As at 29 October 2026, when we looked in clause 7.3 of The specification, NHS England, we found nothing that "
        "asks us to give this figure. We are glad to discuss reply times. To give it would cost £240.00."
    ) in first
    assert "Figure asked for: Rate of use" in first
    assert "Figure asked for: Access times" in second
    assert "legal advice" not in f"{first} {second}".casefold()
    assert paper.problems == ()
    assert REPLY.in_short(paper.facts) == "2 replies"


def test_an_answered_request_and_one_not_yet_asked_have_no_reply(database: Database) -> None:
    asked(database, answered_on=date(2026, 10, 30))
    asked(database, asked_on=date(2026, 11, 25))
    assert "No request waits for a reply." in pages_of(made(database, REPLY).content)[0]


def refused(database: Database, folder: Path) -> str:
    with pytest.raises(errors.DeskError) as refusal:
        papers.issue(database, made(database, REPLY), folder / "Reply.pdf", acknowledged=True)
    assert not (folder / "Reply.pdf").exists()
    return " ".join(problem.sentence for problem in refusal.value.problems)  # type: ignore[attr-defined]


def test_a_reply_looked_up_six_months_ago_will_not_be_sent(database: Database, tmp_path: Path) -> None:
    asked(database, checked_on=date(2026, 5, 20), asked_on=date(2026, 5, 1))
    assert "the reply is out of date" in refused(database, tmp_path)
    back = made(database, REPLY, date(2026, 6, 1))
    assert "the reply is out of date" in told(back), "made as at an earlier day it is no fresher"


def test_a_reply_whose_document_was_superseded_will_not_be_sent(database: Database, tmp_path: Path) -> None:
    request = asked(database)
    add(database, SourceDocument(title="The specification of 2027", supersedes=request.document))
    assert "superseded by The specification of 2027" in refused(database, tmp_path)


def test_a_reply_whose_document_is_marked_as_replaced_will_not_be_sent(
    database: Database, tmp_path: Path
) -> None:
    request = asked(database)
    with database.change("Replace") as change:
        document = change.reader.find(SourceDocument, request.document)
        assert document is not None
        change.put(replace(document, status=DocumentStatus.REPLACED))
    assert "has been replaced" in refused(database, tmp_path)


def test_a_reply_resting_on_a_restricted_document_is_withheld(database: Database) -> None:
    request = asked(database)
    with database.change("Restrict") as change:
        document = change.reader.find(SourceDocument, request.document)
        assert document is not None
        change.put(replace(document, restricted=True))
    text = " ".join(pages_of(made(database, REPLY).content))
    assert "MR-001: Restricted item" in text
    assert "Rate of use" not in text


# ---- hostile words


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_both_print_with_hostile_words(database: Database, number: int) -> None:
    words = HOSTILE[number]
    practice = add(database, Practice(name=words))
    document = add(database, SourceDocument(title=words, body=words))
    offer = add(database, LocalVariation(title=words, clauses=words, locator=words, document=document.id))
    decision = add(
        database,
        SignUpDecision(
            variation=offer.id, practice=practice.id, facts=words, reasons_for=words, reasons_against=words,
            decided=Decided.AGREED, signatory_role=words, signed_on=AFTER,
        ),
    )  # fmt: skip
    add(database, SignUpRisk(decision=decision.id, what=words, likelihood=5, consequence=5))
    add(database, BaselineStream(variation=offer.id, stream=words, working=words, amount=Money(1)))
    board = add(database, Organisation(name=words))
    add(
        database,
        DataRequest(
            metric=words, asked_by=board.id, of_whom=words, clause=words, document=document.id, checked_on=AFTER,
            basis_found=True, glad_to_discuss=words,
        ),
    )  # fmt: skip
    for paper in (SIGN_UP, REPLY):
        ready = made(database, paper)
        assert ready.content.startswith(b"%PDF")
        assert facts_from_json(paper, facts_to_json(ready.facts)) == ready.facts
        assert b"/URI" not in ready.content
