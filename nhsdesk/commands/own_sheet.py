"""Looks at a PCN's own ARRS spreadsheet beside the maxima in force today; nothing of it is written."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from nhsdesk.domain import own_sheet, rates
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.organisations import LondonZone, Organisation, Practice
from nhsdesk.domain.own_sheet import Looked
from nhsdesk.domain.rates import Rate
from nhsdesk.store.database import Database


def look(
    database: Database,
    rows: Iterable[tuple[int, Mapping[str, Any]]],
    zone: LondonZone,
    persons: Mapping[int, Hashable] | None = None,
) -> Looked:
    """What is over its maximum, has no rate, or is over 1.0 WTE, a person's lines together."""
    today = database.today()
    with database.read() as reader:
        ours = {one.id for one in reader.all(Organisation, ours=True)}
        every = [one for one in reader.counting(Rate) if one.network is None or one.network in ours]
    asked = ((role, rates.in_force(every, role, zone, today, today)) for role in Role)
    found = {role: rate for role, rate in asked if isinstance(rate, Rate)}
    maxima = {role: rate.annual for role, rate in found.items()}
    unsure = frozenset(role for role, rate in found.items() if rates.unconfirmed(rate) is not None)
    return own_sheet.look(own_sheet.lines_of(rows, persons), maxima, unsure)


def usual_zone(database: Database) -> LondonZone | None:
    """The zone that most of our practices are in; None where no practice says."""
    with database.read() as reader:
        told = [one.london_zone for one in reader.all(Practice) if one.london_zone is not None]
    return max(LondonZone, key=told.count) if told else None
