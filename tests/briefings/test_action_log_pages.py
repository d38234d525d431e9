"""The action log to print: its parts, and what is left out for readers outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nhsdesk.briefings import action_log
from nhsdesk.commands import papers
from nhsdesk.domain.actions import Action
from nhsdesk.sections import expansions
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.conftest import Clock


@pytest.fixture
def held(sample: Path, clock: Clock) -> Iterator[Database]:
    with record_file.open_file(sample, "Ann Archer", clock) as database:
        yield database


def test_it_stands_in_the_parts_that_boards_use(held: Database) -> None:
    made = papers.make(held, action_log.OWN, papers.asked_of(held, None, None)).facts
    headings = [one.heading for one in action_log.compile(made).sections]
    assert headings[0] == "Where the actions stand"
    assert "Held over: its first date has passed" in headings
    assert "Not due yet" in headings


def test_a_restricted_action_is_its_reference_alone_outside(held: Database) -> None:
    with held.read() as reader:
        (secret,) = [one for one in reader.all(Action) if one.ref == "A-025"]
    asked = papers.asked_of(held, None, None)
    outside, own = (
        "\n".join(expansions.texts(action_log.compile(papers.make(held, one, asked).facts)))
        for one in (action_log.PAPER, action_log.OWN)
    )
    assert secret.what not in outside
    assert "A-025: Restricted item" in outside
    assert secret.what in own


def test_without_actions_it_says_so(database: Database) -> None:
    made = papers.make(database, action_log.PAPER, papers.asked_of(database, None, None)).facts
    assert "There are no outstanding actions." in "\n".join(expansions.texts(action_log.compile(made)))


def test_its_counts_are_followed_back_to_the_actions_that_were_counted(held: Database) -> None:
    made = papers.make(held, action_log.PAPER, papers.asked_of(held, None, None))
    lines = [one for one in made.facts.actions.lines if one.ref in made.figures[0].refs]
    assert (made.figures[0].shown, made.figures[0].at) == ("17", "17 actions are open")
    assert len(lines) == 17
    assert set(made.figures[1].refs) == {one.ref for one in lines if one.brag.startswith("Red")}
