"""What stands on the page of the day: what is due and late, meetings and their papers, questions, money, changes.

Each part is read by itself, so that a long file shows the first while the next is still being read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nhsdesk import resources
from nhsdesk.documents.model import Chart
from nhsdesk.domain import action_log, agendas, clocks, closing_soon, local_rules, questions
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.closing_soon import Closing
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.filing_rules import Standing
from nhsdesk.domain.filings import FilingKind
from nhsdesk.domain.held import Held
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.links import Attachment, Link, Note, Tag
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting, MeetingStage
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.outturn import NotClaimed
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.questions import Question
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.service_levels import Clock as Until
from nhsdesk.domain.today import Line, Opens, When, day_in_short, due_line, when
from nhsdesk.sections import (
    commitment_views,
    filings_due,
    outturn,
    outturn_charts,
    request_clocks,
    year_position,
)
from nhsdesk.sections.request_clocks import RequestView
from nhsdesk.store import queries
from nhsdesk.store.database import LONDON
from nhsdesk.store.queries import Done
from nhsdesk.store.reading import Reader

MOST_CHANGES = 30
"""Steps of others that are listed one by one."""


# ---- what is due


def due(reader: Reader, now: datetime, today: date, rules: Rules) -> tuple[Line, ...]:
    """Actions, commitments, duties, milestones, what closes, filings, and the clocks of requests, each with its day."""
    held = commitment_views.gather(reader, today, rules)
    owners = _owners(held)
    closing = (_closing(one, owners, today) for one in closing_soon.closing(held))
    return (*closing, *_actions(reader, today), *_filings(reader, today), *_clocks(reader, now, today))


def _owners(held: Held) -> Mapping[Id, frozenset[Id]]:
    """Whose each commitment, duty and milestone is; what nobody can own is missing."""
    found = {one.id: _roles(one.owner, one.deputy) for one in held.commitments}
    for one in held.occurrences:
        duty = held.duties.get(one.duty)
        found[one.id] = _roles(duty.owner if duty else None)
    plans = {one.id: one.owner for one in held.plans}
    found |= {one.id: _roles(plans.get(one.plan)) for one in held.milestones}
    return found


def _roles(*ids: Id | None) -> frozenset[Id]:
    return frozenset(one for one in ids if one is not None)


def _closing(one: Closing, owners: Mapping[Id, frozenset[Id]], today: date) -> Line:
    does = "Due" if one.kind in ("commitment", "occurrence", "milestone") else "Closes"
    return due_line(Opens(one.kind, one.id), one.ref, one.what, one.day, today, owners.get(one.id), does)


def _actions(reader: Reader, today: date) -> Iterator[Line]:
    for one in reader.all(Action, closed_on=None):
        on = action_log.due_now(one)
        if on is not None and not one.proposed_for_closure:
            yield due_line(Opens("action", one.id), one.ref, one.what, on, today, _roles(one.owner))


def _filings(reader: Reader, today: date) -> Iterator[Line]:
    """Returns to make and invitations to answer; those whose day nobody knows stand on their own page alone."""
    opens = Opens(place="Returns and papers", tab="Filings")
    for one in filings_due.due_filings(reader, today):
        if one.due_on is not None and one.standing is not Standing.QUERIED:
            does = "Due" if one.kind is FilingKind.RETURN else "Closes"
            yield due_line(opens, one.ref, one.name, one.due_on, today, None, does)


def _clocks(reader: Reader, now: datetime, today: date) -> Iterator[Line]:
    if not reader.count(SupportRequest):
        return
    for one in request_clocks.gather(reader, now):
        if one.open and (line := _clock(one, today)) is not None:
            yield line


_UNTIL = {
    Until.ACKNOWLEDGE: "request to be acknowledged",
    Until.OFFER: "support to be offered",
    Until.RESOLVE: "request to be resolved",
}


def _clock(one: RequestView, today: date) -> Line | None:
    nearest = one.next
    if nearest is None or nearest.due is None:
        return None
    what = f"{one.practice}: {_UNTIL[nearest.clock]}"
    opens = Opens("support_request", one.request.id)
    line = due_line(opens, one.request.ref, what, nearest.due, today, None)
    if nearest.stand is clocks.Stand.LATE and nearest.due >= today:  # its hour has passed, its day has not
        return Line(line.ref, what, "Late since today", Tone.BAD, opens, nearest.due)
    if nearest.due_at is not None and nearest.due == today:
        told = f"Due today by {nearest.due_at:%H:%M}"
        return Line(line.ref, what, told, Tone.BAD, opens, nearest.due)
    return line


# ---- meetings


def meetings(reader: Reader, today: date, rules: Rules) -> tuple[Line, ...]:
    """Meetings of this week and next, and those whose papers are to be sent by then."""
    coming = [
        one for one in reader.all(Meeting) if one.held_on >= today and one.stage is not MeetingStage.CANCELLED
    ]
    bodies = reader.several(Body, [one.board for one in coming if one.board is not None])
    found: list[Line] = []
    for one in sorted(coming, key=lambda one: (one.held_on, one.id)):
        board = bodies.get(one.board) if one.board is not None else None
        found += _meeting(one, agendas.papers_due(one, board, rules.holidays), today)
    return tuple(found)


def _meeting(one: Meeting, papers_by: date | None, today: date) -> Iterator[Line]:
    opens = Opens("meeting", one.id)
    if papers_by is not None and one.papers_sent_on is None and when(papers_by, today) is not When.LATER:
        what = f"Papers for {one.body}, {day_in_short(one.held_on, today)}"
        yield due_line(opens, "", what, papers_by, today, None, "Send by")
    if when(one.held_on, today) is not When.LATER:
        starts = f", {one.starts_at:%H:%M}" if one.starts_at else ""
        told = f"Meets {day_in_short(one.held_on, today)}{starts}"
        yield Line("", one.body, told, Tone.GREY, opens, one.held_on)


# ---- questions


def unanswered(reader: Reader, today: date) -> tuple[Line, ...]:
    """Questions that wait for their answer, the longest first."""
    found = questions.unanswered(reader.all(Question), 0, today)
    return tuple(_question(one, questions.days_waiting(one, today, one.asked_on) or 0) for one in found)


def _question(one: Question, days: int) -> Line:
    told = f"Waits {days:,} {'day' if days == 1 else 'days'}"
    tone = Tone.WARN if one.asker in questions.THE_PUBLIC else Tone.GREY
    return Line(one.ref, one.question, told, tone, Opens("question", one.id))


# ---- money


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The ARRS year in four figures, what would be lost, months not claimed, and the chart of it."""

    year: FinancialYear
    entitlement: Money | None
    claimed: Money
    forecast: Money
    complete: bool
    lost: Money | None
    loss: str
    not_claimed: tuple[Line, ...]
    chart: Chart


