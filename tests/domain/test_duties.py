"""A rule gives days; a change of it touches what is to come and nobody has touched, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain.duties import (
    Occurrence,
    RecurringDuty,
    Rhythm,
    ToBring,
    days_of,
    problems,
    rule_words,
    shown,
    to_bring,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.working_days import is_working_day, working_days_between

HOLIDAYS = resources.bank_holidays()
TODAY = date(2026, 11, 20)
YEAR = (date(2026, 4, 1), date(2027, 3, 31))


def duty(rhythm: Rhythm, number: int | None = None, **values: Any) -> RecurringDuty:
    given_ = {"title": "Claim", "starts": date(2026, 4, 1), "ref": "RU-001", "id": Id(1), **values}
    return RecurringDuty(rhythm=rhythm, number=number, **given_)


def days(made: RecurringDuty, first: date = YEAR[0], last: date = YEAR[1]) -> tuple[date, ...]:
    return days_of(made, first, last, HOLIDAYS)


# ---- rules


def test_the_last_working_day_of_december_is_before_the_holidays() -> None:
    found = days(duty(Rhythm.LAST_WORKING_DAY))
    assert len(found) == 12
    assert date(2026, 12, 31) in found
    assert date(2026, 5, 29) in found  # the 30th and 31st are a weekend


@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_days_end_with_the_calendar(rhythm: Rhythm) -> None:
    made = duty(rhythm, 20, in_month=12)
    found = days(made, date(9999, 10, 1), date.max)
    assert all(day.year == 9999 for day in found)
    assert found or rhythm is Rhythm.QUARTERLY
    assert days_of(duty(Rhythm.LAST_WORKING_DAY), date(9999, 12, 1), date.max, frozenset()) == (date.max,)
    assert days(duty(rhythm, 20, in_month=12, starts=date(1, 1, 1)), date(1, 1, 1), date(1899, 12, 31)) == ()


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (1, date(2027, 1, 4)),  # Friday 1 January is a bank holiday
        (5, date(2027, 1, 8)),
        (20, date(2027, 1, 29)),
        (23, date(2027, 1, 29)),  # January has 20 working days
    ],
)
def test_a_numbered_working_day_is_counted_by_englands_bank_holidays(number: int, day: date) -> None:
    assert days(duty(Rhythm.WORKING_DAY, number), date(2027, 1, 1), date(2027, 1, 31)) == (day,)


def test_a_31st_is_the_last_day_of_a_short_month() -> None:
    found = days(duty(Rhythm.DAY_OF_MONTH, 31))
    assert found[0] == date(2026, 4, 30)
    assert found[-2:] == (date(2027, 2, 28), date(2027, 3, 31))


def test_29_february_is_the_28th_in_a_year_without_one() -> None:
    found = days(duty(Rhythm.YEARLY, 29, in_month=2), date(2027, 1, 1), date(2028, 12, 31))
    assert found == (date(2027, 2, 28), date(2028, 2, 29))


def test_a_year_end_duty_falls_on_31_may() -> None:
    assert days(duty(Rhythm.YEARLY, 31, in_month=5)) == (date(2026, 5, 31),)


def test_a_quarterly_duty_is_counted_from_the_end_of_each_quarter_of_the_nhs_year() -> None:
    found = days(duty(Rhythm.QUARTERLY, 5))
    assert found == (date(2026, 4, 9), date(2026, 7, 7), date(2026, 10, 7), date(2027, 1, 8))


def test_a_large_number_of_working_days_after_a_quarter_lies_months_later() -> None:
    found = days(duty(Rhythm.QUARTERLY, 60, starts=date(2026, 1, 1)), date(2026, 6, 1), date(2026, 7, 31))
    assert found == (date(2026, 6, 29),)
    assert working_days_between(date(2026, 3, 31), found[0], HOLIDAYS) == 60


def test_a_duty_falls_due_within_its_own_start_and_end() -> None:
    made = duty(Rhythm.DAY_OF_MONTH, 10, starts=date(2026, 6, 11), ends=date(2026, 9, 10))
    assert days(made) == (date(2026, 7, 10), date(2026, 8, 10), date(2026, 9, 10))


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (duty(Rhythm.WORKING_DAY), "number"), (duty(Rhythm.WORKING_DAY, 0), "number"),
        (duty(Rhythm.WORKING_DAY, 24), "number"), (duty(Rhythm.DAY_OF_MONTH, 32), "number"),
        (duty(Rhythm.QUARTERLY, 70), "number"), (duty(Rhythm.YEARLY, 31), "in_month"),
        (duty(Rhythm.YEARLY, 31, in_month=13), "in_month"), (duty(Rhythm.DAY_OF_MONTH, 2**62), "number"),
        (duty(Rhythm.LAST_WORKING_DAY, ends=date(2026, 3, 31)), "ends"),
    ],
)  # fmt: skip
def test_a_rule_that_says_too_little_gives_no_days_and_is_told(made: RecurringDuty, field: str) -> None:
    assert [problem.field for problem in problems(made)] == [field]
    assert days(made) == ()
    assert to_bring(made, (), TODAY, HOLIDAYS) == ToBring()
    assert rule_words(made)


@given(
    st.sampled_from(list(Rhythm)),
    st.integers(1, 31),
    st.integers(1, 12),
    st.dates(date(2021, 1, 1), date(2043, 1, 1)),
)
def test_each_turn_of_a_rule_has_one_day_and_working_days_are_worked(
    rhythm: Rhythm, number: int, month: int, first: date
) -> None:
    made = duty(rhythm, min(number, 23), in_month=month, starts=date(2020, 1, 1))
    last = first + timedelta(days=420)
    found = days(made, first, last)
    assert list(found) == sorted(set(found))
    assert all(first <= day <= last for day in found)
    if rhythm in (Rhythm.LAST_WORKING_DAY, Rhythm.WORKING_DAY, Rhythm.QUARTERLY):
        assert all(is_working_day(day, HOLIDAYS) for day in found)
    if rhythm in (Rhythm.LAST_WORKING_DAY, Rhythm.WORKING_DAY, Rhythm.DAY_OF_MONTH):
        assert len({(day.year, day.month) for day in found}) == len(found) >= 12
    if rhythm is Rhythm.YEARLY:
        assert len(found) in (1, 2)


# ---- bringing up to date


def held(made: RecurringDuty, today: date = TODAY) -> list[Occurrence]:
    bring = to_bring(made, (), today, HOLIDAYS)
    return [Occurrence(duty=made.id, due=day, id=Id(100 + n)) for n, day in enumerate(bring.add)]


def test_the_next_thirteen_months_are_dated_from_today_on() -> None:
    found = [one.due for one in held(duty(Rhythm.LAST_WORKING_DAY))]
    assert (found[0], found[-1], len(found)) == (date(2026, 11, 30), date(2027, 11, 30), 13)


def test_a_second_time_brings_nothing() -> None:
    made = duty(Rhythm.WORKING_DAY, 5)
    assert not to_bring(made, held(made), TODAY, HOLIDAYS)


def test_a_changed_rule_changes_the_future_only() -> None:
    made = duty(Rhythm.LAST_WORKING_DAY)
    past = Occurrence(duty=made.id, due=date(2026, 10, 30), id=Id(50))
    today = Occurrence(duty=made.id, due=TODAY, id=Id(51))
    changed = to_bring(
        replace(made, rhythm=Rhythm.DAY_OF_MONTH, number=10), [past, today, *held(made)], TODAY, HOLIDAYS
    )
    assert past not in changed.remove
    assert today not in changed.remove
    assert len(changed.remove) == 13
    assert changed.add[0] == date(2026, 12, 10)


@pytest.mark.parametrize(
    "touched",
    [{"done_on": TODAY}, {"moved_to": date(2027, 1, 8)}, {"skipped_because": "The ICB closed its portal"}],
)
def test_what_was_done_moved_or_skipped_stays_and_its_month_is_not_asked_for_again(
    touched: dict[str, Any],
) -> None:
    made = duty(Rhythm.LAST_WORKING_DAY)
    first, december, *rest = held(made)
    changed = to_bring(
        replace(made, rhythm=Rhythm.WORKING_DAY, number=5),
        [first, replace(december, **touched), *rest],
        TODAY,
        HOLIDAYS,
    )
    assert december.id not in [one.id for one in changed.remove]
    assert date(2026, 12, 7) not in changed.add
    assert date(2027, 1, 8) in changed.add


def test_a_duty_that_ended_loses_what_was_to_come() -> None:
    made = duty(Rhythm.LAST_WORKING_DAY)
    changed = to_bring(replace(made, ends=date(2026, 12, 31)), held(made), TODAY, HOLIDAYS)
    assert (len(changed.remove), changed.add) == (11, ())


def test_months_in_which_nobody_opened_the_file_are_not_lost() -> None:
    made = duty(Rhythm.LAST_WORKING_DAY)
    later = to_bring(made, held(made), date(2028, 2, 10), HOLIDAYS)
    assert later.remove == ()
    assert later.add[:3] == (date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29))


@given(
    st.sampled_from(list(Rhythm)),
    st.integers(1, 23),
    st.sampled_from(list(Rhythm)),
    st.integers(1, 23),
    st.integers(0, 500),
)
def test_after_any_change_a_second_time_brings_nothing_and_the_past_is_untouched(
    before: Rhythm, number: int, after: Rhythm, another: int, passed: int
) -> None:
    made = duty(before, number, in_month=5)
    kept, today = held(made), TODAY + timedelta(days=passed)
    changed = replace(made, rhythm=after, number=another)
    bring = to_bring(changed, kept, today, HOLIDAYS)
    assert all(one.due > today for one in bring.remove)
    now = [one for one in kept if one not in bring.remove]
    now += [Occurrence(duty=made.id, due=day, id=Id(1000 + n)) for n, day in enumerate(bring.add)]
    assert not to_bring(changed, now, today, HOLIDAYS)


def test_an_occurrence_says_how_it_stands() -> None:
    due = Occurrence(duty=Id(1), due=date(2026, 11, 30))
    assert shown(due) == "To be done"
    assert shown(replace(due, moved_to=TODAY, moved_because="Leave")) == "Moved from 30 November 2026: Leave"
    assert shown(replace(due, skipped_because="Closed")) == "Skipped: Closed"
    assert shown(replace(due, done_on=TODAY)) == "Done on 20 November 2026"


def test_a_rule_reads_as_a_person_says_it() -> None:
    assert rule_words(duty(Rhythm.YEARLY, 31, in_month=5)) == "31 May of each year"
    assert rule_words(duty(Rhythm.WORKING_DAY, 5)) == "Working day 5 of each month"
    assert rule_words(duty(Rhythm.QUARTERLY, 5)) == "Working day 5 after each quarter"
