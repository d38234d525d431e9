"""A practice's decision: its steps, its scored risks, what is a consent, and all practices together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhsdesk.domain import sign_up_decisions as rules
from nhsdesk.domain.contracts import Decided, LocalVariation, SignUpDecision, SignUpRisk
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.money import Money
from nhsdesk.domain.problems import Weight

TODAY = date(2026, 11, 20)
OFFER = LocalVariation(id=Id(1), title="Complex frailty", decide_by=date(2026, 12, 18))


def decision(number: int = 1, **fields: Any) -> SignUpDecision:
    held: dict[str, Any] = {"id": Id(number), "ref": f"SD-{number:03}", "practice": Id(100 + number)}
    return SignUpDecision(variation=Id(1), **held | fields)


def signed(number: int = 1, **fields: Any) -> SignUpDecision:
    held = {"decided": Decided.AGREED, "signed_on": date(2026, 11, 18), "signatory_role": "Senior partner"}
    return decision(number, **held | fields)


def risk(likelihood: int | None, consequence: int | None) -> SignUpRisk:
    return SignUpRisk(
        ref="SI-001", decision=Id(1), what="Staff leave", likelihood=likelihood, consequence=consequence
    )


# ---- risks


@pytest.mark.parametrize(
    ("scored", "band"),
    [
        (1, "low"), (2, "low"), (3, "low"), (4, "moderate"), (5, "moderate"), (6, "moderate"), (8, "high"),
        (9, "high"), (10, "high"), (12, "high"), (15, "extreme"), (16, "extreme"), (20, "extreme"), (25, "extreme"),
    ],
)  # fmt: skip
def test_scores_fall_into_four_bands(scored: int, band: str) -> None:
    assert rules.band(scored) == band


def test_a_risk_is_told_with_its_score_its_band_and_its_working() -> None:
    assert rules.risk_words(risk(3, 4)) == "12 high (3 × 4)"
    assert rules.risk_words(risk(3, None)) == "Not yet scored"


@pytest.mark.parametrize("wrong", [0, 6, -1, 10**9])
def test_a_score_outside_1_to_5_is_no_score_and_a_problem(wrong: int) -> None:
    assert rules.score(risk(wrong, 3)) is None
    assert rules.score(risk(3, wrong)) is None
    (problem,) = rules.risk_problems(risk(3, wrong))
    assert (problem.field, problem.weight) == ("consequence", Weight.MUST_FIX)


def test_a_risk_not_yet_scored_is_no_problem() -> None:
    assert rules.risk_problems(risk(None, None)) == ()


# ---- consent


def test_leaning_to_agree_is_no_consent() -> None:
    leaning = decision(decided=Decided.LEANING, indicated_on=date(2026, 11, 12))
    assert not rules.has_consented(leaning, TODAY)
    assert (
        rules.decided_words(leaning, TODAY)
        == "Leaning to agree, as said on 12 November 2026: this is no consent"
    )
    assert rules.tone(leaning, TODAY) is Tone.WARN


@pytest.mark.parametrize(
    "fields",
    [
        {"signed_on": None},
        {"signatory_role": None},
        {"signatory_role": "  "},
        {"signed_on": date(2026, 11, 21)},
        {"decided": Decided.LEANING},
        {"decided": Decided.UNDECIDED},
        {"decided": Decided.DECLINED},
    ],
)
def test_a_consent_needs_agreement_and_day_and_role(fields: dict[str, Any]) -> None:
    assert rules.has_consented(signed(), TODAY)
    assert not rules.has_consented(signed(**fields), TODAY)


def test_a_consent_says_when_and_by_which_role() -> None:
    assert (
        rules.decided_words(signed(), TODAY) == "Agreed: consent signed on 18 November 2026 by Senior partner"
    )
    assert rules.tone(signed(), TODAY) is Tone.GOOD


def test_agreed_in_words_alone_is_said_to_be_no_consent_yet() -> None:
    told = rules.decided_words(decision(decided=Decided.AGREED), TODAY)
    assert told == "Agreed, but not signed with day and role: no consent yet"
    (problem,) = rules.decision_problems(decision(decided=Decided.AGREED), OFFER, TODAY)
    assert problem.weight is Weight.ACKNOWLEDGE


def test_to_decline_is_a_decision_like_any_other() -> None:
    declined = decision(decided=Decided.DECLINED, indicated_on=date(2026, 11, 12))
    assert rules.decided_words(declined, TODAY) == "Declined, as said on 12 November 2026"
    assert rules.decision_problems(declined, OFFER, TODAY) == ()
    assert "decision" in rules.steps_done(declined, (), TODAY)


def test_signatures_that_cannot_be_are_problems() -> None:
    to_come = rules.decision_problems(signed(signed_on=date(2026, 11, 21)), OFFER, TODAY)
    assert any("has not come" in one.sentence for one in to_come)
    (late,) = rules.decision_problems(signed(signed_on=date(2026, 12, 19)), OFFER, date(2026, 12, 20))
    assert late.sentence == "SD-001: it was signed after 18 December 2026, by when to decide."
    (undecided,) = rules.decision_problems(signed(decided=Decided.UNDECIDED), OFFER, TODAY)
    assert undecided.weight is Weight.MUST_FIX


def test_an_offer_to_a_practice_below_its_own_baseline_is_told() -> None:
    poor = decision(baseline=Money.pounds(100), offered=Money.pounds(100))
    assert [one.field for one in rules.decision_problems(poor, OFFER, TODAY)] == ["offered"]


# ---- the decision tool: facts, for and against, risks, decision


def test_an_informed_sign_up_goes_through_facts_reasons_scored_risks_and_a_dated_decision() -> None:
    begun = decision()
    assert rules.how_far_words(begun, (), TODAY) == (
        "0 of 5 steps; still: facts, for, against, risks, decision"
    )
    thought = replace(begun, facts="Four sessions", reasons_for="Money", reasons_against="Staff")
    assert rules.how_far_words(thought, (risk(3, None),), TODAY) == "3 of 5 steps; still: risks, decision"
    assert rules.steps_done(thought, (risk(3, 4),), TODAY) == ("facts", "for", "against", "risks")
    done = replace(signed(), facts="Four sessions", reasons_for="Money", reasons_against="Staff")
    assert rules.how_far_words(done, (risk(3, 4),), TODAY) == "5 of 5 steps"
    assert rules.WHOSE == "This is a decision of the practice's partners; talk to your LMC."


def test_blank_words_are_no_step() -> None:
    assert rules.steps_done(decision(facts=" \n"), (), TODAY) == ()


# ---- all practices


def test_the_consent_of_every_practice_is_needed() -> None:
    practices = [Id(101), Id(102), Id(103)]
    told = rules.tally((signed(1), decision(2, decided=Decided.LEANING)), practices, TODAY)
    assert told.words == "1 of 3 practices has consented. The consent of each is needed."
    assert not told.complete
    everyone = rules.tally((signed(1), signed(2), signed(3)), practices, TODAY)
    assert everyone.words == "3 of 3 practices have consented. That is all of them."
    assert everyone.complete


def test_one_practice_that_declined_is_told_and_leaves_it_incomplete() -> None:
    told = rules.tally((signed(1), decision(2, decided=Decided.DECLINED)), [Id(101), Id(102)], TODAY)
    assert told.words == "1 of 2 practices has consented. 1 declined. The consent of each is needed."
    assert not told.complete


def test_no_practice_at_all_is_not_complete() -> None:
    assert not rules.tally((), (), TODAY).complete


def test_two_decisions_of_one_practice_are_a_problem_and_count_once() -> None:
    both = (signed(1), decision(2, practice=Id(101)))
    (problem,) = rules.twice(both)
    assert problem.sentence == "SD-002 and SD-001 are of the same practice. Remove one of them."
    assert rules.tally(both, (), TODAY).consented == 0