def money(reader: Reader, today: date, left_open: FinancialYear | None = None) -> MoneyFacts | None:
    """This financial year as it is known today, with the months of one that is over and not closed yet.

    None where no post and no claim is entered.
    """
    if not reader.count(Post) and not reader.count(Claim):
        return None
    year = FinancialYear.of(today)
    position, _ = year_position.gather(reader, year, today)
    worked, loss = position.outturn, position.loss
    behind = worked.not_claimed
    if left_open is not None:
        behind = (
            outturn.work_out(outturn.read(reader, left_open, today), left_open, today).not_claimed + behind
        )
    return MoneyFacts(
        year, worked.entitlement.amount, worked.claimed, worked.forecast, worked.complete, loss.amount, loss.words,
        tuple(_month(one, today) for one in behind), outturn_charts.by_month(worked),
    )  # fmt: skip


def _month(one: NotClaimed, today: date) -> Line:
    opens = Opens(place="ARRS", tab="Claim month")
    what = f"ARRS claim for {one.month.words_with_number} ({one.amount_words})"
    if one.too_late:
        return Line("", what, "Too late to claim", Tone.BAD, opens, one.last_day)
    if one.last_day is None:
        return Line("", what, "Not claimed", Tone.WARN, opens)
    return due_line(opens, "", what, one.last_day, today, None, "Claim by")


# ---- what changed


@dataclass(frozen=True, slots=True)
class Changed:
    """What others did since a place in the journal, the newest first, and the place it was read at."""

    position: int
    lines: tuple[Line, ...]
    more: bool
    unsettled: int
    """Fields that were changed on both sides and wait for a person."""


def changed(reader: Reader, since: int, me: str, today: date) -> Changed:
    """Steps of others and of a merge after a place in the journal; each opens the first entry it touched."""
    found = queries.of_others(reader, since, me, most=MOST_CHANGES + 1)
    lines = tuple(_changed(reader, one, today) for one in found[:MOST_CHANGES])
    return Changed(queries.position(reader), lines, len(found) > MOST_CHANGES, len(queries.conflicts(reader)))


def _changed(reader: Reader, one: Done, today: date) -> Line:
    entries = "1 entry" if one.touched == 1 else f"{one.touched:,} entries"
    moment = datetime.fromisoformat(one.step.moment).astimezone(ZoneInfo(LONDON))
    told = f"{day_in_short(moment.date(), today)} {moment:%H:%M}"
    what = f"{one.step.label} ({entries})"
    return Line(one.step.who, what, told[:1].upper() + told[1:], Tone.GREY, _first(reader, one))


def _first(reader: Reader, one: Done) -> Opens:
    """The first entry of a step that is there still; of a note or tag what it is about."""
    for kind, id_ in one.entries:
        record = reader.find(KINDS[kind].cls, Id(id_)) if kind in KINDS else None
        if isinstance(record, Note | Tag | Attachment):
            record = reader.any_of(record.on)
        if isinstance(record, Link):
            record = reader.any_of(record.source)
        if record is not None:
            return Opens(record.KIND.name, record.id)
    return Opens()


# ---- who looks


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who may look at the page."""

    id: Id
    ref: str
    title: str


def roles(reader: Reader, today: date) -> tuple[Role, ...]:
    """Those in their role still; our own people first, each by the title of the role."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    held = [one for one in reader.all(Person) if one.ends is None or one.ends >= today]
    held.sort(key=lambda one: (one.organisation not in ours, one.role_title.casefold(), one.id))
    return tuple(Role(one.id, one.ref, one.role_title) for one in held)


def is_new(reader: Reader) -> bool:
    """Whether nothing is entered yet that work could be about."""
    return not any(reader.count(one) for one in (Post, Claim, Commitment, Action, Meeting, SupportRequest))


def rules(reader: Reader, today: date) -> Rules:
    """The local rules in force today."""
    return local_rules.in_force(reader.counting(LocalRule), today, resources.bank_holidays())
