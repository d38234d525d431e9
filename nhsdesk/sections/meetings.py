"""A meeting with all that belongs to it: agenda and times, papers, who was there, quorum, what was decided and set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from nhsdesk.domain import agendas, minutes_audit, quorum, seats
from nhsdesk.domain.actions import Action
from nhsdesk.domain.agendas import Slot
from nhsdesk.domain.bodies import Body, CountedOf, ForwardItem, Interest, QuorumNeed, Seat
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.meetings import (
    AgendaItem,
    Attendance,
    InterestDeclared,
    Meeting,
    MeetingSeries,
    MinutesLine,
    MinutesVersion,
    Presence,
)
from nhsdesk.domain.minutes_audit import Finding
from nhsdesk.domain.organisations import Organisation, Person, Practice, Sector
from nhsdesk.domain.quorum import Quorum
from nhsdesk.store.reading import Reader

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting as its pages and papers show it."""

    meeting: Meeting
    body: Body | None
    series: MeetingSeries | None
    slots: tuple[Slot, ...]
    papers: Mapping[Id, tuple[str, ...]]
    seats: tuple[Seat, ...]
    needs: tuple[QuorumNeed, ...]
    attendance: tuple[Attendance, ...]
    quorum: Quorum
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    open_before: tuple[Action, ...]
    """Open actions of earlier meetings of the body."""
    declared: tuple[InterestDeclared, ...]
    to_ask: tuple[Interest, ...]
    versions: tuple[MinutesVersion, ...]
    plan: tuple[ForwardItem, ...]
    names: Mapping[Id, str]
    """What people, practices and organisations are called, by their role or name."""

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The agenda in its order."""
        return tuple(slot.item for slot in self.slots)

    @property
    def quorum_refs(self) -> tuple[str, ...]:
        """What its quorum is worked out from: the meeting, the body's rule, its seats, and who was there."""
        rule = (self.body.ref,) if self.body is not None else ()
        counted = (*self.seats, *self.needs, *self.attendance)
        return (self.meeting.ref, *rule, *(one.ref for one in counted))

    def name(self, id_: Id | None, otherwise: str = "") -> str:
        """What somebody is called."""
        return otherwise if id_ is None else self.names.get(id_, otherwise)

    @property
    def time_words(self) -> str:
        """How the planned minutes stand against the time of the series."""
        return agendas.time_words(self.items, self.series.lasts if self.series else None)

    @property
    def is_final(self) -> bool:
        """Whether its minutes were made final."""
        return bool(self.versions)

    def audit(self, holidays: frozenset[date], today: date) -> tuple[Finding, ...]:
        """The self-audit of its minutes."""
        made = [one.made_at for one in self.versions if one.made_at is not None]
        drafted = min(made).astimezone(LONDON).date() if made else None
        held = minutes_audit.Held(
            self.meeting,
            self.body,
            self.items,
            self.decisions,
            self.actions,
            self.attendance,
            self.quorum,
            drafted,
        )
        return minutes_audit.findings(held, holidays, today)

    def whose(self, one: Attendance) -> str:
        """Who an entry of attendance stands for."""
        seat = next((held for held in self.seats if held.id == one.seat), None)
        person = one.person or (seat.holder if seat and one.presence is Presence.PRESENT else None)
        person = person or (seat.deputy if seat and one.presence is Presence.DEPUTY else None)
        told = [
            seat.seat if seat else "",
            self.name(one.practice),
            self.name(one.organisation),
            self.name(person),
        ]
        return ", ".join(dict.fromkeys(part for part in told if part)) or "Somebody not named"

    def attendance_words(self) -> str:
        """Who was there, by how they were; nothing where nobody is entered."""
        told = []
        for presence in Presence:
            held = [self._with_times(one) for one in self.attendance if one.presence is presence]
            if held:
                told.append(f"{presence.words}: {'; '.join(held)}.")
        if not told and self.meeting.count_told is not None:
            of = f" of {self.meeting.count_told_of}" if self.meeting.count_told_of is not None else ""
            told.append(f"Present: {self.meeting.count_told}{of}, not entered one by one.")
        return "\n".join(told)

    def _with_times(self, one: Attendance) -> str:
        times = [f"from {one.came_at:%H:%M}"] if one.came_at else []
        times += [f"until {one.left_at:%H:%M}"] if one.left_at else []
        return f"{self.whose(one)}{f' ({chr(32).join(times)})' if times else ''}"


