"""The forecast outturn gathered: claims as they were submitted, then the months to come by the same engine.

material = outturn.read(reader)
worked = outturn.work_out(material, FinancialYear(2026), today)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import claimed, local_rules, outturn
from nhsdesk.domain.arrs import Post, Scheme
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.claims import ClaimLine as WorkedLine
from nhsdesk.domain.claims import NoFigure
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.outturn import Entitlement, Entry, Lacking, Outturn, Paid, Standing
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.domain.uplifts import Uplift, UpliftLine
from nhsdesk.sections import outturn_entitlement, planned_posts, posts_held
from nhsdesk.sections.planned_posts import Planned
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an outturn rests on, read once."""

    held: Held
    settled: tuple[LocalRule, ...]
    claims: tuple[Claim, ...]
    lines: dict[Id, list[ClaimLine]]
    events: dict[Id, list[ClaimEvent]]
    uplifts: tuple[Uplift, ...]
    uplift_lines: dict[Id, list[UpliftLine]]
    statements: tuple[PortalStatement, ...]
    statement_lines: dict[Id, list[PortalLine]]
    entitlements: Mapping[FinancialYear, Entitlement]
    code: str
    """Our PCN's, by which a statement for another is left aside."""

    def rules(self, on: date) -> Rules:
        """The local rules of a day."""
        return local_rules.in_force(self.settled, on, resources.bank_holidays())


def read(reader: Reader, year: FinancialYear, known_on: date) -> Material:
    """Reads it, with the entitlement of that year and of the next as they were known."""
    lines: dict[Id, list[ClaimLine]] = {}
    for line in reader.all(ClaimLine):
        lines.setdefault(line.claim, []).append(line)
    events: dict[Id, list[ClaimEvent]] = {}
    for event in reader.all(ClaimEvent):
        if event.happened_on <= known_on:
            events.setdefault(event.claim, []).append(event)
    uplift_lines: dict[Id, list[UpliftLine]] = {}
    for uplift_line in reader.all(UpliftLine):
        uplift_lines.setdefault(uplift_line.uplift, []).append(uplift_line)
    told: dict[Id, list[PortalLine]] = {}
    for portal_line in reader.all(PortalLine):
        told.setdefault(portal_line.statement, []).append(portal_line)
    ours = reader.all(Organisation, ours=True)
    years = (year, FinancialYear(year.first_year + 1))
    return Material(
        posts_held.read(reader),
        reader.counting(LocalRule),
        reader.all(Claim),
        lines,
        events,
        reader.all(Uplift),
        uplift_lines,
        reader.all(PortalStatement),
        told,
        {one: outturn_entitlement.of_year(reader, one, known_on) for one in years},
        ours[0].ods_code or "" if ours else "",
    )


def work_out(material: Material, year: FinancialYear, known_on: date) -> Outturn:
    """The year: claimed months as they were submitted, all others by the engine, planned starters apart."""
    sent = _current(material, known_on)
    entries = [*_claimed(material, sent, year), *_uplifted(material, year, known_on)]
    forecast = Forecast(material, year, known_on)
    problems = list(_of_no_scheme(material.held, year))
    for post in material.held.posts:
        if post.scheme is Scheme.ARRS:
            forecast.add_filled(post, sent)
    starters, lacking, assumed = planned_posts.starting(material.held, known_on, year.last)
    for planned in starters:
        standing = Standing.CONFIRMED if planned.confirmed else Standing.PLANNED
        forecast.add_planned(planned, assumed, standing)
    months = tuple(month for month in year.months if month in sent)
    return Outturn(
        year=year,
        known_on=known_on,
        entitlement=material.entitlements[year],
        entries=(*entries, *forecast.entries),
        lacking=tuple(forecast.lacking),
        paid=tuple(_paid(material, year, known_on)),
        claimed_months=months,
        last_days=tuple(
            (month, forecast.last_day(month))
            for month in year.months
            if month.last < known_on and month not in months and forecast.anything_in(month)
        ),
        problems=(*problems, *lacking),
        maxima=_maxima(material, sent, year, forecast),
    )


