"""What a reader of a paper would be misled by. Quiet in the register, spoken when a paper is made.

    problems(commitment, known)     everything wrong with one, each rule a small function in `RULES`
    binds(commitment, known)        whether it binds, with what is known of signatures

What is not in the commitment itself comes as `Known`. With nothing known, only what it says of itself is judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import commitments
from nhsdesk.domain.commitments import (
    BINDING,
    Basis,
    Commitment,
    CommitmentKind,
    InContract,
    QuotationFound,
    Result,
    Status,
    Strength,
    WorkClass,
    is_over,
    months_later,
    review_due,
)
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import Plan, PlanStatus
from nhsdesk.domain.problems import Problem, Weight

STALE_AFTER_MONTHS = 6
"""A look into a contract counts for half a year."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the file says that bears on one commitment."""

    today: date | None = None
    we_are_party: bool = False
    """Our PCN stands among the parties of its agreement."""
    we_signed: bool = False
    proved: bool = False
    """Evidence in date names it."""
    document_superseded_by: str = ""
    """The reference of the newer document; empty while its own holds."""
    clause_superseded_by: str = ""
    newer_document: str = ""
    """The reference of a newer document by whoever gave an assurance, not yet read for it."""


NOTHING = Known()


def in_force(commitment: Commitment, known: Known) -> bool:
    """Whether a local agreement is one: signed, with us among its parties. A plan or a draft is an ask."""
    return commitment.agreement is not None and known.we_signed


def binds(commitment: Commitment, known: Known) -> str:
    """Whether it binds us, in words; a local agreement that we have not signed reads as the ask it is."""
    if commitment.kind is CommitmentKind.AGREEMENT and not in_force(commitment, known):
        return "Put to us as an agreement we have not signed; not required"
    return commitments.binds(commitment)


# ---- what it says it is


def ask_resting_on_a_contract(commitment: Commitment, known: Known) -> Problem | None:
    """An ask does not rest on a contract or a statute."""
    if commitment.kind is not CommitmentKind.ASK or commitment.basis not in BINDING:
        return None
    words = "this is an ask, yet it is said to rest on a contract or a statute. Change the kind or what it rests on."
    return _problem(commitment, words, Weight.MUST_FIX, "basis")


def ask_worded_as_must(commitment: Commitment, known: Known) -> Problem | None:
    """An ask that says must was perhaps misread."""
    if commitment.kind is not CommitmentKind.ASK or commitment.strength is not Strength.MUST:
        return None
    words = "this is an ask worded as “must”. Check who says so."
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "strength")


def duty_without_contract(commitment: Commitment, known: Known) -> Problem | None:
    """A contract duty names its contract or law."""
    if commitment.kind is not CommitmentKind.DUTY or commitment.basis in BINDING:
        return None
    words = "this is called a contract duty, but no contract or law is named."
    return _problem(commitment, words, Weight.MUST_FIX, "basis")


def agreement_not_signed(commitment: Commitment, known: Known) -> Problem | None:
    """A local agreement needs a signed agreement with us among its parties. A paper calls it the ask it is."""
    if commitment.kind is not CommitmentKind.AGREEMENT or in_force(commitment, known):
        return None
    if commitment.agreement is None:
        why = "no signed agreement is named"
    else:
        why = (
            "we have not signed its agreement, or it has expired"
            if known.we_are_party
            else "we are no party to its agreement"
        )
    words = f"this is called a local agreement, but {why}. Until we have signed, it is an ask."
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "agreement")


def kind_not_known(commitment: Commitment, known: Known) -> Problem | None:
    """Whoever reads of it wants to know whether it binds."""
    if commitment.kind is not None:
        return None
    return _problem(commitment, "it is not yet known whether this binds.", Weight.ACKNOWLEDGE, "kind")


_RESTS_ON = {
    WorkClass.CORE: (Basis.GMS, Basis.PMS, Basis.APMS),
    WorkClass.DES: (Basis.DES, Basis.LVA),
}


def work_class_and_basis_differ(commitment: Commitment, known: Known) -> Problem | None:
    """Core work rests on GMS, PMS or APMS; DES work on the DES or a local variation."""
    work, basis = commitment.work_class, commitment.basis
    if work is None or basis is None or basis in _RESTS_ON.get(work, (basis,)):
        return None
    rests = " or ".join(allowed.words for allowed in _RESTS_ON[work])
    words = f"{work.words} work rests on {rests}, not on “{basis.words}”."
    return _problem(commitment, words, Weight.MUST_FIX, "work_class")


# ---- where it is written


def nowhere_written(commitment: Commitment, known: Known) -> Problem | None:
    """What others want of us stands in a document, on a page."""
    if commitment.document is None:
        if commitment.kind is CommitmentKind.INTERNAL:
            return None
        return _problem(
            commitment, "it is not yet known where this is written.", Weight.ACKNOWLEDGE, "document"
        )
    if commitment.locator:
        return None
    return _problem(commitment, "the document is named, but not the page.", Weight.ACKNOWLEDGE, "locator")


def quotation_gone(commitment: Commitment, known: Known) -> Problem | None:
    """Exact words that were looked for and not found are not exact."""
    if commitment.quotation_found is not QuotationFound.GONE:
        return None
    words = "its exact words were looked for and are not in the document's file."
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "quotation")


def document_superseded(commitment: Commitment, known: Known) -> Problem | None:
    """What an older document asked is perhaps asked no longer."""
    if not known.document_superseded_by or is_over(commitment):
        return None
    words = f"it rests on a document that {known.document_superseded_by} has superseded. Read it again there."
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "document")


