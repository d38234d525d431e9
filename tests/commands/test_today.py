"""What stands on the page of the day, from a PCN file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.commands import files, today
from nhsdesk.domain import today as rules
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.links import Note
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Person
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock


@pytest.fixture(scope="module")
def sample_open(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("today") / "Sample.nhsdesk"
    shutil.copy(sample_as_made, path)
    made_once.be_at_home(path)
    with files.open_for_work(path, "Ann Archer", Clock()) as opened:
        yield opened


def told(lines: tuple[rules.Line, ...], today_: date) -> list[tuple[str, str]]:
    return [(one.ref, one.told) for one in rules.pressing(lines, today_)]


def test_actions_commitments_and_clocks_stand_in_one_list_by_day(sample_open: Database) -> None:
    assert told(today.due(sample_open), sample_open.today()) == [
        ("SR-005", "44 days overdue"),
        ("A-007", "28 days overdue"),
        ("RM-002", "23 days overdue"),
        ("C-011", "20 days overdue"),
        ("C-020", "20 days overdue"),
        ("A-024", "7 days overdue"),
        ("RM-003", "5 days overdue"),
        ("SR-012", "2 days overdue"),
        ("A-012", "Due today"),
        ("A-022", "Due today"),
        ("SR-010", "Due Monday"),
        ("A-017", "Due 27 November"),
    ]


def test_papers_and_meetings_of_this_week_and_next(sample_open: Database) -> None:
    found = [(one.what, one.told, one.opens.paper) for one in today.papers_and_meetings(sample_open)]
    assert ("Papers for Wexmere Primary Care Collaborative, Wednesday", "1 day overdue", "") in found
    (line,) = (one for one in found if one[0].startswith("Action log for our own board and "))
    assert line[1:] == ("Due Wednesday", "action-log-own")
    assert not any(key.startswith("week-sheet") for _, _, key in found)


def test_papers_for_one_day_stand_together_and_are_all_counted(sample_open: Database) -> None:
    found = [one for one in today.papers_and_meetings(sample_open) if one.opens.paper]
    together = [one for one in found if one.stands_for > 1]
    assert [f"and {one.stands_for - 1} more papers" in one.what for one in together] == [True]
    assert together[0].stands_for > 3
    others = [one.on for one in found if one.stands_for == 1]
    assert all(others.count(day) <= 3 for day in others)


def test_questions_wait_the_longest_first(sample_open: Database) -> None:
    assert [(one.ref, one.told) for one in today.questions(sample_open)] == [
        ("Q-001", "Waits 170 days"),
        ("Q-002", "Waits 65 days"),
        ("Q-004", "Waits 65 days"),
        ("Q-006", "Waits 2 days"),
    ]


def test_the_money_is_that_of_the_position(sample_open: Database) -> None:
    facts = today.money(sample_open)
    assert facts is not None
    assert facts.loss.startswith(f"{facts.lost} will be lost on 31 March unless it is spent.")
    assert facts.entitlement == facts.forecast + (facts.lost or facts.forecast)


def test_a_new_file_has_no_money_and_says_that_it_is_new(database: Database) -> None:
    assert today.money(database) is None
    assert today.looker(database).new
    assert told(today.due(database), database.today()) == []


def test_whose_a_line_is_comes_from_its_owner_and_deputy(database: Database) -> None:
    with database.change("Begin") as change:
        owner, deputy = (change.add(Person(role_title=title)) for title in ("PCN manager", "Deputy"))
        change.add(Commitment(title="Count it", due=database.today(), owner=owner.id, deputy=deputy.id))
        change.add(Action(what="Nobody's", due=database.today()))
    by_what = {one.what: one.whose for one in today.due(database)}
    assert by_what == {"Count it": {owner.id, deputy.id}, "Nobody's": frozenset()}


def test_papers_that_were_sent_are_asked_for_no_more(database: Database) -> None:
    held_on = date(2026, 11, 25)
    with database.change("Begin") as change:
        board = change.add(Body(name="Board", papers_days=3))
        meeting = change.add(Meeting(body="Board", board=board.id, held_on=held_on))
    asked = [one.told for one in today.papers_and_meetings(database) if one.opens.kind == "meeting"]
    assert asked == ["1 day overdue", "Meets Wednesday"]
    with database.change("Sent") as change:
        change.put(replace(meeting, papers_sent_on=database.today()))
    asked = [one.told for one in today.papers_and_meetings(database) if one.opens.kind == "meeting"]
    assert asked == ["Meets Wednesday"]


def test_what_others_changed_is_told_and_what_i_changed_is_not(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    since = today.changed(database, None).position
    with database.change("Mine") as change:
        change.add(Action(what="Mine"))
    assert today.changed(database, since).lines == ()
    path = database.path
    database.close()
    with files.open_for_work(path, "Ben Baker", clock) as his, his.change("Add action A-002") as change:
        theirs = change.add(Action(what="Theirs"))
        change.add(Note(on=theirs.id, words="Ring them"))
    with files.open_for_work(path, "Ann Archer", clock) as again:
        (line,) = today.changed(again, since).lines
        assert (line.ref, line.what, line.told[:5]) == ("Ben Baker", "Add action A-002 (2 entries)", "Today")
        assert line.opens == rules.Opens("action", theirs.id)


def test_what_a_merge_brought_is_told_by_the_steps_of_the_other(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    files.hand_out(database, tmp_path / "Other.nhsdesk")
    since = today.changed(database, None).position
    with files.open_for_work(tmp_path / "Other.nhsdesk", "Ben Baker", clock) as other:
        with other.change("Add action A-B1") as change:
            change.add(Action(what="Theirs"))
        files.exchange_with(database, other)
    found = today.changed(database, since)
    assert [(one.ref, one.what) for one in found.lines] == [("Ben Baker", "Add action A-B1 (1 entry)")]
    assert found.lines[0].opens.kind == "action"
    assert found.unsettled == 0
    assert today.changed(database, found.position).lines == ()
