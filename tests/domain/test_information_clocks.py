"""The clocks of freedom of information and subject access, each with its working."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import information_clocks
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.information_clocks import clock
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.working_days import is_working_day, working_days_between

TODAY = date(2026, 11, 20)
HOLIDAYS = resources.bank_holidays()
days = st.dates(date(2020, 1, 1), date(2044, 1, 1))


def foi(received: date, **fields: Any) -> InformationRequest:
    return InformationRequest(
        id=Id(1), ref="IR-001", what="Spend", law=RequestLaw.FOI, received=received, **fields
    )


def access(received: date, **fields: Any) -> InformationRequest:
    return InformationRequest(
        id=Id(1), ref="IR-001", what="Own record", law=RequestLaw.SUBJECT_ACCESS, received=received, **fields
    )


def due(request: InformationRequest) -> date | None:
    return clock(request, TODAY, HOLIDAYS).due


# ---- freedom of information


@pytest.mark.parametrize(
    ("received", "by"),
    [
        (date(2026, 11, 2), date(2026, 11, 30)),
        (date(2026, 11, 6), date(2026, 12, 4)),
        (date(2026, 11, 7), date(2026, 12, 4)),
        (date(2026, 11, 8), date(2026, 12, 4)),
        (date(2026, 12, 4), date(2027, 1, 6)),
        (date(2027, 3, 15), date(2027, 4, 14)),
    ],
)
def test_20_working_days_are_counted_from_the_working_day_after_receipt(received: date, by: date) -> None:
    assert due(foi(received)) == by


def test_the_working_names_the_first_and_the_last_day_and_the_bank_holidays_left_out() -> None:
    found = clock(foi(date(2026, 12, 4)), TODAY, HOLIDAYS)
    assert found.working == (
        "Received on 4 December 2026.",
        "Working day 1 is Monday 7 December 2026; working day 20 is Wednesday 6 January 2027.",
        "Not counted, as bank holidays in England: 25 December 2026, 28 December 2026, 1 January 2027.",
    )


def test_a_clarification_that_was_asked_stops_the_clock() -> None:
    asked = foi(date(2026, 11, 2), clarification_asked_on=date(2026, 11, 5))
    found = clock(asked, date(2027, 3, 1), HOLIDAYS)
    assert found.due is None
    assert found.words == "The clock stands still: waiting to be told what is meant"
    assert (
        found.working[-1] == "What is meant was asked on 5 November 2026; the clock stands still until told."
    )


def test_once_told_what_is_meant_the_20_days_are_counted_from_then() -> None:
    told = foi(date(2026, 11, 2), clarification_asked_on=date(2026, 11, 5), clarified_on=date(2026, 11, 16))
    found = clock(told, TODAY, HOLIDAYS)
    assert found.due == date(2026, 12, 14)
    assert "What was meant was told on 16 November 2026; the days are counted from then." in found.working


def test_asked_once_more_the_clock_stops_again() -> None:
    again = foi(date(2026, 11, 2), clarification_asked_on=date(2026, 11, 17), clarified_on=date(2026, 11, 16))
    assert due(again) is None


@given(days)
def test_an_foi_answer_is_due_on_a_working_day_20_working_days_on(received: date) -> None:
    by = due(foi(received))
    assert by is not None
    assert is_working_day(by, HOLIDAYS)
    assert working_days_between(received, by, HOLIDAYS) == 20


# ---- subject access


@pytest.mark.parametrize(
    ("received", "by", "why"),
    [
        (date(2026, 11, 2), date(2026, 12, 2), "the corresponding date"),
        (date(2026, 3, 31), date(2026, 4, 30), "the last day of the month"),
        (date(2027, 1, 29), date(2027, 3, 1), "the last day of the month"),
        (date(2028, 1, 30), date(2028, 2, 29), "the last day of the month"),
        (date(2026, 11, 25), date(2026, 12, 29), "the corresponding date"),
        (date(2026, 10, 7), date(2026, 11, 9), "the corresponding date"),
        (date(2026, 12, 1), date(2027, 1, 4), "the corresponding date"),
    ],
)
def test_a_month_goes_to_the_corresponding_date_or_the_last_day_and_on_to_a_working_day(
    received: date, by: date, why: str
) -> None:
    found = clock(access(received), TODAY, HOLIDAYS)
    assert found.due == by
    assert why in found.working[1]


def test_a_month_that_ends_on_a_holiday_shows_how_it_went_on() -> None:
    found = clock(access(date(2026, 11, 25)), TODAY, HOLIDAYS)
    assert found.working == (
        "Received on 25 November 2026.",
        "One calendar month on is Friday 25 December 2026: the corresponding date.",
        "That is a weekend or a bank holiday, so the next working day: Tuesday 29 December 2026.",
    )


def test_the_month_stands_still_while_what_is_meant_is_asked() -> None:
    asked = access(date(2026, 11, 2), clarification_asked_on=date(2026, 11, 4))
    assert due(asked) is None
    told = access(
        date(2026, 11, 2), clarification_asked_on=date(2026, 11, 4), clarified_on=date(2026, 11, 11)
    )
    found = clock(told, TODAY, HOLIDAYS)
    assert found.due == date(2026, 12, 9)
    assert (
        "It stood still for 7 days while what was meant was asked: Wednesday 9 December 2026."
        in found.working
    )


@given(days)
def test_subject_access_is_due_on_a_working_day_a_month_and_at_most_some_days_later(received: date) -> None:
    by = due(access(received))
    assert by is not None
    assert is_working_day(by, HOLIDAYS)
    month = information_clocks.month_later(received)
    assert month <= by <= month + timedelta(days=5)
    assert month.day in (received.day, 28, 29, 30)


# ---- how it stands


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        (date(2026, 11, 2), "Due on 30 November 2026, 20 working days left", Tone.GOOD),
        (date(2026, 11, 23), "Due on 30 November 2026, 5 working days left", Tone.WARN),
        (date(2026, 11, 27), "Due on 30 November 2026, 1 working day left", Tone.WARN),
        (date(2026, 11, 30), "Due on 30 November 2026, today", Tone.WARN),
        (date(2026, 12, 1), "Overdue since 30 November 2026, 1 working day ago", Tone.BAD),
    ],
)
def test_a_clock_says_how_many_working_days_are_left_or_over(today: date, words: str, tone: Tone) -> None:
    found = clock(foi(date(2026, 11, 2)), today, HOLIDAYS)
    assert (found.words, found.tone) == (words, tone)


def test_an_answer_in_time_and_one_too_late_are_told_apart() -> None:
    in_time = clock(foi(date(2026, 11, 2), answered_on=date(2026, 11, 30)), date(2027, 1, 1), HOLIDAYS)
    late = clock(foi(date(2026, 11, 2), answered_on=date(2026, 12, 1)), date(2027, 1, 1), HOLIDAYS)
    assert in_time.words == "Answered on 30 November 2026, in time"
    assert late.words == "Answered on 1 December 2026, late"
    assert late.tone is Tone.BAD


def test_days_in_an_impossible_order_are_problems() -> None:
    odd = foi(TODAY, clarified_on=date(2026, 11, 1), answered_on=date(2026, 12, 1))
    assert [one.sentence for one in information_clocks.problems(odd, TODAY)] == [
        "IR-001: the day it was told what is meant is before it was received.",
        "IR-001: the day it was answered has not come.",
    ]
    assert information_clocks.problems(foi(TODAY), TODAY) == ()
