"""By when a request is to be answered, each figure worked by hand from a calendar: the working, pauses, changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

import pytest

from nhsdesk import resources
from nhsdesk.domain import clock_words, clocks
from nhsdesk.domain.clock_calendar import Calendar
from nhsdesk.domain.clocks import ClockRules, Reading, Stand, end_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import Happening, Level, RequestEvent, RequestState, WaitingOn
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.service_levels import Clock, ClosedDay, ServiceLevel, Unit

ENGLAND = Calendar(resources.bank_holidays())
APRIL = date(2026, 4, 1)
S, P, R = RequestState, Happening.PAUSED, Happening.RESUMED
numbers = count(1)


def on(day: date, at: str = "", **fields: Any) -> RequestEvent:
    """Something that happened on a day, at a time where one is given."""
    told = time.fromisoformat(at) if at else None
    return RequestEvent(id=Id(next(numbers)), request=Id(1), happened_on=day, at=told, **fields)


def sent(day: date, at: str = "", **fields: Any) -> RequestEvent:
    return on(day, at, state=S.SENT, **fields)


def paused(day: date, at: str = "", who: WaitingOn | None = WaitingOn.PRACTICE) -> RequestEvent:
    return on(day, at, happening=P, waiting_on=who)


def resumed(day: date, at: str = "", who: WaitingOn | None = None) -> RequestEvent:
    return on(day, at, happening=R, waiting_on=who)


def level(amount: int, clock: Clock = Clock.RESOLVE, **fields: Any) -> ServiceLevel:
    given = {"starts": APRIL, "id": Id(next(numbers)), "ref": "SV-001", **fields}
    return ServiceLevel(clock=clock, amount=amount, **given)


def hours(amount: int, **fields: Any) -> ServiceLevel:
    return level(amount, unit=Unit.WORKING_HOURS, **fields)


def resolve(events: list[RequestEvent], limit: ServiceLevel, now: date, **told: Any) -> Reading:
    """The clock to resolve, looked at on the evening of a day."""
    calendar = told.pop("calendar", ENGLAND)
    return clocks.read(events, (limit,), calendar, end_of(now), **told)[2]


def due(
    events: list[RequestEvent], limit: ServiceLevel, now: date = date(2027, 1, 31), **told: Any
) -> tuple[date | None, str]:
    reading = resolve(events, limit, now, **told)
    return reading.due, "" if reading.due_at is None else reading.due_at.isoformat("minutes")


# ---- days and hours


@pytest.mark.parametrize(
    ("day", "at", "working_days", "by"),
    [
        (date(2026, 11, 2), "", 5, date(2026, 11, 9)),
        (date(2026, 11, 6), "18:30", 1, date(2026, 11, 9)),
        (date(2026, 11, 7), "11:00", 1, date(2026, 11, 9)),
        (date(2026, 12, 24), "", 3, date(2026, 12, 31)),
        (date(2028, 2, 28), "", 2, date(2028, 3, 1)),
        (date(2027, 3, 31), "", 1, date(2027, 4, 1)),
        (date(2026, 12, 25), "", 0, date(2026, 12, 25)),
    ],
    ids=[
        "a week",
        "after closing",
        "Saturday",
        "over Christmas",
        "leap day counts",
        "31 March",
        "limit of none",
    ],
)
def test_days_are_counted_from_the_day_after_sending(day: date, at: str, working_days: int, by: date) -> None:
    assert due([sent(day, at)], level(working_days), date(2028, 12, 1)) == (by, "")


def test_sent_when_the_day_is_over_may_count_as_sent_the_next_working_day_by_local_rule() -> None:
    rules = ClockRules(after_closing="the next working day")
    friday = date(2026, 11, 6)
    assert due([sent(friday, "18:30")], level(1), rules=rules) == (date(2026, 11, 10), "")
    assert due([sent(friday, "16:30")], level(1), rules=rules) == (date(2026, 11, 9), "")
    assert due([sent(friday)], level(1), rules=rules) == (date(2026, 11, 9), "")
    assert due([sent(date(2026, 11, 8))], level(1), rules=rules) == (date(2026, 11, 10), "")


@pytest.mark.parametrize(
    ("day", "at", "wanted", "by"),
    [
        (date(2026, 11, 2), "10:00", 4, (date(2026, 11, 2), "14:00")),
        (date(2026, 11, 2), "15:30", 4, (date(2026, 11, 3), "11:30")),
        (date(2026, 11, 2), "09:00", 8, (date(2026, 11, 2), "17:00")),
        (date(2026, 11, 6), "20:00", 1, (date(2026, 11, 9), "10:00")),
        (date(2026, 11, 7), "07:00", 8, (date(2026, 11, 9), "17:00")),
        (date(2026, 12, 24), "16:00", 2, (date(2026, 12, 29), "10:00")),
        (date(2026, 11, 2), "", 4, (date(2026, 11, 2), "13:00")),
    ],
    ids=[
        "same day",
        "overnight",
        "to closing",
        "after closing",
        "Saturday",
        "over Christmas",
        "no time noted",
    ],
)
def test_hours_are_working_time_to_the_minute(day: date, at: str, wanted: int, by: tuple[date, str]) -> None:
    assert due([sent(day, at)], hours(wanted)) == by


def test_a_working_day_in_the_week_the_clocks_change_has_as_many_hours_as_any_other() -> None:
    """British Summer Time ended on Sunday 25 October 2026 and began on Sunday 29 March 2026."""
    assert due([sent(date(2026, 10, 23), "16:00")], hours(2)) == (date(2026, 10, 26), "10:00")
    march = hours(2, starts=date(2026, 1, 1))
    assert due([sent(date(2026, 3, 27), "16:00")], march) == (date(2026, 3, 30), "10:00")


def test_the_moment_of_looking_is_read_on_a_london_clock() -> None:
    """08:30 by Greenwich is 09:30 in London in June."""
    june = date(2026, 6, 15)
    late = clocks.read([sent(june, "09:00")], (hours(8),), ENGLAND, datetime(2026, 6, 15, 16, 1, tzinfo=UTC))[
        2
    ]
    just = clocks.read([sent(june, "09:00")], (hours(8),), ENGLAND, datetime(2026, 6, 15, 16, 0, tzinfo=UTC))[
        2
    ]
    assert (late.stand, just.stand) == (Stand.LATE, Stand.RUNNING)
    with pytest.raises(TypeError):
        clocks.read([], (), ENGLAND, datetime(2026, 6, 15, 16, 0))  # noqa: DTZ001


def test_other_hours_come_from_the_local_rules() -> None:
    rules = Rules({"clock.opens": "08:00", "clock.closes": "18:30"}, resources.bank_holidays())
    calendar = clocks.calendar(rules, [ClosedDay(closed_on=date(2026, 11, 3))])
    assert due([sent(date(2026, 11, 2), "18:00")], hours(1), calendar=calendar) == (
        date(2026, 11, 4),
        "08:30",
    )


def test_calendar_days_count_weekends_and_holidays() -> None:
    limit = level(7, unit=Unit.CALENDAR_DAYS)
    assert due([sent(date(2026, 12, 22))], limit) == (date(2026, 12, 29), "")


# ---- pauses


def test_a_pause_over_christmas_shows_its_working_with_no_working_hours_lost() -> None:
    """20 hours from Wed 16 December 10:00: 7 that day, 8 on the 17th, 5 until 14:00 on the 18th."""
    events = [
        sent(date(2026, 12, 16), "10:00"),
        paused(date(2026, 12, 18), "11:10"),
        resumed(date(2027, 1, 4), "09:00"),
    ]
    reading = resolve(events, hours(20), date(2027, 1, 4))
    assert clock_words.due(reading) == "Mon 4 January 2027, 11:50"
    assert clock_words.steps(reading) == (
        "Sent on Wed 16 December 2026 at 10:00.",
        "To be resolved within 20 working hours (SV-001).",
        "Paused Fri 18 Dec 11:10 to Mon 4 Jan 09:00, waiting on the practice: 0 working hours lost; 61 working "
        "hours 50 minutes stood still.",
        "Not counted besides weekends: Fri 25 Dec, Mon 28 Dec, Fri 1 Jan.",
        "20 working hours from Wed 16 Dec 10:00 end on Mon 4 January 2027, 11:50.",
    )


def test_a_limit_in_days_leaves_out_the_days_that_ended_in_a_pause() -> None:
    """18, 21 to 24 and 29 to 31 December stand still; 25 and 28 December and 1 January are bank holidays."""
    events = [
        sent(date(2026, 12, 14), "10:00"),
        paused(date(2026, 12, 18), "15:10"),
        resumed(date(2027, 1, 4), "09:00"),
    ]
    reading = resolve(events, level(15), date(2027, 1, 5))
    assert (reading.due, reading.used, reading.left) == (date(2027, 1, 19), 5, 10)
    assert "0 working days lost; 8 working days stood still." in clock_words.steps(reading)[2]


def test_two_pauses_in_one_day_that_both_end_cost_no_day_and_their_minutes_in_hours() -> None:
    day = date(2026, 11, 3)
    pauses = [paused(day, "10:00"), resumed(day, "11:00"), paused(day, "14:00"), resumed(day, "14:45")]
    assert due([sent(date(2026, 11, 2)), *pauses], level(2)) == (date(2026, 11, 4), "")
    assert due([sent(day, "09:00"), *pauses], hours(6)) == (day, "16:45")


def test_a_pause_over_a_weekend_alone_costs_no_working_time() -> None:
    pauses = [paused(date(2026, 11, 6), "17:00"), resumed(date(2026, 11, 9), "09:00")]
    assert due([sent(date(2026, 11, 5), "16:00"), *pauses], hours(10)) == (date(2026, 11, 9), "10:00")
    without = due([sent(date(2026, 11, 5), "16:00")], hours(10))
    assert without == (date(2026, 11, 9), "10:00")


def test_overlapping_pauses_stand_still_once() -> None:
    events = [
        sent(date(2026, 11, 2)),
        paused(date(2026, 11, 4), who=WaitingOn.PRACTICE),
        paused(date(2026, 11, 5), who=WaitingOn.US),
        resumed(date(2026, 11, 6), who=WaitingOn.PRACTICE),
        resumed(date(2026, 11, 10), who=WaitingOn.US),
    ]
    reading = resolve(events, level(5), date(2026, 11, 20))
    assert reading.due == date(2026, 11, 13)
    said = [one for one in clock_words.steps(reading) if one.startswith("Paused")]
    assert [one.rpartition("; ")[2] for one in said] == [
        "2 working days stood still.",
        "2 working days stood still.",
    ]


def test_the_hosts_own_delay_gives_it_no_more_time_unless_the_rule_says_so() -> None:
    events = [
        sent(date(2026, 11, 2)),
        paused(date(2026, 11, 4), who=WaitingOn.HOST),
        resumed(date(2026, 11, 9)),
    ]
    assert due(events, level(5)) == (date(2026, 11, 9), "")
    assert due(events, level(5), rules=ClockRules(pauses_resolve="anybody")) == (date(2026, 11, 12), "")
    told = clock_words.steps(resolve(events, level(5), date(2026, 11, 20)))[2]
    assert (
        told
        == "Paused Wed 4 Nov to Mon 9 Nov, waiting on the host, for which this clock does not stop: 3 working "
        "days went by."
    )


def test_a_pause_that_has_not_ended_is_told_as_if_it_ended_now() -> None:
    events = [sent(date(2026, 11, 2)), paused(date(2026, 11, 4))]
    reading = resolve(events, level(5), date(2026, 11, 20))
    assert (reading.stand, reading.due, reading.used) == (Stand.PAUSED, date(2026, 11, 25), 1)
    assert clock_words.standing(reading) == "Paused; if it went on now, due Wed 25 November 2026"


def test_word_to_go_on_without_a_pause_changes_nothing_and_is_told() -> None:
    events = [sent(date(2026, 11, 2)), resumed(date(2026, 11, 4), "12:00")]
    reading = resolve(events, level(5), date(2026, 11, 20))
    assert reading.due == date(2026, 11, 9)
    assert (
        "Said to go on Wed 4 Nov 12:00, though it was not paused: that changes nothing."
        in clock_words.steps(reading)
    )


def test_a_pause_after_the_limit_rescues_nothing() -> None:
    events = [sent(date(2026, 11, 2)), paused(date(2026, 11, 12))]
    reading = resolve(events, level(5), date(2026, 11, 13))
    assert (reading.stand, reading.late_by) == (Stand.LATE, 4)


def test_a_pause_entered_weeks_later_counts_from_its_own_day() -> None:
    early, late = sent(date(2026, 11, 2)), resumed(date(2026, 11, 6))
    entered_last = paused(date(2026, 11, 4))
    assert due([early, late, entered_last], level(5)) == (date(2026, 11, 11), "")


# ---- changes


@pytest.mark.parametrize(
    ("rule", "by"),
    [
        ("from the sending", date(2026, 11, 9)),
        ("from the change", date(2026, 11, 11)),
        ("the first limit stays", date(2026, 11, 30)),
    ],
)
def test_a_change_of_risk_brings_another_limit_by_the_local_rule(rule: str, by: date) -> None:
    limits = (level(20, risk=2), level(5, risk=5))
    events = [
        sent(date(2026, 11, 2), risk=2),
        on(date(2026, 11, 4), happening=Happening.RISK_CHANGED, risk=5),
    ]
    reading = clocks.read(
        events, limits, ENGLAND, end_of(date(2026, 11, 6)), rules=ClockRules(change=rule), risk=5
    )[2]
    assert reading.due == by


def test_a_pause_and_then_a_change_of_risk_keep_both() -> None:
    """5 days from Mon 2 Nov without the 4th and the 5th."""
    limits = (level(20, risk=2), level(5, risk=5))
    events = [
        sent(date(2026, 11, 2), risk=2),
        paused(date(2026, 11, 4)),
        on(date(2026, 11, 5), happening=Happening.RISK_CHANGED, risk=5),
        resumed(date(2026, 11, 6)),
    ]
    reading = clocks.read(events, limits, ENGLAND, end_of(date(2026, 11, 6)))[2]
    assert reading.due == date(2026, 11, 11)
    assert (
        "From Thu 5 Nov the risk was 5, for which another limit is settled." in clock_words.steps(reading)[1]
    )


def test_the_limit_made_for_risk_and_level_comes_before_the_general_one() -> None:
    general, for_level, for_both = (
        level(20),
        level(10, level=Level.INTENSIVE),
        level(5, risk=5, level=Level.INTENSIVE),
    )
    told = {"risk": 5, "level": Level.INTENSIVE}

    def amount(*limits: ServiceLevel) -> int:
        return clocks.read(
            [sent(date(2026, 11, 2))],
            limits,
            ENGLAND,
            end_of(date(2026, 11, 6)),
            **told,  # type: ignore[arg-type]
        )[2].amount

    assert amount(general, for_level, for_both) == 5
    assert amount(for_level, general) == 10
    assert amount(general) == 20


def test_the_level_in_force_on_the_day_of_sending_counts() -> None:
    old = level(20, ends=date(2026, 10, 31))
    new = level(5, starts=date(2026, 11, 1))
    events = [sent(date(2026, 10, 30))]
    now = end_of(date(2026, 11, 6))
    assert clocks.read(events, (old, new), ENGLAND, now)[2].amount == 20
    assert clocks.read(events, (old, new), ENGLAND, now, rules=ClockRules(limit="today"))[2].amount == 5


def test_without_a_level_no_limit_is_guessed() -> None:
    for limits in ((), (level(5, clock=Clock.OFFER),), (level(5, risk=5),), (level(10**9),)):
        reading = clocks.read([sent(date(2026, 11, 2))], limits, ENGLAND, end_of(date(2026, 11, 6)), risk=2)[
            2
        ]
        assert (reading.stand, reading.due) == (Stand.NO_LIMIT, None)
        assert clock_words.steps(reading)[1] == "No time limit is settled."


def test_a_day_closed_later_moves_what_is_due() -> None:
    events, limit = [sent(date(2026, 11, 2))], level(5)
    closed = Calendar(resources.bank_holidays(), frozenset({date(2026, 11, 5)}))
    assert due(events, limit) == (date(2026, 11, 9), "")
    reading = resolve(events, limit, date(2026, 11, 6), calendar=closed)
    assert reading.due == date(2026, 11, 10)
    assert "Not counted besides weekends: Thu 5 Nov." in clock_words.steps(reading)


# ---- reached, ended, opened again


def test_each_clock_stops_at_its_own_state_and_a_later_state_holds_the_earlier() -> None:
    limits = (level(3, Clock.ACKNOWLEDGE), level(10, Clock.OFFER), level(40))
    events = [
        sent(date(2026, 9, 7)),
        on(date(2026, 9, 9), state=S.ACKNOWLEDGED),
        on(date(2026, 9, 25), state=S.OFFERED),
        on(date(2026, 10, 2), state=S.CLOSED),
    ]
    readings = clocks.read(events, limits, ENGLAND, end_of(date(2026, 11, 20)))
    assert [(one.stand, one.used) for one in readings] == [
        (Stand.MET, 2),
        (Stand.MET_LATE, 14),
        (Stand.MET, 19),
    ]
    assert (
        clock_words.standing(readings[1])
        == "Offered on Fri 25 September 2026, 4 working days late; it was due Mon 21 September 2026"
    )
    offered_at_once = clocks.read([events[0], events[2]], limits, ENGLAND, end_of(date(2026, 11, 20)))
    assert offered_at_once[0].stand is Stand.MET_LATE


def test_a_pause_after_a_clock_was_reached_changes_nothing_of_it() -> None:
    events = [
        sent(date(2026, 11, 2)),
        on(date(2026, 11, 3), state=S.ACKNOWLEDGED),
        paused(date(2026, 11, 4)),
        resumed(date(2026, 11, 20)),
    ]
    reading = clocks.read(events, (level(3, Clock.ACKNOWLEDGE),), ENGLAND, end_of(date(2026, 11, 25)))[0]
    assert (reading.stand, reading.due) == (Stand.MET, date(2026, 11, 5))
    assert not any(one.startswith("Paused") for one in clock_words.steps(reading))


def test_what_is_reached_during_a_pause_is_reached_in_time() -> None:
    events = [sent(date(2026, 11, 2)), paused(date(2026, 11, 3)), on(date(2026, 11, 12), state=S.CLOSED)]
    reading = resolve(events, level(3), date(2026, 11, 25))
    assert (reading.stand, reading.due, reading.used) == (Stand.MET, date(2026, 11, 16), 1)


def test_a_withdrawn_request_ends_its_clocks_without_meeting_them() -> None:
    events = [sent(date(2026, 11, 2)), on(date(2026, 11, 4), state=S.WITHDRAWN)]
    readings = clocks.read(events, (level(3, Clock.ACKNOWLEDGE), level(9)), ENGLAND, end_of(date(2027, 1, 4)))
    assert [one.stand for one in readings] == [Stand.ENDED, Stand.NO_LIMIT, Stand.ENDED]
    assert not readings[0].late


@pytest.mark.parametrize(
    ("rule", "by"), [("it goes on", date(2026, 11, 17)), ("it begins again", date(2026, 11, 19))]
)
def test_time_closed_is_not_counted_when_a_request_is_opened_again(rule: str, by: date) -> None:
    """Closed on the 4th, when one day was used, and opened again on the 12th; 3 working days of 5 stood still too."""
    events = [
        sent(date(2026, 11, 2)),
        on(date(2026, 11, 4), state=S.CLOSED),
        on(date(2026, 11, 12), happening=Happening.REOPENED, state=S.IN_PROGRESS),
    ]
    reading = resolve(events, level(5), date(2026, 11, 12), rules=ClockRules(reopened=rule))
    assert (reading.stand, reading.due) == (Stand.RUNNING, by)
    assert "Closed from Wed 4 Nov until it was opened again Thu 12 Nov: not counted." in clock_words.steps(
        reading
    )


def test_before_it_is_sent_no_clock_runs() -> None:
    events = [on(date(2026, 11, 2), state=S.AGREED), paused(date(2026, 11, 3))]
    assert {one.stand for one in clocks.read(events, (level(5),), ENGLAND, end_of(date(2026, 11, 6)))} == {
        Stand.NOT_SENT
    }


def test_what_happens_later_is_not_known_yet() -> None:
    events = [sent(date(2026, 11, 2)), on(date(2026, 11, 5), state=S.CLOSED)]
    assert resolve(events, level(5), date(2026, 11, 4)).stand is Stand.RUNNING
    assert resolve(events, level(5), date(2026, 11, 5)).stand is Stand.MET


def test_events_of_one_day_without_a_time_give_the_same_in_any_order_of_entry() -> None:
    day = date(2026, 11, 4)

    def by(*order: RequestEvent) -> date | None:
        return due([sent(date(2026, 11, 2)), *order, resumed(date(2026, 11, 6))], level(5))[0]

    assert by(paused(day), resumed(day)) == by(resumed(day), paused(day)) == date(2026, 11, 9)


def test_what_a_time_cannot_have_come_before_came_before_it_though_it_has_none() -> None:
    day, limits = date(2026, 11, 2), (level(2, Clock.ACKNOWLEDGE), level(9))
    reached = [on(day, "15:10", state=S.ACKNOWLEDGED), sent(day)]
    assert clocks.read(reached, limits, ENGLAND, end_of(date(2026, 11, 20)))[0].stand is Stand.MET
    waited = [sent(date(2026, 10, 30)), resumed(day, "15:10"), paused(day)]
    assert resolve(waited, limits[1], date(2026, 11, 3)).stand is Stand.RUNNING
    opened = [
        sent(date(2026, 10, 30)),
        on(day, "15:10", happening=Happening.REOPENED),
        on(day, state=S.CLOSED),
    ]
    assert resolve(opened, limits[1], date(2026, 11, 3)).stand is Stand.RUNNING


def test_a_hosts_word_after_the_practice_withdrew_starts_no_clock_again() -> None:
    told = [
        sent(date(2026, 11, 2)),
        on(date(2026, 11, 3), state=S.WITHDRAWN),
        on(date(2026, 11, 4), state=S.IN_PROGRESS),
    ]
    assert resolve(told, level(9), date(2026, 11, 20)).stand is Stand.ENDED
