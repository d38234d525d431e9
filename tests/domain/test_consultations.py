"""Consultations with their days, and what became of our points."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import consultations
from nhsdesk.domain.consultations import CameOf, Consultation, DecisionWindow, Response, Stage
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def stage(**fields: Any) -> Stage:
    return consultations.stage(Consultation(title="Draft", **fields), Rules(), TODAY)


def test_a_consultation_decided_before_it_closed_is_told() -> None:
    assert stage(closes=TODAY - DAY, decided_on=TODAY - 2 * DAY) is Stage.EARLY
    assert stage(closes=TODAY + 9 * DAY, decided_on=TODAY) is Stage.EARLY
    assert Stage.EARLY.tone is Tone.BAD
    assert Stage.EARLY.words == "Decided before it closed"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, Stage.OPEN),
        ({"opened": TODAY + DAY}, Stage.TO_COME),
        ({"opened": TODAY, "closes": TODAY + 60 * DAY}, Stage.OPEN),
        ({"closes": TODAY + 15 * DAY}, Stage.OPEN),
        ({"closes": TODAY + 14 * DAY}, Stage.SOON),
        ({"closes": TODAY}, Stage.SOON),
        ({"closes": TODAY - DAY}, Stage.CLOSED),
        ({"closes": TODAY - 9 * DAY, "decided_on": TODAY - 9 * DAY}, Stage.DECIDED),
        ({"closes": TODAY - 9 * DAY, "decided_on": TODAY}, Stage.DECIDED),
        ({"decided_on": TODAY}, Stage.DECIDED),
        ({"closes": TODAY - DAY, "decided_on": TODAY + DAY}, Stage.CLOSED),
    ],
)
def test_the_days_of_a_consultation_say_where_it_stands(fields: dict[str, date], wanted: Stage) -> None:
    assert stage(**fields) is wanted


def test_a_paused_consultation_is_paused_until_it_is_decided() -> None:
    """As in 2018, when two judicial reviews had the consultation paused."""
    assert stage(paused_on=TODAY, closes=TODAY - DAY) is Stage.PAUSED
    assert stage(paused_on=TODAY + DAY, closes=TODAY + DAY) is Stage.SOON
    assert stage(paused_on=TODAY - 9 * DAY, closes=TODAY + DAY, decided_on=TODAY) is Stage.EARLY


@given(st.none() | st.dates(), st.none() | st.dates())
def test_only_a_decision_on_an_earlier_day_than_the_last_is_early(
    decided: date | None, closes: date | None
) -> None:
    early = consultations.decided_early(Consultation(title="Draft", decided_on=decided, closes=closes))
    assert early == (decided is not None and closes is not None and decided < closes)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, CameOf.NOT_SENT),
        ({"sent_on": TODAY + DAY}, CameOf.NOT_SENT),
        ({"sent_on": TODAY}, CameOf.WAITING),
        ({"sent_on": TODAY, "outcome": "Clause 4 now lets places choose"}, CameOf.ANSWERED),
    ],
)
def test_a_point_on_a_specification_says_what_came_of_it(fields: dict[str, Any], wanted: CameOf) -> None:
    point = Response(
        point="One size does not fit", clause="4.2", change="Let places choose", document=Id(3), **fields
    )
    assert consultations.came_of(point, Rules(), TODAY) is wanted
    assert {"point", "document", "clause", "sent_on", "came_of"} <= set(Response.KIND.columns)


def test_our_points_are_found_by_their_consultation_and_by_its_document() -> None:
    asked = Consultation(id=Id(1), title="Draft", document=Id(50))
    points = [
        Response(id=Id(2), point="By name", consultation=Id(1)),
        Response(id=Id(3), point="By document", document=Id(50)),
        Response(id=Id(4), point="Of another", consultation=Id(9), document=Id(50)),
        Response(id=Id(5), point="Of nothing"),
    ]
    assert [one.id for one in consultations.responses_to(points, asked)] == [2, 3]
    nameless = Consultation(id=Id(8), title="No document")
    assert consultations.responses_to(points, nameless) == ()


def test_a_point_sent_after_the_last_day_is_told() -> None:
    asked = Consultation(title="Draft", closes=TODAY)
    assert not consultations.sent_too_late(Response(point="x", sent_on=TODAY), asked)
    assert consultations.sent_too_late(Response(point="x", sent_on=TODAY + DAY), asked)


def test_what_can_still_be_shaped_comes_soonest_first() -> None:
    ends = (TODAY - DAY, TODAY + 14 * DAY, TODAY, TODAY + 15 * DAY)
    windows = [DecisionWindow(id=Id(n), what="x", closes=day) for n, day in enumerate(ends, 1)]
    assert [one.id for one in consultations.closing_soon(windows, TODAY)] == [3, 2]
    assert [consultations.days_left(day, TODAY) for day in ends] == [None, 14, 0, 15]
