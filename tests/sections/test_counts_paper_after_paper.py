"""Counts of support requests as somebody reads them who has kept every paper of the year and subtracts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from nhsdesk.commands import papers
from nhsdesk.domain import agreed_words
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import Category, Level, RequestEvent, RequestState, SupportRequest
from nhsdesk.returns import support_counts
from nhsdesk.sections import support
from nhsdesk.store.database import Database

SMALLEST = 5
ACKNOWLEDGED, OFFERED, CLOSED = RequestState.ACKNOWLEDGED, RequestState.OFFERED, RequestState.CLOSED
CATEGORIES = (Category.FINANCE, Category.ESTATES, Category.DIGITAL)


@dataclass(slots=True)
class Desk:
    """A file with practices, its requests, and what was issued from it."""

    database: Database
    folder: Path
    practices: list[Id] = field(default_factory=list)
    requests: list[SupportRequest] = field(default_factory=list)
    issued: list[support.Facts] = field(default_factory=list)

    def send(self, on: date, asked: Iterable[tuple[int, Category, RequestState]]) -> None:
        """Sends requests, each of a practice by its place, and brings them where they are to stand."""
        with self.database.change("Send requests") as change:
            for practice, category, state in asked:
                made = SupportRequest(
                    practice=self.practices[practice],
                    category=category,
                    level=Level.TARGETED,
                    summary="Help",
                    practice_agreed_on=on,
                )
                made = change.add(replace(made, agreed_words=agreed_words.words(replace(made, id=NEW))))
                change.add(RequestEvent(request=made.id, happened_on=on, state=RequestState.SENT))
                if state is not RequestState.SENT:
                    change.add(RequestEvent(request=made.id, happened_on=on, state=state))
                self.requests.append(made)

    def move(self, on: date, places: Iterable[int], state: RequestState) -> None:
        """Brings some of the requests on to a state."""
        with self.database.change("Move requests") as change:
            for place in places:
                change.add(RequestEvent(request=self.requests[place].id, happened_on=on, state=state))

    def issue(self, on: date) -> support.Facts:
        """Issues the counts as at a day, for readers outside."""
        asked = papers.asked_of(self.database, None, on)
        made = papers.make(self.database, support_counts.PAPER, asked)
        papers.issue(self.database, made, self.folder / f"{len(self.issued)}.xlsx", acknowledged=True)
        self.issued.append(made.facts.support)
        return self.issued[-1]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    with database.change("Add practices") as change:
        practices = [change.add(Practice(name=f"Surgery {number}")).id for number in range(12)]
    return Desk(database, tmp_path, practices)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one table at one moment: its cells, None where hidden, and the total if it was printed."""

    cells: dict[str, int | None]
    total: int | None

    def sum_of(self, group: frozenset[str]) -> int | None:
        """What a group of cells came to; None where it cannot be known."""
        hidden = frozenset(one for one, number in self.cells.items() if number is None)
        shown = sum(number for one in group if (number := self.cells[one]) is not None)
        if not group & hidden:
            return shown
        if hidden <= group and self.total is not None:
            others = sum(number for one in set(self.cells) - group if (number := self.cells[one]) is not None)
            return self.total - others
        return None


def seen_of(issued: Sequence[support.Facts], name: str) -> list[Seen]:
    """Every printing of a table, each with the total that was printed of the same moment."""
    found = []
    totals: dict[int, int | None] = {}
    for facts in issued:
        for one in facts.tables:
            totals.setdefault(one.position, facts.total)  # where it stands first, it was counted
    for facts in issued:
        table = next((one for one in facts.tables if one.name == name), None)
        if table is not None:
            cells = {one.state: one.requests for one in table.groups}
            found.append(Seen(cells, totals.get(table.position)))
    return found


def groups_told(one: Seen, other: Seen) -> list[frozenset[str]]:
    """The least groups of cells whose sum may be known of both: what either hides goes together."""
    groups = [frozenset({cell}) for cell in one.cells]
    for seen in (one, other):
        hidden = {cell for cell, number in seen.cells.items() if number is None}
        touched = [group for group in groups if group & hidden]
        if touched:
            groups = [group for group in groups if not group & hidden]
            groups.append(frozenset().union(*touched))
    return [*groups, frozenset(one.cells)]


