"""A meeting begins from its series, is minuted line by line, made final and amended; nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import amended, meetings, minuting
from nhsdesk.domain import minuting as domain
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import (
    Body,
    CountedOf,
    ForwardItem,
    Interest,
    InterestKind,
    Mandate,
    QuorumKind,
    QuorumNeed,
    Seat,
)
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.links import Attachment, Link, LinkKind
from nhsdesk.domain.meetings import (
    AgendaItem,
    Attendance,
    ItemState,
    Meeting,
    MeetingSeries,
    MeetingStage,
    MinutesLine,
    MinutesVersion,
    Presence,
    SeriesItem,
)
from nhsdesk.domain.minuting import Line
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.questions import Question
from nhsdesk.domain.risks import Risk
from nhsdesk.sections import bodies as bodies_section
from nhsdesk.store.database import Database
from tests.conftest import Clock

DECEMBER = date(2026, 12, 2)


def add(database: Database, *records: Any) -> Any:
    with database.change("Add") as change:
        made = [change.add(one) for one in records]
    return made[0] if len(made) == 1 else made


def held(database: Database, cls: Any, **equal: Any) -> Any:
    with database.read() as reader:
        return reader.all(cls, **equal)


@pytest.fixture
def series(database: Database) -> MeetingSeries:
    """A board with a series, a meeting before, a plan, and people."""
    officer, _, chair = add(
        database,
        Person(role_title="PCN workforce and finance officer"),
        Person(role_title="PCN manager"),
        Person(role_title="PCN clinical director"),
    )
    body = add(
        database,
        Body(
            name="PCN Board", minute_prefix="PCNB/26/", quorum_kind=QuorumKind.NUMBER, quorum_number=1,
            quorum_of=CountedOf.VOTING_SEATS, minutes_days=10, papers_days=3,
        ),
    )  # fmt: skip
    made: MeetingSeries = add(
        database, MeetingSeries(title="PCN Board", body=body.id, starts_at=time(13), lasts=60)
    )
    before = add(
        database,
        Meeting(
            body="PCN Board", held_on=date(2026, 11, 4), board=body.id, stage=MeetingStage.HELD,
            minutes_ref="PCNB/26/052-057",
        ),
    )  # fmt: skip
    add(
        database,
        Seat(body=body.id, seat="Chair", holder=chair.id, general_practice=True, mandate=Mandate.DELEGATE),
        SeriesItem(series=made.id, number=1, title="Welcome and interests", minutes=5),
        SeriesItem(series=made.id, number=2, title="Any other business", minutes=5),
        AgendaItem(meeting=before.id, number=1, title="Dealt with", state=ItemState.DONE),
        AgendaItem(meeting=before.id, number=2, title="Not reached", minutes=20, presenter=officer.id),
        Action(what="Still open", meeting=before.id),
        Action(what="Closed", meeting=before.id, closed_on=date(2026, 11, 10)),
        ForwardItem(body=body.id, title="Starters notice", month=Month(2026, 12), minutes=40),
        ForwardItem(body=body.id, title="Some day"),
        Interest(holder=chair.id, kind=InterestKind.FINANCIAL, what="Partner"),
    )
    return made


def view(database: Database, meeting: Meeting) -> Any:
    found = meetings.view(database, meeting.id)
    assert found is not None
    return found


def line(database: Database, meeting: Meeting, typed: str) -> Line:
    found = minuting.read(database, meeting, typed)
    assert found is not None
    return found


# ---- begun


def test_a_meeting_begins_with_standing_items_what_was_left_over_and_its_months_plan(
    database: Database, series: MeetingSeries
) -> None:
    seen = view(database, meetings.begin(database, series.id, DECEMBER))
    assert [item.title for item in seen.items] == [
        "Welcome and interests", "Any other business", "Not reached", "Starters notice",
    ]  # fmt: skip
    assert [one.what for one in seen.open_before] == ["Still open"]
    assert seen.time_words == "10 minutes over: 70 minutes planned of 60."
    assert [one.title for one in seen.plan if one.meeting is None] == ["Some day"]
    assert [one.what for one in seen.to_ask] == ["Partner"]
    (left,) = held(database, AgendaItem, title="Not reached", state=ItemState.CARRIED)
    assert seen.items[2].carried_from == left.id


def test_what_was_carried_over_once_is_not_carried_again(database: Database, series: MeetingSeries) -> None:
    meetings.begin(database, series.id, DECEMBER)
    again = view(database, meetings.begin(database, series.id, date(2027, 1, 6)))
    assert [item.title for item in again.items] == ["Welcome and interests", "Any other business"]


def test_what_was_left_over_comes_along_though_the_minutes_are_not_final_yet(
    database: Database, series: MeetingSeries, clock: Clock
) -> None:
    made = view(database, meetings.begin(database, series.id, DECEMBER))
    welcome, _, _, starters = made.items
    minuting.take_in(database, welcome.id, "All were welcomed.")
    minuting.take_in(database, starters.id, "Noted.")
    clock.moment += timedelta(days=14)
    january = view(database, meetings.begin(database, series.id, date(2027, 1, 6)))
    assert [item.title for item in january.items] == [
        "Welcome and interests", "Any other business", "Not reached",
    ]  # fmt: skip


def test_an_item_brings_its_files_to_another_agenda(database: Database, series: MeetingSeries) -> None:
    (left,) = held(database, AgendaItem, title="Not reached")
    with database.change("Attach") as change:
        kept = change.keep_bytes("Case.pdf", b"%PDF-1.7", "a" * 64)
        change.add(Attachment(on=left.id, kept=kept, says="The case"))
    december = meetings.begin(database, series.id, DECEMBER)
    carried = view(database, december).items[2]
    assert view(database, december).papers[carried.id] == ("Case.pdf",)
    other = add(database, Meeting(body="Other", held_on=date(2026, 12, 9)))
    moved = meetings.move(database, carried.id, other.id)
    assert [one.says for one in held(database, Attachment, on=moved.id)] == ["The case"]


def test_an_item_withheld_for_what_it_is_linked_with_stays_so_on_other_agendas(
    database: Database, series: MeetingSeries
) -> None:
    (left,) = held(database, AgendaItem, title="Not reached")
    secret = add(database, Risk(event="Quiet", restricted=True))
    add(database, Link(source=left.id, target=secret.id, says=LinkKind.RELATED))
    carried = view(database, meetings.begin(database, series.id, DECEMBER)).items[2]
    assert carried.restricted
    assert meetings.park(database, left.id).restricted


def test_a_change_of_the_series_never_alters_a_meeting_begun(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    (first, _) = held(database, SeriesItem, series=series.id)
    with database.change("Change") as change:
        change.put(replace(first, title="Otherwise"))
        change.put(replace(series, starts_at=time(9), lasts=5))
    seen = view(database, made)
    assert seen.items[0].title == "Welcome and interests"
    assert seen.meeting.starts_at == time(13)


def test_move_takes_an_item_away_and_duplicate_leaves_it(database: Database, series: MeetingSeries) -> None:
    here = meetings.begin(database, series.id, DECEMBER)
    there = add(database, Meeting(body="Other", held_on=date(2027, 1, 20)))
    first, second = view(database, here).items[:2]
    moved, twin = (
        meetings.move(database, first.id, there.id),
        meetings.duplicate(database, second.id, there.id),
    )
    states = [item.state for item in view(database, here).items[:2]]
    assert states == [ItemState.MOVED, ItemState.OPEN]
    assert (moved.number, moved.carried_from, twin.number, twin.carried_from) == (1, first.id, 2, None)
    with pytest.raises(errors.DeskError, match="already stands"):
        meetings.move(database, second.id, here.id)


def test_an_item_waits_in_the_backlog_and_comes_back(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    parked = meetings.park(database, view(database, made).items[0].id)
    assert parked.month is None
    taken = meetings.take_from_backlog(database, made.id, parked.id)
    assert (taken.title, taken.number) == ("Welcome and interests", 5)


def test_the_order_is_changed_and_all_are_numbered_again(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    meetings.set_number(database, view(database, made).items[3].id, -3)
    assert [(one.number, one.title) for one in view(database, made).items][:2] == [
        (1, "Starters notice"), (2, "Welcome and interests"),
    ]  # fmt: skip


# ---- minuted


def test_each_line_makes_what_it_says_once(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    item = view(database, made).items[0]
    said = (
        "/action WF to send starter list by 5 Dec", "/decision Agreed as written", "/risk Staff leave",
        "/question Who pays?",
    )  # fmt: skip
    for _ in range(2):
        for typed in said:
            minuting.make(database, item.id, line(database, made, typed))
    (action,) = held(database, Action, item=item.id)
    assert (action.what, action.due, action.set_on) == ("send starter list", date(2026, 12, 5), DECEMBER)
    assert held(database, Decision)[0].words == "Agreed as written"
    assert (held(database, Risk)[0].event, held(database, Question)[0].question) == (
        "Staff leave",
        "Who pays?",
    )
    assert len(held(database, Link)) == 2


def test_an_action_keeps_its_meeting_item_and_body_and_is_as_restricted(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    item = view(database, made).items[0]
    with database.change("Restrict") as change:
        change.put(replace(item, restricted=True))
    minuting.make(database, item.id, line(database, made, "/action CD to go by Friday"))
    (action,) = held(database, Action, item=item.id)
    assert (action.meeting, action.body, action.restricted) == (made.id, series.body, True)


def test_what_is_asked_is_answered_and_then_asked_no_more(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    item = view(database, made).items[0]
    one = minuting.make(database, item.id, line(database, made, "/action XY to go"))
    assert one.asks == ("Who is “XY”?", "By when?")
    assert isinstance(minuting.settle(database, one.record.id, "nobody"), Problem)
    assert minuting.settle(database, one.record.id, "CD") is None
    assert minuting.settle(database, one.record.id, "11 Dec") is None
    (action,) = held(database, Action, item=item.id)
    assert (action.what, action.owner_words, action.due) == ("go", None, date(2026, 12, 11))
    minuting.make(database, item.id, line(database, made, "/action XY to go"))
    assert len(held(database, Action, item=item.id)) == 1


def test_a_line_that_is_put_right_changes_what_it_made(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    item = view(database, made).items[0]
    was = line(database, made, "/action CD to go by Friday")
    minuting.make(database, item.id, was)
    now = line(database, made, "/action CD to go home by 9 Dec")
    minuting.make_or_change(database, item.id, was, now)
    (action,) = held(database, Action, item=item.id)
    assert (action.what, action.due) == ("go home", date(2026, 12, 9))


# ---- final and amended


def finalised(database: Database, series: MeetingSeries) -> tuple[Meeting, MinutesVersion]:
    made = meetings.begin(database, series.id, DECEMBER)
    item = view(database, made).items[0]
    text = "All welcomed.\n/decision Agreed\n/action CD to go by Friday"
    assert minuting.take_in(database, item.id, text) is None
    minuting.make_all(database, made.id)
    return made, meetings.finalise(database, made.id)


def test_final_minutes_are_numbered_on_sealed_and_kept_as_version_1(
    database: Database, series: MeetingSeries
) -> None:
    made, version = finalised(database, series)
    seen = view(database, made)
    assert seen.meeting.minutes_ref == "PCNB/26/058-061"
    assert (seen.meeting.stage, seen.items[0].state) == (MeetingStage.FINAL, ItemState.DONE)
    lines = held(database, MinutesLine, minutes=version.id)
    assert lines[0].said == "All welcomed.\n/decision Agreed\n/action CD to go by Friday"
    assert seen.decisions[0].final
    assert {seen.decisions[0].minute_ref, seen.actions[0].minute_ref} == {"PCNB/26/058"}
    with pytest.raises(errors.Sealed, match="Amend them as a new version"):
        minuting.take_in(database, seen.items[0].id, "Otherwise")
    with pytest.raises(errors.Sealed, match="final already"):
        meetings.finalise(database, made.id)


def test_a_number_kept_with_its_reason_does_not_stand_in_the_way_of_final_minutes(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    item = view(database, made).items[0].id
    assert isinstance(minuting.take_in(database, item, "Ring 943 476 5919"), Problem)
    assert minuting.take_in(database, item, "Ring 943 476 5919", reason="a telephone number") is None
    assert meetings.finalise(database, made.id).number == 1


def test_amended_minutes_are_version_2_with_a_reason_and_both_are_kept(
    database: Database, series: MeetingSeries
) -> None:
    made, first = finalised(database, series)
    item = view(database, made).items[0].id
    amended.keep(database, made.id, item, "All were welcomed.")
    assert amended.has_drafts(database, made.id)
    with pytest.raises(errors.DeskError, match="say why"):
        amended.amend(database, made.id, " ")
    second = amended.amend(database, made.id, "A word was missing")
    assert (second.number, second.reason) == (2, "A word was missing")
    said = [held(database, MinutesLine, minutes=one.id)[0].said for one in (first, second)]
    assert said[0].startswith("All welcomed.")
    assert said[1] == "All were welcomed."
    assert not amended.has_drafts(database, made.id)


def test_what_final_minutes_left_open_still_comes_along(database: Database, series: MeetingSeries) -> None:
    finalised(database, series)
    following = view(database, meetings.begin(database, series.id, date(2027, 1, 6)))
    assert [one.title for one in following.items[2:]] == [
        "Not reached",
        "Starters notice",
    ]


def test_the_self_audit_tells_what_is_missing(database: Database, series: MeetingSeries) -> None:
    made, _ = finalised(database, series)
    answers = {one.asks: (one.answer, one.told) for one in view(database, made).audit(frozenset(), DECEMBER)}
    assert answers["Has every action a lead?"] == ("Yes", "1 of 1.")
    assert answers["Does every decision give its reason?"][0] == "No"
    assert answers["Is it recorded who was there and who sent apologies?"] == ("No", "Nobody is entered.")
    assert answers["Were the minutes made in time?"][0] == "Yes"


# ---- who was there


def test_who_leaves_takes_the_quorum_along_and_times_must_follow(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    (chair,) = meetings.expected(database, made.id)
    entry = meetings.mark(database, made.id, chair, Presence.PRESENT)
    assert view(database, made).quorum.quorate
    meetings.mark_times(database, entry.id, None, time(13, 5))
    assert view(database, made).quorum.words.endswith("not quorate for items 2 to 4.")
    with pytest.raises(errors.DeskError, match="nobody leaves before"):
        meetings.mark_times(database, entry.id, time(14), time(13))
    (again,) = meetings.expected(database, made.id)
    meetings.mark(database, made.id, again, Presence.APOLOGIES)
    assert len(held(database, Attendance, meeting=made.id)) == 1


def test_whoever_the_quorum_needs_is_expected_though_they_hold_no_seat(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    manager = held(database, Person, role_title="PCN manager")[0]
    assert series.body is not None
    add(database, QuorumNeed(body=series.body, what="the manager", role=manager.id))
    _, needed = meetings.expected(database, made.id)
    assert (needed.name, needed.votes) == ("PCN manager", False)
    for one in meetings.expected(database, made.id):
        meetings.mark(database, made.id, one, Presence.PRESENT)
    assert view(database, made).quorum.words == "1 of 1 voting seats needed; 1 present: quorate."


def test_who_leaves_is_noted_from_a_line_of_the_minutes(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    for typed, asked in (("/left chair 13:05", False), ("/left chair", True), ("/left nobody 13:05", True)):
        moved = domain.moved(typed)
        assert moved is not None
        assert (minuting.note_moved(database, made.id, moved) is not None) == asked
    (entry,) = held(database, Attendance, meeting=made.id)
    assert (entry.presence, entry.left_at) == (Presence.PRESENT, time(13, 5))
    assert view(database, made).quorum.words.endswith("not quorate for items 2 to 4.")


def moves(database: Database, meeting: Meeting, *typed: str) -> list[str]:
    """Notes what such lines say; gives who was there as minutes print it."""
    for one in typed:
        moved = domain.moved(one)
        assert moved is not None
        assert minuting.note_moved(database, meeting.id, moved) is None
    words: str = view(database, meeting).attendance_words()
    return words.splitlines()


def test_who_sent_apologies_and_came_all_the_same_is_there(database: Database, series: MeetingSeries) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    meetings.mark(database, made.id, meetings.expected(database, made.id)[0], Presence.APOLOGIES)
    (told,) = moves(database, made, "/came chair 13:05")
    assert told.startswith("Present: ")
    assert told.endswith("(from 13:05).")


def test_who_leaves_for_an_item_and_comes_back_is_missed_for_that_item_only(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    back = ("/left chair 13:05", "/came chair 13:10")
    (told,) = moves(database, made, *back, *back)
    assert told.count("(until 13:05)") == told.count("(from 13:10)") == 1
    assert "present until 13:05, then 0 until 13:10, then 1" in view(database, made).quorum.words
    (told,) = moves(database, made, "/came chair 13:12", "/left chair 13:20")
    assert "(until 13:05)" in told
    assert "(from 13:12 until 13:20)" in told


def test_the_words_of_an_action_stay_whole_when_its_owner_is_settled(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    line = minuting.read(database, made, "/action send the list to practices by 5 Dec")
    assert line is not None
    action = minuting.make(database, view(database, made).items[0].id, line).record
    assert minuting.settle(database, action.id, "PCN manager") is None
    assert "send the list to practices" in {one.what for one in held(database, Action)}


def test_an_interest_is_declared_for_one_item_and_asked_at_each_meeting(
    database: Database, series: MeetingSeries
) -> None:
    made = meetings.begin(database, series.id, DECEMBER)
    seen = view(database, made)
    declared = meetings.declare(database, made.id, seen.to_ask[0].id, seen.items[3].id, "Left the room")
    assert (declared.item, declared.managed) == (seen.items[3].id, "Left the room")
    assert view(database, made).meeting.interests_asked


# ---- many


def test_ten_thousand_seats_and_no_body_are_both_shown(database: Database) -> None:
    with database.read() as reader:
        assert bodies_section.all_bodies(reader, DECEMBER, frozenset()) == ()
    body = add(database, Body(name="Large"))
    with database.change("Add many") as change:
        for n in range(10_000):
            change.add(Seat(body=body.id, seat=f"Seat {n}", general_practice=n % 2 == 0))
    with database.read() as reader:
        (one,) = bodies_section.all_bodies(reader, DECEMBER, frozenset())
    assert len(one.seats) == 10_000
