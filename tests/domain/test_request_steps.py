"""What may happen to a request next, the words its practice agrees to, offers with safeguards, and existing support."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count, pairwise
from typing import Any

import pytest

from nhsdesk.domain import agreed_words, offers, request_steps
from nhsdesk.domain.existing_support import ExistingSupport, fitting
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.request_steps import NEXT, STEPS, Need, may_follow, standing
from nhsdesk.domain.requests import (
    ENDED,
    Category,
    Happening,
    Level,
    RequestEvent,
    RequestNote,
    RequestState,
    SupportRequest,
    WaitingOn,
)
from nhsdesk.domain.workload import TransferKind, WorkloadTransfer, sent_back

S = RequestState
DAY = date(2026, 11, 2)
numbers = count(1)


def event(**fields: Any) -> RequestEvent:
    return RequestEvent(id=Id(next(numbers)), request=Id(1), happened_on=DAY, **fields)


def request(**fields: Any) -> SupportRequest:
    return SupportRequest(id=Id(1), ref="SR-001", practice=Id(9), **fields)


def keys(*events: RequestEvent) -> list[str]:
    return [one.key for one in may_follow(events)]


# ---- steps


def test_a_request_goes_from_draft_to_close_step_by_step() -> None:
    states = (S.DRAFTED, S.AGREED, S.SENT, S.ACKNOWLEDGED, S.OFFERED, S.ACCEPTED, S.IN_PROGRESS, S.CLOSED)
    for before, after in pairwise(states):
        assert after in {one.state for one in NEXT[before]}


def test_the_practice_can_withdraw_at_any_time_before_the_end() -> None:
    assert all((request_steps.WITHDRAW in NEXT[state]) == (state not in ENDED) for state in S)


def test_no_request_goes_before_its_practice_agreed() -> None:
    assert [state for state in S if request_steps.SEND in NEXT[state]] == [S.AGREED]


def test_what_ends_or_declines_a_request_asks_for_its_reason() -> None:
    needs = {one.state: one.needs for one in STEPS if one.state in ENDED}
    assert needs == {S.DECLINED: (Need.REASON,), S.WITHDRAWN: (Need.REASON,), S.CLOSED: (Need.OUTCOME,)}


def test_only_a_paused_request_goes_on_and_only_one_that_ended_is_opened_again() -> None:
    sent = event(state=S.SENT)
    pause = event(happening=Happening.PAUSED, waiting_on=WaitingOn.PRACTICE)
    assert "resume" not in keys(sent)
    assert "resume" in keys(sent, pause)
    assert standing([sent, pause]) == (S.SENT, frozenset({WaitingOn.PRACTICE}))
    assert keys(sent, event(state=S.CLOSED)) == ["reopen"]
    assert request_steps.reopened_to([sent, event(state=S.CLOSED)]) is S.SENT


def test_every_state_and_step_has_its_line() -> None:
    assert set(NEXT) == set(S)
    assert {one.key for state in S for one in NEXT[state]} == {one.key for one in STEPS}


# ---- the words the practice agrees to


def agreed_request() -> SupportRequest:
    held = request(summary="Short of partners", risk=4, support_looked_at="LMC", practice_agreed_on=DAY)
    return replace(held, agreed_words=agreed_words.words(held))


def test_a_request_goes_with_the_words_its_practice_agreed_to() -> None:
    assert agreed_words.why_not_sent(agreed_request()) == ""


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"summary": " "}, "It does not say what is wrong."),
        ({"practice_agreed_on": None}, "The practice has not agreed its words yet."),
        ({"summary": "Short of nurses"}, "Its words were changed after the practice agreed to them."),
        ({"risk": 5}, "Its words were changed after the practice agreed to them."),
        ({"wanted_outcome": "A partner"}, "Its words were changed after the practice agreed to them."),
        ({"support_looked_at": None}, "Existing support was not looked at."),
    ],
)
def test_a_request_does_not_go_while_something_is_to_be_done(changed: dict[str, Any], why: str) -> None:
    held = replace(agreed_request(), **changed)
    assert agreed_words.why_not_sent(held).startswith(why)
    assert request_steps.refusal(held, S.SENT).startswith("SR-001 was not marked as sent")
    assert request_steps.refusal(held, S.ACKNOWLEDGED) == ""


def test_a_patient_safety_concern_says_where_it_was_reported_and_that_this_is_not_the_route() -> None:
    concern = request(summary="Letters unread", safety_concern=True)
    told = agreed_words.concerns(concern)[0].sentence
    assert "Where it was also reported is not yet known. This program reports nothing." in told
    reported = replace(concern, reported_elsewhere="ICB quality team, 12 October")
    assert "Also reported: ICB quality team, 12 October" in agreed_words.words(reported)
    assert agreed_words.concerns(request(summary="x")) == ()


def test_only_notes_that_may_be_shared_leave() -> None:
    ours, shared = (
        RequestNote(request=Id(1), words="ours"),
        RequestNote(request=Id(1), words="all", shareable=True),
    )
    assert agreed_words.for_others([ours, shared]) == (shared,)


# ---- offers


def test_the_three_safeguards_are_kept_broken_or_not_yet_known() -> None:
    offer = request(
        offer="Options paper",
        no_contract_transfer=True,
        no_mandated_model=False,
        safeguard_note="Trust-run only.",
    )
    assert [one.words for one in offers.safeguards(offer)] == [
        "Kept: it takes over no contract.",
        "Broken: it mandates a model.",
        "Not yet known whether it was made after looking at existing support.",
    ]
    assert offers.breach(offer) == "The offer breaks a safeguard: it mandates a model. Trust-run only."
    assert offers.breach(replace(offer, offer=None)) == ""
    assert offers.breach(replace(offer, no_mandated_model=None)) == ""


def test_an_offer_says_who_makes_it_and_where_they_have_done_it_before() -> None:
    offer = request(offer="Mentoring", offered_by=Id(5), done_before="Eight mentors since 2024")
    assert (
        offers.provider_words(offer, "Wexmere LMC")
        == "Offered by Wexmere LMC. It has done this before: Eight mentors since 2024."
    )
    without = replace(offer, done_before=None)
    assert "No evidence is noted that it has done this before." in offers.provider_words(
        without, "Wexmere LMC"
    )
    assert any("No evidence is noted" in one.sentence for one in offers.problems(without))
    assert offers.problems(request()) == ()


# ---- what is there already, and what comes back


def test_existing_support_that_fits_is_offered_first() -> None:
    def support(who: str, *categories: Category) -> ExistingSupport:
        return ExistingSupport(id=Id(next(numbers)), who=who, categories=categories)

    held = [support("Anybody"), support("LMC", Category.COACHING), support("Estates", Category.ESTATES)]
    assert [one.who for one in fitting(held, Category.COACHING)] == ["LMC", "Anybody"]
    assert [one.who for one in fitting(held, None)] == ["Estates", "LMC", "Anybody"]


def test_work_sent_back_to_us_is_counted_by_who_sent_it() -> None:
    def back(whom: int | None, kind: TransferKind | None = TransferKind.SENT_BACK) -> WorkloadTransfer:
        return WorkloadTransfer(what="x", kind=kind, moved_from=None if whom is None else Id(whom))

    moved = [back(1), back(2), back(2), back(None), back(2, TransferKind.MOVED), back(3, None)]
    assert list(sent_back(moved).items()) == [(2, 2), (None, 1), (1, 1)]


def test_the_words_to_escalate_say_what_is_late_and_ask_for_a_day() -> None:
    told = request_steps.texts_for_escalation(request(), "Brook Surgery", ["Offered: late by 2 working days"])
    assert "Support request SR-001 from Brook Surgery" in told
    assert "- Offered: late by 2 working days." in told
    assert "talk to us before disclosure" in told


def test_levels_and_risk_are_part_of_the_words() -> None:
    words = agreed_words.words(request(summary="x", risk=5, level=Level.INTENSIVE, threatens_team=True))
    assert "Level of support: intensive." in words
    assert "Risk to sustainability: 5 of 5. Endangers the neighbourhood team: yes." in words
    assert "not yet known" in agreed_words.words(request(summary="x"))
