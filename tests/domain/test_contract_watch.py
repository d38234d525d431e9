"""Contracts under watch: layers and rings, core general practice in scope, holders and managers, terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import contract_watch
from nhsdesk.domain.contract_watch import Parties, Passed
from nhsdesk.domain.contracts import Contract, ContractKind, ContractStatus, CoreInScope
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.problems import Weight

TODAY = date(2026, 11, 20)


def contract(number: int = 1, kind: ContractKind = ContractKind.IHO, **fields: Any) -> Contract:
    return Contract(id=Id(number), ref=f"K-{number:03}", kind=kind, **fields)


def known(*contracts: Contract) -> dict[Id, Contract]:
    return {one.id: one for one in contracts}


def body(name: str, sector: Sector | None, **fields: Any) -> Organisation:
    return Organisation(name=name, sector=sector, **fields)


def reasons(one: Contract, parties: Parties = Parties()) -> str:  # noqa: B008 - frozen
    return " ".join(contract_watch.reasons(one, known(one), parties, TODAY))


# ---- the new contracts and what they lie on


@pytest.mark.parametrize("kind", [ContractKind.SNP, ContractKind.MNP])
def test_both_contracts_named_as_an_alternative_to_gms_are_watched_until_signed(kind: ContractKind) -> None:
    assert "Proposed, not signed." in reasons(contract(kind=kind, status=ContractStatus.PROPOSED))
    assert "Offered, not signed." in reasons(contract(kind=kind, status=ContractStatus.OFFERED))
    assert "not signed" not in reasons(contract(kind=kind, status=ContractStatus.SIGNED))
    assert reasons(contract(kind=kind, status=ContractStatus.ENDED)) == ""


def test_a_new_contract_of_which_nobody_says_whether_it_lies_on_gms_asks_that_question() -> None:
    asked = contract(kind=ContractKind.SNP, layered_words="DHSC did not answer")
    assert "Nobody has said whether it lies on top of GMS." in reasons(asked)
    assert contract_watch.layering_words(asked, known(asked)) == (
        "Not yet known what it lies on top of. Said of it: DHSC did not answer"
    )


def test_layers_are_told_from_the_nearest_down() -> None:
    ground = contract(1, ContractKind.GMS)
    network = contract(2, ContractKind.DES, layered_on=Id(1))
    variation = contract(3, ContractKind.LVA, title="Frailty", layered_on=Id(2), layered_words="Schedule 1")
    everything = known(ground, network, variation)
    assert contract_watch.layers(variation, everything) == (network, ground)
    assert contract_watch.layering_words(variation, everything) == (
        "Lies on top of K-002 Network Contract DES, which lies on top of K-001 GMS. Said of it: Schedule 1"
    )
    assert contract_watch.layering_words(ground, everything) == "Lies on nothing: others lie on top of it"


def test_a_ring_of_contracts_is_a_problem_of_each_in_it() -> None:
    first, second = contract(1, layered_on=Id(2)), contract(2, ContractKind.MNP, layered_on=Id(1))
    above = contract(3, ContractKind.SNP, layered_on=Id(1))
    everything = known(first, second, above)
    for one in (first, second):
        (problem,) = contract_watch.problems(one, everything)
        assert problem.weight is Weight.MUST_FIX
        assert problem.field == "layered_on"
        assert (
            contract_watch.layering_words(one, everything) == "Said to lie on top of itself, which cannot be"
        )
    assert contract_watch.problems(above, everything) == ()


def test_a_contract_on_top_of_itself_is_a_ring_of_one() -> None:
    alone = contract(1, layered_on=Id(1))
    (problem,) = contract_watch.problems(alone, known(alone))
    assert problem.sentence.startswith("K-001 is said to lie on top of itself by way of K-001.")


def test_a_layer_that_was_removed_is_no_layer() -> None:
    assert contract_watch.layers(contract(1, layered_on=Id(9)), {}) == ()


@given(st.lists(st.integers(0, 6), min_size=6, max_size=6))
def test_layers_come_to_an_end_however_they_are_laid(below: list[int]) -> None:
    everything = known(*(contract(n + 1, layered_on=Id(to) if to else None) for n, to in enumerate(below)))
    for one in everything.values():
        found = contract_watch.layers(one, everything)
        assert len(found) == len({each.id for each in found})
        assert one not in found


# ---- core general practice


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (CoreInScope.YES, "Takes in core general practice"),
        (CoreInScope.NO, "Leaves core general practice out"),
        (CoreInScope.SILENT, "Silent: it neither takes core general practice in nor leaves it out"),
        (None, "Not yet known whether it takes in core general practice"),
    ],
)
def test_language_that_neither_includes_nor_excludes_core_general_practice_is_told_as_silent(
    scope: CoreInScope | None, words: str
) -> None:
    assert contract_watch.core_words(contract(core_in_scope=scope)) == words


def test_core_general_practice_swept_into_another_contract_is_on_the_watch_list() -> None:
    assert "It takes in core general practice." in reasons(contract(core_in_scope=CoreInScope.YES))
    assert "It is silent on core general practice" in reasons(contract(core_in_scope=CoreInScope.SILENT))
    assert "core" not in reasons(contract(core_in_scope=CoreInScope.NO))
    assert "core" not in reasons(contract(kind=ContractKind.GMS, core_in_scope=CoreInScope.YES))


# ---- who holds and who manages it


def test_a_contract_managed_by_another_since_lately_says_by_whom_and_since_when() -> None:
    board = body("Wexshire ICB", Sector.ICB)
    moved = contract(kind=ContractKind.GMS, manager_since=date(2026, 10, 1))
    told = contract_watch.alerts(moved, Parties(manager=board), TODAY)
    assert told == ("Managed by Wexshire ICB since 1 October 2026.",)
    long_ago = replace(moved, manager_since=date(2020, 4, 1))
    assert contract_watch.alerts(long_ago, Parties(manager=board), TODAY) == ()


@pytest.mark.parametrize("sector", [Sector.ACUTE_TRUST, Sector.COMMUNITY_TRUST, Sector.FEDERATION])
def test_whoever_supports_the_gp_contract_next_is_told_when_it_is_no_icb(sector: Sector) -> None:
    told = contract_watch.alerts(contract(kind=ContractKind.GMS), Parties(manager=body("X", sector)), TODAY)
    assert told == (f"X manages it, which is no ICB or national body: {sector.value}.",)


def test_a_gp_contract_held_by_an_acute_or_remote_body_is_alerted() -> None:
    holder = body("Wexmere Hospitals", Sector.ACUTE_TRUST)
    told = contract_watch.alerts(contract(kind=ContractKind.GMS), Parties(holder=holder), TODAY)
    assert told == ("Wexmere Hospitals holds it, which is not general practice: acute trust.",)


def test_a_local_enhanced_service_managed_by_a_lead_provider_is_alerted() -> None:
    lead = body("Wexmere Community", Sector.COMMUNITY_TRUST)
    service = contract(kind=ContractKind.LES, status=ContractStatus.SIGNED)
    told = reasons(service, Parties(holder=lead, manager=lead))
    assert "Wexmere Community holds it, which is not general practice: community trust." in told
    assert "Wexmere Community manages it, which is no ICB or national body" in told


def test_a_partnership_whose_contract_passes_to_a_trust_is_alerted_with_the_day() -> None:
    trust = body("Wexmere Hospitals", Sector.ACUTE_TRUST)
    passed = (Passed("holder", "Abbey Surgery", date(2026, 11, 3)),)
    told = contract_watch.alerts(contract(kind=ContractKind.GMS), Parties(trust, None, passed), TODAY)
    assert (
        told[0]
        == "The holder changed from Abbey Surgery to Wexmere Hospitals, as entered on 3 November 2026."
    )


def test_a_manager_that_is_named_no_more_is_told_and_a_change_of_long_ago_is_not() -> None:
    passed = (Passed("manager", "Old ICB", date(2026, 11, 3)), Passed("manager", "Older", date(2019, 1, 1)))
    told = contract_watch.alerts(contract(), Parties(passed=passed), TODAY)
    assert told == ("The manager changed from Old ICB to nobody named, as entered on 3 November 2026.",)


@pytest.mark.parametrize("sector", [Sector.PRACTICE, Sector.PCN, Sector.FEDERATION])
def test_a_holder_of_general_practice_is_no_alert(sector: Sector) -> None:
    assert contract_watch.alerts(contract(), Parties(holder=body("X", sector)), TODAY) == ()


def test_a_holder_of_no_known_sort_is_not_yet_known_and_not_wrong() -> None:
    told = contract_watch.alerts(contract(), Parties(holder=body("X", None)), TODAY)
    assert told == ("It is not yet known what sort of body X is, which holds it.",)


def test_a_holder_that_has_come_to_its_end_is_told() -> None:
    gone = body("X PCN", Sector.PCN, valid_to=date(2026, 3, 31))
    told = contract_watch.alerts(contract(), Parties(holder=gone), TODAY)
    assert told == ("X PCN, which holds it, came to its end on 31 March 2026.",)


def test_a_network_and_a_formal_organisation_are_told_apart_by_their_legal_form() -> None:
    loose = body("Eastfield PCN", Sector.PCN, legal_form="unincorporated")
    formal = body("Wexmere Healthcare", Sector.FEDERATION, legal_form="company limited by shares")
    assert contract_watch.body_words(loose) == "Eastfield PCN (PCN, unincorporated)"
    assert (
        contract_watch.body_words(formal) == "Wexmere Healthcare (GP federation, company limited by shares)"
    )
    assert contract_watch.body_words(body("X", None)) == "X (legal form not yet known)"
    assert contract_watch.body_words(None) == "not yet known"


# ---- terms


def test_one_organisation_with_a_contract_of_fifteen_years_is_watched_for_its_term() -> None:
    long = contract(starts=date(2027, 4, 1), ends=date(2042, 3, 31), status=ContractStatus.SIGNED)
    assert contract_watch.term_words(long) == "1 April 2027 to 31 March 2042 (15 years)"
    assert "A term of 15 years." in reasons(long)
    ten, nine = replace(long, ends=date(2037, 3, 31)), replace(long, ends=date(2037, 3, 30))
    assert "A term of 10 years." in reasons(ten)
    assert "A term of" not in reasons(nine)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (None, None, "Term not yet known"),
        (date(2026, 4, 1), None, "From 1 April 2026; no end is known"),
        (None, date(2026, 4, 1), "To 1 April 2026; its start is not yet known"),
        (date(2026, 4, 1), date(2027, 3, 31), "1 April 2026 to 31 March 2027 (1 year)"),
        (date(2026, 4, 1), date(2026, 6, 30), "1 April 2026 to 30 June 2026"),
        (date(2026, 4, 1), date.max, "1 April 2026 to 31 December 9999 (7973 years)"),
    ],
)
def test_a_term_is_told_as_far_as_it_is_known(starts: date | None, ends: date | None, words: str) -> None:
    assert contract_watch.term_words(contract(starts=starts, ends=ends)) == words


def test_a_contract_that_ends_within_the_year_is_watched() -> None:
    assert "Ends on 31 March 2027." in reasons(contract(ends=date(2027, 3, 31)))
    assert "Ends" not in reasons(contract(ends=date(2028, 3, 31)))
    assert "Ends" not in reasons(contract(ends=date(2026, 3, 31)))


def test_a_contract_that_ends_before_it_begins_is_a_problem() -> None:
    turned = contract(starts=date(2027, 4, 1), ends=date(2026, 4, 1))
    assert [one.field for one in contract_watch.problems(turned, known(turned))] == ["ends"]


def test_what_somebody_watches_it_for_stands_first() -> None:
    watched = contract(watched_because="It may replace the DES", status=ContractStatus.PROPOSED)
    assert reasons(watched).startswith("It may replace the DES")
