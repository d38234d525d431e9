"""Looks at how the PCN is led, and at what it delivered and offered."""

from __future__ import annotations

from nhsdesk.commands import local_rules
from nhsdesk.sections import delivered, leadership
from nhsdesk.store.database import Database


def view(database: Database) -> leadership.Facts:
    """Time, duties, talks, claims and collaboratives as our own board sees them today."""
    today = database.today()
    with database.read() as reader:
        return leadership.as_at(reader, today, local_rules.in_force_today(reader, today))


def offered_and_delivered(database: Database) -> delivered.Facts:
    """What was offered and delivered, as our own board sees it today."""
    with database.read() as reader:
        return delivered.as_at(reader, database.today())
