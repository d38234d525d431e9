"""Seats: who is missing from a place board, where general practice has no voice, and how often a member was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.bodies import Body, BodyKind, GovernanceForm, Interest, Mandate, Seat, SeatGroup
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.meetings import Attendance, Presence
from nhsdesk.domain.periods import FinancialYear, Quarter, day_words

A_YEAR = 365
"""Days after which an interest is to be confirmed again."""

LEAST: tuple[tuple[str, tuple[SeatGroup, ...]], ...] = (
    ("Primary care leadership", (SeatGroup.PRIMARY_CARE,)),
    ("Local authority", (SeatGroup.LOCAL_AUTHORITY, SeatGroup.PUBLIC_HEALTH)),
    ("Acute provider", (SeatGroup.ACUTE,)),
    ("Community provider", (SeatGroup.COMMUNITY,)),
    ("Mental health provider", (SeatGroup.MENTAL_HEALTH,)),
    ("People who use care", (SeatGroup.PEOPLE,)),
)
"""The least membership of a place partnership (ICS design framework, June 2021, p24); the local authority's includes
its director of public health."""

ALL_OF = (SeatGroup.LOCAL_AUTHORITY, SeatGroup.PUBLIC_HEALTH)

DECIDES_NOTHING = {
    GovernanceForm.FORUM: (
        "A consultative forum decides nothing of its own: those who sit on it decide in their own organisations."
    )
}
NOT_TOLD = "It is not entered what this body may decide. Ask for its terms of reference."


def may_decide(body: Body) -> str:
    """What a body may decide, in words, with its limit; never more than was entered."""
    told = (body.may_decide or "").strip()
    if not told:
        told = DECIDES_NOTHING.get(body.governance, NOT_TOLD) if body.governance else NOT_TOLD
    limit = f" Up to {body.limit} a decision." if body.limit is not None else ""
    return f"{told}{limit}"


def accountable(body: Body, organisation: str) -> str:
    """Who stays accountable for which money."""
    if not organisation and not body.accountable_for:
        return "It is not entered who stays accountable for the money."
    return (
        f"{organisation or 'Not entered who'}: {body.accountable_for or 'it is not entered for which money'}."
    )


# ---- the least membership


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the least membership: which seats bring it, and what is missing."""

    group: str
    seats: tuple[Seat, ...]
    told: str
    gap: bool


def least_membership(body: Body, seats: Iterable[Seat]) -> tuple[Member, ...]:
    """The six lines for a place board; no line for any other body."""
    if body.kind is not BodyKind.PLACE_BOARD:
        return ()
    held = [seat for seat in seats if seat.body == body.id]
    return tuple(_member(name, groups, held) for name, groups in LEAST)


def _member(name: str, groups: tuple[SeatGroup, ...], seats: Sequence[Seat]) -> Member:
    found = tuple(seat for seat in seats if seat.group in groups)
    if not found:
        return Member(name, (), "no seat", gap=True)
    vacant = [seat.seat for seat in found if is_vacant(seat)]
    absent = [one.value for one in groups if len(groups) > 1 and not any(s.group is one for s in found)]
    if absent:
        return Member(name, found, f"no seat for the {' or the '.join(absent)}", gap=True)
    if len(vacant) == len(found):
        return Member(name, found, f"vacant: {', '.join(vacant)}", gap=True)
    told = ", ".join(seat.seat for seat in found)
    return Member(
        name, found, f"{told}{'; vacant: ' + ', '.join(vacant) if vacant else ''}", gap=bool(vacant)
    )


def is_vacant(seat: Seat) -> bool:
    """Whether nobody holds it."""
    return seat.holder is None


# ---- the voice of general practice


class Voice(Choice):
    """How general practice is heard on a body."""

    NONE = "no seat"
    VACANT = "seat vacant"
    DEPUTY = "deputy only"
    NON_VOTING = "no vote"
    PERSPECTIVE = "perspective only"
    SPEAKS = "speaks and votes for general practice"
    UNKNOWN = "not known"

    @property
    def tone(self) -> Tone:
        """Only the one that speaks and votes is good."""
        if self is Voice.SPEAKS:
            return Tone.GOOD
        return Tone.WARN if self in (Voice.UNKNOWN, Voice.PERSPECTIVE) else Tone.BAD


_LOUDEST = (Voice.SPEAKS, Voice.PERSPECTIVE, Voice.NON_VOTING, Voice.DEPUTY, Voice.VACANT)


def voice_of(seat: Seat) -> Voice:
    """How a seat of general practice is heard. A partner member of the board of an ICB brings a perspective and is no
    delegate (design framework, p20), and so represents nobody.
    """
    if seat.holder is None:
        return Voice.DEPUTY if seat.deputy is not None else Voice.VACANT
    if not seat.voting:
        return Voice.NON_VOTING
    if seat.mandate is Mandate.PERSPECTIVE:
        return Voice.PERSPECTIVE
    return Voice.UNKNOWN if seat.mandate is None else Voice.SPEAKS


def voice(body: Body, seats: Iterable[Seat]) -> Voice:
    """The loudest voice that general practice has on a body. A PCN board is made of practices and may have no seats."""
    held = [seat for seat in seats if seat.body == body.id]
    if not held and body.kind is BodyKind.PCN_BOARD:
        return Voice.SPEAKS
    ours = [voice_of(seat) for seat in held if seat.general_practice]
    if any(one is Voice.SPEAKS for one in ours):
        return Voice.SPEAKS
    if not held or Voice.UNKNOWN in ours or (not ours and any(s.general_practice is None for s in held)):
        return Voice.UNKNOWN
    return next((one for one in _LOUDEST if one in ours), Voice.NONE)


