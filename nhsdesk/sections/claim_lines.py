"""The claim for a month, line by line: gathered once for the return, the claim itself and the briefing's totals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from nhsdesk import resources
from nhsdesk.domain import rates
from nhsdesk.domain.arrs import Assignment, Pay, Post, Scheme
from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    HoursSpell,
    Maximum,
    NobodyInPost,
    NoFigure,
    PartMonth,
    PaySpell,
    Pennies,
    step_words,
    work_out,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import LondonZone, Organisation, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.store.reading import Reader

WHOLE_SHARE = Decimal(100)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One post's line, with the references its figures can be followed back to."""

    post: str
    post_id: str
    label: str
    role: str
    base: str
    employer: str
    starts: date | None
    ends: date | None
    hours: Hours
    wte: Decimal
    salary: Money
    employer_ni: Money
    employer_pension: Money
    fees: Money
    share_of_cost: Decimal
    cost: Money
    maximum: Money
    pro_rata_maximum: Money
    claimed: Money
    rates: tuple[str, ...]
    rate_ids: tuple[str, ...]
    working: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateFacts:
    """A maximum that lines were worked out with, its source and how sure it is."""

    ref: str
    role: str
    zone: str
    annual: Money
    valid_from: date
    published_on: date | None
    source: str
    confidence: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """All lines of a month, the rates they used, what could not be worked out, and posts nobody held."""

    month: Month
    known_on: date
    part_month: str
    pennies: str
    lines: tuple[LineFacts, ...]
    rates: tuple[RateFacts, ...]
    problems: tuple[Problem, ...]
    empty_posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """What the lines of a month are worked out from, read together."""

    practices: dict[Id, Practice]
    organisations: dict[Id, Organisation]
    assignments: dict[Id, list[Assignment]]
    pay: dict[Id, list[Pay]]
    rates: tuple[Rate, ...]


def gather(reader: Reader, month: Month, known_on: date, settled: Rules) -> MonthFacts:
    """Works out every post's line for a month with the rates known on a day."""
    held = _read(reader)
    rules = claim_rules(settled)
    lines: list[LineFacts] = []
    problems: list[Problem] = []
    empty: list[str] = []
    used: dict[str, Rate] = {}
    for post in reader.all(Post):
        if post.scheme is not Scheme.ARRS:
            problems += _of_no_scheme(post, month, held)
            continue
        worked = _worked(post, month, known_on, held, rules)
        if isinstance(worked, NobodyInPost):
            empty += [post.ref] if post.ends is None or post.ends >= month.first else []
        elif isinstance(worked, NoFigure):
            problems += [_of_post(problem, post) for problem in worked.problems]
        else:
            line, spent = worked
            problems += [_of_post(problem, post) for problem in line.notes]
            used.update({rate.ref: rate for rate in spent})
            lines.append(_facts(post, line, spent, held))
    told = tuple(_rate_facts(rate) for _, rate in sorted(used.items()))
    return MonthFacts(
        month, known_on, rules.part_month.value, rules.pennies.value, tuple(lines), told, tuple(problems), tuple(empty)
    )  # fmt: skip


def check(facts: MonthFacts) -> tuple[Problem, ...]:
    """What stands in the way of the lines, and the maxima nobody here has confirmed."""
    unsure = [rate for rate in facts.rates if not rate.confirmed]
    if not unsure:
        return facts.problems
    verb = "is" if len(unsure) == 1 else "are"
    what = (
        f"{len(unsure)} of the {len(facts.rates)} maxima used {verb} not confirmed against the specification"
    )
    refs = ", ".join(rate.ref for rate in unsure)
    return (*facts.problems, Problem(f"{what}: {refs}.", Weight.ACKNOWLEDGE, "rate"))


def claim_rules(settled: Rules) -> ClaimRules:
    """The engine's rules as settled locally."""
    return ClaimRules(PartMonth(settled.text("arrs.part_month")), Pennies(settled.text("arrs.pennies")))


def _read(reader: Reader) -> _Held:
    assignments: dict[Id, list[Assignment]] = {}
    for assignment in reader.all(Assignment):
        assignments.setdefault(assignment.post, []).append(assignment)
    pay: dict[Id, list[Pay]] = {}
    for one in reader.all(Pay):
        pay.setdefault(one.post, []).append(one)
    practices = {practice.id: practice for practice in reader.all(Practice)}
    organisations = {organisation.id: organisation for organisation in reader.all(Organisation)}
    known = [rate for rate in reader.all(Rate) if rate.network is None or organisations[rate.network].ours]
    return _Held(practices, organisations, assignments, pay, tuple(known))


