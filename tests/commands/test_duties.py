"""Recurring duties are brought up to date, done, skipped with a reason and moved, each as one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhsdesk.commands import duties
from nhsdesk.domain.duties import Occurrence, RecurringDuty, Rhythm
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database

TODAY = date(2026, 11, 20)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def occurrences(database: Database) -> tuple[Occurrence, ...]:
    with database.read() as reader:
        return reader.all(Occurrence)


@pytest.fixture
def claim(database: Database) -> RecurringDuty:
    made: RecurringDuty = add(
        database, RecurringDuty(title="Claim", rhythm=Rhythm.WORKING_DAY, number=5, starts=date(2026, 4, 1))
    )
    return made


def test_all_duties_are_brought_up_to_date_in_one_step(database: Database, claim: RecurringDuty) -> None:
    add(database, RecurringDuty(title="Accounts", rhythm=Rhythm.YEARLY, number=31, in_month=5, starts=TODAY))
    assert duties.behind(database) == 2
    assert duties.bring_up_to_date(database) == duties.Brought(added=14)
    assert duties.behind(database) == 0
    database.undo()
    assert occurrences(database) == ()


def test_a_second_time_writes_nothing(database: Database, claim: RecurringDuty) -> None:
    duties.bring_up_to_date(database)
    position = database.head.position
    assert duties.bring_up_to_date(database) == duties.Brought()
    assert database.head.position == position


def test_a_duty_that_says_too_little_is_told_and_stops_no_other(
    database: Database, claim: RecurringDuty
) -> None:
    wrong = add(database, RecurringDuty(title="When?", rhythm=Rhythm.DAY_OF_MONTH, starts=TODAY))
    brought = duties.bring_up_to_date(database)
    assert brought.added == 13
    assert [problem.record for problem in brought.wrong] == [wrong.id]


def test_a_changed_rule_leaves_what_was_moved(database: Database, claim: RecurringDuty) -> None:
    duties.bring_up_to_date(database)
    first = occurrences(database)[0]
    assert duties.move(database, first.id, date(2026, 12, 9), "Leave") is None
    with database.change("Change") as change:
        change.put(replace(claim, rhythm=Rhythm.LAST_WORKING_DAY))
    brought = duties.bring_up_to_date(database)
    assert (brought.added, brought.removed) == (12, 12)
    assert first.id in [one.id for one in occurrences(database)]


@pytest.mark.parametrize("why", ["", "   ", "\n"])
def test_skipping_without_a_reason_changes_nothing(
    database: Database, claim: RecurringDuty, why: str
) -> None:
    duties.bring_up_to_date(database)
    first = occurrences(database)[0]
    told = duties.skip(database, first.id, why)
    assert isinstance(told, Problem)
    assert told.sentence == "Say why it is skipped. Nothing was changed."
    assert occurrences(database)[0] == first


def test_a_reason_skips_and_undo_brings_it_back(database: Database, claim: RecurringDuty) -> None:
    duties.bring_up_to_date(database)
    first = occurrences(database)[0]
    assert duties.skip(database, first.id, " The portal \n was closed ") is None
    assert occurrences(database)[0].skipped_because == "The portal was closed"
    database.undo()
    assert occurrences(database)[0].skipped_because is None


def test_moving_keeps_the_first_day_and_moving_back_undoes_it(
    database: Database, claim: RecurringDuty
) -> None:
    duties.bring_up_to_date(database)
    first = occurrences(database)[0]
    duties.move(database, first.id, date(2026, 12, 9), "Leave")
    duties.move(database, first.id, date(2026, 12, 10))
    moved = occurrences(database)[0]
    assert (moved.due, moved.moved_to, moved.falls_on) == (first.due, date(2026, 12, 10), date(2026, 12, 10))
    duties.move(database, first.id, first.due)
    assert occurrences(database)[0].moved_to is None


def test_what_is_done_is_not_done_in_days_to_come(database: Database, claim: RecurringDuty) -> None:
    duties.bring_up_to_date(database)
    first = occurrences(database)[0]
    assert isinstance(duties.done(database, first.id, date(2026, 11, 21)), Problem)
    assert duties.done(database, first.id, TODAY) is None
    assert occurrences(database)[0].done_on == TODAY
