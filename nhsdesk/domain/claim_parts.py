"""A post's month cut into parts: the days on which hours, pay and maximum all stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import MONTH_NAMES, Month, day_words
from nhsdesk.domain.problems import Problem, Weight

NOTHING = Money()
WHOLE = 10_000
"""Shares and percentages are kept in ten-thousandths, so that 14.38% is exact."""
DAYS_IN_YEAR = 365
ONE_DAY = timedelta(days=1)


class PartMonth(Enum):
    """How the maximum of a month not wholly worked is shared out; pay always goes by calendar days.

    No national wording for part months is known, so it is a local rule. Weekdays are Monday to Friday,
    bank holidays included. 365ths are 365ths in leap years too. A month worked from its first day to its
    last is a twelfth of the year under every rule.
    """

    CALENDAR_DAYS = "calendar days of the month"
    WEEKDAYS = "weekdays of the month"
    DAYS_OF_YEAR = "365ths of the year"


@dataclass(frozen=True, slots=True)
class HoursSpell:
    """Hours a week from one day to another, both worked; no end means still going on.

    `employment` tells two people in one post apart: their hours and pay are added up. Within one
    employment a day has one lot of hours and one pay.
    """

    starts: date
    ends: date | None
    hours: Hours
    source: str
    employment: str = ""
    raises_maximum: bool = True
    """False for somebody who stands in for a holder who is away: they cost, and the maximum stays the holder's."""


@dataclass(frozen=True, slots=True)
class PaySpell:
    """What a whole month costs at this pay; employer NI or pension left as None is worked out from on-costs.

    `pension_per_ten_thousand` is the rate of a scheme of one's own, None for the dated NHS rate. `upper_threshold`
    says that the person's NI category has nothing due up to the upper threshold.
    """

    starts: date
    ends: date | None
    salary: Money
    employer_ni: Money | None
    employer_pension: Money | None
    fees: Money
    source: str
    employment: str = ""
    pension_per_ten_thousand: int | None = None
    upper_threshold: bool = False


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most a year of one whole time equivalent may be claimed for, and how much of the cost counts.

    `share_of_cost` is in ten-thousandths: 5,000 where half the cost is the network's, as with a mental
    health practitioner, 7,000 for a clinical pharmacist in 2019/20.
    """

    starts: date
    ends: date | None
    annual: Money
    source: str
    share_of_cost: int = WHOLE


@dataclass(frozen=True, slots=True)
class OnCosts:
    """What employer NI and pension are worked out with where pay does not state them.

    Those in force on the last day of the month count for all of it, since that is when it is paid. The
    threshold is taken off once a month for each employment, from all its pay whose NI is not stated.
    """

    ni_threshold: Money
    ni_per_ten_thousand: int
    pension_per_ten_thousand: int
    starts: date
    ends: date | None
    source: str
    upper_threshold: Money = NOTHING
    """Below it nothing is due for people under 21, apprentices under 25 and veterans."""


Spell = HoursSpell | PaySpell | Maximum | OnCosts


class Part(NamedTuple):
    """Days with one lot of hours, one pay and one maximum: `share` of `out_of` is their part of the year."""

    first: date
    last: date
    days: int
    share: int
    out_of: int
    hours: HoursSpell
    pay: PaySpell
    maximum: Maximum


class MonthDays(NamedTuple):
    """A month's first and last day, how many days it has and how many weekdays."""

    first: date
    last: date
    days: int
    weekdays: int


class _Fault(NamedTuple):
    """Why days have no figure, as a sentence with a place for the days."""

    sentence: str
    first: date
    last: date


@cache
def month_days(year: int, number: int) -> MonthDays:
    """The days of a month, kept because every line of that month asks for them."""
    month = Month(year, number)
    return MonthDays(month.first, month.last, month.days, weekdays_from(month.first, month.last))


