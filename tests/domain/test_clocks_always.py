"""What holds of the clocks of a request whatever happens to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nhsdesk import resources
from nhsdesk.domain import clock_words, clocks
from nhsdesk.domain.clock_calendar import Calendar
from nhsdesk.domain.clocks import ClockRules, Reading, end_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import Happening, Level, RequestEvent, RequestState, WaitingOn
from nhsdesk.domain.rules import BY_KEY
from nhsdesk.domain.service_levels import Clock, ServiceLevel, Unit

ENGLAND = Calendar(resources.bank_holidays())
FIRST, LAST = date(2026, 9, 1), date(2027, 4, 30)
NOW = end_of(date(2027, 6, 30))
RESOLVE = 2

days = st.dates(FIRST, LAST)
times = st.one_of(st.none(), st.builds(time, st.integers(0, 23), st.sampled_from((0, 10, 30))))
limits = st.builds(
    lambda amount, unit: ServiceLevel(id=Id(1), clock=Clock.RESOLVE, amount=amount, unit=unit, starts=FIRST),
    st.integers(1, 40),
    st.sampled_from((Unit.WORKING_DAYS, Unit.WORKING_HOURS)),
)
moments = st.datetimes(datetime(2026, 9, 2), datetime(2027, 4, 30)).map(  # noqa: DTZ001
    lambda one: one.replace(second=0, microsecond=0)
)


def stretches(most: int = 3) -> SearchStrategy[list[tuple[datetime, datetime]]]:
    """Stretches one after another, none touching the next."""
    found = st.lists(moments, min_size=2, max_size=2 * most, unique=True).map(sorted)
    return found.map(lambda all_: list(zip(all_[::2], all_[1::2], strict=False)))


def sent(day: date, at: time | None = None) -> RequestEvent:
    return RequestEvent(id=Id(1), request=Id(1), happened_on=day, at=at, state=RequestState.SENT)


def at(moment: datetime, happening: Happening, id_: int) -> RequestEvent:
    return RequestEvent(
        id=Id(id_),
        request=Id(1),
        happened_on=moment.date(),
        at=moment.time(),
        happening=happening,
        waiting_on=WaitingOn.PRACTICE,
    )


def pauses(spans: list[tuple[datetime, datetime]]) -> list[RequestEvent]:
    found = []
    for n, (first, last) in enumerate(spans):
        found += [at(first, Happening.PAUSED, 2 * n + 10), at(last, Happening.RESUMED, 2 * n + 11)]
    return found


def reading(events: list[RequestEvent], limit: ServiceLevel, calendar: Calendar = ENGLAND) -> Reading:
    return clocks.read(events, (limit,), calendar, NOW)[RESOLVE]


def due(events: list[RequestEvent], limit: ServiceLevel, calendar: Calendar = ENGLAND) -> datetime:
    found = reading(events, limit, calendar)
    assert found.due is not None
    return datetime.combine(found.due, found.due_at or time.min)


@given(days, times, limits, stretches(4), st.data())
def test_more_pause_never_makes_it_earlier(
    day: date,
    when: time | None,
    limit: ServiceLevel,
    spans: list[tuple[datetime, datetime]],
    data: st.DataObject,
) -> None:
    fewer = data.draw(st.lists(st.sampled_from(spans), unique=True).map(sorted))
    first = sent(day, when)
    assert due([first, *pauses(fewer)], limit) <= due([first, *pauses(spans)], limit)
    longer = [(begin, end + timedelta(minutes=30)) for begin, end in spans[-1:]]
    assert due([first, *pauses(spans)], limit) <= due([first, *pauses(spans[:-1] + longer)], limit)


@given(days, times, limits, stretches(1), st.integers(1, 5000))
def test_splitting_a_pause_changes_nothing(
    day: date, when: time | None, limit: ServiceLevel, spans: list[tuple[datetime, datetime]], minutes: int
) -> None:
    begin, end = spans[0]
    middle = begin + timedelta(minutes=minutes)
    assume(middle < end)
    whole = reading([sent(day, when), *pauses(spans)], limit)
    split = reading([sent(day, when), *pauses([(begin, middle), (middle, end)])], limit)
    assert (whole.due, whole.due_at, whole.used, whole.stand) == (
        split.due,
        split.due_at,
        split.used,
        split.stand,
    )


@given(days, times, limits, stretches(), st.sets(days, max_size=6))
def test_a_day_closed_besides_never_makes_it_earlier(
    day: date,
    when: time | None,
    limit: ServiceLevel,
    spans: list[tuple[datetime, datetime]],
    closed: set[date],
) -> None:
    events = [sent(day, when), *pauses(spans)]
    assert due(events, limit) <= due(events, limit, replace(ENGLAND, closed=frozenset(closed)))


@given(days, times, limits, stretches())
def test_it_is_due_on_a_working_day_and_within_its_hours(
    day: date, when: time | None, limit: ServiceLevel, spans: list[tuple[datetime, datetime]]
) -> None:
    found = reading([sent(day, when), *pauses(spans)], limit)
    assert found.due is not None
    assert ENGLAND.works(found.due)
    assert found.due_at is None or ENGLAND.opens <= found.due_at <= ENGLAND.closes


happened = st.builds(
    RequestEvent,
    id=st.integers(1, 10_000).map(Id),
    request=st.just(Id(1)),
    happened_on=days,
    at=times,
    state=st.one_of(st.none(), st.sampled_from(RequestState)),
    happening=st.one_of(st.none(), st.sampled_from(Happening)),
    waiting_on=st.one_of(st.none(), st.sampled_from(WaitingOn)),
    risk=st.one_of(st.none(), st.integers(1, 5)),
    level=st.one_of(st.none(), st.sampled_from(Level)),
)
rules = st.builds(
    ClockRules,
    **{name: st.sampled_from(BY_KEY[f"clock.{name}"].choices) for name in ClockRules.__dataclass_fields__},
)
settled = st.lists(
    st.builds(
        ServiceLevel,
        id=st.integers(1, 99).map(Id),
        clock=st.sampled_from(Clock),
        amount=st.integers(0, 60),
        unit=st.sampled_from(Unit),
        starts=days,
        risk=st.one_of(st.none(), st.integers(1, 5)),
        level=st.one_of(st.none(), st.sampled_from(Level)),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)


@given(st.lists(happened, max_size=12, unique_by=lambda one: one.id), settled, rules, days, st.randoms())
def test_any_story_gives_the_same_whatever_the_order_of_its_events_and_can_be_told(
    events: list[RequestEvent], levels: list[ServiceLevel], by: ClockRules, day: date, random: object
) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    now = end_of(day)
    found = clocks.read(events, levels, ENGLAND, now, rules=by, risk=3)
    assert found == clocks.read(shuffled, levels[::-1], ENGLAND, now, rules=by, risk=3)
    for one in found:
        assert clock_words.standing(one)
        assert all(told.endswith(".") for told in clock_words.steps(one))
        assert one.used >= 0
        assert one.late_by >= 0
