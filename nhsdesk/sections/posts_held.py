"""What a post's month is worked out from, read once; and the one way from a post to its lines.

Claim, uplift, forecast and scenario all come this way, so that one post has one figure. What was known on a day counts
for rates and for back-pay alike: a rate published later, or back-pay not yet paid then, does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from nhsdesk import resources
from nhsdesk.domain import rates
from nhsdesk.domain.arrs import Assignment, BackPay, Holder, Pay, PensionScheme, Post
from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    Compared,
    HoursSpell,
    LowerOver,
    Maximum,
    NobodyInPost,
    NoFigure,
    OnCosts,
    PartMonth,
    PaySpell,
    Pennies,
    true_up,
    work_out,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone, Organisation, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.store.reading import Reader

T = TypeVar("T", Assignment, Pay, BackPay)
S = TypeVar("S", HoursSpell, PaySpell)

WHOLE_SHARE = Decimal(100)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """Posts with everything their lines rest on."""

    posts: tuple[Post, ...]
    practices: dict[Id, Practice]
    organisations: dict[Id, Organisation]
    holders: dict[Id, Holder]
    assignments: dict[Id, list[Assignment]]
    pay: dict[Id, list[Pay]]
    back_pay: dict[Id, list[BackPay]]
    rates: tuple[Rate, ...]
    on_costs: tuple[OnCosts, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """One line of a post's month, or why there is none, with the rates it used."""

    result: ClaimLine | NoFigure | NobodyInPost
    rates: tuple[Rate, ...] = ()
    employment: str = ""


def read(reader: Reader) -> Held:
    """Everything at once: a year of forty posts asks for it hundreds of times."""
    organisations = {one.id: one for one in reader.all(Organisation)}
    known = [one for one in reader.all(Rate) if one.network is None or organisations[one.network].ours]
    return Held(
        posts=reader.all(Post),
        practices={one.id: one for one in reader.all(Practice)},
        organisations=organisations,
        holders={one.id: one for one in reader.all(Holder)},
        assignments=_by_post(reader.all(Assignment)),
        pay=_by_post(reader.all(Pay)),
        back_pay=_by_post(reader.all(BackPay)),
        rates=tuple(known),
        on_costs=resources.on_costs(),
    )


def _by_post(every: Iterable[T]) -> dict[Id, list[T]]:
    found: dict[Id, list[T]] = {}
    for one in every:
        found.setdefault(one.post, []).append(one)
    return found


def claim_rules(settled: Rules) -> ClaimRules:
    """The engine's rules as settled locally."""
    return ClaimRules(
        PartMonth(settled.text("arrs.part_month")),
        Pennies(settled.text("arrs.pennies")),
        LowerOver(settled.text("arrs.lower")),
        Compared(settled.text("arrs.share")),
    )


def work(post: Post, month: Month, known_on: date, held: Held, settled: Rules) -> tuple[Worked, ...]:
    """The lines of one post for one month, with what was known on a day. Never empty."""
    hours, pay = spells(post, known_on, held, settled)
    if settled.text("arrs.split") == "in one line":
        return (_worked(post, month, known_on, held, settled, hours, pay),)
    employments = sorted({spell.employment for spell in hours if overlaps(spell, month)})
    lines = [
        replace(
            _worked(post, month, known_on, held, settled, _only(hours, one), _only(pay, one)), employment=one
        )
        for one in employments
    ]
    return tuple(lines) or (Worked(NobodyInPost()),)


def _only(every: Sequence[S], employment: str) -> list[S]:
    return [spell for spell in every if spell.employment == employment]


def anybody_in(post: Post, month: Month, held: Held) -> bool:
    """Whether somebody's hours in a post fall in the month."""
    return any(
        overlaps(HoursSpell(one.starts, ending(one.ends, post), one.hours, one.ref), month)
        for one in held.assignments.get(post.id, [])
    )


def overlaps(spell: HoursSpell, month: Month) -> bool:
    """Whether a spell has a day in the month."""
    return spell.starts <= month.last and (spell.ends is None or spell.ends >= month.first)


