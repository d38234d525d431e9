"""Which returns are due for which periods, on which day, and which step a filing may take next.

turns(rule, first, last, holidays)         the periods of a return that end between two days, each with its due day
recent_turns(rule, today, holidays)        those of the last year, and the one that is running
open_turns(rule, held, today, holidays)    the periods that were begun and that no filing stands for
standing(filing, today)                    late, due, sent, queried, accepted, replaced; of an invitation: open, closed
step_refused(filing, to, on, today)        why it may not become so, in a sentence

A day is only ever counted from what somebody entered. Where the rule or its number is not known, the due day is
"not known", and nothing is late for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.filings import DueRule, Filing, FilingKind, FilingState, ReturnToMake, Rhythm
from nhsdesk.domain.kinds import Choice, Tone
from nhsdesk.domain.periods import FinancialYear, Month, Quarter, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.working_days import add_working_days

Holidays = frozenset[date]

MONTHS_BACK = 12
"""Periods that ended longer ago are not asked for: a year of returns is the most that anybody catches up with."""

MOST_DAYS = 366
"""Of a rule that counts days; a larger number is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One period of a return: its name as papers give it, its days, and when the return is due."""

    period: str
    first: date | None
    last: date | None
    due_on: date | None


class Standing(Choice):
    """How a filing or an invitation stands on a day."""

    LATE = "late"
    DUE = "due"
    NO_DAY = "due day not known"
    SENT = "sent"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    OPEN = "to be answered"
    CLOSED = "closing day passed, not answered"
    DECLINED = "declined"

    @property
    def tone(self) -> Tone:
        """Late is bad, what waits for us wants attention."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {
    "late": Tone.BAD,
    "closing day passed, not answered": Tone.BAD,
    "queried": Tone.WARN,
    "to be answered": Tone.WARN,
    "sent": Tone.DONE,
    "accepted": Tone.GOOD,
}

WAITING = (Standing.LATE, Standing.CLOSED, Standing.QUERIED, Standing.DUE, Standing.OPEN, Standing.NO_DAY)
"""What asks for something of us, the most pressing first."""


# ---- what is due when


def problems(rule: ReturnToMake) -> tuple[Problem, ...]:
    """Why a return gives no due day, or the wrong ones."""
    found = []
    counted = rule.due_rule in (DueRule.WORKING_DAYS, DueRule.DAYS, DueRule.DAY_OF_MONTH)
    if rule.rhythm is None:
        found.append(("say how often it is made", "rhythm"))
    if rule.due_rule is None:
        found.append(("its due day is not known; say by which rule, and where that is written", "due_rule"))
    if counted and rule.rhythm is Rhythm.ONCE:
        found.append(("a return that is made once is due on a fixed day", "due_rule"))
    if rule.due_rule is DueRule.FIXED and rule.due_on is None:
        found.append(("give the day it is due on", "due_on"))
    if rule.due_rule is DueRule.FIXED and rule.rhythm in (Rhythm.MONTHLY, Rhythm.QUARTERLY):
        found.append(("a fixed day serves a return that is made once or every year", "due_rule"))
    most = 31 if rule.due_rule is DueRule.DAY_OF_MONTH else MOST_DAYS
    if counted and not 1 <= (rule.due_number or 0) <= most:
        found.append((f"give the number of days, or the day, from 1 to {most}", "due_number"))
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        found.append((f"it ends on {day_words(rule.valid_to)}, before it begins", "valid_to"))
    if rule.due_rule is not None and rule.document is None:
        found.append(("say which document its due day is written in", "document"))
    return tuple(
        Problem(f"{rule.ref}: {words}.", Weight.NOTE, "return_to_make", rule.id, field)
        for words, field in found
    )


def rule_words(rule: ReturnToMake) -> str:
    """The rule as a person says it: "Working day 5 after the month", "Not known"."""
    after = {Rhythm.MONTHLY: "month", Rhythm.QUARTERLY: "quarter", Rhythm.YEARLY: "financial year"}.get(
        rule.rhythm or Rhythm.ONCE, "period"
    )
    match rule.due_rule, rule.due_number:
        case DueRule.FIXED, _ if rule.due_on is not None:
            on = day_words(rule.due_on)
            return (
                f"{on.rpartition(' ')[0]}, from the end of the {after} on"
                if rule.rhythm is Rhythm.YEARLY
                else on
            )
        case DueRule.WORKING_DAYS, int(number):
            return f"Working day {number} after the {after}"
        case DueRule.DAYS, int(number):
            return f"{number} {'day' if number == 1 else 'days'} after the {after}"
        case DueRule.DAY_OF_MONTH, int(number):
            return f"Day {number} of the month after the {after}"
        case _:
            return "Not known"


