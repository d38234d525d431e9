"""Scores on the square of five by five: bands, trend, target, review, and numbers outside it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import risks
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.risks import Band, Risk, RiskScore
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
SQUARE = list(product(range(1, 6), repeat=2))


def risk(**fields: Any) -> Risk:
    fields.setdefault("event", "It slips")
    return Risk(ref="RK-001", **fields)


def scored(likelihood: int, consequence: int, on: date = date(2026, 9, 1), id_: int = 1) -> RiskScore:
    return RiskScore(id=Id(id_), risk=Id(9), scored_on=on, likelihood=likelihood, consequence=consequence)


@pytest.mark.parametrize(("likelihood", "consequence"), SQUARE)
def test_the_bands_are_those_of_the_national_matrix(likelihood: int, consequence: int) -> None:
    score = likelihood * consequence
    held = risk(likelihood=likelihood, consequence=consequence)
    wanted = (
        Band.LOW
        if score in (1, 2, 3)
        else Band.MODERATE
        if score in (4, 5, 6)
        else Band.HIGH
        if score in (8, 9, 10, 12)
        else Band.EXTREME
    )
    assert risks.score(held, Rules(), TODAY) == score
    assert risks.band(held, Rules(), TODAY) is wanted


def test_every_score_of_the_square_has_a_band() -> None:
    assert {risks.band_of(a * b) for a, b in SQUARE} == set(Band) - {Band.UNSCORED}
    assert risks.band_of(15) is Band.EXTREME
    assert risks.band_of(None) is Band.UNSCORED


@given(st.none() | st.integers(-(10**9), 10**9), st.none() | st.integers(-(10**9), 10**9))
def test_what_lies_outside_the_square_has_no_score(likelihood: int | None, consequence: int | None) -> None:
    inside = likelihood in range(1, 6) and consequence in range(1, 6)
    assert (risks.product(likelihood, consequence) is not None) == inside


def test_score_and_band_are_columns_that_a_register_sorts_by() -> None:
    columns = {one.name: one for one in Risk.KIND.derived}
    assert columns["score"].label == "Score"
    assert columns["band"].label == "Band"
    assert set(columns["band"].uses) == {"likelihood", "consequence"}
    assert issubclass(Band, Choice)
    assert list(Band)[:4] == [Band.LOW, Band.MODERATE, Band.HIGH, Band.EXTREME]


def test_each_band_has_a_tone_and_its_word() -> None:
    assert Band.LOW.tone is Tone.GOOD
    assert Band.HIGH.tone is Tone.WARN
    assert Band.EXTREME.tone is Tone.BAD
    assert Band.MODERATE.tone is Tone.GREY
    assert [band.words for band in Band] == ["Low", "Moderate", "High", "Extreme", "Not yet scored"]


@pytest.mark.parametrize(
    ("now", "earlier", "words"),
    [
        ((4, 3), [], "first score"),
        ((4, 3), [scored(3, 3)], "up from 9"),
        ((2, 3), [scored(4, 4)], "down from 16"),
        ((3, 4), [scored(4, 3)], "as before"),
        ((4, 3), [scored(3, 3), scored(5, 5, date(2026, 8, 1), 2)], "up from 9"),
        ((4, 3), [scored(3, 3), scored(2, 3, id_=2)], "up from 6"),
        ((4, 3), [scored(7, 3)], "first score"),
        ((4, 3), [scored(1, 1, TODAY + timedelta(1))], "first score"),
        ((None, 3), [scored(3, 3)], "not yet scored"),
        ((9, 3), [scored(3, 3)], "not yet scored"),
    ],
)
def test_the_trend_is_told_against_the_score_before(
    now: tuple[int | None, int | None], earlier: list[RiskScore], words: str
) -> None:
    assert risks.trend(risk(likelihood=now[0], consequence=now[1]), earlier, TODAY) == words


@pytest.mark.parametrize(
    ("target", "above"), [(None, False), (6, True), (11, True), (12, False), (20, False)]
)
def test_a_risk_above_its_target_is_told(target: int | None, above: bool) -> None:
    assert risks.above_target(risk(likelihood=4, consequence=3, target=target)) is above
    assert not risks.above_target(risk(target=target))


@pytest.mark.parametrize(
    ("fields", "overdue"),
    [
        ({"review_on": TODAY}, False),
        ({"review_on": TODAY - timedelta(1)}, True),
        ({"review_on": TODAY - timedelta(1), "closed_on": TODAY}, False),
        ({"review_on": TODAY - timedelta(1), "closed_on": TODAY + timedelta(1)}, True),
        ({}, False),
    ],
)
def test_a_review_is_overdue_the_day_after_its_day_while_the_risk_is_open(
    fields: dict[str, date], overdue: bool
) -> None:
    assert risks.review_overdue(risk(**fields), TODAY) is overdue


def test_a_number_outside_one_to_five_is_told_and_names_its_field() -> None:
    told = risks.problems(risk(likelihood=7, consequence=0, inherent_likelihood=6, target=26))
    assert {(one.field, one.weight) for one in told} == {
        ("likelihood", Weight.MUST_FIX),
        ("consequence", Weight.MUST_FIX),
        ("inherent_likelihood", Weight.MUST_FIX),
        ("target", Weight.MUST_FIX),
    }
    assert told[0].sentence == "RK-001: the likelihood before controls is 6; it must be 1 to 5."


def test_a_risk_nobody_has_scored_is_to_be_acknowledged_never_put_right() -> None:
    (one,) = risks.problems(risk())
    assert one.weight is Weight.ACKNOWLEDGE
    assert one.sentence.endswith(
        "the likelihood now and the consequence now are not yet known, so it has no score."
    )
    assert risks.problems(risk(likelihood=5, consequence=5, target=25)) == ()


def test_cause_event_and_effect_make_one_sentence() -> None:
    whole = risk(cause="GP provider seat vacant", event="Decisions made", effect="Work shifts unfunded")
    assert (
        risks.whole(whole)
        == "Because of GP provider seat vacant: decisions made; so that work shifts unfunded"
    )
    assert risks.whole(risk()) == "It slips"


def test_a_risk_is_open_from_the_day_it_was_opened_until_it_is_closed() -> None:
    held = risk(opened=TODAY, closed_on=TODAY + timedelta(2))
    days = [TODAY + timedelta(n) for n in (-1, 0, 1, 2)]
    assert [risks.open_on(held, day) for day in days] == [False, True, True, False]
