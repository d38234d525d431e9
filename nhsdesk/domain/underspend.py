"""What would be lost on 31 March, in sentences, with the last day to advertise so that somebody starts in time.

"Redistribution of unclaimed sums abolished" (2024/25): what is not spent by 31 March does not come back. The example is
a whole post of the role the PCN has most of, from the next first of a month that can still be reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.money import Hours, Money, half_up
from nhsdesk.domain.outturn import MONTHS, Outturn
from nhsdesk.domain.periods import FinancialYear, Month, day_words

FULL_TIME = Hours.of("37.5")


@dataclass(frozen=True, slots=True)
class Example:
    """A role with its maximum a year, by which to show what a post would use."""

    role: str
    annual: Money

    def until_the_end(self, first: Month, year: FinancialYear) -> Money:
        """The maxima of the whole months from one on to March, each rounded as a claim is."""
        left = sum(month >= first for month in year.months)
        return Money(left * half_up(self.annual.pence, MONTHS))


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be lost, the sentence that says so, and what it assumes."""

    amount: Money | None
    words: str
    assumes: tuple[str, ...]


def advertise_by(start: date, weeks: int) -> date:
    """The last day to advertise for somebody to start on a day."""
    return start - timedelta(weeks=weeks)


def next_start(today: date, year: FinancialYear, weeks: int) -> Month | None:
    """The first month of the year on whose first day somebody advertised for today could start; None when over."""
    coming = (month for month in year.months if advertise_by(month.first, weeks) >= today)
    return next(coming, None)


def commonest(hours: Mapping[str, Hours]) -> str | None:
    """The role with most hours in post; of roles alike the first by name."""
    return min(hours, key=lambda role: (-hours[role].seconds, role), default=None)


def loss(outturn: Outturn, weeks: int, example: Example | None) -> Loss:
    """The whole of it, exact where everything has a figure and careful where not."""
    headroom = outturn.headroom
    assumes = _assumes(outturn, weeks, example)
    if headroom is None:
        why = outturn.entitlement.working
        return Loss(None, f"What would be lost on 31 March cannot be said: {why}", assumes)
    if outturn.known_on > outturn.year.last:
        return Loss(headroom, _over(outturn, headroom), assumes)
    first = _headroom_words(outturn, headroom)
    if headroom.pence <= 0:
        return Loss(Money(), first, assumes)
    return Loss(
        headroom,
        " ".join(filter(None, (first, _starters(outturn), _chance(outturn, weeks, example)))),
        assumes,
    )


def _over(outturn: Outturn, headroom: Money) -> str:
    year = f"{outturn.year} ended on {day_words(outturn.year.last)}"
    if headroom.pence > 0:
        return f"{year}: {_most(outturn, headroom)} of its entitlement was not claimed."
    return f"{year}: nothing of its entitlement was left."


def _most(outturn: Outturn, amount: Money) -> str:
    return str(amount) if outturn.complete else f"At most {amount}"


def _headroom_words(outturn: Outturn, headroom: Money) -> str:
    if headroom.pence > 0:
        told = f"{_most(outturn, headroom)} will be lost on 31 March unless it is spent."
        return told if outturn.complete else f"{told} {_gaps_words(outturn)}"
    if not headroom:
        return "The forecast comes to the entitlement: nothing will be lost."
    least = "" if outturn.complete else "at least "
    return (
        f"The forecast is {least}{-headroom} over the entitlement: nothing will be lost, and that much would not be "
        "reimbursed."
    )


def _gaps_words(outturn: Outturn) -> str:
    posts = len({gap.post for gap in outturn.lacking})
    which = "1 post has" if posts == 1 else f"{posts:,} posts have"
    return f"{which} months without a figure, which are left out."


def _starters(outturn: Outturn) -> str:
    amount = outturn.starters
    return f"The planned starters would use {amount} of it." if amount else ""


def _chance(outturn: Outturn, weeks: int, example: Example | None) -> str:
    """An example that can still be reached, or that it is too late for one."""
    today, year = outturn.known_on, outturn.year
    last = advertise_by(year.last, weeks)
    month = next_start(today, year, weeks)
    if month is None:
        if today <= last:
            return f"For somebody to start by 31 March, advertise by {day_words(last)}."
        return f"The last day to advertise for a start by 31 March was {day_words(last)}."
    by = f"To start by then, advertise by {day_words(advertise_by(month.first, weeks))}."
    if example is None:
        return f"Somebody could start on {day_words(month.first)}. {by}"
    used = example.until_the_end(month, year)
    role = example.role if example.role[:2].isupper() else example.role[:1].lower() + example.role[1:]
    return f"A full-time {role} from 1 {month.words.split()[0]} would use {used}. {by}"


def _assumes(outturn: Outturn, weeks: int, example: Example | None) -> tuple[str, ...]:
    told = [
        f"Posts in post on {day_words(outturn.known_on)} go on to 31 March, or to their end date, at the hours and pay "
        "entered.",
        f"Maxima, employer NI and pension are those known on {day_words(outturn.known_on)}.",
        "Months already claimed count as claimed, whether or not they were paid; nothing is taken off for queries.",
        "An uplift counts in the last month it is for. What is not in a submitted uplift is not counted.",
        f"From advertising to starting takes {weeks} {'week' if weeks == 1 else 'weeks'} (a local rule).",
    ]
    if example is not None:
        told.append(
            f"A full-time {example.role.lower() if not example.role[:2].isupper() else example.role} is taken at the "
            f"whole maximum of {example.annual} a year: one paid less uses less."
        )
    if outturn.entitlement.working and outturn.entitlement.amount is not None:
        told.append(f"Entitlement: {outturn.entitlement.working}")
    return tuple(told)