def due_day(rule: ReturnToMake, last: date | None, holidays: Holidays) -> date | None:
    """When it is due for a period that ends on that day; None where that is not known.

    A 31st in a shorter month is its last day, and so is 29 February in a year that has none.
    """
    number = rule.due_number or 0
    try:
        if rule.due_rule is DueRule.FIXED:
            return rule.due_on if last is None else _next_such_day(rule, last)
        if last is None or not 1 <= number <= MOST_DAYS:
            return None
        if rule.due_rule is DueRule.WORKING_DAYS:
            return add_working_days(last, number, holidays)
        if rule.due_rule is DueRule.DAYS:
            return last + timedelta(days=number)
        return _in_month(Month.of(last).plus(1), number) if rule.due_rule is DueRule.DAY_OF_MONTH else None
    except (OverflowError, ValueError):  # after the last day of the calendar
        return None


def _next_such_day(rule: ReturnToMake, last: date) -> date | None:
    """The first day from the period's last on that bears the day and month of the fixed day, in a yearly return.

    A return due on 31 March is due on the last day of its own year: told a year early it costs a look, a year late it
    is missed.
    """
    if rule.due_on is None or rule.rhythm is not Rhythm.YEARLY:
        return None
    found = (
        _in_month(Month(year, rule.due_on.month), rule.due_on.day) for year in (last.year, last.year + 1)
    )
    return next((on for on in found if on is not None and on >= last), None)


def _in_month(month: Month, number: int) -> date | None:
    return month.first.replace(day=min(number, month.days)) if 1 <= number <= 31 else None


def turns(rule: ReturnToMake, first: date, last: date, holidays: Holidays) -> tuple[Turn, ...]:
    """Its periods that end from one day to another, both counted, while it is to be made; oldest first.

    A return that is made once has one, without a name; it is given whatever the days.
    """
    if rule.rhythm is Rhythm.ONCE:
        return (Turn("", None, None, due_day(rule, None, holidays)),)
    first, last = max(first, rule.valid_from or first), min(last, rule.valid_to or last)
    return tuple(
        Turn(name, begins, ends, due_day(rule, ends, holidays))
        for name, begins, ends in _periods(rule.rhythm, first, last)
    )


