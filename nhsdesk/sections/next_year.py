"""Next year beside this one: what posts, starters and assumed rises come to, and what fits the next entitlement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk.domain import next_year, outturn, post_spells, rises
from nhsdesk.domain.arrs import Assignment, Post, Scheme, Stage
from nhsdesk.domain.money import Money
from nhsdesk.domain.next_year import Beside, Ending, Exposure
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.outturn import OUTTURN, STARTERS, Entitlement, Outturn, Standing
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.scenarios import Scenario
from nhsdesk.sections import outturn as gathered
from nhsdesk.sections import posts_held, scenario_outturns
from nhsdesk.sections.outturn import Material
from nhsdesk.sections.posts_held import Held
from nhsdesk.sections.scenario_outturns import Thought

EVERYTHING = OUTTURN | STARTERS | {Standing.SCENARIO}
NOTHING_ASSUMED = Thought(Scenario(title="Nothing assumed"), ())


@dataclass(frozen=True, slots=True)
class NextYear:
    """The year to come, beside the one it follows."""

    year: FinancialYear
    this: Outturn
    next: Outturn
    roles: tuple[Beside, ...]
    starters: tuple[Beside, ...]
    """Posts that started or are to start during this year, with the whole of next year's cost."""
    endings: tuple[Ending, ...]
    exposure: Exposure
    assumes: tuple[str, ...]

    @property
    def spend(self) -> Money:
        """What next year is forecast to come to, planned starters and the scenario's posts included."""
        return self.next.sum_of(EVERYTHING)

    @property
    def fits(self) -> Money | None:
        """What the next entitlement leaves; less than nothing where it does not fit."""
        entitled = self.next.entitlement.amount
        return None if entitled is None else entitled - self.spend

    @property
    def words(self) -> str:
        """Whether it fits, in a sentence."""
        entitled, left = self.next.entitlement, self.fits
        if left is None or entitled.amount is None:
            return f"Whether {self.year} fits its entitlement cannot be said: {entitled.working}"
        what = (
            f"{self.year}: {'' if self.next.complete else 'at least '}{self.spend} against {entitled.amount}"
        )
        what += ", assumed to be as this year's" if entitled.assumed else ""
        if left.pence < 0:
            return f"{what}. {-left} more than the entitlement."
        return f"{what}. {left} would be left."


def work_out(material: Material, this: Outturn, thought: Thought = NOTHING_ASSUMED) -> NextYear:
    """The year after an outturn's, with what a scenario assumes; published maxima and sums before assumed ones."""
    year, known_on, scenario = FinancialYear(this.year.first_year + 1), this.known_on, thought.scenario
    maxima = rises.maxima_raised(
        material.held.rates, scenario.maximum_rise or Decimal(), year.first, known_on
    )
    raised = replace(scenario, maximum_rise=None)
    held = replace(scenario_outturns.assumed(material.held, raised, year.first, known_on), rates=maxima.rates)
    entitled = _entitlement(material, this, year)
    assumed = replace(material, held=held, entitlements={**material.entitlements, year: entitled})
    worked = gathered.work_out(assumed, year, known_on)
    entries, lacking = scenario_outturns.posts_of(assumed, thought, year, known_on)
    coming = replace(worked, entries=(*worked.entries, *entries), lacking=(*worked.lacking, *lacking))
    endings = tuple(
        next_year.ending(post, this.year)
        for post in material.held.posts
        if post.scheme is Scheme.ARRS and _in_post(post, material.held, known_on)
    )
    return NextYear(
        year,
        this,
        coming,
        tuple(_roles(this, coming, maxima, held)),
        tuple(_starters(material.held, this, coming)),
        endings,
        next_year.exposure(endings),
        tuple(_assumes(scenario, maxima, entitled, year)),
    )


def _entitlement(material: Material, this: Outturn, year: FinancialYear) -> Entitlement:
    """The next year's own where it is known; else this year's, marked as assumed."""
    known = material.entitlements[year]
    if known.amount is not None or this.entitlement.amount is None:
        return known
    working = f"{this.year}'s entitlement, because {year}'s is not known. {known.working}"
    return Entitlement(this.entitlement.amount, working, assumed=True)


def _roles(this: Outturn, coming: Outturn, maxima: rises.Maxima, held: Held) -> Iterator[Beside]:
    before = {row.name: row for row in outturn.by_role(this)}
    after = {row.name: row for row in outturn.by_role(coming)}
    sums: dict[str, int] = {}
    for one in coming.entries:
        sums[one.role] = sums.get(one.role, 0) + one.amount.pence
    assumed = _assumed_roles(maxima, held)
    for role in sorted({*before, *after}):
        was = before[role].outturn + before[role].starters if role in before else Money()
        lacking = after[role].lacking if role in after else 0
        yield Beside(role, was, Money(sums.get(role, 0)), role in assumed, lacking)


def _assumed_roles(maxima: rises.Maxima, held: Held) -> set[str]:
    """Roles of which a post stands where the maximum is assumed."""
    return {
        post.role.words
        for post in held.posts
        if isinstance(zone := posts_held.zone_of(post, held), LondonZone)
        and (post.role, zone) in maxima.assumed
    }


def _starters(held: Held, this: Outturn, coming: Outturn) -> Iterator[Beside]:
    """What somebody who starts during this year costs in a whole one."""
    planned = {one.post_id for one in this.entries if one.standing in STARTERS}
    planned |= {one.post_id for one in coming.entries if one.standing in STARTERS}
    for post in held.posts:
        if post.scheme is not Scheme.ARRS:
            continue
        first = _first_start(held.assignments.get(post.id, []))
        if post.id in planned or (first is not None and this.year.first < first <= this.year.last):
            yield Beside(
                f"{post.ref} {post.title_words()}",
                _sum_of(this, post),
                _sum_of(coming, post),
                lacking=sum(gap.post_id == post.id for gap in coming.lacking),
                post_id=post.id,
            )


def _first_start(assigned: list[Assignment]) -> date | None:
    return min((one.starts for one in assigned), default=None)


def _sum_of(worked: Outturn, post: Post) -> Money:
    return Money(
        sum(
            one.amount.pence
            for one in worked.entries
            if one.post_id == post.id and one.standing in EVERYTHING
        )
    )


def _in_post(post: Post, held: Held, day: date) -> bool:
    if post.stage is Stage.ENDED:
        return False
    assigned = held.assignments.get(post.id, [])
    return any(
        one.starts <= day and ((ends := post_spells.ending(one.ends, post)) is None or ends >= day)
        for one in assigned
    )


def _assumes(
    scenario: Scenario, maxima: rises.Maxima, entitled: Entitlement, year: FinancialYear
) -> Iterator[str]:
    def percent(value: Decimal | None) -> str:
        return f"{(value or Decimal()).normalize():f}%"

    award_from = day_words(scenario.award_from or year.first)
    yield f"Pay award {percent(scenario.award)} from {award_from}, increments {percent(scenario.increments)}, assumed."
    roles = len({role for role, _ in maxima.assumed})
    if roles:
        yield (
            f"No maximum of {year} is published for {roles} {'role' if roles == 1 else 'roles'}: this year's and "
            f"{percent(scenario.maximum_rise)} is assumed."
        )
    yield "Posts without an end date go on all year at today's hours."
    yield "Planned starters count from their start, at the salary typed for them."
    if entitled.amount is not None:
        yield f"Entitlement: {entitled.working}"
