"""The forecast outturn of a financial year: what every amount of it is, and its sums by month, role and post.

An outturn is a list of entries, one for each post and month (an uplift has one for its last month), each with how it
stands: claimed, still to be claimed, to come, or a start that is only planned. Every sum is taken from the same
entries, so that the months and the roles both come to the year. What has no figure is kept apart and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate, unconfirmed

MONTHS = 12
NOTHING = Money()


class Standing(Enum):
    """How sure an amount is, from what was submitted to what is only thought of."""

    CLAIMED = "claimed"
    UPLIFT = "uplift claimed"
    UNCLAIMED = "worked, not yet claimed"
    TO_COME = "to come"
    CONFIRMED = "start confirmed"
    PLANNED = "start planned"
    SCENARIO = "scenario"
    TOO_LATE = "too late to claim"


CLAIMED = frozenset({Standing.CLAIMED, Standing.UPLIFT})
COMMITTED = frozenset({Standing.UNCLAIMED, Standing.TO_COME})
"""Posts that are filled, for months not claimed yet."""
STARTERS = frozenset({Standing.CONFIRMED, Standing.PLANNED})
OUTTURN = CLAIMED | COMMITTED
"""What is forecast of the posts that are filled: planned starters and scenarios stand apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post's amount for one month."""

    month: Month
    post: str
    post_id: int
    role: str
    standing: Standing
    amount: Money


@dataclass(frozen=True, slots=True)
class Lacking:
    """A post's month that has no figure, and why."""

    month: Month
    post: str
    post_id: int
    role: str
    sentence: str
    kind: str = "post"
    record: int = 0
    """The entry that is to be put right, where it is not the post itself."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The year's ARRS sum with its working, or what keeps it from being known."""

    amount: Money | None
    working: str = ""
    confirmed: bool = False
    assumed: bool = False
    """Another year's, in place of one that is not published yet."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for a month, as the portal's statement or the claim's own events tell it."""

    month: Month
    amount: Money


@dataclass(frozen=True, slots=True)
class NotClaimed:
    """A month that is over and was not claimed; the last day for it, where the ICB settled one."""

    month: Month
    amount: Money
    last_day: date | None
    too_late: bool
    figures: bool = True
    """Whether any post of the month has an amount."""
    complete: bool = True
    """Whether every post of the month has one."""

    @property
    def amount_words(self) -> str:
        """What it comes to; never nothing where it is not known."""
        if not self.figures and not self.complete:
            return "amount not known"
        return str(self.amount) if self.complete else f"at least {self.amount}"

    @property
    def words(self) -> str:
        """What became of the month, in a sentence."""
        what = f"{self.month.words_with_number} is not claimed ({self.amount_words})."
        if self.last_day is None:
            return f"{what} No limit is settled on how far back it may be claimed."
        if self.too_late:
            return (
                f"{what} It could be claimed until {day_words(self.last_day)}, which has passed: it is lost."
            )
        return f"{what} It can be claimed until {day_words(self.last_day)}."