def _periods(rhythm: Rhythm | None, first: date, last: date) -> Iterator[tuple[str, date, date]]:
    """The periods of a rhythm whose last day lies between two days."""
    if rhythm is None or last < first:
        return
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        month = Month(number // 12, number % 12 + 1)
        if first <= month.last <= last and (named := _period_ending(rhythm, month)) is not None:
            yield (*named, month.last)


def _period_ending(rhythm: Rhythm, month: Month) -> tuple[str, date] | None:
    """The name and first day of the period whose last month that is; None where none ends in it."""
    match rhythm:
        case Rhythm.MONTHLY:
            return month.words, month.first
        case Rhythm.QUARTERLY if month.in_year % 3 == 0:
            return str(Quarter.of(month.first)), month.plus(-2).first
        case Rhythm.YEARLY if month.in_year == 12:
            return str(month.financial_year), month.financial_year.first
        case _:
            return None


def recent_turns(rule: ReturnToMake, today: date, holidays: Holidays) -> tuple[Turn, ...]:
    """Its periods that ended within a year, and the one that is running, oldest first, whether asked for or not."""
    return turns(rule, _back(today), _end_of_running(rule.rhythm, today), holidays)


def open_turns(
    rule: ReturnToMake, held: Iterable[Filing], today: date, holidays: Holidays
) -> tuple[Turn, ...]:
    """What is to be filed and has no filing: periods that have ended, and the one that is running, oldest first.

    Before its first day nothing was asked; where that is not known, it begins with the newest period that has ended.
    A return that is made once is asked for from its first day to its last.
    """
    had = {one.period or "" for one in held if one.made_by == rule.id}
    if rule.rhythm is Rhythm.ONCE:
        begun = rule.valid_from is None or rule.valid_from <= today
        return () if had or not begun else turns(rule, today, today, holidays)
    found = recent_turns(rule, today, holidays)
    if rule.valid_from is None:
        found = found[-2:]
    return tuple(turn for turn in found if turn.period not in had)


def _back(today: date) -> date:
    try:
        return Month.of(today).plus(-MONTHS_BACK).first
    except ValueError:
        return today


def _end_of_running(rhythm: Rhythm | None, today: date) -> date:
    match rhythm:
        case Rhythm.QUARTERLY:
            return Quarter.of(today).months[-1].last
        case Rhythm.YEARLY:
            return FinancialYear.of(today).last
        case _:
            return Month.of(today).last


# ---- how one stands


def standing(filing: Filing, today: date) -> Standing:
    """How a filing stands; its due day itself is not yet late."""
    if filing.state in _BY_STATE:
        return _BY_STATE[filing.state]
    passed = filing.due_on is not None and filing.due_on < today
    if filing.kind is FilingKind.INVITATION:
        return Standing.CLOSED if passed else Standing.OPEN
    if filing.due_on is None:
        return Standing.NO_DAY
    return Standing.LATE if passed else Standing.DUE


_BY_STATE = {
    FilingState.SENT: Standing.SENT,
    FilingState.QUERIED: Standing.QUERIED,
    FilingState.ACCEPTED: Standing.ACCEPTED,
    FilingState.REPLACED: Standing.REPLACED,
    FilingState.DECLINED: Standing.DECLINED,
}


def due_words(due_on: date | None, how: Standing, today: date) -> str:
    """When, beside how it stands: "Late by 3 days", "Due in 5 days", "Due today", "Due day not known"."""
    days = 0 if due_on is None else (due_on - today).days
    match how:
        case Standing.LATE:
            return f"Late by {_days(-days)}"
        case Standing.CLOSED:
            return f"Closed {_days(-days)} ago, not answered"
        case Standing.DUE | Standing.OPEN if due_on is not None:
            verb = "Due" if how is Standing.DUE else "To be answered"
            return f"{verb} in {_days(days)}" if days else f"{verb} today"
        case _:
            return how.words


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


# ---- the next step

_STEPS: dict[FilingKind, dict[FilingState, tuple[FilingState, ...]]] = {
    FilingKind.RETURN: {
        FilingState.DRAFT: (FilingState.SENT,),
        FilingState.SENT: (FilingState.QUERIED, FilingState.ACCEPTED, FilingState.REPLACED),
        FilingState.QUERIED: (FilingState.ACCEPTED, FilingState.REPLACED),
        FilingState.ACCEPTED: (FilingState.QUERIED, FilingState.REPLACED),
        FilingState.REPLACED: (),
    },
    FilingKind.INVITATION: {
        FilingState.DRAFT: (FilingState.OFFERED,),
        FilingState.OFFERED: (FilingState.ACCEPTED, FilingState.DECLINED),
        FilingState.ACCEPTED: (FilingState.DECLINED,),
        FilingState.DECLINED: (FilingState.ACCEPTED,),
    },
}


def next_states(filing: Filing) -> tuple[FilingState, ...]:
    """What it may become next."""
    return _STEPS[filing.kind].get(filing.state, ())


def step_refused(filing: Filing, to: FilingState, on: date, today: date) -> str:
    """Why it may not become so on a day, in a sentence; empty where it may."""
    if to not in next_states(filing):
        return (
            f"{filing.ref} is {filing.state.value}, so it cannot be noted as {to.value}. Nothing was changed."
        )
    if on > today:
        return f"{day_words(on)} has not come. Give the day on which it happened. Nothing was changed."
    if filing.sent_on is not None and on < filing.sent_on:
        sent = day_words(filing.sent_on)
        return f"{filing.ref} was sent on {sent}. What became of it cannot be earlier. Nothing was changed."
    return ""


def after_closing(filing: Filing, on: date) -> str:
    """That an answer to an invitation comes after its last day; empty where it does not."""
    late = filing.kind is FilingKind.INVITATION and filing.due_on is not None and on > filing.due_on
    return f"Its closing day was {day_words(filing.due_on)}." if late and filing.due_on else ""


def line_of(filing: Filing, every: Iterable[Filing]) -> tuple[Filing, ...]:
    """A filing with those before it that it replaces, newest first; a ring in what was typed ends it."""
    by_id = {one.id: one for one in every}
    found = [filing]
    while (before := found[-1].supersedes) in by_id and before not in {one.id for one in found}:
        found.append(by_id[before])
    return tuple(found)
