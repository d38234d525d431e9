"""Where general practice has no voice, who is missing from a place board, and how often a seat was filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhsdesk.domain import seats
from nhsdesk.domain.bodies import (
    Body,
    BodyKind,
    GovernanceForm,
    Interest,
    InterestKind,
    Mandate,
    Route,
    Seat,
    SeatGroup,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Attendance, Presence
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.seats import Voice

TODAY = date(2026, 11, 20)
BOARD = Body(id=Id(1), name="Place board", kind=BodyKind.PLACE_BOARD)


def seat(n: int = 1, **fields: Any) -> Seat:
    held: dict[str, Any] = {"body": BOARD.id, "seat": f"Seat {n}", "holder": Id(50 + n)}
    return Seat(id=Id(n), **held | fields)


def gp(n: int = 1, **fields: Any) -> Seat:
    return seat(n, **{"general_practice": True, "mandate": Mandate.REPRESENTATIVE} | fields)


@pytest.mark.parametrize(
    ("held", "heard"),
    [
        (gp(), Voice.SPEAKS),
        (gp(holder=None), Voice.VACANT),
        (gp(holder=None, deputy=Id(9)), Voice.DEPUTY),
        (gp(voting=False), Voice.NON_VOTING),
        (gp(mandate=Mandate.PERSPECTIVE), Voice.PERSPECTIVE),
        (gp(mandate=None), Voice.UNKNOWN),
        (seat(general_practice=False), Voice.NONE),
        (seat(), Voice.UNKNOWN),
    ],
)
def test_general_practice_is_heard_only_with_a_holder_a_vote_and_a_mandate(held: Seat, heard: Voice) -> None:
    assert seats.voice(BOARD, [held]) is heard


def test_a_partner_member_who_brings_a_perspective_represents_nobody() -> None:
    partner = gp(mandate=Mandate.PERSPECTIVE, route=Route.APPOINTED)
    assert seats.voice(BOARD, [partner, gp(2, holder=None)]) is Voice.PERSPECTIVE
    assert seats.voice_words(partner, TODAY) == "perspective only"


def test_a_partnership_that_requires_no_practice_seat_has_none() -> None:
    others = [seat(n, general_practice=False) for n in range(1, 4)]
    assert seats.voice(replace(BOARD, kind=BodyKind.CARE_PARTNERSHIP), others) is Voice.NONE


def test_a_vacant_seat_says_since_when() -> None:
    told = seats.voice_words(gp(holder=None, vacant_since=date(2026, 7, 1)), TODAY)
    assert told == "vacant since 1 July 2026, 4 months"


def test_the_six_groups_are_looked_for_on_a_place_board_and_gaps_told() -> None:
    held = [
        seat(1, group=SeatGroup.PRIMARY_CARE, holder=None),
        seat(2, group=SeatGroup.LOCAL_AUTHORITY),
        seat(3, group=SeatGroup.ACUTE),
        seat(4, group=SeatGroup.COMMUNITY),
        seat(5, group=SeatGroup.PEOPLE),
    ]
    found = {one.group: one for one in seats.least_membership(BOARD, held)}
    assert len(found) == 6
    assert {group: one.told for group, one in found.items() if one.gap} == {
        "Primary care leadership": "vacant: Seat 1",
        "Local authority": "no seat for the director of public health",
        "Mental health provider": "no seat",
    }
    assert seats.least_membership(replace(BOARD, kind=BodyKind.PCN_BOARD), held) == ()


def test_what_a_forum_may_decide_is_nothing_and_what_is_not_entered_is_not_guessed() -> None:
    assert "decides nothing" in seats.may_decide(replace(BOARD, governance=GovernanceForm.FORUM))
    assert seats.may_decide(BOARD) == seats.NOT_TOLD
    told = replace(BOARD, may_decide="Spend from the fund.", limit=Money.pounds(50_000))
    assert seats.may_decide(told) == "Spend from the fund. Up to £50,000.00 a decision."


def test_the_statutory_body_stays_accountable_and_what_is_not_entered_is_said_so() -> None:
    told = replace(BOARD, accountable_for="money delegated to place")
    assert seats.accountable(told, "NHS Wexshire ICB") == "NHS Wexshire ICB: money delegated to place."
    assert seats.accountable(BOARD, "") == "It is not entered who stays accountable for the money."


def test_attendance_adds_meetings_entered_to_those_before_and_tells_deputies() -> None:
    held = seat(attended=3, attended_of=4)
    entered = [
        Attendance(meeting=Id(1), seat=held.id),
        Attendance(meeting=Id(2), seat=held.id, presence=Presence.DEPUTY),
        Attendance(meeting=Id(3), seat=held.id, presence=Presence.APOLOGIES),
        Attendance(meeting=Id(3), seat=Id(99)),
    ]
    assert seats.rate(held, entered).words == "5 of 7 (1 by deputy)"
    assert seats.rate(seat(2), entered).words == "no meeting yet"


def test_seats_held_and_filled_are_counted_at_the_end_of_each_quarter() -> None:
    held = [
        gp(1),
        gp(2, holder=None, vacant_since=date(2026, 7, 1)),
        gp(3, starts=date(2026, 10, 1)),
        seat(4),
    ]
    found = seats.by_quarter(held, FinancialYear(2026), TODAY)
    assert seats.quarter_words(found) == (
        "2026/27 Q1: 2 of 2 filled; 2026/27 Q2: 1 of 2 filled; 2026/27 Q3: 2 of 3 filled"
    )


def test_a_new_body_left_to_those_of_the_old_one_is_seen() -> None:
    old = [seat(1), seat(2), seat(3)]
    new = [seat(11, holder=Id(51)), seat(12, holder=Id(52)), seat(13, holder=Id(99))]
    assert seats.turnover_words(old, new, "the new board") == (
        "2 of the 3 who hold a seat on the new board sat on this body before."
    )
    assert "the time to ask for one is now" in seats.turnover_words(old, [], "the new board")


def test_interests_are_asked_of_those_there_and_confirmed_within_a_year() -> None:
    def held(n: int, **fields: Any) -> Interest:
        return Interest(id=Id(n), holder=Id(50 + n), kind=InterestKind.FINANCIAL, what="Partner", **fields)

    ended = held(2, ends=date(2026, 1, 1))
    old = held(1, confirmed_on=date(2025, 11, 19))
    assert seats.to_ask([old, ended, held(3)], [Id(51), Id(52), None], TODAY) == (old,)
    assert seats.confirmed_words(old, TODAY) == "confirm again: last on 19 November 2025"
    assert seats.confirmed_words(held(4), TODAY) == "never confirmed"
    assert seats.confirmed_words(held(5, confirmed_on=TODAY), TODAY) == "confirmed 20 November 2026"
