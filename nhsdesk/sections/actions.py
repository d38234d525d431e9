"""The action log as boards print it: what, who, by when, the BRAG word, and the last that was said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from nhsdesk.documents.model import CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import action_log, actions
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Person
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action as at the day of the paper."""

    ref: str
    id: str
    meeting: str
    what: str
    owner: str
    due: date | None
    revised_due: date | None
    times_revised: int
    brag: str
    last_update: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Open actions and those closed lately that a reader may see, and the references withheld."""

    lines: tuple[ActionFacts, ...]
    withheld: tuple[str, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Open actions and those closed within a month; what is restricted only for our own board."""
    found = reader.all(Action)
    hidden = restricted.gather(reader, audience)
    withheld = {one.id for one in found if hidden.hides(one.id, one.commitment, one.item)}
    shown = [one for one in found if one.id not in withheld and _recent(one, asked.day)]
    updates: dict[Id, ActionUpdate] = {}
    for update in sorted(reader.all(ActionUpdate), key=lambda update: (update.said_on, update.id)):
        updates[update.action] = replace(update, said=restricted.WORDS) if hidden.hides(update.id) else update
    meetings = reader.several(Meeting, (one.meeting for one in shown if one.meeting is not None))
    owners = reader.several(Person, (one.owner for one in shown if one.owner is not None))
    lines = []
    for one in sorted(
        shown, key=lambda one: (one.closed_on is not None, one.revised_due or one.due or date.max, one.id)
    ):
        meeting = meetings.get(one.meeting) if one.meeting is not None else None
        owner = owners.get(one.owner) if one.owner is not None else None
        lines.append(_line(one, asked, meeting, owner, updates.get(one.id)))
    return Facts(tuple(lines), tuple(one.ref for one in found if one.id in withheld))


CLOSED_LATELY = timedelta(days=31)


def _recent(one: Action, day: date) -> bool:
    """Open, or closed within the last month: a board has read of the rest."""
    return one.closed_on is None or one.closed_on > day - CLOSED_LATELY


def _line(
    one: Action, asked: Asked, meeting: Meeting | None, owner: Person | None, update: ActionUpdate | None
) -> ActionFacts:
    return ActionFacts(
        ref=one.ref,
        id=str(one.id),
        meeting=meeting.title_words() if meeting else "",
        what=one.what,
        owner=action_log.owner_words(one, owner.role_title if owner else ""),
        due=one.due,
        revised_due=one.revised_due,
        times_revised=one.times_revised or 0,
        brag=actions.brag(one, asked.rules, asked.day).words,
        last_update=update.said if update else "",
        closed_on=one.closed_on,
    )


def open_words(facts: Facts) -> str:
    """How many actions are open."""
    open_ = sum(line.closed_on is None for line in facts.lines)
    return "1 action is open" if open_ == 1 else f"{open_} actions are open"


_COLUMNS = (
    Column("Ref"),
    Column("Action"),
    Column("Owner"),
    Column("Original date", CellKind.DAY),
    Column("Revised date", CellKind.DAY),
    Column("BRAG"),
    Column("Last update"),
)


def section(facts: Facts) -> Section:
    """The open actions first, then the closed."""
    if not facts.lines and not facts.withheld:
        return Section("Actions", (Paragraph("No action is open, and none was closed within a month."),))
    rows = tuple(
        (line.ref, line.what, line.owner, line.due, line.revised_due, line.brag, line.last_update)
        for line in facts.lines
    )
    red = sum(line.brag.startswith("Red") for line in facts.lines)
    words = f"{open_words(facts)}, {red} of them red. Dates are as first set and as last revised."
    table = (Table("Action log", _COLUMNS, rows),) if rows else ()
    blocks = (Paragraph(words), *table, *withheld_items(facts.withheld))
    return Section("Actions", blocks, figures=(*counted(facts), *_red(facts)))


_OPEN = "those not closed that the readers of this paper may see"


def counted(facts: Facts) -> tuple[Figure, ...]:
    """How many actions are open."""
    refs = tuple(line.ref for line in facts.lines if line.closed_on is None)
    return (Figure(open_words(facts), f"{len(refs)}", "Open actions", _OPEN, refs),) if facts.lines else ()


def _red(facts: Facts) -> tuple[Figure, ...]:
    refs = tuple(line.ref for line in facts.lines if line.brag.startswith("Red"))
    if not facts.lines:
        return ()
    by = f"{_OPEN}, overdue or with a date revised twice or more"
    return (Figure(f"{len(refs)} of them red", f"{len(refs)}", "Red actions", by, refs),)