def voice_words(seat: Seat, today: date) -> str:
    """How one seat of general practice is heard, and since when not."""
    heard = voice_of(seat)
    if heard is Voice.UNKNOWN:
        return "it is not entered for whom the holder speaks"
    if heard is Voice.VACANT and seat.vacant_since is not None:
        months = (today.year - seat.vacant_since.year) * 12 + today.month - seat.vacant_since.month
        months -= today.day < seat.vacant_since.day
        since = f"vacant since {day_words(seat.vacant_since)}"
        return f"{since}, {months} {'month' if months == 1 else 'months'}" if months > 0 else since
    return str(heard.value)


# ---- attendance


@dataclass(frozen=True, slots=True)
class Rate:
    """How many meetings somebody was at, of how many, and how often by their deputy."""

    attended: int
    of: int
    by_deputy: int = 0

    @property
    def words(self) -> str:
        """Such as "5 of 6 (1 by deputy)"."""
        if not self.of:
            return "no meeting yet"
        deputy = f" ({self.by_deputy} by deputy)" if self.by_deputy else ""
        return f"{self.attended} of {self.of}{deputy}"


def rate(seat: Seat, attendance: Iterable[Attendance]) -> Rate:
    """The meetings entered, with those told of before. A meeting at which a seat is not entered is not counted."""
    by_meeting: dict[Id, set[Presence]] = {}
    for one in attendance:
        if one.seat == seat.id:
            by_meeting.setdefault(one.meeting, set()).add(one.presence)
    there = sum(
        bool(held & {Presence.PRESENT, Presence.DEPUTY, Presence.ATTENDING}) for held in by_meeting.values()
    )
    deputies = sum(Presence.DEPUTY in held and Presence.PRESENT not in held for held in by_meeting.values())
    before, of_before = seat.attended or 0, seat.attended_of or 0
    return Rate(there + before, len(by_meeting) + of_before, deputies)


# ---- seats held and filled by quarter


@dataclass(frozen=True, slots=True)
class QuarterSeats:
    """The seats of general practice at the end of a quarter."""

    quarter: Quarter
    there: int
    filled: int


def by_quarter(seats: Iterable[Seat], year: FinancialYear, today: date) -> tuple[QuarterSeats, ...]:
    """How many seats general practice had and how many were filled at the end of each quarter, up to today.

    A seat that is vacant since a day was filled before it. A seat whose term begins later is not counted yet.
    """
    ours = [seat for seat in seats if seat.general_practice]
    found = []
    for number in (1, 2, 3, 4):
        quarter = Quarter(year, number)
        if quarter.months[0].first > today:
            break
        last = min(quarter.months[-1].last, today)
        there = [seat for seat in ours if (seat.ends is None or seat.ends >= last) and not _later(seat, last)]
        found.append(QuarterSeats(quarter, len(there), sum(_filled_on(seat, last) for seat in there)))
    return tuple(found)


def _later(seat: Seat, day: date) -> bool:
    return seat.starts is not None and seat.starts > day


def _filled_on(seat: Seat, day: date) -> bool:
    return seat.holder is not None or (seat.vacant_since is not None and seat.vacant_since > day)


# ---- a body that is succeeded


def turnover(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[int, int]:
    """Of the people on a new body, how many sat on the one it follows; and how many there are."""
    sat = {seat.holder for seat in before if seat.holder is not None}
    now = {seat.holder for seat in after if seat.holder is not None}
    return len(sat & now), len(now)


def turnover_words(before: Iterable[Seat], after: Iterable[Seat], name: str) -> str:
    """Whether a new body is left to those of the old one."""
    same, of = turnover(before, after)
    if not of:
        return f"No seat of {name} is entered as held yet: the time to ask for one is now."
    return f"{same} of the {of} who hold a seat on {name} sat on this body before."


# ---- interests


def in_force(interest: Interest, day: date) -> bool:
    """Whether an interest is held on a day."""
    begun = interest.starts is None or interest.starts <= day
    return begun and (interest.ends is None or interest.ends >= day)


def confirmed_words(interest: Interest, today: date) -> str:
    """Whether it was confirmed within a year."""
    if interest.confirmed_on is None:
        return "never confirmed"
    if (today - interest.confirmed_on).days > A_YEAR:
        return f"confirm again: last on {day_words(interest.confirmed_on)}"
    return f"confirmed {day_words(interest.confirmed_on)}"


def to_ask(interests: Iterable[Interest], people: Iterable[Id | None], day: date) -> tuple[Interest, ...]:
    """The interests to ask of at a meeting: those in force of whoever sits there."""
    there = {one for one in people if one is not None}
    return tuple(one for one in interests if one.holder in there and in_force(one, day))


def quarter_words(held: Sequence[QuarterSeats]) -> str:
    """Filled of held, quarter by quarter."""
    return "; ".join(f"{one.quarter}: {one.filled} of {one.there} filled" for one in held)


def by_body(seats: Iterable[Seat]) -> Mapping[Id, tuple[Seat, ...]]:
    """The seats of each body."""
    found: dict[Id, list[Seat]] = {}
    for seat in seats:
        found.setdefault(seat.body, []).append(seat)
    return {body: tuple(held) for body, held in found.items()}
