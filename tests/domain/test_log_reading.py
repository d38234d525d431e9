"""A board's log beside our actions: the same one is known again, what is unsure is asked, nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import log_reading
from nhsdesk.domain.actions import Action
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.log_reading import Does, LogRow, Match, Says
from nhsdesk.domain.organisations import Person

DAY = date(2026, 11, 18)
EARLIER = date(2026, 10, 14)
HELD = Action(what="Send the list to the council", id=Id(1), ref="A-001", discussed_on=EARLIER)
ROW = LogRow(2, "Send the list to the council", status="Carried forward")
PEOPLE = (Person(role_title="PCN manager", id=Id(8)),)


def one(row: LogRow, *held: Action) -> Match:
    return log_reading.recognise((row,), held, DAY)[0]


@pytest.mark.parametrize(
    ("status", "comes_to"),
    [
        ("Completed", Says.CLOSED), ("Carried  forward", Says.OPEN), ("New", Says.NEW), ("", Says.NOTHING),
        ("Item not due yet", Says.NOT_STARTED), ("Proposed for closure", Says.CLOSING), ("Mostly", Says.UNREAD),
    ],
)  # fmt: skip
def test_statuses_are_read_as_boards_write_them(status: str, comes_to: Says) -> None:
    assert log_reading.says(status) is comes_to


def test_the_same_words_are_the_same_action_whatever_their_case_and_full_stop() -> None:
    assert one(replace(ROW, what="SEND the list to  the council."), HELD).action == HELD


def test_a_reference_counts_before_the_words() -> None:
    theirs = replace(HELD, id=Id(2), what="Quite other words", their_ref="12/b")
    assert one(replace(ROW, ref="12/B"), HELD, theirs).action == theirs


def test_a_reference_that_stands_with_other_words_is_told() -> None:
    theirs = replace(HELD, id=Id(2), what="Quite other words", their_ref="12/b")
    (told,) = one(replace(ROW, ref="12/B"), theirs).asks
    assert told == "Taken for A-001 by its reference, though its words differ: “Quite other words”."


@pytest.mark.parametrize("number", ["1", "No 2", "3.", "#4"])
def test_numbers_that_begin_anew_with_each_log_join_no_two_actions(number: str) -> None:
    before = replace(HELD, their_ref=number)
    assert one(replace(ROW, what="Write to the landlord", ref=number), before).action is None
    assert one(replace(ROW, what=f"{HELD.what} tonight", ref=number), before).action == before


def test_words_with_something_added_are_known_again_and_told() -> None:
    found = one(replace(ROW, what="Send the list to the council, with addresses"), HELD)
    assert found.action == HELD
    assert found.asks == ("Taken for A-001, whose words differ: “Send the list to the council”.",)


def test_the_minutes_of_another_meeting_are_another_action() -> None:
    held = replace(HELD, what="Circulate minutes of the eleventh meeting")
    assert one(replace(ROW, what="Circulate minutes of the twelfth meeting"), held).action is None


def test_what_a_log_calls_new_is_never_taken_for_something_like_it() -> None:
    assert one(replace(ROW, what="Send the list to the councils", status="New"), HELD).action is None


def test_what_was_closed_before_a_log_calls_it_new_is_set_again() -> None:
    closed = replace(HELD, closed_on=EARLIER)
    assert one(replace(ROW, status="New"), closed).action is None
    assert one(replace(ROW, status="Completed"), closed).action == closed


def test_words_that_stand_twice_change_nothing_and_are_asked_about() -> None:
    rows = (replace(ROW, status="Completed"), replace(ROW, number=3))
    found = log_reading.recognise(rows, (HELD, replace(HELD, id=Id(2))), DAY)
    assert all(match.unsure for match in found)
    assert "stand 2 times in this log" in found[0].asks[0]
    assert log_reading.changed(found[0], DAY) == HELD


def test_words_that_stand_twice_are_told_apart_by_their_owners() -> None:
    rows = (replace(ROW, owner="BB", status="Completed"), replace(ROW, number=3, owner="TJ"))
    found = log_reading.recognise(
        rows, (replace(HELD, owner_words="TJ"), replace(HELD, id=Id(2), owner_words="BB")), DAY
    )
    assert [match.action and match.action.id for match in found] == [2, 1]
    assert log_reading.does(found[0], DAY) is Does.CLOSE


def test_an_owner_stays_as_the_log_has_it() -> None:
    made = log_reading.as_new(replace(ROW, owner="TJ/JT"), DAY, None, PEOPLE)
    assert (made.owner, made.owner_words) == (None, "TJ/JT")
    assert log_reading.owner_asks("TJ/JT", PEOPLE) == "“TJ/JT” are several. Who leads?"
    assert log_reading.owner_asks("Lead ??", PEOPLE) == "The log is not sure of “Lead ??” itself. Who leads?"
    assert log_reading.owner_asks("", PEOPLE) == "No owner stands in the log. Who does it?"
    assert log_reading.owner_asks(None, PEOPLE) == "", "a log without owners asks nothing of each row"
    assert log_reading.as_new(replace(ROW, owner="pcn manager"), DAY, None, PEOPLE).owner == Id(8)


def test_nothing_is_made_up_of_what_a_row_does_not_say() -> None:
    made = log_reading.as_new(ROW, DAY, None, PEOPLE)
    assert (made.due, made.set_on, made.owner, made.owner_words, made.evidence, made.closed_on) == (None,) * 6


def test_another_date_is_a_revision_and_the_same_is_none() -> None:
    held = replace(HELD, due=date(2026, 11, 1))
    moved = log_reading.changed(Match(replace(ROW, due=date(2026, 12, 1)), held), DAY)
    assert moved is not None
    assert (moved.due, moved.revised_due, moved.times_revised) == (date(2026, 11, 1), date(2026, 12, 1), 1)
    again = log_reading.changed(Match(replace(ROW, due=date(2026, 12, 1)), moved), DAY)
    assert again == moved
    first = log_reading.changed(Match(replace(ROW, due=date(2026, 12, 1)), HELD), DAY)
    assert first is not None
    assert (first.due, first.times_revised) == (date(2026, 12, 1), None)


def test_an_older_log_changes_nothing_and_says_so() -> None:
    match = Match(replace(ROW, status="Completed"), HELD)
    older = date(2026, 9, 1)
    assert log_reading.changed(match, older) == HELD
    assert log_reading.asks(match, older, PEOPLE) == (
        "A log of 14 October 2026 told of it already. This one changes nothing.",
    )


def test_what_is_closed_here_is_not_opened_by_a_log() -> None:
    closed = replace(HELD, closed_on=EARLIER, evidence="Letter")
    match = Match(ROW, closed)
    after = log_reading.changed(match, DAY)
    assert after is not None
    assert after.closed_on == EARLIER
    assert "It stays closed" in log_reading.asks(match, DAY, PEOPLE)[0]


_WORDS = st.sampled_from(
    ["Send the list", "Send the list.", "Write to the ICB", "Write to the ICB at once", "Plan it"]
)
_ROWS = st.builds(LogRow, st.just(2), _WORDS, st.sampled_from([None, "TJ", "TJ/JT"]), status=st.sampled_from(
    ["New", "Completed", "Carried forward", ""]))  # fmt: skip


@given(st.lists(_ROWS, max_size=6))
def test_a_log_taken_in_twice_adds_and_changes_nothing(rows: list[LogRow]) -> None:
    held = [replace(log_reading.as_new(row, DAY, None, ()), id=Id(n + 1)) for n, row in enumerate(rows)]
    again = log_reading.recognise(rows, held, DAY)
    assert {match.action.id for match in again if match.action} == {one.id for one in held}
    assert all(log_reading.does(match, DAY) is Does.NONE for match in again)
