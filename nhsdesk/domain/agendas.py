"""Agendas: start times that add up, when papers must go out, and what goes on to the next meeting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from nhsdesk.domain.bodies import Body, ForwardItem
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, ItemState, Meeting, MeetingStage
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.working_days import add_working_days

_DAY = 24 * 60
HELD = (MeetingStage.HELD, MeetingStage.DRAFT, MeetingStage.FINAL)
"""Stages of a meeting that has taken place."""


GONE = (ItemState.MOVED, ItemState.DROPPED)
"""States of an item that takes no time of the meeting it stood on."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An item with the time it starts and ends; None where what comes before it has no minutes."""

    item: AgendaItem
    start: time | None
    end: time | None


def in_order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """By number; those of one number in the order they were entered."""
    return tuple(sorted(items, key=lambda item: (item.number, item.id)))


def slots(items: Iterable[AgendaItem], starts_at: time | None) -> tuple[Slot, ...]:
    """Each item from when until when: the minutes before it added to the start of the meeting."""
    now = None if starts_at is None else starts_at.hour * 60 + starts_at.minute
    found = []
    for item in in_order(items):
        if item.state in GONE:
            found.append(Slot(item, None, None))
            continue
        after = None if now is None or item.minutes is None else now + item.minutes
        found.append(Slot(item, _clock(now), _clock(after)))
        now = after
    return tuple(found)


def _clock(minutes: int | None) -> time | None:
    """A time of the same day; a meeting that would pass midnight has no times after it."""
    return time(*divmod(minutes, 60)) if minutes is not None and minutes < _DAY else None


def time_words(items: Iterable[AgendaItem], lasts: int | None) -> str:
    """How the planned minutes stand against the time there is, over-run first of all."""
    held = tuple(item for item in items if item.state not in GONE)
    planned = sum(item.minutes or 0 for item in held)
    unknown = sum(item.minutes is None for item in held)
    told = f"{planned:,} minutes planned"
    told += f" of {lasts:,}" if lasts is not None else ""
    if unknown:
        told += f"; {unknown} {'item has' if unknown == 1 else 'items have'} no time yet"
    over = 0 if lasts is None else planned - lasts
    return f"{over:,} minutes over: {told}." if over > 0 else f"{told}."


def papers_due(meeting: Meeting, body: Body | None, holidays: frozenset[date]) -> date | None:
    """The last day papers may go out: so many clear working days, counting neither that day nor the meeting's."""
    if body is None or body.papers_days is None:
        return None
    return add_working_days(meeting.held_on, -(body.papers_days + 1), holidays)


def papers_words(meeting: Meeting, body: Body | None, holidays: frozenset[date], today: date) -> str:
    """When papers must go out by the body's rule, and whether they did."""
    due = papers_due(meeting, body, holidays)
    sent = meeting.papers_sent_on
    if due is None or body is None:
        return f"Papers sent {day_words(sent)}." if sent else "No rule for when papers go out is entered."
    days = body.papers_days
    rule = f"{days} clear working {'day' if days == 1 else 'days'} before: by {day_words(due)}"
    if sent is not None:
        late = "in time" if sent <= due else "late"
        return f"Papers {rule}. Sent {day_words(sent)}, {late}."
    if meeting.held_on < today:
        return f"Papers {rule}. It is not entered when they were sent."
    return f"Papers {rule}{', which has passed' if due < today else ''}."


def dealt_with(item: AgendaItem, decided: Collection[Id | None]) -> bool:
    """Whether a meeting got to an item that nobody gave another state: something was said of it, or decided."""
    return item.state is ItemState.OPEN and (bool(item.said) or item.id in decided)


def unfinished(items: Iterable[AgendaItem], decided: Collection[Id | None] = ()) -> tuple[AgendaItem, ...]:
    """What a meeting did not get to, and that nobody moved or dropped."""
    return tuple(
        item for item in in_order(items) if item.state is ItemState.OPEN and not dealt_with(item, decided)
    )


def only_stands(item: AgendaItem, standing: Iterable[AgendaItem]) -> bool:
    """Whether an item is one that the next agenda begins with anyway, and brings nothing of its own."""
    own = item.ask or item.paper or item.restricted
    return not own and any(_same(item.title, one.title) for one in standing)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def has_been(meeting: Meeting, today: date) -> bool:
    """Whether a meeting took place: by its stage, or by its day where no stage is entered."""
    if meeting.stage is MeetingStage.CANCELLED:
        return False
    if meeting.stage in HELD:
        return True
    return meeting.stage is None and meeting.held_on < today


def meeting_before(meetings: Iterable[Meeting], held_on: date, today: date) -> Meeting | None:
    """The last meeting before a day that took place, or whose day passed while nobody said what became of it."""
    been = [
        one for one in meetings if one.held_on < held_on and (has_been(one, today) or _passed(one, today))
    ]
    return max(been, key=lambda one: (one.held_on, one.id), default=None)


def _passed(meeting: Meeting, today: date) -> bool:
    return meeting.stage in (MeetingStage.PLANNED, MeetingStage.PAPERS_OUT) and meeting.held_on < today


def backlog(items: Iterable[ForwardItem]) -> tuple[ForwardItem, ...]:
    """What waits for no known month and was taken to no meeting."""
    return tuple(one for one in items if one.month is None and one.meeting is None)


def due_in(items: Iterable[ForwardItem], month: Month) -> tuple[ForwardItem, ...]:
    """What the forward plan has for a month, or had for one before it, and that no meeting has taken."""
    return tuple(
        one
        for one in sorted(items, key=lambda one: (str(one.month), one.id))
        if one.month is not None and one.month <= month and one.meeting is None
    )


def plan_of_year(
    items: Iterable[ForwardItem], year: FinancialYear
) -> tuple[tuple[Month, tuple[ForwardItem, ...]], ...]:
    """The forward plan of a financial year, month by month."""
    held = tuple(items)
    return tuple((month, tuple(one for one in held if one.month == month)) for month in year.months)


def refs_from(prefix: str | None, taken: Sequence[str], how_many: int) -> tuple[str, ...]:
    """The next minute references of a body: its prefix and a number of three digits, after the highest so far."""
    if not prefix:
        return ()
    ends = [one.removeprefix(prefix) for one in taken if one.startswith(prefix)]
    last = max((int(one) for one in ends if one.isascii() and one.isdigit()), default=0)
    return tuple(f"{prefix}{last + n:03d}" for n in range(1, how_many + 1))


def numbers_told(words: str | None, prefix: str | None) -> tuple[str, ...]:
    """The references a meeting is said to have used: "PCNB/26/041-044" used four."""
    if not words or not prefix or not words.startswith(prefix):
        return ()
    first, _, last = words.removeprefix(prefix).partition("-")
    return tuple(f"{prefix}{one}" for one in (first, last or first))
