"""A day typed without its year: the next for what is due, the last for what has happened, else this year's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Pay
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.entry import Lean, read_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "following", "last", "this_year"),
    [
        ("20/11", date(2027, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        ("22/11", TODAY, TODAY, TODAY),
        ("23 Nov", date(2026, 11, 23), date(2025, 11, 23), date(2026, 11, 23)),
        ("1/4", date(2027, 4, 1), date(2026, 4, 1), date(2026, 4, 1)),
        ("1 October", date(2027, 10, 1), date(2026, 10, 1), date(2026, 10, 1)),
        ("29 Feb", date(2028, 2, 29), date(2024, 2, 29), date(2028, 2, 29)),
        ("31/3", date(2027, 3, 31), date(2026, 3, 31), date(2027, 3, 31)),
    ],
)
def test_the_year_is_the_one_the_field_leans_to(
    typed: str, following: date, last: date, this_year: date
) -> None:
    assert read_day(typed, TODAY) == following
    assert read_day(typed, TODAY, Lean.LAST) == last
    assert read_day(typed, TODAY, Lean.THIS_YEAR) == this_year


@pytest.mark.parametrize(
    ("typed", "day"),
    [("yesterday", -1), ("tomorrow", 1), ("-7", -7), ("+14", 14), ("next Fri", 5)],
)
@pytest.mark.parametrize("lean", list(Lean))
def test_words_that_say_how_far_are_taken_as_they_are(typed: str, day: int, lean: Lean) -> None:
    assert read_day(typed, TODAY, lean) == TODAY + timedelta(days=day)


@pytest.mark.parametrize("lean", list(Lean))
def test_a_year_that_is_typed_stands(lean: Lean) -> None:
    assert read_day("20/11/2031", TODAY, lean) == date(2031, 11, 20)
    assert read_day("2031-11-20", TODAY, lean) == date(2031, 11, 20)


@given(st.dates(date(1970, 1, 1), date(2090, 1, 1)), st.integers(1, 12), st.integers(1, 31))
def test_what_has_happened_is_never_in_the_future(today: date, month: int, number: int) -> None:
    day = read_day(f"{number}/{month}", today, Lean.LAST)
    assert not isinstance(day, date) or (day <= today and (day.month, day.day) == (month, number))


def test_fields_lean_to_what_they_tell_of() -> None:
    assert Commitment.KIND.field("due").kind.read("20/11", TODAY) == date(2027, 11, 20)
    assert Action.KIND.field("closed_on").kind.read("20/11", TODAY) == date(2026, 11, 20)
    assert Pay.KIND.field("starts").kind.read("1/10", TODAY) == date(2026, 10, 1)
