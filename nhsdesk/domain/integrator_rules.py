"""What can be said of an integrator: its partners, whether a GP provider is named, who decides, and what is missing.

Host, fund holder, contract holder and accountable body are asked one by one. Nothing here reads one from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.fields import Record
from nhsdesk.domain.integrators import (
    HIGHEST_SCORE,
    LOWEST_SCORE,
    FunctionStatus,
    FunctionTransfer,
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    IntegratorStep,
    SelectionCriterion,
    TransferStatus,
    slippage,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import Stakeholder, Stance
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

UNKNOWN = "unknown"
MISSING = "no evidence: where this is written is not given"

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("host", "Who hosts it"),
    ("fund_holder", "Who holds the money"),
    ("contract_holder", "Who holds the contract"),
    ("accountable_body", "Who answers for it"),
)
"""The four fields that name a body, each with its own document and page."""

GP_PROVIDERS = frozenset({Sector.PRACTICE, Sector.PCN, Sector.FEDERATION})

DECIDING = ("decided_by", "approved_by", "signed_off_by")
"""The fields that say who decided something, whatever kind of entry has them."""


@dataclass(frozen=True, slots=True)
class Held:
    """One of the four answers: the body or unknown, and the evidence for just that answer."""

    field: str
    question: str
    body: Id | None
    document: Id | None
    locator: str | None


def held(integrator: Integrator) -> tuple[Held, ...]:
    """The four answers of an integrator, each from its own three fields."""
    return tuple(
        Held(
            name,
            question,
            getattr(integrator, name),
            getattr(integrator, f"{name}_document"),
            getattr(integrator, f"{name}_locator"),
        )
        for name, question in QUESTIONS
    )


def partners_on(partners: Iterable[IntegratorPartner], day: date) -> tuple[IntegratorPartner, ...]:
    """The partners of a day; the last day counts."""
    return tuple(
        one
        for one in partners
        if (one.starts is None or one.starts <= day) and (one.ends is None or one.ends >= day)
    )


def sector_of(partner: IntegratorPartner, organisation: Organisation | None) -> Sector | None:
    """The sector given for the partner, else that of its organisation."""
    return partner.sector or (organisation.sector if organisation else None)


def only_a_sector(partner: IntegratorPartner) -> bool:
    """Whether nobody has said which organisation it is."""
    return partner.organisation is None


def gp_provider_words(named: Iterable[tuple[str, Sector | None]], unnamed: Sequence[str]) -> str:
    """Whether a GP provider is named among the partners: yes with names, no, or only as a sector."""
    every = list(named)
    found = sorted(name for name, sector in every if sector in GP_PROVIDERS)
    if found:
        return f"Yes: {', '.join(found)}"
    if unnamed:
        return f"No. Named only as a sector: {', '.join(unnamed)}"
    return "No GP provider is named as a partner" if every else "Unknown: no partner is listed"


def slip_words(step: IntegratorStep, today: date) -> str:
    """How late or early a step was or is, in days."""
    days = slippage(step, today)
    if step.done_on is None and step.original > today and not days:
        return "not due yet"
    if not days:
        return "on the day"
    told = f"{abs(days)} day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{told} {'early' if days < 0 else 'late'}"


# ---- who decides


def names_it(words: str, integrator: Integrator) -> bool:
    """Whether words name this integrator, by its name or as "the integrator"."""
    plain = " ".join(words.casefold().split())
    name = " ".join(integrator.name.casefold().split())
    return (
        bool(name and name in plain)
        or re.search(r"\bintegrator\b(?! (?:partnership )?board)", plain) is not None
    )


def deciders(
    records: Iterable[Record], integrators: Sequence[Integrator], evidenced: frozenset[Id]
) -> Iterator[Problem]:
    """Entries that name an integrator as decider without evidence that it was delegated: a board decides.

    `evidenced` are the entries for which something linked to them is evidence.
    """
    for one in records:
        if one.id in evidenced:
            continue
        if isinstance(one, Decision):
            if one.decided_by_integrator is not None and one.delegation_document is None:
                yield _decides(one, "delegation_document")
            continue
        for name in DECIDING:
            words = getattr(one, name, None)
            if isinstance(words, str) and any(names_it(words, integrator) for integrator in integrators):
                yield _decides(one, name)


def _decides(one: Record, field: str) -> Problem:
    return Problem(
        f"{one.ref} names an integrator as the one who decides. A board decides, an integrator supports: name the "
        "board, or say where it is written that this was delegated to it.",
        Weight.ACKNOWLEDGE,
        one.KIND.name,
        one.id,
        field,
    )


# ---- what is wrong


def problems(
    integrator: Integrator,
    partners: Sequence[IntegratorPartner],
    functions: Sequence[IntegratorFunction],
    criteria: Sequence[SelectionCriterion],
) -> Iterator[Problem]:
    """What is unknown, not evidenced or odd about an integrator."""
    for one in held(integrator):
        if one.body is None:
            yield _told(integrator, f"{one.question.casefold()} is unknown.", one.field)
        elif one.document is None:
            yield _told(
                integrator, f"{one.question.casefold()} is said without evidence.", f"{one.field}_document"
            )
    for partner in partners:
        if only_a_sector(partner):
            named = partner.named_as or (partner.sector.words if partner.sector else "nothing")
            yield _told(integrator, f"{partner.ref} is named only as a sector: {named}.")
    for function in functions:
        if function.status is FunctionStatus.LIVE and function.lead is None:
            yield _told(
                integrator, f"{function.ref} {function.name} is live, and nobody is named as its lead."
            )
    yield from _selection(integrator, criteria)


def _selection(integrator: Integrator, criteria: Sequence[SelectionCriterion]) -> Iterator[Problem]:
    for one in criteria:
        score = one.our_score
        if score is not None and not LOWEST_SCORE <= score <= HIGHEST_SCORE:
            told = f"{one.ref} has a score of {score}; scores go from {LOWEST_SCORE} to {HIGHEST_SCORE}."
            yield _told(integrator, told, weight=Weight.MUST_FIX)
    if criteria and not any(about_general_practice(one.criterion) for one in criteria):
        yield _told(
            integrator, "none of the criteria it is chosen by asks for skills in supporting general practice."
        )


def about_general_practice(words: str) -> bool:
    """Whether a criterion or function is about general practice or about supporting practices."""
    told = words.casefold()
    return re.search(r"\b(practices?|gps?|primary care|federations?)\b", told) is not None


def _told(
    integrator: Integrator, sentence: str, field: str = "", weight: Weight = Weight.ACKNOWLEDGE
) -> Problem:
    return Problem(f"{integrator.ref}: {sentence}", weight, Integrator.KIND.name, integrator.id, field)


def transfer_words(transfer: FunctionTransfer, day: date) -> str:
    """What moves from whom to whom, when it is expected, and how sure that is."""
    expected = day_words(transfer.expected) if transfer.expected else UNKNOWN
    status = transfer.status.words if transfer.status else "Status unknown"
    late = (
        transfer.expected is not None
        and transfer.expected < day
        and transfer.status not in (TransferStatus.DONE, TransferStatus.DROPPED)
    )
    past = ", which has passed" if late else ""
    between = f"From {transfer.moves_from or UNKNOWN} to {transfer.moves_to or UNKNOWN}"
    return f"{between}. Expected: {expected}{past}. {status}."


def joint_bid(stakeholders: Iterable[Stakeholder]) -> tuple[Stakeholder, ...]:
    """Those whose stance to a joint bid is asked after, the next thing to be done first; without a day last."""
    asked = [one for one in stakeholders if one.stance is not None]
    return tuple(sorted(asked, key=lambda one: (one.next_by or date.max, one.id)))


def bid_words(stakeholder: Stakeholder, today: date) -> str:
    """What is next with somebody, by when, and whether that has passed."""
    step = stakeholder.next_step or "No next step"
    if stakeholder.next_by is None:
        return f"{step}, by no day"
    late = stakeholder.next_by < today and stakeholder.stance not in (Stance.AGREED, Stance.DECLINED)
    return f"{step}, by {day_words(stakeholder.next_by)}{', which has passed' if late else ''}"
