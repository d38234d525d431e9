"""Support requests: what a practice in difficulty asks of the integrator, told by its dated events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from itertools import groupby

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    flag,
    link,
    long_text,
    parent,
    record,
    reference,
    text,
    time_of_day,
)
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
    WITHDRAWN = "withdrawn"

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
    columns=("practice", "category", "summary", "level", "practice_agreed_on", "restricted"),
    groups={
        "What is wanted": "practice",
        "How serious it is": "risk",
        "What the practice agreed": "practice_agreed_on",
        "What was offered": "offer",
        "What came of it": "outcome",
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
    integrator: Id | None = link("Asked of", "Integrator", default=None)
    function: Id | None = link("Function", "IntegratorFunction", default=None)
    contact: Id | None = link("Who to talk to", "Person", default=None)
    risk: int | None = count(
        "Risk to sustainability", default=None, help="From 1, hardly any, to 5: it may not go on."
    )
    threatens_team: bool | None = flag("Endangers the neighbourhood team", default=None)
    safety_concern: bool | None = flag("Patient safety concern", default=None)
    reported_elsewhere: str | None = text("Where it was also reported", default=None)
    practice_agreed_on: date | None = day("Practice agreed on", default=None, lean=Lean.LAST)
    agreed_by: str | None = text("Agreed by", default=None, help="A role, not a name.")
    agreed_words: str | None = long_text(
        "Words as agreed", default=None, help="What the practice saw. Other words need its word again."
    )
    support_looked_at: str | None = text("Existing support looked at", default=None)
    offer: str | None = text("Offer", default=None)
    offered_by: Id | None = link("Offered by", "Organisation", default=None)
    done_before: str | None = text(
        "Where it has done this before", default=None, help="Evidence that the provider can do it."
    )
    no_contract_transfer: bool | None = flag("Offer takes over no contract", default=None)
    no_mandated_model: bool | None = flag("Offer mandates no model", default=None)
    existing_support_checked: bool | None = flag("Existing support was checked first", default=None)
    safeguard_note: str | None = text("About the safeguards", default=None)
    outcome: str | None = long_text("Outcome", default=None)
    review_on: date | None = day("Review on", default=None)
    restricted: bool = flag("Restricted", default=True)


class Happening(Choice):
    """What may happen to a request without its standing elsewhere for it."""

    PAUSED = "paused"
    RESUMED = "resumed"
    REOPENED = "reopened"
    RISK_CHANGED = "risk changed"
    LEVEL_CHANGED = "level of support changed"
    ESCALATED = "escalated"
    TOLD = "word of it"


class WaitingOn(Choice):
    """Who has to do something before a paused request goes on."""

    PRACTICE = "the practice"
    HOST = "the host"
    US = "us"
    OTHERS = "somebody else"


class SaidBy(Choice):
    """Whose word an event is."""

    US = "us"
    PRACTICE = "the practice"
    HOST = "the host"


@record(
    title="Request event",
    plural="Request events",
    prefix="SE",
    columns=("request", "happened_on", "at", "state", "happening", "waiting_on", "told"),
)
class RequestEvent(Record):
    """One thing that happened to a request, on a day and where it matters at a time: where it then stood, or what was
    done.
    """

    request: Id = parent("Request", "SupportRequest")
    happened_on: date = day("On", lean=Lean.LAST)
    at: time | None = time_of_day("At", default=None)
    state: RequestState | None = choice("State", RequestState, default=None)
    happening: Happening | None = choice("What happened", Happening, default=None)
    waiting_on: WaitingOn | None = choice("Waiting on", WaitingOn, default=None)
    risk: int | None = count("Risk to sustainability then", default=None)
    level: Level | None = choice("Level of support then", Level, default=None)
    said_by: SaidBy | None = choice("Said by", SaidBy, default=None)
    escalated_to: Id | None = link("Escalated to", "Person", default=None)
    told: str | None = long_text("What was said", default=None)
    message: str | None = reference(
        "Message", default=None, help="The file it came in, so that it counts once."
    )


@record(
    title="Request note",
    plural="Notes on requests",
    prefix="SK",
    columns=("request", "written_on", "shareable", "words"),
)
class RequestNote(Record):
    """Words about a request: for ourselves, unless they are marked as for others too."""

    request: Id = parent("Request", "SupportRequest")
    written_on: date | None = day("On", default=None, lean=Lean.LAST)
    shareable: bool = flag("May be shared", default=False)
    words: str = long_text("Note")


class GivenAs(Choice):
    """In what form a request was handed over."""

    FILE = "file under a passphrase"
    FORM = "Excel form"
    PDF = "PDF"
    EMAIL = "e-mail"
    PAPER = "paper"


@record(
    title="Request copy",
    plural="Copies of requests",
    prefix="SJ",
    columns=("request", "given_to", "given_on", "given_as", "reply_read_on"),
)
class RequestCopy(Record):
    """Who was given a copy of a request, when, in what form, and whether a reply came back."""

    request: Id = parent("Request", "SupportRequest")
    given_to: str = text("Given to")
    given_on: date = day("On", lean=Lean.LAST)
    given_as: GivenAs = choice("As", GivenAs)
    message: str | None = reference("Message", default=None)
    sha256: str | None = reference("SHA-256 of the file", default=None)
    reply_read_on: date | None = day("Reply read on", default=None, lean=Lean.LAST)
    destroyed_on: date | None = day("Said to be destroyed on", default=None, lean=Lean.LAST)


ENDED = (RequestState.CLOSED, RequestState.DECLINED, RequestState.WITHDRAWN)
"""Where a request stands when nothing more is to be done."""


def in_order(events: Iterable[RequestEvent]) -> list[RequestEvent]:
    """Events by day; of one day those with a time by it, and each without one after all that was entered before it."""
    ordered: list[RequestEvent] = []
    for _, group in groupby(
        sorted(events, key=lambda one: (one.happened_on, one.id)), lambda one: one.happened_on
    ):
        ordered += _of_a_day(list(group))
    return ordered


def _of_a_day(entered: list[RequestEvent]) -> list[RequestEvent]:
    """The events of one day, given as they were entered."""
    timed = sorted(
        (one for one in entered if one.at is not None), key=lambda one: (one.at or time.min, one.id)
    )
    found: list[RequestEvent] = []
    for event in (one for one in entered if one.at is None):
        last = max((at for at, one in enumerate(timed) if one.id < event.id), default=-1)
        found += [*timed[: last + 1], event]
        timed = timed[last + 1 :]
    return [*found, *timed]


def state(events: Iterable[RequestEvent]) -> RequestState:
    """Where a request stands: the newest state its events tell; of one day's events the last one entered.

    What the practice has withdrawn stays withdrawn, whatever the host says of it later, until it is asked once more.
    """
    stands = RequestState.DRAFTED
    for event in in_order(events):
        if event.state is None or (stands is RequestState.WITHDRAWN and not asks_again(event)):
            continue
        stands = event.state
    return stands


def asks_again(event: RequestEvent) -> bool:
    """Whether it opens a request that was withdrawn."""
    return event.happening is Happening.REOPENED or event.state in _ASKING


_ASKING = (RequestState.DRAFTED, RequestState.AGREED, RequestState.SENT)


def days_open(events: Iterable[RequestEvent], today: date) -> int | None:
    """Calendar days from sending to its end, or to today; the day it was sent is day 0. None while not sent."""
    ordered = [event for event in in_order(events) if event.state is not None]
    sent = next((event.happened_on for event in ordered if event.state is RequestState.SENT), None)
    if sent is None:
        return None
    stands = state(ordered)
    until = max(event.happened_on for event in ordered if event.state is stands) if stands in ENDED else today
    return max(0, (until - sent).days)
