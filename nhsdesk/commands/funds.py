"""Funds: how each stands today, what a partner said to a principle, and what was committed or spent on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.domain.funds import (
    Answered,
    Fund,
    FundEntry,
    FundMovement,
    MovementKind,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import funds
from nhsdesk.sections.fund_facts import Facts
from nhsdesk.store.database import Database


def view(database: Database) -> Facts:
    """All funds as our own board sees them today."""
    with database.read() as reader:
        return funds.as_at(reader, database.today())


def note_answer(
    database: Database, principle: Id, partner: Id, answer: Answered, on: date
) -> Ratification | Problem:
    """Notes what a partner said to a principle on a day, in place of what was noted for the same day."""
    if on > database.today():
        return Problem(
            f"{day_words(on)} has not come. Give the day on which it was said.", field="answered_on"
        )
    with database.read() as reader:
        rule = reader.get(SpendPrinciple, principle)
        name = reader.get(Organisation, partner).ref
        same = [
            one
            for one in reader.all(Ratification, principle=principle)
            if one.partner == partner and one.answered_on in (on, None)
        ]
    with database.change(f"Note the answer of {name} to {rule.ref}") as change:
        if same:
            return change.put(replace(same[-1], answer=answer, answered_on=on))
        return change.add(Ratification(principle=principle, partner=partner, answer=answer, answered_on=on))


def take_back_answer(database: Database, principle: Id, partner: Id) -> int:
    """Removes what was noted of a partner's answers to a principle; how many there were."""
    with database.read() as reader:
        rule = reader.get(SpendPrinciple, principle)
        noted = [one for one in reader.all(Ratification, principle=principle) if one.partner == partner]
    if noted:
        with database.change(f"Take back an answer to {rule.ref}") as change:
            for one in noted:
                change.remove(one)
    return len(noted)


def note_movement(
    database: Database, entry: Id, kind: MovementKind, amount: Money, on: date, their_reference: str = ""
) -> FundMovement | Problem:
    """Notes money of an entry that was committed, released, spent or paid back on a day."""
    if amount.pence <= 0:
        told = "Give an amount above nothing. What was paid back is entered as refunded."
        return Problem(told, field="amount")
    if on > database.today():
        return Problem(f"{day_words(on)} has not come. Give the day on which it happened.", field="on")
    with database.read() as reader:
        ref = reader.get(FundEntry, entry).ref
    with database.change(f"Add money to {ref}") as change:
        return change.add(
            FundMovement(
                entry=entry, kind=kind, amount=amount, on=on, their_reference=their_reference.strip() or None
            )
        )


def listed(database: Database) -> tuple[Fund, ...]:
    """Every fund, in the order they were added."""
    with database.read() as reader:
        return reader.all(Fund)
