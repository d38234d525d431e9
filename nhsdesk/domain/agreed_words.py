"""The words of a support request as the practice sees them, and whether it has agreed to just these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.requests import RequestNote, SupportRequest

NOT_THE_ROUTE = (
    "This program reports nothing. A patient safety concern is reported where your organisation reports them, and that "
    "is noted here."
)


def words(request: SupportRequest) -> str:
    """What is handed over of a request, but for the name of the practice. This is what the practice agrees to."""
    return "\n".join(_lines(request))


def _lines(request: SupportRequest) -> Iterator[str]:
    yield (request.summary or "").strip()
    if request.wanted_outcome:
        yield f"Outcome wanted: {request.wanted_outcome.strip()}"
    yield f"Kind of help: {_said(request.category)}. Level of support: {_said(request.level)}."
    risk = "not yet known" if request.risk is None else f"{request.risk} of 5"
    team = {True: "yes", False: "no", None: "not yet known"}[request.threatens_team]
    yield f"Risk to sustainability: {risk}. Endangers the neighbourhood team: {team}."
    if request.safety_concern:
        yield f"Patient safety concern. {reported(request)}"


def reported(request: SupportRequest) -> str:
    """Where a patient safety concern was also reported, or that nobody has said so."""
    if request.reported_elsewhere:
        return f"Also reported: {request.reported_elsewhere.strip()}"
    return "Where it was also reported is not yet known."


def _said(choice: Choice | None) -> str:
    return "not yet known" if choice is None else str(choice.value)


def agreed(request: SupportRequest) -> bool:
    """Whether the practice has agreed to the words as they stand now."""
    return request.practice_agreed_on is not None and (request.agreed_words or "") == words(request)


def why_not_sent(request: SupportRequest) -> str:
    """What has to be done before a request goes; empty where nothing has."""
    if not (request.summary or "").strip():
        return "It does not say what is wrong. Write that first, and show it to the practice."
    if request.practice_agreed_on is None or not request.agreed_words:
        return "The practice has not agreed its words yet. Show it the words, and note its agreement."
    if not agreed(request):
        return (
            "Its words were changed after the practice agreed to them. Show it the words as they are now, and note its "
            "agreement again."
        )
    if not (request.support_looked_at or "").strip():
        return "Existing support was not looked at. Look through it first, and note what was looked at."
    return ""


def concerns(request: SupportRequest) -> tuple[Problem, ...]:
    """What somebody should know of a request before it goes, though it stops nothing."""
    if not request.safety_concern:
        return ()
    told = f"{request.ref} holds a patient safety concern. {reported(request)} {NOT_THE_ROUTE}"
    return (Problem(told, Weight.NOTE, "support_request", request.id, "reported_elsewhere"),)


def for_others(notes: Iterable[RequestNote]) -> tuple[RequestNote, ...]:
    """The notes that may leave: a paper holds no other."""
    return tuple(one for one in notes if one.shareable)
