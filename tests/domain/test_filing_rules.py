"""Which periods a return is due for, on which day, and which step a filing may take next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import filing_rules
from nhsdesk.domain.filing_rules import Standing, due_day, due_words, open_turns, standing, turns
from nhsdesk.domain.filings import DueRule, Filing, FilingKind, FilingState, ReturnToMake, Rhythm
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.working_days import is_working_day, working_days_between

HOLIDAYS = resources.bank_holidays()
TODAY = date(2026, 11, 20)
CLAIM = ReturnToMake(
    title="Monthly claim",
    rhythm=Rhythm.MONTHLY,
    due_rule=DueRule.WORKING_DAYS,
    due_number=5,
    valid_from=date(2026, 9, 1),
    id=Id(1),
    ref="RM-001",
)
FILED = Filing(title="Monthly claim", id=Id(9), ref="FF-001")


def rule(**values: Any) -> ReturnToMake:
    return replace(CLAIM, **values)


def test_working_days_are_counted_over_easter_with_its_two_bank_holidays() -> None:
    # In 2027 Good Friday is 26 March and Easter Monday 29 March.
    assert due_day(rule(due_number=3), date(2027, 3, 25), HOLIDAYS) == date(2027, 4, 1)
    assert due_day(CLAIM, date(2026, 12, 31), HOLIDAYS) == date(2027, 1, 8)


@pytest.mark.parametrize(
    ("last", "day", "due"),
    [
        (date(2028, 1, 31), 31, date(2028, 2, 29)),
        (date(2027, 1, 31), 31, date(2027, 2, 28)),
        (date(2027, 3, 31), 30, date(2027, 4, 30)),
        (date(2026, 11, 30), 7, date(2026, 12, 7)),
    ],
)
def test_a_31st_in_a_shorter_month_is_its_last_day(last: date, day: int, due: date) -> None:
    assert due_day(rule(due_rule=DueRule.DAY_OF_MONTH, due_number=day), last, HOLIDAYS) == due


def test_a_yearly_return_of_29_february_is_due_on_the_28th_in_other_years() -> None:
    one = rule(rhythm=Rhythm.YEARLY, due_rule=DueRule.FIXED, due_on=date(2028, 2, 29))
    assert due_day(one, date(2026, 3, 31), HOLIDAYS) == date(2027, 2, 28)
    assert due_day(one, date(2027, 3, 31), HOLIDAYS) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2020, 3, 31), date(2027, 3, 31)),
        (date(2020, 4, 1), date(2027, 4, 1)),
        (date(2020, 3, 30), date(2028, 3, 30)),
    ],
)
def test_a_year_ends_on_31_march_and_is_due_from_that_day_on(day: date, due: date) -> None:
    one = rule(rhythm=Rhythm.YEARLY, due_rule=DueRule.FIXED, due_on=day, valid_from=None)
    (turn,) = turns(one, date(2027, 3, 31), date(2027, 3, 31), HOLIDAYS)
    assert (turn.period, turn.first, turn.due_on) == ("2026/27", date(2026, 4, 1), due)
    assert filing_rules.rule_words(one).endswith(", from the end of the financial year on")


def test_quarters_are_those_of_the_financial_year() -> None:
    found = turns(rule(rhythm=Rhythm.QUARTERLY), date(2026, 9, 1), date(2027, 4, 1), HOLIDAYS)
    assert [turn.period for turn in found] == ["2026/27 Q2", "2026/27 Q3", "2026/27 Q4"]


def test_what_nobody_said_gives_no_day_and_is_never_late() -> None:
    assert due_day(rule(due_rule=None), date(2026, 10, 31), HOLIDAYS) is None
    assert due_day(rule(due_number=None), date(2026, 10, 31), HOLIDAYS) is None
    assert due_day(rule(due_rule=DueRule.FIXED), date(2026, 10, 31), HOLIDAYS) is None
    assert standing(FILED, TODAY) is Standing.NO_DAY
    assert filing_rules.rule_words(rule(due_rule=None)) == "Not known"


def test_periods_without_a_filing_are_open_up_to_the_one_that_is_running() -> None:
    held = [replace(FILED, made_by=CLAIM.id, period="September 2026")]
    found = open_turns(CLAIM, held, TODAY, HOLIDAYS)
    assert [(turn.period, turn.due_on) for turn in found] == [
        ("October 2026", date(2026, 11, 6)),
        ("November 2026", date(2026, 12, 7)),
    ]


def test_where_no_first_day_is_known_only_the_newest_ended_period_is_asked_for() -> None:
    found = open_turns(rule(valid_from=None), [], TODAY, HOLIDAYS)
    assert [turn.period for turn in found] == ["October 2026", "November 2026"]


def test_a_return_made_once_is_asked_for_until_it_has_a_filing() -> None:
    once = rule(rhythm=Rhythm.ONCE, due_rule=DueRule.FIXED, due_on=date(2026, 12, 1))
    (turn,) = open_turns(once, [], TODAY, HOLIDAYS)
    assert (turn.period, turn.due_on) == ("", date(2026, 12, 1))
    assert open_turns(once, [replace(FILED, made_by=once.id)], TODAY, HOLIDAYS) == ()
    assert open_turns(replace(once, valid_from=date(2027, 1, 1)), [], TODAY, HOLIDAYS) == ()


@given(st.dates(date(2021, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_a_day_counted_in_working_days_is_a_working_day_so_many_later(last: date, number: int) -> None:
    due = due_day(rule(due_number=number), last, HOLIDAYS)
    assert due is not None
    assert is_working_day(due, HOLIDAYS)
    assert working_days_between(last, due, HOLIDAYS) == number


@given(
    st.sampled_from(list(Rhythm)[1:]),
    st.sampled_from(list(DueRule)[:3]),
    st.integers(-5, 500),
    st.dates(date(1902, 1, 1), date(9999, 12, 31)),
)
def test_periods_follow_one_another_without_a_gap_whatever_is_typed(
    rhythm: Rhythm, due_rule: DueRule, number: int, today: date
) -> None:
    one = rule(rhythm=rhythm, due_rule=due_rule, due_number=number, valid_from=None)
    try:
        first = today.replace(year=today.year - 2, day=1)
    except ValueError:
        first = today
    found = turns(one, first, today, frozenset())
    for before, after in pairwise(found):
        assert before.last is not None
        assert after.first is not None
        assert (after.first - before.last).days == 1
    assert all(turn.due_on is None or (turn.last and turn.due_on > turn.last) for turn in found)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 17), "Late by 3 days"),
        (date(2026, 11, 20), "Due today"),
        (date(2026, 11, 21), "Due in 1 day"),
    ],
)
def test_a_return_is_not_late_on_its_day(due: date, words: str) -> None:
    one = replace(FILED, due_on=due)
    assert due_words(due, standing(one, TODAY), TODAY) == words


def test_an_invitation_is_offered_then_accepted_or_declined_by_its_closing_day() -> None:
    offered = replace(FILED, kind=FilingKind.INVITATION, state=FilingState.OFFERED, due_on=date(2026, 11, 30))
    assert standing(offered, TODAY) is Standing.OPEN
    assert standing(offered, date(2026, 12, 1)) is Standing.CLOSED
    assert filing_rules.next_states(offered) == (FilingState.ACCEPTED, FilingState.DECLINED)
    assert "30 November 2026" in filing_rules.after_closing(offered, date(2026, 12, 2))
    assert not filing_rules.after_closing(offered, date(2026, 11, 30))


def test_steps_that_cannot_have_happened_are_refused_in_a_sentence() -> None:
    sent = replace(FILED, state=FilingState.SENT, sent_on=date(2026, 11, 10))
    refused = filing_rules.step_refused
    assert refused(sent, FilingState.QUERIED, date(2026, 11, 12), TODAY) == ""
    assert "cannot be noted as accepted" in refused(FILED, FilingState.ACCEPTED, TODAY, TODAY)
    assert "has not come" in refused(sent, FilingState.ACCEPTED, date(2026, 11, 21), TODAY)
    assert "cannot be earlier" in refused(sent, FilingState.QUERIED, date(2026, 11, 9), TODAY)
    replaced = replace(sent, state=FilingState.REPLACED)
    assert filing_rules.next_states(replaced) == ()


def test_a_corrected_return_leads_back_to_all_it_replaces_even_in_a_ring() -> None:
    first = replace(FILED, id=Id(1))
    second, third = replace(FILED, id=Id(2), supersedes=Id(1)), replace(FILED, id=Id(3), supersedes=Id(2))
    assert filing_rules.line_of(third, (first, second)) == (third, second, first)
    ring = replace(first, supersedes=Id(3))
    assert filing_rules.line_of(third, (ring, second, third)) == (third, second, ring)
