"""One line typed anywhere becomes an entry: what it may name is read once, and it is saved as one step."""

from __future__ import annotations

from nhsdesk.commands import figures
from nhsdesk.domain import quick_add
from nhsdesk.domain.fields import Record
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.quick_add import Known, Understood
from nhsdesk.store.database import Database


def known(database: Database) -> Known:
    """People in their role still, and practices that are with us."""
    today = database.today()
    with database.read() as reader:
        people = tuple(one for one in reader.all(Person) if one.ends is None or one.ends >= today)
        return Known(people, reader.all(Practice))


def add(database: Database, understood: Understood) -> Record | Problem:
    """Adds what a line says as one step; what stands in the way where something is lacking or refused."""
    if understood.lacking:
        return Problem(understood.lacking)
    record = quick_add.record_of(understood)
    with database.read() as reader:
        refused = record.refused(None, reader, database.today())
    if refused is not None:
        return refused
    with database.change(f"Add {record.KIND.noun}") as change:
        return figures.add(change, record)
