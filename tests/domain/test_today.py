from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.today import (
    Line,
    Opens,
    When,
    day_in_short,
    due_line,
    for_me,
    in_short,
    left_out,
    pressing,
    stands,
    tone,
    when,
)

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
ME, OTHER = Id(1), Id(2)


def line(on: date | None, whose: frozenset[Id] | None = None, ref: str = "A-001") -> Line:
    return Line(ref, "Do it", "", Tone.GREY, Opens("action", Id(9)), on, whose)


@pytest.mark.parametrize(
    ("on", "at", "words", "pressed"),
    [
        (date(2026, 11, 6), When.LATE, "14 days overdue", Tone.BAD),
        (date(2026, 11, 19), When.LATE, "1 day overdue", Tone.BAD),
        (FRIDAY, When.WEEK, "Due today", Tone.WARN),
        (date(2026, 11, 21), When.WEEK, "Due tomorrow", Tone.WARN),
        (date(2026, 11, 22), When.WEEK, "Due Sunday", Tone.WARN),
        (date(2026, 11, 23), When.NEXT, "Due Monday", Tone.GREY),
        (date(2026, 11, 29), When.NEXT, "Due 29 November", Tone.GREY),
        (date(2026, 11, 30), When.LATER, "Due 30 November", Tone.GREY),
        (date(2027, 1, 4), When.LATER, "Due 4 January 2027", Tone.GREY),
    ],
)
def test_how_a_day_stands(on: date, at: When, words: str, pressed: Tone) -> None:
    assert (when(on, FRIDAY), stands(on, FRIDAY), tone(on, FRIDAY)) == (at, words, pressed)


def test_a_day_past_is_named_as_people_do() -> None:
    assert day_in_short(FRIDAY - timedelta(days=1), FRIDAY) == "yesterday"
    assert day_in_short(FRIDAY - timedelta(days=3), FRIDAY) == "Tuesday"


@given(today=DAYS, days=st.lists(st.one_of(st.none(), DAYS), max_size=12))
def test_nothing_late_or_near_is_lost_and_the_oldest_stands_first(
    today: date, days: list[date | None]
) -> None:
    found = pressing([line(on) for on in days], today)
    near = [on for on in days if on is None or when(on, today) is not When.LATER]
    assert sorted(one.on or date.max for one in found) == sorted(on or date.max for on in near)
    assert [one.on or date.max for one in found] == sorted(one.on or date.max for one in found)


@given(
    owners=st.lists(st.sampled_from([None, frozenset(), frozenset({ME}), frozenset({OTHER})]), max_size=12)
)
def test_what_is_not_shown_to_me_is_counted(owners: list[frozenset[Id] | None]) -> None:
    lines = [line(FRIDAY, whose) for whose in owners]
    hidden = left_out(lines, ME)
    assert len(for_me(lines, ME)) + hidden.others + hidden.nobody == len(lines)
    assert for_me(lines, None) == tuple(lines)
    assert left_out(lines, None).words == ""


def test_what_concerns_everybody_is_mine_and_what_is_nobodys_is_told() -> None:
    lines = [line(FRIDAY), line(FRIDAY, frozenset({OTHER})), line(FRIDAY, frozenset())]
    assert for_me(lines, ME) == (lines[0],)
    assert left_out(lines, ME).words == (
        "Not shown: 1 for others and 1 for nobody yet. Choose “Everybody” to see all."
    )


def test_the_page_in_short() -> None:
    lines = [
        due_line(Opens(), "", "", FRIDAY + timedelta(days=days), FRIDAY, None) for days in (-2, -1, 0, 3, 30)
    ]
    assert in_short(lines, FRIDAY) == "2 overdue, 1 due this week, 1 due next week."
    assert in_short([], FRIDAY) == "Nothing is overdue, and nothing is due by the end of next week."
