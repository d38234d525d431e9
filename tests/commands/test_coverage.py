"""The matrix of services: a letter sets a status, a way in or a lead follows, nothing is said twice."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.commands import coverage
from nhsdesk.domain.hubs import CoreService, Coverage, Hub, HubService
from nhsdesk.domain.kinds import Id
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

NAVIGATION = CoreService.CARE_NAVIGATION


@pytest.fixture
def hub(database: Database) -> Id:
    with database.change("Add") as change:
        return change.add(Hub(name="Millbrook Hub", digital=Coverage.LIVE)).id


def held(database: Database) -> tuple[HubService, ...]:
    with database.read() as reader:
        return reader.all(HubService)


def test_a_status_is_set_once_changed_and_taken_away_each_as_one_step(database: Database, hub: Id) -> None:
    before = database.head.number
    assert coverage.set_status(database, hub, NAVIGATION, Coverage.LIVE)
    assert not coverage.set_status(database, hub, NAVIGATION, Coverage.LIVE)
    assert coverage.set_status(database, hub, NAVIGATION, Coverage.GAP)
    assert [(one.status, one.checked_on) for one in held(database)] == [(Coverage.GAP, AS_OF)]
    assert coverage.set_status(database, hub, NAVIGATION, None)
    assert not coverage.set_status(database, hub, NAVIGATION, None)
    assert (held(database), database.head.number) == ((), before + 3)


def test_a_way_in_is_set_only_of_a_service_of_which_something_was_said(database: Database, hub: Id) -> None:
    assert not coverage.set_field(database, hub, NAVIGATION, "digital", Coverage.GAP)
    coverage.set_status(database, hub, NAVIGATION, Coverage.LIVE)
    assert coverage.set_field(database, hub, NAVIGATION, "digital", Coverage.GAP)
    assert coverage.set_field(database, hub, NAVIGATION, "expected", date(2028, 2, 29))
    (one,) = held(database)
    assert (one.digital, one.expected) == (Coverage.GAP, date(2028, 2, 29))
    with pytest.raises(ValueError, match="hub is not set here"):
        coverage.set_field(database, hub, NAVIGATION, "hub", hub)


def test_ten_thousand_hubs_are_read_with_their_services(database: Database) -> None:
    with database.change("Add") as change:
        for n in range(10_000):
            change.add(Hub(name=f"Hub {n}"))
    assert len(coverage.seen(database).hubs) == 10_000
