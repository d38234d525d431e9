"""The portal's statement: what it says was claimed, approved and paid for each post, beside what we claimed.

A statement is only ever taken in, never edited to fit. What it is compared with are the claim's own lines.
"""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    day,
    hours,
    link,
    money,
    month,
    parent,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month


@record(
    title="Portal statement",
    plural="Portal statements",
    prefix="PS",
    columns=("month", "received_on", "total", "source"),
)
class PortalStatement(Record):
    """What the claims portal, or the ICB, says of one month."""

    month: Month = month("Month")
    received_on: date | None = day("Received on", default=None, lean=Lean.LAST)
    total: Money | None = money("Total stated", default=None)
    network_code: str | None = reference("PCN code stated", default=None)
    source: str | None = text("Source", default=None)

    def title_words(self) -> str:
        """The month it is for."""
        return f"Portal statement for {self.month.words}"


@record(
    title="Statement line",
    plural="Statement lines",
    prefix="PT",
    columns=("label", "post", "claimed", "approved", "paid", "status"),
)
class PortalLine(Record):
    """One post as a statement lists it."""

    statement: Id = parent("Portal statement", "PortalStatement")
    label: str = text("Portal label")
    post: Id | None = link("Post", "Post", default=None)
    role_title: str | None = text("Role", default=None)
    starts: date | None = day("Start date", default=None, lean=Lean.LAST)
    ends: date | None = day("Leave date", default=None, lean=Lean.LAST)
    hours: Hours | None = hours("Hours a week", default=None)
    claimed: Money | None = money("Claimed", default=None)
    approved: Money | None = money("Approved", default=None)
    paid: Money | None = money("Paid", default=None)
    status: str | None = text("Status", default=None)
