"""Boards and groups as their page shows them, and where general practice has no voice, as a board reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents import tracing
from nhsdesk.documents.model import Block, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import agendas, quorum, seats
from nhsdesk.domain.areas import Area
from nhsdesk.domain.bodies import Body, CountedOf, ForwardItem, Interest, QuorumNeed, Seat
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Attendance, Meeting
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.seats import Member, Rate, Voice
from nhsdesk.papers import Asked
from nhsdesk.sections import meetings
from nhsdesk.store.reading import Reader

TITLE = "Where general practice has no voice"


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat with who holds it and how often they were there."""

    seat: Seat
    body: str
    holder: str
    deputy: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body with its seats, its rule of quorum worked out, its gaps and its plan."""

    body: Body
    accountable: str
    belongs_to: str
    area: str
    seats: tuple[SeatView, ...]
    voice: Voice
    steps: tuple[str, ...]
    least: tuple[Member, ...]
    year: tuple[tuple[Month, tuple[ForwardItem, ...]], ...]
    backlog: tuple[ForwardItem, ...]
    next_meeting: Meeting | None
    papers: str
    successor: str
    turnover: str
    names: Mapping[Id, str]


@dataclass(frozen=True, slots=True)
class InterestView:
    """An interest with whose it is."""

    interest: Interest
    holder: str


def all_bodies(reader: Reader, today: date, holidays: frozenset[date]) -> tuple[BodyView, ...]:
    """Every body still in being, then those that ended."""
    every = sorted(reader.all(Body), key=lambda one: (_over(one, today), one.id))
    held, attendance = seats.by_body(reader.all(Seat)), reader.all(Attendance)
    names = meetings.names(reader)
    return tuple(_view(reader, one, held, _by_seat(attendance), names, today, holidays) for one in every)


def _over(body: Body, today: date) -> bool:
    return body.valid_to is not None and body.valid_to < today


def _by_seat(attendance: tuple[Attendance, ...]) -> Mapping[Id, tuple[Attendance, ...]]:
    found: dict[Id, list[Attendance]] = {}
    for one in attendance:
        if one.seat is not None:
            found.setdefault(one.seat, []).append(one)
    return {seat: tuple(held) for seat, held in found.items()}


def _view(
    reader: Reader,
    body: Body,
    held: Mapping[Id, tuple[Seat, ...]],
    attendance: Mapping[Id, tuple[Attendance, ...]],
    names: Mapping[Id, str],
    today: date,
    holidays: frozenset[date],
) -> BodyView:
    area = reader.find(Area, body.place)
    own, plan = held.get(body.id, ()), reader.all(ForwardItem, body=body.id)
    after = reader.find(Body, body.successor)
    coming = [one for one in meetings.meetings_of(reader, body) if one.held_on >= today]
    soonest = min(coming, key=lambda one: (one.held_on, one.id), default=None)
    practices = len(meetings.our_practices(reader)) if body.quorum_of is CountedOf.PRACTICES else None
    needs = reader.all(QuorumNeed, body=body.id)
    return BodyView(
        body=body,
        accountable=seats.accountable(body, names.get(body.accountable_body or Id(0), "")),
        belongs_to=names.get(body.organisation or Id(0), ""),
        area=area.name if area else "",
        seats=tuple(_seat(one, body, attendance.get(one.id, ()), names) for one in own),
        voice=seats.voice(body, own),
        steps=quorum.rule_steps(body, quorum.total(body, own, practices), needs),
        least=seats.least_membership(body, own),
        year=agendas.plan_of_year(plan, FinancialYear.of(today)),
        backlog=agendas.backlog(plan),
        next_meeting=soonest,
        papers=agendas.papers_words(soonest, body, holidays, today) if soonest else "",
        successor=after.name if after else "",
        turnover=seats.turnover_words(own, held.get(after.id, ()), after.name) if after else "",
        names=names,
    )


def _seat(seat: Seat, body: Body, attendance: tuple[Attendance, ...], names: Mapping[Id, str]) -> SeatView:
    return SeatView(
        seat,
        body.name,
        names.get(seat.holder or Id(0), ""),
        names.get(seat.deputy or Id(0), ""),
        seats.rate(seat, attendance),
    )


def interests(reader: Reader) -> tuple[InterestView, ...]:
    """Every interest, the one confirmed longest ago first."""
    names = meetings.names(reader)
    every = sorted(reader.all(Interest), key=lambda one: (one.confirmed_on or date.min, one.id))
    return tuple(InterestView(one, names.get(one.holder, "")) for one in every)


# ---- one body in words


def words(one: BodyView) -> str:
    """All that is known of a body, in lines."""
    body = one.body
    lines = [
        f"Set up as: {body.governance.value if body.governance else 'not entered'}",
        f"Area: {one.area or 'not entered'}",
        f"Belongs to: {one.belongs_to or 'not entered'}",
        f"May decide: {seats.may_decide(body)}",
        f"Delegation: {body.delegation or 'not entered'}",
        f"Accountable for the money: {one.accountable}",
        *(f"Quorum: {step}" for step in one.steps),
        one.papers or f"Papers: {_papers_rule(one)}",
        f"Terms of reference: {body.terms_version or 'version not entered'} {until_words(body)}".rstrip(),
        f"General practice: {one.voice.value}",
    ]
    if one.least:
        lines += ["", "Least membership of a place partnership:"]
        lines += [f"{'Gap' if line.gap else 'Held'}: {line.group}, {line.told}" for line in one.least]
    lines += ["", "Forward plan of the year:", *_plan(one)]
    if one.successor:
        lines += ["", f"Succeeded by {one.successor}. {one.turnover}"]
    return "\n".join(lines)


def _papers_rule(one: BodyView) -> str:
    days = one.body.papers_days
    return "no rule entered" if days is None else f"{days} clear working days before each meeting"


def _plan(one: BodyView) -> list[str]:
    found = [
        f"{month.words}: {'; '.join(_planned(item) for item in items)}" for month, items in one.year if items
    ]
    found = found or ["Nothing is planned."]
    if one.backlog:
        found.append(f"Backlog, in no month yet: {'; '.join(item.title for item in one.backlog)}")
    return found


def _planned(item: ForwardItem) -> str:
    return f"{item.title} (on an agenda)" if item.meeting is not None else item.title


def until_words(body: Body) -> str:
    """From when until when a body is."""
    told = [f"from {day_words(body.valid_from)}"] if body.valid_from else []
    told += [f"until {day_words(body.valid_to)}"] if body.valid_to else []
    return " ".join(told)


# ---- as a board reads it


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """One body on which general practice is not heard in full."""

    ref: str
    id: str
    body: str
    heard: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The bodies on which general practice lacks a voice, how many there are, and its seats by quarter."""

    lines: tuple[VoiceFacts, ...]
    bodies: int
    by_quarter: str
    gaps: tuple[str, ...]
    refs: tuple[str, ...] = ()
    """Of all the bodies."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """Roles and seats only; nobody is named."""
    every = [one for one in reader.all(Body) if not _over(one, asked.day)]
    held = seats.by_body(reader.all(Seat))
    lines, gaps = [], []
    for body in every:
        own = held.get(body.id, ())
        heard = seats.voice(body, own)
        if heard is not Voice.SPEAKS:
            lines.append(_line(body, own, heard, asked.day))
        gaps += [
            f"{body.name}: {one.group}, {one.told}" for one in seats.least_membership(body, own) if one.gap
        ]
    quarters = seats.by_quarter(
        [seat for body in every for seat in held.get(body.id, ())], FinancialYear.of(asked.day), asked.day
    )
    refs = tuple(one.ref for one in every)
    return Facts(tuple(lines), len(every), seats.quarter_words(quarters), tuple(gaps), refs)


def _line(body: Body, own: tuple[Seat, ...], heard: Voice, day: date) -> VoiceFacts:
    told = tuple(f"{one.seat}: {seats.voice_words(one, day)}" for one in own if one.general_practice)
    return VoiceFacts(body.ref, str(body.id), body.name, heard.words, told)


def texts(facts: Facts) -> tuple[tuple[str, str], ...]:
    """What people wrote, with the reference it stands with."""
    return tuple((one.ref, "\n".join((one.body, *one.seats))) for one in facts.lines)


_COLUMNS = (Column("Ref"), Column("Body"), Column("How general practice is heard"), Column("Its seats"))


def section(facts: Facts) -> Section:
    """The bodies, then the seats by quarter and the gaps in the least membership."""
    if not facts.bodies:
        return Section(TITLE, (Paragraph("No board or group has been entered."),))
    if facts.lines:
        words = f"On {len(facts.lines)} of {facts.bodies} bodies general practice is not heard in full."
    else:
        words = f"General practice speaks and votes on all of the {facts.bodies} bodies entered."
    blocks: list[Block] = [Paragraph(words)]
    if facts.lines:
        rows = tuple((one.ref, one.body, one.heard, "; ".join(one.seats) or "none") for one in facts.lines)
        blocks.append(Table("Voice of general practice", _COLUMNS, rows))
    if facts.by_quarter:
        blocks.append(Paragraph(f"Seats of general practice at the end of each quarter: {facts.by_quarter}."))
    if facts.gaps:
        told = "; ".join(facts.gaps)
        blocks.append(
            Paragraph(f"Least membership of a place partnership (design framework, p24), gaps: {told}.")
        )
    return Section(TITLE, tuple(blocks), figures=_figures(facts, words))


def _figures(facts: Facts, words: str) -> tuple[Figure, ...]:
    """On how many bodies general practice is not heard in full."""
    unheard = tuple(one.ref for one in facts.lines)
    by = f"of {facts.bodies} bodies not at an end, by the seats of general practice"
    every = f"of all: {tracing.refs_words(facts.refs)}" if facts.refs else ""
    what = "Bodies on which we are not heard in full"
    return (Figure(words.rstrip("."), f"{len(unheard)}", what, by, unheard, "", every),)
