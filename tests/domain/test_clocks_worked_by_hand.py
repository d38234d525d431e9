"""Clocks of support requests, each case worked out with a paper calendar of 2026 to 2028."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import pytest

from nhsdesk.domain import clock_words
from nhsdesk.domain.clock_calendar import Calendar
from nhsdesk.domain.clocks import LONDON, ClockRules, Reading, Stand, read
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import Happening, RequestEvent, RequestState, WaitingOn
from nhsdesk.domain.service_levels import Clock, ServiceLevel, Unit

HOLIDAYS = frozenset(
    {
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2028, 4, 14),
        date(2028, 4, 17),
    }
)
"""Christmas, Boxing Day (kept on the Monday), New Year and Easter."""
CALENDAR = Calendar(HOLIDAYS)
BY_PLACE = {Clock.ACKNOWLEDGE: 0, Clock.OFFER: 1, Clock.RESOLVE: 2}
DAYS, HOURS, ANY_DAYS = Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.CALENDAR_DAYS
PAUSED, RESUMED = Happening.PAUSED, Happening.RESUMED


def event(on: tuple[int, int, int], at: str = "", **said: object) -> RequestEvent:
    """One event of the request."""
    return RequestEvent(
        request=Id(1),
        happened_on=date(*on),
        at=time.fromisoformat(at) if at else None,
        **said,  # type: ignore[arg-type]
    )


def sent(on: tuple[int, int, int], at: str = "", **said: object) -> RequestEvent:
    return event(on, at, state=RequestState.SENT, **said)


def paused(on: tuple[int, int, int], at: str = "", who: WaitingOn = WaitingOn.PRACTICE) -> RequestEvent:
    return event(on, at, happening=PAUSED, waiting_on=who)


def resumed(on: tuple[int, int, int], at: str = "") -> RequestEvent:
    return event(on, at, happening=RESUMED)


def limit(amount: int, unit: Unit = DAYS, clock: Clock = Clock.OFFER, **said: object) -> ServiceLevel:
    said.setdefault("starts", date(2020, 4, 1))
    return ServiceLevel(clock=clock, amount=amount, unit=unit, **said)  # type: ignore[arg-type]


def reading(
    events: Sequence[RequestEvent],
    *levels: ServiceLevel,
    now: datetime = datetime(2029, 6, 1, 12, tzinfo=LONDON),
    calendar: Calendar = CALENDAR,
    rules: ClockRules | None = None,
    risk: int | None = None,
) -> Reading:
    """The clock that the first limit is for, long afterwards unless a moment is given."""
    three = read(events, levels, calendar, now, risk=risk, rules=rules)
    return three[BY_PLACE[levels[0].clock]]


def london(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[arg-type, misc]


NEXT_DAY = ClockRules(after_closing="the next working day")


@pytest.mark.parametrize(
    ("day", "at", "rules", "due"),
    [
        ((2026, 11, 20), "18:30", ClockRules(), date(2026, 11, 24)),
        ((2026, 11, 20), "18:30", NEXT_DAY, date(2026, 11, 25)),
        ((2026, 11, 20), "16:59", NEXT_DAY, date(2026, 11, 24)),
        ((2026, 11, 21), "11:00", ClockRules(), date(2026, 11, 24)),
        ((2026, 11, 21), "11:00", NEXT_DAY, date(2026, 11, 25)),
        ((2026, 11, 23), "07:00", NEXT_DAY, date(2026, 11, 25)),
        ((2026, 12, 25), "10:00", NEXT_DAY, date(2026, 12, 31)),
    ],
)
def test_a_request_sent_outside_hours_counts_its_days_from_the_next_one(
    day: tuple[int, int, int], at: str, rules: ClockRules, due: date
) -> None:
    assert reading([sent(day, at)], limit(2), rules=rules).due == due


@pytest.mark.parametrize(
    ("day", "at"),
    [
        ((2026, 11, 20), "17:00"),
        ((2026, 11, 20), "23:59"),
        ((2026, 11, 22), "03:00"),
        ((2026, 11, 23), "06:15"),
    ],
)
def test_hours_of_a_request_sent_outside_hours_begin_with_the_next_opening(
    day: tuple[int, int, int], at: str
) -> None:
    found = reading([sent(day, at)], limit(4, HOURS))
    assert (found.due, found.due_at) == (date(2026, 11, 23), time(13))


def test_a_pause_over_a_weekend_costs_only_the_friday_it_began_on() -> None:
    events = [
        sent((2026, 11, 19), "10:00"),
        paused((2026, 11, 20), "12:00"),
        resumed((2026, 11, 23), "09:00"),
    ]
    assert reading(events, limit(3)).due == date(2026, 11, 25)


def test_hours_paused_over_a_weekend_go_on_where_they_stopped() -> None:
    events = [
        sent((2026, 11, 20), "10:00"),
        paused((2026, 11, 20), "12:00"),
        resumed((2026, 11, 23), "09:00"),
    ]
    found = reading(events, limit(6, HOURS))
    assert (found.due, found.due_at) == (date(2026, 11, 23), time(13))


def test_christmas_2026_has_two_bank_holidays_and_new_year_one() -> None:
    assert reading([sent((2026, 12, 22))], limit(5)).due == date(2026, 12, 31)
    assert reading([sent((2026, 12, 22))], limit(6)).due == date(2027, 1, 4)


def test_a_pause_over_christmas_leaves_all_its_days_to_january() -> None:
    events = [sent((2026, 12, 22)), paused((2026, 12, 23), "12:00"), resumed((2027, 1, 4), "09:00")]
    assert reading(events, limit(5)).due == date(2027, 1, 8)


def test_the_pause_over_christmas_prints_that_no_hours_were_lost() -> None:
    events = [sent((2026, 12, 18), "14:10"), paused((2026, 12, 18), "15:10"), resumed((2027, 1, 4), "09:00")]
    found = reading(events, limit(8, HOURS), now=london(2027, 1, 4, 10))
    assert (found.due, found.due_at) == (date(2027, 1, 4), time(16))
    told = " ".join(clock_words.steps(found))
    assert "aused Fri 18 Dec 15:10 to Mon 4 Jan 09:00, waiting on the practice: 0 working hours lost" in told


def test_while_the_host_is_waited_for_its_own_clock_runs_on() -> None:
    events = [
        sent((2026, 12, 18), "14:10"),
        paused((2026, 12, 18), "15:10", WaitingOn.HOST),
        resumed((2026, 12, 21), "10:00"),
    ]
    found = reading(events, limit(8, HOURS), now=london(2026, 12, 21, 11))
    assert (found.due, found.due_at) == (date(2026, 12, 21), time(14, 10))
    told = " ".join(clock_words.steps(found))
    assert "0 working hours lost" not in told


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ("from the sending", date(2026, 11, 9)),
        ("from the change", date(2026, 11, 12)),
        ("the first limit stays", date(2026, 11, 18)),
    ],
)
def test_a_pause_then_a_higher_risk(change: str, due: date) -> None:
    events = [
        sent((2026, 11, 2), "10:00", risk=3),
        paused((2026, 11, 4), "10:00"),
        resumed((2026, 11, 6), "10:00"),
        event((2026, 11, 9), "10:00", happening=Happening.RISK_CHANGED, risk=5),
    ]
    levels = [limit(10, risk=3), limit(3, risk=5)]
    assert reading(events, *levels, rules=ClockRules(change=change), risk=5).due == due


@pytest.mark.parametrize("change", ["from the sending", "from the change"])
def test_a_risk_that_rises_while_paused_gives_its_days_after_the_pause(change: str) -> None:
    events = [
        sent((2026, 11, 2), "10:00", risk=3),
        paused((2026, 11, 3), "10:00"),
        event((2026, 11, 4), "10:00", happening=Happening.RISK_CHANGED, risk=5),
        resumed((2026, 11, 6), "10:00"),
    ]
    levels = [limit(10, risk=3), limit(3, risk=5)]
    assert reading(events, *levels, rules=ClockRules(change=change), risk=5).due == date(2026, 11, 10)


CLOSED_AND_OPENED = [
    sent((2026, 11, 2), "10:00"),
    event((2026, 11, 6), "12:00", state=RequestState.CLOSED),
    event((2026, 11, 11), "10:00", happening=Happening.REOPENED),
]


@pytest.mark.parametrize(
    ("rule", "due"), [("it goes on", date(2026, 11, 19)), ("it begins again", date(2026, 11, 25))]
)
def test_a_request_opened_again_does_not_count_the_time_it_was_closed(rule: str, due: date) -> None:
    found = reading(CLOSED_AND_OPENED, limit(10, clock=Clock.RESOLVE), rules=ClockRules(reopened=rule))
    assert found.due == due
    assert found.stand is Stand.LATE


def test_a_closed_request_is_resolved_only_until_it_is_opened_again() -> None:
    level = limit(10, clock=Clock.RESOLVE)
    stands = [
        reading(CLOSED_AND_OPENED, level, now=now).stand
        for now in (london(2026, 11, 5, 12), london(2026, 11, 10, 12), london(2026, 11, 11, 12))
    ]
    assert stands == [Stand.RUNNING, Stand.MET, Stand.RUNNING]


def test_opening_again_in_hours_leaves_out_the_hours_it_was_closed() -> None:
    found = reading(CLOSED_AND_OPENED, limit(40, HOURS, Clock.RESOLVE))
    # 7 + 8 + 8 + 8 + 3 = 34 until Friday noon; 6 more from Wednesday at 10.
    assert (found.due, found.due_at) == (date(2026, 11, 11), time(16))


def test_a_day_closed_afterwards_moves_a_limit_that_has_passed() -> None:
    events = [sent((2026, 11, 2)), event((2026, 11, 6), "09:30", state=RequestState.OFFERED)]
    edited = Calendar(HOLIDAYS, frozenset({date(2026, 11, 4)}))
    before, after = reading(events, limit(3)), reading(events, limit(3), calendar=edited)
    assert (before.due, before.stand) == (date(2026, 11, 5), Stand.MET_LATE)
    assert (after.due, after.stand) == (date(2026, 11, 6), Stand.MET)


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 8), date(2026, 10, 30)])
def test_a_day_closed_that_the_limit_does_not_touch_changes_nothing(day: date) -> None:
    edited = Calendar(HOLIDAYS, frozenset({day}))
    assert reading([sent((2026, 11, 2))], limit(3), calendar=edited).due == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("day", "now", "stand", "late_by"),
    [
        ((2026, 10, 23), datetime(2026, 10, 26, 11, 59, tzinfo=UTC), Stand.RUNNING, 0),
        ((2026, 10, 23), datetime(2026, 10, 26, 12, 30, tzinfo=UTC), Stand.LATE, 30),
        ((2027, 3, 25), datetime(2027, 3, 30, 10, 59, tzinfo=UTC), Stand.RUNNING, 0),
        ((2027, 3, 25), datetime(2027, 3, 30, 11, 30, tzinfo=UTC), Stand.LATE, 30),
    ],
)
def test_hours_over_a_change_of_the_clocks_are_those_on_the_wall(
    day: tuple[int, int, int], now: datetime, stand: Stand, late_by: int
) -> None:
    found = reading([sent(day, "16:00")], limit(4, HOURS), now=now)
    assert found.due_at == time(12)
    assert (found.stand, found.late_by) == (stand, late_by)


def test_a_pause_over_the_night_the_clocks_go_back() -> None:
    events = [
        sent((2026, 10, 23), "16:00"),
        paused((2026, 10, 23), "16:30"),
        resumed((2026, 10, 26), "09:30"),
    ]
    found = reading(events, limit(4, HOURS))
    assert (found.due, found.due_at) == (date(2026, 10, 26), time(13))


def test_a_day_ends_at_midnight_in_london_in_summer_too() -> None:
    events = [sent((2026, 10, 16))]
    before = reading(events, limit(1), now=datetime(2026, 10, 19, 22, 59, tzinfo=UTC))
    after = reading(events, limit(1), now=datetime(2026, 10, 19, 23, 0, tzinfo=UTC))
    assert before.due == after.due == date(2026, 10, 19)
    assert (before.stand, after.stand) == (Stand.RUNNING, Stand.LATE)
    assert (before.late_by, after.late_by) == (0, 1)


TWICE_ON_MONDAY = [
    sent((2026, 11, 2), "09:00"),
    paused((2026, 11, 2), "10:00"),
    resumed((2026, 11, 2), "11:00"),
    paused((2026, 11, 2), "14:00"),
    resumed((2026, 11, 2), "15:30"),
]


def test_two_pauses_in_one_day_are_both_left_out_of_the_hours() -> None:
    found = reading(TWICE_ON_MONDAY, limit(8, HOURS))
    assert (found.due, found.due_at) == (date(2026, 11, 3), time(11, 30))


def test_two_pauses_within_a_day_cost_no_day_unless_the_second_goes_on_overnight() -> None:
    ended = [sent((2026, 10, 30)), *TWICE_ON_MONDAY[1:]]
    overnight = [*ended[:-1], resumed((2026, 11, 3), "09:30")]
    assert reading(ended, limit(1)).due == date(2026, 11, 2)
    assert reading(overnight, limit(1)).due == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("amount", "unit", "due", "at"),
    [
        (1, DAYS, date(2026, 12, 21), None),
        (8, HOURS, date(2026, 12, 21), time(16)),
        (7, ANY_DAYS, date(2026, 12, 25), None),
        (7, DAYS, date(2026, 12, 31), None),
        (56, HOURS, date(2026, 12, 31), time(16)),
    ],
)
def test_a_working_day_is_not_eight_hours_and_a_calendar_day_not_a_working_day(
    amount: int, unit: Unit, due: date, at: time | None
) -> None:
    found = reading([sent((2026, 12, 18), "16:00")], limit(amount, unit))
    assert (found.due, found.due_at) == (due, at)


@pytest.mark.parametrize(
    ("day", "amount", "unit", "due"),
    [
        ((2028, 2, 28), 1, DAYS, date(2028, 2, 29)),
        ((2028, 2, 28), 2, DAYS, date(2028, 3, 1)),
        ((2028, 2, 29), 5, DAYS, date(2028, 3, 7)),
        ((2028, 2, 28), 2, ANY_DAYS, date(2028, 3, 1)),
        ((2028, 2, 29), 365, ANY_DAYS, date(2029, 2, 28)),
        ((2028, 2, 28), 16, HOURS, date(2028, 2, 29)),
    ],
)
def test_the_leap_day_of_2028_is_a_working_day(
    day: tuple[int, int, int], amount: int, unit: Unit, due: date
) -> None:
    assert reading([sent(day, "09:00")], limit(amount, unit)).due == due


OLD, NEW = limit(5, ends=date(2027, 3, 31)), limit(2, starts=date(2027, 4, 1))


@pytest.mark.parametrize(
    ("day", "rule", "due"),
    [
        ((2027, 3, 31), "the day of sending", date(2027, 4, 7)),
        ((2027, 4, 1), "the day of sending", date(2027, 4, 5)),
        ((2027, 3, 31), "today", date(2027, 4, 2)),
    ],
)
def test_a_request_of_31_march_keeps_the_limit_of_the_old_year(
    day: tuple[int, int, int], rule: str, due: date
) -> None:
    found = reading([sent(day, "16:00")], OLD, NEW, now=london(2027, 4, 1, 20), rules=ClockRules(limit=rule))
    assert found.due == due


def test_no_limit_and_not_yet_sent_are_said_and_no_day_is_made_up() -> None:
    drafted = reading([event((2026, 11, 2), state=RequestState.DRAFTED)], limit(3))
    before = reading([sent((2020, 3, 31))], limit(3))
    assert (drafted.stand, drafted.due) == (Stand.NOT_SENT, None)
    assert (before.stand, before.due) == (Stand.NO_LIMIT, None)


@pytest.mark.parametrize("entered", [(2, 3), (3, 2)])
def test_a_pause_that_ends_in_the_minute_in_which_another_begins_goes_on(entered: tuple[int, int]) -> None:
    events = [
        sent((2026, 11, 2), "09:00", id=Id(1)),
        event((2026, 11, 2), "10:00", happening=PAUSED, waiting_on=WaitingOn.PRACTICE, id=Id(1)),
        event((2026, 11, 3), "10:00", happening=RESUMED, id=Id(entered[0])),
        event((2026, 11, 3), "10:00", happening=PAUSED, waiting_on=WaitingOn.US, id=Id(entered[1])),
        event((2026, 11, 4), "10:00", happening=RESUMED, id=Id(4)),
    ]
    found = reading(events, limit(8, HOURS))
    assert (found.due, found.due_at) == (date(2026, 11, 4), time(17))
