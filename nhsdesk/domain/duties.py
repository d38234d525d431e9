"""Duties that come again: a rule gives dated occurrences; a change of the rule touches the future only."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    link,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id


class Rhythm(Choice):
    """When a duty falls due."""

    LAST_WORKING_DAY = "last working day of each month"
    WORKING_DAY = "a numbered working day of each month"
    DAY_OF_MONTH = "a day of each month"
    QUARTERLY = "a numbered working day after each quarter"
    YEARLY = "a day of each year"


@record(
    title="Recurring duty",
    plural="Recurring duties",
    prefix="RU",
    columns=("title", "rhythm", "number", "starts", "ends", "owner"),
)
class RecurringDuty(Record):
    """Something owed again and again, by a rule."""

    title: str = text("What")
    rhythm: Rhythm = choice("When", Rhythm)
    number: int | None = count("Which day", default=None, help="Of the working days, or of the month.")
    in_month: int | None = count(
        "In which month", default=None, help="1 for January; for a day of each year."
    )
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None)
    owner: Id | None = link("Owner", "Person", default=None)
    owed_to: str | None = text("Who wants it", default=None)
    commitment: Id | None = link("Commitment", "Commitment", default=None)


@record(
    title="Occurrence",
    plural="Occurrences",
    prefix="OC",
    columns=("due", "moved_to", "done_on", "skipped_because"),
)
class Occurrence(Record):
    """One date of a recurring duty: done, moved, or skipped with its reason."""

    duty: Id = parent("Recurring duty", "RecurringDuty")
    due: date = day("Due", lean=Lean.NEXT)
    moved_to: date | None = day("Moved to", default=None)
    moved_because: str | None = text("Why moved", default=None)
    done_on: date | None = day("Done on", default=None, lean=Lean.LAST)
    skipped_because: str | None = text("Skipped because", default=None)
