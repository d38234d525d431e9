"""Practices sign up: begun in one step, facts copied, risks scored, consents noted; what history tells of holders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhsdesk.commands import sign_up
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.contracts import (
    Agreement,
    Contract,
    ContractKind,
    Decided,
    LocalVariation,
    Signature,
    SignUpDecision,
    SignUpRisk,
)
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def kept(database: Database) -> tuple[SignUpDecision, ...]:
    with database.read() as reader:
        return reader.all(SignUpDecision)


@pytest.fixture
def offer(database: Database) -> LocalVariation:
    """An offer before three practices, one of them of another PCN and one long closed."""
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)[0].id
    other = add(database, Organisation(name="Northfield PCN", sector=Sector.PCN))
    for name in ("Brook Surgery", "Abbey Surgery", "Chandler Road"):
        add(database, Practice(name=name, network=ours))
    add(database, Practice(name="Elsewhere", network=other.id))
    add(database, Practice(name="Closed", network=ours, valid_to=date(2020, 3, 31)))
    return add(database, LocalVariation(title="Frailty"))  # type: ignore[no-any-return]


def test_the_decision_of_every_practice_is_begun_as_one_step(
    database: Database, offer: LocalVariation
) -> None:
    assert sign_up.begin(database, offer) == 3
    assert sign_up.begin(database, offer) == 0
    seen = sign_up.view(database, offer.id)
    assert seen is not None
    assert [one.practice.name for one in seen.practices] == [
        "Abbey Surgery",
        "Brook Surgery",
        "Chandler Road",
    ]
    database.undo()
    assert kept(database) == ()


def test_a_practice_that_joins_later_is_begun_by_itself(database: Database, offer: LocalVariation) -> None:
    sign_up.begin(database, offer)
    add(database, Practice(name="Dale Surgery"))
    assert sign_up.begin(database, offer) == 1
    assert len(kept(database)) == 4


def test_facts_are_copied_to_those_that_have_none(database: Database, offer: LocalVariation) -> None:
    sign_up.begin(database, offer)
    first, second, _ = kept(database)
    with database.change("Write") as change:
        first = change.put(replace(first, facts="Four sessions"))
        change.put(replace(second, facts="Our own"))
    assert sign_up.copy_facts(database, first) == (1, 1)
    assert [one.facts for one in kept(database)] == ["Four sessions", "Our own", "Four sessions"]
    database.undo()
    assert [one.facts for one in kept(database)] == ["Four sessions", "Our own", None]


def test_no_facts_are_copied_to_nobody(database: Database, offer: LocalVariation) -> None:
    sign_up.begin(database, offer)
    position = database.head.position
    assert sign_up.copy_facts(database, kept(database)[0]) == (0, 0)
    assert database.head.position == position


def test_a_consent_is_noted_with_its_day_and_role_and_taken_back(
    database: Database, offer: LocalVariation
) -> None:
    sign_up.begin(database, offer)
    decision = kept(database)[0]
    lacking = sign_up.note(database, decision, Decided.AGREED, date(2026, 11, 18), " ")
    assert isinstance(lacking, Problem)
    assert (lacking.field, lacking.record) == ("signatory_role", decision.id)
    noted = sign_up.note(database, decision, Decided.AGREED, date(2026, 11, 18), " Senior partner ")
    assert isinstance(noted, SignUpDecision)
    assert (noted.signed_on, noted.signatory_role) == (date(2026, 11, 18), "Senior partner")
    back = sign_up.note(database, noted, Decided.UNDECIDED, None)
    assert isinstance(back, SignUpDecision)
    assert (back.signed_on, back.signatory_role, back.decided) == (None, None, Decided.UNDECIDED)


@pytest.mark.parametrize("decided", [Decided.LEANING, Decided.DECLINED])
def test_what_is_only_said_bears_its_day_and_no_signature(
    database: Database, offer: LocalVariation, decided: Decided
) -> None:
    sign_up.begin(database, offer)
    decision = kept(database)[0]
    assert isinstance(sign_up.note(database, decision, decided, None), Problem)
    assert isinstance(sign_up.note(database, decision, decided, date(2026, 11, 21)), Problem)
    noted = sign_up.note(database, decision, decided, date(2026, 11, 12), "Partner")
    assert isinstance(noted, SignUpDecision)
    assert (noted.indicated_on, noted.signed_on, noted.signatory_role) == (date(2026, 11, 12), None, None)


def test_a_risk_is_added_with_scores_from_1_to_5(database: Database, offer: LocalVariation) -> None:
    sign_up.begin(database, offer)
    decision = kept(database)[0]
    assert isinstance(sign_up.add_risk(database, decision, " ", 3, 4), Problem)
    wrong = sign_up.add_risk(database, decision, "Late", 3, 6)
    assert isinstance(wrong, Problem)
    assert wrong.sentence == "6 is no score from 1 to 5."
    assert isinstance(sign_up.add_risk(database, decision, "Late", 3, 4), SignUpRisk)


def test_offers_still_to_be_decided_come_first(database: Database) -> None:
    for title, day in (("Past", date(2026, 1, 1)), ("Later", date(2027, 1, 1)), ("Soon", date(2026, 12, 18))):
        add(database, LocalVariation(title=title, decide_by=day))
    assert [one.title for one in sign_up.variations(database)] == ["Soon", "Later", "Past"]


def test_a_holder_that_was_changed_is_told_from_the_history(database: Database) -> None:
    practice = add(database, Organisation(name="Abbey Surgery", sector=Sector.PRACTICE))
    trust = add(database, Organisation(name="Wexmere Hospitals", sector=Sector.ACUTE_TRUST))
    contract = add(database, Contract(kind=ContractKind.GMS, holder=practice.id))
    assert sign_up.contracts_seen(database)[0].alerts == ()
    with database.change("Pass it on") as change:
        change.put(replace(contract, holder=trust.id))
    assert sign_up.contracts_seen(database)[0].alerts[0] == (
        "The holder changed from Abbey Surgery to Wexmere Hospitals, as entered on 20 November 2026."
    )
    database.undo()
    assert sign_up.contracts_seen(database)[0].alerts == ()


def test_what_rests_on_an_agreement_needs_it(database: Database) -> None:
    agreement = add(database, Agreement(title="Data sharing", needed_for="MDT go-live"))
    commitment = add(database, Commitment(title="Share lists", agreement=agreement.id))
    add(database, Signature(agreement=agreement.id, ours=True))
    add(database, Signature(agreement=agreement.id))
    (seen,) = sign_up.agreements_seen(database)
    assert seen.needs == f"MDT go-live, {commitment.ref}"
    assert [one.name for one in seen.parties] == ["Eastfield PCN", "a party not yet named"]
