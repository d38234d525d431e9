"""Support requests as a board may see them: how many stand where, never which practice, never a small number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhsdesk.documents.model import Column, Paragraph, Section, Table
from nhsdesk.domain import privacy, requests
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.papers import Asked
from nhsdesk.store.reading import Reader

OVER = (RequestState.CLOSED, RequestState.DECLINED)


@dataclass(frozen=True, slots=True)
class StateFacts:
    """How many requests stand so; None where too few to be shown."""

    state: str
    requests: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Requests by state, suppressed before they are kept."""

    states: tuple[StateFacts, ...]
    total: int | None
    smallest: int


def gather(reader: Reader, asked: Asked) -> Facts:
    """Counts the requests the host has been sent, by where each stands."""
    counts: dict[str, int] = {}
    for events in _events(reader).values():
        state = requests.state(events)
        if requests.days_open(events, asked.day) is not None:
            counts[state.words] = counts.get(state.words, 0) + 1
    smallest = asked.rules.whole("privacy.fewest_requests")
    shown = privacy.suppress(counts, smallest)
    ordered = [state.words for state in RequestState if state.words in counts]
    return Facts(tuple(StateFacts(words, shown.shown[words]) for words in ordered), shown.total, smallest)


def _events(reader: Reader) -> dict[Id, list[RequestEvent]]:
    found: dict[Id, list[RequestEvent]] = {request.id: [] for request in reader.all(SupportRequest)}
    for event in reader.all(RequestEvent):
        found.setdefault(event.request, []).append(event)
    return found


def section(facts: Facts) -> Section:
    """The counts, and why some are not shown."""
    title = "Support requests from practices"
    if not facts.states:
        return Section(title, (Paragraph("No support request has been sent."),))
    rows = [(one.state, "not shown" if one.requests is None else str(one.requests)) for one in facts.states]
    rows.append(("All requests", "not shown" if facts.total is None else str(facts.total)))
    told = f"Practices are not named. Numbers under {facts.smallest}, and any from which one follows, are not shown."
    table = Table("Support requests by state", (Column("Where it stands"), Column("Requests")), tuple(rows))
    return Section(title, (Paragraph(told), table))


# ---- no paper may say by its free text what the counts hide


@dataclass(frozen=True, slots=True)
class Guarded:
    """A practice with an open restricted request, and the words by which a text would name it."""

    ref: str
    words: tuple[str, ...]


def guarded(reader: Reader) -> tuple[Guarded, ...]:
    """The practices that no free text of a paper for others may name just now."""
    events = _events(reader)
    open_ = {
        request.practice
        for request in reader.all(SupportRequest)
        if request.restricted and requests.state(events[request.id]) not in OVER
    }
    practices = reader.several(Practice, open_)
    return tuple(
        Guarded(one.ref, tuple(word for word in (one.name, one.ods_code, one.postcode) if word))
        for one in practices.values()
    )


def naming(guarded_practices: tuple[Guarded, ...], where: str, text: str) -> tuple[Problem, ...]:
    """A problem for each guarded practice that a text names, in whatever case and spacing."""
    plain = _plain(text)
    found = [
        one for one in guarded_practices if any(f" {_plain(word)} " in f" {plain} " for word in one.words)
    ]
    return tuple(
        Problem(
            f"{where} names {one.ref}, a practice with an open restricted request. Reword it before this goes out.",
            Weight.MUST_FIX,
        )
        for one in found
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
