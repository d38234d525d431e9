"""Pay and maxima raised from a day on by a percentage that is only assumed: for scenarios and for next year.

Nothing here is kept. A raised maximum says in its reference that it is assumed, and one that is known is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk.domain import rates
from nhsdesk.domain.arrs import Pay, Role
from nhsdesk.domain.money import Money, half_up
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.working_days import ONE_DAY

HUNDRED = Decimal(100)


def raised(amount: Money, percent: Decimal) -> Money:
    """An amount with a percentage added, to the nearest penny, halves up."""
    numerator, denominator = (1 + percent / HUNDRED).as_integer_ratio()
    return Money(half_up(amount.pence * numerator, denominator))


def pay_raised(pay: Iterable[Pay], percent: Decimal, day: date) -> list[Pay]:
    """Pay with a rise from a day on. A stated pension rises with it; NI, which has a threshold, is worked out anew."""
    made: list[Pay] = []
    for one in pay:
        if not percent or (one.ends is not None and one.ends < day):
            made.append(one)
            continue
        if one.starts < day:
            made.append(replace(one, ends=day - ONE_DAY))
        pension = None if one.employer_pension is None else raised(one.employer_pension, percent)
        made.append(
            replace(
                one,
                starts=max(one.starts, day),
                salary=raised(one.salary, percent),
                employer_ni=None,
                employer_pension=pension,
            )
        )
    return made


@dataclass(frozen=True, slots=True)
class Maxima:
    """Rates for a time to come, and the roles and zones whose maximum is assumed in them."""

    rates: tuple[Rate, ...]
    assumed: frozenset[tuple[Role, LondonZone]]


def maxima_raised(known: Iterable[Rate], percent: Decimal, day: date, known_on: date) -> Maxima:
    """The maxima with those not published from a day on assumed: what held the day before, and a percentage."""
    every = tuple(known)
    made = list(every)
    assumed: set[tuple[Role, LondonZone]] = set()
    for role, zone in dict.fromkeys((rate.role, rate.zone) for rate in every):
        of_role = [rate for rate in every if rate.role is role and rate.zone is zone]
        before = rates.in_force(of_role, role, zone, day - ONE_DAY, known_on)
        then = rates.in_force(of_role, role, zone, day, known_on)
        if not isinstance(before, Rate) or (isinstance(then, Rate) and then.valid_from >= day):
            continue
        made = [_stopped(rate, day) if rate in of_role else rate for rate in made]
        made.append(_assumed(before, percent, day))
        assumed.add((role, zone))
    return Maxima(tuple(made), frozenset(assumed))


def _stopped(rate: Rate, day: date) -> Rate:
    goes_on = rate.valid_from < day and (rate.valid_to is None or rate.valid_to >= day)
    return replace(rate, valid_to=day - ONE_DAY) if goes_on else rate


def _assumed(rate: Rate, percent: Decimal, day: date) -> Rate:
    return replace(
        rate,
        annual=raised(rate.annual, percent),
        valid_from=day,
        valid_to=None,
        ref=f"{rate.ref} assumed",
    )
