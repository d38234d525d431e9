"""The statement of a fund, read from its workbook as a partner does: whose ratification is missing as at a day."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from nhsdesk.commands import papers
from nhsdesk.domain.funds import (
    Answered,
    Fund,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.returns import fund_statement
from nhsdesk.store.database import Database

FEDERATION, TRUST, COUNCIL, HOSPICE = "Quince Federation", "Larch Trust", "Medlar Council", "Rowan Hospice"


def fund_of_four(database: Database) -> None:
    """A fund from which was spent while the council was to come and the trust had not answered before it left."""
    with database.change("Add a fund") as change:
        fund = change.add(Fund(name="Seed money", value=Money.pounds(5000))).id
        principle = change.add(SpendPrinciple(fund=fund, words="It stays in general practice")).id

        def joined(
            name: str, *said: tuple[Answered, date], starts: date | None = None, ends: date | None = None
        ) -> None:
            body = change.add(Organisation(name=name, sector=Sector.VCSE)).id
            change.add(FundPartner(fund=fund, organisation=body, starts=starts, ends=ends))
            for answer, on in said:
                change.add(Ratification(principle=principle, partner=body, answer=answer, answered_on=on))

        joined(FEDERATION, (Answered.RATIFIED, date(2026, 9, 10)))
        joined(TRUST, ends=date(2026, 9, 30))
        joined(COUNCIL, (Answered.RATIFIED, date(2026, 10, 20)), starts=date(2026, 10, 1))
        joined(HOSPICE, (Answered.RATIFIED, date(2026, 9, 1)), (Answered.REFUSED, date(2026, 10, 15)))
        entry = change.add(FundEntry(fund=fund, what="Clinical leads", principle=principle)).id
        change.add(
            FundMovement(entry=entry, kind=MovementKind.SPENT, amount=Money.pounds(700), on=date(2026, 9, 4))
        )


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (date(2026, 9, 4), {FEDERATION, TRUST}),
        (date(2026, 9, 30), {TRUST}),
        (date(2026, 10, 1), {COUNCIL}),
        (date(2026, 10, 15), {COUNCIL, HOSPICE}),
        (date(2026, 10, 20), {HOSPICE}),
    ],
)
def test_spend_is_printed_with_exactly_those_that_have_not_ratified(
    database: Database, day: date, missing: set[str]
) -> None:
    fund_of_four(database)
    made = papers.make(database, fund_statement.PAPER, papers.asked_of(database, None, day))
    book = load_workbook(BytesIO(made.content))
    lines = [
        " | ".join(str(cell) for cell in row if cell is not None)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]
    of_entry = [line for line in lines if "Clinical leads" in line and "700" in line]
    assert of_entry
    for line in of_entry:
        assert {name for name in (FEDERATION, TRUST, COUNCIL, HOSPICE) if name in line} == missing
    assert any("4,300" in line or "4300" in line for line in lines)
