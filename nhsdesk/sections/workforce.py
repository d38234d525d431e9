"""The workforce return beside our posts, gathered: from an own export row by row, else by role from the published file.

`gather` is for a day; `pcns_of_our_size` has its own module. Names never come into it: a post is its reference, a row
its role, hours and identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.domain import nwrs_words
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, half_up, read_decimal
from nhsdesk.domain.nwrs_matching import Finding, OurStaff, Pairing, reconcile
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.workforce import Crosswalk, NwrsRow, RolesCounted, is_director
from nhsdesk.sections import posts_held
from nhsdesk.sections.posts_held import Held
from nhsdesk.sections.staff_in_post import our_staff
from nhsdesk.store import queries
from nhsdesk.store.reading import Reader

SERVICES = "NWRS contracted services"
"""What the published file calls the source of rows that are hours and no person."""


NOTED_THERE, NOTED_ABSENT = "Noted as on NWRS", "Noted as not on NWRS"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A post and a row side by side, or one of them alone."""

    post: str
    post_id: str
    label: str
    role: str
    hours: Hours | None
    nwrs_role: str
    nwrs_hours: Hours | None
    identifier: str
    state: str
    said: str
    findings: tuple[str, ...]
    agrees: bool
    sure: bool

    def has(self, *findings: Finding) -> bool:
        """Whether one of these was found."""
        return any(finding.value in self.findings for finding in findings)


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """One role's people and WTE here and there; contracted services are hours without people."""

    role: str
    posts: int
    wte: Decimal
    people: int
    nwrs_wte: Decimal
    services_wte: Decimal

    @property
    def apart(self) -> Decimal:
        """WTE on NWRS, services among it, less WTE here."""
        return self.nwrs_wte + self.services_wte - self.wte


@dataclass(frozen=True, slots=True)
class UnknownFacts:
    """A role of the NWRS that nobody has settled."""

    nwrs_role: str
    rows: int
    wte: Decimal


@dataclass(frozen=True, slots=True)
class CrosswalkFacts:
    """A role that rows hold, what it counts as, and who says so."""

    nwrs_role: str
    counts_as: str
    source: str
    settled_here: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Our posts beside the return as of a day, and what the comparison rests on."""

    day: date
    source: str
    own: bool
    lines: tuple[LineFacts, ...]
    roles: tuple[RoleFacts, ...]
    whole: RoleFacts
    unknown: tuple[UnknownFacts, ...]
    crosswalk: tuple[CrosswalkFacts, ...]
    rows: int
    directors: int
    in_progress: int
    services: int
    services_hours: Hours
    left_in_month: tuple[str, ...]
    begun_in_month: tuple[str, ...]

    def of(self, *findings: Finding) -> tuple[LineFacts, ...]:
        """The lines of which one of these was found."""
        return tuple(line for line in self.lines if line.has(*findings))


def newest(reader: Reader, kind: DataSetKind) -> DataSet | None:
    """The file of a kind that tells of the latest day, and of those the one taken in last."""
    every = reader.all(DataSet, kind=kind)
    return max(every, key=lambda one: (one.as_of or date.min, one.read_at, one.id), default=None)


def roles_counted(reader: Reader) -> RolesCounted:
    """The crosswalk in force."""
    return RolesCounted(resources.nwrs_roles(), reader.all(Crosswalk))


def our_code(reader: Reader) -> str:
    """The code of our PCN; empty while it was not chosen."""
    ours = reader.all(Organisation, ours=True)
    return (ours[0].ods_code or "").strip().upper() if ours else ""


def gather(reader: Reader, on: date) -> Facts:
    """Our posts on a day beside our own export, or by role beside the published file as of its own day."""
    roles, held = roles_counted(reader), posts_held.read(reader)
    staff = our_staff(held, on)
    export = newest(reader, DataSetKind.NWRS_EXPORT)
    if export is not None:
        return _beside_export(export, own_rows(reader, export), staff, roles, on)
    noted, moved = _noted(staff, held, on), _moved(staff, on)
    published = newest(reader, DataSetKind.WORKFORCE)
    code = our_code(reader)
    if published is None or not code:
        return _facts(on, "", False, noted, staff, (), roles, moved)
    by = published.as_of or on
    rows = queries.rows_of_data_set(reader, published.sha256, code)
    source = f"{published.ref}, the published PCN workforce as of {day_words(by)}"
    then = our_staff(held, by)
    return _facts(by, source, False, noted, then, [_published(row) for row in rows], roles, moved)


def own_rows(reader: Reader, export: DataSet) -> tuple[NwrsRow, ...]:
    """The rows of an own export as they were taken in."""
    return tuple(_own(row) for row in queries.rows_of_data_set(reader, export.sha256))


def _own(row: Mapping[str, Any]) -> NwrsRow:
    return NwrsRow(
        identifier=row["identifier"] or "",
        staff_group=row["staff_group"] or "",
        staff_role=row["staff_role"] or "",
        detailed_role=row["detailed_role"] or "",
        contracted=_hours(row["contracted"]),
        average=_hours(row["average"]),
        starts=_day(row["starts"]),
        left=_day(row["left"]),
        still_here=row["still_here"],
        status=row["status"] or "",
        service=bool(row["service"]),
    )


def _hours(seconds: int | None) -> Hours | None:
    return None if seconds is None else Hours(seconds)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def in_short(facts: Facts) -> str:
    """What was found, in a sentence with figures."""
    if not facts.source:
        return (
            "Nothing is compared yet: neither an own NWRS export nor the published PCN workforce is taken in."
        )
    if not facts.own:
        ours, theirs = facts.whole.wte, facts.whole.nwrs_wte + facts.whole.services_wte
        return f"On {day_words(facts.day)} there were {ours} WTE in posts here and {theirs} WTE in ARRS roles on NWRS."
    posts = [line for line in facts.lines if line.post]
    agree = sum(line.agrees for line in posts)
    alone = len(facts.lines) - len(posts)
    words = f"Of {len(posts):,} posts {agree:,} agree with the NWRS and {len(posts) - agree:,} do not"
    return f"{words}; {alone:,} of its {facts.rows:,} rows have no post here."


# ---- the comparison


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row as totals take it: its role, whose it is, and billionths of a WTE."""

    role: str
    identifier: str
    billionths: int
    service: bool
    counts: bool = True


