"""Support requests with their clocks as they stand at a moment: what is late, what will be late next, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nhsdesk import resources
from nhsdesk.domain import clocks, local_rules, request_steps, requests
from nhsdesk.domain.clock_calendar import Calendar
from nhsdesk.domain.clocks import ClockRules, Reading
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import ENDED, RequestEvent, RequestState, SupportRequest, WaitingOn
from nhsdesk.domain.service_levels import ClosedDay, ServiceLevel
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as it stands: whose it is, its events in order, on whom it waits, and its three clocks."""

    request: SupportRequest
    practice: str
    state: RequestState
    waits: frozenset[WaitingOn | None]
    events: tuple[RequestEvent, ...]
    clocks: tuple[Reading, Reading, Reading]

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in ENDED

    @property
    def next(self) -> Reading | None:
        """The clock that runs out first, or ran out first; None where none goes."""
        going = [one for one in self.clocks if one.goes and one.due is not None]
        return min(going, key=lambda one: (one.due or date.max, one.due_at is not None), default=None)

    @property
    def late(self) -> tuple[Reading, ...]:
        """The clocks whose limit has passed and that nobody has reached yet."""
        return tuple(one for one in self.clocks if one.stand is clocks.Stand.LATE)


class Settled:
    """What clocks are worked out by, each request's by the rules that were in force when it was sent."""

    def __init__(self, reader: Reader, now: datetime) -> None:
        self.now = now
        self.levels = reader.all(ServiceLevel)
        self._rules = [one for one in reader.counting(LocalRule) if one.key.startswith("clock.")]
        self._closed = reader.all(ClosedDay)
        self._found: dict[tuple[date, ...], tuple[ClockRules, Calendar]] = {}

    def read(
        self, request: SupportRequest, events: Iterable[RequestEvent]
    ) -> tuple[Reading, Reading, Reading]:
        """The clocks of one request."""
        held = list(events)
        sent = min((one.happened_on for one in held if one.state is RequestState.SENT), default=date.max)
        rules, calendar = self._on(sent)
        return clocks.read(
            held, self.levels, calendar, self.now, risk=request.risk, level=request.level, rules=rules
        )

    def _on(self, day: date) -> tuple[ClockRules, Calendar]:
        """Days between which no rule began share what is in force."""
        key = tuple(one.starts for one in self._rules if one.starts <= day)
        if key not in self._found:
            rules = local_rules.in_force(self._rules, day, resources.bank_holidays())
            self._found[key] = ClockRules.of(rules), clocks.calendar(rules, self._closed)
        return self._found[key]


def gather(reader: Reader, now: datetime) -> tuple[RequestView, ...]:
    """All requests, what is late longest first, then what will be late next, then what no clock runs for."""
    settled = Settled(reader, now)
    practices = {one.id: one.name for one in reader.all(Practice)}
    events: defaultdict[Id, list[RequestEvent]] = defaultdict(list)
    for event in reader.all(RequestEvent):
        events[event.request].append(event)
    found = [_view(one, events[one.id], practices, settled) for one in reader.all(SupportRequest)]
    return tuple(sorted(found, key=forecast_order))


def again(
    reader: Reader, views: Iterable[RequestView], changed: Mapping[str, Collection[int]], now: datetime
) -> tuple[RequestView, ...]:
    """The same after a change: requests it did not touch are not read again, unless it touched what all rest on."""
    if not _RESTS_ON.isdisjoint(changed):
        return gather(reader, now)
    events = set(changed.get(RequestEvent.KIND.name, ()))
    touched = {*map(Id, changed.get(SupportRequest.KIND.name, ()))}
    touched |= {one.request for one in reader.several(RequestEvent, events).values()}
    before = tuple(views)
    touched |= {one.request.id for one in before if any(event.id in events for event in one.events)}
    if not touched:
        return before
    kept = [one for one in before if one.request.id not in touched]
    there = reader.several(SupportRequest, touched)
    found = [*kept, *_views(reader, there.values(), now)]
    return tuple(sorted(found, key=forecast_order))


_RESTS_ON = {one.KIND.name for one in (ServiceLevel, ClosedDay, LocalRule, Practice)}


def _views(reader: Reader, requests_: Iterable[SupportRequest], now: datetime) -> Iterator[RequestView]:
    settled = Settled(reader, now)
    for one in requests_:
        practice = reader.find(Practice, one.practice)
        names = {} if practice is None else {practice.id: practice.name}
        yield _view(one, list(reader.all(RequestEvent, request=one.id)), names, settled)


def view(reader: Reader, request: Id, now: datetime) -> RequestView:
    """One request."""
    return next(_views(reader, (reader.get(SupportRequest, request),), now))


def _view(
    request: SupportRequest, events: list[RequestEvent], practices: dict[Id, str], settled: Settled
) -> RequestView:
    state, waits = request_steps.standing(events)
    return RequestView(
        request=request,
        practice=practices.get(request.practice, "a practice that is not in the file"),
        state=state,
        waits=waits,
        events=tuple(requests.in_order(events)),
        clocks=settled.read(request, events),
    )


def forecast_order(one: RequestView) -> tuple[bool, date, bool, Id]:
    """Sorts what was due first before what is due later, and ended requests last."""
    nearest = one.next
    due = date.max if nearest is None or nearest.due is None else nearest.due
    return not one.open, due, nearest is None, one.request.id


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many open requests are late, and how many will be within some working days."""

    late: int
    soon: int
    within: int

    @property
    def words(self) -> str:
        """In a sentence; empty where there is nothing to tell."""
        said = []
        if self.late:
            said.append(f"{_counted(self.late)} {'is' if self.late == 1 else 'are'} late")
        if self.soon:
            days = "1 working day" if self.within == 1 else f"{self.within} working days"
            said.append(f"{_counted(self.soon)} will be late within {days}" if self.within else
                        f"{_counted(self.soon)} must be dealt with today")  # fmt: skip
        return ", and ".join(said).capitalize() + "." if said else ""


def forecast(views: Iterable[RequestView], today: date, within: int, calendar: Calendar) -> Forecast:
    """What is late and what will be, of the requests that are open."""
    late = soon = 0
    last = calendar.nth_after(today, within) if within else today
    for one in views:
        nearest = one.next if one.open else None
        if nearest is None or nearest.due is None:
            continue
        if one.late:
            late += 1
        elif last is None or nearest.due <= last:
            soon += 1
    return Forecast(late, soon, within)


def _counted(number: int) -> str:
    return "1 request" if number == 1 else f"{number:,} requests"
