"""What leaves with a support request: the words the practice agreed and what its reader needs to help, and no more.

    may_go(request, state, notes) -> problems           empty: it may be handed over
    request_words(message) -> (name, words) pairs       what its reader sees, in order

Notes for ourselves, names of people, and anything else of the file stay behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import agreed_words, patient_data
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.requests import RequestNote, RequestState, SupportRequest

MARK = "Given in confidence for practice support. Talk to us before any disclosure."
"""Stands at the head of every copy."""

FORM = 1
"""Counts the changes of what a message holds."""

NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Message:
    """One request as it leaves. `number` tells this copy from every other, and its reply by it."""

    number: str
    ref: str
    network: str
    network_code: str
    practice: str
    practice_code: str
    given_on: date
    category: str
    level: str
    risk: int | None
    threatens_team: bool | None
    safety_concern: bool | None
    reported_elsewhere: str
    words: str
    wanted_outcome: str
    agreed_on: date
    agreed_by: str
    support_looked_at: str
    contact: str
    asked_of: str
    service_levels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mark: str = ""


def may_go(
    request: SupportRequest, state: RequestState, notes: Iterable[RequestNote] = ()
) -> tuple[Problem, ...]:
    """What stands in the way of handing a request over, each in a sentence."""
    found: list[Problem] = []

    def say(sentence: str, field: str) -> None:
        told = f"{request.ref}: {sentence}"
        found.append(Problem(told, Weight.MUST_FIX, request.KIND.name, request.id, field))

    if state is RequestState.WITHDRAWN:
        say("the practice has withdrawn it, so it stays here.", "practice_agreed_on")
    lacking = agreed_words.why_not_sent(request)
    if lacking:
        say(lacking, "agreed_words")
    found += _patient_numbers(request, notes)
    return tuple(found)


def _patient_numbers(request: SupportRequest, notes: Iterable[RequestNote]) -> list[Problem]:
    texts = (
        ("Words as agreed", request.agreed_words),
        ("Outcome wanted", request.wanted_outcome),
        ("Where it was also reported", request.reported_elsewhere),
        ("Existing support looked at", request.support_looked_at),
        ("Agreed by", request.agreed_by),
        *(("A note", note.words) for note in notes if note.shareable),
    )
    return [
        Problem(
            f"{request.ref}: “{where}” holds what looks like an {found.what} ({found.masked}). No patient’s number "
            "may leave with a request. Take it out.",
            Weight.MUST_FIX, request.KIND.name, request.id,
        )
        for where, words in texts
        for found in patient_data.likely(words or "")
    ]  # fmt: skip


def request_words(message: Message) -> tuple[tuple[str, str], ...]:
    """What the reader of a copy sees, name and words, in order."""
    return (
        ("Reference", message.ref),
        ("Handed over on", day_words(message.given_on)),
        ("Practice", _with_code(message.practice, message.practice_code)),
        ("Primary care network", _with_code(message.network, message.network_code)),
        ("Who to talk to", message.contact or NOT_SAID),
        ("Asked of", message.asked_of or NOT_SAID),
        ("Category", message.category or NOT_SAID),
        ("Level of support", message.level or NOT_SAID),
        ("Risk to sustainability", NOT_SAID if message.risk is None else f"{message.risk} of 5"),
        ("Endangers the neighbourhood team", _yes(message.threatens_team)),
        ("Patient safety concern", _yes(message.safety_concern)),
        ("Where it was also reported", message.reported_elsewhere or NOT_SAID),
        ("What the practice says", message.words),
        ("Outcome wanted", message.wanted_outcome or NOT_SAID),
        ("Agreed by the practice", _agreed(message)),
        ("Existing support looked at", message.support_looked_at or NOT_SAID),
        ("How soon", "\n".join(message.service_levels) or "No time limit is agreed."),
        *(((f"Note {number}", words)) for number, words in enumerate(message.notes, 1)),
    )


def _agreed(message: Message) -> str:
    by = f", by: {message.agreed_by}" if message.agreed_by else ""
    return f"{day_words(message.agreed_on)}{by}"


def _with_code(name: str, code: str) -> str:
    return f"{name} ({code})" if code else name


def _yes(value: bool | None) -> str:
    return NOT_SAID if value is None else "Yes" if value else "No"


def subject(message: Message) -> str:
    """The subject of an e-mail: it begins as NHSmail asks of what is to be encrypted, and names no practice."""
    mark = f"{message.mark}: " if message.mark else ""
    return f"[secure] {mark}Support request {message.ref}, in confidence"


def letter(message: Message) -> str:
    """The words of an e-mail that a request and its form go with."""
    return "\n\n".join(
        (
            MARK,
            f"With this come support request {message.ref} of {message.network} as a PDF, and a form for your answer "
            "in Excel.",
            "Please fill in the second worksheet of the form, as far as you can answer now, save it, and send it back. "
            "It can be sent again when more is known. No program but Excel or LibreOffice is needed.",
            "Please do not put the details of any patient into the form.",
            "Before this goes: check that the subject still begins with [secure], so that NHSmail encrypts it, and "
            "that the address is the right one.",
        )
    )
