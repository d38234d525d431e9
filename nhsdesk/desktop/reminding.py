"""What is told when a PCN file is opened because it will not wait: requests that are late or soon will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.requests import SupportRequest

if TYPE_CHECKING:  # read only where there is a request
    from nhsdesk.sections.request_clocks import Forecast

FEW = 200
"""As many requests are read before anybody notices; more are read beside the window."""


def begin(desk: Desk) -> None:
    """Tells once, in the status line, what is late and what will be."""
    with desk.database.read() as reader:
        number = reader.count(SupportRequest)
    if not number:
        return
    from nhsdesk.commands import support_requests  # not before there is a request to read

    if number > FEW:
        words = "Looking for requests that are late"
        desk.background.start(
            words, lambda _: support_requests.forecast(desk.database), lambda found: _tell(desk, found)
        )
        return
    found = desk.attempt(lambda: support_requests.forecast(desk.database))
    if found is not None:
        _tell(desk, found)


def _tell(desk: Desk, found: Forecast) -> None:
    if found.words:
        desk.say(f"Support and funds: {found.words}")
