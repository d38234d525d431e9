"""Work that moved to general practice, and what was asked of its people and rooms: funded or not, agreed where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    money,
    number,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money, half_up, total


class OurAnswer(Choice):
    """What we said to it."""

    NOT_YET = "not yet answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DECLINED_UNFUNDED = "declined unless funded"
    RETURNED = "returned"


class TransferKind(Choice):
    """How work came to general practice."""

    MOVED = "moved to us"
    SENT_BACK = "sent back to us"


@record(
    title="Workload transfer",
    plural="Workload transfers",
    prefix="WT",
    columns=("what", "kind", "moved_from", "funded", "hours_a_month", "amount", "answer"),
)
class WorkloadTransfer(Record):
    """Work that came to general practice from elsewhere."""

    what: str = text("What moved")
    kind: TransferKind | None = choice("Kind", TransferKind, default=None)
    moved_from: Id | None = link("From", "Organisation", default=None)
    since: date | None = day("Since", default=None, lean=Lean.LAST)
    funded: bool | None = flag("Funded", default=None)
    amount: Money | None = money("Money that came with it", default=None)
    hours_a_month: Decimal | None = number("Hours a month", places=2, default=None)
    agreed_where: str | None = text("Agreed where", default=None)
    answer: OurAnswer | None = choice("Our answer", OurAnswer, default=None)
    remarks: str | None = long_text("Remarks", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


@record(
    title="Resource request",
    plural="Resource requests",
    prefix="RR",
    columns=("what", "asked_by", "asked_on", "cost", "agreed"),
)
class ResourceRequest(Record):
    """A call on our staff, rooms or time for somebody else's work."""

    what: str = text("What was asked for")
    asked_by: Id | None = link("Asked by", "Organisation", default=None)
    asked_on: date | None = day("Asked on", default=None, lean=Lean.LAST)
    cost: Money | None = money("What it costs us", default=None)
    agreed: bool | None = flag("Agreed", default=None)
    agreed_where: str | None = text("Agreed where", default=None)
    remarks: str | None = long_text("Remarks", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


FUNDED_WORDS = {True: "funded", False: "not funded", None: "not yet known whether funded"}


@dataclass(frozen=True, slots=True)
class Sum:
    """Several transfers together: how many, hours a month, money that came, and of how many no hours are known."""

    transfers: int
    hours: Decimal
    money: Money
    without_hours: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What moved: all of it, the funded, the unfunded, and that of which nobody knows yet."""

    all: Sum
    funded: Sum
    unfunded: Sum
    unknown: Sum


def totals(transfers: Iterable[WorkloadTransfer]) -> Totals:
    """Adds up what moved. What is not yet known to be funded is counted apart, never as unfunded."""
    held = tuple(transfers)
    return Totals(
        _sum(held),
        _sum(one for one in held if one.funded is True),
        _sum(one for one in held if one.funded is False),
        _sum(one for one in held if one.funded is None),
    )


def _sum(transfers: Iterable[WorkloadTransfer]) -> Sum:
    held = tuple(transfers)
    return Sum(
        len(held),
        sum((one.hours_a_month for one in held if one.hours_a_month is not None), Decimal()),
        total(one.amount for one in held if one.amount is not None),
        sum(one.hours_a_month is None for one in held),
    )


def cost_a_month(hours: Decimal, an_hour: Money) -> Money:
    """What so many hours a month cost at so much an hour, to the nearest penny."""
    numerator, denominator = hours.as_integer_ratio()
    return Money(half_up(numerator * an_hour.pence, denominator))


def by_source(transfers: Iterable[WorkloadTransfer]) -> dict[Id | None, Totals]:
    """What moved from each organisation, most hours first; None where it is not known from whom."""
    held: dict[Id | None, list[WorkloadTransfer]] = {}
    for one in transfers:
        held.setdefault(one.moved_from, []).append(one)
    found = {source: totals(theirs) for source, theirs in held.items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].all.hours, pair[0] or 0)))


def sent_back(transfers: Iterable[WorkloadTransfer]) -> dict[Id | None, int]:
    """How many pieces of work each organisation sent back to us, most first; None where it is not known from whom."""
    counted = Counter(one.moved_from for one in transfers if one.kind is TransferKind.SENT_BACK)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0] or 0)))


@dataclass(frozen=True, slots=True)
class Requested:
    """What was asked of our people and rooms: cost of all, of what was agreed, and of what waits for an answer."""

    requests: int
    cost: Money
    agreed: Money
    waiting: Money


def requested(requests: Iterable[ResourceRequest]) -> Requested:
    """Adds up resource requests; one neither agreed nor refused waits."""
    held = tuple(requests)
    return Requested(
        len(held),
        total(one.cost for one in held if one.cost is not None),
        total(one.cost for one in held if one.cost is not None and one.agreed is True),
        total(one.cost for one in held if one.cost is not None and one.agreed is None),
    )
