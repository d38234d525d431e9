"""Who is owed: for each month and employer what was spent, claimed, paid to the nominated payee and passed on.

An employer is out of pocket from the day it pays its staff until money is passed on to it, whoever has that money then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nhsdesk.domain.employers import VatMarker
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month

Key = tuple[Month, Id | None]


@dataclass(frozen=True, slots=True)
class Spent:
    """One line of a month: whom it cost how much, and what was claimed for it; None while nothing was."""

    month: Month
    employer: Id | None
    cost: Money
    claimed: Money | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Money for a month that reached the nominated payee, or an employer."""

    month: Month
    employer: Id | None
    amount: Money
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """How one month stands with one employer. What nobody has told is None, not nought."""

    month: Month
    employer: Id | None
    cost: Money = field(default_factory=Money)
    claimed: Money | None = None
    paid: Money | None = None
    passed_on: Money = field(default_factory=Money)
    paid_on: date | None = None
    vat: tuple[VatMarker, ...] = ()

    @property
    def outstanding(self) -> Money:
        """What the employer has spent and not had back; less than nothing where more was passed on."""
        return self.cost - self.passed_on

    @property
    def with_payee(self) -> Money:
        """What of it lies with the nominated payee."""
        if self.paid is None or self.paid <= self.passed_on:
            return Money()
        return self.paid - self.passed_on

    @property
    def borne(self) -> Money:
        """What cannot come back, because less was claimed than it cost."""
        if self.claimed is None or self.claimed >= self.cost:
            return Money()
        return self.cost - self.claimed

    def days(self, today: date) -> int | None:
        """For how many days money has lain with the payee; None where none does, or its day is not known."""
        if self.paid_on is None or not self.with_payee:
            return None
        return max((today - self.paid_on).days, 0)


def work_out(
    spent: Iterable[Spent],
    paid: Iterable[Moved] = (),
    passed_on: Iterable[Moved] = (),
    vat: Mapping[Key, Sequence[VatMarker]] | None = None,
) -> tuple[Owed, ...]:
    """A row for each month and employer, the newest month first."""
    costs: dict[Key, list[Spent]] = {}
    for one in spent:
        costs.setdefault((one.month, one.employer), []).append(one)
    came, went = _by_key(paid), _by_key(passed_on)
    marked = vat or {}
    keys = sorted({*costs, *came, *went}, key=lambda key: (key[0], key[1] is None, key[1] or 0))
    rows = [
        _row(key, costs.get(key, []), came.get(key, []), went.get(key, []), marked.get(key, ()))
        for key in keys
    ]
    return tuple(sorted(rows, key=lambda row: row.month, reverse=True))


def _by_key(moved: Iterable[Moved]) -> dict[Key, list[Moved]]:
    found: dict[Key, list[Moved]] = {}
    for one in moved:
        found.setdefault((one.month, one.employer), []).append(one)
    return found


def _row(
    key: Key, spent: Sequence[Spent], paid: Sequence[Moved], passed: Sequence[Moved], vat: Sequence[VatMarker]
) -> Owed:
    claimed = [one.claimed for one in spent if one.claimed is not None]
    days = [one.on for one in paid if one.on is not None]
    return Owed(
        key[0],
        key[1],
        total(one.cost for one in spent),
        total(claimed) if claimed else None,
        total(one.amount for one in paid) if paid else None,
        total(one.amount for one in passed),
        min(days, default=None),
        tuple(dict.fromkeys(vat)),
    )


# ---- all together


@dataclass(frozen=True, slots=True)
class Exposure:
    """What employers are out of pocket for, all together."""

    outstanding: Money
    employers: int
    months: int
    with_payee: Money
    longest: int | None
    borne: Money
    unpaid: Money

    @property
    def words(self) -> str:
        """The whole in a sentence or two."""
        if not self.outstanding:
            return "Nothing is outstanding: every month's cost has been passed on."
        who = "1 employer is" if self.employers == 1 else f"{self.employers} employers are"
        when = "1 month" if self.months == 1 else f"{self.months} months"
        told = [f"{who} owed {self.outstanding} for {when}."]
        if self.with_payee:
            days = "1 day" if self.longest == 1 else f"{self.longest} days"
            since = f", the longest for {days}" if self.longest is not None else ""
            told.append(f"{self.with_payee} of it lies with the nominated payee{since}.")
        if self.unpaid:
            told.append(f"{self.unpaid} has been claimed and is not known to be paid.")
        if self.borne:
            told.append(f"{self.borne} is above the maximum and will not come back.")
        return " ".join(told)


def exposure(rows: Sequence[Owed], today: date) -> Exposure:
    """Adds up what is outstanding; where more was passed on than it cost, that pays for nobody else."""
    owing = [row for row in rows if row.outstanding.pence > 0]
    days = [waited for row in owing if (waited := row.days(today)) is not None]
    return Exposure(
        total(row.outstanding for row in owing),
        len({row.employer for row in owing}),
        len({row.month for row in owing}),
        total(row.with_payee for row in owing),
        max(days, default=None),
        total(row.borne for row in owing),
        total(_unpaid(row) for row in owing),
    )


def _unpaid(row: Owed) -> Money:
    reached = max(row.paid or Money(), row.passed_on)
    if row.claimed is None or row.claimed <= reached:
        return Money()
    return row.claimed - reached
