"""How the PCN is led, for our own board: time, duties, talks, claims for our people's work, and collaboratives.

Where a clinical director's time goes and whom we talk to is for our own board alone: no paper for others reads this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.documents.model import BarLook, Chart, Series
from nhsdesk.domain import leadership_rules
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import (
    Collaborative,
    CollaborativeMember,
    Delegation,
    LeadAssignment,
    LeaderTime,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.leadership_rules import MonthOfTime
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.periods import MONTH_NAMES, Month, day_words
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.sections import written
from nhsdesk.store.reading import Reader

UNKNOWN = "unknown"
NOBODY = "nobody"
MONTHS_BACK = 11
TARGET = "leadership.share_outside"


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """One month with whose time it was, the share outside in words, and how that stands to the target."""

    id: str
    """Of an entry of that month."""
    month: Month
    who: str
    internal: Decimal
    external: Decimal
    share: str
    target: str


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """A duty of today, who does it and who steps in; `alone` where nobody does."""

    ref: str
    id: str
    duty: str
    held_by: str
    delegated_to: str
    since: date | None
    deputy: str
    alone: bool
    remark: str


@dataclass(frozen=True, slots=True)
class CarriedFacts:
    """How many duties one role does now, and how many alone."""

    who: str
    duties: int
    alone: int


@dataclass(frozen=True, slots=True)
class StakeholderFacts:
    """Somebody to keep in touch with; `days` since the last contact, None where none is known."""

    ref: str
    id: str
    organisation: str
    role: str
    what_for: str
    last_contact: date | None
    days: int | None
    next_step: str
    next_by: date | None
    overdue: bool
    stance: str


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """Work of our people for a place; `worth` is sessions or hours times the rate, `outstanding` invoiced less paid."""

    ref: str
    id: str
    what: str
    claimed_from: str
    work: str
    worth: Money | None
    invoiced: Money | None
    invoiced_on: date | None
    paid: Money | None
    paid_on: date | None
    outstanding: Money | None
    basis: str
    wants_a_look: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """One of the five needs with its score in words."""

    need: str
    score: str


@dataclass(frozen=True, slots=True)
class CollaborativeFacts:
    """A collaborative as on a day, with its members of that day."""

    ref: str
    id: str
    name: str
    kind: str
    meets_as: str
    terms: str
    mandate: str
    host: str
    rhythm: str
    paid: str
    where: str
    members: tuple[str, ...]
    maturity: tuple[NeedFacts, ...]
    scored_on: date | None


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """Who leads something, for whom, and where that was agreed."""

    ref: str
    id: str
    what: str
    leader: str
    role: str
    on_behalf_of: str
    agreed_where: str
    starts: date | None
    ends: date | None
    remarks: str


@dataclass(frozen=True, slots=True)
class TimeTold:
    """Leaders' time by month, the months it was worked out of, and what is said of it."""

    time: tuple[TimeFacts, ...] = ()
    months: tuple[MonthOfTime, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DutiesTold:
    """The duties of a day, those that hang on one person first, and how many each role does."""

    duties: tuple[DutyFacts, ...] = ()
    carried: tuple[CarriedFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it as on a day; `said` are the sentences about the time."""

    time: tuple[TimeFacts, ...]
    months: tuple[MonthOfTime, ...]
    said: tuple[str, ...]
    duties: tuple[DutyFacts, ...]
    carried: tuple[CarriedFacts, ...]
    stakeholders: tuple[StakeholderFacts, ...]
    claims: tuple[ClaimFacts, ...]
    collaboratives: tuple[CollaborativeFacts, ...]
    leads: tuple[LeadFacts, ...]


# ---- gather


@dataclass(frozen=True, slots=True)
class _Held:
    people: Mapping[Id, str]
    bodies: Mapping[Id, str]
    documents: Mapping[Id, SourceDocument]
    groups: Mapping[Id, str]
    day: date

    def role(self, id_: Id | None, otherwise: str = UNKNOWN) -> str:
        return otherwise if id_ is None else self.people.get(id_, otherwise)

    def organisation(self, id_: Id | None, otherwise: str = UNKNOWN) -> str:
        return otherwise if id_ is None else self.bodies.get(id_, otherwise)


def as_at(reader: Reader, day: date, rules: Rules) -> Facts:
    """What our own board sees as on a day."""
    held = _held(reader, day)
    time, duties = _time_told(reader, held, rules), _duties_told(reader, held)
    collaboratives = reader.all(Collaborative)
    return Facts(
        time=time.time,
        months=time.months,
        said=time.said,
        duties=duties.duties,
        carried=duties.carried,
        stakeholders=tuple(
            _stakeholder(one, held) for one in leadership_rules.to_see_first(reader.all(Stakeholder), day)
        ),
        claims=tuple(_claim(one, held) for one in reader.all(ResourceClaim)),
        collaboratives=tuple(_collaborative(reader, one, held) for one in collaboratives),
        leads=tuple(
            _lead(one, held) for one in reader.all(LeadAssignment) if leadership_rules.there_on(one, day)
        ),
    )


def time_as_at(reader: Reader, day: date, rules: Rules) -> TimeTold:
    """The months of leaders' time up to a day, alone."""
    return _time_told(reader, _held(reader, day), rules)


def duties_as_at(reader: Reader, day: date) -> DutiesTold:
    """The duties in force on a day, alone."""
    return _duties_told(reader, _held(reader, day))


def _held(reader: Reader, day: date) -> _Held:
    return _Held(
        {one.id: one.role_title for one in reader.all(Person)},
        {one.id: written.short(one.name) for one in reader.all(Organisation)},
        {one.id: one for one in reader.all(SourceDocument)},
        {one.id: written.short(one.name) for one in reader.all(Body)},
        day,
    )


def _time_told(reader: Reader, held: _Held, rules: Rules) -> TimeTold:
    first, last = Month.of(held.day).plus(-MONTHS_BACK), Month.of(held.day)
    times = [one for one in reader.all(LeaderTime) if first <= one.month <= last]
    months = leadership_rules.by_month(times)
    target = rules.whole(TARGET)
    time = tuple(_time(one, times, target, held) for one in months)
    return TimeTold(time, months, tuple(_said(months, target)))


def _duties_told(reader: Reader, held: _Held) -> DutiesTold:
    duties = reader.all(Delegation)
    return DutiesTold(
        tuple(_duty(one, held) for one in _alone_first(leadership_rules.in_force(duties, held.day))),
        tuple(
            CarriedFacts(held.role(one.person), one.duties, one.alone)
            for one in leadership_rules.carried(duties, held.day)
        ),
    )


def _time(one: MonthOfTime, times: Sequence[LeaderTime], target: int, held: _Held) -> TimeFacts:
    entered = [entry for entry in times if entry.month == one.month]
    who = dict.fromkeys(held.role(entry.person, "not said whose") for entry in entered)
    share = UNKNOWN if one.share is None else f"{one.share} %"
    return TimeFacts(
        str(entered[-1].id),
        one.month,
        ", ".join(who),
        one.internal,
        one.external,
        share,
        leadership_rules.target_words(one.share, target),
    )


def _said(months: Sequence[MonthOfTime], target: int) -> Iterator[str]:
    if not months:
        return
    last = months[-1]
    inside, outside = leadership_rules.plain(last.internal), leadership_rules.plain(last.external)
    share = UNKNOWN if last.share is None else f"{last.share} %"
    yield f"{last.month.words}: {inside} sessions inside and {outside} outside; share outside {share}."
    if target:
        yield f"Target: {leadership_rules.target_words(last.share, target)}."
    else:
        yield "No target is settled; you settle one among the local rules."
    if trend := leadership_rules.trend_words(months):
        yield trend
    if missing := leadership_rules.months_left_out(months):
        yield f"Nothing is entered for {', '.join(month.words for month in missing)}."


def _alone_first(duties: Sequence[Delegation]) -> list[Delegation]:
    return sorted(duties, key=lambda one: (not leadership_rules.hangs_on_one(one), one.id))


def _duty(one: Delegation, held: _Held) -> DutyFacts:
    return DutyFacts(
        one.ref,
        str(one.id),
        written.short(one.duty),
        held.role(one.held_by),
        held.role(one.delegated_to, NOBODY),
        one.since,
        held.role(one.deputy, NOBODY),
        leadership_rules.hangs_on_one(one),
        one.remark or "",
    )


def _stakeholder(one: Stakeholder, held: _Held) -> StakeholderFacts:
    return StakeholderFacts(
        one.ref,
        str(one.id),
        held.organisation(one.organisation),
        held.role(one.role),
        one.what_for or "",
        one.last_contact,
        leadership_rules.days_since(one.last_contact, held.day),
        written.short(one.next_step or "none"),
        one.next_by,
        leadership_rules.is_overdue(one, held.day),
        one.stance.words if one.stance else UNKNOWN,
    )


def _claim(one: ResourceClaim, held: _Held) -> ClaimFacts:
    where = written.where(held.documents, one.document, one.locator)
    return ClaimFacts(
        one.ref,
        str(one.id),
        written.short(one.what),
        held.organisation(one.claimed_from),
        leadership_rules.work_words(one),
        leadership_rules.claimed(one),
        one.invoiced,
        one.invoiced_on,
        one.paid,
        one.paid_on,
        leadership_rules.outstanding(one),
        leadership_rules.basis_words(where, where != written.NOWHERE, one.basis_checked_on),
        tuple(problem.sentence for problem in leadership_rules.claim_problems(one)),
    )


def _collaborative(reader: Reader, one: Collaborative, held: _Held) -> CollaborativeFacts:
    members = reader.all(CollaborativeMember, collaborative=one.id)
    return CollaborativeFacts(
        one.ref,
        str(one.id),
        written.short(one.name),
        one.kind.words if one.kind else UNKNOWN,
        UNKNOWN if one.body is None else held.groups.get(one.body, UNKNOWN),
        one.terms_version or UNKNOWN,
        one.mandate or "not written down",
        held.organisation(one.host),
        one.rhythm or UNKNOWN,
        leadership_rules.paid_words(one.paid),
        written.where(held.documents, one.document, one.locator),
        tuple(
            held.organisation(member.organisation)
            for member in members
            if leadership_rules.there_on(member, held.day)
        ),
        tuple(
            NeedFacts(need, leadership_rules.maturity_words(score))
            for need, score in leadership_rules.maturity(one)
        ),
        one.scored_on,
    )


def _lead(one: LeadAssignment, held: _Held) -> LeadFacts:
    return LeadFacts(
        one.ref,
        str(one.id),
        written.short(one.what),
        held.organisation(one.leader),
        held.role(one.role),
        one.on_behalf_of or UNKNOWN,
        one.agreed_where or UNKNOWN,
        one.starts,
        one.ends,
        one.remarks or "",
    )


# ---- in words and in a picture


def time_chart(months: Sequence[MonthOfTime]) -> Chart:
    """Sessions inside and outside month by month, a line for each."""
    return Chart(
        name="Leaders_time",
        title="Sessions inside and outside the PCN, by month",
        unit="Month",
        names=tuple(one.month.words for one in months),
        short=tuple(MONTH_NAMES[one.month.number][:3] for one in months),
        series=(
            Series("Inside", BarLook.FULL, tuple(one.internal for one in months)),
            Series("Outside", BarLook.STRIPED, tuple(one.external for one in months)),
        ),
        says=leadership_rules.trend_words(months) or "There are not two months to compare.",
        joined=True,
    )


def period_words(starts: date | None, ends: date | None) -> str:
    """From when until when, or that nobody said."""
    said = [f"from {day_words(starts)}" if starts else "", f"to {day_words(ends)}" if ends else ""]
    return " ".join(words for words in said if words) or "no days given"
