"""Decisions: the exact words, under which authority, by whose votes, and whether general practice was in the room."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    flag,
    link,
    long_text,
    mark,
    money,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Money


class DecidedHow(Choice):
    """How a decision was reached."""

    CONSENSUS = "consensus"
    VOTE = "vote"
    CHAIR = "chair’s action"
    PROVISIONAL = "provisional"


class ProcurementRoute(Choice):
    """How a supplier was chosen. A tender is one way, not the default (design framework, p30)."""

    NONE = "no procurement"
    DIRECT_A = "direct award A"
    DIRECT_B = "direct award B"
    DIRECT_C = "direct award C"
    MOST_SUITABLE = "most suitable provider"
    COMPETITIVE = "competitive process"
    FRAMEWORK = "framework agreement"
    NOT_TOLD = "not told"


class DecisionStatus(Choice):
    """Whether a decision counts."""

    MADE = "made"
    TO_RATIFY = "to be ratified"
    RATIFIED = "ratified"
    DEFERRED = "deferred"
    SUPERSEDED = "superseded"

    @property
    def tone(self) -> Tone:
        """What waits wants attention."""
        return Tone.WARN if self in (DecisionStatus.TO_RATIFY, DecisionStatus.DEFERRED) else Tone.GREY


@record(
    title="Decision",
    plural="Decisions",
    prefix="DN",
    columns=("words", "body", "decided_on", "how", "practice_seat_present", "status", "review_on"),
    groups={
        "What was decided": "words",
        "Under which authority": "delegation",
        "How": "how",
        "Who was in the room": "practice_seat_present",
        "Money": "cost",
        "Afterwards": "review_on",
        "Who may see it": "restricted",
    },
)
class Decision(Record):
    """One decision of a body, in its exact words."""

    words: str = long_text("Decision, in its exact words")
    body: Id | None = link("Body", "Body", default=None)
    meeting: Id | None = link("Meeting", "Meeting", default=None)
    item: Id | None = link("Agenda item", "AgendaItem", default=None)
    minute_ref: str | None = text("Minute reference", default=None)
    decided_on: date | None = day("Decided on", default=None, lean=Lean.LAST)
    decided_by_integrator: Id | None = link(
        "Decided by an integrator", "Integrator", default=None, help="It needs evidence of its delegation."
    )
    delegation: str | None = text("Delegation used", default=None)
    delegation_document: Id | None = link("Delegation: where it is written", "SourceDocument", default=None)
    delegation_locator: str | None = text("Delegation: page or paragraph", default=None)
    options: str | None = long_text("Options considered", default=None)
    reason: str | None = long_text("Reason", default=None)
    how: DecidedHow | None = choice("Decided by", DecidedHow, default=None)
    votes_for: int | None = count("For", default=None)
    votes_against: int | None = count("Against", default=None)
    abstained: int | None = count("Abstained", default=None)
    dissent: str | None = long_text("Dissent", default=None)
    status: DecisionStatus | None = choice("Status", DecisionStatus, default=None)
    ratified_on: date | None = day("Ratified on", default=None, lean=Lean.LAST)
    practice_seat_present: bool | None = flag("Was the general practice seat present?", default=None)
    conflicts: str | None = long_text("Conflicts of interest", default=None)
    managed: str | None = text("How they were managed", default=None)
    cost: Money | None = money("Cost", default=None)
    finance: str | None = text("Paid from", default=None)
    procurement: ProcurementRoute | None = choice("Procurement route", ProcurementRoute, default=None)
    supplier: str | None = text("Supplier", default=None)
    adviser: str | None = text("Adviser or consultancy", default=None)
    review_on: date | None = day("Review on", default=None)
    supersedes: Id | None = link("Supersedes", "Decision", default=None)
    commitment: Id | None = link("Commitment", "Commitment", default=None)
    published: bool | None = flag("Published", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")
    final: bool = mark("Final", default=False)

    def sealed(self) -> str | None:
        """A decision of final minutes stays as it was made."""
        if not self.final:
            return None
        return "This decision stands in final minutes. Enter one that supersedes it, or amend the minutes."
