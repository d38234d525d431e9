"""Appraising a border: the window with its days left, and decisions that came before it had closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk.domain import footprints
from nhsdesk.domain.footprints import FootprintAppraisal, FootprintChoice

TODAY = date(2026, 11, 20)
APPRAISAL = FootprintAppraisal(
    ref="FA-001",
    title="Our border",
    opens=date(2026, 10, 1),
    closes=date(2026, 12, 11),
    sent_on=date(2026, 11, 2),
)


@pytest.mark.parametrize(
    ("today", "words", "left"),
    [
        (date(2026, 9, 30), "The consultation opens on 1 October 2026", 72),
        (TODAY, "The consultation closes on 11 December 2026, 21 days left", 21),
        (date(2026, 12, 10), "The consultation closes on 11 December 2026, 1 day left", 1),
        (date(2026, 12, 11), "The consultation closes on 11 December 2026, today is the last day", 0),
        (date(2026, 12, 12), "The consultation closed on 11 December 2026", None),
    ],
)
def test_the_window_is_told_with_the_days_left(today: date, words: str, left: int | None) -> None:
    assert footprints.window_words(APPRAISAL, today) == words
    assert footprints.days_left(APPRAISAL, today) == left


def test_a_window_over_a_leap_day_has_a_day_more() -> None:
    leap = replace(APPRAISAL, opens=None, closes=date(2028, 3, 1))
    assert footprints.days_left(leap, date(2028, 2, 28)) == 2


def test_what_was_decided_before_the_window_closed_is_flagged() -> None:
    early = replace(APPRAISAL, decided_on=date(2026, 3, 18), decided_by="Place board")
    assert [one.sentence for one in footprints.problems(early, TODAY)] == [
        "FA-001: it was decided on 18 March 2026, before the consultation closes on 11 December 2026."
    ]
    assert footprints.decided_early(replace(early, decided_on=date(2026, 12, 11)))
    assert not footprints.decided_early(replace(early, decided_on=date(2026, 12, 12)))


def test_a_decision_is_told_with_who_when_and_what_is_still_open() -> None:
    assert footprints.decision_words(APPRAISAL) == "Not decided"
    drawn = replace(APPRAISAL, decided_on=date(2026, 3, 18), decided_by="Place board")
    assert footprints.decision_words(drawn) == (
        "Decided, by Place board, on 18 March 2026; what becomes of our PCN is not said"
    )
    settled = replace(drawn, decision=FootprintChoice.ARRANGEMENT)
    assert footprints.decision_words(settled) == (
        "Decided: arrangement across teams, by Place board, on 18 March 2026"
    )
    assert footprints.sign_off_words(settled) == "Not signed off"
    signed = replace(settled, signed_off_by="Place director, ICB", signed_off_on=date(2026, 12, 20))
    assert footprints.sign_off_words(signed) == "Signed off by Place director, ICB, on 20 December 2026"


def test_a_response_not_sent_and_a_window_the_wrong_way_round_are_told() -> None:
    unsent = replace(APPRAISAL, sent_on=None)
    assert [one.sentence for one in footprints.problems(unsent, TODAY)] == [
        "FA-001: our response is not sent; the consultation closes in 21 days."
    ]
    wrong = replace(APPRAISAL, opens=date(2026, 12, 12))
    assert footprints.problems(wrong, TODAY)[0].sentence == (
        "FA-001: the consultation closes before it opens. Put the days right."
    )
