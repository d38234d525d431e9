"""The agenda of a meeting: start times that add up, purpose, presenter and paper, with what came along from before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from nhsdesk.documents.model import Block, Bullets, CellKind, Column, Paragraph, Report, Table
from nhsdesk.domain import agendas
from nhsdesk.domain.agendas import Slot
from nhsdesk.domain.meetings import Meeting, MeetingStage
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, due_with_next_meeting
from nhsdesk.sections import apart, enclosures, guarded_practices, heading, meetings, restricted
from nhsdesk.sections.enclosures import MeetingPapers
from nhsdesk.sections.meetings import MeetingView
from nhsdesk.sections.restricted import WORDS, Restricted
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item as an agenda prints it."""

    ref: str
    id: str
    number: int
    starts: str
    minutes: int | None
    title: str
    purpose: str
    presenter: str
    ask: str
    paper: str


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """An open action of an earlier meeting."""

    ref: str
    id: str
    what: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """One meeting to come; nothing in it where none is."""

    heading: Heading
    title: str
    when: str
    papers: str
    quorum: tuple[str, ...]
    times: str
    items: tuple[ItemFacts, ...]
    open_before: tuple[OpenFacts, ...]
    interests: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """The meeting that was chosen, or the next from the day of the paper on."""
    meeting = _meeting(reader, asked)
    head = heading.gather(reader, asked)
    if meeting is None:
        return Facts(head, "Agenda", "", "", (), "", (), (), (), ())
    each, hidden = apart.Read(), restricted.gather(reader, audience)
    seen = cache(lambda: meetings.view(reader, meeting, asked.day))
    holidays = asked.rules.holidays
    papers = each.of(_MEETING, lambda: agendas.papers_words(meeting, seen().body, holidays, asked.day))
    times, items = each.of(_AGENDA, lambda: _timed(reader, seen(), hidden, audience)) or ("", ())
    facts = Facts(
        heading=head,
        title=meeting.title_words(),
        when=_when(meeting),
        papers=papers or "",
        quorum=each.of(_QUORUM, lambda: seen().quorum.steps) or (),
        times=times,
        items=items,
        open_before=each.of(_OPEN_BEFORE, lambda: _before(seen(), hidden)) or (),
        interests=each.of(_INTERESTS, lambda: _to_confirm(seen(), hidden)) or (),
        problems=(),
    )
    facts = replace(facts, heading=each.under(head))
    return replace(facts, problems=_problems(reader, meeting, facts, audience))


_MEETING, _AGENDA, _QUORUM = "The meeting", "Agenda", "Quorum"
_INTERESTS, _OPEN_BEFORE = "Interests to confirm", "Open actions from earlier meetings"


def _timed(
    reader: Reader, seen: MeetingView, hidden: Restricted, audience: Audience
) -> tuple[str, tuple[ItemFacts, ...]]:
    """The items with the time each starts, and how the times add up."""
    papers = enclosures.gather(reader, seen.items, hidden, audience)
    slots = (slot for slot in seen.slots if slot.item.state not in agendas.GONE)
    return seen.time_words, tuple(_item(seen, hidden, papers, slot) for slot in slots)


def _before(seen: MeetingView, hidden: Restricted) -> tuple[OpenFacts, ...]:
    before = (one for one in seen.open_before if not hidden.hides(one.id, one.commitment, one.item))
    return tuple(
        OpenFacts(
            one.ref, str(one.id), one.what, seen.name(one.owner, one.owner_words or "nobody yet"),
            one.revised_due or one.due,
        )
        for one in before
    )  # fmt: skip


def _to_confirm(seen: MeetingView, hidden: Restricted) -> tuple[str, ...]:
    return tuple(
        f"{seen.name(one.holder)}: {WORDS if hidden.hides(one.id) else one.what}" for one in seen.to_ask
    )


def _meeting(reader: Reader, asked: Asked) -> Meeting | None:
    if asked.about is not None:
        return reader.find(Meeting, asked.about)
    coming = [
        one
        for one in reader.all(Meeting)
        if one.held_on >= asked.day and one.stage is not MeetingStage.CANCELLED
    ]
    return min(coming, key=lambda one: (one.held_on, one.id), default=None)


def _when(meeting: Meeting) -> str:
    at = f" at {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
    return f"{day_words(meeting.held_on)}{at}{f', {meeting.place}' if meeting.place else ''}"


