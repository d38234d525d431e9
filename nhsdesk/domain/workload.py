"""Work that moved to general practice, and what was asked of its people and rooms: funded or not, agreed where."""

from __future__ import annotations

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
from nhsdesk.domain.money import Money


class OurAnswer(Choice):
    """What we said to it."""

    NOT_YET = "not yet answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DECLINED_UNFUNDED = "declined unless funded"
    RETURNED = "returned"


@record(
    title="Workload transfer",
    plural="Workload transfers",
    prefix="WT",
    columns=("what", "moved_from", "funded", "hours_a_month", "amount", "answer"),
)
class WorkloadTransfer(Record):
    """Work that came to general practice from elsewhere."""

    what: str = text("What moved")
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
