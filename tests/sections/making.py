"""Small makers for the tests of what papers say: a practice, a post with its hours and pay, a maximum."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhsdesk.domain.arrs import Assignment, Pay, Post, Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import LondonZone, Practice
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.store.database import Database

APRIL = date(2026, 4, 1)


def practice(database: Database, name: str = "Abbey Surgery", **fields: Any) -> Practice:
    """A practice outside London, unless its zone is given."""
    fields.setdefault("london_zone", LondonZone.NONE)
    with database.change("Add a practice") as change:
        return change.add(Practice(name=name, **fields))


def maximum(database: Database, annual: str, role: Role = Role.CLINICAL_PHARMACIST, **fields: Any) -> Rate:
    """A confirmed maximum of so many pounds from 1 April 2026, published then."""
    held: dict[str, Any] = {
        "role": role,
        "zone": LondonZone.NONE,
        "annual": Money.pounds(annual),
        "valid_from": APRIL,
        "published_on": date(2026, 3, 26),
        "source": "The specification",
        "confidence": RateConfidence.CONFIRMED,
    }
    with database.change("Add a rate") as change:
        return change.add(Rate(**{**held, **fields}))


def post(
    database: Database,
    salary: str,
    hours: str = "37.5",
    role: Role = Role.CLINICAL_PHARMACIST,
    base: Id | None = None,
    starts: date = APRIL,
    **fields: Any,
) -> Post:
    """A filled post with its hours and pay from its start on."""
    with database.change("Add a post") as change:
        made = change.add(Post(role=role, base=base, starts=starts, **fields))
        change.add(Assignment(post=made.id, hours=Hours.of(hours), starts=starts))
        change.add(Pay(post=made.id, starts=starts, salary=Money.pounds(salary)))
    return made