def ending(ends: date | None, post: Post) -> date | None:
    """An assignment stops with its post, so that nobody is claimed for after leaving."""
    return min((day for day in (ends, post.ends) if day is not None), default=None)


# ---- hours and pay


def spells(post: Post, known_on: date, held: Held, settled: Rules) -> tuple[list[HoursSpell], list[PaySpell]]:
    """A post's hours and pay as the engine takes them, by the rules on cover, fees, agencies and VAT."""
    assigned = _in_its_time(held.assignments.get(post.id, []), post)
    if settled.text("arrs.cover") == "the post alone":
        assigned = [one for one in assigned if one.covers is None]
    paid = _in_its_time(held.pay.get(post.id, []), post)
    named = {_employment(one.holder, one.employer) for one in paid}
    apart = {one.id: _of_assignment(one, named) for one in assigned}
    hours = [
        HoursSpell(
            one.starts,
            ending(one.ends, post),
            one.hours,
            one.ref,
            apart[one.id],
            raises_maximum=one.covers is None,
        )
        for one in assigned
    ]
    pay = [_pay_spell(one, post, settled) for one in paid]
    if settled.text("arrs.cover") == "the post alone":
        there = {spell.employment for spell in hours}
        pay = [spell for spell in pay if not spell.employment or spell.employment in there]
    for late in held.back_pay.get(post.id, []):
        if late.paid_on is not None and late.paid_on <= known_on:
            pay = _with_back_pay(pay, late)
    return hours, pay


def _in_its_time(every: list[T], post: Post) -> list[T]:
    """Without what begins only after the post has ended, as a later pay award does for whoever has left."""
    return [one for one in every if post.ends is None or one.starts <= post.ends]


def _employment(holder: Id | None, employer: Id | None) -> str:
    """What tells the employments of a post apart: who works and who employs, as far as the pay says it."""
    return "/".join(str(one) for one in (holder, employer) if one is not None)


def _of_assignment(one: Assignment, named: set[str]) -> str:
    """The employment that hours belong to: the nearest that pay names; where pay names none, all are one."""
    likely = (
        _employment(one.holder, one.employer),
        _employment(one.holder, None),
        _employment(None, one.employer),
    )
    return next((key for key in likely if key in named), "")


def _pay_spell(pay: Pay, post: Post, settled: Rules) -> PaySpell:
    extra = Money()
    for rule, amount in (("arrs.fees", pay.fees), ("arrs.agency", pay.agency), ("arrs.vat", pay.vat)):
        if amount is not None and settled.yes(rule):
            extra = extra + amount
    rate: int | None = None
    if pay.pension_scheme is PensionScheme.NONE:
        rate = 0
    elif pay.pension_rate is not None:
        rate = int(pay.pension_rate * 100)
    return PaySpell(
        pay.starts,
        ending(pay.ends, post),
        pay.salary,
        pay.employer_ni,
        pay.employer_pension,
        extra,
        pay.ref,
        _employment(pay.holder, pay.employer),
        rate,
        upper_threshold=pay.ni_letter is not None and pay.ni_letter.upper_threshold,
    )


def _with_back_pay(pay: list[PaySpell], late: BackPay) -> list[PaySpell]:
    """The pay with a rise paid late in its place, for the days the rise is for; on-costs as the pay it replaces."""
    employment = _employment(late.holder, late.employer)
    made: list[PaySpell] = []
    for spell in pay:
        begins = max(spell.starts, late.starts)
        ends = late.ends if spell.ends is None else min(spell.ends, late.ends)
        if spell.employment != employment or begins > ends:
            made.append(spell)
            continue
        if spell.starts < begins:
            made.append(replace(spell, ends=begins - ONE_DAY))
        made.append(
            replace(
                spell,
                starts=begins,
                ends=ends,
                salary=late.salary,
                employer_ni=late.employer_ni,
                employer_pension=late.employer_pension,
                fees=spell.fees if late.fees is None else late.fees,
                source=late.ref,
            )
        )
        if spell.ends is None or spell.ends > ends:
            made.append(replace(spell, starts=ends + ONE_DAY))
    return made


