"""Support requests as a board may see them: how many stand where, never which practice, never a small number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from nhsdesk.documents.model import Column, Paragraph, Section, Table
from nhsdesk.domain import privacy, requests
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.papers import Asked
from nhsdesk.store.reading import Reader


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
    fewest_practices: int


def gather(reader: Reader, asked: Asked) -> Facts:
    """Counts the requests the host had been sent by the day, by where each stood then."""
    events = _events(reader, asked.day)
    held: dict[RequestState, list[Id]] = {}
    for request in reader.all(SupportRequest):
        if requests.days_open(events[request.id], asked.day) is not None:
            held.setdefault(requests.state(events[request.id]), []).append(request.practice)
    counts = {state.words: len(held[state]) for state in RequestState if state in held}
    practices = {state.words: len(set(held[state])) for state in RequestState if state in held}
    smallest, fewest = (
        asked.rules.whole("privacy.fewest_requests"),
        asked.rules.whole("privacy.fewest_people"),
    )
    shown = privacy.suppress(counts, smallest)
    if all(words in shown.hidden or practices[words] >= fewest for words in counts):
        total = shown.total
        told = dict(shown.shown)
    else:  # many requests of few practices: then no state is shown
        everybody = {practice for asking in held.values() for practice in asking}
        total = sum(counts.values()) if len(counts) > 1 and len(everybody) >= fewest else None
        told = dict.fromkeys(counts)
    states = tuple(StateFacts(words, told[words]) for words in counts)
    return Facts(states, total, smallest, fewest)


def _events(reader: Reader, until: date = date.max) -> dict[Id, list[RequestEvent]]:
    found: dict[Id, list[RequestEvent]] = {request.id: [] for request in reader.all(SupportRequest)}
    for event in reader.all(RequestEvent):
        if event.happened_on <= until:
            found.setdefault(event.request, []).append(event)
    return found


def section(facts: Facts) -> Section:
    """The counts, and why some are not shown."""
    title = "Support requests from practices"
    if not facts.states:
        return Section(title, (Paragraph("No support request has been sent."),))
    rows = [(one.state, "not shown" if one.requests is None else str(one.requests)) for one in facts.states]
    rows.append(("All requests", "not shown" if facts.total is None else str(facts.total)))
    told = (
        f"Practices are not named. Numbers under {facts.smallest}, those of fewer than {facts.fewest_practices} "
        "practices, and any from which one follows, are not shown."
    )
    table = Table("Support requests by state", (Column("Where it stands"), Column("Requests")), tuple(rows))
    return Section(title, (Paragraph(told), table))


# ---- no paper may say by its free text what the counts hide


@dataclass(frozen=True, slots=True)
class Guarded:
    """A practice with an open restricted request, and the words by which a text names it, or may name it."""

    ref: str
    words: tuple[str, ...]
    hints: tuple[str, ...] = ()


def guarded(reader: Reader) -> tuple[Guarded, ...]:
    """The practices that no free text of a paper for others may name just now."""
    events = _events(reader)
    open_ = {
        request.practice
        for request in reader.all(SupportRequest)
        if request.restricted and requests.state(events[request.id]) not in requests.ENDED
    }
    people = [one for one in reader.all(Person) if one.name]
    return tuple(_guarded(one, people) for one in reader.several(Practice, open_).values())


def _guarded(practice: Practice, people: Sequence[Person]) -> Guarded:
    """Its name, codes and the names of its people tell it; its name as people say it may tell it."""
    short = _short(practice.name)
    theirs = [one.name or "" for one in people if short and _names(one.role_title, short)]
    codes = [word for word in (practice.ods_code, practice.postcode) if word]
    if short:
        return Guarded(practice.ref, (practice.name, *codes, *theirs), (short,))
    return Guarded(practice.ref, tuple(codes), (practice.name,))


def naming(guarded_practices: tuple[Guarded, ...], where: str, text: str) -> tuple[Problem, ...]:
    """A problem for each guarded practice that a text names or may name, in whatever case and spacing.

    What may be named is not told by reference, for a problem that is acknowledged is kept with the paper.
    """
    named = [one for one in guarded_practices if any(_names(text, word) for word in one.words)]
    found = [
        Problem(
            f"{where} names {one.ref}, a practice with an open restricted request. Reword it before this goes out.",
            Weight.MUST_FIX,
        )
        for one in named
    ]
    if not named and any(_names(text, hint) for one in guarded_practices for hint in one.hints):
        told = f"{where} may name a practice that this paper must not name. Look at its words once more."
        found.append(Problem(told, Weight.ACKNOWLEDGE))
    return tuple(found)


_ANY_PRACTICE = frozenset(
    {
        "", "centre", "center", "clinic", "doctors", "dr", "drs", "family", "general", "group", "health", "medical",
        "partners", "partnership", "practice", "practices", "surgeries", "surgery", "the",
    }
)  # fmt: skip
"""Words at the end of a practice's name that tell it from no other."""

_LEAST_SQUEEZED = 5  # the shortest postcodes


def _short(name: str) -> str:
    """A practice's name as people say it: "Chandler Road" for Chandler Road Surgery; empty for "The Surgery"."""
    words = name.split()
    while words and _plain(words[-1]) in _ANY_PRACTICE:
        words.pop()
    return " ".join(words)


def _names(text: str, word: str) -> bool:
    """Whether a text holds a name or code, as words of its own or run together."""
    plain, wanted = _plain(text), _plain(word)
    if not wanted:
        return False
    squeezed = wanted.replace(" ", "")
    return f" {wanted} " in f" {plain} " or (
        len(squeezed) >= _LEAST_SQUEEZED and squeezed in plain.replace(" ", "")
    )


@lru_cache(256)
def _plain(text: str) -> str:
    """Letters and figures only: no marks, no apostrophes, no "and", whatever the case."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    words = re.findall(r"\w+", re.sub(r"['’`]", "", seen.casefold()))
    return " ".join(word for word in words if word != "and")