def body_of(reader: Reader, meeting: Meeting) -> Body | None:
    """The body a meeting names, by its link or else by its name."""
    if meeting.board is not None:
        return reader.find(Body, meeting.board)
    wanted = meeting.body.strip().casefold()
    found = [one for one in reader.all(Body) if one.name.strip().casefold() == wanted]
    return found[0] if len(found) == 1 else None


def meetings_of(reader: Reader, body: Body) -> tuple[Meeting, ...]:
    """All meetings of a body, by its link or by its name."""
    wanted = body.name.strip().casefold()
    return tuple(
        one
        for one in reader.all(Meeting)
        if one.board == body.id or (one.board is None and one.body.strip().casefold() == wanted)
    )


def view(reader: Reader, meeting: Meeting, today: date) -> MeetingView:
    """A meeting as the file holds it."""
    body = body_of(reader, meeting)
    held = reader.all(Seat, body=body.id) if body else ()
    needs = reader.all(QuorumNeed, body=body.id) if body else ()
    attendance = reader.all(Attendance, meeting=meeting.id)
    series = reader.find(MeetingSeries, meeting.series)
    slots = agendas.slots(reader.all(AgendaItem, meeting=meeting.id), _starts(meeting, series))
    counts = body is not None and body.quorum_of is CountedOf.PRACTICES
    practices = len(our_practices(reader)) if counts else None
    people = [one.person for one in attendance] + [seat.holder for seat in held]
    return MeetingView(
        meeting=meeting,
        body=body,
        series=series,
        slots=slots,
        papers=_papers(reader, [slot.item.id for slot in slots]),
        seats=held,
        needs=needs,
        attendance=attendance,
        quorum=quorum.work_out(body, meeting, held, needs, attendance, slots, practices),
        decisions=reader.all(Decision, meeting=meeting.id),
        actions=reader.all(Action, meeting=meeting.id),
        open_before=open_before(reader, body, meeting),
        declared=reader.all(InterestDeclared, meeting=meeting.id),
        to_ask=seats.to_ask(reader.all(Interest), people, meeting.held_on),
        versions=tuple(sorted(reader.all(MinutesVersion, meeting=meeting.id), key=lambda one: one.number)),
        plan=reader.all(ForwardItem, body=body.id) if body else (),
        names=names(reader),
    )


def quorum_of(reader: Reader, meeting: Meeting) -> quorum.Quorum:
    """How a meeting stood against the quorum of its body."""
    body = body_of(reader, meeting)
    held = reader.all(Seat, body=body.id) if body else ()
    needs = reader.all(QuorumNeed, body=body.id) if body else ()
    series = reader.find(MeetingSeries, meeting.series)
    slots = agendas.slots(reader.all(AgendaItem, meeting=meeting.id), _starts(meeting, series))
    counts = body is not None and body.quorum_of is CountedOf.PRACTICES
    practices = len(our_practices(reader)) if counts else None
    attendance = reader.all(Attendance, meeting=meeting.id)
    return quorum.work_out(body, meeting, held, needs, attendance, slots, practices)


def _starts(meeting: Meeting, series: MeetingSeries | None) -> time | None:
    return meeting.starts_at or (series.starts_at if series else None)


def our_practices(reader: Reader) -> tuple[Practice, ...]:
    """The practices of our PCN."""
    ours = reader.all(Organisation, ours=True)
    return reader.all(Practice, network=ours[0].id) if ours else ()


def _papers(reader: Reader, items: Iterable[Id]) -> Mapping[Id, tuple[str, ...]]:
    found: dict[Id, list[str]] = {}
    wanted = set(items)
    for one in reader.all(Attachment):
        if one.on in wanted:
            found.setdefault(one.on, []).append(one.kept.name)
    return {item: tuple(held) for item, held in found.items()}


def open_before(reader: Reader, body: Body | None, meeting: Meeting) -> tuple[Action, ...]:
    """Open actions that earlier meetings of a body set, the one due first leading; they come along by themselves."""
    if body is None:
        return ()
    earlier = {one.id for one in meetings_of(reader, body) if one.held_on < meeting.held_on}
    found = [
        one
        for one in reader.all(Action)
        if one.closed_on is None and (one.meeting in earlier or (one.meeting is None and one.body == body.id))
    ]
    return tuple(sorted(found, key=lambda one: (one.revised_due or one.due or date.max, one.id)))