def told_of_few(issued: Sequence[support.Facts]) -> list[str]:
    """Every count or change of 1 to 4 requests that follows from a paper and the one before it."""
    totals = [facts.total for facts in issued if facts.total is not None]
    found = [f"total {was} to {is_}" for was, is_ in pairwise(totals) if 0 < abs(is_ - was) < SMALLEST]
    for name in {one.name for facts in issued for one in facts.tables}:
        printings = seen_of(issued, name)
        for number, one in enumerate(printings):
            for group in groups_told(one, one):
                count = one.sum_of(group)
                if count is not None and 0 < count < SMALLEST:
                    found.append(f"{name}, paper {number}: {sorted(group)} is {count}")
        for one, other in pairwise(printings):
            for group in groups_told(one, other):
                was, is_ = one.sum_of(group), other.sum_of(group)
                if was is not None and is_ is not None and 0 < abs(is_ - was) < SMALLEST:
                    found.append(f"{name}: {sorted(group)} {was} to {is_}")
    return found


JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 3)
DAYS = (JUNE, JULY, JULY, AUGUST, AUGUST)
"""Two papers of one day are told apart too."""


@pytest.mark.parametrize("seed", range(4))
def test_nothing_follows_from_a_paper_and_the_one_before_it(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    for day in DAYS:
        many = chance.choice([1, 3, 6, 9, 14])
        states = [RequestState.SENT, ACKNOWLEDGED, OFFERED]
        desk.send(
            day,
            [(chance.randrange(12), chance.choice(CATEGORIES), chance.choice(states)) for _ in range(many)],
        )
        desk.move(day, {chance.randrange(len(desk.requests)) for _ in range(chance.randrange(6))}, CLOSED)
        desk.issue(day)
        assert told_of_few(desk.issued) == []


def test_the_total_of_an_older_table_is_still_known_to_its_readers(desk: Desk) -> None:
    sent = RequestState.SENT
    desk.send(JUNE, [(place, CATEGORIES[0], CLOSED) for place in range(6)])
    desk.send(JUNE, [(place, CATEGORIES[0], sent) for place in range(3)])
    desk.send(JUNE, [(place, CATEGORIES[0], ACKNOWLEDGED) for place in range(3, 6)])
    desk.issue(JUNE)
    desk.send(JULY, [(place, CATEGORIES[0], (CLOSED, sent, ACKNOWLEDGED)[place % 3]) for place in range(6)])
    assert desk.issue(JULY).tables[0].as_at == JUNE  # else two more are seen to be closed
    desk.send(AUGUST, [(place, CATEGORIES[0], CLOSED) for place in range(6, 12)])
    desk.move(AUGUST, (6, 9), CLOSED)
    # 6 of June's 12 were not closed, and 8 of August's 24: two came that are not closed.
    facts = desk.issue(AUGUST)
    assert [one.total for one in desk.issued] == [12, 18, 24]
    assert facts.tables[0].as_at == JUNE


def test_few_that_are_moved_within_the_same_total_are_not_seen(desk: Desk) -> None:
    desk.send(JUNE, [(place, CATEGORIES[0], CLOSED) for place in range(6)])
    desk.send(JUNE, [(place, CATEGORIES[0], ACKNOWLEDGED) for place in range(8)])
    first = desk.issue(JUNE)
    desk.move(JULY, (6,), CLOSED)
    second = desk.issue(JULY)
    counts = [{one.state: one.requests for one in facts.states} for facts in (first, second)]
    assert (first.total, second.total) == (14, 14)
    assert counts[0] == counts[1]


def test_a_change_that_is_of_two_practices_is_not_seen(desk: Desk) -> None:
    desk.send(JUNE, [(place, CATEGORIES[0], ACKNOWLEDGED) for place in range(10)])
    desk.issue(JUNE)
    desk.send(JULY, [(place % 2, CATEGORIES[0], ACKNOWLEDGED) for place in range(6)])
    facts = desk.issue(JULY)
    assert {one.requests for one in facts.states if one.requests} == {10}
    assert facts.total == 10


def test_what_one_practice_changed_among_hidden_cells_is_not_seen(desk: Desk) -> None:
    sent = RequestState.SENT
    desk.send(JUNE, [(place, CATEGORIES[0], CLOSED) for place in range(8)])
    desk.send(JUNE, [(place, CATEGORIES[0], (sent, ACKNOWLEDGED)[place % 2]) for place in range(6)])
    desk.issue(JUNE)
    desk.send(JULY, [(place, CATEGORIES[0], CLOSED) for place in range(5)])
    desk.send(JULY, [(11, CATEGORIES[0], state) for state in (sent, ACKNOWLEDGED, OFFERED, OFFERED, OFFERED)])
    # 6 of 14 were not closed, then 11 of 24: five more, and all of one practice.
    facts = desk.issue(JULY)
    assert facts.total == 24
    assert facts.tables[0].as_at == JUNE
