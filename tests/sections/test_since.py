"""What a board paper says has changed: against the paper sent last, a day asked for, or the last board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.briefings import place_board
from nhsdesk.commands import papers
from nhsdesk.documents.model import Paragraph
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.meetings import Meeting
from nhsdesk.papers import Audience
from nhsdesk.sections import since
from nhsdesk.store.database import Database
from tests.conftest import Clock

BOARD = place_board.PAPER


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def told(database: Database, **asked: Any) -> since.Facts:
    made = papers.make(database, BOARD, replace(papers.asked_of(database, None, None), **asked))
    facts: since.Facts = made.facts.since
    return facts


def refs(facts: since.Facts, name: str) -> list[str]:
    return [one.ref for one in getattr(facts.changes, name)]


@pytest.fixture
def sent(database: Database, clock: Clock, tmp_path: Path) -> Database:
    """A file of which a board was told a week ago, with one commitment and two actions."""
    add(database, Commitment(title="Share a rota", due=date(2026, 12, 1)))
    for what in ("Write to the ICB", "Count the rooms"):
        add(database, Action(what=what, due=date(2026, 12, 1)))
    made = papers.make(database, BOARD, papers.asked_of(database, None, None))
    papers.issue(database, made, tmp_path / "Board.pdf", acknowledged=True)
    clock.moment += timedelta(days=7)
    return database


def change_all(database: Database) -> None:
    """One action closed, one slipped, a commitment gained."""
    with database.change("Work") as change:
        first, second = change.reader.all(Action)
        change.put(replace(first, closed_on=date(2026, 11, 25)))
        change.put(replace(second, revised_due=date(2027, 1, 10), times_revised=1))
        change.add(Commitment(title="Offer a hub"))


def test_changes_are_told_against_the_paper_sent_last(sent: Database) -> None:
    change_all(sent)
    facts = told(sent)
    assert (refs(facts, "new"), refs(facts, "closed"), refs(facts, "slipped")) == (
        ["C-002"],
        ["A-001"],
        ["A-002"],
    )
    assert facts.against == "the paper sent as SP-001"


def test_a_day_asked_for_is_read_from_the_journal(sent: Database, clock: Clock) -> None:
    change_all(sent)
    day = clock.moment.date() - timedelta(days=7)
    facts = told(sent, since=day)
    assert (refs(facts, "new"), refs(facts, "slipped")) == (["C-002"], ["A-002"])
    assert facts.since == day


def test_what_was_told_to_other_readers_is_not_compared_with(sent: Database) -> None:
    change_all(sent)
    assert told(sent, readers=Audience.OWN_BOARD).changes is None


def test_what_has_since_been_restricted_is_not_told_as_gone(sent: Database) -> None:
    with sent.change("Restrict") as change:
        (one,) = change.reader.all(Commitment)
        change.put(replace(one, restricted=True))
    facts = told(sent)
    assert facts.changes is not None
    assert facts.changes.none


def test_nothing_is_made_up_where_the_file_began_after_the_last_board(database: Database) -> None:
    add(database, Meeting(body="Wexmere Place Board", held_on=date(2026, 10, 1)))
    facts = told(database)
    assert facts.changes is None
    assert (
        facts.not_known
        == "What has changed since 1 October 2026 is not known, for this PCN file began later."
    )
    (said,) = since.section(facts).blocks
    assert said == Paragraph(facts.not_known)


def test_what_was_restricted_and_then_removed_is_not_told_to_others(sent: Database) -> None:
    with sent.change("Restrict") as change:
        restricted = change.put(replace(change.reader.all(Commitment)[0], restricted=True))
    with sent.change("Remove") as change:
        change.remove(restricted)
        change.remove(change.reader.all(Action)[0])
    assert refs(told(sent), "gone") == ["A-001"]
