"""Who is owed, gathered: what claims and posts say a month cost, what the portal paid, and what was passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import claimed, local_rules, owed
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.employers import EmployerLine, EmployerPayment, EmployerStatement, VatMarker
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import total
from nhsdesk.domain.owed import Key, Moved, Owed, Spent
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.sections import claim_lines, posts_held
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader

NOBODY_SAID = "Employer not entered"


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of a year, what employers are called, and how many posts could not be worked out."""

    year: FinancialYear
    today: date
    rows: tuple[Owed, ...]
    names: Mapping[Id, str]
    not_worked_out: int

    def name(self, employer: Id | None) -> str:
        """What an employer is called."""
        return NOBODY_SAID if employer is None else self.names.get(employer, NOBODY_SAID)


def gather(reader: Reader, year: FinancialYear, today: date) -> Facts:
    """How the months of a year that are over stand with each employer."""
    held = posts_held.read(reader)
    whose = _Employers(reader, held)
    claims = {one.month: one for one in claimed.current(reader.all(Claim)).values()}
    months = [month for month in year.months if month.last < today or month in claims]
    lines = _claim_lines(reader, {claims[month].id for month in months if month in claims})
    settled = reader.counting(LocalRule)
    spent: list[Spent] = []
    missing = 0
    for month in months:
        if month in claims and lines.get(claims[month].id):
            spent += _of_claim(claims[month], lines[claims[month].id], whose)
            continue
        rules = local_rules.in_force(settled, month.last, resources.bank_holidays())
        worked = claim_lines.of_month(held, month, today, rules)
        missing += len(worked.lacking)
        for line in worked.lines:
            spent.append(Spent(month, whose.of(Id(int(line.post_id)), month, line.employment), line.cost))
    wanted = set(months)
    rows = owed.work_out(
        spent,
        [one for one in _paid(reader, claims, lines, whose) if one.month in wanted],
        [one for one in _passed_on(reader) if one.month in year.months],
        _vat(reader),
    )
    names = {one.id: one.name for one in held.organisations.values()}
    return Facts(year, today, rows, names, missing)


def _claim_lines(reader: Reader, claims: set[Id]) -> dict[Id, list[ClaimLine]]:
    found: dict[Id, list[ClaimLine]] = {}
    for line in reader.all(ClaimLine):
        if line.claim in claims:
            found.setdefault(line.claim, []).append(line)
    return found


def _of_claim(claim: Claim, lines: list[ClaimLine], whose: _Employers) -> Iterator[Spent]:
    submitted = claim.state is ClaimState.SUBMITTED
    for line in lines:
        employer = whose.of(line.post, claim.month, line.employment or "")
        yield Spent(claim.month, employer, line.cost, line.claimed if submitted else None)


# ---- who employs


class _Employers:
    """Who employs a post in a month: who sent its pay, else who is entered for its hours, else for the post."""

    def __init__(self, reader: Reader, held: Held) -> None:
        self._posts = {post.id: post for post in held.posts}
        self._held = held
        statements = {one.id: one for one in reader.all(EmployerStatement)}
        self._sent: dict[tuple[Id, Month], set[Id]] = {}
        for line in reader.all(EmployerLine):
            if line.post is not None and line.statement in statements:
                sent = statements[line.statement]
                self._sent.setdefault((line.post, sent.month), set()).add(sent.employer)

    def of(self, post: Id | None, month: Month, employment: str = "") -> Id | None:
        """One employer; where several share a line, the post's own."""
        if post is None or post not in self._posts:
            return None
        named = [Id(int(one)) for one in employment.split("/") if one.isdecimal()]
        told = {one for one in named if one in self._held.organisations}
        told = told or self._sent.get((post, month), set()) or self._assigned(post, month)
        return next(iter(told)) if len(told) == 1 else self._posts[post].employer

    def _assigned(self, post: Id, month: Month) -> set[Id]:
        return {
            one.employer
            for one in self._held.assignments.get(post, [])
            if one.employer is not None
            and one.starts <= month.last
            and (one.ends is None or one.ends >= month.first)
        }


# ---- money that moved


def _paid(
    reader: Reader, claims: Mapping[Month, Claim], lines: Mapping[Id, list[ClaimLine]], whose: _Employers
) -> Iterator[Moved]:
    """What the newest statement of each month says was paid; without one, a claim that was paid in full."""
    newest: dict[Month, PortalStatement] = {}
    for one in sorted(reader.all(PortalStatement), key=lambda one: (one.received_on or date.min, one.id)):
        newest[one.month] = one
    events = _paid_events(reader)
    by_statement = {one.id: one for one in newest.values()}
    for line in reader.all(PortalLine):
        sent = by_statement.get(line.statement)
        if sent is None or line.paid is None:
            continue
        claim = claims.get(sent.month)
        event = events.get(claim.id) if claim is not None else None
        on = event.happened_on if event is not None else sent.received_on
        yield Moved(sent.month, whose.of(line.post, sent.month), line.paid, on)
    for month, claim in claims.items():
        event = events.get(claim.id)
        held = lines.get(claim.id, [])
        if month in newest or event is None or event.amount not in (None, total(one.claimed for one in held)):
            continue
        for one_line in held:
            employer = whose.of(one_line.post, month, one_line.employment or "")
            yield Moved(month, employer, one_line.claimed, event.happened_on)


def _paid_events(reader: Reader) -> dict[Id, ClaimEvent]:
    """The first day on which each claim was paid."""
    found: dict[Id, ClaimEvent] = {}
    for event in sorted(reader.all(ClaimEvent), key=lambda one: (one.happened_on, one.id)):
        if event.stage is ClaimStage.PAID:
            found.setdefault(event.claim, event)
    return found


def _passed_on(reader: Reader) -> Iterator[Moved]:
    for one in reader.all(EmployerPayment):
        yield Moved(one.month, one.employer, one.amount, one.paid_on)


def _vat(reader: Reader) -> dict[Key, list[VatMarker]]:
    found: dict[Key, list[VatMarker]] = {}
    for one in reader.all(EmployerStatement):
        if one.vat is not None:
            found.setdefault((one.month, one.employer), []).append(one.vat)
    return found
