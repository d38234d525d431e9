"""Our posts laid beside the rows of the workforce return: each post and each row is used at most once.

First by the NWRS identifier noted on the post, then by role and hours. Where two rows, or two posts, could equally be
meant, the pairing says so: it counts how many, and never picks one as if it were known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TypeVar

from nhsdesk.domain import nearest
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours
from nhsdesk.domain.periods import Month
from nhsdesk.domain.workforce import NwrsRow, RolesCounted

T = TypeVar("T")

TOLERANCE = 36
"""Seconds: a hundredth of an hour."""

LEAVERS_LOOKED_FOR = timedelta(days=366)
"""A row that is left over is held against those who left within a year."""

_NO_HOURS = -1_000_000


class By(Enum):
    """What a post and a row were brought together by."""

    IDENTIFIER = "identifier"
    ROLE_AND_HOURS = "role and hours"
    ROLE = "role"
    ALONE = "nothing"


class Finding(Enum):
    """What is not as it should be."""

    MISSING_THERE = "Not on NWRS"
    STARTER = "Starter not yet on NWRS"
    MISSING_HERE = "On NWRS, no post here"
    SERVICE_HERE = "Contracted service on NWRS, no post here"
    HOURS = "Hours differ"
    ROLE = "Role differs"
    LEAVER = "Leaver still listed"
    MARKED_LEFT = "Marked as left on NWRS, in post here"
    IN_PROGRESS = "Not “Submitted”, so not counted"
    IDENTIFIER = "Identifier is another"
    UNKNOWN_ROLE = "Role is not in the crosswalk"


@dataclass(frozen=True, slots=True)
class OurStaff:
    """Somebody in a post, without a name: what the return should say of them."""

    post: str
    post_id: Id
    label: str
    role: Role
    hours: Hours
    starts: date
    ends: date | None = None
    nwrs_ref: str = ""

    def in_post(self, on: date) -> bool:
        """Whether they are in post on a day."""
        return self.starts <= on and (self.ends is None or self.ends >= on)

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts staff by what they are, so that the order of entry does not matter."""
        return (self.post, str(self.starts), str(self.ends or date.max), self.nwrs_ref, self.label)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A post and a row, or one of them alone, with what was found and how many could be meant."""

    ours: OurStaff | None
    row: NwrsRow | None
    by: By
    findings: tuple[Finding, ...] = ()
    posts_meant: tuple[str, ...] = ()
    rows_meant: int = 1
    short: bool = False
    """There are more posts alike than rows alike, so that some are missing there and nobody knows which."""

    @property
    def sure(self) -> bool:
        """Whether no other post and no other row could be meant."""
        return len(self.posts_meant) <= 1 and self.rows_meant <= 1

    @property
    def agrees(self) -> bool:
        """Whether the return says what the post says, whichever of several alike is meant."""
        return self.ours is not None and self.row is not None and not self.findings and not self.short


def reconcile(
    staff: Iterable[OurStaff], rows: Iterable[NwrsRow], roles: RolesCounted, on: date
) -> tuple[Pairing, ...]:
    """Every post in use on a day and every row that is listed, side by side; the order given does not matter."""
    ours = sorted(staff, key=lambda one: (one.hours.seconds, *one.order))
    theirs = sorted(rows, key=lambda row: (_seconds(row), row.order))
    work = _Work(roles, on)
    ours, theirs = work.by_identifier(ours, theirs)
    listed = [row for row in theirs if row.listed(on)]
    gone = [one for one in ours if one.ends is not None and on - LEAVERS_LOOKED_FOR <= one.ends < on]
    listed = work.by_role([one for one in ours if one.in_post(on)], listed, gone)
    work.rows_alone(work.leavers(gone, listed))
    return tuple(sorted(work.found, key=_place))


def _place(one: Pairing) -> tuple[object, ...]:
    row = () if one.row is None else one.row.order
    if one.ours is not None:
        return (0, *one.ours.order, one.ours.hours, *row)
    return (1, *row)


def _seconds(row: NwrsRow) -> int:
    return _NO_HOURS if row.hours is None else row.hours.seconds


def _ref(words: str) -> str:
    return words.strip().casefold()


def _alike(ours: Sequence[OurStaff], seconds: int) -> Sequence[OurStaff]:
    """Those of these hours, of staff sorted by their hours."""
    first = bisect_left(ours, seconds - TOLERANCE, key=lambda other: other.hours.seconds)
    return ours[first : bisect_right(ours, seconds + TOLERANCE, key=lambda other: other.hours.seconds)]


def _rows_alike(rows: Sequence[NwrsRow], seconds: int) -> int:
    """How many of the rows, sorted by their hours, are of the same hours."""
    first = bisect_left(rows, seconds - TOLERANCE, key=_seconds)
    return bisect_right(rows, seconds + TOLERANCE, key=_seconds) - first


def _all_alike(ours: Sequence[OurStaff], some: Sequence[OurStaff]) -> tuple[str, ...]:
    """The posts of the hours of any of some."""
    each = {one.hours: one for one in some}
    return _refs(other for one in each.values() for other in _alike(ours, one.hours.seconds))


def _all_rows_alike(rows: Sequence[NwrsRow], some: Sequence[NwrsRow]) -> int:
    """How many rows are of the hours of any of some."""
    first, counted = 0, 0
    for seconds in sorted({_seconds(row) for row in some}):
        begins = max(first, bisect_left(rows, seconds - TOLERANCE, key=_seconds))
        first = bisect_right(rows, seconds + TOLERANCE, key=_seconds)
        counted += max(0, first - begins)
    return counted


def _refs(ours: Iterable[OurStaff]) -> tuple[str, ...]:
    return tuple(sorted({one.post for one in ours}))


def _without(every: Iterable[T], taken: Iterable[T]) -> list[T]:
    """What is left in its order; two that hold the same are told apart."""
    gone = {id(one) for one in taken}
    return [one for one in every if id(one) not in gone]


Pair = tuple[OurStaff, NwrsRow]


def _exact(ours: Sequence[OurStaff], rows: Sequence[NwrsRow]) -> list[Pair]:
    hours = [one.hours.seconds for one in ours]
    pairs = nearest.agreeing(hours, [_seconds(row) for row in rows], TOLERANCE)
    return [(ours[here], rows[there]) for here, there in pairs]


def _near(ours: Sequence[OurStaff], rows: Sequence[NwrsRow]) -> list[Pair]:
    pairs = nearest.nearest([one.hours.seconds for one in ours], [_seconds(row) for row in rows])
    return [(ours[here], rows[there]) for here, there in pairs]


def _left(
    ours: Sequence[OurStaff], rows: Sequence[NwrsRow], pairs: list[Pair]
) -> tuple[list[OurStaff], list[NwrsRow]]:
    return _without(ours, [one for one, _ in pairs]), _without(rows, [row for _, row in pairs])


class _Work:
    """What is being laid side by side, step after step."""

    def __init__(self, roles: RolesCounted, on: date) -> None:
        self.roles = roles
        self.on = on
        self.found: list[Pairing] = []
        self._listed: dict[tuple[Role, bool], list[NwrsRow]] = {}

    # ---- the identifier noted on a post

    def by_identifier(
        self, ours: list[OurStaff], rows: list[NwrsRow]
    ) -> tuple[list[OurStaff], list[NwrsRow]]:
        """Brings together what bears the same identifier; gives what is left of both."""
        bearing: dict[str, list[NwrsRow]] = {}
        for row in rows:
            if _ref(row.identifier):
                bearing.setdefault(_ref(row.identifier), []).append(row)
        wanting: dict[str, list[OurStaff]] = {}
        for one in ours:
            if _ref(one.nwrs_ref) in bearing:
                wanting.setdefault(_ref(one.nwrs_ref), []).append(one)
        taken = [
            pair for ref, posts in wanting.items() for pair in self._same_identifier(posts, bearing[ref])
        ]
        for one, row in taken:
            self._add_identified(one, row)
        return _left(ours, rows, taken)

    def _same_identifier(self, posts: list[OurStaff], rows: list[NwrsRow]) -> list[Pair]:
        """Those in post and listed come first, then those of one role, then the nearest hours."""
        made: list[Pair] = []
        for now in (True, False):
            for role in (*sorted({one.role for one in posts}, key=lambda role: role.value), None):
                left, free = _left(posts, rows, made)
                made += _near(
                    [one for one in left if role in (one.role, None) and (one.in_post(self.on) or not now)],
                    [row for row in free if self._is(row, role) and (row.listed(self.on) or not now)],
                )
        return made

    def _is(self, row: NwrsRow, role: Role | None) -> bool:
        return role is None or self._role(row) is role

    def _role(self, row: NwrsRow) -> Role | None:
        counted = self.roles.of(row.role_words)
        return None if counted is None else counted.role

    def _add_identified(self, one: OurStaff, row: NwrsRow) -> None:
        here, there = one.in_post(self.on), row.listed(self.on)
        findings: tuple[Finding, ...] = ()
        if here and there:
            findings = self._differences(one, row)
        elif here:
            findings = (Finding.MARKED_LEFT,)
        elif there and one.ends is not None and one.ends < self.on:
            findings = (Finding.LEAVER,)
        if here or findings:  # who has left on both sides, or has yet to start, asks for nothing
            self.found.append(Pairing(one, row, By.IDENTIFIER, findings, (one.post,)))

    def _differences(self, one: OurStaff, row: NwrsRow) -> tuple[Finding, ...]:
        counted = self.roles.of(row.role_words)
        other = bool(_ref(one.nwrs_ref) and _ref(row.identifier)) and _ref(one.nwrs_ref) != _ref(
            row.identifier
        )
        found = (
            (Finding.UNKNOWN_ROLE, counted is None),
            (Finding.ROLE, counted is not None and counted.role is not one.role),
            (Finding.HOURS, abs(one.hours.seconds - _seconds(row)) > TOLERANCE),
            (Finding.IN_PROGRESS, not row.counts),
            (Finding.IDENTIFIER, other),
        )
        return tuple(finding for finding, holds in found if holds)

    # ---- role and hours

    def by_role(self, ours: list[OurStaff], rows: list[NwrsRow], gone: list[OurStaff]) -> list[NwrsRow]:
        """Role by role, every post that is left; gives what is left of the rows."""
        for row in rows:
            role = self._role(row)
            if role is not None:
                self._listed.setdefault((role, row.service), []).append(row)
        taken: list[NwrsRow] = []
        for role in sorted({one.role for one in ours}, key=lambda role: role.value):
            taken += self._of_role(
                role, [one for one in ours if one.role is role], [one for one in gone if one.role is role]
            )
        return _without(rows, taken)

    def _of_role(self, role: Role, ours: list[OurStaff], gone: list[OurStaff]) -> list[NwrsRow]:
        """Hours that agree first, then contracted services, then the nearest hours; the rest is missing there."""
        rows, services = self._listed.get((role, False), []), self._listed.get((role, True), [])
        either = self._either(role)
        exact = _exact(ours, rows)
        left, free = _left(ours, rows, exact)
        served = _exact(left, services)
        left, _ = _left(left, services, served)
        near = _near(left, free)
        for one, row in (*exact, *served):
            self._add_alike(one, row, ours, either, self._differences(one, row))
        doubtful = _all_alike(ours, left) if near else ()
        count = _all_rows_alike(rows, free) if near else 0
        for one, row in near:
            # A row of other hours may as well be that of somebody who left.
            meant = tuple(sorted({*doubtful, *_refs(_alike(gone, _seconds(row)))}))
            self.found.append(Pairing(one, row, By.ROLE, self._differences(one, row), meant, count))
        missing, _ = _left(left, free, near)
        for one in missing:
            meant = doubtful or _refs(_alike(ours, one.hours.seconds))
            self.found.append(Pairing(one, None, By.ALONE, (self._missing(one),), meant, 0))
        return [row for _, row in (*exact, *served, *near)]

    def _either(self, role: Role) -> list[NwrsRow]:
        """People and contracted services of a role, by their hours."""
        both = (*self._listed.get((role, False), ()), *self._listed.get((role, True), ()))
        return sorted(both, key=_seconds)

    def _add_alike(
        self,
        one: OurStaff,
        row: NwrsRow,
        ours: Sequence[OurStaff],
        rows: Sequence[NwrsRow],
        findings: tuple[Finding, ...],
    ) -> None:
        posts, alike = _alike(ours, one.hours.seconds), _rows_alike(rows, one.hours.seconds)
        short = len(posts) > alike and Finding.LEAVER not in findings
        self.found.append(Pairing(one, row, By.ROLE_AND_HOURS, findings, _refs(posts), alike, short))

    def _missing(self, one: OurStaff) -> Finding:
        since = Month.of(self.on).plus(-1).first
        return Finding.STARTER if one.starts >= since else Finding.MISSING_THERE

    # ---- rows that no post in use explains

    def leavers(self, gone: list[OurStaff], rows: list[NwrsRow]) -> list[NwrsRow]:
        """Rows of the role and hours of somebody who has left; gives what is left of the rows."""
        taken: list[NwrsRow] = []
        for role in sorted({one.role for one in gone}, key=lambda role: role.value):
            of_role = [row for row in rows if not row.service and self._role(row) is role]
            left = [one for one in gone if one.role is role]
            for one, row in _exact(left, of_role):
                self._add_alike(one, row, left, self._either(role), (Finding.LEAVER,))
                taken.append(row)
        return _without(rows, taken)

    def rows_alone(self, rows: list[NwrsRow]) -> None:
        """Rows that have no post here, and roles nobody has settled; what is no ARRS role is passed over."""
        for row in rows:
            counted = self.roles.of(row.role_words)
            if counted is None:
                self.found.append(Pairing(None, row, By.ALONE, (Finding.UNKNOWN_ROLE,)))
            elif counted.role is not None:
                alike = _rows_alike(self._listed[counted.role, row.service], _seconds(row))
                finding = Finding.SERVICE_HERE if row.service else Finding.MISSING_HERE
                self.found.append(Pairing(None, row, By.ALONE, (finding,), rows_meant=alike))
