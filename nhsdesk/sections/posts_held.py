"""What a post's month is worked out from, read once; and the one way from a post to its lines.

Claim, uplift, forecast and scenario all come this way, so that one post has one figure. What was known on a day counts
for rates and for back-pay alike: a rate published later, or back-pay not yet paid then, does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from nhsdesk import resources
from nhsdesk.domain import post_spells, rates
from nhsdesk.domain.arrs import Assignment, BackPay, Holder, Pay, Post, Role
from nhsdesk.domain.claim_parts import WHOLE
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
from nhsdesk.domain.organisations import LondonZone, Organisation, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.post_spells import Spelt, employment_of, ending, nearest, overlaps
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.working_days import ONE_DAY
from nhsdesk.store.reading import Reader

T = TypeVar("T", Assignment, Pay, BackPay)
S = TypeVar("S", HoursSpell, PaySpell)

WHOLE_SHARE = Decimal(100)

_Asked = tuple[Role, LondonZone, Decimal | None, Month, date]
_SpeltBy = tuple[Id, date | None, date, tuple[str, ...]]


class _Found(NamedTuple):
    """The maxima of a month with their rates, what is missing, and what is wrong with them."""

    maxima: tuple[Maximum, ...]
    spent: tuple[Rate, ...]
    missing: tuple[Problem, ...]
    wrong: tuple[Problem, ...]


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
    found: dict[_Asked, _Found] = field(init=False, default_factory=dict, compare=False, repr=False)
    """Maxima chosen before: every post of a role asks for the same ones."""
    spelt: dict[_SpeltBy, Spelt] = field(init=False, default_factory=dict, compare=False, repr=False)
    """Hours and pay worded before: the twelve months of a post ask for the same ones."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One line of a post's month, or why there is none, with the rates it used."""

    result: ClaimLine | NoFigure | NobodyInPost
    rates: tuple[Rate, ...] = ()
    employment: str = ""


def read(reader: Reader) -> Held:
    """Everything at once: a year of forty posts asks for it hundreds of times."""
    organisations = {one.id: one for one in reader.all(Organisation)}
    known = [one for one in reader.counting(Rate) if one.network is None or organisations[one.network].ours]
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


class _Choices(NamedTuple):
    """What a line rests on of what was settled locally."""

    rules: ClaimRules
    spelt_by: tuple[str, ...]
    apart: bool
    """A line for each employment."""
    year_pennies: bool


def claim_rules(settled: Rules) -> ClaimRules:
    """The engine's rules as settled locally."""
    return settled.once(_choices).rules


def _choices(settled: Rules) -> _Choices:
    rules = ClaimRules(
        PartMonth(settled.text("arrs.part_month")),
        Pennies(settled.text("arrs.pennies")),
        LowerOver(settled.text("arrs.lower")),
        Compared(settled.text("arrs.share")),
    )
    spelt_by = tuple(map(settled.text, ("arrs.cover", "arrs.fees", "arrs.agency", "arrs.vat")))
    apart = settled.text("arrs.split") != "in one line"
    return _Choices(rules, spelt_by, apart, settled.yes("arrs.year_pennies"))


def work(post: Post, month: Month, known_on: date, held: Held, settled: Rules) -> tuple[Worked, ...]:
    """The lines of one post for one month, with what was known on a day. Never empty."""
    spelt = _spelt(post, known_on, held, settled)
    if not settled.once(_choices).apart:
        return (_worked(post, month, known_on, held, settled, spelt),)
    hours, pay, doubtful = spelt
    leads = _leads(post, held)
    employments = sorted({_lead(spell, leads) for spell in hours if overlaps(spell, month)})
    lines = [
        replace(
            _worked(
                post,
                month,
                known_on,
                held,
                settled,
                Spelt(_only(hours, one, leads), _only(pay, one, leads), doubtful),
            ),
            employment=one,
        )
        for one in employments
    ]
    return tuple(lines) or (Worked(NobodyInPost()),)


def _only(every: Sequence[S], employment: str, leads: Mapping[str, str]) -> list[S]:
    return [spell for spell in every if _lead(spell, leads) == employment]


def _lead(spell: HoursSpell | PaySpell, leads: Mapping[str, str]) -> str:
    return leads.get(spell.employment, spell.employment)


def _leads(post: Post, held: Held) -> dict[str, str]:
    """Employments that only cover, and whose line they are claimed in: cover has no maximum of its own."""
    assigned = held.assignments.get(post.id, [])
    named = {employment_of(one.holder, one.employer) for one in held.pay.get(post.id, [])}
    by_id = {one.id: one for one in assigned}
    own = {nearest(one, named) for one in assigned if one.covers is None}
    leads: dict[str, str] = {}
    for one in assigned:
        away, passed = one, {one.id}
        while away.covers in by_id and away.covers not in passed:
            away = by_id[away.covers]
            passed.add(away.id)
        if nearest(one, named) not in own:
            leads[nearest(one, named)] = nearest(away, named)
    return leads