def names(reader: Reader) -> Mapping[Id, str]:
    """Roles of people, names of practices and organisations."""
    found: dict[Id, str] = {one.id: one.role_title for one in reader.all(Person)}
    found |= {one.id: one.name for one in reader.all(Practice)}
    found |= {one.id: one.name for one in reader.all(Organisation)}
    return found


def lines_of(reader: Reader, version: MinutesVersion) -> tuple[MinutesLine, ...]:
    """What a version of the minutes says, item by item."""
    return tuple(sorted(reader.all(MinutesLine, minutes=version.id), key=lambda one: (one.number, one.id)))


def newest_first(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """The latest meeting first."""
    return tuple(sorted(meetings, key=lambda one: (one.held_on, one.id), reverse=True))


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of who is expected: what it stands for, and the entry where one was made."""

    name: str
    seat: Id | None = None
    practice: Id | None = None
    organisation: Id | None = None
    person: Id | None = None
    entry: Attendance | None = None
    votes: bool = True
    """Whether the quorum counts it."""


def expected(reader: Reader, seen: MeetingView) -> tuple[Expected, ...]:
    """The seats of the body, the practices or partners it counts, and whoever else is entered."""
    found = [_seat_expected(seen, seat) for seat in seen.seats]
    taken = {one.entry.id for one in found if one.entry is not None}
    if seen.body is not None and seen.body.quorum_of is CountedOf.PRACTICES:
        for practice in our_practices(reader):
            entry = next((one for one in seen.attendance if one.practice == practice.id), None)
            found.append(Expected(practice.name, practice=practice.id, entry=entry))
            taken |= {entry.id} if entry else set()
    elif seen.body is not None and seen.body.quorum_of in (CountedOf.PARTNERS, CountedOf.PCNS):
        for partner in _partners(reader, seen):
            entry = next((one for one in seen.attendance if one.organisation == partner), None)
            found.append(Expected(seen.name(partner), organisation=partner, entry=entry))
            taken |= {entry.id} if entry else set()
    found += [Expected(seen.name(person), person=person) for person in _others(reader, seen)]
    found += [
        Expected(seen.whose(one), one.seat, one.practice, one.organisation, one.person, one)
        for one in seen.attendance
        if one.id not in taken
    ]
    return tuple(replace(one, votes=_counts(seen, one)) for one in found)


def _counts(seen: MeetingView, one: Expected) -> bool:
    entry = Attendance(
        meeting=seen.meeting.id,
        seat=one.seat,
        practice=one.practice,
        organisation=one.organisation,
        person=one.person,
    )
    return seen.body is not None and quorum.counts(seen.body, seen.seats, entry)


def _seat_expected(seen: MeetingView, seat: Seat) -> Expected:
    entry = next((one for one in seen.attendance if one.seat == seat.id), None)
    holder = seen.name(seat.holder, "vacant")
    deputy = f"; deputy {seen.name(seat.deputy)}" if seat.deputy else ""
    return Expected(f"{seat.seat}: {holder}{deputy}", seat=seat.id, entry=entry)


def _others(reader: Reader, seen: MeetingView) -> tuple[Id, ...]:
    """Those without a seat whom a quorum needs, or who came to earlier meetings, and who are not entered yet."""
    if seen.body is None:
        return ()
    earlier = {one.id for one in meetings_of(reader, seen.body)}
    roles = [role for need in seen.needs for role in (need.role, need.or_role)]
    came = [one.person for one in reader.all(Attendance) if one.meeting in earlier]
    known = {one.person for one in seen.attendance} | {seat.holder for seat in seen.seats}
    return tuple(one for one in dict.fromkeys((*roles, *came)) if one is not None and one not in known)


def _partners(reader: Reader, seen: MeetingView) -> tuple[Id, ...]:
    """The organisations that meetings of the body have had, as first entered; where PCNs count, all of them."""
    if seen.body is None:
        return ()
    held = {one.id for one in meetings_of(reader, seen.body)}
    found = [
        one.organisation
        for one in reader.all(Attendance)
        if one.meeting in held and one.organisation is not None
    ]
    if seen.body.quorum_of is CountedOf.PCNS:
        found += [one.id for one in reader.all(Organisation) if one.ours or one.sector is Sector.PCN]
    return tuple(dict.fromkeys(found))
