"""What a reader of a decision would ask about it: authority, quorum, the general practice seat, conflicts, reasons.

    problems(decision, known)       everything to be asked of one, each rule a small function in `RULES`
    before(decision, decisions)     what it supersedes, the next before it first

What is not in the decision itself comes as `Known`. What nobody entered is asked for, never taken for a no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.bodies import Body, GovernanceForm
from nhsdesk.domain.decisions import DecidedHow, Decision, DecisionStatus, ProcurementRoute
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

WAITS = (DecisionStatus.TO_RATIFY, DecisionStatus.DEFERRED)
"""Nothing is decided yet: who may decide it is asked when it is."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the file says that bears on one decision."""

    today: date
    body: Body | None = None
    called: str = ""
    """What its meeting calls the body, where that has no entry of its own."""
    quorate: bool | None = None
    """Whether its meeting was quorate; None where that is not known."""
    accountable: str = ""
    """Who answers for the body's money, by name."""
    integrator: str = ""
    chain: tuple[Decision, ...] = ()
    """The decisions that it supersedes, the next before it first, as far as `before` could follow them."""
    goes_round: bool = False
    superseded_by: str = ""
    """The reference of the decision that took its place."""


def problems(decision: Decision, known: Known) -> tuple[Problem, ...]:
    """Everything to be asked of one decision."""
    if stands(decision, known) is DecisionStatus.SUPERSEDED and not known.goes_round:
        return ()
    found = (rule(decision, known) for rule in RULES)
    return tuple(one for one in found if one is not None)


def stands(decision: Decision, known: Known) -> DecisionStatus | None:
    """How a decision counts: one in final minutes cannot itself say that another took its place, or ratified it."""
    if known.superseded_by and decision.sealed() is not None:
        return DecisionStatus.SUPERSEDED
    return DecisionStatus.TO_RATIFY if must_be_ratified(decision, known) else decision.status


# ---- under which authority


def outside_authority(decision: Decision, known: Known) -> str:
    """Why a decision is outside what its body may decide; empty where nothing shows that it is."""
    if decision.status in WAITS:
        return ""
    if decision.decided_by_integrator is not None:
        return _integrator_without_evidence(decision, known)
    return _over_the_limit(decision, known) or _forum_with_money(decision, known)


def _integrator_without_evidence(decision: Decision, known: Known) -> str:
    if decision.delegation and decision.delegation_document is not None:
        return ""
    who = known.integrator or "an integrator"
    return f"{who} decided this, and no document is named that lets it. Name the delegation and where it is written."


def _over_the_limit(decision: Decision, known: Known) -> str:
    limit = known.body.limit if known.body is not None else None
    if limit is None or decision.cost is None or decision.cost <= limit or decision.delegation:
        return ""
    return (
        f"it costs {decision.cost}, and {_name(known)} may decide up to {limit}. "
        "Name the delegation that allows more, or take it to who may decide it."
    )


def _forum_with_money(decision: Decision, known: Known) -> str:
    body = known.body
    forum = body is not None and body.governance is GovernanceForm.FORUM
    if body is None or not forum or decision.cost is None or _delegated(decision):
        return ""
    return f"{body.name} is a consultative forum: it advises on money, and decides only where a delegation says so."


def _delegated(decision: Decision) -> bool:
    return bool(decision.delegation) or decision.delegation_document is not None


def authority_not_known(decision: Decision, known: Known) -> str:
    """What is missing to say under which authority it was decided; empty where something is entered."""
    if _delegated(decision) or decision.status in WAITS or decision.decided_by_integrator is not None:
        return ""
    body = known.body
    if body is None and known.called:
        return f"it is not entered what {known.called} may decide, and no delegation is named."
    if body is None:
        return "it is not known which body decided it, nor under which delegation."
    if body.may_decide or body.delegation or body.document is not None:
        return ""
    return f"it is not entered what {body.name} may decide, and no delegation is named."


def _name(known: Known) -> str:
    return known.body.name if known.body is not None else "its body"


def _authority(decision: Decision, known: Known) -> Problem | None:
    words = outside_authority(decision, known)
    return _problem(
        decision, f"Outside delegated authority, as far as is entered: {words}", "delegation", words
    )


def _not_known(decision: Decision, known: Known) -> Problem | None:
    words = authority_not_known(decision, known)
    return _problem(decision, f"Authority not known: {words}", "delegation", words)


# ---- who was in the room


def _practice_seat(decision: Decision, known: Known) -> Problem | None:
    if decision.practice_seat_present is None:
        words = "It is not known whether the general practice seat was present."
        return _problem(decision, words, "practice_seat_present", weight=Weight.NOTE)
    absent = "" if decision.practice_seat_present else "absent"
    return _problem(
        decision, "The general practice seat was not present when this was decided.", "practice_seat_present", absent
    )  # fmt: skip


