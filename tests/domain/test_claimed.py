"""A claim that was submitted stays; what became of it, and which claim counts, follow from what was entered."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimStage, ClaimState, current, stage_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month

OCTOBER = Month(2026, 10)


def event(stage: ClaimStage, day: int, id_: int) -> ClaimEvent:
    return ClaimEvent(id=Id(id_), claim=Id(1), happened_on=date(2026, 11, day), stage=stage)


def test_a_draft_is_not_sealed_and_a_submitted_claim_says_why() -> None:
    assert Claim(month=OCTOBER).sealed() is None
    words = Claim(month=OCTOBER, state=ClaimState.SUBMITTED, submitted_on=date(2026, 11, 10)).sealed()
    assert words is not None
    assert words.startswith("The claim for October 2026 was marked as submitted on 10 November 2026.")


def test_what_happened_last_counts_and_of_one_day_what_was_entered_last() -> None:
    paid, queried = event(ClaimStage.PAID, 12, 5), event(ClaimStage.QUERIED, 12, 6)
    assert stage_of(()) is None
    assert stage_of((queried, paid)) is ClaimStage.QUERIED
    assert stage_of((queried, paid, event(ClaimStage.APPROVED, 11, 9))) is ClaimStage.QUERIED


def test_the_claim_that_no_other_supersedes_counts() -> None:
    first = Claim(id=Id(1), month=OCTOBER, state=ClaimState.SUBMITTED)
    second = Claim(id=Id(2), month=OCTOBER, supersedes=Id(1))
    assert current((first, second)) == {OCTOBER: second}
    assert current((first,)) == {OCTOBER: first}


@given(st.permutations([1, 2, 3, 4]))
def test_the_order_in_which_claims_are_read_does_not_matter(order: list[int]) -> None:
    chain = [Claim(id=Id(n), month=OCTOBER, supersedes=Id(n - 1) if n > 1 else None) for n in order]
    assert current(chain)[OCTOBER].id == 4
