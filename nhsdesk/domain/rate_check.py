"""Whether a typed maximum agrees with others: by the formula that the published maxima follow. It fills nothing.

The formula was worked out backwards from published figures, not read in a document: a maximum is a reference salary
plus 14.38% employer pension plus employer NI, to the pound. A figure alone proves nothing, because any figure gives
some salary; what can be checked is how it stands to others, where their links have held each time both were seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Money, half_up
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate

PENSION = Fraction(1438, 10_000)
"""What an employer pays to the NHS Pension Scheme, administration levy included."""

AGREES_WITHIN = Fraction(1, 100)
"""A figure further away than this is asked about."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of pay that maxima were reckoned by: its NI, and the award that led to it from the level before."""

    valid_from: date
    valid_to: date
    published_from: date | None
    ni_percent: Fraction
    ni_threshold: Money
    award_percent: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What a maximum would be if it stood to another as such figures have so far, and by what reasoning."""

    annual: Money
    beside: Rate
    why: str


BANDS: dict[Role, str] = {
    Role.CLINICAL_PHARMACIST: "7-8a",
    Role.FIRST_CONTACT_PHYSIO: "7-8a",
    Role.PHARMACY_TECHNICIAN: "5",
    Role.LINK_WORKER: "5",
    Role.HEALTH_COACH: "5",
    Role.NEW_NURSE: "5",
    Role.EXPERIENCED_NURSE: "6",
    Role.CARE_COORDINATOR: "4",
    Role.NURSING_ASSOCIATE: "4",
    Role.GP_ASSISTANT: "4",
    Role.HEALTHCARE_SUPPORT_WORKER: "3",
    Role.STUDENT_NURSING_ASSOCIATE: "3",
    Role.ENHANCED_NURSE: "7",
    Role.PHYSICIAN_ASSOCIATE: "7",
    Role.DIETITIAN: "7",
    Role.PODIATRIST: "7",
    Role.OCCUPATIONAL_THERAPIST: "7",
    Role.PARAMEDIC: "7",
    Role.ADVANCED_PRACTITIONER: "8a",
    Role.DIGITAL_LEAD: "8a",
    Role.CONSULTANT_NURSE: "8c",
}
"""Indicative Agenda for Change bands. Some are from memory; roles without one are not compared by band."""

# Agenda for Change London supplements as the maxima of Oct 2024 imply them: a share of the salary, at most so much.
# Least amounts were not seen, so that nothing is said below the lowest salary at which the shares were.
_SUPPLEMENT = {LondonZone.OUTER: (Fraction(15, 100), 5_735), LondonZone.INNER: (Fraction(20, 100), 8_172)}
_SUPPLEMENT_SEEN_FROM = date(2024, 10, 1)
_LEAST_SALARY_SEEN = 34_000
_GP_IN_LONDON = 2_162
"""Pounds of salary between a GP's maximum in London and elsewhere, in 2024/25 and in 2026/27 alike."""


def level_of(rate: Rate, levels: Sequence[Level]) -> Level | None:
    """The level of pay a rate was reckoned by; None before 2022, after the last one known, and where it is unsure."""
    found = [
        level
        for level in levels
        if level.valid_from <= rate.valid_from <= level.valid_to
        and (level.published_from is None or (rate.published_on or date.min) >= level.published_from)
    ]
    if rate.published_on is None and any(
        level.published_from is not None and level.valid_from <= rate.valid_from <= level.valid_to
        for level in levels
    ):
        return None
    return max(found, key=lambda level: (level.valid_from, level.published_from or date.min), default=None)


def reference_salary(annual: Money, level: Level) -> Fraction:
    """The salary in pounds that a maximum was reckoned from, solved from the figure."""
    ni = level.ni_percent / 100
    return (Fraction(annual.pence, 100) + ni * level.ni_threshold.pence / 100) / (1 + PENSION + ni)


def maximum_of(salary: Fraction, level: Level) -> Money:
    """The maximum a reference salary gives, to the pound as they are published."""
    ni = level.ni_percent / 100
    exact = salary * (1 + PENSION) + ni * (salary - Fraction(level.ni_threshold.pence, 100))
    return Money(half_up(exact.numerator, exact.denominator) * 100)


def expected(rate: Rate, beside: Rate, levels: Sequence[Level]) -> Expected | None:
    """What another figure lets one expect of this one; None where the two are not known to be linked."""
    if not _comparable(rate, beside):
        return None
    if rate.role is beside.role and rate.zone is not beside.zone:
        return _by_zone(rate, beside, levels)
    same_role = rate.role is beside.role
    same_band = rate.role in BANDS and BANDS[rate.role] == BANDS.get(beside.role)
    if rate.zone is not beside.zone or not (same_role or same_band) or rate.role is Role.GP:
        return None
    return _by_awards(rate, beside, levels)


