"""An offer of support: whether it keeps its three safeguards, and whether its provider has done this before.

London's target operating model (page 10): support is not taking over contracts, mandating
models or ignoring existing support.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.requests import SupportRequest

SAFEGUARDS = (
    ("no_contract_transfer", "takes over no contract", "takes over a contract"),
    ("no_mandated_model", "mandates no model", "mandates a model"),
    (
        "existing_support_checked",
        "was made after looking at existing support",
        "was made without looking at existing support",
    ),
)
"""Field, what an offer that keeps it does, what one that breaks it does."""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One safeguard of an offer: kept, broken, or not yet known."""

    field: str
    kept: bool | None
    words: str


def safeguards(request: SupportRequest) -> tuple[Safeguard, ...]:
    """The three safeguards of a request's offer."""
    return tuple(
        _safeguard(field, getattr(request, field), keeps, breaks) for field, keeps, breaks in SAFEGUARDS
    )


def _safeguard(field: str, kept: bool | None, keeps: str, breaks: str) -> Safeguard:
    told = {
        True: f"Kept: it {keeps}.",
        False: f"Broken: it {breaks}.",
        None: f"Not yet known whether it {keeps}.",
    }
    return Safeguard(field, kept, told[kept])


def breach(request: SupportRequest) -> str:
    """That an offer breaks a safeguard, said plainly and with the note; empty where none is known to be broken."""
    if not request.offer:
        return ""
    broken = [breaks for field, _, breaks in SAFEGUARDS if getattr(request, field) is False]
    if not broken:
        return ""
    note = f" {request.safeguard_note.strip().rstrip('.')}." if request.safeguard_note else ""
    return f"The offer breaks a safeguard: it {' and '.join(broken)}.{note}"


def provider_words(request: SupportRequest, provider: str) -> str:
    """Who offers, and where they have done this before."""
    who = f"Offered by {provider}." if provider else "Not yet known who offers it."
    if request.done_before:
        return f"{who} It has done this before: {request.done_before.strip().rstrip('.')}."
    return f"{who} No evidence is noted that it has done this before."


def problems(request: SupportRequest) -> tuple[Problem, ...]:
    """What is wrong with an offer, or not yet known of it. A request without an offer has none."""
    if not request.offer:
        return ()
    found = [one for one in (breach(request),) if one]
    found += [one.words for one in safeguards(request) if one.kept is None]
    if request.offered_by is None:
        found.append("It is not yet known who offers it.")
    if not request.done_before:
        found.append("No evidence is noted that its provider has done this before.")
    return tuple(
        Problem(f"{request.ref}: {one}", Weight.ACKNOWLEDGE, "support_request", request.id, "offer")
        for one in found
    )
