"""Whether a host has been late with a support request, from its first days alone: the one place where papers ask.

Pauses and hours are not weighed here: a request is late where a step came, or has not come, after its limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.requests import ENDED, RequestEvent, RequestState, SupportRequest, in_order
from nhsdesk.domain.service_levels import Clock, ServiceLevel, Unit
from nhsdesk.domain.working_days import add_working_days


class Lateness(Choice):
    """How a request stands to its time limits."""

    LATE = "late"
    IN_TIME = "in time"
    NO_LIMIT = "no time limit agreed"


_OFFERED = (RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS)
_REACHED = {
    Clock.ACKNOWLEDGE: (RequestState.ACKNOWLEDGED, *_OFFERED),
    Clock.OFFER: _OFFERED,
    Clock.RESOLVE: (),
}
"""What shows that a clock has stopped, besides the end of the request."""


def standing(
    request: SupportRequest,
    events: Iterable[RequestEvent],
    levels: Sequence[ServiceLevel],
    holidays: frozenset[date],
    day: date,
) -> Lateness:
    """Late where any clock with a limit ran, or has run by the day, longer than it."""
    told = [event for event in in_order(events) if event.state is not None and event.happened_on <= day]
    sent = next((event.happened_on for event in told if event.state is RequestState.SENT), None)
    if sent is None:
        return Lateness.NO_LIMIT
    ends = [_last_day(request, clock, levels, sent, holidays) for clock in Clock]
    if not any(ends):
        return Lateness.NO_LIMIT
    for clock, end in zip(Clock, ends, strict=True):
        stopped = (*_REACHED[clock], *ENDED)
        reached = next((event.happened_on for event in told if event.state in stopped), day)
        if end is not None and reached > end:
            return Lateness.LATE
    return Lateness.IN_TIME


def limit_of(
    request: SupportRequest, clock: Clock, levels: Iterable[ServiceLevel], on: date
) -> ServiceLevel | None:
    """The time limit in force for such a request on a day: the one that names most of it, of equals the newest."""
    fitting = [
        one
        for one in levels
        if one.clock is clock
        and one.risk in (None, request.risk)
        and one.level in (None, request.level)
        and one.starts <= on
        and (one.ends is None or one.ends >= on)
    ]
    named = {one.id: (one.risk is not None) + (one.level is not None) for one in fitting}
    return max(fitting, key=lambda one: (named[one.id], one.starts, one.id), default=None)


def _last_day(
    request: SupportRequest,
    clock: Clock,
    levels: Iterable[ServiceLevel],
    sent: date,
    holidays: frozenset[date],
) -> date | None:
    limit = limit_of(request, clock, levels, sent)
    if limit is None or limit.unit is Unit.WORKING_HOURS:
        return None
    if limit.unit is Unit.CALENDAR_DAYS:
        return sent + timedelta(days=limit.amount)
    return add_working_days(sent, limit.amount, holidays)
