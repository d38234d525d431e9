"""A PCN file of ten thousand entries: the sample, as if it had been kept for years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from nhsdesk.commands import sample
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.records import KINDS
from nhsdesk.store.door import Change
from tests.conftest import Clock

MANY = 10_000

TIMES = {
    "commitment": 120,
    "action": 90,
    "action_update": 75,
    "support_request": 25,
    "request_event": 25,
    "risk": 20,
    "decision": 15,
    "question": 20,
    "evidence": 20,
    "stakeholder": 40,
    "fund_entry": 10,
    "post": 2,
    "assignment": 2,
    "pay": 2,
}
"""How often the sample's entries of a kind stand in it once more, those that belong to an entry behind it."""

_WORDS, _DAYS = ("title", "what", "summary"), ("due",)


def make(path: Path, clock: Clock) -> int:
    """Makes the file; gives how many entries it holds."""
    with sample.create(path, None, "Ann Archer", clock) as database:
        with database.change("Keep it for years") as change:
            held = {name: change.reader.all(KINDS[name].cls) for name in TIMES}
            for year in range(max(TIMES.values())):
                _once_more(change, held, year)
        with database.read() as reader:
            return sum(len(reader.all(kind.cls)) for kind in KINDS.values())


def _once_more(change: Change, held: dict[str, tuple[Record, ...]], year: int) -> None:
    copies: dict[Id, Id] = {}
    for name, times in TIMES.items():
        for one in held[name] if year < times else ():
            copies[one.id] = change.add(_copy(one, copies, year)).id


def _copy(one: Record, copies: dict[Id, Id], year: int) -> Record:
    differs: dict[str, Any] = {"id": NEW, "version": 0, "ref": ""}
    if (owner := one.KIND.owner) is not None:
        belongs_to = getattr(one, owner.name)
        differs[owner.name] = copies.get(belongs_to, belongs_to)
    for name in _WORDS:
        if isinstance(words := getattr(one, name, None), str):
            differs[name] = f"{words}, {year}"
    for name in _DAYS:
        if isinstance(day := getattr(one, name, None), date):
            differs[name] = day + timedelta(days=year * 7 % 400)
    return replace(one, **differs)
