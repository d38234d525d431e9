"""What bodies have said, notices and what they ask, invitations, and what reporting takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import policy
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.periods import Month
from nhsdesk.domain.policy import Bulletin, NoticeResult, PolicyPosition, ReportingBurden

TODAY = date(2026, 11, 20)


def said(number: int, body: str, on: date | None) -> PolicyPosition:
    return PolicyPosition(id=Id(number), body=body, position=f"Words {number}", taken_on=on)


def test_positions_stand_under_their_body_the_newest_first() -> None:
    held = [
        said(1, "RCGP", date(2025, 3, 1)),
        said(2, "BMA", date(2026, 1, 1)),
        said(3, "RCGP", date(2026, 5, 1)),
        said(4, "rcgp ", None),
    ]
    found = policy.by_body(held)
    assert {body: [one.id for one in theirs] for body, theirs in found.items()} == {
        "BMA": [2],
        "RCGP": [3, 1, 4],
    }


def test_a_body_may_change_its_mind_and_both_positions_stay_with_their_days() -> None:
    """The BMA was neutral with concern before; what it says later does not take its place."""
    held = [said(1, "BMA", date(2025, 3, 1)), said(2, "BMA", date(2026, 9, 1))]
    assert [one.taken_on for one in policy.by_body(held)["BMA"]] == [date(2026, 9, 1), date(2025, 3, 1)]
    assert [one.id for one in policy.by_body(held, until=date(2026, 1, 1))["BMA"]] == [1]


def bulletin(number: int, result: NoticeResult = NoticeResult.UNREAD, **fields: object) -> Bulletin:
    return Bulletin(id=Id(number), title=f"Notice {number}", result=result, **fields)  # type: ignore[arg-type]


def test_a_notice_waits_until_somebody_says_action_or_none() -> None:
    held = [bulletin(n, result) for n, result in enumerate(NoticeResult, 1)]
    found = {one.result for one in policy.to_attend_to(held)}
    assert found == {NoticeResult.UNREAD, NoticeResult.ACTION, NoticeResult.OFFERED}


def test_a_notice_that_was_clarified_is_replaced_by_its_newer_version() -> None:
    held = [bulletin(1), bulletin(2, replaces=Id(1)), bulletin(3)]
    assert [one.id for one in policy.current(held)] == [3, 2]
    assert [one.id for one in policy.to_attend_to(held)] == [3, 2]


@pytest.mark.parametrize("ring", [[(1, 1)], [(1, 2), (2, 1)], [(1, 2), (2, 3), (3, 1)]])
def test_notices_that_replace_each_other_are_not_lost(ring: list[tuple[int, int]]) -> None:
    held = [bulletin(one, replaces=Id(other)) for one, other in ring]
    assert {one.id for one in policy.current(held)} == {one for one, _ in ring}


@given(st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 8), min_size=1))
def test_of_notices_some_are_always_current(replacing: dict[int, int | None]) -> None:
    held = [bulletin(one, replaces=None if other is None else Id(other)) for one, other in replacing.items()]
    assert policy.current(held)


def test_an_invitation_is_offered_then_accepted_or_declined_by_its_day() -> None:
    offered = bulletin(1, NoticeResult.OFFERED, answer_by=date(2026, 12, 1))
    assert policy.attention_words(offered, TODAY) == "an invitation, to be answered by 1 December 2026"
    assert (
        policy.attention_words(offered, date(2026, 12, 2))
        == "an invitation whose last day has passed, not answered"
    )
    assert offered.result.tone is Tone.WARN
    for result in (NoticeResult.ACCEPTED, NoticeResult.DECLINED):
        assert policy.to_attend_to([bulletin(1, result)]) == ()
        assert policy.attention_words(bulletin(1, result), TODAY) == ""


def test_a_notice_that_asks_for_an_action_says_whether_one_is_entered() -> None:
    assert policy.attention_words(bulletin(1, NoticeResult.ACTION), TODAY).endswith("none is entered yet")
    assert policy.attention_words(bulletin(1, NoticeResult.ACTION, action=Id(5)), TODAY) == "has an action"


def hours(what: str, requester: int | None, month: Month, spent: str) -> ReportingBurden:
    asked = None if requester is None else Id(requester)
    return ReportingBurden(what=what, requester=asked, month=month, hours_spent=Decimal(spent))


OCTOBER, SEPTEMBER = Month(2026, 10), Month(2026, 9)


def test_reporting_is_metered_by_return_requester_and_month() -> None:
    held = [
        hours("Winter sitrep", 8, OCTOBER, "6.5"),
        hours("Winter sitrep", 8, SEPTEMBER, "2"),
        hours("Estates survey", 4, OCTOBER, "3.25"),
        hours("A favour", None, OCTOBER, "1"),
    ]
    found = policy.burden(held)
    assert found.hours == Decimal("12.75")
    assert list(found.by_return.items()) == [
        (("Winter sitrep", 8), Decimal("8.5")),
        (("Estates survey", 4), Decimal("3.25")),
        (("A favour", None), Decimal(1)),
    ]
    assert found.by_requester == {8: Decimal("8.5"), 4: Decimal("3.25"), None: Decimal(1)}
    assert list(found.by_month) == [SEPTEMBER, OCTOBER]


def test_reporting_is_counted_of_the_months_asked_for() -> None:
    held = [hours("A", 1, Month(2026, n), "1") for n in range(4, 12)]
    assert policy.burden(held, SEPTEMBER, OCTOBER).hours == 2
    assert policy.burden(held, first=OCTOBER).hours == 2
    assert policy.burden([]).hours == 0
