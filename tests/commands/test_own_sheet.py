"""A spreadsheet of one's own is held against the maxima that count here, and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nhsdesk.commands import own_sheet
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import NEW
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone, Organisation
from nhsdesk.domain.own_sheet import Looked
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.taken_over import TakenOver
from nhsdesk.store.database import Database

ROW = {"role": Role.CLINICAL_PHARMACIST, "wte": Decimal(1), "annual": Money.pounds(100)}


def looked(database: Database) -> Looked:
    return own_sheet.look(database, [(2, ROW)], LondonZone.NONE)


@pytest.mark.parametrize("whose", ["taken over from a pack", "of another PCN"])
def test_a_maximum_that_does_not_count_here_is_not_compared_with(database: Database, whose: str) -> None:
    before = looked(database)
    assert before.over == ()
    with database.change("Add a maximum of nearly nothing") as change:
        other = change.add(Organisation(name="Westfield PCN")) if whose == "of another PCN" else None
        held = next(one for one in change.reader.all(Rate) if one.role is Role.CLINICAL_PHARMACIST)
        rate = replace(
            held, id=NEW, ref="", annual=Money.pounds(1), valid_from=date(2026, 6, 1), valid_to=None
        )
        rate = replace(rate, published_on=date(2026, 7, 1))
        rate = change.add(replace(rate, network=None if other is None else other.id, zone=LondonZone.NONE))
        if other is None:
            change.add(TakenOver(on=rate.id, came_from="Westfield PCN"))
    assert looked(database) == before
