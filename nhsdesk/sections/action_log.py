"""Open actions with all that a board's log says of each: the log as a workbook, the week sheet and reminders use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from nhsdesk.domain import action_log, actions
from nhsdesk.domain.action_log import Block
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import meetings, restricted
from nhsdesk.sections.actions import CLOSED_LATELY
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

T = TypeVar("T", bound=Record)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One action as a board's log prints it."""

    ref: str
    id: str
    block: Block
    body: str
    meeting: str
    minute_ref: str
    their_ref: str
    item: str
    what: str
    owner: str
    owner_id: str
    owner_ours: bool
    support: str
    set_on: date | None
    due: date | None
    revised_due: date | None
    times_revised: int
    brag: str
    updates: tuple[str, ...]
    evidence: str
    proposed: bool
    closed_on: date | None
    closed_at: str
    commitment: str
    restricted: bool
    version: int

    @property
    def due_now(self) -> date | None:
        """The day it is due after all revisions."""
        return self.revised_due or self.due


@dataclass(frozen=True, slots=True)
class Facts:
    """Actions that a reader may see in the order of the log, and the references withheld."""

    lines: tuple[LogLine, ...]
    withheld: tuple[str, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The log as at the day of a paper."""
    return log(reader, asked.rules, asked.day, audience)


def of_asked(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The same; where a meeting or a body is asked for, with the actions of that body only."""
    held = gather(reader, asked, audience)
    about = reader.any_of(asked.about) if asked.about is not None else None
    return _of_body(reader, held, about) if isinstance(about, Meeting | Body) else held


def whose(reader: Reader, asked: Asked) -> str:
    """The body whose log a paper is asked for; empty for all of them."""
    about = reader.any_of(asked.about) if asked.about is not None else None
    if isinstance(about, Meeting):
        body = meetings.body_of(reader, about)
        return body.name if body else about.body
    return about.name if isinstance(about, Body) else ""


def _of_body(reader: Reader, held: Facts, about: Meeting | Body) -> Facts:
    """What other bodies set is not this one's to read."""
    body = about if isinstance(about, Body) else meetings.body_of(reader, about)
    sat = meetings.meetings_of(reader, body) if body else (about,) if isinstance(about, Meeting) else ()
    names = {body.name} if body else set()
    names |= {about.body} if isinstance(about, Meeting) else set()
    of_body = {one.id for one in sat}
    withheld = (reader.by_ref(ref) for ref in held.withheld)
    return Facts(
        tuple(line for line in held.lines if line.body in names),
        tuple(
            one.ref
            for one in withheld
            if isinstance(one, Action)
            and (one.meeting in of_body or (body is not None and one.body == body.id))
        ),
    )


def log(reader: Reader, rules: Rules, day: date, audience: Audience) -> Facts:
    """Open actions and those closed within a month; what is restricted only for our own board."""
    found = [one for one in reader.all(Action) if _recent(one, day)]
    hidden = restricted.gather(reader, audience)
    withheld = {one.id for one in found if hidden.hides(one.id, one.commitment, one.item)}
    shown = [one for one in found if one.id not in withheld]
    names = _Names(reader, shown, hidden)
    lines = [_line(one, names, rules, day) for one in shown]
    lines.sort(key=lambda line: (action_log.ORDER.index(line.block), line.due_now or date.max, int(line.id)))
    return Facts(tuple(lines), tuple(one.ref for one in found if one.id in withheld))


def _recent(one: Action, day: date) -> bool:
    return one.closed_on is None or one.closed_on > day - CLOSED_LATELY


def closed_with_a_date(reader: Reader, day: date, audience: Audience) -> tuple[Action, ...]:
    """Actions closed within a year that had a day to be done by; what is restricted only for our own board."""
    hidden = restricted.gather(reader, audience)
    return tuple(
        one
        for one in reader.all(Action)
        if one.closed_on is not None
        and one.closed_on > day - A_YEAR
        and (one.revised_due or one.due) is not None
        and not hidden.hides(one.id, one.commitment, one.item)
    )


class _Names:
    """What actions name, read once; what is withheld of it has no words."""

    def __init__(self, reader: Reader, found: list[Action], hidden: Restricted) -> None:
        self.meetings = reader.several(
            Meeting, _ids(id_ for one in found for id_ in (one.meeting, one.closed_at))
        )
        boards = [one.board for one in self.meetings.values()]
        self.bodies = reader.several(Body, _ids([*boards, *(one.body for one in found)]))
        self.items = {
            id_: replace(one, title=restricted.WORDS) if hidden.hides(id_) else one
            for id_, one in reader.several(AgendaItem, _ids(one.item for one in found)).items()
        }
        self.owners = reader.several(Person, _ids(one.owner for one in found))
        self.commitments = {
            id_: replace(one, title=restricted.WORDS) if hidden.hides(id_) else one
            for id_, one in reader.several(Commitment, _ids(one.commitment for one in found)).items()
        }
        self.ours = {one.id for one in reader.all(Organisation, ours=True)}
        self.updates: dict[Id, list[ActionUpdate]] = {}
        for update in sorted(reader.all(ActionUpdate), key=lambda one: (one.said_on, one.id)):
            told = replace(update, said=restricted.WORDS) if hidden.hides(update.id) else update
            self.updates.setdefault(update.action, []).append(told)


def _ids(found: Iterable[Id | None]) -> list[Id]:
    return [one for one in found if one is not None]


def _of(held: Mapping[Id, T], id_: Id | None) -> T | None:
    return held.get(id_) if id_ is not None else None


def _line(one: Action, names: _Names, rules: Rules, day: date) -> LogLine:
    meeting, owner = _of(names.meetings, one.meeting), _of(names.owners, one.owner)
    body = _of(names.bodies, one.body) or _of(names.bodies, meeting.board if meeting else None)
    item, commitment = _of(names.items, one.item), _of(names.commitments, one.commitment)
    closed_at = _of(names.meetings, one.closed_at)
    return LogLine(
        ref=one.ref,
        id=str(one.id),
        block=action_log.block(one, rules, day),
        body=body.name if body else meeting.body if meeting else "not known",
        meeting=meeting.title_words() if meeting else "",
        minute_ref=one.minute_ref or "",
        their_ref=one.their_ref or "",
        item=f"{item.number}. {item.title}" if item else "",
        what=one.what,
        owner=action_log.owner_words(one, owner.role_title if owner else ""),
        owner_id=str(owner.id) if owner else "",
        owner_ours=owner is not None and owner.organisation in names.ours,
        support=one.support or "",
        set_on=one.set_on,
        due=one.due,
        revised_due=one.revised_due,
        times_revised=one.times_revised or 0,
        brag=actions.brag(one, rules, day).words,
        updates=tuple(f"{day_words(said.said_on)}: {said.said}" for said in names.updates.get(one.id, ())),
        evidence=one.evidence or "",
        proposed=one.proposed_for_closure,
        closed_on=one.closed_on,
        closed_at=closed_at.title_words() if closed_at else "",
        commitment=f"{commitment.ref} {commitment.title}" if commitment else "",
        restricted=one.restricted,
        version=one.version,
    )


def open_lines(facts: Facts) -> tuple[LogLine, ...]:
    """Those that are not closed."""
    return tuple(line for line in facts.lines if line.closed_on is None)


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each, to be looked through for names."""
    for one in facts.lines:
        words = (one.what, one.owner, one.support, one.item, one.evidence, one.commitment, *one.updates)
        yield one.ref, "\n".join(words)


def count_words(facts: Facts) -> str:
    """How many are open, and how many of them red: "17 actions are open, 3 of them red"."""
    open_ = open_lines(facts)
    red = sum(line.brag.startswith("Red") for line in open_)
    told = "1 action is open" if len(open_) == 1 else f"{len(open_)} actions are open"
    return f"{told}, {red} of them red"
