"""Whether a body is quorate, worked out in steps that can be shown: needed, present from when until when, who lacks.

A quorum is a number or a share of seats, practices, PCNs or partners, and perhaps somebody who must be there. People
come late and leave early, so it is told for each stretch of the meeting and for the items that fall into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import ROUND_CEILING

from nhsdesk.domain.agendas import Slot
from nhsdesk.domain.bodies import Body, CountedOf, QuorumKind, QuorumNeed, Seat
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Attendance, Meeting, Presence

THERE = (Presence.PRESENT, Presence.DEPUTY)
IN_THE_ROOM = (*THERE, Presence.ATTENDING)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a meeting in which nobody who counts came or left. None is its beginning or its end."""

    start: time | None
    end: time | None
    present: int
    lacking: tuple[str, ...]
    enough: bool

    @property
    def quorate(self) -> bool:
        """Enough are there, and everybody who must be."""
        return self.enough and not self.lacking


@dataclass(frozen=True, slots=True)
class Quorum:
    """The rule with its figures, and how the meeting stood against it."""

    needed: int | None
    total: int | None
    noun: str
    steps: tuple[str, ...]
    stretches: tuple[Stretch, ...] = ()
    not_for: tuple[int, ...] = ()
    in_part: tuple[int, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def quorate(self) -> bool | None:
        """Throughout; None where it is not known."""
        if self.needed is None or not self.stretches or self.unchecked:
            return None
        return all(one.quorate for one in self.stretches)

    def quorate_for(self, number: int | None) -> bool | None:
        """For an item by its number, as far as people came and left by the clock; else throughout."""
        if self.quorate is not False or number is None or not (self.not_for or self.in_part):
            return self.quorate
        return None if number in self.in_part else number not in self.not_for

    @property
    def words(self) -> str:
        """The whole of it in one line."""
        if self.needed is None:
            return "Quorum not known: the body's rule is not entered."
        of = f" of {self.total}" if self.total is not None else ""
        head = f"{self.needed}{of} {self.noun} needed"
        if not self.stretches:
            return f"{head}; who was there is not entered."
        told = f"{head}; {_present_words(self.stretches)}"
        lacking = tuple(dict.fromkeys(name for one in self.stretches for name in one.lacking))
        if lacking:
            told += f"; not there throughout: {', '.join(lacking)}"
        if self.unchecked:
            told += f"; not known of {', '.join(self.unchecked)}"
        return f"{told}: {self._verdict()}."

    def _verdict(self) -> str:
        if self.quorate:
            return "quorate"
        if self.quorate is None:
            return "not known whether quorate"
        if not any(one.quorate for one in self.stretches):
            return "not quorate"
        told = [f"for {_numbers(self.not_for)}"] if self.not_for else []
        told += [f"for part of {_numbers(self.in_part)}"] if self.in_part else []
        return f"not quorate {' and '.join(told)}" if told else "not quorate throughout"


def needed(body: Body, total: int | None) -> int | None:
    """How many must be there; a share is of the whole body and rounded up, so that half of 5 is 3."""
    if body.quorum_kind is QuorumKind.NUMBER:
        return body.quorum_number
    if body.quorum_kind is QuorumKind.SHARE and body.quorum_share is not None and total is not None:
        return int((body.quorum_share * total / 100).to_integral_value(ROUND_CEILING))
    return None


def total(body: Body, seats: Iterable[Seat], ours: int | None = None) -> int | None:
    """Out of how many: as told, or counted from the seats, or the practices of our PCN where that is given."""
    if body.quorum_base is not None:
        return body.quorum_base
    held = [seat for seat in seats if seat.body == body.id]
    if body.quorum_of is CountedOf.VOTING_SEATS:
        return sum(seat.voting for seat in held) or None
    if body.quorum_of is CountedOf.SEATS:
        return len(held) or None
    return ours if body.quorum_of is CountedOf.PRACTICES else None


def rule_steps(body: Body, of: int | None, needs: Sequence[QuorumNeed]) -> tuple[str, ...]:
    """The rule in words with its arithmetic."""
    noun = noun_of(body)
    must = needed(body, of)
    if must is None:
        return ("The quorum of this body is not entered.",)
    if body.quorum_kind is QuorumKind.SHARE and body.quorum_share is not None and of is not None:
        exact = (body.quorum_share * of / 100).normalize()
        percent = body.quorum_share.normalize()
        up = f" = {exact:f}, rounded up to {must}" if exact != must else f" = {must}"
        first = f"At least {percent:f}% of {of} {noun}: {percent:f}% × {of}{up}."
    else:
        first = f"At least {must}{f' of {of}' if of is not None else ''} {noun}."
    return (first, *(f"There must be: {_need_words(need)}." for need in needs))


def _need_words(need: QuorumNeed) -> str:
    return need.what if need.at_least == 1 else f"{need.what} ({need.at_least})"


def noun_of(body: Body) -> str:
    """What is counted."""
    return body.quorum_of.value if body.quorum_of is not None else "members"


def work_out(
    body: Body | None,
    meeting: Meeting,
    seats: Sequence[Seat],
    needs: Sequence[QuorumNeed],
    attendance: Sequence[Attendance],
    slots: Sequence[Slot] = (),
    practices: int | None = None,
) -> Quorum:
    """The quorum of a meeting. `practices` is how many our PCN has, for a body that counts them."""
    if body is None:
        return Quorum(None, None, "members", ("The meeting names no body.",))
    of = total(body, seats, practices) or meeting.count_told_of
    must = needed(body, of)
    steps = rule_steps(body, of, needs)
    if must is None:
        return Quorum(None, of, noun_of(body), steps)
    attendance = _in_the_meeting(attendance, _begins(meeting, slots), meeting.ended_at)
    counted = _who_counts(body, seats, attendance)
    told = meeting.count_told if not counted else None
    if not counted and told is None and not any(one.presence in THERE for one in attendance):
        return Quorum(must, of, noun_of(body), steps)
    known = [need for need in needs if need.groups or need.role or need.or_role]
    unchecked = tuple(need.what for need in needs if need not in known)
    by_seat = {seat.id: seat for seat in seats}
    marks = _marks(counted, attendance)
    stretches = tuple(
        _stretch(start, end, must, told, counted, known, attendance, by_seat)
        for start, end in zip((None, *marks), (*marks, None), strict=True)
    )
    joined = _joined(stretches)
    never, in_part = _items(joined, slots)
    worded = tuple(_step_words(one, noun_of(body)) for one in joined)
    return Quorum(must, of, noun_of(body), (*steps, *worded), joined, never, in_part, unchecked)


def _begins(meeting: Meeting, slots: Sequence[Slot]) -> time | None:
    return meeting.starts_at or next((slot.start for slot in slots if slot.start is not None), None)


def _in_the_meeting(
    attendance: Sequence[Attendance], begins: time | None, ends: time | None
) -> tuple[Attendance, ...]:
    """Whoever came by its beginning was there from the start; whoever left at its end stayed until the end."""
    return tuple(
        replace(
            one,
            came_at=None
            if begins is not None and one.came_at is not None and one.came_at <= begins
            else one.came_at,
            left_at=None
            if ends is not None and one.left_at is not None and one.left_at >= ends
            else one.left_at,
        )
        for one in attendance
    )


Spans = Mapping[Id, Sequence[tuple[time | None, time | None]]]


def _who_counts(body: Body, seats: Sequence[Seat], attendance: Sequence[Attendance]) -> Spans:
    """From when until when each that counts was there; a member and the deputy after them are one seat."""
    voting = {seat.id: seat.voting for seat in seats if seat.body == body.id}
    found: dict[Id, list[tuple[time | None, time | None]]] = {}
    for one in attendance:
        key = _key(body, one, voting)
        if key is not None and one.presence in THERE:
            found.setdefault(key, []).append((one.came_at, one.left_at))
    return found


def _key(body: Body, one: Attendance, voting: Mapping[Id, bool]) -> Id | None:
    match body.quorum_of:
        case CountedOf.VOTING_SEATS:
            return one.seat if one.seat is not None and voting.get(one.seat) else None
        case CountedOf.PRACTICES:
            return one.practice
        case CountedOf.PCNS | CountedOf.PARTNERS:
            return one.organisation
        case _:
            return one.seat or one.practice or one.organisation or one.person


def _marks(counted: Spans, attendance: Sequence[Attendance]) -> tuple[time, ...]:
    """Every time at which somebody came or left."""
    times = {mark for spans in counted.values() for span in spans for mark in span}
    times |= {mark for one in attendance for mark in (one.came_at, one.left_at)}
    return tuple(sorted(mark for mark in times if mark is not None))


def _within(start: time | None, came: time | None, left: time | None) -> bool:
    """Whether somebody who came and left then was there in the stretch that begins at `start`."""
    here = came is None or (start is not None and came <= start)
    return here and (left is None or start is None or left > start)


def _stretch(
    start: time | None,
    end: time | None,
    must: int,
    told: int | None,
    counted: Spans,
    needs: Sequence[QuorumNeed],
    attendance: Sequence[Attendance],
    by_seat: Mapping[Id, Seat],
) -> Stretch:
    there = [
        one for one in attendance if one.presence in IN_THE_ROOM and _within(start, one.came_at, one.left_at)
    ]
    spans = counted.values()
    present = told if told is not None else sum(any(_within(start, *span) for span in one) for one in spans)
    lacking = tuple(need.what for need in needs if _of_need(need, there, by_seat) < need.at_least)
    return Stretch(start, end, present, lacking, present >= must)


def _of_need(need: QuorumNeed, there: Sequence[Attendance], by_seat: Mapping[Id, Seat]) -> int:
    """How many of those there answer a need, each once."""
    found: set[tuple[Id | None, Id | None]] = set()
    roles = {role for role in (need.role, need.or_role) if role is not None}
    for one in there:
        seat = by_seat.get(one.seat) if one.seat is not None else None
        of_group = seat is not None and seat.group in need.groups and one.presence in THERE
        if of_group or one.person in roles or (seat is not None and seat.holder in roles):
            found.add((one.seat, one.person if one.seat is None else None))
    return len(found)


def _joined(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours that stand alike are one."""
    found: list[Stretch] = []
    for one in stretches:
        before = found[-1] if found else None
        if before is not None and (before.present, before.lacking) == (one.present, one.lacking):
            found[-1] = Stretch(before.start, one.end, one.present, one.lacking, one.enough)
        else:
            found.append(one)
    return tuple(found)


def _items(stretches: Sequence[Stretch], slots: Sequence[Slot]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of the items without a quorum, and of those with one for a part only."""
    never, in_part = [], []
    for slot in slots:
        if slot.start is None or slot.end is None:
            continue
        meets = [one.quorate for one in stretches if _overlaps(one, slot.start, slot.end)]
        if not any(meets):
            never.append(slot.item.number)
        elif not all(meets):
            in_part.append(slot.item.number)
    return tuple(never), tuple(in_part)


def _overlaps(one: Stretch, start: time, end: time) -> bool:
    if start == end:
        return (one.start is None or one.start <= start) and (one.end is None or start < one.end)
    return (one.start is None or one.start < end) and (one.end is None or one.end > start)


def _present_words(stretches: Sequence[Stretch]) -> str:
    if len(stretches) == 1:
        return f"{stretches[0].present} present"
    first, *rest = stretches
    told = [f"{first.present} present until {first.end:%H:%M}"]
    told += [f"then {one.present}" + (f" until {one.end:%H:%M}" if one.end else "") for one in rest]
    return ", ".join(told)


def _step_words(one: Stretch, noun: str) -> str:
    start = f"From {one.start:%H:%M}" if one.start else "From the start"
    end = f" until {one.end:%H:%M}" if one.end else ""
    lacks = f", without {' and '.join(one.lacking)}" if one.lacking else ""
    verdict = "quorate" if one.quorate else "not quorate"
    return f"{start}{end}: {one.present} {noun} present{lacks}: {verdict}."


def _numbers(numbers: Sequence[int]) -> str:
    """Such as "item 7", "items 7 to 9" or "items 2, 5 and 6"."""
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"items {numbers[0]} to {numbers[-1]}"
    return f"items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
