"""What a highlight report calls done, next and off track."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import highlight
from nhsdesk.domain.highlight import NOBODY_SAID, PERIOD, Dated

DAY = date(2026, 11, 20)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def test_what_was_done_belongs_to_one_period_only() -> None:
    held = Dated(after(-60), None, after(-10))
    assert highlight.done_lately(held, DAY)
    assert not highlight.done_lately(held, DAY + PERIOD)
    assert not highlight.done_lately(held, after(-11))


def test_what_is_due_by_the_end_of_the_next_period_is_next_and_what_is_overdue_is_not() -> None:
    assert highlight.due_next(Dated(after(31), None, None), DAY)
    assert highlight.due_next(Dated(DAY, None, None), DAY)
    assert not highlight.due_next(Dated(after(32), None, None), DAY)
    assert not highlight.due_next(Dated(after(-1), None, None), DAY)
    assert not highlight.due_next(Dated(after(5), None, after(-1)), DAY)


def test_late_and_put_off_are_told_apart_and_a_passed_date_is_no_path_back() -> None:
    overdue, put_off = Dated(after(-12), None, None), Dated(after(-12), after(18), None)
    assert highlight.late_words(overdue, DAY) == "12 days late"
    assert highlight.late_words(put_off, DAY) == "put off by 30 days"
    assert highlight.late_words(Dated(after(-40), after(-1), None), DAY) == "40 days late"
    assert (highlight.new_date(overdue, DAY), highlight.new_date(put_off, DAY)) == (None, after(18))


def test_what_nobody_said_is_told_so() -> None:
    assert highlight.said(("", "")) == NOBODY_SAID
    assert highlight.said(("", "A-001 Write", "A-002 Call")) == "A-001 Write; A-002 Call"


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_nothing_that_is_done_or_has_no_date_is_off_track(
    first: date | None, now: date | None, done: date | None
) -> None:
    held = Dated(first, now, done)
    late = highlight.late_words(held, DAY)
    if done is not None or held.due is None:
        assert late == ""
    elif held.due < DAY:
        assert late.endswith("late")