def _item(seen: MeetingView, hidden: Restricted, papers: MeetingPapers, slot: Slot) -> ItemFacts:
    item = slot.item
    starts = f"{slot.start:%H:%M}" if slot.start else ""
    if hidden.hides(item.id):
        return ItemFacts(item.ref, str(item.id), item.number, starts, item.minutes, WORDS, "", "", "", "")
    return ItemFacts(
        ref=item.ref,
        id=str(item.id),
        number=item.number,
        starts=starts,
        minutes=item.minutes,
        title=item.title,
        purpose=item.purpose.words if item.purpose else "",
        presenter=seen.name(item.presenter),
        ask=item.ask or "",
        paper=papers.words(item),
    )


def _problems(reader: Reader, meeting: Meeting, facts: Facts, audience: Audience) -> tuple[Problem, ...]:
    ref, id_ = meeting.ref, meeting.id
    found = []
    if not facts.items and _AGENDA not in facts.heading.failed:
        found.append(Problem(f"{ref}: there is no agenda item yet.", Weight.MUST_FIX, "meeting", id_))
    if "over" in facts.times:
        sentence = f"{ref}: {facts.times}"
        found.append(Problem(sentence, Weight.ACKNOWLEDGE, "meeting", id_))
    if "late" in facts.papers or "passed" in facts.papers:
        found.append(Problem(f"{ref}: {facts.papers}", Weight.ACKNOWLEDGE, "meeting", id_))
    if audience is not Audience.OWN_BOARD:
        guarded = guarded_practices.guarded(reader)
        texts = [(one.ref, "\n".join((one.title, one.ask, one.paper))) for one in facts.items]
        texts += [(one.ref, one.what) for one in facts.open_before]
        texts.append((ref, "\n".join((facts.title, facts.when, *facts.quorum, *facts.interests))))
        found += [problem for at, text in texts for problem in guarded_practices.naming(guarded, at, text)]
    return tuple(found)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before an agenda goes out."""
    none = () if facts.title != "Agenda" else (
        Problem("No meeting to come is entered. Begin one from its series.", Weight.MUST_FIX),
    )  # fmt: skip
    return (*heading.check(facts.heading), *none, *facts.problems)


def in_short(facts: Facts) -> str:
    """How many items."""
    if _AGENDA in facts.heading.failed:
        return apart.IN_SHORT
    return f"{len(facts.items)} {'item' if len(facts.items) == 1 else 'items'}"


_COLUMNS = (
    Column("No", CellKind.WHOLE),
    Column("Time"),
    Column("Item"),
    Column("Purpose"),
    Column("Presenter"),
    Column("Paper"),
    Column("Minutes", CellKind.WHOLE),
)
_OPEN = (Column("Ref"), Column("Action"), Column("Lead"), Column("By", CellKind.DAY))


def compile(facts: Facts) -> Report:
    """The agenda."""
    blocks: dict[str, Callable[[Facts], tuple[Block, ...]]] = {
        _MEETING: lambda held: (Paragraph(held.when), Paragraph(held.papers)),
        _AGENDA: _items,
        _QUORUM: lambda held: (Bullets(held.quorum),) if held.quorum else (Paragraph("Not entered."),),
        _INTERESTS: _interests,
        _OPEN_BEFORE: _open,
    }
    return heading.report(facts.heading, facts, "Agenda", facts.title, apart.titled(facts, blocks))


def _items(facts: Facts) -> tuple[Block, ...]:
    rows = tuple(
        (one.number, one.starts, _title(one), one.purpose, one.presenter, one.paper, one.minutes)
        for one in facts.items
    )
    items: tuple[Block, ...] = (Table("Agenda", _COLUMNS, rows),) if rows else (Paragraph("No item yet."),)
    return (*items, Paragraph(facts.times))


def _title(one: ItemFacts) -> str:
    return f"{one.title}. The body is asked to: {one.ask}" if one.ask else one.title


def _interests(facts: Facts) -> tuple[Block, ...]:
    if not facts.interests:
        return (Paragraph("None is entered of those who sit on this body. Ask at the start of the meeting."),)
    return (Bullets(facts.interests),)


def _open(facts: Facts) -> tuple[Block, ...]:
    if not facts.open_before:
        return (Paragraph("There are no outstanding actions."),)
    rows = tuple((one.ref, one.what, one.owner, one.due) for one in facts.open_before)
    return (Table("Open actions", _OPEN, rows),)


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    gather_for: Callable[[Reader, Asked], Facts] = partial(gather, audience)
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for, check=check,
        compile=compile, due=due_with_next_meeting, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("agenda", "Agenda, without restricted items", Audience.PARTNERS)
OWN = _paper("agenda-own", "Agenda for our own board", Audience.OWN_BOARD)
