"""How long a year of support requests takes: 2,000 with 8 events each, read from a file with their clocks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.commands import files, support_requests
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import Happening, RequestEvent, RequestState, SupportRequest, WaitingOn
from nhsdesk.domain.service_levels import Clock, ServiceLevel
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change

REQUESTS = 2_000
MOST_SECONDS = 1.0
FIRST = date(2026, 4, 1)
STATES = RequestState
STORY: tuple[dict[str, Any], ...] = (
    {"state": STATES.AGREED},
    {"state": STATES.SENT},
    {"state": STATES.ACKNOWLEDGED},
    {"happening": Happening.PAUSED, "waiting_on": WaitingOn.PRACTICE},
    {"happening": Happening.RESUMED},
    {"state": STATES.OFFERED},
    {"state": STATES.ACCEPTED},
    {"state": STATES.CLOSED},
)


def now() -> datetime:
    return datetime(2027, 3, 31, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("year") / "Year.nhsdesk"
    with files.create(path, "Year PCN", "Ann", now) as database:
        with database.change("A year of requests") as change:
            practice = change.add(Practice(name="Brook Surgery", ods_code="A81001"))
            for clock, amount in ((Clock.ACKNOWLEDGE, 3), (Clock.OFFER, 15), (Clock.RESOLVE, 60)):
                change.add(ServiceLevel(clock=clock, amount=amount, starts=FIRST))
            for n in range(REQUESTS):
                _request(change, n, practice.id)
        yield database


def _request(change: Change, n: int, practice: Id) -> None:
    request = change.add(SupportRequest(practice=practice, summary=f"Short of hands, {n}", risk=n % 5 + 1))
    day = FIRST + timedelta(days=n % 330)
    last = {"state": STATES.IN_PROGRESS} if n % 3 == 0 else STORY[-1]
    for at, told in enumerate((*STORY[:-1], last)):
        happened_on = day + timedelta(days=at * (n % 7))
        change.add(RequestEvent(request=request.id, happened_on=happened_on, **told))


def test_a_year_of_requests_is_read_with_its_clocks_within_a_second_of_work(year: Database) -> None:
    found = support_requests.seen(year)
    spent = []
    for _ in range(3):
        began = time.process_time()
        support_requests.seen(year)
        spent.append(time.process_time() - began)
    print(f"\n{len(found):,} requests with their clocks: {min(spent):.2f} s of processor time")
    assert len(found) == REQUESTS
    assert min(spent) < MOST_SECONDS
