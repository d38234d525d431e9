"""Ten services, three ways in, and whether a hub can be had: nothing that nobody said is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk.domain import coverage
from nhsdesk.domain.hubs import CoreService, Coverage, Hub, HubService, HubStatus, HubType
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
HUB = Hub(
    id=Id(1), ref="HB-001", name="Millbrook Hub", type=HubType.SHARED_SITE, digital=Coverage.PLANNED,
    telephone=Coverage.LIVE, in_person=Coverage.GAP,
)  # fmt: skip


def service(which: CoreService, status: Coverage, **more: Coverage) -> HubService:
    return HubService(id=Id(10), hub=HUB.id, service=which, status=status, **more)  # type: ignore[arg-type]


def row(*held: HubService) -> tuple[coverage.Cell, ...]:
    return tuple(cells[0] for cells in coverage.matrix((HUB,), held))


def test_all_ten_core_services_have_a_line_and_what_nobody_said_is_not_known() -> None:
    cells = row(service(CoreService.CARE_NAVIGATION, Coverage.LIVE))
    assert [cell.service for cell in cells] == list(CoreService)
    assert len(cells) == 10
    assert coverage.count_words(cells) == "1 live, 9 not known"
    assert coverage.status_words(cells[0].status) == "? not known"
    assert coverage.status_words(cells[1].status) == "● live"


def test_a_live_service_without_one_of_the_three_ways_in_is_a_gap() -> None:
    cells = row(service(CoreService.CARE_NAVIGATION, Coverage.LIVE, digital=Coverage.LIVE))
    told = [one.words for one in coverage.gaps(HUB, cells, (CoreService.CARE_NAVIGATION,))]
    assert told == [
        "live, but not in person",
        "the way in online is planned",
        "the way in in person is missing",
    ]


def test_a_service_of_its_own_way_in_is_not_measured_by_the_hubs() -> None:
    every = {"digital": Coverage.LIVE, "telephone": Coverage.LIVE, "in_person": Coverage.LIVE}
    (cell,) = (one for one in row(service(CoreService.VOLUNTARY, Coverage.LIVE, **every)) if one.held)
    assert cell.missing == ()


def test_a_closed_hub_lacks_nothing() -> None:
    assert coverage.gaps(replace(HUB, status=HubStatus.CLOSED), row()) == ()


def test_building_parking_and_capital_are_told_or_not_known() -> None:
    assert coverage.feasibility_words(HUB) == (
        "Building: not known",
        "Parking: not known",
        "Capital: not known",
    )
    known = replace(
        HUB,
        estate_agreed=False,
        parking="14 spaces, 6 for staff",
        capital_confirmed=False,
        capital=Money.pounds("250000"),
    )
    assert coverage.feasibility_words(known) == (
        "Building: not agreed",
        "Parking: 14 spaces, 6 for staff",
        "Capital: not confirmed, £250,000.00 needed",
    )


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (None, "Not at present. No day is set to ask again"),
        (date(2026, 11, 21), "Not at present. To be asked again on 21 November 2026"),
        (date(2026, 11, 20), "Not at present. To be asked again today"),
        (
            date(2026, 11, 19),
            "Not at present. It was to be asked again on 19 November 2026, 1 day ago: do not rely on it",
        ),
    ],
)
def test_at_present_lapses_with_its_review_day(review: date | None, words: str) -> None:
    assured = replace(HUB, assurance="Not at present", assurance_review=review)
    assert coverage.assurance_words(assured, TODAY) == words
    assert coverage.lapsed(assured, TODAY) == (review == date(2026, 11, 19))


def test_a_hub_called_live_that_cannot_be_had_is_told() -> None:
    live = replace(HUB, status=HubStatus.LIVE, estate_agreed=False, type=None)
    assert [one.sentence.partition(": ")[2] for one in coverage.problems(live, row(), TODAY)] == [
        "it is called live, but its building is not agreed.",
        "it is called live, but none of its services is.",
        "it is not said what sort of hub it is; the word has several meanings.",
    ]


def test_a_neighbourhood_may_settle_its_own_list_of_services() -> None:
    held = Rules({"hubs.services@N-004": "Care navigation; general practice; tea"})
    assert coverage.wanted(held, "N-004") == (CoreService.GENERAL_PRACTICE, CoreService.CARE_NAVIGATION)
    assert len(coverage.wanted(held, "N-005")) == 10


def test_patients_read_plain_words_and_only_ways_that_are_open() -> None:
    (cell,) = (one for one in row(service(CoreService.COMMUNITY, Coverage.LIVE)) if one.held)
    assert coverage.ways_for_patients(cell) == "by phone"
    assert coverage.service_for_patients(cell.service).startswith("Community nurses")
    assert {coverage.service_for_patients(one) for one in CoreService}.isdisjoint({"", "INT"})
