"""Start times add up, papers go out in clear working days, and what was not finished goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from nhsdesk import resources
from nhsdesk.domain import agendas
from nhsdesk.domain.bodies import Body, ForwardItem
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, ItemState, Meeting, MeetingStage
from nhsdesk.domain.periods import Month

BODY = Body(id=Id(1), name="Board", papers_days=5)


def items(*minutes: int | None) -> list[AgendaItem]:
    return [
        AgendaItem(id=Id(10 + n), meeting=Id(2), number=n, title=f"Item {n}", minutes=one)
        for n, one in enumerate(minutes, 1)
    ]


def test_each_item_starts_when_the_one_before_it_ends() -> None:
    found = agendas.slots(reversed(items(10, 45, 20)), time(14, 30))
    assert [(one.start, one.end) for one in found] == [
        (time(14, 30), time(14, 40)),
        (time(14, 40), time(15, 25)),
        (time(15, 25), time(15, 45)),
    ]


def test_an_item_that_was_moved_away_takes_no_time() -> None:
    first, second, third = items(10, 45, 20)
    moved = replace(second, state=ItemState.MOVED)
    found = agendas.slots([first, moved, third], time(14, 30))
    assert [one.start for one in found] == [time(14, 30), None, time(14, 40)]
    assert agendas.time_words([first, moved, third], 30) == "30 minutes planned of 30."


def test_after_an_item_without_minutes_no_time_is_made_up() -> None:
    assert [one.start for one in agendas.slots(items(10, None, 20), time(9))] == [time(9), time(9, 10), None]


def test_an_over_run_is_told_first() -> None:
    assert agendas.time_words(items(60, 50), 90) == "20 minutes over: 110 minutes planned of 90."
    assert agendas.time_words(items(60, None), 90) == "60 minutes planned of 90; 1 item has no time yet."
    assert agendas.time_words(items(60, 30), 90) == "90 minutes planned of 90."


@pytest.mark.parametrize(
    ("held_on", "days", "by"),
    [
        (date(2026, 12, 2), 3, date(2026, 11, 26)),
        (date(2027, 1, 20), 5, date(2027, 1, 12)),
        (
            date(2027, 1, 6),
            5,
            date(2026, 12, 24),
        ),  # Christmas, Boxing Day's substitute and New Year lie between
    ],
)
def test_papers_go_out_so_many_clear_working_days_before(held_on: date, days: int, by: date) -> None:
    body = Body(id=Id(1), name="Board", papers_days=days)
    meeting = Meeting(body="Board", held_on=held_on)
    assert agendas.papers_due(meeting, body, resources.bank_holidays()) == by


def test_papers_sent_a_day_late_are_told_as_late() -> None:
    meeting = Meeting(body="Board", held_on=date(2027, 1, 20), papers_sent_on=date(2027, 1, 13))
    told = agendas.papers_words(meeting, BODY, resources.bank_holidays(), date(2027, 1, 21))
    assert told == "Papers 5 clear working days before: by 12 January 2027. Sent 13 January 2027, late."


def test_only_what_is_open_is_unfinished() -> None:
    held = items(1, 2, 3)
    states = (ItemState.DONE, ItemState.OPEN, ItemState.MOVED)
    held = [
        AgendaItem(id=one.id, meeting=one.meeting, number=one.number, title=one.title, state=state)
        for one, state in zip(held, states, strict=True)
    ]
    assert [one.number for one in agendas.unfinished(held)] == [2]


def test_the_meeting_before_is_the_last_that_took_place() -> None:
    held = [
        Meeting(id=Id(1), body="B", held_on=date(2026, 9, 2), stage=MeetingStage.FINAL),
        Meeting(id=Id(2), body="B", held_on=date(2026, 10, 7), stage=MeetingStage.CANCELLED),
        Meeting(id=Id(3), body="B", held_on=date(2026, 12, 2)),
    ]
    before = agendas.meeting_before(held, date(2026, 12, 9), date(2026, 11, 20))
    assert before is held[0]


def test_the_forward_plan_brings_what_no_meeting_has_taken_up_to_that_month() -> None:
    plan = [
        ForwardItem(id=Id(1), body=Id(1), title="Late", month=Month(2026, 9)),
        ForwardItem(id=Id(2), body=Id(1), title="Now", month=Month(2026, 11)),
        ForwardItem(id=Id(3), body=Id(1), title="Taken", month=Month(2026, 11), meeting=Id(9)),
        ForwardItem(id=Id(4), body=Id(1), title="Later", month=Month(2027, 1)),
        ForwardItem(id=Id(5), body=Id(1), title="Some day"),
    ]
    assert [one.title for one in agendas.due_in(plan, Month(2026, 11))] == ["Late", "Now"]
    assert [one.title for one in agendas.backlog(plan)] == ["Some day"]


def test_minute_references_go_on_from_the_highest_of_the_body() -> None:
    taken = ("PCNB/26/041", *agendas.numbers_told("PCNB/26/052-057", "PCNB/26/"), "WTPB/26/099")
    assert agendas.refs_from("PCNB/26/", taken, 2) == ("PCNB/26/058", "PCNB/26/059")
    assert agendas.refs_from(None, taken, 2) == ()