_BILLION = 1_000_000_000


def _published(row: Mapping[str, Any]) -> _Counted:
    role, fte = row["detailed_role"] or row["staff_role"] or "", read_decimal(row["fte"] or "")
    billionths = int(fte * _BILLION) if fte is not None and 0 <= fte < _BILLION else 0
    return _Counted(role, row["identifier"] or "", billionths, row["data_source"] == SERVICES)


def _counted(row: NwrsRow) -> _Counted:
    seconds = (row.hours or Hours()).seconds
    billionths = half_up(seconds * _BILLION, FULL_TIME_SECONDS)
    return _Counted(row.role_words, row.identifier.strip(), billionths, row.service, row.counts)


def _beside_export(
    export: DataSet, rows: tuple[NwrsRow, ...], staff: tuple[OurStaff, ...], roles: RolesCounted, on: date
) -> Facts:
    pairings = reconcile(staff, rows, roles, on)
    listed = [row for row in rows if row.listed(on)]
    source = f"{export.ref}, our own NWRS export taken in on {day_words(export.read_at.date())}"
    lines = tuple(_line(one) for one in pairings)
    return _facts(on, source, True, lines, staff, [_counted(row) for row in listed], roles, _moved(staff, on))


def _moved(staff: Sequence[OurStaff], on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The posts that somebody left, and those that somebody began in, in the month of the day."""
    month = Month.of(on)
    left = {one.post for one in staff if one.ends and month.first <= one.ends <= month.last}
    begun = {one.post for one in staff if month.first <= one.starts <= month.last}
    return tuple(sorted(left)), tuple(sorted(begun))


def _noted(staff: Sequence[OurStaff], held: Held, on: date) -> tuple[LineFacts, ...]:
    """Without an own export: the posts in use, with what was noted on each when it was last looked at."""
    posts = {post.id: post for post in held.posts}
    return tuple(_noted_line(one, posts[one.post_id]) for one in staff if one.in_post(on))


def _noted_line(one: OurStaff, post: Post) -> LineFacts:
    state = {True: NOTED_THERE, False: NOTED_ABSENT, None: "Nothing is noted"}[post.on_nwrs]
    checked = f"Looked at on {day_words(post.nwrs_checked)}." if post.nwrs_checked else "No day is noted."
    return LineFacts(
        one.post, str(one.post_id), one.label, one.role.words, one.hours, "", None, one.nwrs_ref, state, checked,
        (), agrees=False, sure=True,
    )  # fmt: skip


def _facts(
    on: date,
    source: str,
    own: bool,
    lines: tuple[LineFacts, ...],
    staff: Sequence[OurStaff],
    rows: Sequence[_Counted],
    roles: RolesCounted,
    moved: tuple[tuple[str, ...], tuple[str, ...]],
) -> Facts:
    services = [row for row in rows if row.service]
    seconds = sum(half_up(row.billionths * FULL_TIME_SECONDS, _BILLION) for row in services)
    *by_role, whole = _by_role([one for one in staff if one.in_post(on)], rows, roles)
    return Facts(
        day=on,
        source=source,
        own=own,
        lines=lines,
        roles=tuple(by_role),
        whole=whole,
        unknown=_unknown(rows, roles),
        crosswalk=_crosswalk(rows, roles),
        rows=len(rows),
        directors=sum(is_director(row.role) for row in rows),
        in_progress=sum(not row.counts for row in rows),
        services=len(services),
        services_hours=Hours(seconds),
        left_in_month=moved[0],
        begun_in_month=moved[1],
    )


def _line(one: Pairing) -> LineFacts:
    ours, row = one.ours, one.row
    return LineFacts(
        post=ours.post if ours else "",
        post_id=str(ours.post_id) if ours else "",
        label=ours.label if ours else "",
        role=ours.role.words if ours else "",
        hours=ours.hours if ours else None,
        nwrs_role=row.role_words if row else "",
        nwrs_hours=row.hours if row else None,
        # Where another row could be meant, one identifier would claim to be known.
        identifier=row.identifier if row and (one.sure or ours is None) else "",
        state=nwrs_words.state(one),
        said=nwrs_words.said(one),
        findings=tuple(finding.value for finding in one.findings),
        agrees=one.agrees,
        sure=one.sure,
    )


def _by_role(
    staff: Sequence[OurStaff], rows: Sequence[_Counted], roles: RolesCounted
) -> tuple[RoleFacts, ...]:
    """Each role, and all of them last: added up before anything is rounded."""
    ours: dict[Role, list[OurStaff]] = {}
    for one in staff:
        ours.setdefault(one.role, []).append(one)
    theirs: dict[Role, list[_Counted]] = {}
    for row in rows:
        counted = roles.of(row.role)
        if counted is not None and counted.role is not None and row.counts:
            theirs.setdefault(counted.role, []).append(row)
    held = sorted({*ours, *theirs}, key=lambda role: role.words)
    every = [row for some in theirs.values() for row in some]
    of_role = [_role_facts(role.words, ours.get(role, []), theirs.get(role, [])) for role in held]
    return (*of_role, _role_facts("All ARRS roles", staff, every))


def _role_facts(words: str, ours: Sequence[OurStaff], rows: Sequence[_Counted]) -> RoleFacts:
    people = [row for row in rows if not row.service]
    known = {row.identifier for row in people if row.identifier}
    return RoleFacts(
        role=words,
        posts=len(ours),
        wte=_hundredths(sum(one.hours.seconds for one in ours), FULL_TIME_SECONDS),
        people=len(known) + sum(not row.identifier for row in people),
        nwrs_wte=_wte(people),
        services_wte=_wte([row for row in rows if row.service]),
    )


def _wte(rows: Iterable[_Counted]) -> Decimal:
    return _hundredths(sum(row.billionths for row in rows), _BILLION)


def _hundredths(amount: int, whole: int) -> Decimal:
    return Decimal(half_up(amount * 100, whole)).scaleb(-2)


def _by_words(rows: Sequence[_Counted]) -> dict[str, list[_Counted]]:
    found: dict[str, list[_Counted]] = {}
    for row in rows:
        found.setdefault(row.role, []).append(row)
    return dict(sorted(found.items()))


def _unknown(rows: Sequence[_Counted], roles: RolesCounted) -> tuple[UnknownFacts, ...]:
    return tuple(
        UnknownFacts(words, len(some), _wte(some))
        for words, some in _by_words(rows).items()
        if roles.of(words) is None
    )


def _crosswalk(rows: Sequence[_Counted], roles: RolesCounted) -> tuple[CrosswalkFacts, ...]:
    found = []
    for words, some in _by_words(rows).items():
        line = roles.of(words)
        if line is not None:
            found.append(CrosswalkFacts(words, line.role_words, line.source, line.entry != 0, len(some)))
    return tuple(found)
