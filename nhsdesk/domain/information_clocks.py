"""The clocks of the law: by when a freedom of information or a subject access request is answered, with the working.

Freedom of Information Act 2000, section 10: 20 working days following the day of receipt; where the body asked what was
meant, they are counted from the day it was told. UK GDPR, article 12: one month, to the corresponding date or the last
day of the month, and on to the next working day (ICO, right of access guidance); while what was meant is being asked,
the month stands still.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.working_days import add_working_days, is_working_day, working_days_between

FOI_WORKING_DAYS = 20
SOON_WORKING_DAYS = 5

Holidays = frozenset[date]


@dataclass(frozen=True, slots=True)
class Clock:
    """When an answer is due, how it stands, and how that was worked out; no day while the clock is stopped."""

    due: date | None
    words: str
    tone: Tone
    working: tuple[str, ...]


def clock(request: InformationRequest, today: date, holidays: Holidays) -> Clock:
    """The clock of a request as it stands today."""
    if request.law is RequestLaw.FOI:
        due, working = _foi(request, holidays)
    else:
        due, working = _subject_access(request, holidays)
    words, tone = _standing(request, due, today, holidays)
    return Clock(due, words, tone, tuple(working))


def _stopped(request: InformationRequest) -> bool:
    asked, told = request.clarification_asked_on, request.clarified_on
    return asked is not None and (told is None or told < asked)


def _foi(request: InformationRequest, holidays: Holidays) -> tuple[date | None, list[str]]:
    working = [f"Received on {day_words(request.received)}."]
    if _stopped(request):
        return None, [*working, *_asked(request)]
    begins = max(request.received, request.clarified_on or request.received)
    if begins > request.received:
        working.append(f"What was meant was told on {day_words(begins)}; the days are counted from then.")
    first, due = add_working_days(begins, 1, holidays), add_working_days(begins, FOI_WORKING_DAYS, holidays)
    working.append(f"Working day 1 is {_weekday(first)}; working day {FOI_WORKING_DAYS} is {_weekday(due)}.")
    closed = sorted(one for one in holidays if begins < one <= due and one.weekday() < 5)
    if closed:
        working.append(
            f"Not counted, as bank holidays in England: {', '.join(day_words(one) for one in closed)}."
        )
    return due, working


def _subject_access(request: InformationRequest, holidays: Holidays) -> tuple[date | None, list[str]]:
    working = [f"Received on {day_words(request.received)}."]
    if _stopped(request):
        return None, [*working, *_asked(request)]
    due = month_later(request.received)
    same = due.day == request.received.day
    how = "the corresponding date" if same else "the last day of the month, which has no corresponding date"
    working.append(f"One calendar month on is {_weekday(due)}: {how}.")
    asked, told = request.clarification_asked_on, request.clarified_on
    if asked is not None and told is not None and told > asked:
        waited = (told - asked).days
        due += timedelta(days=waited)
        working.append(f"It stood still for {_days(waited)} while what was meant was asked: {_weekday(due)}.")
    if not is_working_day(due, holidays):
        due = add_working_days(due, 1, holidays)
        working.append(f"That is a weekend or a bank holiday, so the next working day: {_weekday(due)}.")
    return due, working


def _asked(request: InformationRequest) -> list[str]:
    asked = request.clarification_asked_on
    return (
        []
        if asked is None
        else [f"What is meant was asked on {day_words(asked)}; the clock stands still until told."]
    )


def month_later(day: date) -> date:
    """The corresponding date of the next month, or its last day where it has none."""
    following = Month.of(day).plus(1)
    return following.first.replace(day=min(day.day, following.days))


def _standing(
    request: InformationRequest, due: date | None, today: date, holidays: Holidays
) -> tuple[str, Tone]:
    if request.answered_on is not None:
        late = due is not None and request.answered_on > due
        words = f"Answered on {day_words(request.answered_on)}, {'late' if late else 'in time'}"
        return words, Tone.BAD if late else Tone.GOOD
    if due is None:
        return "The clock stands still: waiting to be told what is meant", Tone.GREY
    if today > due:
        over = working_days_between(due, today, holidays)
        return f"Overdue since {day_words(due)}, {_working_days(over)} ago", Tone.BAD
    left = working_days_between(today, due, holidays)
    words = f"Due on {day_words(due)}, " + ("today" if today == due else f"{_working_days(left)} left")
    return words, Tone.WARN if left <= SOON_WORKING_DAYS else Tone.GOOD


def problems(request: InformationRequest, today: date) -> tuple[Problem, ...]:
    """Days in an order in which nothing happens."""
    days = (
        ("received", request.received, "received"),
        ("clarification_asked_on", request.clarification_asked_on, "asked what is meant"),
        ("clarified_on", request.clarified_on, "told what is meant"),
        ("answered_on", request.answered_on, "answered"),
    )
    found = []
    for name, on, what in days:
        if on is not None and (on < request.received or on > today):
            wrong = "has not come" if on > today else "is before it was received"
            sentence = f"{request.ref}: the day it was {what} {wrong}."
            found.append(Problem(sentence, Weight.ACKNOWLEDGE, "information_request", request.id, name))
    return tuple(found)


def _weekday(day: date) -> str:
    return f"{day:%A} {day_words(day)}"


def _days(number: int) -> str:
    return f"{number} {'day' if number == 1 else 'days'}"


def _working_days(number: int) -> str:
    return f"{number} working {'day' if number == 1 else 'days'}"
