"""What bodies say, what they send round, what they want to be told, and what they ask of our figures."""

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
    month,
    number,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month


@record(
    title="Policy position",
    plural="Policy positions",
    prefix="PP",
    columns=("body", "position", "taken_on", "document"),
)
class PolicyPosition(Record):
    """What a national or local body has said, when and where."""

    body: str = text("Body")
    position: str = long_text("Position, in our words")
    quotation: str | None = text("Exact words", default=None)
    taken_on: date | None = day("Taken on", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


class NoticeResult(Choice):
    """What a notice asks of us, once somebody has read it."""

    UNREAD = "not yet read"
    ACTION = "action"
    NONE = "no action"


@record(
    title="Bulletin",
    plural="Bulletins",
    prefix="BU",
    columns=("title", "sender", "dated", "result", "action"),
)
class Bulletin(Record):
    """A dated notice that was sent round, and whether anything has to be done."""

    title: str = text("Title")
    sender: str | None = text("From", default=None)
    dated: date | None = day("Dated", default=None, lean=Lean.LAST)
    replaces: Id | None = link("Replaces", "Bulletin", default=None)
    result: NoticeResult = choice("What it asks", NoticeResult, default=NoticeResult.UNREAD)
    action: Id | None = link("Action", "Action", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Reporting burden",
    plural="Reporting burden",
    prefix="RB",
    columns=("what", "requester", "month", "hours_spent"),
)
class ReportingBurden(Record):
    """The hours that one return took in one month, and for whom."""

    what: str = text("Return")
    requester: Id | None = link("For whom", "Organisation", default=None)
    month: Month = month("Month")
    hours_spent: Decimal = number("Hours", places=2)


@record(
    title="Data request",
    plural="Data requests",
    prefix="MR",
    columns=("metric", "asked_by", "asked_on", "basis_found", "checked_on", "answered_on"),
    groups={
        "What was asked": "metric",
        "What the contract says": "basis_found",
        "Our reply": "glad_to_discuss",
    },
)
class DataRequest(Record):
    """Somebody asks for a figure about practices: what our contract says of it, and what we replied."""

    metric: str = text("Figure asked for")
    asked_by: Id | None = link("Asked by", "Organisation", default=None)
    of_whom: str | None = text("Of whom", default=None)
    asked_on: date | None = day("Asked on", default=None, lean=Lean.LAST)
    basis_found: bool | None = flag("A contract asks for it", default=None)
    document: Id | None = link("Contract looked in", "SourceDocument", default=None)
    clause: str | None = text("Clause", default=None)
    checked_on: date | None = day("Looked on", default=None, lean=Lean.LAST)
    glad_to_discuss: str | None = text("What we are glad to discuss", default=None)
    hours_needed: Decimal | None = number("Hours it would take", places=2, default=None)
    cost: Money | None = money("What it would cost", default=None)
    answered_on: date | None = day("Answered on", default=None, lean=Lean.LAST)
    remarks: str | None = long_text("Remarks", default=None)
