"""Months claimed as they were worked out on a day, for tests of what is claimed or paid afterwards."""

from __future__ import annotations

from datetime import date

from nhsdesk.commands import claims
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.periods import Month
from nhsdesk.store.database import Database


def freeze(database: Database, month: Month, known_on: date) -> Claim:
    """The claim of a month as it came to with what was known on a day, marked as submitted on that day."""
    with database.change("Claim a month") as change:
        return claims.freeze(change, month, known_on, known_on, claims.rules_of(change.reader, month))
