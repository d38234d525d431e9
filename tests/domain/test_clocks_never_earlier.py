"""What holds of every clock: time taken away never brings a limit nearer, and telling it otherwise changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nhsdesk.domain.clock_calendar import Calendar
from nhsdesk.domain.clocks import LONDON, ClockRules, Reading, read
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import Happening, RequestEvent, RequestState, WaitingOn
from nhsdesk.domain.service_levels import Clock, ServiceLevel, Unit
from tests.examples import examples

FIRST = datetime.combine(date(2026, 12, 14), time(8))
MINUTES = 21 * 24 * 60
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
NOW = datetime(2027, 6, 1, 12, tzinfo=LONDON)
tried = settings(max_examples=examples(40, 1000))

limits = st.builds(
    lambda unit, amount: ServiceLevel(clock=Clock.RESOLVE, amount=amount, unit=unit, starts=date(2026, 4, 1)),
    st.sampled_from(Unit),
    st.integers(0, 25),
)
moments = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))
days = st.integers(0, 60).map(lambda number: FIRST.date() + timedelta(days=number))
calendars = st.builds(lambda closed: Calendar(HOLIDAYS, frozenset(closed)), st.lists(days, max_size=4))
rules = st.builds(
    ClockRules,
    after_closing=st.sampled_from(["that day", "the next working day"]),
    reopened=st.sampled_from(["it goes on", "it begins again"]),
    pauses_resolve=st.sampled_from(["anybody but the host", "the practice or us", "anybody", "nobody"]),
)


def event(when: datetime, **said: object) -> RequestEvent:
    return RequestEvent(request=Id(1), happened_on=when.date(), at=when.time(), **said)  # type: ignore[arg-type]


def pause(first: datetime, last: datetime, who: WaitingOn) -> list[RequestEvent]:
    return [
        event(first, happening=Happening.PAUSED, waiting_on=who),
        event(last, happening=Happening.RESUMED, waiting_on=who),
    ]


@st.composite
def pauses(draw: st.DrawFn, who: WaitingOn = WaitingOn.PRACTICE) -> list[tuple[datetime, datetime]]:
    """Up to three stretches, one after the other."""
    ends = sorted(draw(st.lists(moments, max_size=6, unique=True)))
    return list(zip(ends[::2], ends[1::2], strict=False))


def told(
    stretches: list[tuple[datetime, datetime]], who: WaitingOn = WaitingOn.PRACTICE
) -> list[RequestEvent]:
    return [one for first, last in stretches for one in pause(first, last, who)]


SENT = event(FIRST, state=RequestState.SENT)


def entered(events: Iterable[RequestEvent]) -> list[RequestEvent]:
    """The events as the file numbers them, in the order in which they were entered."""
    return [replace(one, id=Id(number)) for number, one in enumerate(events, 1)]


def resolve(
    events: list[RequestEvent],
    limit: ServiceLevel,
    calendar: Calendar,
    settled: ClockRules | None = None,
    now: datetime = NOW,
) -> Reading:
    return read(events, [limit], calendar, now, rules=settled)[2]


def falls(reading: Reading) -> datetime:
    """When it falls due; a day ends with its last minute."""
    if reading.due is None:
        return datetime.combine(date.max, time.max)
    return datetime.combine(reading.due, reading.due_at or time(23, 59))


@tried
@given(limits, calendars, rules, pauses(), moments, moments)
def test_one_pause_more_never_makes_it_earlier(
    limit: ServiceLevel,
    calendar: Calendar,
    settled: ClockRules,
    stretches: list[tuple[datetime, datetime]],
    one: datetime,
    other: datetime,
) -> None:
    fewer = [SENT, *told(stretches)]
    more = [*fewer, *pause(min(one, other), max(one, other), WaitingOn.US)]
    assert falls(resolve(more, limit, calendar, settled)) >= falls(resolve(fewer, limit, calendar, settled))


@tried
@given(limits, calendars, moments, moments, moments)
def test_a_longer_pause_never_makes_it_earlier(
    limit: ServiceLevel, calendar: Calendar, one: datetime, two: datetime, three: datetime
) -> None:
    first, middle, last = sorted([one, two, three])
    shorter = resolve([SENT, *told([(first, middle)])], limit, calendar)
    longer = resolve([SENT, *told([(first, last)])], limit, calendar)
    never_ended = resolve([SENT, *told([(first, last)])[:1]], limit, calendar)
    assert falls(shorter) <= falls(longer) <= falls(never_ended)


@tried
@given(limits, calendars, rules, pauses(), st.data())
def test_a_pause_told_as_two_that_meet_changes_nothing(
    limit: ServiceLevel,
    calendar: Calendar,
    settled: ClockRules,
    stretches: list[tuple[datetime, datetime]],
    data: st.DataObject,
) -> None:
    split = []
    for first, last in stretches:
        minutes = int((last - first).total_seconds()) // 60
        middle = first + timedelta(minutes=data.draw(st.integers(1, max(1, minutes - 1))))
        split += [(first, middle), (middle, last)] if minutes > 1 else [(first, last)]
    whole = resolve(entered([SENT, *told(stretches)]), limit, calendar, settled)
    parts = resolve(entered(data.draw(st.permutations([SENT, *told(split)]))), limit, calendar, settled)
    assert (whole.due, whole.due_at, whole.used, whole.late_by, whole.stand) == (
        parts.due, parts.due_at, parts.used, parts.late_by, parts.stand
    )  # fmt: skip


HAPPENINGS: list[dict[str, object]] = [
    {"happening": Happening.PAUSED, "waiting_on": WaitingOn.PRACTICE},
    {"happening": Happening.PAUSED, "waiting_on": WaitingOn.HOST},
    {"happening": Happening.RESUMED},
    {"happening": Happening.RESUMED, "waiting_on": WaitingOn.PRACTICE},
    {"happening": Happening.ESCALATED},
    {"happening": Happening.REOPENED},
    {"state": RequestState.ACKNOWLEDGED},
    {"state": RequestState.OFFERED},
    {"state": RequestState.CLOSED},
]


@st.composite
def events(draw: st.DrawFn) -> list[RequestEvent]:
    """What happened within a week, many of it at the same time or without one."""
    made = [SENT]
    for said in draw(st.lists(st.sampled_from(HAPPENINGS), max_size=7)):
        day = FIRST.date() + timedelta(days=draw(st.integers(0, 6)))
        at = draw(st.sampled_from([None, time(9), time(12), time(16)]))
        made.append(replace(event(datetime.combine(day, at or time(0)), **said), at=at))
    return made


@tried
@given(events(), limits, calendars, rules, st.data())
def test_the_order_in_which_events_were_entered_does_not_matter(
    happened: list[RequestEvent],
    limit: ServiceLevel,
    calendar: Calendar,
    settled: ClockRules,
    data: st.DataObject,
) -> None:
    levels = [replace(limit, clock=clock) for clock in Clock]
    other = data.draw(st.permutations(happened))
    read_first, read_last = (
        read(entered(order), levels, calendar, NOW, rules=settled) for order in (happened, other)
    )
    assert [falls(one) for one in read_first] == [falls(one) for one in read_last]
    assert [one.stand for one in read_first] == [one.stand for one in read_last]


@tried
@given(limits, calendars, rules, pauses(), days)
def test_a_day_more_that_is_closed_never_makes_it_earlier(
    limit: ServiceLevel,
    calendar: Calendar,
    settled: ClockRules,
    stretches: list[tuple[datetime, datetime]],
    day: date,
) -> None:
    happened = [SENT, *told(stretches)]
    edited = replace(calendar, closed=calendar.closed | {day})
    assert falls(resolve(happened, limit, edited, settled)) >= falls(
        resolve(happened, limit, calendar, settled)
    )


@tried
@given(limits, calendars, pauses(), moments)
def test_looked_at_before_it_is_due_it_says_the_same_as_afterwards_once_no_pause_is_to_come(
    limit: ServiceLevel, calendar: Calendar, stretches: list[tuple[datetime, datetime]], extra: datetime
) -> None:
    happened = [SENT, *told(stretches)]
    after = max([extra, *(last for _, last in stretches)]) + timedelta(minutes=1)
    found = resolve(happened, limit, calendar, now=after.replace(tzinfo=LONDON))
    assert falls(found) == falls(resolve(happened, limit, calendar))
    assert found.late == (after > falls(found))