def _worked(
    post: Post, month: Month, known_on: date, held: _Held, rules: ClaimRules
) -> tuple[ClaimLine, tuple[Rate, ...]] | NoFigure | NobodyInPost:
    hours = [
        HoursSpell(a.starts, _ending(a.ends, post), a.hours, a.ref) for a in held.assignments.get(post.id, [])
    ]
    pay = [_pay_spell(one, post) for one in held.pay.get(post.id, [])]
    base = held.practices.get(post.base) if post.base is not None else None
    if any(_overlaps(spell, month) for spell in hours) and (base is None or base.london_zone is None):
        where = "its practice base" if base is None else f"the London zone of {base.ref} {base.name}"
        return NoFigure((Problem(f"No maximum can be chosen while {where} is not known.", Weight.MUST_FIX),))
    zone = base.london_zone if base is not None and base.london_zone is not None else LondonZone.NONE
    maxima, spent, missing = _maxima(post, zone, month, known_on, held.rates)
    if any(not 0 <= maximum.share_of_cost <= 10_000 for maximum in maxima):
        return NoFigure((Problem("The share reimbursed is not between 0% and 100%.", Weight.MUST_FIX),))
    line = work_out(month, hours, pay, maxima, resources.on_costs(), rules)
    if isinstance(line, ClaimLine):
        return line, tuple(rate for rate in spent if rate.ref in line.rates)
    if isinstance(line, NoFigure) and missing:
        others = [problem for problem in line.problems if not problem.sentence.startswith("No maximum ")]
        return NoFigure((*missing, *others))
    return line


def _ending(ends: date | None, post: Post) -> date | None:
    """An assignment stops with its post, so that nobody is claimed for after leaving."""
    return min((day for day in (ends, post.ends) if day is not None), default=None)


def _overlaps(spell: HoursSpell, month: Month) -> bool:
    return spell.starts <= month.last and (spell.ends is None or spell.ends >= month.first)


def _pay_spell(pay: Pay, post: Post) -> PaySpell:
    return PaySpell(
        pay.starts,
        _ending(pay.ends, post),
        pay.salary,
        pay.employer_ni,
        pay.employer_pension,
        pay.fees or Money(),
        pay.ref,
    )


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
    spells: list[Maximum] = []
    spent: dict[str, Rate] = {}
    missing: dict[str, Problem] = {}
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        rate = rates.in_force(of_role, post.role, zone, begin, known_on)
        if isinstance(rate, Problem):
            missing.setdefault(rate.sentence, rate)
            continue
        spent[rate.ref] = rate
        until = month.last if following is None else following - ONE_DAY
        if spells and spells[-1].source == rate.ref and spells[-1].ends == begin - ONE_DAY:
            spells[-1] = replace(spells[-1], ends=until)
        else:
            spells.append(Maximum(begin, until, rate.annual, rate.ref, _share_of_cost(post, rate)))
    return tuple(spells), tuple(spent.values()), tuple(missing.values())


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + ONE_DAY


def _share_of_cost(post: Post, rate: Rate) -> int:
    """Ten-thousandths of the cost that count: a post's own share, else the rate's."""
    return int(_share(post, rate) * 100)


def _share(post: Post, rate: Rate) -> Decimal:
    share = post.reimbursed if post.reimbursed is not None else rate.reimbursed
    return WHOLE_SHARE if share is None else share


def _facts(post: Post, line: ClaimLine, spent: tuple[Rate, ...], held: _Held) -> LineFacts:
    base = held.practices.get(post.base) if post.base is not None else None
    employer = held.organisations.get(post.employer) if post.employer is not None else None
    amounts = line.amounts
    return LineFacts(
        post=post.ref,
        post_id=str(post.id),
        label=post.title_words(),
        role=post.role.words,
        base=base.name if base else "",
        employer=employer.name if employer else "",
        starts=post.starts,
        ends=post.ends,
        hours=line.hours,
        wte=line.hours.wte,
        salary=amounts.salary,
        employer_ni=amounts.employer_ni,
        employer_pension=amounts.employer_pension,
        fees=amounts.fees,
        share_of_cost=_share(post, spent[0]),
        cost=line.cost,
        maximum=line.maximum,
        pro_rata_maximum=line.pro_rata_maximum,
        claimed=line.claimed,
        rates=tuple(rate.ref for rate in spent),
        rate_ids=tuple(str(rate.id) for rate in spent),
        working=tuple(step_words(step) for step in line.steps),
    )


def _rate_facts(rate: Rate) -> RateFacts:
    return RateFacts(
        rate.ref, rate.role.words, rate.zone.words, rate.annual, rate.valid_from, rate.published_on, rate.source,
        rate.confidence.words, rates.unconfirmed(rate) is None,
    )  # fmt: skip


def _of_no_scheme(post: Post, month: Month, held: _Held) -> tuple[Problem, ...]:
    """A post paid from other money is left out in silence; one of which it is not known, with a word."""
    hours = [
        HoursSpell(a.starts, _ending(a.ends, post), a.hours, a.ref) for a in held.assignments.get(post.id, [])
    ]
    if post.scheme is not None or not any(_overlaps(spell, month) for spell in hours):
        return ()
    told = "it is not said which money pays for it, so it is not claimed for."
    return (_of_post(Problem(told, Weight.ACKNOWLEDGE, field="scheme"), post),)


def _of_post(problem: Problem, post: Post) -> Problem:
    return Problem(
        f"{post.ref} {post.title_words()}: {problem.sentence}", problem.weight, "post", post.id, problem.field
    )
