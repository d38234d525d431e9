"""The working of a clock in words a person can follow with a calendar beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhsdesk.domain.clock_story import Moment
from nhsdesk.domain.clocks import Reading, Stand, Step, StepKind
from nhsdesk.domain.periods import MONTH_NAMES, day_words
from nhsdesk.domain.service_levels import ServiceLevel, Unit

NO_LIMIT = "No time limit is settled."


def steps(reading: Reading) -> tuple[str, ...]:
    """Each step of the working as a sentence."""
    return tuple(_step(one, reading) for one in reading.steps)


def standing(reading: Reading) -> str:
    """How a clock stands, in one sentence without its full stop."""
    match reading.stand:
        case Stand.NOT_SENT:
            return "Begins when the request is sent"
        case Stand.NO_LIMIT:
            told = "" if reading.done is None else f"; {reading.clock.value} on {_long(reading.done.day)}"
            return NO_LIMIT.rstrip(".") + told
        case Stand.RUNNING:
            return f"Due {due(reading)}, {quantity(reading.left, reading.unit)} left"
        case Stand.PAUSED:
            return f"Paused; if it went on now, due {due(reading)}"
        case Stand.LATE:
            return f"Late by {quantity(reading.late_by, reading.unit)}; it was due {due(reading)}"
    return _done(reading)


def short(reading: Reading) -> str:
    """How a clock stands, for a cell of a table."""
    late = quantity(reading.late_by, reading.unit)
    return {
        Stand.NOT_SENT: "Not sent",
        Stand.NO_LIMIT: "No limit settled",
        Stand.RUNNING: f"{quantity(reading.left, reading.unit)} left",
        Stand.PAUSED: f"Paused, {quantity(reading.left, reading.unit)} left",
        Stand.LATE: f"Late by {late}",
        Stand.MET: "In time",
        Stand.MET_LATE: f"{late} late",
        Stand.ENDED: "Ended before",
    }[reading.stand]


def _done(reading: Reading) -> str:
    on = "" if reading.done is None else _long(reading.done.day)
    if reading.stand is Stand.ENDED:
        late = f", {quantity(reading.late_by, reading.unit)} after it was due" if reading.late_by else ""
        return f"The request ended on {on}; no event says that it was {reading.clock.value} before{late}"
    what = reading.clock.value.capitalize()
    if reading.stand is Stand.MET_LATE:
        return f"{what} on {on}, {quantity(reading.late_by, reading.unit)} late; it was due {due(reading)}"
    return f"{what} on {on}, in time; it was due {due(reading)}"


def due(reading: Reading) -> str:
    """The day a clock runs to, with its time where the limit is in hours."""
    if reading.due is None:
        return "on no day that can be named"
    at = f", {reading.due_at:%H:%M}" if reading.due_at is not None else ""
    return f"{_long(reading.due)}{at}"


def quantity(number: int, unit: Unit) -> str:
    """Days, or minutes as hours and minutes: "1 working day", "7 hours 30 minutes"."""
    if unit is not Unit.WORKING_HOURS:
        one = unit.value.removesuffix("s")
        return f"{number:,} {one if number == 1 else unit.value}"
    hours, minutes = divmod(number, 60)
    said = [_counted(hours, "working hour")] if hours or not minutes else []
    return " ".join([*said, *([_counted(minutes, "minute")] if minutes else [])])


def limit_words(limit: ServiceLevel) -> str:
    """A service level in words: "3 working days (SV-002), for risk 3"."""
    unit = limit.unit.value.removesuffix("s") if limit.amount == 1 else limit.unit.value
    made_for = [f"risk {limit.risk}"] if limit.risk is not None else []
    made_for += [f"{limit.level.value} support"] if limit.level is not None else []
    told = f", for {' and '.join(made_for)}" if made_for else ""
    return f"{limit.amount:,} {unit} ({limit.ref or 'not kept'}){told}"


def _step(step: Step, reading: Reading) -> str:
    return _WORDS[step.kind](step, reading)


def _sent(step: Step, reading: Reading) -> str:
    when = step.first
    assert when is not None
    untimed = not when.timed and reading.unit is Unit.WORKING_HOURS and reading.due is not None
    without = "; no time was noted, so the hours count from the beginning of that day" if untimed else ""
    return f"Sent on {_long(when.day)}{f' at {when.at:%H:%M}' if when.timed else ''}{without}."


def _limit(step: Step, reading: Reading) -> str:
    return (
        NO_LIMIT if step.limit is None else f"To be {reading.clock.value} within {limit_words(step.limit)}."
    )


def _changed(step: Step, _: Reading) -> str:
    told = [f"the risk was {step.risk}"] if step.risk is not None else []
    told += [f"the level of support {step.level.value}"] if step.level is not None else []
    return f"From {_short(step.first)} {' and '.join(told)}, for which another limit is settled."


def _paused(step: Step, reading: Reading) -> str:
    none = quantity(0, reading.unit)
    told = f"{_stretch(step)}: {none} lost; {quantity(step.still, reading.unit)} stood still."
    return told if not step.after_due else f"{_stretch(step)}, after it was due: that changes nothing."


def _not_paused(step: Step, reading: Reading) -> str:
    if step.after_due:
        return f"{_stretch(step)}, after it was due: that changes nothing."
    return (
        f"{_stretch(step)}, for which this clock does not stop: {quantity(step.lost, reading.unit)} went by."
    )


def _stretch(step: Step) -> str:
    until = f"to {_short(step.last)}" if step.last is not None else "and not gone on since"
    on = step.waiting_on.value if step.waiting_on is not None else "somebody not named"
    return f"Paused {_short(step.first)} {until}, waiting on {on}"


def _idle(step: Step, _: Reading) -> str:
    return f"Said to go on {_short(step.first)}, though it was not paused: that changes nothing."


def _gap(step: Step, _: Reading) -> str:
    state = step.state.value if step.state is not None else "ended"
    return f"{state.capitalize()} from {_short(step.first)} until it was opened again {_short(step.last)}: not counted."


def _again(step: Step, _: Reading) -> str:
    return f"Counted from {_short(step.first)}."


def _shut(step: Step, _: Reading) -> str:
    return f"Not counted besides weekends: {_listed(step.days)}."


def _counted_words(step: Step, reading: Reading) -> str:
    counted = quantity(reading.amount, reading.unit)
    after = "" if reading.unit is Unit.WORKING_HOURS else "the day after "
    if reading.amount == 0:
        return f"Due at once: {due(reading)}."
    return f"{counted} from {after}{_short(step.first)} end on {due(reading)}."


def _reached(step: Step, reading: Reading) -> str:
    return f"{reading.clock.value.capitalize()} {_short(step.first)}."


def _ended(step: Step, _: Reading) -> str:
    state = step.state.value if step.state is not None else "ended"
    return f"{state.capitalize()} {_short(step.first)}, before this was reached."


_WORDS = {
    StepKind.SENT: _sent,
    StepKind.LIMIT: _limit,
    StepKind.CHANGED: _changed,
    StepKind.PAUSED: _paused,
    StepKind.NOT_PAUSED: _not_paused,
    StepKind.IDLE: _idle,
    StepKind.GAP: _gap,
    StepKind.AGAIN: _again,
    StepKind.SHUT: _shut,
    StepKind.COUNTED: _counted_words,
    StepKind.REACHED: _reached,
    StepKind.ENDED: _ended,
}


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _listed(days: Iterable[date]) -> str:
    return ", ".join(_weekday(one) for one in days)


def _weekday(day: date) -> str:
    return f"{day:%a} {day.day} {MONTH_NAMES[day.month][:3]}"


def _short(moment: Moment | None) -> str:
    if moment is None:
        return "some time"
    return f"{_weekday(moment.day)}{f' {moment.at:%H:%M}' if moment.timed else ''}"


def _long(day: date) -> str:
    return f"{day:%a} {day_words(day)}"