# ---- maxima


def zone_of(post: Post, held: Held) -> LondonZone | Problem:
    """The London zone of a post's practice base, or what is not known of it."""
    base = held.practices.get(post.base) if post.base is not None else None
    if base is not None and base.london_zone is not None:
        return base.london_zone
    where = "its practice base" if base is None else f"the London zone of {base.ref} {base.name}"
    return Problem(f"No maximum can be chosen while {where} is not known.", Weight.MUST_FIX)


def share_reimbursed(post: Post, rate: Rate) -> Decimal:
    """The percentage of cost that counts: a post's own share, else the rate's."""
    share = post.reimbursed if post.reimbursed is not None else rate.reimbursed
    return WHOLE_SHARE if share is None else share


def _worked(
    post: Post,
    month: Month,
    known_on: date,
    held: Held,
    settled: Rules,
    hours: Sequence[HoursSpell],
    pay: Sequence[PaySpell],
) -> Worked:
    worked = _one_month(post, month, known_on, held, settled, hours, pay)
    if month.number != 3 or not settled.yes("arrs.year_pennies") or not isinstance(worked.result, ClaimLine):
        return worked
    others = (
        _one_month(post, one, known_on, held, settled, hours, pay).result
        for one in month.financial_year.months[:-1]
    )
    earlier = [line for line in others if isinstance(line, ClaimLine)]
    return replace(worked, result=true_up(worked.result, earlier))


def _one_month(
    post: Post,
    month: Month,
    known_on: date,
    held: Held,
    settled: Rules,
    hours: Sequence[HoursSpell],
    pay: Sequence[PaySpell],
) -> Worked:
    zone = zone_of(post, held)
    if isinstance(zone, Problem):
        if any(overlaps(spell, month) for spell in hours):
            return Worked(NoFigure((zone,)))
        zone = LondonZone.NONE
    maxima, spent, missing = _maxima(post, zone, month, known_on, held.rates)
    if any(not 0 <= maximum.share_of_cost <= 10_000 for maximum in maxima):
        return Worked(
            NoFigure((Problem("The share reimbursed is not between 0% and 100%.", Weight.MUST_FIX),))
        )
    line = work_out(month, hours, pay, maxima, held.on_costs, claim_rules(settled))
    if isinstance(line, ClaimLine):
        return Worked(line, tuple(rate for rate in spent if rate.ref in line.rates))
    if isinstance(line, NoFigure) and missing:
        others = [problem for problem in line.problems if not problem.sentence.startswith("No maximum ")]
        return Worked(NoFigure((*missing, *others)))
    return Worked(line)


def _maxima(
    post: Post, zone: LondonZone, month: Month, known_on: date, known: tuple[Rate, ...]
) -> tuple[tuple[Maximum, ...], tuple[Rate, ...], tuple[Problem, ...]]:
    """The rates of each day of the month, as spells; and what is missing, where something is."""
    of_role = [rate for rate in known if rate.role is post.role]
    days = {
        month.first,
        *(rate.valid_from for rate in of_role),
        *(_day_after(rate.valid_to) for rate in of_role),
    }
    begins = sorted(day for day in days if day is not None and month.first <= day <= month.last)
    found: list[Maximum] = []
    spent: dict[str, Rate] = {}
    missing: dict[str, Problem] = {}
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        rate = rates.in_force(of_role, post.role, zone, begin, known_on)
        if isinstance(rate, Problem):
            missing.setdefault(rate.sentence, rate)
            continue
        spent[rate.ref] = rate
        until = month.last if following is None else following - ONE_DAY
        if found and found[-1].source == rate.ref and found[-1].ends == begin - ONE_DAY:
            found[-1] = replace(found[-1], ends=until)
        else:
            share = int(share_reimbursed(post, rate) * 100)
            found.append(Maximum(begin, until, rate.annual, rate.ref, share))
    return tuple(found), tuple(spent.values()), tuple(missing.values())


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + ONE_DAY