class Forecast:
    """Entries of months that were not claimed, added post by post."""

    def __init__(self, material: Material, year: FinancialYear, known_on: date) -> None:
        self.entries: list[Entry] = []
        self.lacking: list[Lacking] = []
        self.maxima: dict[str, Rate] = {}
        self._year, self._known_on = year, known_on
        self._held = material.held
        self._back = material.rules(known_on).whole("arrs.back_months")
        self._rules = {month: material.rules(month.last) for month in year.months}

    def last_day(self, month: Month) -> date | None:
        """The last day on which a month may still be claimed; None where no limit is settled."""
        return outturn.may_be_claimed_until(month, self._back)

    def anything_in(self, month: Month) -> bool:
        """Whether a filled post has an amount in the month, or lacks one."""
        behind = {Standing.UNCLAIMED, Standing.TOO_LATE}
        return any(one.month == month and one.standing in behind for one in self.entries) or any(
            one.month == month for one in self.lacking
        )

    def add_filled(self, post: Post, sent: Mapping[Month, tuple[Claim, frozenset[Id]]]) -> None:
        """A post somebody is in, for the months in whose claim it does not stand."""
        for month in self._year.months:
            if month in sent and post.id in sent[month][1]:
                continue
            if posts_held.anybody_in(post, month, self._held):
                self._add(post, month, self._held, self._standing(month), 1)

    def add_planned(self, planned: Planned, assumed: Held, standing: Standing) -> None:
        """A post nobody is in yet, from the month of its planned start on."""
        begins = max(Month.of(planned.starts), Month.of(self._known_on))
        for month in self._year.months:
            if month >= begins:
                self._add(planned.post, month, assumed, standing, planned.alike)

    def _standing(self, month: Month) -> Standing:
        if month.last >= self._known_on:
            return Standing.TO_COME
        last = self.last_day(month)
        return Standing.TOO_LATE if last is not None and self._known_on > last else Standing.UNCLAIMED

    def _add(self, post: Post, month: Month, held: Held, standing: Standing, alike: int) -> None:
        pence, figures = 0, False
        for worked in posts_held.work(post, month, self._known_on, held, self._rules[month]):
            if isinstance(worked.result, NoFigure):
                self.lacking.append(_lacking(post, month, worked.result.problems))
            elif isinstance(worked.result, WorkedLine):
                pence, figures = pence + worked.result.claimed.pence * alike, True
                self.maxima.update({rate.ref: rate for rate in worked.rates})
        if figures:
            amount = Money(pence)
            self.entries.append(Entry(month, post.ref, post.id, post.role.words, standing, amount))


def _lacking(post: Post, month: Month, problems: tuple[Problem, ...]) -> Lacking:
    """Why a month has no figure, with the first other entry that is to be put right."""
    sentence = " ".join(problem.sentence for problem in problems)
    others = [(problem.kind, problem.record) for problem in problems if problem.kind]
    kind, record = others[0] if others else ("post", post.id)
    return Lacking(month, post.ref, post.id, post.role.words, sentence, kind, record)


# ---- what was claimed


def _current(material: Material, known_on: date) -> dict[Month, tuple[Claim, frozenset[Id]]]:
    """The submitted claim that counts for each month, with the posts that stand in it; none that was withdrawn."""
    submitted = [
        claim
        for claim in material.claims
        if claim.state is ClaimState.SUBMITTED
        and (claim.submitted_on is None or claim.submitted_on <= known_on)
        and claimed.stage_of(material.events.get(claim.id, ())) is not ClaimStage.WITHDRAWN
    ]
    return {
        month: (claim, frozenset(line.post for line in material.lines.get(claim.id, ())))
        for month, claim in claimed.current(submitted).items()
    }


