"""What is asked of a decision: authority, quorum, the practice seat, conflicts, procurement, reason, review, order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import decision_rules
from nhsdesk.domain.bodies import Body, GovernanceForm
from nhsdesk.domain.decision_rules import Known
from nhsdesk.domain.decisions import DecidedHow, Decision, DecisionStatus, ProcurementRoute
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.problems import Weight

TODAY = date(2026, 11, 20)
BOARD = Body(name="Place Board", may_decide="Spend of the fund", limit=Money.pounds(250_000))
PLAIN = Decision(
    words="Agreed", how=DecidedHow.CONSENSUS, reason="It was due", status=DecisionStatus.MADE,
    practice_seat_present=True,
)  # fmt: skip
BY_BOARD = Known(TODAY, BOARD)


def asked(decision: Decision, known: Known = BY_BOARD) -> list[str]:
    return [one.field for one in decision_rules.problems(decision, known)]


def words(decision: Decision, known: Known = BY_BOARD) -> str:
    return " ".join(one.sentence for one in decision_rules.problems(decision, known))


def test_a_decision_with_authority_seat_and_reason_asks_nothing() -> None:
    assert asked(PLAIN) == []


def test_a_decision_over_the_limit_of_its_body_is_outside_its_authority() -> None:
    over = replace(PLAIN, cost=Money.pounds("250000.01"))
    assert "it costs £250,000.01, and Place Board may decide up to £250,000.00" in words(over)
    assert asked(replace(PLAIN, cost=Money.pounds(250_000))) == []
    assert asked(replace(over, delegation="ICB minute 12")) == []


def test_where_nothing_is_entered_the_authority_is_not_known_and_nobody_is_blamed() -> None:
    bare = Known(TODAY, Body(name="Steering group"))
    assert decision_rules.outside_authority(PLAIN, bare) == ""
    assert "it is not entered what Steering group may decide" in words(PLAIN, bare)
    assert "what Some forum may decide" in words(PLAIN, Known(TODAY, called="Some forum"))
    assert "not known which body" in words(PLAIN, Known(TODAY))
    assert asked(replace(PLAIN, delegation="Terms, 4.2"), bare) == []


def test_a_forum_decides_no_money_without_a_delegation() -> None:
    forum = Known(TODAY, replace(BOARD, governance=GovernanceForm.FORUM, limit=None))
    assert asked(PLAIN, forum) == []
    assert "consultative forum" in words(replace(PLAIN, cost=Money.pounds(1)), forum)


def test_an_integrator_that_decides_needs_evidence_of_its_delegation() -> None:
    decided = replace(PLAIN, decided_by_integrator=Id(7))
    known = replace(BY_BOARD, integrator="Wexmere Integrator")
    assert "Wexmere Integrator decided this, and no document is named" in words(decided, known)
    assert asked(replace(decided, delegation="Board minute 4"), known) == ["delegation"], (
        "words alone are none"
    )
    assert asked(replace(decided, delegation="Board minute 4", delegation_document=Id(9)), known) == []


def test_what_is_deferred_is_not_asked_under_which_authority() -> None:
    assert asked(replace(PLAIN, status=DecisionStatus.DEFERRED), Known(TODAY)) == []


def test_an_absent_general_practice_seat_is_told_and_an_unknown_one_is_asked() -> None:
    absent = decision_rules.problems(replace(PLAIN, practice_seat_present=False), BY_BOARD)
    assert [(one.sentence, one.weight) for one in absent] == [
        (": The general practice seat was not present when this was decided.", Weight.ACKNOWLEDGE)
    ]
    unknown = decision_rules.problems(replace(PLAIN, practice_seat_present=None), BY_BOARD)
    assert [one.weight for one in unknown] == [Weight.NOTE]


@pytest.mark.parametrize("how", list(DecidedHow))
def test_what_is_decided_without_a_quorum_is_to_be_ratified(how: DecidedHow) -> None:
    made = replace(PLAIN, how=how)
    assert decision_rules.must_be_ratified(made, replace(BY_BOARD, quorate=False))
    assert decision_rules.must_be_ratified(made, BY_BOARD) == (how is DecidedHow.PROVISIONAL)
    ratified = replace(made, status=DecisionStatus.RATIFIED)
    assert not decision_rules.must_be_ratified(ratified, replace(BY_BOARD, quorate=False))


def test_a_conflict_needs_how_it_was_managed() -> None:
    assert asked(replace(PLAIN, conflicts="Host")) == ["managed"]
    assert asked(replace(PLAIN, conflicts="Host", managed="Left the room")) == []


def test_an_award_without_a_route_is_asked_about_and_no_tender_is_missed() -> None:
    award = replace(PLAIN, supplier="Acme", conflicts="None declared", managed="None to manage")
    assert asked(award) == ["procurement"]
    assert asked(replace(award, procurement=ProcurementRoute.NOT_TOLD)) == ["procurement"]
    told = [route for route in ProcurementRoute if route is not ProcurementRoute.NOT_TOLD]
    assert all(asked(replace(award, procurement=route)) == [] for route in told), (
        "a tender is one way of several"
    )


def test_a_paid_adviser_is_asked_about_conflicts() -> None:
    advised = replace(PLAIN, adviser="Consulting LLP")
    assert "Consulting LLP is paid by this" in words(advised)


def test_a_missing_reason_and_a_review_gone_by_are_told() -> None:
    assert asked(replace(PLAIN, reason=None)) == ["reason"]
    assert asked(replace(PLAIN, review_on=date(2026, 11, 19))) == ["review_on"]
    assert asked(replace(PLAIN, review_on=TODAY)) == []


def test_a_superseded_decision_that_still_stands_is_told_and_then_asks_nothing() -> None:
    known = replace(BY_BOARD, superseded_by="DN-009")
    assert "DN-009 supersedes it, and it still stands as made." in words(PLAIN, known)
    assert asked(replace(PLAIN, status=DecisionStatus.SUPERSEDED, reason=None), known) == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), min_size=1, max_size=8))
def test_the_chain_of_superseded_decisions_ends_or_is_told_to_go_round(before: list[int | None]) -> None:
    made = [
        replace(PLAIN, id=Id(n + 1), supersedes=None if one is None or one >= len(before) else Id(one + 1))
        for n, one in enumerate(before)
    ]
    for one in made:
        chain, goes_round = decision_rules.before(one, made)
        assert len({found.id for found in chain}) == len(chain), "nothing stands in it twice"
        last = chain[-1] if chain else one
        assert goes_round == (last.supersedes is not None)


def test_a_chain_that_goes_round_must_be_put_right() -> None:
    first = replace(PLAIN, id=Id(1), supersedes=Id(2))
    second = replace(PLAIN, id=Id(2), supersedes=Id(1))
    assert decision_rules.before(first, (first, second)) == ((second,), True)
    found = decision_rules.problems(first, replace(BY_BOARD, goes_round=True))
    assert [one.weight for one in found] == [Weight.MUST_FIX]


def test_votes_are_told_as_they_were_counted() -> None:
    vote = replace(PLAIN, how=DecidedHow.VOTE, votes_for=9, abstained=2)
    assert decision_rules.vote_words(vote) == "Vote: 9 for, 2 abstained"
    assert decision_rules.vote_words(replace(PLAIN, how=None)) == "not known"
