"""What we answered to drafts and specifications, and consultations with their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    derived,
    file,
    flag,
    link,
    long_text,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile, Tone
from nhsdesk.domain.rules import Rules

SOON = timedelta(days=14)
"""How long before its end a consultation, or anything else that can still be shaped, closes soon."""


class Stage(Choice):
    """How far a consultation has come on a day."""

    EARLY = "decided before it closed"
    SOON = "closes soon"
    OPEN = "open"
    PAUSED = "paused"
    TO_COME = "not yet open"
    CLOSED = "closed, not yet decided"
    DECIDED = "decided"

    @property
    def tone(self) -> Tone:
        """Decided before it closed is bad; what closes soon or is paused wants attention."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {
    "decided before it closed": Tone.BAD,
    "closes soon": Tone.WARN,
    "paused": Tone.WARN,
    "open": Tone.GOOD,
}


def stage(consultation: Consultation, rules: Rules, today: date) -> Stage:
    """Where a consultation stands: a decision counts before anything else, then a pause, then its days."""
    opened, closes = consultation.opened, consultation.closes
    if consultation.decided_on is not None and consultation.decided_on <= today:
        return Stage.EARLY if decided_early(consultation) else Stage.DECIDED
    if consultation.paused_on is not None and consultation.paused_on <= today:
        return Stage.PAUSED
    if opened is not None and opened > today:
        return Stage.TO_COME
    if closes is None:
        return Stage.OPEN
    if closes < today:
        return Stage.CLOSED
    return Stage.SOON if closes - today <= SOON else Stage.OPEN


@record(
    title="Consultation",
    plural="Consultations",
    prefix="CO",
    columns=("title", "held_by", "stage", "opened", "closes", "decided_on"),
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

    stage = derived("Where it stands", stage, uses=("opened", "paused_on", "closes", "decided_on"))


def decided_early(consultation: Consultation) -> bool:
    """Whether it was decided before it closed: on an earlier day than the last on which answers were taken."""
    decided, closes = consultation.decided_on, consultation.closes
    return decided is not None and closes is not None and decided < closes


def days_left(closes: date | None, today: date) -> int | None:
    """Days until something closes, 0 on its last day; None where it has closed or no day is known."""
    return None if closes is None or closes < today else (closes - today).days


class CameOf(Choice):
    """What became of a point of ours."""

    NOT_SENT = "not yet sent"
    WAITING = "sent, no answer yet"
    ANSWERED = "answered"


def came_of(response: Response, rules: Rules, today: date) -> CameOf:
    """Whether a point was sent, and whether anything came of it."""
    if response.outcome:
        return CameOf.ANSWERED
    sent = response.sent_on is not None and response.sent_on <= today
    return CameOf.WAITING if sent else CameOf.NOT_SENT


@record(
    title="Response",
    plural="Responses",
    prefix="RE",
    columns=("point", "document", "clause", "sent_on", "came_of", "outcome"),
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

    came_of = derived("Answer", came_of, uses=("sent_on", "outcome"))


def responses_to(responses: Iterable[Response], consultation: Consultation) -> tuple[Response, ...]:
    """Our points on a consultation: those that name it, and those on its document that name no other."""
    return tuple(
        one
        for one in responses
        if one.consultation == consultation.id
        or (one.consultation is None and one.document is not None and one.document == consultation.document)
    )


def sent_too_late(response: Response, consultation: Consultation) -> bool:
    """Whether a point went out after the last day on which answers were taken."""
    sent, closes = response.sent_on, consultation.closes
    return sent is not None and closes is not None and sent > closes


def closing_soon(windows: Iterable[DecisionWindow], today: date) -> tuple[DecisionWindow, ...]:
    """What can be shaped for a fortnight at most, the soonest first."""
    left = [one for one in windows if today <= one.closes <= today + SOON]
    return tuple(sorted(left, key=lambda one: (one.closes, one.id)))


@record(
    title="Closing date",
    plural="Closing dates",
    prefix="DW",
    columns=("what", "closes", "left", "decided_by"),
)
class DecisionWindow(Record):
    """Until when something can still be shaped."""

    what: str = text("What")
    closes: date = day("Closes", lean=Lean.NEXT)
    decided_by: str | None = text("Decided by", default=None)
    remarks: str | None = long_text("Remarks", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")

    left = derived(
        "Days left", lambda window, rules, today: days_left(window.closes, today), uses=("closes",)
    )


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