def anybody_in(post: Post, month: Month, held: Held) -> bool:
    """Whether somebody's hours in a post fall in the month."""
    return any(
        overlaps(HoursSpell(one.starts, ending(one.ends, post), one.hours, one.ref), month)
        for one in held.assignments.get(post.id, [])
    )


# ---- hours and pay


def spells(post: Post, known_on: date, held: Held, settled: Rules) -> tuple[list[HoursSpell], list[PaySpell]]:
    """A post's hours and pay as the engine takes them, by the rules on cover, fees, agencies and VAT."""
    spelt = _spelt(post, known_on, held, settled)
    return spelt.hours, spelt.pay


def _spelt(post: Post, known_on: date, held: Held, settled: Rules) -> Spelt:
    known = known_on if post.id in held.back_pay else date.min
    asked = (post.id, post.ends, known, settled.once(_choices).spelt_by)
    found = held.spelt.get(asked)
    if found is None:
        found = held.spelt[asked] = post_spells.spelt_out(
            post,
            held.assignments.get(post.id, ()),
            held.pay.get(post.id, ()),
            held.back_pay.get(post.id, ()),
            known_on,
            settled,
        )
    return found


# ---- maxima


def zone_of(post: Post, held: Held) -> LondonZone | Problem:
    """The London zone of a post's practice base, or what is not known of it."""
    base = held.practices.get(post.base) if post.base is not None else None
    if base is not None and base.london_zone is not None:
        return base.london_zone
    if base is None:
        told = "No maximum can be chosen while its practice base is not known. Give it in the post."
        return Problem(told, Weight.MUST_FIX, "post", post.id, "base")
    told = (
        f"No maximum can be chosen while the London zone of {base.ref} {base.name} is not known. Give it under "
        "Neighbourhoods, Practices."
    )
    return Problem(told, Weight.MUST_FIX, "practice", base.id, "london_zone")


def share_reimbursed(post: Post, rate: Rate) -> Decimal:
    """The percentage of cost that counts: a post's own share, else the rate's."""
    share = post.reimbursed if post.reimbursed is not None else rate.reimbursed
    return WHOLE_SHARE if share is None else share


def _worked(post: Post, month: Month, known_on: date, held: Held, settled: Rules, spelt: Spelt) -> Worked:
    choices = settled.once(_choices)
    worked = _one_month(post, month, known_on, held, choices.rules, spelt)
    if month.number != 3 or not choices.year_pennies or not isinstance(worked.result, ClaimLine):
        return worked
    others = (
        _one_month(post, one, known_on, held, choices.rules, spelt).result
        for one in month.financial_year.months[:-1]
    )
    earlier = [line for line in others if isinstance(line, ClaimLine)]
    return replace(worked, result=true_up(worked.result, earlier))


def _one_month(
    post: Post, month: Month, known_on: date, held: Held, rules: ClaimRules, spelt: Spelt
) -> Worked:
    zone = zone_of(post, held)
    if isinstance(zone, Problem):
        if any(overlaps(spell, month) for spell in spelt.hours):
            return Worked(NoFigure((zone,)))
        zone = LondonZone.NONE
    asked = (post.role, zone, post.reimbursed, month, known_on)
    found = held.found.get(asked)
    if found is None:
        found = held.found[asked] = _maxima(post, zone, month, known_on, held.rates)
    if found.wrong:
        return Worked(NoFigure(found.wrong))
    line = work_out(month, spelt.hours, spelt.pay, found.maxima, held.on_costs, rules)
    unusable = tuple(post_spells.unusable(spelt.doubtful, month))
    if unusable and not isinstance(line, NobodyInPost):
        line = NoFigure((*unusable, *(line.problems if isinstance(line, NoFigure) else ())))
    if isinstance(line, ClaimLine):
        return Worked(line, _spent(found.spent, line))
    if isinstance(line, NoFigure) and found.missing:
        others = [problem for problem in line.problems if not problem.sentence.startswith("No maximum ")]
        return Worked(NoFigure((*found.missing, *others)))
    return Worked(line)


def _spent(found: tuple[Rate, ...], line: ClaimLine) -> tuple[Rate, ...]:
    """The rates of a month that a line used; where there is one, it did."""
    if len(found) == 1:
        return found
    used = line.rates
    return tuple(rate for rate in found if rate.ref in used)


def _maxima(post: Post, zone: LondonZone, month: Month, known_on: date, known: tuple[Rate, ...]) -> _Found:
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
    outside = any(not 0 <= maximum.share_of_cost <= WHOLE for maximum in found)
    wrong = (_NO_SHARE,) if outside else ()
    return _Found(tuple(found), tuple(spent.values()), tuple(missing.values()), wrong)


_NO_SHARE = Problem("The share reimbursed is not between 0% and 100%.", Weight.MUST_FIX)


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + ONE_DAY
