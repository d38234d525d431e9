"""What is told when a PCN file is opened because it will not wait: late requests, and actions overdue or due."""

from __future__ import annotations

from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.actions import Action
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.store.database import Database

FEW = 200
"""As many requests and actions are read before anybody notices; more are read beside the window."""


def begin(desk: Desk) -> None:
    """Tells once, in the status line, what is late and what will be."""
    with desk.database.read() as reader:
        number = reader.count(SupportRequest) + reader.count(Action)
    if not number:
        return
    if number > FEW:
        words = "Looking for what is late"
        desk.background.start(words, lambda _: _found(desk.database), lambda told: _tell(desk, told))
        return
    _tell(desk, desk.attempt(lambda: _found(desk.database), ""))


def _found(database: Database) -> str:
    """What will not wait, in a sentence for each place; what reads it is loaded where there is something to read."""
    with database.read() as reader:
        requests, actions = reader.count(SupportRequest), reader.count(Action)
    told = []
    if requests:
        from nhsdesk.commands import support_requests

        told.append(("Support and funds", support_requests.forecast(database).words))
    if actions:
        from nhsdesk.commands import actions_due

        told.append(("Meetings", actions_due.due_words(database)))
    return " ".join(f"{place}: {words}" for place, words in told if words)


def _tell(desk: Desk, told: str) -> None:
    if told:
        desk.say(told)
