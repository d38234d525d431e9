"""A quorum is worked out in steps that can be shown, for each stretch of a meeting and the items in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import agendas, quorum
from nhsdesk.domain.bodies import Body, CountedOf, QuorumKind, QuorumNeed, Seat, SeatGroup
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, Attendance, Meeting, Presence

MEETING = Meeting(id=Id(1), body="Board", held_on=date(2026, 11, 18), starts_at=time(14))
BODY = Body(
    id=Id(2), name="Board", quorum_kind=QuorumKind.NUMBER, quorum_number=7, quorum_of=CountedOf.VOTING_SEATS
)
SEATS = tuple(
    Seat(id=Id(100 + n), body=BODY.id, seat=f"Seat {n}", voting=n < 13, holder=Id(200 + n)) for n in range(14)
)


def there(n: int, **fields: Any) -> Attendance:
    return Attendance(meeting=MEETING.id, seat=SEATS[n].id, **fields)


def agenda(*minutes: int | None) -> tuple[agendas.Slot, ...]:
    items = [
        AgendaItem(id=Id(300 + n), meeting=MEETING.id, number=n, title=f"Item {n}", minutes=one)
        for n, one in enumerate(minutes, 1)
    ]
    return agendas.slots(items, MEETING.starts_at)


def test_members_who_leave_take_the_quorum_with_them_for_the_items_that_follow() -> None:
    present = [there(n, left_at=time(15, 10) if n < 3 else None) for n in range(9)]
    found = quorum.work_out(BODY, MEETING, SEATS, (), present, agenda(*[70 // 6 + 1] * 5, 10, 10, 10, 10))
    assert found.words == (
        "7 of 13 voting seats needed; 9 present until 15:10, then 6: not quorate for items 7 to 9."
    )
    assert found.steps[-2:] == (
        "From the start until 15:10: 9 voting seats present: quorate.",
        "From 15:10: 6 voting seats present: not quorate.",
    )


def test_an_item_during_which_the_quorum_is_lost_is_told_apart() -> None:
    present = [there(n, left_at=time(14, 15) if n == 0 else None) for n in range(7)]
    found = quorum.work_out(BODY, MEETING, SEATS, (), present, agenda(10, 10, 10))
    assert found.words.endswith("not quorate for item 3 and for part of item 2.")


def test_times_at_the_beginning_and_the_end_of_the_meeting_lose_no_quorum() -> None:
    ended = replace(MEETING, ended_at=time(15))
    present = [there(n, came_at=time(13, 50 + n), left_at=time(15)) for n in range(8)]
    found = quorum.work_out(BODY, ended, SEATS, (), present, agenda(30, 30))
    assert found.words == "7 of 13 voting seats needed; 8 present: quorate."


def test_half_of_five_is_three_and_the_rounding_is_shown() -> None:
    half = replace(
        BODY, quorum_kind=QuorumKind.SHARE, quorum_share=Decimal(50), quorum_of=CountedOf.PCNS, quorum_base=5
    )
    told = replace(MEETING, count_told=2, count_told_of=5)
    found = quorum.work_out(half, told, (), (), ())
    assert found.steps[0] == "At least 50% of 5 PCNs: 50% × 5 = 2.5, rounded up to 3."
    assert found.words == "3 of 5 PCNs needed; 2 present: not quorate."


def test_somebody_who_must_be_there_is_missed_by_name() -> None:
    seats = (replace(SEATS[0], group=SeatGroup.PRIMARY_CARE), *SEATS[1:])
    need = QuorumNeed(body=BODY.id, what="one primary care seat", groups=(SeatGroup.PRIMARY_CARE,))
    present = [there(n) for n in range(1, 9)]
    found = quorum.work_out(BODY, MEETING, seats, (need,), present)
    assert not found.quorate
    assert "not there throughout: one primary care seat: not quorate" in found.words
    with_them = quorum.work_out(BODY, MEETING, seats, (need,), [*present, there(0, presence=Presence.DEPUTY)])
    assert with_them.quorate


def test_either_of_two_roles_answers_a_need_also_when_only_in_attendance() -> None:
    need = QuorumNeed(body=BODY.id, what="clinical director or deputy", role=Id(7), or_role=Id(8))
    deputy = Attendance(meeting=MEETING.id, person=Id(8), presence=Presence.ATTENDING)
    present = [there(n) for n in range(7)]
    assert quorum.work_out(BODY, MEETING, SEATS, (need,), [*present, deputy]).quorate
    assert not quorum.work_out(BODY, MEETING, SEATS, (need,), present).quorate


def test_a_seat_without_a_vote_and_apologies_do_not_count() -> None:
    present = [there(n) for n in range(6)]
    others = [there(13), there(7, presence=Presence.APOLOGIES), there(8, presence=Presence.ABSENT)]
    found = quorum.work_out(BODY, MEETING, SEATS, (), [*present, *others])
    assert found.words == "7 of 13 voting seats needed; 6 present: not quorate."


def test_a_deputy_who_takes_over_keeps_the_seat_counted() -> None:
    present = [there(n) for n in range(6)]
    handed = [there(6, left_at=time(15)), there(6, presence=Presence.DEPUTY, came_at=time(15))]
    assert quorum.work_out(BODY, MEETING, SEATS, (), [*present, *handed]).quorate


def test_what_is_not_entered_is_not_known() -> None:
    nothing = Body(id=Id(3), name="Group")
    assert quorum.work_out(nothing, MEETING, (), (), ()).quorate is None
    assert quorum.work_out(BODY, MEETING, SEATS, (), ()).words == (
        "7 of 13 voting seats needed; who was there is not entered."
    )
    vague = QuorumNeed(body=BODY.id, what="a GP")
    found = quorum.work_out(BODY, MEETING, SEATS, (vague,), [there(n) for n in range(8)])
    assert found.quorate is None
    assert "not known of a GP" in found.words


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 59), st.integers(0, 59)), max_size=20))
def test_stretches_cover_the_meeting_without_a_gap(came_and_left: list[tuple[int, int, int]]) -> None:
    present = [
        there(n, came_at=time(14, min(a, b)), left_at=time(15, max(a, b))) for n, a, b in came_and_left
    ]
    found = quorum.work_out(BODY, MEETING, SEATS, (), [*present, there(12)])
    assert found.stretches[0].start is None
    assert found.stretches[-1].end is None
    assert all(a.end == b.start for a, b in zip(found.stretches, found.stretches[1:], strict=False))
    assert found.quorate == all(one.present >= 7 for one in found.stretches)
