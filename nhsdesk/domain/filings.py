"""The register of filings: which return is due when and to whom, what was sent, and what came back."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    file,
    link,
    long_text,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile


class Rhythm(Choice):
    """How often a return is made."""

    ONCE = "once"
    MONTHLY = "every month"
    QUARTERLY = "every quarter"
    YEARLY = "every year"


class DueRule(Choice):
    """How the day a return is due is counted."""

    WORKING_DAYS = "working days after the period's end"
    DAYS = "days after the period's end"
    DAY_OF_MONTH = "day of the month after the period"
    FIXED = "a fixed day"


@record(
    title="Return to make",
    plural="Returns to make",
    prefix="RM",
    columns=("title", "to", "rhythm", "due_rule", "due_number", "due_on", "valid_to"),
    groups={"The return": "title", "When it is due": "rhythm", "Where that is written": "document"},
)
class ReturnToMake(Record):
    """A return that somebody must get again and again: what it is made with, who gets it, and when."""

    title: str = text("Return")
    paper: str | None = text("Made with", default=None, help="The paper's name on the Papers page.")
    workbook: Id | None = link("Workbook to fill", "WorkbookToFill", default=None)
    to: Id | None = link("Who must get it", "Organisation", default=None)
    address: str | None = text("Sent to", default=None, help="The mailbox or portal.")
    rhythm: Rhythm | None = choice("How often", Rhythm, default=None)
    due_rule: DueRule | None = choice("Due", DueRule, default=None)
    due_number: int | None = count("So many days, or the day", default=None)
    due_on: date | None = day("Due on", default=None, help="For a fixed day.")
    document: Id | None = link("Written in", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    valid_from: date | None = day("From", default=None, lean=Lean.LAST)
    valid_to: date | None = day("To", default=None)
    remarks: str | None = long_text("Remarks", default=None)


class FilingKind(Choice):
    """Whether something is to be sent, or was offered to us with a closing day."""

    RETURN = "return"
    INVITATION = "invitation"


class FilingState(Choice):
    """How a filing or invitation stands."""

    DRAFT = "draft"
    SENT = "sent"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    OFFERED = "offered"
    DECLINED = "declined"


@record(
    title="Filing",
    plural="Filings",
    prefix="FF",
    columns=("title", "period", "due_on", "to", "state", "sent_on", "supersedes"),
    groups={"What": "title", "Sent": "sent_on", "Before it": "supersedes"},
)
class Filing(Record):
    """One return for one period, or an invitation: due, sent, queried, accepted, or replaced by a corrected one."""

    title: str = text("Return")
    kind: FilingKind = choice("Kind", FilingKind, default=FilingKind.RETURN)
    made_by: Id | None = link("Return to make", "ReturnToMake", default=None)
    period: str | None = text("Period", default=None)
    due_on: date | None = day("Due on", default=None)
    to: Id | None = link("Who must get it", "Organisation", default=None)
    state: FilingState = choice("State", FilingState, default=FilingState.DRAFT)
    sent_on: date | None = day("Sent on", default=None, lean=Lean.LAST)
    sent: Id | None = link("Paper sent", "SentPaper", default=None)
    sent_by: Id | None = link("Sent by", "Person", default=None)
    supersedes: Id | None = link("Replaces", "Filing", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Filing event",
    plural="Filing events",
    prefix="FV",
    columns=("filing", "happened_on", "state", "words", "kept"),
)
class FilingEvent(Record):
    """What became of a filing on a day, with the file that came back."""

    filing: Id = parent("Filing", "Filing")
    happened_on: date = day("On", lean=Lean.LAST)
    state: FilingState | None = choice("State", FilingState, default=None)
    words: str | None = long_text("What was said", default=None)
    kept: KeptFile | None = file("File that came back", default=None)
