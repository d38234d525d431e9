"""A post's hours and pay as the claim engine takes them: spells that stop with the post, back-pay in its place.

spelt = spelt_out(post, assigned, paid, back_pay, known_on, rules)
problems = unusable(spelt.doubtful, month)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import NamedTuple

from nhsdesk.domain.arrs import Assignment, BackPay, Pay, PensionScheme, Post
from nhsdesk.domain.claim_parts import HoursSpell, PaySpell
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.working_days import ONE_DAY


class Doubtful(NamedTuple):
    """Pay of a scheme of which nothing is known, and back-pay with the employments that pay names."""

    unrated: tuple[Pay, ...]
    late: tuple[BackPay, ...]
    named: frozenset[str]


class Spelt(NamedTuple):
    """A post's hours and pay as the engine takes them, and what of its pay may make no cost."""

    hours: list[HoursSpell]
    pay: list[PaySpell]
    doubtful: Doubtful


NOTHING_DOUBTFUL = Doubtful((), (), frozenset())


def overlaps(spell: HoursSpell, month: Month) -> bool:
    """Whether a spell has a day in the month."""
    return spell.starts <= month.last and (spell.ends is None or spell.ends >= month.first)


def ending(ends: date | None, post: Post) -> date | None:
    """An assignment stops with its post, so that nobody is claimed for after leaving."""
    return min((day for day in (ends, post.ends) if day is not None), default=None)


def _in_time(starts: date, post: Post) -> bool:
    """Whether something begins while the post lasts: a rise planned for after somebody left is of no account."""
    return post.ends is None or starts <= post.ends


def spelt_out(
    post: Post,
    assigned: Sequence[Assignment],
    paid: Sequence[Pay],
    back_pay: Sequence[BackPay],
    known_on: date,
    settled: Rules,
) -> Spelt:
    """A post's hours and pay with what was known on a day, by the rules on cover, fees, agencies and VAT."""
    assigned = [one for one in assigned if _in_time(one.starts, post)]
    if settled.text("arrs.cover") == "the post alone":
        assigned = [one for one in assigned if one.covers is None]
    paid = [one for one in paid if _in_time(one.starts, post)]
    named = {employment_of(one.holder, one.employer) for one in paid}
    apart = {one.id: nearest(one, named) for one in assigned}
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
    late = _paid_late(back_pay, known_on)
    for one in late:
        pay = _with_back_pay(pay, one, named)
    unrated = [one for one in paid if _rests_on_an_unknown_scheme(one)]
    if not unrated and not late:
        return Spelt(hours, pay, NOTHING_DOUBTFUL)
    return Spelt(hours, pay, Doubtful(tuple(unrated), tuple(late), frozenset(named)))


def _rests_on_an_unknown_scheme(pay: Pay) -> bool:
    other = pay.pension_scheme is PensionScheme.OTHER
    return other and pay.employer_pension is None and pay.pension_rate is None


def _paid_late(back_pay: Sequence[BackPay], known_on: date) -> list[BackPay]:
    """The back-pay paid by a day, in the order it was paid: of two for the same days the later one counts."""
    paid = [one for one in back_pay if one.paid_on is not None and one.paid_on <= known_on]
    return sorted(paid, key=lambda one: (one.paid_on or date.min, one.id))


def employment_of(holder: Id | None, employer: Id | None) -> str:
    """What tells the employments of a post apart: who works and who employs, as far as the pay says it."""
    return "/".join(str(one) for one in (holder, employer) if one is not None)


def nearest(one: Assignment | BackPay, named: AbstractSet[str]) -> str:
    """The employment that hours or back-pay belong to: the nearest that pay names; where it names none, all are one."""
    likely = (
        employment_of(one.holder, one.employer),
        employment_of(one.holder, None),
        employment_of(None, one.employer),
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
        employment_of(pay.holder, pay.employer),
        rate,
        upper_threshold=pay.ni_letter is not None and pay.ni_letter.upper_threshold,
    )


def _with_back_pay(pay: list[PaySpell], late: BackPay, named: AbstractSet[str]) -> list[PaySpell]:
    """The pay with a rise paid late in its place, for the days the rise is for; on-costs as the pay it replaces."""
    employment = nearest(late, named)
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
        if ends < date.max and (spell.ends is None or spell.ends > ends):
            made.append(replace(spell, starts=ends + ONE_DAY))
    return made


def unusable(doubtful: Doubtful, month: Month) -> Iterator[Problem]:
    """Pay of a month from which no cost follows, although the engine would find one."""
    for pay in doubtful.unrated:
        if _touches(pay, month):
            told = f"{pay.ref} is in another pension scheme, of which neither the rate nor the amount is on file."
            yield Problem(told, Weight.MUST_FIX)
    named = doubtful.named
    late = [one for one in doubtful.late if _touches(one, month)]
    for one in late:
        if one.ends < one.starts:
            yield Problem(f"{one.ref} ends before it starts.", Weight.MUST_FIX)
        if nearest(one, named) not in named:
            told = (
                f"{one.ref} was paid to somebody of whom this post has no pay, so that it changes no figure."
            )
            yield Problem(told, Weight.MUST_FIX)
    for earlier, later in combinations(late, 2):
        if _contradict(earlier, later, named):
            told = f"{earlier.ref} and {later.ref} were paid on the same day for the same days."
            yield Problem(told, Weight.MUST_FIX)


def _contradict(one: BackPay, other: BackPay, named: AbstractSet[str]) -> bool:
    return (
        one.paid_on == other.paid_on
        and nearest(one, named) == nearest(other, named)
        and max(one.starts, other.starts) <= min(one.ends, other.ends)
    )


def _touches(one: Pay | BackPay, month: Month) -> bool:
    """Whether any day from one end to the other lies in the month, whichever end comes first."""
    first, last = one.starts, date.max if one.ends is None else one.ends
    return min(first, last) <= month.last and max(first, last) >= month.first
