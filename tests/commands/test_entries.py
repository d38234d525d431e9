"""Typing into one field: kept when it can be read, left as typed when it cannot, never half of either."""

from __future__ import annotations

import pytest

from nhsdesk.commands import entries
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Problem
from nhsdesk.store import drafts
from nhsdesk.store.database import Database


@pytest.fixture
def held(database: Database) -> Commitment:
    with database.change("Add") as change:
        return change.add(Commitment(title="Offer enhanced access"))


def now(database: Database, held: Commitment) -> Commitment:
    with database.read() as reader:
        return reader.get(Commitment, held.id)


def test_a_readable_day_is_kept_as_one_step_that_undo_takes_back(
    database: Database, held: Commitment
) -> None:
    assert entries.enter(database, Commitment.KIND, held.id, "due", "31/3/2027") is None
    assert now(database, held).due is not None
    assert database.undo().label == "Change By when of C-001"
    assert now(database, held).due is None


def test_words_that_cannot_be_read_stay_as_a_draft_and_go_when_put_right(
    database: Database, held: Commitment
) -> None:
    told = entries.enter(database, Commitment.KIND, held.id, "due", "31/2")
    assert isinstance(told, Problem)
    assert (told.kind, told.record, told.field) == ("commitment", held.id, "due")
    (draft,) = drafts.kept(database)
    assert (draft.words, draft.field, draft.who) == ("31/2", "due", "Ann Archer")
    position = database.head.position
    assert entries.enter(database, Commitment.KIND, held.id, "due", "28/2/2027") is None
    assert drafts.kept(database) == ()
    assert database.head.position == position + 1


def test_a_field_that_must_be_given_is_not_emptied(database: Database, held: Commitment) -> None:
    told = entries.enter(database, Commitment.KIND, held.id, "title", "   ")
    assert told is not None
    assert told.sentence == "“What” cannot be left empty."
    assert now(database, held).title == "Offer enhanced access"


def test_typing_the_same_again_is_no_step(database: Database, held: Commitment) -> None:
    position = database.head.position
    assert entries.enter(database, Commitment.KIND, held.id, "title", "Offer enhanced access") is None
    assert database.head.position == position


def test_what_others_name_is_not_removed_and_they_are_listed(database: Database, held: Commitment) -> None:
    with database.change("Add") as change:
        action = change.add(Action(what="Write", commitment=held.id))
        owner = change.add(Person(role_title="Manager"))
    told = entries.remove(database, held)
    assert [problem.record for problem in told] == [action.id]
    assert now(database, held)
    removable: list[Record] = [owner, action]
    for record in removable:
        assert entries.remove(database, record) == ()
    assert entries.remove(database, held) == ()
