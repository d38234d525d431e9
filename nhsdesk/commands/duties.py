"""Recurring duties as they are kept: their days brought up to date, done, skipped with a reason, moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhsdesk import resources
from nhsdesk.domain import duties
from nhsdesk.domain.duties import Occurrence, RecurringDuty, ToBring
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Brought:
    """How many days were added and taken out, and which duties give none because of what is wrong with them."""

    added: int = 0
    removed: int = 0
    wrong: tuple[Problem, ...] = ()


def behind(database: Database) -> int:
    """How many duties have days to add or to take out."""
    with database.read() as reader:
        return len(_to_bring(reader, database.today()))


def wrong(database: Database) -> tuple[Problem, ...]:
    """What is wrong with duties, so that they give no days."""
    with database.read() as reader:
        return tuple(found for duty in reader.all(RecurringDuty) for found in duties.problems(duty))


def bring_up_to_date(database: Database) -> Brought:
    """Gives every duty its days of the next 13 months, as one step; what is past, done, moved or skipped stays."""
    with database.read() as reader:
        asked = _to_bring(reader, database.today())
    if asked:
        with database.change("Bring recurring duties up to date") as change:
            for duty, bring in asked:
                for gone in bring.remove:
                    change.remove(gone)
                for day in bring.add:
                    change.add(Occurrence(duty=duty.id, due=day))
    added, removed = sum(len(one.add) for _, one in asked), sum(len(one.remove) for _, one in asked)
    return Brought(added, removed, wrong(database))


def _to_bring(reader: Reader, today: date) -> list[tuple[RecurringDuty, ToBring]]:
    held: dict[Id, list[Occurrence]] = {}
    for one in reader.all(Occurrence):
        held.setdefault(one.duty, []).append(one)
    holidays = resources.bank_holidays()
    found = (
        (duty, duties.to_bring(duty, held.get(duty.id, ()), today, holidays))
        for duty in reader.all(RecurringDuty)
    )
    return [(duty, bring) for duty, bring in found if bring]


def done(database: Database, id_: Id, on: date) -> Problem | None:
    """Says that it was done on a day."""
    if on > database.today():
        return Problem(f"{day_words(on)} has not come. Give the day it was done.", field="done_on")
    _change(database, id_, "done", done_on=on, skipped_because=None)
    return None


def skip(database: Database, id_: Id, because: str) -> Problem | None:
    """Leaves one out, with the reason, without which nothing is changed."""
    words = " ".join(because.split())
    if not words:
        return Problem("Say why it is skipped. Nothing was changed.", field="skipped_because")
    _change(database, id_, "skipped", skipped_because=words, done_on=None)
    return None


def move(database: Database, id_: Id, to: date, because: str = "") -> Problem | None:
    """Moves one to another day; the day its rule gave is kept, and moving it back there undoes the moving."""
    with database.read() as reader:
        back = reader.get(Occurrence, id_).due == to
    words = " ".join(because.split()) or None
    if back:
        _change(database, id_, "moved back", moved_to=None, moved_because=None)
        return None
    _change(database, id_, "moved", moved_to=to, moved_because=words)
    return None


def _change(database: Database, id_: Id, how: str, **values: Any) -> None:
    with database.read() as reader:
        held = reader.get(Occurrence, id_)
        duty = reader.get(RecurringDuty, held.duty)
    with database.change(f"Mark {held.ref} of {duty.ref} as {how}") as change:
        change.put(replace(held, **values))
