"""What the place board reads of questions, positions, moved work and risks, and what it keeps to itself of them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.policy import PolicyPosition
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.questions import Asker, Question
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.workload import WorkloadTransfer
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.briefings.test_place_board import BOARD, add, made, text_of
from tests.sections.making import practice


def test_the_board_reads_them_after_support_and_before_where_all_is_written(database: Database) -> None:
    add(database, WorkloadTransfer(what="Blood tests", funded=False, hours_a_month=Decimal(34)))
    add(database, Risk(event="Go-live slips", likelihood=4, consequence=3))
    add(database, Question(question="Why no PCNs in it?", asker=Asker.PUBLIC, asked_on=date(2026, 9, 16)))
    add(database, PolicyPosition(body="RCGP", position="Opposes it", taken_on=date(2025, 9, 1)))
    text = text_of(made(database).content)
    expected = [
        "Support requests from practices",
        "Work that moved to general practice",
        "Blood tests",
        "Risk register",
        "Go-live slips",
        "Questions from the public",
        "Why no PCNs in it?",
        "What national bodies have said",
        "RCGP, on 1 September 2025: Opposes it",
        "Where each commitment is written Nothing is listed.",
    ]
    places = [text.find(words) for words in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "record",
    [
        WorkloadTransfer(what="Minor surgery of Foxglove Health Centre"),
        Risk(event="Closes", cause="Lease of FOXGLOVE health centre ends", likelihood=1, consequence=1),
        Question(question="Is Foxglove Health Centre closing?", asker=Asker.PUBLIC),
        PolicyPosition(body="Council", position="Foxglove Health Centre stays"),
    ],
)
def test_a_practice_with_an_open_restricted_request_may_be_named_in_none_of_them(
    database: Database, record: Any
) -> None:
    base = practice(database, name="Foxglove Health Centre")
    add(database, SupportRequest(practice=base.id, restricted=True))
    ref = add(database, record).ref
    told = [one.sentence for one in made(database).problems if one.weight is Weight.MUST_FIX]
    assert any(f"{ref} names PR-001" in sentence for sentence in told)


def test_a_briefing_kept_before_these_sections_is_remade_without_them(database: Database) -> None:
    plain = json.loads(facts_to_json(made(database).facts))
    for name in ("workload", "risks", "questions", "positions"):
        del plain["facts"][name]
    facts = facts_from_json(BOARD, json.dumps(plain).encode())
    text = text_of(papers.written(BOARD.compile(facts)))
    assert "Commitments" in text
    assert "Risk register" not in text
    assert BOARD.check(facts) == BOARD.check(made(database).facts)


def test_the_cost_of_unfunded_work_follows_the_rule_settled_here(database: Database) -> None:
    add(database, WorkloadTransfer(what="Blood tests", funded=False, hours_a_month=Decimal(34)))
    add(database, LocalRule(key="commitments.hour_cost", value="92", starts=date(2026, 4, 1)))
    assert "which cost £3,128.00 a month at £92.00 an hour" in text_of(made(database).content)
