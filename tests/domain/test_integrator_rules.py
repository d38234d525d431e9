"""Integrators: four answers, partners, steps, who decides, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import integrator_rules
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.footprints import FootprintAppraisal
from nhsdesk.domain.integrators import (
    FunctionStatus,
    FunctionTransfer,
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    IntegratorStatus,
    IntegratorStep,
    SelectionCriterion,
    TransferStatus,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import Stakeholder, Stance
from nhsdesk.domain.organisations import Organisation, Sector

DAY = date(2026, 11, 20)
OURS = Integrator(id=Id(1), ref="IG-001", name="Wexmere Integrator", host=Id(5), host_document=Id(6))
BODIES = st.none() | st.sampled_from([Id(5), Id(7)])


@given(st.tuples(BODIES, BODIES, BODIES, BODIES))
def test_none_of_the_four_is_ever_read_from_another(four: tuple[Id | None, ...]) -> None:
    names = [name for name, _ in integrator_rules.QUESTIONS]
    given_so: dict[str, Any] = dict(zip(names, four, strict=True))
    found = integrator_rules.held(Integrator(name="Ours", **given_so))
    assert tuple(one.body for one in found) == four


def test_a_host_is_no_contract_holder_and_what_nobody_said_is_unknown() -> None:
    told = [one.sentence for one in integrator_rules.problems(OURS, (), (), ())]
    assert told == [
        "IG-001: who holds the money is unknown.",
        "IG-001: who holds the contract is unknown.",
        "IG-001: who answers for it is unknown.",
    ]


def test_an_answer_without_a_document_is_told_as_such() -> None:
    bare = Integrator(id=Id(1), ref="IG-001", name="Ours", fund_holder=Id(5))
    told = [one.sentence for one in integrator_rules.problems(bare, (), (), ())]
    assert "IG-001: who holds the money is said without evidence." in told


@pytest.mark.parametrize(
    ("done", "revised", "words"),
    [
        (date(2026, 8, 3), date(2026, 8, 3), "33 days late"),
        (date(2026, 6, 30), None, "1 day early"),
        (date(2026, 7, 1), None, "on the day"),
        (None, date(2026, 12, 31), "183 days late"),
        (None, None, "142 days late"),
    ],
)
def test_a_step_tells_how_far_it_slipped(done: date | None, revised: date | None, words: str) -> None:
    step = IntegratorStep(
        integrator=Id(1), step=IntegratorStatus.LIVE, original=date(2026, 7, 1), revised=revised, done_on=done
    )
    assert integrator_rules.slip_words(step, DAY) == words


def test_primary_care_that_nobody_named_is_told_as_a_sector_only() -> None:
    partner = IntegratorPartner(ref="IP-001", integrator=Id(1), named_as="primary care")
    told = [one.sentence for one in integrator_rules.problems(OURS, [partner], (), ())]
    assert "IG-001: IP-001 is named only as a sector: primary care." in told


@pytest.mark.parametrize(
    ("named", "unnamed", "words"),
    [
        ([("Quay Health", Sector.FEDERATION), ("The trust", Sector.ACUTE_TRUST)], [], "Yes: Quay Health"),
        ([("The trust", Sector.ACUTE_TRUST)], ["primary care"], "No. Named only as a sector: primary care"),
        ([("The trust", Sector.ACUTE_TRUST)], [], "No GP provider is named as a partner"),
        ([], [], "Unknown: no partner is listed"),
    ],
)
def test_it_is_told_whether_a_gp_provider_is_named(
    named: list[tuple[str, Sector | None]], unnamed: list[str], words: str
) -> None:
    assert integrator_rules.gp_provider_words(named, unnamed) == words


def test_a_partner_counts_until_its_last_day_and_takes_its_sector_from_its_organisation() -> None:
    partner = IntegratorPartner(integrator=Id(1), organisation=Id(5), ends=DAY)
    assert integrator_rules.partners_on([partner], DAY) == (partner,)
    assert integrator_rules.partners_on([partner], date(2026, 11, 21)) == ()
    trust = Organisation(name="Trust", sector=Sector.COMMUNITY_TRUST)
    assert integrator_rules.sector_of(partner, trust) is Sector.COMMUNITY_TRUST


# ---- who decides


@pytest.mark.parametrize("words", ["Wexmere  INTEGRATOR", "the integrator", "Agreed at the Integrator"])
def test_an_integrator_named_as_decider_is_told_that_a_board_decides(words: str) -> None:
    appraisal = FootprintAppraisal(id=Id(9), ref="FA-001", title="Border", decided_by=words)
    (problem,) = integrator_rules.deciders([appraisal], [OURS], frozenset())
    assert "A board decides, an integrator supports" in problem.sentence
    assert (problem.kind, problem.record, problem.field) == ("footprint_appraisal", 9, "decided_by")


def test_evidence_of_delegation_and_a_board_are_enough() -> None:
    named = FootprintAppraisal(id=Id(9), ref="FA-001", title="Border", decided_by="The integrator")
    board = FootprintAppraisal(id=Id(8), ref="FA-002", title="Border", decided_by="Wexmere place board")
    assert list(integrator_rules.deciders([named, board], [OURS], frozenset({Id(9)}))) == []


@pytest.mark.parametrize(("document", "told"), [(None, 1), (Id(6), 0)])
def test_a_decision_of_an_integrator_needs_the_document_of_its_delegation(
    document: Id | None, told: int
) -> None:
    decided = Decision(
        id=Id(9),
        ref="DN-001",
        words="Move the team",
        decided_by_integrator=Id(1),
        delegation_document=document,
    )
    assert len(list(integrator_rules.deciders([decided], [OURS], frozenset()))) == told


# ---- a joint bid


def test_partners_of_a_joint_bid_are_told_by_stance_with_what_is_next_and_what_is_late() -> None:
    late = Stakeholder(id=Id(1), stance=Stance.OPEN, next_step="Meet the chair", next_by=date(2026, 11, 19))
    agreed = Stakeholder(id=Id(2), stance=Stance.AGREED, next_by=date(2026, 11, 1), next_step="Sign")
    later = Stakeholder(id=Id(3), stance=Stance.NOT_ASKED)
    nobody = Stakeholder(id=Id(4), next_step="Say hello")
    assert integrator_rules.joint_bid([later, late, nobody, agreed]) == (agreed, late, later)
    words = [integrator_rules.bid_words(one, DAY) for one in (late, agreed, later)]
    assert words == [
        "Meet the chair, by 19 November 2026, which has passed",
        "Sign, by 1 November 2026",
        "No next step, by no day",
    ]


# ---- selection, functions, transfers


def criterion(words: str, score: int | None = None) -> SelectionCriterion:
    return SelectionCriterion(ref="SL-001", integrator=Id(1), criterion=words, our_score=score)


def test_an_integrator_chosen_by_size_alone_is_told_to_lack_gp_skills() -> None:
    by_size = [criterion("Size and scale"), criterion("Maturity"), criterion("Local footprint")]
    lacks = "none of the criteria it is chosen by asks for skills in supporting general practice"
    assert any(lacks in one.sentence for one in integrator_rules.problems(OURS, (), (), by_size))
    by_size.append(criterion("Record of supporting practices"))
    assert not any(lacks in one.sentence for one in integrator_rules.problems(OURS, (), (), by_size))


@pytest.mark.parametrize(("score", "wrong"), [(0, True), (1, False), (5, False), (6, True), (None, False)])
def test_scores_go_from_one_to_five(score: int | None, wrong: bool) -> None:
    told = [one.sentence for one in integrator_rules.problems(OURS, (), (), [criterion("GP skills", score)])]
    assert any("scores go from 1 to 5" in one for one in told) is wrong


def test_a_live_function_without_a_lead_is_told() -> None:
    function = IntegratorFunction(ref="IF-001", integrator=Id(1), name="Estates", status=FunctionStatus.LIVE)
    told = [one.sentence for one in integrator_rules.problems(OURS, (), [function], ())]
    assert "IG-001: IF-001 Estates is live, and nobody is named as its lead." in told


def test_responsibility_said_to_shift_is_told_with_from_to_day_and_how_sure() -> None:
    transfer = FunctionTransfer(
        function="Responsibility for general practice",
        moves_from="ICB",
        moves_to="neighbourhood health providers",
        expected=date(2026, 4, 1),
        status=TransferStatus.REPORTED,
    )
    assert integrator_rules.transfer_words(transfer, DAY) == (
        "From ICB to neighbourhood health providers. Expected: 1 April 2026, which has passed. Reported."
    )
    bare = integrator_rules.transfer_words(FunctionTransfer(function="Estates"), DAY)
    assert bare == "From unknown to unknown. Expected: unknown. Status unknown."
