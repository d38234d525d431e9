"""Whether papers call a support request late, told by its three clocks."""

from __future__ import annotations

import pytest

from nhsdesk.domain.clocks import Reading, Stand
from nhsdesk.domain.lateness import Lateness, standing
from nhsdesk.domain.service_levels import Clock


def clocks(*stands: Stand) -> list[Reading]:
    return [Reading(clock, stand) for clock, stand in zip(Clock, stands, strict=True)]


def test_what_was_not_sent_or_has_no_limit_is_not_late() -> None:
    assert standing([]) is Lateness.NO_LIMIT
    assert standing(clocks(Stand.NOT_SENT, Stand.NOT_SENT, Stand.NOT_SENT)) is Lateness.NO_LIMIT
    assert standing(clocks(Stand.NO_LIMIT, Stand.NO_LIMIT, Stand.NO_LIMIT)) is Lateness.NO_LIMIT


@pytest.mark.parametrize("late", [Stand.LATE, Stand.MET_LATE])
def test_one_clock_that_was_passed_makes_a_request_late(late: Stand) -> None:
    assert standing(clocks(Stand.MET, late, Stand.NO_LIMIT)) is Lateness.LATE


def test_an_offer_that_ended_after_its_limit_is_late_though_nobody_reached_it() -> None:
    ended = Reading(Clock.OFFER, Stand.ENDED, late_by=3)
    assert standing([Reading(Clock.ACKNOWLEDGE, Stand.MET), ended]) is Lateness.LATE


def test_clocks_that_run_stand_still_or_ended_in_time_are_in_time() -> None:
    assert standing(clocks(Stand.MET, Stand.PAUSED, Stand.RUNNING)) is Lateness.IN_TIME
    assert standing(clocks(Stand.MET, Stand.ENDED, Stand.NO_LIMIT)) is Lateness.IN_TIME
