"""Requests for figures: how long they wait, when a look at the contract is too old, the reply in three sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import data_requests
from nhsdesk.domain.data_requests import LookedIn
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Weight

TODAY = date(2026, 11, 20)
SPECIFICATION = LookedIn("Network Contract DES specification, NHS England, PRN02483")
ADVICE = DataRequest(
    id=Id(1), ref="MR-001", metric="Advice and guidance use per 1,000 patients by practice",
    asked_on=date(2026, 10, 26), basis_found=False, document=Id(4), clause="7.3", checked_on=date(2026, 10, 29),
    glad_to_discuss="reply times together", hours_needed=Decimal("6.00"), cost=Money.pounds(240),
)  # fmt: skip


def must_fix(request: DataRequest, looked_in: LookedIn | None = SPECIFICATION, today: date = TODAY) -> str:
    return " ".join(
        one.sentence
        for one in data_requests.problems(request, looked_in, today)
        if one.weight is Weight.MUST_FIX
    )


def test_a_practice_asked_for_its_rate_of_use_is_answered_with_what_the_contract_says() -> None:
    assert data_requests.sentences(ADVICE, SPECIFICATION) == (
        "As at 29 October 2026, when we looked in clause 7.3 of Network Contract DES specification, NHS England, "
        "PRN02483, we found nothing that asks us to give this figure.",
        "We are glad to discuss reply times together.",
        "To give it would take about 6 hours of our time and cost £240.00.",
    )
    assert data_requests.problems(ADVICE, SPECIFICATION, TODAY) == ()


@pytest.mark.parametrize(
    "metric", ["Access times", "E-consultation rates", "A&E attendances per 1,000 patients"]
)
def test_any_figure_asked_for_is_kept_with_its_contract_basis_clause_and_day(metric: str) -> None:
    asked = replace(ADVICE, metric=metric, basis_found=True)
    assert data_requests.basis_words(asked, SPECIFICATION) == (
        "Asked for: Network Contract DES specification, NHS England, PRN02483, clause 7.3, looked on 29 October 2026"
    )
    assert data_requests.sentences(asked, SPECIFICATION)[0] == (
        "As at 29 October 2026, when we looked, clause 7.3 of Network Contract DES specification, NHS England, "
        "PRN02483 asks us to give this figure."
    )


def test_what_was_not_looked_up_is_not_yet_known_and_no_reply_goes_out() -> None:
    bare = DataRequest(ref="MR-002", metric="Access times")
    assert data_requests.basis_words(bare, None) == "Not yet looked up"
    assert data_requests.sentences(bare, None) == (
        "What our contract says of this is not yet known.",
        "We are glad to discuss what you need it for.",
        "What it would cost us is not yet known.",
    )
    assert "not yet looked up what the contract says" in must_fix(bare, None)


@pytest.mark.parametrize("lacking", ["basis_found", "checked_on"])
def test_document_day_and_finding_are_all_needed(lacking: str) -> None:
    less: dict[str, Any] = {lacking: None}
    assert "not yet looked up" in must_fix(replace(ADVICE, **less))


def test_the_clause_must_be_named() -> None:
    assert must_fix(replace(ADVICE, clause=None)) == "MR-001: the clause that was looked at is not named."


@pytest.mark.parametrize(
    ("today", "is_stale"),
    [
        (date(2026, 10, 29), False),
        (date(2027, 4, 28), False),
        (date(2027, 4, 29), True),
        (date(2030, 1, 1), True),
    ],
)
def test_a_reply_is_out_of_date_once_six_months_have_passed(today: date, is_stale: bool) -> None:
    assert bool(data_requests.stale(ADVICE, SPECIFICATION, today)) is is_stale
    assert bool(must_fix(ADVICE, today=today)) is is_stale


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    assert data_requests.stale_from(date(2026, 8, 31)) == date(2027, 2, 28)
    assert data_requests.stale_from(date(2027, 8, 31)) == date(2028, 2, 29)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_what_was_looked_up_holds_between_181_and_184_days(looked: date) -> None:
    assert 181 <= (data_requests.stale_from(looked) - looked).days <= 184


@pytest.mark.parametrize(
    "looked_in", [LookedIn("Spec", superseded_by="Spec of 2027"), LookedIn("Spec", replaced=True)]
)
def test_a_reply_is_out_of_date_once_its_document_is_superseded(looked_in: LookedIn) -> None:
    assert looked_in.out_of_date
    assert "the reply is out of date" in must_fix(ADVICE, looked_in)


@pytest.mark.parametrize("field", ["metric", "glad_to_discuss", "clause", "of_whom"])
def test_a_reply_never_calls_itself_legal_advice(field: str) -> None:
    assert "legal advice" not in " ".join(data_requests.sentences(ADVICE, SPECIFICATION)).casefold()
    worded: dict[str, Any] = {field: "our Legal\n Advice"}
    assert "Reword it" in must_fix(replace(ADVICE, **worded))


def test_a_day_that_has_not_come_was_not_looked_on() -> None:
    assert "has not come" in must_fix(replace(ADVICE, checked_on=date(2026, 11, 21)))


def test_cost_and_what_we_would_discuss_may_be_left_open_and_are_acknowledged() -> None:
    open_ = replace(ADVICE, glad_to_discuss=None, hours_needed=None, cost=None)
    found = data_requests.problems(open_, SPECIFICATION, TODAY)
    assert {(one.field, one.weight) for one in found} == {
        ("cost", Weight.ACKNOWLEDGE),
        ("glad_to_discuss", Weight.ACKNOWLEDGE),
    }


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"hours_needed": None}, "To give it would cost £240.00."),
        ({"cost": None, "hours_needed": Decimal("1.00")}, "To give it would take about 1 hour of our time."),
        (
            {"cost": None, "hours_needed": Decimal("100.00")},
            "To give it would take about 100 hours of our time.",
        ),
        (
            {"cost": None, "hours_needed": Decimal("2.50")},
            "To give it would take about 2.5 hours of our time.",
        ),
    ],
)
def test_the_cost_is_told_in_hours_and_pounds_as_far_as_known(fields: dict[str, Any], words: str) -> None:
    assert data_requests.sentences(replace(ADVICE, **fields), SPECIFICATION)[2] == words


def test_days_waiting_run_from_asking_to_the_answer() -> None:
    assert data_requests.waiting_words(ADVICE, TODAY) == "Waiting for 25 days"
    answered = replace(ADVICE, answered_on=date(2026, 10, 27))
    assert data_requests.waiting_words(answered, TODAY) == "Answered after 1 day"
    unknown = replace(ADVICE, asked_on=None)
    assert data_requests.days_waiting(unknown, TODAY) is None
    assert data_requests.waiting_words(unknown, TODAY) == "Waiting for a time not yet known"
