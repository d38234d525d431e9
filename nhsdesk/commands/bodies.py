"""Boards, seats and interests, looked at and confirmed."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk import resources
from nhsdesk.domain import seats
from nhsdesk.domain.bodies import Interest, Seat
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.seats import QuarterSeats
from nhsdesk.sections import bodies as section
from nhsdesk.sections.bodies import BodyView, InterestView
from nhsdesk.store.database import Database


def view(database: Database) -> tuple[BodyView, ...]:
    """Every body as its page shows it."""
    with database.read() as reader:
        return section.all_bodies(reader, database.today(), resources.bank_holidays())


def interests(database: Database) -> tuple[InterestView, ...]:
    """Every interest."""
    with database.read() as reader:
        return section.interests(reader)


def seats_by_quarter(database: Database) -> tuple[QuarterSeats, ...]:
    """How many seats of general practice there were and were filled, this financial year."""
    today = database.today()
    with database.read() as reader:
        return seats.by_quarter(reader.all(Seat), FinancialYear.of(today), today)


def confirm_interest(database: Database, interest: Id) -> Interest:
    """Notes that an interest was confirmed today."""
    with database.read() as reader:
        ref = reader.get(Interest, interest).ref
    with database.change(f"Confirm {ref}") as change:
        return change.put(replace(change.reader.get(Interest, interest), confirmed_on=database.today()))
