"""The services of hubs: looked at as a matrix, each cell set by a key, a way in or a lead chosen in place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nhsdesk.commands import local_rules
from nhsdesk.domain import coverage as rules
from nhsdesk.domain.hubs import CoreService, Coverage, Hub, HubService
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.sections import coverage
from nhsdesk.sections.coverage import Seen
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


def seen(database: Database) -> Seen:
    """Every hub with its services and what is missing."""
    with database.read() as reader:
        return coverage.read(reader, local_rules.in_force_today(reader, database.today()))


def organisations(database: Database) -> tuple[tuple[Id, str], ...]:
    """Who may lead a service, by name."""
    with database.read() as reader:
        held = reader.all(Organisation)
    return tuple((one.id, one.name) for one in sorted(held, key=lambda one: (one.name.casefold(), one.id)))


def set_status(database: Database, hub: Id, service: CoreService, status: Coverage | None) -> bool:
    """Sets whether a service is there, checked today; None takes away what was said. False where nothing differs."""
    with database.read() as reader:
        held, named = _held(reader, hub, service), reader.get(Hub, hub)
    if status is None and held is None:
        return False
    if held is not None and held.status is status:
        return False
    with database.change(f"Set a service of {named.ref}") as change:
        if held is None:
            assert status is not None
            made = HubService(hub=hub, service=service, status=status, checked_on=database.today())
            change.add(made)
        elif status is None:
            change.remove(held)
        else:
            change.put(replace(held, status=status, checked_on=database.today()))
    return True


def set_field(database: Database, hub: Id, service: CoreService, name: str, value: Any) -> bool:
    """Sets a way in, the lead, the words for patients or the day expected; False where nothing differs.

    Of a service of which nobody has said whether it is there, none of these is set: its status comes first.
    """
    if name not in (*rules.CHANNELS, "lead", "for_patients", "expected"):
        raise ValueError(f"{name} is not set here")
    with database.read() as reader:
        held, named = _held(reader, hub, service), reader.get(Hub, hub)
    if held is None or getattr(held, name) == value:
        return False
    with database.change(f"Set a service of {named.ref}") as change:
        change.put(replace(held, **{name: value}, checked_on=database.today()))
    return True


def _held(reader: Reader, hub: Id, service: CoreService) -> HubService | None:
    """The entry that counts: of two of one service, the later one."""
    found = reader.all(HubService, hub=hub, service=service)
    return found[-1] if found else None
