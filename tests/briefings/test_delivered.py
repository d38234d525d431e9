"""What our PCN has delivered and offered to lead, on one page for others."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from nhsdesk.commands import files, papers
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.leadership import Delivered, OfferToLead
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.sections import apart
from nhsdesk.store.database import Database
from tests.briefings.test_place_board import add, text_of, told
from tests.briefings.test_trace_numbers import without_numbers
from tests.conftest import AS_OF, Clock
from tests.factories import HOSTILE, added

PAPER = papers.named("delivered", papers.PAPERS)


def made(database: Database, day: date = AS_OF) -> papers.Made:
    return papers.make(database, PAPER, papers.asked_of(database, None, day))


@pytest.fixture(scope="module")
def of_the_sample(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> papers.Made:
    """The sample's page, made once."""
    path = tmp_path_factory.mktemp("delivered") / "Sample.nhsdesk"
    path.write_bytes(sample_as_made.read_bytes())
    with files.open_to_read(path, "Ann Archer", Clock()) as database:
        return made(database)


def test_what_was_delivered_stands_on_one_page_with_its_measure_and_period(
    of_the_sample: papers.Made,
) -> None:
    with closing(pdfium.PdfDocument(of_the_sample.content)) as document:
        first, *_ = (" ".join(page.get_textpage().get_text_range().split()) for page in document)
    text = without_numbers(first)
    assert "PCN offered to lead practice support for Millbrook" in text
    assert "Where each figure comes from" in text, "only what was counted goes on to a further page"
    assert (
        "Structured medication reviews for care home residents 412 of 430 residents not said 2025/26" in text
    )
    assert "Same-week physiotherapy first contact 5,140 appointments" in text


def test_the_count_of_a_part_is_traced_to_that_part_where_the_other_could_not_be_read(
    of_the_sample: papers.Made,
) -> None:
    facts = of_the_sample.facts
    head = replace(facts.heading, failed=("Outcomes",))
    without = replace(facts, heading=head, delivered=replace(facts.delivered, delivered=()))
    traced = [(one.at, one.what) for one in papers.figures_of(papers.compiled(PAPER, without))][:2]
    assert traced == [
        ("1 offer to lead", "Offers to lead"),
        ("1 of the offers to lead has no reply", "Offers to lead without a reply"),
    ]
    neither = replace(facts, heading=replace(head, failed=("Outcomes", "What we offered to lead")))
    assert not [one for one in apart.not_made(PAPER.compile(neither)) if "In short" in one.sentence]


def test_an_offer_to_lead_is_printed_with_forum_day_and_how_long_it_has_no_reply(
    of_the_sample: papers.Made,
) -> None:
    text = without_numbers(text_of(of_the_sample.content))
    assert "PCN offered to lead practice support for Millbrook" in text
    assert "Wexmere Together Partnership Board" in text
    assert "20 May 2026 No reply for 184 days" in text
    assert "1 of the offers to lead has no reply." in text


def test_an_outcome_stands_with_what_was_before_and_the_day_of_its_evidence(database: Database) -> None:
    proof = add(database, Evidence(what="Audit of reviews", effective_on=date(2026, 4, 30)))
    shown = Delivered(
        outcome="Reviews",
        measure="412 of 430",
        baseline="210 of 428",
        period="2025/26",
        measured_on=date(2026, 4, 12),
        evidence=proof.id,
    )
    add(database, shown)
    paper = made(database)
    words = "412 of 430 210 of 428 2025/26, measured on 12 April 2026 EV-001 Audit of reviews, holds from 30 April"
    assert words in without_numbers(text_of(paper.content))
    assert not [one for one in told(paper, Weight.ACKNOWLEDGE) if one.startswith("DV-001")]


def test_an_outcome_without_measure_period_or_evidence_in_date_asks_to_be_acknowledged(
    database: Database,
) -> None:
    old = add(
        database, Evidence(what="Old audit", effective_on=date(2024, 1, 1), expires_on=date(2025, 1, 1))
    )
    add(database, Delivered(outcome="Bare"))
    add(database, Delivered(outcome="Proved long ago", measure="12", period="2024/25", evidence=old.id))
    assert told(made(database), Weight.ACKNOWLEDGE)[-4:] == [
        "DV-001: no measure is given.",
        "DV-001: neither a period nor a day is given.",
        "DV-001: no evidence is named.",
        "DV-002: its evidence EV-001 has run out.",
    ]


def test_the_page_as_at_an_earlier_day_holds_nothing_that_came_later(database: Database) -> None:
    board = add(database, Body(name="Place board"))
    add(
        database,
        OfferToLead(
            what="Lead support",
            forum=board.id,
            offered_on=date(2026, 5, 20),
            reply="Accepted",
            replied_on=date(2026, 9, 1),
        ),
    )
    add(database, OfferToLead(what="Lead frailty", offered_on=date(2026, 10, 1)))
    add(database, Delivered(outcome="Later", measured_on=date(2026, 11, 1)))
    before, now = (text_of(made(database, day).content) for day in (date(2026, 6, 1), AS_OF))
    assert "Lead support Place board 20 May 2026 No reply for 12 days" in before
    assert "Lead frailty" not in before
    assert "DV-001" not in before
    assert "Accepted (1 September 2026)" in now
    assert "Lead frailty" in now
    assert "Later" in now


def test_what_is_restricted_is_withheld_and_leaves_no_word(database: Database) -> None:
    add(database, Delivered(outcome="Zephyrine", restricted=True))
    closed = add(database, Evidence(what="Zephyrine letters", restricted=True))
    add(database, Delivered(outcome="Zephyrine again", evidence=closed.id))
    letter = add(database, SourceDocument(title="Zephyrine minutes", restricted=True))
    add(database, OfferToLead(what="Lead support", document=letter.id, locator="page 2"))
    paper = made(database)
    assert b"Zephyrine" not in facts_to_json(paper.facts)
    text = text_of(paper.content)
    assert "DV-001: Restricted item" in text
    assert "DV-002: Restricted item" in text
    assert "Lead support" in text


def test_a_practice_with_an_open_restricted_request_must_not_be_named(database: Database) -> None:
    practice = add(database, Practice(name="Quagmire Lane Surgery"))
    add(database, SupportRequest(practice=practice.id, restricted=True))
    add(database, Delivered(outcome="Kept Quagmire Lane Surgery open"))
    assert any(one.startswith("DV-001 names ") for one in told(made(database)))


def test_a_file_without_outcomes_says_so_and_the_facts_can_be_read_again(database: Database) -> None:
    paper: Any = made(database)
    assert "Nothing delivered is written down." in told(paper, Weight.ACKNOWLEDGE)
    assert facts_from_json(PAPER, facts_to_json(paper.facts)) == paper.facts


def test_hostile_words_are_printed_as_words(database: Database) -> None:
    with database.change("Add") as change:
        for words in HOSTILE:
            added(change, Delivered, words[:900])
            added(change, OfferToLead, words[:900])
    assert made(database).content[:4] == b"%PDF"
