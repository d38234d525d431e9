"""How many actions will not wait, told when a PCN file is opened: it loads no more than that takes."""

from __future__ import annotations

from nhsdesk.domain import action_log
from nhsdesk.domain.actions import Action
from nhsdesk.domain.periods import day_words
from nhsdesk.store.database import Database


def due_words(database: Database) -> str:
    """How many actions are overdue, and how many more are due by Sunday; empty where none are."""
    today = database.today()
    with database.read() as reader:
        days = [action_log.due_now(one) for one in reader.all(Action, closed_on=None)]
    late = sum(day is not None and day < today for day in days)
    sunday = action_log.sunday(today)
    soon = sum(day is not None and today <= day <= sunday for day in days)
    told = [f"{_actions(late)} overdue"] if late else []
    told += [f"{_actions(soon)} due by {day_words(sunday)}"] if soon else []
    return f"{', '.join(told)}." if told else ""


def _actions(number: int) -> str:
    return "1 action is" if number == 1 else f"{number:,} actions are"
