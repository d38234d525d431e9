"""A rise in pay that came late, written down for many posts at once: what a month's pay comes to with it.

The employers' on-costs follow the pay as far as it says how: a pension that is stated rises with the salary, NI that
is stated as nothing stays nothing, and all else is worked out from the dated rules, as for any other pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain.arrs import BackPay, Pay, Post
from nhsdesk.domain.money import Money, half_up
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight

MOST_PER_CENT = Decimal(50)
"""A rise above it is taken for a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One stretch of pay before and after the rise."""

    post: Post
    pay: Pay
    back_pay: BackPay

    @property
    def words(self) -> str:
        """From when to when, and from what to what."""
        late = self.back_pay
        return (
            f"{day_words(late.starts)} to {day_words(late.ends)}: {self.pay.salary} to {late.salary} a month"
        )


def readable(percent: Decimal, first: Month, last: Month) -> Problem | None:
    """What is wrong with a rise as typed."""
    if percent <= 0 or percent > MOST_PER_CENT:
        return Problem(f"A rise is more than 0% and at most {MOST_PER_CENT}%. Check it.", field="percent")
    if last < first:
        return Problem(f"{last.words} comes before {first.words}.", field="last")
    return None


def raised(
    post: Post,
    pay: Iterable[Pay],
    before: Sequence[BackPay],
    percent: Decimal,
    first: Month,
    last: Month,
    paid_on: date | None,
) -> tuple[tuple[Raised, ...], tuple[Problem, ...]]:
    """The back-pay of one post for a rise from a month to a month; days that have back-pay already are left out."""
    made: list[Raised] = []
    problems: list[Problem] = []
    for one in sorted(pay, key=lambda one: (one.starts, one.id)):
        starts = max(one.starts, first.first)
        ends = min(day for day in (one.ends, post.ends, last.last) if day is not None)
        if starts > ends:
            continue
        late = _back_pay(one, percent, starts, ends, paid_on)
        there = next((other for other in before if _same_days(other, late)), None)
        if there is None:
            made.append(Raised(post, one, late))
        else:
            problems.append(_there_already(post, there))
    return tuple(made), tuple(problems)


def _back_pay(pay: Pay, percent: Decimal, starts: date, ends: date, paid_on: date | None) -> BackPay:
    return BackPay(
        post=pay.post,
        holder=pay.holder,
        employer=pay.employer,
        starts=starts,
        ends=ends,
        salary=with_rise(pay.salary, percent),
        employer_ni=pay.employer_ni if pay.employer_ni == Money() else None,
        employer_pension=None if pay.employer_pension is None else with_rise(pay.employer_pension, percent),
        fees=pay.fees,
        paid_on=paid_on,
    )


def with_rise(amount: Money, percent: Decimal) -> Money:
    """An amount with so many per cent more, to the nearest penny."""
    over, under = (1 + percent / 100).as_integer_ratio()
    return Money(half_up(amount.pence * over, under))


def _same_days(one: BackPay, other: BackPay) -> bool:
    whose = (one.holder, one.employer) == (other.holder, other.employer)
    return whose and one.starts <= other.ends and other.starts <= one.ends


def _there_already(post: Post, there: BackPay) -> Problem:
    until = f"{day_words(there.starts)} to {day_words(there.ends)}"
    sentence = (
        f"{post.ref} {post.title_words()} has back-pay on file for these days already: {there.ref}, {until}."
    )
    return Problem(sentence, Weight.NOTE, "back_pay", there.id)
