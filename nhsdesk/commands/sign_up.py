"""Practices sign up to an offer, or do not: begun for all at once, facts shared, risks scored, each consent noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.domain import sign_up_decisions
from nhsdesk.domain.contracts import Decided, LocalVariation, SignUpDecision, SignUpRisk
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import contracts, sign_up
from nhsdesk.sections.contracts import AgreementView, ContractView
from nhsdesk.sections.sign_up import VariationView
from nhsdesk.store.database import Database


def contracts_seen(database: Database) -> tuple[ContractView, ...]:
    """All contracts as their page shows them."""
    with database.read() as reader:
        return contracts.contracts(reader, database.today())


def agreements_seen(database: Database) -> tuple[AgreementView, ...]:
    """All agreements as their page shows them."""
    with database.read() as reader:
        return contracts.all_agreements(reader, database.today())


def variations(database: Database) -> tuple[LocalVariation, ...]:
    """All offers, the one to be decided soonest first, then those whose day has passed."""
    today = database.today()
    with database.read() as reader:
        every = reader.all(LocalVariation)
    return tuple(
        sorted(
            every, key=lambda one: ((one.decide_by or date.max) < today, one.decide_by or date.max, one.id)
        )
    )


def view(database: Database, variation: Id) -> VariationView | None:
    """An offer with every practice; None where it is no longer there."""
    with database.read() as reader:
        found = reader.find(LocalVariation, variation)
        return None if found is None else sign_up.gather(reader, found, database.today())


def begin(database: Database, variation: LocalVariation) -> int:
    """Begins the decision of every practice of the PCN that has none on this offer; how many were begun."""
    with database.read() as reader:
        lacking = sign_up.gather(reader, variation, database.today()).not_begun
    if lacking:
        with database.change(f"Begin the decisions on {variation.ref}") as change:
            for practice in lacking:
                change.add(SignUpDecision(variation=variation.id, practice=practice.id))
    return len(lacking)


def copy_facts(database: Database, decision: SignUpDecision) -> tuple[int, int]:
    """Gives the facts of one practice to the others that have none; to how many, and how many keep their own."""
    with database.read() as reader:
        others = [
            one
            for one in reader.all(SignUpDecision, variation=decision.variation)
            if one.id != decision.id and one.facts != decision.facts
        ]
    empty = [one for one in others if not (one.facts or "").strip()]
    if not (decision.facts or "").strip():
        return 0, len(others)
    if empty:
        with database.change(f"Copy the facts of {decision.ref} to the other practices") as change:
            for one in empty:
                change.put(replace(one, facts=decision.facts))
    return len(empty), len(others) - len(empty)


def note(
    database: Database, decision: SignUpDecision, decided: Decided, on: date | None, role: str = ""
) -> SignUpDecision | Problem:
    """Notes what the partners of a practice decided, or gives what is still needed for it."""
    with database.read() as reader:  # its facts may have been written since it was shown
        now = reader.get(SignUpDecision, decision.id)
    noted = sign_up_decisions.noted(now, decided, on, role, database.today())
    if isinstance(noted, Problem):
        return replace(noted, kind=decision.KIND.name, record=decision.id)
    with database.change(f"Note the decision of {decision.ref}") as change:
        return change.put(noted)


def add_risk(
    database: Database, decision: SignUpDecision, what: str, likelihood: int, consequence: int
) -> SignUpRisk | Problem:
    """Adds a risk of deciding one way or the other, scored 1 to 5 twice."""
    if not what.strip():
        return Problem("Say what may happen.", field="what")
    risk = SignUpRisk(decision=decision.id, what=what.strip(), likelihood=likelihood, consequence=consequence)
    wrong = sign_up_decisions.risk_problems(risk)
    if wrong:
        return Problem(f"{wrong[0].sentence.partition(': ')[2]}", field=wrong[0].field)
    with database.change(f"Add a risk to {decision.ref}") as change:
        return change.add(risk)