def _comparable(rate: Rate, beside: Rate) -> bool:
    """Local variations follow no table, and practitioners of several bands have several figures."""
    return (
        rate.network is None
        and beside.network is None
        and rate.reimbursed == beside.reimbursed
        and rate.role in (*BANDS, Role.GP)
        and beside.role in (*BANDS, Role.GP)
    )


def _by_awards(rate: Rate, beside: Rate, levels: Sequence[Level]) -> Expected | None:
    whose = "" if rate.role is beside.role else f" of “{beside.role.words}”, of the same indicative band,"
    if _same_table(rate, beside):
        return Expected(beside.annual, beside, f"the {beside.annual}{whose}") if whose else None
    here, there = level_of(rate, levels), level_of(beside, levels)
    if here is None or there is None:
        return None
    salary = reference_salary(beside.annual, there) * _rise(there, here, levels)
    why = f"the {beside.annual}{whose} from {day_words(beside.valid_from)} and the pay awards between"
    return Expected(maximum_of(salary, here), beside, why)


def _same_table(rate: Rate, beside: Rate) -> bool:
    return rate.valid_from == beside.valid_from and rate.published_on == beside.published_on


def _rise(there: Level, here: Level, levels: Sequence[Level]) -> Fraction:
    """What salaries rose by from one level to another, or fell by where the other is the earlier."""
    ordered = sorted(levels, key=lambda level: (level.valid_from, level.published_from or date.min))
    first, last = sorted((ordered.index(there), ordered.index(here)))
    rise = Fraction(1)
    for level in ordered[first + 1 : last + 1]:
        rise *= 1 + level.award_percent / 100
    return rise if ordered.index(there) <= ordered.index(here) else 1 / rise


def _by_zone(rate: Rate, beside: Rate, levels: Sequence[Level]) -> Expected | None:
    """A London figure from the national one of the same table."""
    level = level_of(rate, levels)
    if level is None or beside.zone is not LondonZone.NONE or not _same_table(rate, beside):
        return None
    salary = reference_salary(beside.annual, level)
    supplement = _supplement(rate, salary, level, levels)
    if supplement is None:
        return None
    why = f"the national {beside.annual} with the {rate.zone.value} London supplement"
    return Expected(maximum_of(salary + supplement, level), beside, why)


def _supplement(rate: Rate, salary: Fraction, level: Level, levels: Sequence[Level]) -> Fraction | None:
    if rate.role is Role.GP:
        return Fraction(_GP_IN_LONDON)
    seen = next((one for one in levels if one.valid_from == _SUPPLEMENT_SEEN_FROM), None)
    if seen is None:
        return None
    risen = _rise(seen, level, levels)
    share, most = _SUPPLEMENT[rate.zone]
    return min(salary * share, most * risen) if salary >= _LEAST_SALARY_SEEN * risen else None


def doubts(rate: Rate, others: Iterable[Rate], levels: Sequence[Level]) -> tuple[Problem, ...]:
    """What to ask about a typed maximum: those of its nearest links that it misses by more than 1%."""
    return tuple(
        _doubt(rate, one) for one in nearest(rate, others, levels) if _misses(rate.annual, one.annual)
    )


def nearest(rate: Rate, others: Iterable[Rate], levels: Sequence[Level]) -> Iterator[Expected]:
    """What the nearest figures let one expect: of the same role, of the same band, and outside London."""
    linked = [
        found for one in others if one is not rate and (found := expected(rate, one, levels)) is not None
    ]
    of_zone = [one for one in linked if one.beside.zone is not rate.zone]
    of_role = [one for one in linked if one.beside.role is rate.role and one.beside.zone is rate.zone]
    of_band = [one for one in linked if one.beside.role is not rate.role]
    for alike in (of_zone, of_role, of_band):
        if alike:
            yield min(alike, key=lambda one: _distance(rate, one.beside))


def _distance(rate: Rate, other: Rate) -> tuple[int, int]:
    published = other.published_on or other.valid_from
    return abs((rate.valid_from - other.valid_from).days), -published.toordinal()


def _misses(annual: Money, other: Money) -> bool:
    return abs(Fraction(annual.pence - other.pence)) > AGREES_WITHIN * other.pence


def _doubt(rate: Rate, beside: Expected) -> Problem:
    which = "more" if rate.annual > beside.annual else "less"
    tenths = half_up(abs(rate.annual.pence - beside.annual.pence) * 1_000, beside.annual.pence)
    sentence = (
        f"{rate.annual} is {tenths // 10}.{tenths % 10}% {which} than about £{beside.annual.pence // 100:,}, "
        f"which {beside.why} would give."
    )
    return Problem(sentence, Weight.ACKNOWLEDGE, "rate", rate.id, "annual")
