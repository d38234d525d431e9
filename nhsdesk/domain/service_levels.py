"""How soon a support request is to be acknowledged, offered something and resolved, from a day on."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, count, day, link, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.requests import Level


class Clock(Choice):
    """What a clock runs until."""

    ACKNOWLEDGE = "acknowledged"
    OFFER = "offered"
    RESOLVE = "resolved"


class Unit(Choice):
    """What a clock counts."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    CALENDAR_DAYS = "calendar days"


@record(
    title="Service level",
    plural="Service levels",
    prefix="SV",
    columns=("clock", "risk", "level", "amount", "unit", "starts", "ends", "document"),
)
class ServiceLevel(Record):
    """One time limit, for requests of a risk or level of support or for all, in force from a day on."""

    clock: Clock = choice("Until", Clock)
    risk: int | None = count("Risk to sustainability", default=None, help="1 to 5. Empty: for every risk.")
    level: Level | None = choice("Level of support", Level, default=None, help="Empty: for every level.")
    amount: int = count("How many")
    unit: Unit = choice("Of what", Unit, default=Unit.WORKING_DAYS)
    starts: date = day("In force from", lean=Lean.THIS_YEAR)
    ends: date | None = day("In force to", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    agreed_with: str | None = text("Agreed with", default=None)


@record(
    title="Closed day",
    plural="Closed days",
    prefix="SH",
    columns=("closed_on", "what", "agreed_with"),
)
class ClosedDay(Record):
    """A day that does not count as a working day here, besides weekends and England's bank holidays."""

    closed_on: date = day("Day", lean=Lean.NEXT)
    what: str | None = text("What", default=None)
    agreed_with: str | None = text("Agreed with", default=None)
