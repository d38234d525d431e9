"""What we answered to drafts and specifications, and consultations with their days."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    file,
    flag,
    link,
    long_text,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile


@record(
    title="Consultation",
    plural="Consultations",
    prefix="CO",
    columns=("title", "held_by", "opened", "closes", "decided_on"),
)
class Consultation(Record):
    """A consultation: opened, paused, closed, decided. A decision before it closed is told."""

    title: str = text("Title")
    held_by: str | None = text("Held by", default=None)
    document: Id | None = link("Document", "SourceDocument", default=None)
    opened: date | None = day("Opened", default=None, lean=Lean.LAST)
    paused_on: date | None = day("Paused on", default=None, lean=Lean.LAST)
    closes: date | None = day("Closes", default=None)
    decided_on: date | None = day("Decided on", default=None, lean=Lean.LAST)
    outcome: str | None = long_text("Outcome", default=None)


@record(
    title="Response",
    plural="Responses",
    prefix="RE",
    columns=("point", "document", "clause", "sent_on", "outcome"),
)
class Response(Record):
    """A point of ours on a document or specification, with the change we proposed."""

    point: str = long_text("Our point")
    consultation: Id | None = link("Consultation", "Consultation", default=None)
    document: Id | None = link("Document", "SourceDocument", default=None)
    clause: str | None = text("Clause", default=None)
    change: str | None = long_text("Change proposed", default=None)
    sent_on: date | None = day("Sent on", default=None, lean=Lean.LAST)
    outcome: str | None = text("What came of it", default=None)


@record(
    title="Closing date",
    plural="Closing dates",
    prefix="DW",
    columns=("what", "closes", "decided_by"),
)
class DecisionWindow(Record):
    """Until when something can still be shaped."""

    what: str = text("What")
    closes: date = day("Closes", lean=Lean.NEXT)
    decided_by: str | None = text("Decided by", default=None)
    remarks: str | None = long_text("Remarks", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


class RequestLaw(Choice):
    """Under which law somebody asks for information."""

    FOI = "freedom of information"
    SUBJECT_ACCESS = "subject access"


@record(
    title="Information request",
    plural="Information requests",
    prefix="IR",
    columns=("what", "law", "received", "answered_on"),
    groups={"What is asked for": "what", "The clock": "received", "The answer": "searched"},
)
class InformationRequest(Record):
    """A freedom of information or subject access request, with its clock. No requester's name is kept."""

    what: str = text("What is asked for")
    law: RequestLaw = choice("Under", RequestLaw)
    received: date = day("Received", lean=Lean.LAST)
    clarification_asked_on: date | None = day("Asked what is meant on", default=None, lean=Lean.LAST)
    clarified_on: date | None = day(
        "Told what is meant on", default=None, lean=Lean.LAST, help="Until then the clock stands still."
    )
    searched: str | None = long_text("Where was searched", default=None)
    exemptions: str | None = long_text("Exemptions", default=None)
    bundle: KeptFile | None = file("Redacted bundle", default=None)
    answered_on: date | None = day("Answered on", default=None, lean=Lean.LAST)
