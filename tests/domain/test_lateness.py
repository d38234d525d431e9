"""Whether a host is late with a request, told by its days and the time limits in force when it was sent."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.lateness import Lateness, limit_of, standing
from nhsdesk.domain.requests import Level, RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.service_levels import Clock, ServiceLevel, Unit

SENT = date(2026, 12, 18)  # a Friday
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
REQUEST = SupportRequest(practice=Id(1), risk=4, level=Level.TARGETED)


def events(*told: tuple[date, RequestState]) -> list[RequestEvent]:
    return [
        RequestEvent(id=Id(n), request=Id(1), happened_on=on, state=state)
        for n, (on, state) in enumerate(told)
    ]


def level(amount: int, clock: Clock = Clock.ACKNOWLEDGE, **fields: object) -> ServiceLevel:
    return ServiceLevel(clock=clock, amount=amount, **{"starts": date(2026, 4, 1), **fields})  # type: ignore[arg-type]


def stands(held: list[RequestEvent], day: date, *levels: ServiceLevel) -> Lateness:
    return standing(REQUEST, held, levels, CHRISTMAS, day)


def test_working_days_pass_over_weekends_and_bank_holidays() -> None:
    sent = events((SENT, RequestState.SENT))
    assert stands(sent, date(2026, 12, 30), level(6)) is Lateness.IN_TIME
    assert stands(sent, date(2026, 12, 31), level(6)) is Lateness.LATE
    assert stands(sent, date(2026, 12, 25), level(6, unit=Unit.CALENDAR_DAYS)) is Lateness.LATE


def test_what_came_in_time_stays_in_time_and_what_came_late_stays_late() -> None:
    for on, found in ((date(2026, 12, 22), Lateness.IN_TIME), (date(2026, 12, 23), Lateness.LATE)):
        held = events((SENT, RequestState.SENT), (on, RequestState.ACKNOWLEDGED))
        assert stands(held, date(2027, 3, 1), level(2)) is found


def test_an_offer_shows_that_a_request_was_taken_on() -> None:
    held = events((SENT, RequestState.SENT), (date(2026, 12, 21), RequestState.OFFERED))
    assert stands(held, date(2027, 3, 1), level(2)) is Lateness.IN_TIME
    assert stands(held, date(2027, 3, 1), level(2), level(5, Clock.RESOLVE)) is Lateness.LATE


def test_what_was_withdrawn_waits_no_more() -> None:
    held = events((SENT, RequestState.SENT), (date(2026, 12, 21), RequestState.WITHDRAWN))
    assert stands(held, date(2027, 3, 1), level(2), level(3, Clock.RESOLVE)) is Lateness.IN_TIME


@pytest.mark.parametrize(
    "levels", [(), (level(3, unit=Unit.WORKING_HOURS),), (level(3, starts=date(2027, 1, 1)),)]
)
def test_without_a_limit_in_days_nothing_is_late(levels: tuple[ServiceLevel, ...]) -> None:
    assert stands(events((SENT, RequestState.SENT)), date(2027, 3, 1), *levels) is Lateness.NO_LIMIT


def test_what_was_not_sent_is_not_late() -> None:
    assert stands(events((SENT, RequestState.AGREED)), date(2027, 3, 1), level(1)) is Lateness.NO_LIMIT


def test_the_limit_that_names_most_counts_and_of_equals_the_newest() -> None:
    every, older, newer = level(9), level(5, risk=4), level(4, risk=4, starts=date(2026, 9, 1))
    both, other = level(2, risk=4, level=Level.TARGETED, ends=date(2026, 12, 17)), level(1, risk=5)
    assert limit_of(REQUEST, Clock.ACKNOWLEDGE, (every, older, newer, both, other), SENT) == newer
    assert limit_of(REQUEST, Clock.ACKNOWLEDGE, (every, other), SENT) == every
    assert limit_of(REQUEST, Clock.OFFER, (every, other), SENT) is None