@dataclass(frozen=True, slots=True)
class Outturn:
    """A financial year as it was known on a day."""

    year: FinancialYear
    known_on: date
    entitlement: Entitlement
    entries: tuple[Entry, ...]
    lacking: tuple[Lacking, ...] = ()
    paid: tuple[Paid, ...] = ()
    claimed_months: tuple[Month, ...] = ()
    last_days: tuple[tuple[Month, date | None], ...] = ()
    """Of each month over and not claimed, the last day on which it may be."""
    problems: tuple[Problem, ...] = ()
    maxima: tuple[Rate, ...] = ()
    """Every maximum that a figure rests on, by reference."""

    def sum_of(self, standings: frozenset[Standing]) -> Money:
        """What those amounts come to."""
        return total(one.amount for one in self.entries if one.standing in standings)

    @property
    def claimed(self) -> Money:
        """Claimed in the months' current claims, uplifts included."""
        return self.sum_of(CLAIMED)

    @property
    def paid_in_all(self) -> Money | None:
        """What was paid of it; None where nobody told of any payment."""
        return total(one.amount for one in self.paid) if self.paid else None

    @property
    def committed(self) -> Money:
        """Filled posts, for the months not claimed yet."""
        return self.sum_of(COMMITTED)

    @property
    def forecast(self) -> Money:
        """The forecast outturn: claimed and committed together."""
        return self.sum_of(OUTTURN)

    @property
    def starters(self) -> Money:
        """What planned starters would add."""
        return self.sum_of(STARTERS)

    @property
    def headroom(self) -> Money | None:
        """What the entitlement leaves; less than nothing where the forecast is over it."""
        entitled = self.entitlement.amount
        return None if entitled is None else entitled - self.forecast

    @property
    def complete(self) -> bool:
        """Whether every post's month has its figure."""
        return not self.lacking

    @property
    def twelfth(self) -> Money | None:
        """A straight line through the year: a twelfth of the entitlement, to the nearest penny."""
        entitled = self.entitlement.amount
        return None if entitled is None else Money((2 * entitled.pence + MONTHS) // (2 * MONTHS))

    @property
    def not_claimed(self) -> tuple[NotClaimed, ...]:
        """Months over and not claimed, the oldest first."""
        behind = COMMITTED | {Standing.TOO_LATE}
        found = []
        for month, last_day in self.last_days:
            amounts = [e.amount for e in self.entries if e.month == month and e.standing in behind]
            too_late = last_day is not None and self.known_on > last_day
            complete = all(one.month != month for one in self.lacking)
            found.append(NotClaimed(month, total(amounts), last_day, too_late, bool(amounts), complete))
        return tuple(found)


def may_be_claimed_until(month: Month, months_back: int) -> date | None:
    """The last day on which a missed month may be claimed; None where no limit is settled."""
    return month.plus(months_back).last if months_back else None


# ---- sums


@dataclass(frozen=True, slots=True)
class Row:
    """One month, role or post with its amounts kept apart. `lacking` counts the post months without a figure."""

    name: str
    claimed: Money
    uplift: Money
    committed: Money
    starters: Money
    lacking: int
    too_late: Money = NOTHING

    @property
    def outturn(self) -> Money:
        """Claimed, uplift and committed together."""
        return self.claimed + self.uplift + self.committed


def by_month(outturn: Outturn) -> tuple[tuple[Month, Row], ...]:
    """April to March, each with its amounts."""
    rows = _rows(outturn, lambda one: str(one.month))
    empty = Row("", NOTHING, NOTHING, NOTHING, NOTHING, 0)
    return tuple(
        (month, replace(rows.get(str(month), empty), name=month.words)) for month in outturn.year.months
    )


def by_role(outturn: Outturn) -> tuple[Row, ...]:
    """Each role that has a post this year, by name."""
    rows = _rows(outturn, lambda one: one.role)
    return tuple(rows[role] for role in sorted(rows))


def by_post(outturn: Outturn) -> tuple[tuple[Entry | Lacking, Row], ...]:
    """Each post that has an amount this year, with one of its entries to know it by."""
    rows = _rows(outturn, lambda one: one.post)
    first: dict[str, Entry | Lacking] = {}
    every: tuple[Entry | Lacking, ...] = (*outturn.entries, *outturn.lacking)
    for one in every:
        first.setdefault(one.post, one)
    return tuple((first[post], rows[post]) for post in sorted(rows))


def _rows(outturn: Outturn, key: Callable[[Entry | Lacking], str]) -> dict[str, Row]:
    pence: dict[str, dict[Standing, int]] = {}
    lacking: dict[str, int] = {}
    for one in outturn.entries:
        sums = pence.setdefault(key(one), {})
        sums[one.standing] = sums.get(one.standing, 0) + one.amount.pence
    for gap in outturn.lacking:
        pence.setdefault(key(gap), {})
        lacking[key(gap)] = lacking.get(key(gap), 0) + 1
    return {name: _row(name, sums, lacking.get(name, 0)) for name, sums in pence.items()}


def _row(name: str, sums: Mapping[Standing, int], lacking: int) -> Row:
    def of(standings: Iterable[Standing]) -> Money:
        return Money(sum(sums.get(one, 0) for one in standings))

    return Row(
        name,
        of([Standing.CLAIMED]),
        of([Standing.UPLIFT]),
        of(COMMITTED),
        of(STARTERS),
        lacking,
        of([Standing.TOO_LATE]),
    )


# ---- what must be told


def problems(outturn: Outturn) -> tuple[Problem, ...]:
    """What the figures lack, each with its post; and what was found while they were gathered."""
    told = list(outturn.problems)
    if outturn.entitlement.amount is None:
        told.append(Problem(outturn.entitlement.working, Weight.ACKNOWLEDGE))
    elif not outturn.entitlement.confirmed:
        told.append(
            Problem("The sum per head that the entitlement rests on is not confirmed.", Weight.ACKNOWLEDGE)
        )
    return (*told, *_unsure(outturn.maxima), *_gaps(outturn))


def _unsure(maxima: tuple[Rate, ...]) -> Iterator[Problem]:
    """One sentence for all maxima that nobody here has confirmed."""
    unsure = [rate for rate in maxima if unconfirmed(rate) is not None]
    if unsure:
        verb = "is" if len(unsure) == 1 else "are"
        refs = ", ".join(rate.ref for rate in unsure)
        told = f"{len(unsure)} of the {len(maxima)} maxima used {verb} not confirmed against the specification: {refs}."
        yield Problem(told, Weight.ACKNOWLEDGE, "rate")


def _gaps(outturn: Outturn) -> Iterator[Problem]:
    """One sentence for each post, with the first reason, however many months it concerns."""
    found: dict[str, list[Lacking]] = {}
    for gap in outturn.lacking:
        found.setdefault(gap.post, []).append(gap)
    for post, gaps in found.items():
        months = sorted({gap.month for gap in gaps})
        when = months[0].words if len(months) == 1 else f"{months[0].words} to {months[-1].words}"
        told = f"{post} has no figure for {when}: {gaps[0].sentence}"
        yield Problem(told, Weight.ACKNOWLEDGE, gaps[0].kind, gaps[0].record or gaps[0].post_id)