def _claimed(
    material: Material, sent: Mapping[Month, tuple[Claim, frozenset[Id]]], year: FinancialYear
) -> Iterator[Entry]:
    posts = {post.id: post for post in material.held.posts}
    for month in year.months:
        if month in sent:
            for line in material.lines.get(sent[month][0].id, ()):
                yield _entry(posts[line.post], month, Standing.CLAIMED, line.claimed)


def _maxima(
    material: Material,
    sent: Mapping[Month, tuple[Claim, frozenset[Id]]],
    year: FinancialYear,
    forecast: Forecast,
) -> tuple[Rate, ...]:
    """Those that the forecast was worked out with, and those that claimed lines were."""
    known = {rate.id: rate for rate in material.held.rates}
    used = dict(forecast.maxima)
    for month in year.months:
        for line in material.lines.get(sent[month][0].id, ()) if month in sent else ():
            if line.rate in known:
                used[known[line.rate].ref] = known[line.rate]
    return tuple(used[ref] for ref in sorted(used))


def _uplifted(material: Material, year: FinancialYear, known_on: date) -> Iterator[Entry]:
    posts = {post.id: post for post in material.held.posts}
    for uplift in _submitted_uplifts(material, year, known_on):
        for line in material.uplift_lines.get(uplift.id, ()):
            yield _entry(posts[line.post], uplift.last, Standing.UPLIFT, line.ours)


def _submitted_uplifts(material: Material, year: FinancialYear, known_on: date) -> tuple[Uplift, ...]:
    return tuple(
        one
        for one in material.uplifts
        if one.last.financial_year == year
        and one.state is ClaimState.SUBMITTED
        and (one.submitted_on is None or one.submitted_on <= known_on)
        and claimed.stage_of(material.events.get(one.id, ())) is not ClaimStage.WITHDRAWN
    )


def _entry(post: Post, month: Month, standing: Standing, amount: Money) -> Entry:
    return Entry(month, post.ref, post.id, post.role.words, standing, amount)


# ---- what was paid


def _paid(material: Material, year: FinancialYear, known_on: date) -> Iterator[Paid]:
    """By the newest statement of a month; where none tells of money, by what the claim's events say."""
    for month in year.months:
        amount = _stated(material, month, known_on)
        if amount is None:
            claims = [claim.id for claim in material.claims if claim.month == month]
            amount = _told(material, claims)
        if amount is not None:
            yield Paid(month, amount)
    for uplift in _submitted_uplifts(material, year, known_on):
        amount = _told(material, [uplift.id])
        if amount is not None:
            yield Paid(uplift.last, amount)


def _stated(material: Material, month: Month, known_on: date) -> Money | None:
    ours = [
        one
        for one in material.statements
        if one.month == month
        and (one.received_on is None or one.received_on <= known_on)
        and (not one.network_code or not material.code or one.network_code == material.code)
    ]
    for statement in sorted(ours, key=lambda one: (one.received_on or date.min, one.id), reverse=True):
        lines = material.statement_lines.get(statement.id, ())
        paid = [line.paid for line in lines if line.paid is not None]
        if paid:
            return total(paid)
    return None


def _told(material: Material, claims: Iterable[Id]) -> Money | None:
    amounts = [
        event.amount
        for claim in claims
        for event in material.events.get(claim, ())
        if event.stage is ClaimStage.PAID and event.amount is not None
    ]
    return total(amounts) if amounts else None


def _of_no_scheme(held: Held, year: FinancialYear) -> Iterator[Problem]:
    for post in held.posts:
        if post.scheme is None and any(posts_held.anybody_in(post, month, held) for month in year.months):
            told = "it is not said which money pays for it, so it is left out of the forecast."
            words = f"{post.ref} {post.title_words()}: {told}"
            yield Problem(words, Weight.ACKNOWLEDGE, "post", post.id, "scheme")
