"""Support requests: what a practice in difficulty asks of the integrator, told by its dated events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, flag, link, long_text, parent, record, text
from nhsdesk.domain.kinds import Choice, Id, Tone


class Category(Choice):
    """What help is asked for (the menu of the General Practice Resilience Programme, with later additions)."""

    DIAGNOSTIC = "diagnostic"
    SPECIALIST_ADVICE = "specialist advice"
    COACHING = "coaching"
    PRACTICE_MANAGEMENT = "practice management"
    RAPID = "rapid intervention"
    COORDINATED = "coordinated support"
    DEVELOPMENT = "merger or organisational development"
    ESTATES = "estates"
    DIGITAL = "digital"
    DATA = "data"
    CLINICAL_COVER = "clinical cover"
    SAFETY = "safety"
    FINANCE = "finance"


class Level(Choice):
    """Level of support."""

    UNIVERSAL = "universal"
    TARGETED = "targeted"
    INTENSIVE = "intensive"


class RequestState(Choice):
    """Where a request stands."""

    DRAFTED = "drafted"
    AGREED = "practice agreed"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    IN_PROGRESS = "in progress"
    CLOSED = "closed"

    @property
    def tone(self) -> Tone:
        """Accepted, in progress and closed are good, declined is bad, sent and offered want attention."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {
    "sent": Tone.WARN,
    "acknowledged": Tone.WARN,
    "offered": Tone.WARN,
    "accepted": Tone.GOOD,
    "in progress": Tone.GOOD,
    "closed": Tone.GOOD,
    "declined": Tone.BAD,
}


@record(
    title="Support request",
    plural="Support requests",
    prefix="SR",
    columns=("practice", "category", "level", "wanted_outcome", "practice_agreed_on", "restricted"),
    groups={
        "What is wanted": "practice",
        "How serious it is": "threatens_team",
        "What the practice agreed": "practice_agreed_on",
        "What was offered": "offer",
        "Who may see it": "restricted",
    },
)
class SupportRequest(Record):
    """What one practice asks for. It leaves only when the practice has seen it and agreed."""

    practice: Id = link("Practice", "Practice")
    category: Category | None = choice("Category", Category, default=None)
    level: Level | None = choice("Level of support", Level, default=None)
    summary: str | None = long_text("What is wrong", default=None)
    wanted_outcome: str | None = text("Outcome wanted", default=None)
    threatens_team: bool | None = flag("Endangers the neighbourhood team", default=None)
    safety_concern: bool | None = flag("Patient safety concern", default=None)
    reported_elsewhere: str | None = text("Where it was also reported", default=None)
    practice_agreed_on: date | None = day("Practice agreed on", default=None, lean=Lean.LAST)
    offer: str | None = text("Offer", default=None)
    no_contract_transfer: bool | None = flag("Offer takes over no contract", default=None)
    no_mandated_model: bool | None = flag("Offer mandates no model", default=None)
    existing_support_checked: bool | None = flag("Existing support was checked first", default=None)
    restricted: bool = flag("Restricted", default=True)


@record(title="Request event", plural="Request events", prefix="SE")
class RequestEvent(Record):
    """One thing that happened to a request, on a day."""

    request: Id = parent("Request", "SupportRequest")
    happened_on: date = day("On", lean=Lean.LAST)
    state: RequestState = choice("State", RequestState)
    told: str | None = long_text("What happened", default=None)


def state(events: Iterable[RequestEvent]) -> RequestState:
    """Where a request stands: its newest event's state; of one day's events the one entered last."""
    newest = max(events, key=lambda event: (event.happened_on, event.id), default=None)
    return RequestState.DRAFTED if newest is None else newest.state


def days_open(events: Iterable[RequestEvent], today: date) -> int | None:
    """Calendar days from sending to closing, or to today; the day it was sent is day 0. None while not sent."""
    ordered = sorted(events, key=lambda event: (event.happened_on, event.id))
    sent = next((event.happened_on for event in ordered if event.state is RequestState.SENT), None)
    if sent is None:
        return None
    last = ordered[-1]
    until = last.happened_on if last.state in (RequestState.CLOSED, RequestState.DECLINED) else today
    return max(0, (until - sent).days)
