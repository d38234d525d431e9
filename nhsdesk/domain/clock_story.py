"""What the events of a request tell of its clocks: when it went, when it stood still, when each clock was reached.

An event without a time counts from the beginning of its day where one with a time cannot have happened without it (it
was acknowledged at 15:10, so it had been sent), and else from that day's last event with a time. Of such events of one
day, and of those of one minute, a pause comes before its end where the request was going, and after it where it was
paused already, so that the order of entry does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

from nhsdesk.domain.requests import ENDED, Happening, Level, RequestEvent, RequestState, WaitingOn, asks_again
from nhsdesk.domain.service_levels import Clock


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on a London wall clock; without a time it stands for its day."""

    at: datetime
    timed: bool = False

    @property
    def day(self) -> date:
        """Its day."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch for which a request waited on somebody; None where nobody said on whom, or where it has not ended."""

    waiting_on: WaitingOn | None
    first: Moment
    last: Moment | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch for which a request had ended before it was opened again."""

    state: RequestState
    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True)
class Change:
    """What risk and level of support a request had from a moment on."""

    when: Moment
    risk: int | None
    level: Level | None


@dataclass(slots=True)
class Story:
    """All of it, as told up to some moment."""

    sent: Moment | None = None
    reached: dict[Clock, Moment] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    without_pause: list[Moment] = field(default_factory=list)
    """When it was said to go on though it was not paused."""
    ended: tuple[RequestState, Moment] | None = None
    reopened: list[Moment] = field(default_factory=list)
    _open: dict[WaitingOn | None, Moment] = field(default_factory=dict)

    @property
    def paused(self) -> bool:
        """Whether it is paused as the story stands."""
        return bool(self._open)

    def take(self, event: RequestEvent, when: Moment) -> None:
        """Takes the next event in."""
        if event.risk is not None or event.level is not None:
            self.changes.append(Change(when, event.risk, event.level))
        if event.happening is Happening.REOPENED:
            self._reopen(when)
        if event.state is not None:
            self._state(event.state, when, asks_again(event))
        if event.happening is Happening.PAUSED and self.sent is not None and self.ended is None:
            self._open.setdefault(event.waiting_on, when)
        elif event.happening is Happening.RESUMED:
            self._resume(event.waiting_on, when)

    def finish(self) -> None:
        """Keeps the pauses that have not ended."""
        self.pauses.extend(Pause(who, first, None) for who, first in self._open.items())
        self.pauses.sort(key=lambda one: (one.first.at, one.waiting_on is None, str(one.waiting_on)))

    def _state(self, state: RequestState, when: Moment, again: bool) -> None:
        if state is RequestState.SENT and self.sent is None:
            self.sent = when
        withdrawn = self.ended is not None and self.ended[0] is RequestState.WITHDRAWN
        if self.sent is None or (withdrawn and not again):
            return
        if state in ENDED:
            self._end(state, when)
        elif state not in _BEFORE:
            if self.ended is not None:
                self._reopen(when)
            for clock in _REACHES.get(state, ()):
                self.reached.setdefault(clock, when)

    def _end(self, state: RequestState, when: Moment) -> None:
        if self.ended is None:
            self._resume(None, when, ends=True)
            self.ended = (state, when)

    def _reopen(self, when: Moment) -> None:
        if self.ended is not None:
            self.gaps.append(Gap(self.ended[0], self.ended[1], when))
            self.reopened.append(when)
            self.ended = None

    def _resume(self, waiting_on: WaitingOn | None, when: Moment, *, ends: bool = False) -> None:
        """Without a word on whom it waited, every pause ends."""
        ending = [who for who in self._open if waiting_on is None or who is waiting_on]
        if not ending and not ends and self.sent is not None:
            self.without_pause.append(when)
        for who in ending:
            self.pauses.append(Pause(who, self._open.pop(who), when))


_BEFORE = (RequestState.DRAFTED, RequestState.AGREED)
_REACHES = {
    RequestState.ACKNOWLEDGED: (Clock.ACKNOWLEDGE,),
    RequestState.OFFERED: (Clock.ACKNOWLEDGE, Clock.OFFER),
    RequestState.ACCEPTED: (Clock.ACKNOWLEDGE, Clock.OFFER),
    RequestState.IN_PROGRESS: (Clock.ACKNOWLEDGE, Clock.OFFER),
}


def tell(events: Iterable[RequestEvent], until: datetime) -> Story:
    """The story of a request as told up to a moment on a London wall clock, whatever the order of its events."""
    story = Story()
    ordered = sorted(events, key=lambda one: (one.happened_on, one.at or time.max, one.id))
    for day, group in groupby(ordered, key=lambda one: one.happened_on):
        if day > until.date():
            break
        last = datetime.combine(day, time.min)
        todays = list(group)
        timed = [one for one in todays if one.at is not None and _at(one) <= until]
        first = [one for one in todays if one.at is None and _comes_first(one, timed, story)]
        for event in first:
            story.take(event, Moment(last))
        for last, together in groupby(timed, key=_at):
            _take_together(story, together, Moment(last, True))
        untimed = [one for one in todays if one.at is None and one not in first]
        _take_together(story, untimed, Moment(last))
    story.finish()
    return story


def _take_together(story: Story, events: Iterable[RequestEvent], when: Moment) -> None:
    """Takes in what happened at one moment, or on one day without a time."""
    paused, ended = story.paused, story.ended is not None
    for event in sorted(events, key=lambda one: (_rank(one, paused, ended), one.id)):
        story.take(event, when)


def last_of(day: date) -> datetime:
    """The last minute of a day."""
    return datetime.combine(day, time(23, 59))


def _at(event: RequestEvent) -> datetime:
    return datetime.combine(event.happened_on, event.at or time.min)


def _comes_first(event: RequestEvent, timed: list[RequestEvent], story: Story) -> bool:
    """Whether an event without a time must have happened before those of its day that have one."""
    if event.state is RequestState.SENT:
        return story.sent is None and any(_after_sending(one) for one in timed)
    if event.happening is Happening.PAUSED:
        stops = [one.happening for one in timed if one.happening in (Happening.PAUSED, Happening.RESUMED)]
        return not story.paused and stops[:1] == [Happening.RESUMED]
    if event.state in ENDED:
        turns = [one.happening is Happening.REOPENED for one in timed if _turns(one)]
        return story.ended is None and turns[:1] == [True]
    return False


def _after_sending(event: RequestEvent) -> bool:
    stopped = event.happening in (Happening.PAUSED, Happening.RESUMED)
    return stopped or (event.state is not None and event.state not in (*_BEFORE, RequestState.SENT))


def _turns(event: RequestEvent) -> bool:
    return event.happening is Happening.REOPENED or event.state in ENDED


def _rank(event: RequestEvent, paused: bool, ended: bool) -> int:
    """The only order in which events of one moment, or of one day without a time, can have happened."""
    if event.happening is Happening.REOPENED:
        return 0 if ended else 9
    if event.state in ENDED:
        return 9 if ended else 8
    if event.happening in (Happening.PAUSED, Happening.RESUMED):
        return 5 if (event.happening is Happening.RESUMED) == paused else 6
    return 1 if event.state is RequestState.SENT else 2
