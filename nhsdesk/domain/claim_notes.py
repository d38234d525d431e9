"""What is odd about the parts a claim line rests on: the figure stands, but may rest on a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nhsdesk.domain.claim_parts import WHOLE, Part, days_words
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.problems import Problem, Weight

MOST_HOURS_ON_PORTAL = Hours.of(40)
"""The Primary Care Workforce Portal has refused more; extra hours at plain time are allowed (FAQ, 31 March 2021)."""


def of_parts(parts: Sequence[Part]) -> Iterator[Problem]:
    """Each in a sentence, with the days it is about."""
    filled = days_filled(part for part in parts if part.hours.raises_maximum)
    for part in parts:
        yield from _of_hours(part, _when(part, part.hours.source), filled)
        yield from _of_pay(part)
        yield from _of_maximum(part)


def days_filled(parts: Iterable[Part]) -> frozenset[int]:
    """Days with somebody in post, each once where two were."""
    filled: set[int] = set()
    for part in parts:
        filled.update(range(part.first.toordinal(), part.last.toordinal() + 1))
    return frozenset(filled)


def _when(part: Part, source: str) -> str:
    return f"{days_words(part.first, part.last)} ({source})"


def _of_hours(part: Part, when: str, filled: frozenset[int]) -> Iterator[Problem]:
    hours = part.hours.hours
    if not hours:
        yield Problem(f"No hours a week for {when}: nothing can be claimed.", Weight.ACKNOWLEDGE)
    elif hours > MOST_HOURS_ON_PORTAL:
        yield Problem(
            f"{hours} hours a week for {when}: the claims portal has refused more than 40.",
            Weight.ACKNOWLEDGE,
        )
    if not part.hours.raises_maximum and not filled.issuperset(_days(part.first, part.last)):
        yield Problem(
            f"Cover for {when} stands in for nobody whose hours are in this line, so it raises no maximum.",
            Weight.ACKNOWLEDGE,
        )


def _days(first: date, last: date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)


def _of_pay(part: Part) -> Iterator[Problem]:
    pay = part.pay
    amounts = (pay.salary, pay.employer_ni, pay.employer_pension, pay.fees)
    if any(amount is not None and amount < Money() for amount in amounts):
        yield Problem(
            f"The pay for {_when(part, pay.source)} holds an amount below nothing.", Weight.ACKNOWLEDGE
        )

    own = pay.pension_per_ten_thousand
    if own is not None and not 0 <= own <= WHOLE:
        yield Problem(
            f"The pension rate for {_when(part, pay.source)} is not between 0% and 100%.", Weight.ACKNOWLEDGE
        )


def _of_maximum(part: Part) -> Iterator[Problem]:
    rate, when = part.maximum, _when(part, part.maximum.source)
    if not rate.annual:
        yield Problem(f"The maximum for {when} is nothing, so nothing can be claimed.", Weight.ACKNOWLEDGE)
    if rate.share_of_cost == 0:
        yield Problem(f"The share reimbursed for {when} is 0%.", Weight.ACKNOWLEDGE)
