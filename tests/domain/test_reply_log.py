"""The reply log: what cannot be, the five-working-day clock, and what partners are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain import reply_log
from nhsdesk.domain.assessments import ReplyLine
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.domain.reply_log import Shown

AUGUST = Month(2026, 8)
HOLIDAYS = resources.bank_holidays()
LINE = ReplyLine(
    id=Id(1), ref="RL-001", practice=Id(5), specialty="Dermatology", month=AUGUST, asked=20, in_time=9, usable=12,
    returned=2,
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (date(2026, 11, 16), date(2026, 11, 23)),
        (date(2026, 11, 14), date(2026, 11, 20)),
        (date(2026, 12, 23), date(2027, 1, 4)),
    ],
)
def test_a_reply_is_in_time_until_the_fifth_working_day(asked: date, last: date) -> None:
    assert reply_log.answer_due(asked, HOLIDAYS) == last
    assert reply_log.replied_in_time(asked, last, HOLIDAYS)
    late = date.fromordinal(last.toordinal() + 4)
    assert not reply_log.replied_in_time(asked, late, HOLIDAYS)
    assert reply_log.days_late(asked, last, HOLIDAYS) == 0
    assert reply_log.days_late(asked, late, HOLIDAYS) >= 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"in_time": 21}, "RL-001: 21 were replied to within 5 working days, of 20 that were asked."),
        ({"usable": 21}, "RL-001: 21 had a usable reply, of 20 that were asked."),
        ({"returned": 21}, "RL-001: 21 came back as work, of 20 that were asked."),
        ({"returned": -1}, "RL-001: -1 came back as work, of 20 that were asked."),
        ({"month": Month(2026, 9)}, "RL-001: September 2026 has not begun."),
    ],
)
def test_a_part_larger_than_the_whole_and_a_month_to_come_are_told(
    change: dict[str, object], words: str
) -> None:
    assert [p.sentence for p in reply_log.line_problems(replace(LINE, **change), AUGUST)] == [words]  # type: ignore[arg-type]


def test_what_is_not_known_is_not_wrong() -> None:
    assert reply_log.line_problems(replace(LINE, in_time=None, usable=None, returned=None), AUGUST) == ()


def test_the_same_practice_specialty_and_month_twice_is_told() -> None:
    again = replace(LINE, id=Id(2), ref="RL-002", specialty="dermatology ")
    (problem,) = reply_log.problems([LINE, again], AUGUST)
    assert problem.sentence == "RL-002: practice, specialty and month are those of RL-001. Keep one."


def lines(*counts: tuple[int, int]) -> list[ReplyLine]:
    return [replace(LINE, id=Id(n), asked=a, in_time=t) for n, (a, t) in enumerate(counts, 1)]


def shown(*counts: tuple[int, int]) -> tuple[Shown, ...]:
    return reply_log.shown(lines(*counts), 5)[0].lines


def test_a_part_that_would_tell_of_a_few_by_what_it_leaves_is_not_shown() -> None:
    held = shown((31, 27), (31, 26), (31, 4), (31, 31), (31, 0))
    assert [one.in_time for one in held] == [None, 26, None, None, None]
    assert [one.asked for one in held] == [31] * 5


def test_a_line_of_a_few_requests_shows_nothing_and_no_total_gives_it_back() -> None:
    (month,) = reply_log.shown(lines((3, 3), (40, 20), (50, 20)), 5)
    assert [(one.asked, one.in_time) for one in month.lines] == [(None, None), (None, None), (50, 20)]
    assert month.asked == 93
    assert month.lines[0].withheld


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6))
def test_no_count_that_is_shown_and_nothing_it_leaves_is_small(counts: list[tuple[int, int]]) -> None:
    held = shown(*[(asked, min(asked, part)) for asked, part in counts])
    for one in held:
        for part in (one.in_time, one.usable, one.returned):
            if part is not None:
                assert one.asked is not None
                assert part >= 5
                assert one.asked - part >= 5


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_a_month_is_shown_alike_whatever_other_months_stand_beside_it(counts: list[tuple[int, int]]) -> None:
    august = lines(*counts)
    july = [replace(LINE, id=Id(90), month=Month(2026, 7), asked=2)]
    assert reply_log.shown(july + august, 5)[1] == reply_log.shown(august, 5)[0]


def test_a_share_has_one_decimal_and_none_where_a_count_is_missing() -> None:
    assert reply_log.share(21, 46) == Decimal("45.7")
    assert reply_log.share(None, 46) is None
    assert reply_log.share(0, 0) is None
