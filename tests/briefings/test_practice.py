"""One page for each practice: what concerns it stands there, and nothing of anybody else's requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.briefings import practice
from nhsdesk.commands import papers
from nhsdesk.documents.model import Report, Table
from nhsdesk.domain.commitments import Commitment, CommitmentKind
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.rounds import Round, RoundReply
from nhsdesk.sections import apart, expansions, practice_pages
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.conftest import Clock


@pytest.fixture
def held(sample: Path, clock: Clock) -> Iterator[Database]:
    with record_file.open_file(sample, "Ann Archer", clock) as database:
        yield database


def facts(held: Database) -> practice.Facts:
    made: practice.Facts = papers.make(held, practice.PAPER, papers.asked_of(held, None, None)).facts
    return made


def pages_of(held: Database) -> list[practice_pages.PageFacts]:
    told = facts(held).told
    assert told is not None
    return list(apart.read(told.pages))


def told(held: Database) -> str:
    document = practice.compile(facts(held))
    assert isinstance(document, Report)
    return "\n".join(expansions.texts(document))


def test_each_practice_has_a_page_of_its_own_with_its_list_and_the_posts_based_there(held: Database) -> None:
    document = practice.compile(facts(held))
    pages = [one for one in document.sections if one.heading != "Withheld"]
    assert [one.heading for one in pages] == sorted(one.heading for one in pages)
    assert [one.own_page for one in pages] == [False, *[True] * (len(pages) - 1)]
    (alder,) = (one for one in pages_of(held) if one.name == "Alder House Surgery")
    assert [(one.base, str(one.patients)) for one in alder.lists] == [
        ("Contractor weighted", "13233.00"),
        ("Registered", "12940.00"),
    ]
    assert {one.ref for one in alder.posts} >= {"P-001", "P-005"}
    tables = [one for one in pages[0].blocks if isinstance(one, Table)]
    assert [one.caption for one in tables] == [
        "Your list",
        "What is asked of practices, and whether it binds",
        "What we have asked you",
        "Additional roles based with you",
    ]


@pytest.mark.parametrize(
    ("words", "concerned"),
    [
        ("All practices", True),
        ("each practice of the PCN", True),
        ("Alder House Surgery only", True),
        ("DEMO01", True),
        ("Weir Bank Practice", False),
        ("the ICB", False),
        ("", False),
    ],
)
def test_a_commitment_concerns_the_practices_its_words_name(words: str, concerned: bool) -> None:
    assert practice_pages.applies(words, Practice(name="Alder House Surgery", ods_code="DEMO01")) is concerned


def test_an_ask_stands_on_the_pages_it_concerns_and_never_as_required(held: Database) -> None:
    with held.change("Say whom it concerns") as change:
        ask = next(
            one
            for one in change.reader.all(Commitment)
            if one.kind is CommitmentKind.ASK and not one.restricted
        )
        change.put(replace(ask, applies_to="Alder House Surgery", status=None, came_to=None))
    found = {page.name: [line.binds for line in page.asks] for page in pages_of(held)}
    assert found["Alder House Surgery"] == ["Asked of us; not required"]
    assert found["Weir Bank Practice"] == []
    all_pages = facts(held).told
    assert all_pages is not None
    assert all_pages.unsaid > 0


def test_no_request_for_support_is_on_any_page(held: Database) -> None:
    with held.change("Ask for help") as change:
        (one, *_) = change.reader.all(SupportRequest)
        change.put(replace(one, wanted_outcome="A word about support", restricted=False))
    assert "A word about support" not in told(held)
    assert one.ref not in told(held)


def test_an_answer_is_not_shown_before_its_deadline(held: Database) -> None:
    with held.change("Vote") as change:
        asked = change.add(Round(ask="Join the pilot?", private_until=date(2026, 12, 18)))
        (one, *_) = change.reader.all(Practice)
        change.add(RoundReply(round=asked.id, practice=one.id, answer="yes", replied_on=date(2026, 11, 1)))
    answers = [line.answer for page in pages_of(held) for line in page.rounds if line.ask == asked.ask]
    assert answers == [practice_pages.NOT_SHOWN]


def test_what_is_restricted_is_on_no_page(held: Database) -> None:
    with held.change("Restrict") as change:
        ask = next(one for one in change.reader.all(Commitment) if not one.restricted)
        change.put(replace(ask, title="A word of ours", applies_to="All practices", restricted=True))
        change.add(Round(ask="A question of ours", restricted=True))
    assert "of ours" not in told(held)


def test_without_practices_it_says_so(database: Database) -> None:
    assert "No practice of ours is entered." in told(database)