def assurance_to_read_again(commitment: Commitment, known: Known) -> Problem | None:
    """An assurance holds until whoever gave it publishes something newer."""
    if (
        commitment.kind is not CommitmentKind.ASSURANCE
        or not known.newer_document
        or known.document_superseded_by
    ):
        return None
    words = (
        f"{known.newer_document} is newer and by whoever gave this assurance. Read whether it still stands."
    )
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "review_trigger")


# ---- whether our contract says so


def why_look_again(commitment: Commitment, known: Known) -> str:
    """Why a look into the contract counts no longer, in words; empty while it does or nobody has looked."""
    if commitment.in_contract is None:
        return ""
    if commitment.checked_on is None:
        return "nobody has said on which day it was looked for"
    if not (commitment.checked_clause or commitment.clause):
        return "nobody has said at which clause"
    if known.clause_superseded_by:
        return f"the document looked in is superseded by {known.clause_superseded_by}"
    if known.today is not None and months_later(commitment.checked_on, STALE_AFTER_MONTHS) < known.today:
        return "that is more than six months ago"
    return ""


def contract_words(commitment: Commitment, known: Known) -> str:
    """What was found in our contract, at which clause, on which day; and whether that is stale."""
    if commitment.in_contract is None:
        return ""
    clause = commitment.checked_clause or commitment.clause or "no clause given"
    looked = "on no day given" if commitment.checked_on is None else f"on {day_words(commitment.checked_on)}"
    stale = why_look_again(commitment, known)
    told = f"{commitment.in_contract.words}: {clause}, looked at {looked}"
    return f"{told}. Stale: {stale}. Look again." if stale else told


def contract_look_stale(commitment: Commitment, known: Known) -> Problem | None:
    """“Not in our contract” is said with the clause and the day, and for half a year."""
    stale = why_look_again(commitment, known)
    if not stale or is_over(commitment):
        return None
    said = commitment.in_contract.words if commitment.in_contract is not None else ""
    words = f"“{said}” is stale: {stale}. Look again before you say so."
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "checked_on")


def is_not_in_contract(commitment: Commitment) -> bool:
    """Whether somebody looked and did not find it."""
    return commitment.in_contract is InContract.ABSENT


# ---- where it stands


def met_without_evidence(commitment: Commitment, known: Known) -> Problem | None:
    """Met is shown by evidence in date."""
    if not claims_to_be_met(commitment) or known.proved:
        return None
    words = "this is said to be met, and no evidence in date shows it."
    return _problem(commitment, words, Weight.ACKNOWLEDGE, "status")


def claims_to_be_met(commitment: Commitment) -> bool:
    """Whether it is said to be met, by its status or by what came of it."""
    return commitment.status is Status.MET or commitment.came_to is Result.MET


_NEEDS_ITS_REASON = (Result.DECLINED, Result.PARKED)


def result_without_reason(commitment: Commitment, known: Known) -> Problem | None:
    """To decline and to park are results like any other, and say why."""
    if commitment.came_to not in _NEEDS_ITS_REASON or (commitment.result or "").strip():
        return None
    words = f"this is {commitment.came_to.value!s}, and it is not said why."
    return _problem(commitment, words, Weight.MUST_FIX, "result")


_UNDER_WAY = (Status.ON_TRACK, Status.AT_RISK, Status.LATE)


def is_live_without_purpose(commitment: Commitment) -> bool:
    """Whether work on it is under way and nobody has said what for."""
    said = commitment.purpose or commitment.serves or commitment.outcome_wanted
    return commitment.status in _UNDER_WAY and not said and not is_over(commitment)


def live_without_purpose(commitment: Commitment, known: Known) -> Problem | None:
    """Work that is under way says what it is for."""
    if not is_live_without_purpose(commitment):
        return None
    return _problem(
        commitment, "work on it is under way, and its purpose is not said.", Weight.ACKNOWLEDGE, "purpose"
    )


def plan_without_purpose(plan: Plan) -> Problem | None:
    """A plan that is live says what it is for."""
    if plan.status is not PlanStatus.LIVE or (plan.purpose or "").strip():
        return None
    words = (
        f"{plan.ref}: this plan is live without a purpose. Say what it is for, or bring it back to agreed."
    )
    return Problem(words, Weight.MUST_FIX, "plan", plan.id, "purpose")


def review_overdue(commitment: Commitment, known: Known) -> Problem | None:
    """A review that has not been held is told, and stops nothing."""
    due = review_due(commitment)
    if is_over(commitment) or due is None or known.today is None or due >= known.today:
        return None
    return _problem(commitment, f"its review was due on {day_words(due)}.", Weight.NOTE, "reviewed_on")


Rule = Callable[[Commitment, Known], Problem | None]

RULES: tuple[Rule, ...] = (
    ask_resting_on_a_contract,
    ask_worded_as_must,
    duty_without_contract,
    agreement_not_signed,
    kind_not_known,
    nowhere_written,
    quotation_gone,
    document_superseded,
    assurance_to_read_again,
    contract_look_stale,
    met_without_evidence,
    result_without_reason,
    live_without_purpose,
    review_overdue,
    work_class_and_basis_differ,
)


def problems(commitment: Commitment, known: Known = NOTHING) -> tuple[Problem, ...]:
    """What a reader of a paper would be misled by."""
    return tuple(found for rule in RULES if (found := rule(commitment, known)) is not None)


def _problem(commitment: Commitment, words: str, weight: Weight, field: str) -> Problem:
    return Problem(f"{commitment.ref}: {words}", weight, "commitment", commitment.id, field)