def weekdays_from(first: date, last: date) -> int:
    """How many Mondays to Fridays, both days counted."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first.weekday() + n) % 7 < 5 for n in range(rest))


def days_words(first: date, last: date) -> str:
    """Days of one month as people write them: "14 to 30 September 2026"."""
    if first == last:
        return day_words(first)
    if first.day == 1 and last == Month.of(last).last:
        return f"{MONTH_NAMES[first.month]} {first.year}"
    return f"{first.day} to {day_words(last)}"


def cut(
    month: MonthDays,
    hours: Sequence[HoursSpell],
    pay: Sequence[PaySpell],
    maxima: Sequence[Maximum],
    part_month: PartMonth,
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """The parts of a month, in order, or what stops them: a day with hours needs one pay and one maximum."""
    if _unchanging(month, hours, pay, maxima):
        share = month.weekdays if part_month is PartMonth.WEEKDAYS else month.days
        whole = Part(month.first, month.last, month.days, share, 12 * share, hours[0], pay[0], maxima[0])
        return (whole,), ()
    parts: list[Part] = []
    spells: tuple[Spell, ...] = (*hours, *pay)
    faults = [_ends_first(spell) for spell in spells if _touches_but_ends_first(spell, month)]
    stretches = tuple(_stretches(month, (*spells, *maxima)))
    for employment in sorted({spell.employment for spell in hours}):
        theirs = [spell for spell in hours if spell.employment == employment]
        paid = [spell for spell in pay if spell.employment == employment]
        sound, wrong = _parts_of_one(month, stretches, theirs, paid, maxima, part_month)
        parts += sound
        faults += wrong
    return tuple(parts), _problems([*faults, *_changes_of_share(parts)])


def _unchanging(
    month: MonthDays, hours: Sequence[HoursSpell], pay: Sequence[PaySpell], maxima: Sequence[Maximum]
) -> bool:
    """Whether one spell of each lasts all month, as it does on most lines, and nothing needs cutting."""
    if not (len(hours) == len(pay) == len(maxima) == 1 and hours[0].employment == pay[0].employment):
        return False
    first, last, _, _ = month
    return lasts(hours[0], first, last) and lasts(pay[0], first, last) and lasts(maxima[0], first, last)


def lasts(spell: Spell, first: date, last: date) -> bool:
    """Whether a spell holds on every day from the first to the last."""
    return spell.starts <= first and (spell.ends is None or spell.ends >= last)


def _parts_of_one(
    month: MonthDays,
    stretches: Sequence[tuple[date, date]],
    hours: Sequence[HoursSpell],
    pay: Sequence[PaySpell],
    maxima: Sequence[Maximum],
    part_month: PartMonth,
) -> tuple[list[Part], list[_Fault]]:
    """The parts of one employment, cut where anybody's change; days without hours belong to none."""
    held = [
        (first, last, [spell for spell in hours if lasts(spell, first, last)]) for first, last in stretches
    ]
    held = [stretch for stretch in held if stretch[2]]
    whole_month = sum((last - first).days + 1 for first, last, _ in held) == month.days
    parts: list[Part] = []
    faults: list[_Fault] = []
    for first, last, worked in held:
        paid = [spell for spell in pay if lasts(spell, first, last)]
        most = [spell for spell in maxima if lasts(spell, first, last)]
        faults += _missing_or_doubled(first, last, worked, paid, most)
        if worked and paid and most:
            days, share, out_of = _share(month, first, last, part_month, whole_month)
            parts.append(Part(first, last, days, share, out_of, worked[0], paid[0], most[0]))
    return parts, faults


def _stretches(month: MonthDays, spells: Iterable[Spell]) -> Iterator[tuple[date, date]]:
    """First and last days between one change and the next."""
    begins = {month.first}
    for spell in spells:
        if month.first < spell.starts <= month.last:
            begins.add(spell.starts)
        if spell.ends is not None and month.first <= spell.ends < month.last:
            begins.add(spell.ends + ONE_DAY)
    in_order = sorted(begins)
    ends = [following - ONE_DAY for following in in_order[1:]]
    yield from zip(in_order, [*ends, month.last], strict=True)


def _share(
    month: MonthDays, first: date, last: date, part_month: PartMonth, whole_month: bool
) -> tuple[int, int, int]:
    """Calendar days, and the part of a year they stand for."""
    days = (last - first).days + 1
    if part_month is PartMonth.WEEKDAYS:
        return days, weekdays_from(first, last), 12 * month.weekdays
    if part_month is PartMonth.DAYS_OF_YEAR and not whole_month:
        return days, days, DAYS_IN_YEAR
    return days, days, 12 * month.days


def _missing_or_doubled(
    first: date, last: date, hours: Sequence[Spell], pay: Sequence[Spell], maxima: Sequence[Spell]
) -> Iterator[_Fault]:
    """What keeps these days from being one part: each needs one of each, and has hours already."""
    worked = ", ".join(spell.source for spell in hours)
    for what, spells in (("entry of hours", hours), ("pay", pay), ("maximum", maxima)):
        if not spells:
            yield _Fault(f"No {what} is on file for {{}}, when hours were worked ({worked}).", first, last)
        elif len(spells) > 1:
            sources = " and ".join(sorted(spell.source for spell in spells))
            yield _Fault(f"More than one {what} is on file for {{}}: {sources}.", first, last)


def _touches_but_ends_first(spell: Spell, month: MonthDays) -> bool:
    """Whether the spell ends before it starts and the month is one that the mistake may concern."""
    return (
        spell.ends is not None
        and spell.ends < spell.starts
        and spell.ends <= month.last
        and spell.starts >= month.first
    )


def _ends_first(spell: Spell) -> _Fault:
    ends = day_words(spell.ends or spell.starts)
    sentence = f"{spell.source} ends on {ends}, before it starts on {day_words(spell.starts)}."
    return _Fault(sentence, spell.starts, spell.starts)


def _changes_of_share(parts: Sequence[Part]) -> Iterator[_Fault]:
    """Employer NI belongs to a month's pay as a whole, so a month has one share of cost."""
    for earlier, later in pairwise(sorted(parts, key=lambda part: part.first)):
        if earlier.maximum.share_of_cost != later.maximum.share_of_cost:
            sentence = "The share of cost that may be claimed changes within the month, on {}."
            yield _Fault(sentence, later.first, later.first)


def _problems(faults: Iterable[_Fault]) -> tuple[Problem, ...]:
    """A sentence for each run of days with the same fault."""
    runs: list[_Fault] = []
    for fault in sorted(set(faults)):
        if runs and runs[-1].sentence == fault.sentence and fault.first <= runs[-1].last + ONE_DAY:
            runs[-1] = runs[-1]._replace(last=max(runs[-1].last, fault.last))
        else:
            runs.append(fault)
    runs.sort(key=lambda run: (run.first, run.sentence))
    return tuple(
        Problem(run.sentence.format(days_words(run.first, run.last)), Weight.MUST_FIX) for run in runs
    )
