"""What is asked of our figures: how long a request waits, whether what the contract says was looked up, and the reply.

The reply is three sentences: what the contract says as at the day it was looked up, what we are glad to discuss, and
what it would cost. It tells what was read, and judges no law.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Problem, Weight

FRESH_MONTHS = 6
"""What a contract says is looked up again after so many months."""

FORBIDDEN = "legal advice"


@dataclass(frozen=True, slots=True)
class LookedIn:
    """The document that was looked in: as a footnote names it, and what has taken its place, if anything has."""

    title: str
    superseded_by: str = ""
    replaced: bool = False

    @property
    def out_of_date(self) -> bool:
        """Whether another document holds in its place."""
        return self.replaced or bool(self.superseded_by)


def days_waiting(request: DataRequest, today: date) -> int | None:
    """Calendar days from asking to the answer, or to today; None where the day it was asked is not known."""
    if request.asked_on is None:
        return None
    return max(0, ((request.answered_on or today) - request.asked_on).days)


def waiting_words(request: DataRequest, today: date) -> str:
    """How long it has waited, or how long it took to answer: "Waiting for 25 days"."""
    days = days_waiting(request, today)
    counted = "a time not yet known" if days is None else f"{days} {'day' if days == 1 else 'days'}"
    return f"{'Waiting for' if request.answered_on is None else 'Answered after'} {counted}"


def stale_from(looked: date) -> date:
    """The day from which what was looked up is no longer relied on."""
    month = Month.of(looked).plus(FRESH_MONTHS)
    return date(month.year, month.number, min(looked.day, calendar.monthrange(month.year, month.number)[1]))


def basis_words(request: DataRequest, looked_in: LookedIn | None) -> str:
    """What the contract says, as it was found."""
    if request.basis_found is None or request.checked_on is None or looked_in is None:
        return "Not yet looked up"
    clause = f", clause {request.clause}" if request.clause else ""
    found = "Asked for" if request.basis_found else "Not in the contract"
    return f"{found}: {looked_in.title}{clause}, looked on {day_words(request.checked_on)}"


def stale(request: DataRequest, looked_in: LookedIn | None, today: date) -> str:
    """Why what was looked up is not to be relied on any more; empty while it is."""
    if looked_in is not None and looked_in.superseded_by:
        return f"the document it was looked up in was superseded by {looked_in.superseded_by}"
    if looked_in is not None and looked_in.replaced:
        return "the document it was looked up in has been replaced"
    if request.checked_on is not None and today >= stale_from(request.checked_on):
        return f"it was looked up on {day_words(request.checked_on)}, {FRESH_MONTHS} months ago or more"
    return ""


def sentences(request: DataRequest, looked_in: LookedIn | None) -> tuple[str, str, str]:
    """The reply: what the contract says, what we are glad to discuss, what it would cost."""
    return _says(request, looked_in), _glad(request), _cost(request)


def _says(request: DataRequest, looked_in: LookedIn | None) -> str:
    if looked_in is None or request.checked_on is None or request.basis_found is None:
        return "What our contract says of this is not yet known."
    where = f"clause {request.clause} of {looked_in.title}" if request.clause else looked_in.title
    asks = (
        "asks us to give this figure"
        if request.basis_found
        else "we found nothing that asks us to give this figure"
    )
    start = f"As at {day_words(request.checked_on)}, when we looked"
    return f"{start}, {where} {asks}." if request.basis_found else f"{start} in {where}, {asks}."


def _glad(request: DataRequest) -> str:
    said = (request.glad_to_discuss or "").strip().rstrip(".")
    return f"We are glad to discuss {said}." if said else "We are glad to discuss what you need it for."


def _cost(request: DataRequest) -> str:
    parts = []
    if request.hours_needed is not None:
        hours = f"{request.hours_needed.normalize():f}"
        parts.append(f"take about {hours} {'hour' if hours == '1' else 'hours'} of our time")
    if request.cost is not None:
        parts.append(f"cost {request.cost}")
    return f"To give it would {' and '.join(parts)}." if parts else "What it would cost us is not yet known."


def problems(request: DataRequest, looked_in: LookedIn | None, today: date) -> tuple[Problem, ...]:
    """What stops a reply from being sent, and what a reader would miss in it."""
    found: list[Problem] = []

    def say(sentence: str, weight: Weight, field: str) -> None:
        found.append(Problem(f"{request.ref}: {sentence}", weight, "data_request", request.id, field))

    if request.basis_found is None or request.checked_on is None or looked_in is None:
        say(
            "it was not yet looked up what the contract says. Give the document, the day and what was found.",
            Weight.MUST_FIX,
            "document" if looked_in is None else "basis_found",
        )
    elif not request.clause:
        say("the clause that was looked at is not named.", Weight.MUST_FIX, "clause")
    if request.checked_on is not None and request.checked_on > today:
        say(
            f"it is said to be looked up on {day_words(request.checked_on)}, which has not come.",
            Weight.MUST_FIX,
            "checked_on",
        )
    why = stale(request, looked_in, today)
    if why:
        say(f"the reply is out of date: {why}. Look again.", Weight.MUST_FIX, "checked_on")
    if any(FORBIDDEN in " ".join(words.split()).casefold() for words in _own_words(request)):
        say(
            "the reply calls itself advice on the law, which it is not. Reword it.",
            Weight.MUST_FIX,
            "glad_to_discuss",
        )
    if request.hours_needed is None and request.cost is None:
        say("what it would cost is not yet known.", Weight.ACKNOWLEDGE, "cost")
    if not request.glad_to_discuss:
        say("what we are glad to discuss is not yet said.", Weight.ACKNOWLEDGE, "glad_to_discuss")
    return tuple(found)


def _own_words(request: DataRequest) -> tuple[str, ...]:
    return (request.metric, request.glad_to_discuss or "", request.clause or "", request.of_whom or "")