def must_be_ratified(decision: Decision, known: Known) -> bool:
    """Whether it was made without a quorum, or provisionally, and does not count until it is ratified."""
    counts = decision.status in (DecisionStatus.RATIFIED, *WAITS) or decision.ratified_on is not None
    return not counts and (known.quorate is False or decision.how is DecidedHow.PROVISIONAL)


def _to_ratify(decision: Decision, known: Known) -> Problem | None:
    why = "the meeting was not quorate" if known.quorate is False else "it is provisional"
    words = f"To be ratified: {why}, and it stands as {_status(decision)}."
    return _problem(decision, words, "status", "so" if must_be_ratified(decision, known) else "")


def _waits_to_be_ratified(decision: Decision, known: Known) -> Problem | None:
    waits = decision.status is DecisionStatus.TO_RATIFY and decision.ratified_on is None
    words = "It does not count before it is ratified. Nothing may rest on it as decided."
    return _problem(decision, words, "status", "so" if waits else "", weight=Weight.NOTE)


def _status(decision: Decision) -> str:
    return decision.status.value if decision.status is not None else "made"


def _conflicts(decision: Decision, known: Known) -> Problem | None:
    unmanaged = "so" if decision.conflicts and not decision.managed else ""
    words = "A conflict of interest is entered, and not how it was managed."
    return _problem(decision, words, "managed", unmanaged)


# ---- how a supplier was chosen


def _scrutiny(decision: Decision, known: Known) -> Problem | None:
    """A tender is one way among others (ICS design framework, 2021, p30): only silence is asked about."""
    silent = decision.procurement in (None, ProcurementRoute.NOT_TOLD)
    words = f"{decision.supplier} was chosen, and it is not told by which procurement route."
    return _problem(decision, words, "procurement", "so" if decision.supplier and silent else "")


def _supplier_conflicts(decision: Decision, known: Known) -> Problem | None:
    named = decision.supplier or decision.adviser
    words = f"{named} is paid by this, and it is not entered whether conflicts of interest were declared."
    return _problem(decision, words, "conflicts", "so" if named and not decision.conflicts else "")


# ---- why, and what comes after


def _reason(decision: Decision, known: Known) -> Problem | None:
    return _problem(
        decision, "No reason is entered.", "reason", "" if decision.reason else "so", weight=Weight.NOTE
    )


def _review(decision: Decision, known: Known) -> Problem | None:
    on = decision.review_on
    if on is None or on >= known.today:
        return None
    return _problem(decision, f"Its review was due on {day_words(on)}.", "review_on")


def _chain(decision: Decision, known: Known) -> Problem | None:
    words = "What it supersedes leads back to itself. Put right which decision came first."
    return _problem(decision, words, "supersedes", "so" if known.goes_round else "", weight=Weight.MUST_FIX)


def _superseded(decision: Decision, known: Known) -> Problem | None:
    still = known.superseded_by if decision.status is not DecisionStatus.SUPERSEDED else ""
    words = f"{still} supersedes it, and it still stands as {_status(decision)}."
    return _problem(decision, words, "status", still)


Rule = Callable[[Decision, Known], Problem | None]

RULES: tuple[Rule, ...] = (
    _authority,
    _not_known,
    _practice_seat,
    _to_ratify,
    _waits_to_be_ratified,
    _conflicts,
    _scrutiny,
    _supplier_conflicts,
    _reason,
    _review,
    _chain,
    _superseded,
)


def _problem(
    decision: Decision, words: str, field: str, holds: str = "so", *, weight: Weight = Weight.ACKNOWLEDGE
) -> Problem | None:
    """A problem of one field where it holds."""
    if not holds:
        return None
    return Problem(f"{decision.ref}: {words}", weight, Decision.KIND.name, decision.id, field)


# ---- which came before which


def before(decision: Decision, decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], bool]:
    """What it supersedes, the next before it first, and whether that leads round to itself."""
    known = {one.id: one for one in decisions}
    chain: list[Decision] = []
    seen: set[Id] = {decision.id}
    at = decision.supersedes
    while at is not None and at in known:
        if at in seen:
            return tuple(chain), True
        seen.add(at)
        chain.append(known[at])
        at = known[at].supersedes
    return tuple(chain), False


def superseding(decisions: Iterable[Decision]) -> dict[Id, Decision]:
    """Of each decision that was superseded, the last that did so."""
    return {one.supersedes: one for one in decisions if one.supersedes is not None}


def vote_words(decision: Decision) -> str:
    """How it was reached, with the votes: "Vote: 7 for, 1 against"."""
    counted = (
        (decision.votes_for, "for"),
        (decision.votes_against, "against"),
        (decision.abstained, "abstained"),
    )
    votes = ", ".join(f"{number} {words}" for number, words in counted if number is not None)
    how = decision.how.words if decision.how is not None else ""
    return f"{how}: {votes}" if how and votes else how or votes or "not known"
