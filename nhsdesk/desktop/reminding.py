"""What is told when a PCN file is opened because it will not wait: requests that are late or soon will be."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.requests import SupportRequest

FEW = 200
"""As many requests are read before anybody notices; more wait until the window is there."""
LATER_MS = 1_500


def begin(desk: Desk) -> None:
    """Tells once, in the status line, what is late and what will be."""
    with desk.database.read() as reader:
        number = reader.count(SupportRequest)
    if number > FEW:
        QTimer.singleShot(LATER_MS, desk, lambda: _tell(desk))
    elif number:
        _tell(desk)


def _tell(desk: Desk) -> None:
    from nhsdesk.commands import support_requests  # not before there is a request to read

    found = desk.attempt(lambda: support_requests.forecast(desk.database))
    if found is not None and found.words:
        desk.say(f"Support and funds: {found.words}")
