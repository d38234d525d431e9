"""The clocks of a support request: by when it is to be acknowledged, offered something and resolved, with the working.

`read` is one pure function of what happened, what was agreed, the calendar, the local rules and a moment. Limits in
days count whole days from the day after the sending, and leave out a day at whose end the clock stood still; limits in
hours count working time to the minute. A clock that stands still is told as if it went on at the moment of looking.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from nhsdesk.domain import clock_calendar, clock_limits, clock_story
from nhsdesk.domain.clock_calendar import Calendar, Span
from nhsdesk.domain.clock_limits import Asked
from nhsdesk.domain.clock_story import Change, Gap, Moment, Pause, Story
from nhsdesk.domain.kinds import Choice, Tone
from nhsdesk.domain.requests import Level, RequestEvent, RequestState, WaitingOn
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.service_levels import Clock, ClosedDay, ServiceLevel, Unit
from nhsdesk.domain.working_days import ONE_DAY

LONDON = ZoneInfo("Europe/London")


class Stand(Choice):
    """How a clock stands."""

    NOT_SENT = "not sent"
    NO_LIMIT = "no time limit is settled"
    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    MET = "met"
    MET_LATE = "met late"
    ENDED = "ended before"

    @property
    def tone(self) -> Tone:
        """Late is bad, met good; a pause wants attention."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {"paused": Tone.WARN, "late": Tone.BAD, "met late": Tone.BAD, "met": Tone.GOOD}


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What is settled locally about clocks, as `rules.QUESTIONS` asks it."""

    after_closing: str = "that day"
    change: str = "from the sending"
    limit: str = "the day of sending"
    reopened: str = "it goes on"
    pauses_acknowledge: str = "anybody but the host"
    pauses_offer: str = "anybody but the host"
    pauses_resolve: str = "anybody but the host"

    @classmethod
    def of(cls, rules: Rules) -> ClockRules:
        """The rules in force."""
        return cls(**{name: rules.text(f"clock.{name}") for name in cls.__dataclass_fields__})

    def stops(self, clock: Clock, waiting_on: WaitingOn | None) -> bool:
        """Whether a clock stands still while a request waits on somebody."""
        by = {
            Clock.ACKNOWLEDGE: self.pauses_acknowledge,
            Clock.OFFER: self.pauses_offer,
            Clock.RESOLVE: self.pauses_resolve,
        }[clock]
        return {
            "anybody": True,
            "nobody": False,
            "the practice or us": waiting_on in (WaitingOn.PRACTICE, WaitingOn.US),
        }.get(by, waiting_on is not WaitingOn.HOST)


def calendar(rules: Rules, closed: Iterable[ClosedDay]) -> Calendar:
    """The calendar as settled locally."""
    opens, closes = (time.fromisoformat(rules.text(f"clock.{one}")) for one in ("opens", "closes"))
    return Calendar(rules.holidays, frozenset(one.closed_on for one in closed), opens, closes)


def end_of(day: date) -> datetime:
    """The last minute of a day in London, for looking back at how clocks stood then."""
    return datetime.combine(day, time(23, 59), LONDON)


class StepKind(Enum):
    """What a step of the working tells."""

    SENT = "sent"
    LIMIT = "limit"
    CHANGED = "changed"
    PAUSED = "paused"
    NOT_PAUSED = "paused without stopping"
    IDLE = "went on without pause"
    GAP = "closed"
    AGAIN = "began again"
    SHUT = "days not counted"
    COUNTED = "counted"
    REACHED = "reached"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working, as values; `clock_words` words it. `still` and `lost` are working days or minutes."""

    kind: StepKind
    first: Moment | None = None
    last: Moment | None = None
    waiting_on: WaitingOn | None = None
    state: RequestState | None = None
    still: int = 0
    lost: int = 0
    risk: int | None = None
    level: Level | None = None
    limit: ServiceLevel | None = None
    days: tuple[date, ...] = ()
    after_due: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock as it stands. `amount`, `used` and `late_by` are days, or minutes where the limit is in hours."""

    clock: Clock
    stand: Stand
    due: date | None = None
    due_at: time | None = None
    unit: Unit = Unit.WORKING_DAYS
    amount: int = 0
    used: int = 0
    late_by: int = 0
    paused: bool = False
    done: Moment | None = None
    steps: tuple[Step, ...] = ()

    @property
    def left(self) -> int:
        """What is left of the limit; less than nothing once it is over."""
        return self.amount - self.used

    @property
    def goes(self) -> bool:
        """Whether it has a limit and has neither been reached nor ended."""
        return self.stand in (Stand.RUNNING, Stand.PAUSED, Stand.LATE)

    @property
    def late(self) -> bool:
        """Whether its limit was passed, reached since or not."""
        return self.late_by > 0 or self.stand in (Stand.LATE, Stand.MET_LATE)


def read(
    events: Iterable[RequestEvent],
    levels: Sequence[ServiceLevel],
    calendar: Calendar,
    now: datetime,
    *,
    risk: int | None = None,
    level: Level | None = None,
    rules: ClockRules | None = None,
) -> tuple[Reading, Reading, Reading]:
    """The three clocks of a request at a moment: acknowledge, offer, resolve.

    `risk` and `level` are those of the request, for events that do not say what they were. `now` bears its time zone.
    """
    if now.tzinfo is None:
        raise TypeError("a moment needs its time zone")
    at = now.astimezone(LONDON).replace(tzinfo=None)
    story = clock_story.tell(events, at)
    held = _Held(story, tuple(levels), calendar, at, rules or ClockRules(), (risk, level))
    return _one(held, Clock.ACKNOWLEDGE), _one(held, Clock.OFFER), _one(held, Clock.RESOLVE)


@dataclass(frozen=True, slots=True)
class _Held:
    story: Story
    levels: tuple[ServiceLevel, ...]
    calendar: Calendar
    now: datetime
    rules: ClockRules
    asked: tuple[int | None, Level | None]


def _one(held: _Held, clock: Clock) -> Reading:
    sent = held.story.sent
    if sent is None:
        return Reading(clock, Stand.NOT_SENT)
    done = _reached(held.story, clock)
    on = held.now.date() if held.rules.limit == "today" else sent.day
    asked = Asked(clock, *held.asked)
    limit, changed = clock_limits.chosen(held.levels, asked, held.story, sent, done, on, held.rules.change)
    if limit is None:
        steps = (Step(StepKind.SENT, sent), Step(StepKind.LIMIT), *_done_steps(held.story, clock))
        return Reading(clock, Stand.NO_LIMIT, done=done, steps=steps)
    return _Working(held, clock, limit, sent, changed).reading()


# ---- reached, or ended before


def _reached(story: Story, clock: Clock) -> Moment | None:
    """When a clock stopped for good: what it runs to was reached, or the request had ended."""
    if clock is not Clock.RESOLVE and clock in story.reached:
        return story.reached[clock]
    return story.ended[1] if story.ended is not None else None


def _met(story: Story, clock: Clock) -> bool:
    if clock is Clock.RESOLVE:
        return story.ended is not None and story.ended[0] is RequestState.CLOSED
    return clock in story.reached


def _done_steps(story: Story, clock: Clock) -> tuple[Step, ...]:
    done = _reached(story, clock)
    if done is None:
        return ()
    if _met(story, clock):
        return (Step(StepKind.REACHED, done),)
    return (Step(StepKind.ENDED, done, state=story.ended[0] if story.ended else None),)


# ---- the working


@dataclass(slots=True)
class _Working:
    held: _Held
    clock: Clock
    limit: ServiceLevel
    sent: Moment
    changed: Change | None

    def reading(self) -> Reading:
        held, done = self.held, _reached(self.held.story, self.clock)
        begins, start_steps = self._start()
        until = held.now if done is None else done.at
        pauses = [
            one
            for one in held.story.pauses
            if one.first.at < until and (one.last is None or one.last.at > begins.at)
        ]
        gaps = [one for one in held.story.gaps if one.first.at < until and one.last.at >= begins.at]
        stopping = [one for one in pauses if held.rules.stops(self.clock, one.waiting_on)]
        spans = [(one.first.at, min(self._end(one), until)) for one in stopping]
        still = clock_calendar.joined([*spans, *((one.first.at, one.last.at) for one in gaps)])
        due, due_at = self._due(begins.at, still)
        paused = done is None and any(one.last is None for one in stopping)
        used = self._count(begins.at, until, still, ends_paused=paused)
        made = Reading(
            self.clock,
            Stand.RUNNING,
            due,
            due_at,
            self.limit.unit,
            self._amount,
            used,
            paused=paused,
            done=done,
        )
        late_by = self._late_by(made, done)
        stood = self._stood(late_by > 0, paused, done)
        between = self._between(pauses, gaps, begins, made)
        steps = (*start_steps, *between, *self._counted(begins, made))
        return replace(
            made, stand=stood, late_by=late_by, steps=(*steps, *_done_steps(held.story, self.clock))
        )

    @property
    def _hours(self) -> bool:
        return self.limit.unit is Unit.WORKING_HOURS

    @property
    def _amount(self) -> int:
        return self.limit.amount * 60 if self._hours else self.limit.amount

    def _end(self, pause: Pause) -> datetime:
        return self.held.now if pause.last is None else max(pause.first.at, pause.last.at)

    def _start(self) -> tuple[Moment, tuple[Step, ...]]:
        """The moment the limit is counted from, and how it came to be that."""
        begins, story, rules = self.sent, self.held.story, self.held.rules
        steps = [Step(StepKind.SENT, self.sent)]
        if self.changed is not None:
            steps.append(
                Step(StepKind.CHANGED, self.changed.when, risk=self.changed.risk, level=self.changed.level)
            )
            if rules.change == "from the change":
                begins = self.changed.when
        if self.clock is Clock.RESOLVE and story.reopened and rules.reopened == "it begins again":
            begins = max(begins, story.reopened[-1], key=lambda one: one.at)
            steps.append(Step(StepKind.AGAIN, story.reopened[-1]))
        if not self._hours and rules.after_closing == "the next working day" and self._too_late(begins):
            following = self.held.calendar.nth_after(begins.day, 1) or begins.day
            begins = Moment(datetime.combine(following, time.min))
            steps.append(Step(StepKind.AGAIN, begins))
        steps.append(Step(StepKind.LIMIT, limit=self.limit))
        return begins, tuple(steps)

    def _too_late(self, when: Moment) -> bool:
        works = self.held.calendar.works(when.day)
        return not works or (when.timed and self.held.calendar.over(when.at))

    def _days(self, first: date, last: date) -> int:
        """The days that count from one to another, both counted."""
        if self.limit.unit is Unit.CALENDAR_DAYS:
            return max(0, (last - first).days + 1)
        return self.held.calendar.count(first, last)

    def _nth(self, day: date, n: int) -> date | None:
        if self.limit.unit is Unit.CALENDAR_DAYS:
            return None if day.toordinal() + n >= date.max.toordinal() else day + timedelta(days=n)
        return self.held.calendar.nth_after(day, n)

    def _due(self, begins: datetime, still: tuple[Span, ...]) -> tuple[date | None, time | None]:
        if self._hours:
            at = clock_calendar.after_minutes(self.held.calendar, begins, self._amount, still)
            return (None, None) if at is None else (at.date(), at.time())
        day, left = begins.date(), self._amount
        if left == 0:
            return day, None
        for first, last in clock_calendar.days_still(still):
            before = self._days(day + ONE_DAY, first - ONE_DAY) if first > day else 0
            if before >= left:
                break
            left, day = left - before, max(day, last)
        return self._nth(day, left), None

    def _count(
        self, first: datetime, last: datetime, still: tuple[Span, ...] = (), *, ends_paused: bool = False
    ) -> int:
        """Working days or minutes that went by; a last day on which the clock stands still is not used up."""
        if self._hours:
            return clock_calendar.minutes(self.held.calendar, first, last, still)
        begin, end = first.date() + ONE_DAY, last.date() - (ONE_DAY if ends_paused else timedelta())
        stood = (
            self._days(max(begin, one), min(end, other))
            for one, other in clock_calendar.days_still(still)
            if other >= begin and one <= end
        )
        return self._days(begin, end) - sum(stood)

    def _late_by(self, made: Reading, done: Moment | None) -> int:
        if made.due is None:
            return 0
        at = done or Moment(self.held.now, True)
        if not self._hours or made.due_at is None:
            late = at.day > made.due
            return max(1, self._count(datetime.combine(made.due, time.min), at.at)) if late else 0
        due = datetime.combine(made.due, made.due_at)
        late = at.at > due if at.timed else at.day > made.due
        return max(1, self._count(due, at.at)) if late else 0

    def _stood(self, late: bool, paused: bool, done: Moment | None) -> Stand:
        if done is not None and not _met(self.held.story, self.clock):
            return Stand.ENDED
        if done is not None:
            return Stand.MET_LATE if late else Stand.MET
        if late:
            return Stand.LATE
        return Stand.PAUSED if paused else Stand.RUNNING

    # ---- the steps between

    def _between(
        self, pauses: Iterable[Pause], gaps: Iterable[Gap], begins: Moment, made: Reading
    ) -> tuple[Step, ...]:
        """Each pause, each time it had ended and each word to go on, in order; what one pause holds no other holds."""
        steps: list[Step] = []
        covered = begins.at
        for pause in pauses:
            step, covered = self._pause_step(pause, covered, made)
            steps.append(step)
        until = self.held.now if made.done is None else made.done.at
        steps += [Step(StepKind.GAP, one.first, one.last, state=one.state) for one in gaps]
        steps += [Step(StepKind.IDLE, one) for one in self.held.story.without_pause if one.at <= until]
        return tuple(sorted(steps, key=lambda one: (one.first or begins).at))

    def _pause_step(self, pause: Pause, covered: datetime, made: Reading) -> tuple[Step, datetime]:
        ends = self._end(pause)
        after = made.due is not None and pause.first.day > made.due
        if not self.held.rules.stops(self.clock, pause.waiting_on):
            lost = self._count(max(pause.first.at, covered), ends) if ends > covered else 0
            step = Step(
                StepKind.NOT_PAUSED, pause.first, pause.last, pause.waiting_on, lost=lost, after_due=after
            )
            return step, covered
        first = max(pause.first.at, covered)
        still = self._still(first, ends) if ends > first else 0
        step = Step(StepKind.PAUSED, pause.first, pause.last, pause.waiting_on, still=still, after_due=after)
        return step, max(covered, ends)

    def _still(self, first: datetime, last: datetime) -> int:
        if self._hours:
            return self._count(first, last)
        begin = self.sent.day + ONE_DAY
        return sum(
            self._days(max(begin, one), other)
            for one, other in clock_calendar.days_still(((first, last),))
            if other >= begin
        )

    def _shut(self, first: date, last: date) -> tuple[date, ...]:
        """The weekdays after one day and up to another that are no working days."""
        if self.limit.unit is Unit.CALENDAR_DAYS:
            return ()
        shut = self.held.calendar.shut
        begin, end = bisect_right(shut, first.toordinal()), bisect_right(shut, last.toordinal())
        return tuple(date.fromordinal(one) for one in shut[begin:end])

    def _counted(self, begins: Moment, made: Reading) -> tuple[Step, ...]:
        if made.due is None:
            return ()
        shut = self._shut(begins.day, made.due)
        step = Step(StepKind.COUNTED, begins, Moment(datetime.combine(made.due, made.due_at or time.min)))
        return (*((Step(StepKind.SHUT, days=shut),) if shut else ()), step)
