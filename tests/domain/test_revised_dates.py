"""A move of a date is counted once, whatever else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.domain import revised_dates
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.organisations import Practice

FIRST, SECOND = date(2026, 10, 1), date(2026, 11, 1)
ONE = Commitment(title="Open on Saturdays", due=FIRST)


def test_a_move_is_counted_and_the_same_day_again_is_none() -> None:
    moved = revised_dates.counted(ONE, replace(ONE, revised_due=SECOND))
    assert moved.times_revised == 1
    assert revised_dates.counted(moved, replace(moved, title="Another")) == replace(moved, title="Another")
    assert revised_dates.counted(ONE, replace(ONE, revised_due=FIRST)).times_revised is None
    again = revised_dates.counted(moved, replace(moved, revised_due=FIRST))
    assert again.times_revised == 2


def test_to_empty_it_or_to_say_the_count_is_no_move() -> None:
    moved = replace(ONE, revised_due=SECOND, times_revised=1)
    assert revised_dates.counted(moved, replace(moved, revised_due=None)).times_revised == 1
    assert revised_dates.counted(ONE, replace(ONE, revised_due=SECOND, times_revised=5)).times_revised == 5


def test_actions_count_too_and_what_has_no_date_is_left_alone() -> None:
    action = Action(what="Ring the trust")
    assert revised_dates.counted(action, replace(action, revised_due=SECOND)).times_revised == 1
    practice = Practice(name="Abbey")
    assert revised_dates.counted(practice, practice) == practice
