"""What would mislead a reader is told by one small rule each, and by no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.commitment_rules import (
    Known,
    binds,
    contract_words,
    is_live_without_purpose,
    plan_without_purpose,
    problems,
    why_look_again,
)
from nhsdesk.domain.commitments import (
    BINDING,
    Basis,
    Commitment,
    CommitmentKind,
    CoreComponent,
    Funding,
    InContract,
    QuotationFound,
    Result,
    ReviewFrom,
    Stands,
    Status,
    Strength,
    WorkClass,
    due_now,
    is_over,
    months_later,
    review_due,
    stands,
    unfunded_ask,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours
from nhsdesk.domain.plans import Plan, PlanStatus
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
RULES = Rules()


def one(**values: Any) -> Commitment:
    """A commitment of our own, with nothing wrong with it but what the test gives."""
    given_ = {"ref": "C-001", "title": "Share the rota", "kind": CommitmentKind.INTERNAL, **values}
    return Commitment(**given_)


def told(commitment: Commitment, known: Known | None = None) -> dict[str, Weight]:
    return {found.field: found.weight for found in problems(commitment, known or Known(today=TODAY))}


# ---- an ask is never required


@pytest.mark.parametrize("strength", list(Strength))
@pytest.mark.parametrize("work", list(WorkClass))
def test_a_plan_all_providers_are_asked_for_stays_an_ask_however_it_is_worded(
    strength: Strength, work: WorkClass
) -> None:
    asked = one(kind=CommitmentKind.ASK, strength=strength, work_class=work, basis=Basis.GUIDANCE)
    assert binds(asked, Known()) == "Asked of us; not required"
    assert ("strength" in told(asked)) == (strength is Strength.MUST)


@pytest.mark.parametrize("strength", [Strength.ASSURANCE, Strength.MAY, None])
def test_well_placed_to_take_on_contracts_is_an_assurance_and_no_obligation(
    strength: Strength | None,
) -> None:
    said = one(kind=CommitmentKind.ASSURANCE, strength=strength, title="PCNs will be well placed to take on")
    assert binds(said, Known()) == "Others promised this to us"
    assert stands(said, RULES, TODAY) is Stands.CALM


def test_none_of_what_is_only_asked_is_contractual_even_with_a_contract_named() -> None:
    for basis in BINDING:
        wrong = one(kind=CommitmentKind.ASK, basis=basis)
        assert "Required" not in binds(wrong, Known(we_signed=True))
        assert told(wrong)["basis"] is Weight.MUST_FIX


# ---- a local agreement is signed


@pytest.mark.parametrize(
    ("agreement", "party", "signed", "words"),
    [
        (None, False, False, "no signed agreement is named"),
        (None, True, True, "no signed agreement is named"),
        (Id(5), False, False, "we are no party to its agreement"),
        (Id(5), True, False, "we have not signed its agreement"),
    ],
)
def test_a_local_agreement_without_our_signature_is_an_ask(
    agreement: Id | None, party: bool, signed: bool, words: str
) -> None:
    called = one(kind=CommitmentKind.AGREEMENT, agreement=agreement, document=Id(1), locator="p1")
    known = Known(we_are_party=party, we_signed=signed)
    assert binds(called, known).endswith("not required")
    found = [problem for problem in problems(called, known) if problem.field == "agreement"]
    assert [problem.weight for problem in found] == [Weight.ACKNOWLEDGE]
    assert words in found[0].sentence


def test_a_local_agreement_that_we_signed_binds_those_who_signed() -> None:
    signed = one(kind=CommitmentKind.AGREEMENT, agreement=Id(5), document=Id(1), locator="p1")
    known = Known(we_are_party=True, we_signed=True)
    assert binds(signed, known) == "Agreed locally; binds those who signed"
    assert problems(signed, known) == ()


# ---- evidence, purpose, results


@pytest.mark.parametrize(
    "met", [{"status": Status.MET}, {"came_to": Result.MET}, {"status": Status.MET, "came_to": Result.MET}]
)
def test_met_needs_evidence_in_date(met: dict[str, Any]) -> None:
    assert told(one(**met))["status"] is Weight.ACKNOWLEDGE
    assert told(one(**met), Known(today=TODAY, proved=True)) == {}


@pytest.mark.parametrize("status", [None, Status.NOT_STARTED, Status.ON_TRACK, Status.CLOSED])
def test_what_nobody_calls_met_needs_no_evidence(status: Status | None) -> None:
    assert "status" not in told(one(status=status, purpose="Join up care"))


@pytest.mark.parametrize("status", [Status.ON_TRACK, Status.AT_RISK, Status.LATE])
def test_work_under_way_before_its_purpose_is_told(status: Status) -> None:
    assert told(one(title="Risk stratification", status=status))["purpose"] is Weight.ACKNOWLEDGE
    assert told(one(status=status, purpose="Find who needs care early")) == {}
    assert told(one(status=status, outcome_wanted="Fewer falls")) == {}
    assert not is_live_without_purpose(one(status=status, came_to=Result.DECLINED, result="No money"))


@pytest.mark.parametrize("status", list(PlanStatus))
@pytest.mark.parametrize("purpose", [None, "", "   ", "Fewer falls"])
def test_a_plan_is_not_live_without_a_purpose(status: PlanStatus, purpose: str | None) -> None:
    found = plan_without_purpose(Plan(title="Frailty", status=status, purpose=purpose))
    assert (found is not None) == (status is PlanStatus.LIVE and not (purpose or "").strip())


@pytest.mark.parametrize("came_to", list(Result))
@pytest.mark.parametrize("words", [None, "", "  ", "Until core funding is sorted"])
def test_to_decline_or_park_until_core_funding_is_sorted_is_a_result_with_its_reason(
    came_to: Result, words: str | None
) -> None:
    needs = came_to in (Result.DECLINED, Result.PARKED)
    found = told(one(came_to=came_to, result=words), Known(today=TODAY, proved=True))
    assert (found.get("result") is Weight.MUST_FIX) == (needs and not (words or "").strip())
    if came_to is Result.DECLINED:
        assert stands(one(came_to=came_to, due=date(2020, 1, 1)), RULES, TODAY) is Stands.OVER


# ---- where it is written


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"document": None}, "document"), ({"document": Id(1)}, "locator"),
        ({"document": Id(1), "locator": ""}, "locator"),
        ({"document": Id(1), "locator": "page 14"}, None),
    ],
)  # fmt: skip
def test_provenance_that_is_missing_is_told(values: dict[str, Any], field: str | None) -> None:
    found = told(one(kind=CommitmentKind.DEFINITION, **values))
    assert found == ({field: Weight.ACKNOWLEDGE} if field else {})


def test_words_that_are_gone_and_documents_that_are_replaced_are_told() -> None:
    assert "quotation" in told(one(quotation_found=QuotationFound.GONE))
    assert "quotation" not in told(one(quotation_found=QuotationFound.MOVED))
    assert told(one(), Known(document_superseded_by="D-009")) == {"document": Weight.ACKNOWLEDGE}
    assert told(one(status=Status.CLOSED), Known(document_superseded_by="D-009")) == {}


def test_a_newer_document_of_the_body_asks_for_its_assurance_to_be_read_again() -> None:
    known = Known(today=TODAY, newer_document="D-009")
    promised = one(kind=CommitmentKind.ASSURANCE, title="No changes proposed", document=Id(1), locator="p2")
    assert told(promised, known) == {"review_trigger": Weight.ACKNOWLEDGE}
    assert told(one(), known) == {}


# ---- whether our contract says so


def absent(**values: Any) -> Commitment:
    looked = {"checked_clause": "DES 8.2", "checked_on": date(2026, 6, 3), **values}
    return one(title="Reduce unwarranted variation", in_contract=InContract.ABSENT, **looked)


def test_not_in_our_contract_gives_the_clause_and_the_day_that_were_looked_at() -> None:
    assert (
        contract_words(absent(), Known(today=TODAY))
        == "Not in our contract: DES 8.2, looked at on 3 June 2026"
    )
    assert contract_words(one(), Known(today=TODAY)) == ""


@pytest.mark.parametrize(
    ("on", "stale"),
    [(date(2026, 5, 19), True), (date(2026, 5, 20), False), (date(2026, 11, 20), False), (date(2025, 1, 1), True)],
)  # fmt: skip
def test_a_look_into_the_contract_counts_for_six_months(on: date, stale: bool) -> None:
    looked = absent(checked_on=on)
    assert bool(why_look_again(looked, Known(today=TODAY))) == stale
    assert (
        "Stale: that is more than six months ago. Look again." in contract_words(looked, Known(today=TODAY))
    ) == stale
    assert ("checked_on" in told(looked)) == stale


def test_a_claim_of_variation_goes_stale_when_the_clause_it_was_checked_in_is_superseded() -> None:
    known = Known(today=TODAY, clause_superseded_by="D-012")
    words = contract_words(absent(), known)
    assert words.endswith("Stale: the document looked in is superseded by D-012. Look again.")
    assert told(absent(), known) == {"checked_on": Weight.ACKNOWLEDGE}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"checked_on": None}, "nobody has said on which day"),
        ({"checked_clause": None}, "nobody has said at which clause"),
    ],
)
def test_a_look_without_its_clause_or_day_is_no_look(values: dict[str, Any], words: str) -> None:
    assert words in why_look_again(absent(**values), Known(today=TODAY))


# ---- reviews by rule

JAN = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("last", "fixed", "months", "since", "due"),
    [
        (None, None, None, None, None),
        (None, JAN, None, None, JAN),
        (None, JAN, 3, None, JAN),
        (date(2026, 2, 10), JAN, None, None, None),
        (date(2026, 1, 10), JAN, None, None, JAN),
        (date(2026, 2, 10), JAN, 3, None, date(2026, 5, 10)),
        (date(2026, 2, 10), JAN, 3, ReviewFrom.LAST, date(2026, 5, 10)),
        (date(2026, 2, 10), JAN, 3, ReviewFrom.FIXED, date(2026, 4, 30)),
        (date(2026, 4, 29), JAN, 3, ReviewFrom.FIXED, date(2026, 4, 30)),
        (date(2026, 4, 30), JAN, 3, ReviewFrom.FIXED, date(2026, 7, 31)),
        (date(2025, 12, 1), JAN, 3, ReviewFrom.FIXED, JAN),
        (date(2026, 2, 10), None, 12, ReviewFrom.FIXED, date(2027, 2, 10)),
        (date(2026, 2, 10), None, 0, None, None),
        (date(2026, 2, 10), None, 10**12, None, date.max),
    ],
)
def test_a_review_is_due_from_the_last_one_or_on_its_fixed_days(
    last: date | None, fixed: date | None, months: int | None, since: ReviewFrom | None, due: date | None
) -> None:
    reviewed = one(reviewed_on=last, review_on=fixed, review_months=months, review_from=since)
    assert review_due(reviewed) == due


@given(st.dates(), st.integers(-40_000, 40_000))
def test_months_later_is_in_that_month_and_never_a_later_day_of_it(day: date, months: int) -> None:
    later = months_later(day, months)
    if later not in (date.max, date.min):
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day <= day.day


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 36),
)
def test_the_next_fixed_review_is_the_first_fixed_day_after_the_last_one(
    last: date, fixed: date, months: int
) -> None:
    reviewed = one(reviewed_on=last, review_on=fixed, review_months=months, review_from=ReviewFrom.FIXED)
    days = (months_later(fixed, months * turn) for turn in range(1300))
    assert review_due(reviewed) == next(day for day in days if day > last)


# ---- where it stands today


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"due": date(2026, 11, 19)}, Stands.OVERDUE),
        ({"due": date(2026, 11, 19), "revised_due": date(2027, 3, 1)}, Stands.CALM),
        ({"due": date(2026, 11, 19), "revised_due": date(2027, 3, 1), "times_revised": 2}, Stands.SLIPPED),
        ({"due": date(2026, 11, 19), "status": Status.MET}, Stands.OVER),
        ({"due": date(2026, 11, 19), "came_to": Result.PARKED}, Stands.PARKED),
        ({"came_to": Result.PARKED, "review_on": date(2026, 11, 1)}, Stands.REVIEW),
        ({"review_on": date(2026, 11, 19)}, Stands.REVIEW),
        ({"review_on": TODAY}, Stands.CALM),
        ({"due": TODAY}, Stands.SOON),
        ({"due": date(2026, 12, 18)}, Stands.SOON),
        ({"due": date(2026, 12, 19)}, Stands.CALM),
        ({"kind": CommitmentKind.ASK, "funding_certainty": Funding.NONE}, Stands.UNFUNDED),
        ({"kind": CommitmentKind.ASK, "work_class": WorkClass.UNFUNDED}, Stands.UNFUNDED),
        ({"kind": CommitmentKind.ASK, "funding_certainty": Funding.AGREED}, Stands.CALM),
        ({"kind": None}, Stands.HALF_KNOWN),
        ({"owner": None}, Stands.HALF_KNOWN),
    ],
)
def test_where_a_commitment_stands_is_its_most_pressing_answer(
    values: dict[str, Any], answer: Stands
) -> None:
    assert stands(one(**{"owner": Id(9), **values}), RULES, TODAY) is answer


def test_the_days_that_make_a_commitment_due_soon_are_a_local_rule() -> None:
    rules = Rules({"commitments.due_soon_days": "60"})
    assert stands(one(owner=Id(9), due=date(2027, 1, 19)), rules, TODAY) is Stands.SOON


def test_every_answer_has_a_tone_and_words() -> None:
    assert all(answer.tone and answer.words for answer in Stands)


@given(
    st.sampled_from([*Result, None]), st.sampled_from([*Status, None]), st.none() | st.dates(),
    st.none() | st.dates(), st.none() | st.integers(-5, 2**62), st.sampled_from(list(ReviewFrom)),
)  # fmt: skip
def test_any_entry_however_odd_stands_somewhere(
    came_to: Result | None, status: Status | None, due: date | None, last: date | None, months: int | None,
    since: ReviewFrom,
) -> None:  # fmt: skip
    odd = one(
        came_to=came_to, status=status, due=due, review_on=due, reviewed_on=last, review_months=months,
        review_from=since,
    )  # fmt: skip
    assert (stands(odd, RULES, TODAY) is Stands.OVER) == is_over(odd)
    assert isinstance(problems(odd, Known(today=TODAY)), tuple)


def test_the_day_it_is_due_is_the_revised_one_and_the_first_is_kept() -> None:
    moved = one(due=date(2026, 10, 1), revised_due=date(2026, 12, 1))
    assert due_now(moved) == date(2026, 12, 1)
    assert moved.due == date(2026, 10, 1)


# ---- core and additional work


@pytest.mark.parametrize(
    ("values", "unfunded"),
    [
        ({"work_class": WorkClass.UNFUNDED}, True), ({"work_class": WorkClass.CORE}, False),
        ({"work_class": WorkClass.FUNDED, "funding_certainty": Funding.AGREED}, False),
        ({"unfunded_hours": Hours.of(3)}, True), ({"unfunded_hours": Hours()}, False),
        ({"funding_certainty": Funding.UNCLEAR}, True), ({}, False),
    ],
)  # fmt: skip
def test_core_and_additional_work_are_told_apart_and_what_has_no_staff_shows(
    values: dict[str, Any], unfunded: bool
) -> None:
    assert unfunded_ask(one(kind=CommitmentKind.ASK, **values)) == unfunded


def test_the_six_components_are_offered_for_what_a_commitment_is_part_of() -> None:
    assert len(CoreComponent) == 6
    assert replace(one(), core_component=CoreComponent.TEAMS).core_component is CoreComponent.TEAMS
