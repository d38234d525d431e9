"""Our own board reads where its leaders' time goes, against which target, and on whom duties hang."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium

from nhsdesk.commands import papers
from nhsdesk.domain.leadership import Delegation, LeaderTime
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.papers import Audience, facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

PAPER = papers.named("leadership", papers.PAPERS)


def made(database: Database) -> papers.Made:
    return papers.make(database, PAPER, papers.asked_of(database, None, AS_OF))


def words_of(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def test_our_own_board_reads_the_share_outside_with_target_and_trend(database: Database) -> None:
    with database.change("Lead") as change:
        director = change.add(Person(role_title="PCN clinical director"))
        for month, inside, outside in ((9, "16", "4"), (10, "12", "6")):
            change.add(
                LeaderTime(
                    month=Month(2026, month), person=director.id, internal=Decimal(inside), external=Decimal(outside)
                )
            )  # fmt: skip
        change.add(LocalRule(key="leadership.share_outside", value="40", starts=date(2026, 4, 1)))
        change.add(Delegation(duty="Enhanced access", held_by=director.id))
    paper = made(database)
    assert PAPER.audience is Audience.OWN_BOARD
    words = words_of(paper.content)
    assert "October 2026: 12 sessions inside and 6 outside; share outside 33 %." in words
    assert "Target: 7 points under 40 %." in words
    assert "The share outside rose from 20 % in September 2026 to 33 % in October 2026." in words
    assert "1 of 1 duty hangs on one person" in words
    assert facts_from_json(PAPER, facts_to_json(paper.facts)) == paper.facts


def test_of_several_duties_one_hangs_on_one_person(database: Database) -> None:
    with database.change("Lead") as change:
        held, deputy = (change.add(Person(role_title=name)) for name in ("Director", "Manager"))
        change.add(Delegation(duty="Sign-off", held_by=held.id))
        change.add(Delegation(duty="Enhanced access", held_by=held.id, deputy=deputy.id))
    assert "1 of 2 duties hangs on one person" in words_of(made(database).content)


def test_without_any_time_the_board_is_told_so_first(database: Database) -> None:
    (told,) = [one for one in made(database).problems if one.weight is Weight.ACKNOWLEDGE]
    assert told.sentence.startswith("No time of a leader is entered")
