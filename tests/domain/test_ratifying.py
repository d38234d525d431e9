"""A decision is ratified in its own entry, or by one that follows it where it stands in final minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk.domain import decision_rules, ratifying
from nhsdesk.domain.decision_rules import Known
from nhsdesk.domain.decisions import DecidedHow, Decision, DecisionStatus
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.money import Money

TODAY, MADE, ON = date(2026, 11, 20), date(2026, 9, 2), date(2026, 11, 4)
OPEN = Decision(
    id=Id(8), ref="DN-008", words="Fund the hub", how=DecidedHow.PROVISIONAL, status=DecisionStatus.TO_RATIFY,
    decided_on=MADE, cost=Money.pounds(40_000), votes_for=4, practice_seat_present=True, meeting=Id(2), restricted=True,
)  # fmt: skip
SEALED = replace(OPEN, final=True, minute_ref="PCNB/26/014")


def test_one_that_may_change_is_ratified_in_its_own_entry() -> None:
    made = ratifying.ratified(OPEN, ON, Id(5))
    assert made == replace(OPEN, status=DecisionStatus.RATIFIED, ratified_on=ON)


def test_one_in_final_minutes_is_followed_by_another_in_the_same_words_that_makes_nothing_up() -> None:
    made = ratifying.ratified(SEALED, ON, Id(5))
    assert (made.id, made.supersedes, made.words, made.cost) == (NEW, SEALED.id, SEALED.words, SEALED.cost)
    assert (made.status, made.decided_on, made.ratified_on) == (DecisionStatus.RATIFIED, ON, ON)
    assert (made.restricted, made.meeting, made.final) == (True, Id(5), False)
    assert (made.how, made.votes_for, made.practice_seat_present, made.minute_ref) == (None, None, None, None)
    assert made.reason == "Ratifies DN-008 of 2 September 2026."


def test_what_was_followed_waits_no_more_and_is_not_asked_about() -> None:
    known = Known(TODAY, superseded_by="DN-015")
    assert decision_rules.stands(SEALED, Known(TODAY)) is DecisionStatus.TO_RATIFY
    assert decision_rules.stands(SEALED, known) is DecisionStatus.SUPERSEDED
    assert decision_rules.problems(SEALED, known) == ()
    assert decision_rules.stands(OPEN, known) is DecisionStatus.TO_RATIFY


@pytest.mark.parametrize(
    ("decision", "on", "waits", "after", "told"),
    [
        (SEALED, ON, True, "DN-015", "DN-015 took the place of DN-008"),
        (replace(SEALED, status=DecisionStatus.DEFERRED), ON, True, "", "put off and not made"),
        (SEALED, ON, False, "", "does not wait to be ratified"),
        (SEALED, date(2026, 11, 21), True, "", "21 November 2026 has not come"),
        (SEALED, date(2026, 9, 1), True, "", "cannot be ratified before"),
    ],
)
def test_what_cannot_be_ratified_is_told_in_a_sentence(
    decision: Decision, on: date, waits: bool, after: str, told: str
) -> None:
    why = ratifying.why_not(decision, on, TODAY, waits=waits, superseded_by=after)
    assert why is not None
    assert told in why.sentence
    assert ratifying.why_not(SEALED, TODAY, TODAY, waits=True, superseded_by="") is None
