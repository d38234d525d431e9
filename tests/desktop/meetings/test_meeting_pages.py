"""A manager begins a meeting, marks who was there and sees the quorum, and looks at bodies, seats and interests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files, meetings
from nhsdesk.desktop import asking
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.domain.bodies import (
    Body,
    BodyKind,
    CountedOf,
    ForwardItem,
    GovernanceForm,
    Interest,
    InterestKind,
    Mandate,
    QuorumKind,
    Route,
    Seat,
    SeatGroup,
)
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.meetings import (
    AgendaItem,
    Attendance,
    InterestDeclared,
    ItemState,
    Meeting,
    MeetingSeries,
    SeriesItem,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Person as Role
from nhsdesk.domain.periods import Month
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here
from tests.factories import HOSTILE


def fill(change: Any, words: str = "Wexmere Together Partnership Board") -> None:
    """A place board with two seats, a series, a plan and an interest."""
    director, nurse = (
        change.add(Role(role_title="Clinical director")),
        change.add(Role(role_title="Lead physio")),
    )
    body = change.add(
        Body(
            name=words, kind=BodyKind.PLACE_BOARD, governance=GovernanceForm.FORUM, terms_version="v3",
            quorum_kind=QuorumKind.NUMBER, quorum_number=2, quorum_of=CountedOf.VOTING_SEATS, papers_days=5,
            limit=Money.pounds(250_000), may_decide=words, accountable_for="place money",
        )
    )  # fmt: skip
    change.add(
        Seat(
            body=body.id, seat="Primary care", group=SeatGroup.PRIMARY_CARE, general_practice=True,
            holder=director.id, mandate=Mandate.PERSPECTIVE, route=Route.APPOINTED,
        )
    )  # fmt: skip
    change.add(
        Seat(
            body=body.id,
            seat="Allied health",
            general_practice=False,
            holder=nurse.id,
            mandate=Mandate.DELEGATE,
        )
    )
    change.add(Seat(body=body.id, seat="GP provider", general_practice=True, vacant_since=date(2026, 7, 1)))
    change.add(Interest(holder=director.id, kind=InterestKind.INDIRECT, what=words))
    series = change.add(MeetingSeries(title=words, body=body.id, starts_at=time(14), lasts=60))
    change.add(SeriesItem(series=series.id, number=1, title=words, minutes=10))
    change.add(SeriesItem(series=series.id, number=2, title="Close", minutes=20))
    change.add(ForwardItem(body=body.id, title="Estates", month=Month(2027, 1), minutes=45))
    change.add(ForwardItem(body=body.id, title="Some day"))


@pytest.fixture
def with_board(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Callable[[str], Person]:
    """Somebody with that board, called by some words."""

    def at(words: str) -> Person:
        path = tmp_path / "Ours.nhsdesk"
        files.create(path, "Eastfield PCN", "Ann Archer", clock).close()
        with files.open_for_work(path, "Ann Archer", clock) as database, database.change("Fill") as change:
            fill(change, words)
        return opens(path)

    return at


@pytest.fixture
def manager(with_board: Callable[[str], Person]) -> Person:
    return with_board("Wexmere Together Partnership Board")


def rows(person: Person, name: str) -> list[tuple[str, ...]]:
    tables = person.window.findChildren(PlainTable)
    table = next(one for one in tables if one.accessibleName() == name and one.isVisible())
    table.setFocus()
    return [table.words(row) for row in range(table.rowCount())]


def held(database: Database, cls: Any, **equal: Any) -> Any:
    with database.read() as reader:
        return reader.all(cls, **equal)


def begun(person: Person) -> None:
    person.goes_to("Meetings", "Agenda and attendance")
    person.turns_to("New meeting")
    person.writes("Held on", "20/1/2027", leave=False)
    person.presses("Return")


def test_a_meeting_is_begun_with_times_that_add_up_and_its_over_run(manager: Person) -> None:
    begun(manager)
    assert [one[:3] for one in rows(manager, "Agenda items")] == [
        ("1", "14:00", "Wexmere Together Partnership Board"), ("2", "14:10", "Close"), ("3", "14:30", "Estates"),
    ]  # fmt: skip
    assert manager.sees("15 minutes over: 75 minutes planned of 60.")
    assert manager.sees("Papers 5 clear working days before: by 12 January 2027.")


def test_items_change_places_by_the_keys_and_go_to_the_backlog(manager: Person) -> None:
    begun(manager)
    rows(manager, "Agenda items")
    manager.presses("Alt+Down")
    assert [one[2] for one in rows(manager, "Agenda items")][:2] == [
        "Close",
        "Wexmere Together Partnership Board",
    ]
    manager.clicks("Put in the backlog")
    assert [one.state for one in held(manager.database, AgendaItem)].count(ItemState.MOVED) == 1
    assert len(held(manager.database, ForwardItem, month=None)) == 2


def test_an_item_is_added_and_papers_are_noted_as_sent_and_the_agenda_issued(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path)
    begun(manager)
    manager.writes("New item", "Winter plan", leave=False)
    manager.presses("Return")
    assert rows(manager, "Agenda items")[-1][:3] == ("4", "15:15", "Winter plan")
    manager.clicks("Papers went out today")
    assert manager.sees("Sent 20 November 2026, in time.")
    manager.clicks("Issue the agenda")
    assert manager.sees("15 minutes over")
    manager.clicks("Issue the agenda")
    assert len(list(tmp_path.glob("2027-01-20 *Agenda*.pdf"))) == 2
    manager.clicks("Issue the pack")
    manager.clicks("Issue the pack")
    assert len(list(tmp_path.glob("2027-01-20 *Meeting pack*.pdf"))) == 2


def test_an_item_has_its_cover_sheet_and_its_board_paper_goes_out(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path)
    begun(manager)
    rows(manager, "Agenda items")
    manager.clicks("Cover sheet")
    (sheet,) = held(manager.database, CoverSheet)
    assert manager.sees(sheet.ref)
    manager.goes_to("Meetings", "Agenda and attendance")
    assert rows(manager, "Agenda items")[0][6] == "Enclosure C: board paper"
    manager.clicks("Issue the board paper")
    assert manager.sees("nothing is written under “Summary”")
    manager.clicks("Issue the board paper")
    assert len(list(tmp_path.glob("2027-01-20 * item 1 Board paper*.pdf"))) == 2


def test_who_was_there_is_marked_by_one_key_each_and_the_quorum_follows(manager: Person) -> None:
    begun(manager)
    manager.turns_to("Who was there")
    rows(manager, "Who was there")
    manager.presses("Alt+P", "Alt+U")
    assert manager.sees("2 of 3 voting seats needed; 2 present: quorate.")
    rows(manager, "Who was there")
    manager.presses("Up")
    manager.writes("Left at", "14:20", leave=False)
    manager.presses("Return")
    assert manager.sees("2 present until 14:20, then 1: not quorate for item 3 and for part of item 2.")
    assert len(held(manager.database, Attendance)) == 2


def test_a_bad_time_is_told_and_nothing_is_kept(manager: Person) -> None:
    begun(manager)
    manager.turns_to("Who was there")
    rows(manager, "Who was there")
    manager.presses("Alt+P", "Up")
    manager.writes("Left at", "soon", leave=False)
    manager.presses("Return")
    assert manager.sees("“soon” could not be read as a time.")
    assert held(manager.database, Attendance)[0].left_at is None


def test_a_declared_interest_is_noted_at_the_meeting(manager: Person) -> None:
    begun(manager)
    manager.turns_to("Who was there")
    manager.writes("For which item", "3. Estates")
    manager.writes("What was done", "Left for item 3")
    manager.clicks("Note as declared")
    (declared,) = held(manager.database, InterestDeclared)
    (estates,) = held(manager.database, AgendaItem, title="Estates")
    assert (declared.item, declared.managed) == (estates.id, "Left for item 3")
    (meeting,) = held(manager.database, Meeting)
    assert meeting.interests_asked
    manager.turns_to("Check the minutes")
    asked = {one[0]: one[1] for one in rows(manager, "Check of the minutes")}
    assert asked["Were interests asked for?"] == "Yes"


def test_a_body_tells_what_it_may_decide_and_its_gaps(manager: Person) -> None:
    manager.goes_to("Meetings", "Bodies and seats")
    told = manager.reads("What this body may decide, its quorum and its plan")
    assert "Up to £250,000.00 a decision." in told
    assert "Gap: Mental health provider, no seat" in told
    assert "Backlog, in no month yet: Some day" in told
    assert rows(manager, "Bodies")[0][2] == "Consultative forum"


def test_seats_tell_how_each_is_heard_and_cover_others_than_gps(manager: Person) -> None:
    manager.goes_to("Meetings", "Bodies and seats")
    manager.turns_to("Seats")
    found = {one[1]: one for one in rows(manager, "Seats")}
    assert found["Primary care"][3:5] == ("Perspective only, votes", "appointed")
    assert found["GP provider"][2] == "Vacant"
    assert found["Allied health"][2] == "Lead physio"
    manager.clicks("Only where general practice has no full voice")
    assert {one[1] for one in rows(manager, "Seats")} == {"Primary care", "GP provider"}
    assert manager.sees("Seats of general practice: 2026/27 Q1: 2 of 2 filled; 2026/27 Q2: 1 of 2 filled")


def test_all_final_minutes_of_a_body_are_saved_in_one_document(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path)
    (body,) = held(manager.database, Body)
    with manager.database.change("Meet") as change:
        meeting = change.add(Meeting(body=body.name, board=body.id, held_on=date(2026, 11, 4)))
        change.add(AgendaItem(meeting=meeting.id, number=1, title="Funds", said="Talked over."))
    manager.goes_to("Meetings", "Bodies and seats")
    manager.clicks("Issue the minutes of all its meetings")
    assert manager.sees("no minutes are final yet")
    meetings.finalise(manager.database, meeting.id)
    manager.waits()
    manager.clicks("Issue the minutes of all its meetings")
    manager.clicks("Issue the minutes of all its meetings")
    named = "2026-11-20 Wexmere Together Partnership Board All final minutes in order"
    assert len(list(tmp_path.glob(f"{named}*.pdf"))) == 2


def test_an_interest_is_confirmed_today(manager: Person) -> None:
    manager.goes_to("Meetings", "Bodies and seats")
    manager.turns_to("Interests")
    assert manager.sees("1 interest in force; 1 to be confirmed again.")
    manager.clicks("Note as confirmed today")
    assert held(manager.database, Interest)[0].confirmed_on == date(2026, 11, 20)


def test_empty_pages_say_what_belongs_there(newcomer: Person) -> None:
    newcomer.goes_to("Meetings", "Agenda and attendance")
    assert newcomer.sees("No meeting is entered.")
    newcomer.goes_to("Meetings", "Take minutes")
    assert newcomer.sees("No meeting is entered.")
    newcomer.goes_to("Meetings", "Bodies and seats")
    assert newcomer.sees("No board or group is entered.")
    newcomer.turns_to("Seats")
    assert newcomer.sees("No seat is entered.")


@pytest.mark.parametrize("words", [HOSTILE[0], HOSTILE[4], HOSTILE[13]])
def test_hostile_words_are_shown_as_words(with_board: Callable[[str], Person], words: str) -> None:
    person = with_board(words)
    begun(person)
    for page in ("Agenda and attendance", "Take minutes", "Bodies and seats"):
        person.goes_to("Meetings", page)
        assert not person.warned


@pytest.mark.parametrize("tab", ["Who was there", "Check the minutes", "New meeting", "Seats", "Interests"])
def test_every_part_can_be_used_by_everybody(manager: Person, qtbot: QtBot, tab: str) -> None:
    page = "Bodies and seats" if tab in ("Seats", "Interests") else "Agenda and attendance"
    begun(manager)
    manager.goes_to("Meetings", page)
    manager.turns_to(tab)
    manager.window.resize(*SCREEN)
    assert faults_here(manager, qtbot, tab) == []


def test_the_minutes_fit_a_small_screen_in_large_type(manager: Person, qtbot: QtBot) -> None:
    begun(manager)
    manager.action("Dark").trigger()
    manager.presses("Ctrl++", "Ctrl++")
    manager.window.resize(*SCREEN)
    manager.goes_to("Meetings", "Take minutes")
    assert faults_here(manager, qtbot, "Take minutes", walk=False) == []
