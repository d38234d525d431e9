"""What is told once when a PCN file is opened: what is late and what soon will be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.commands import files
from nhsdesk.desktop.reminding import FEW
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.service_levels import Clock as Until
from nhsdesk.domain.service_levels import ServiceLevel
from tests.conftest import Clock
from tests.desktop.desk_side import Person


@pytest.mark.parametrize(
    ("requests", "told"),
    [
        (0, ""),
        (1, "Support and funds: 1 request is late."),
        (FEW + 1, "Support and funds: 201 requests are late."),
    ],
)
def test_what_is_late_is_told_however_many_there_are(
    opens: Callable[[Path], Person], tmp_path: Path, clock: Clock, requests: int, told: str
) -> None:
    path = tmp_path / "Late.nhsdesk"
    with files.create(path, "Late PCN", "Ann Archer", clock) as database, database.change("Late") as change:
        practice = change.add(Practice(name="Brook Surgery"))
        change.add(ServiceLevel(clock=Until.ACKNOWLEDGE, amount=1, starts=date(2026, 4, 1)))
        for _ in range(requests):
            request = change.add(SupportRequest(practice=practice.id))
            change.add(
                RequestEvent(request=request.id, happened_on=date(2026, 11, 2), state=RequestState.SENT)
            )
    person = opens(path)
    person.window.background.wait()
    person.waits()
    assert person.told == told
