"""What the position page shows, worked out beside the window: the year, its scenarios, and the year after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.sections import next_year, scenario_outturns, year_position
from nhsdesk.sections.next_year import NOTHING_ASSUMED, NextYear
from nhsdesk.sections.scenario_outturns import Compared, Thought
from nhsdesk.sections.year_position import Position
from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """A year as known on a day, and the scenario by which the next is assumed."""

    year: FinancialYear
    known_on: date
    assuming: Id | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything the page shows of a year."""

    wanted: Wanted
    position: Position
    compared: tuple[Compared, ...]
    """Scenarios that concern this year."""
    thoughts: tuple[Thought, ...]
    """Scenarios by which the next year can be assumed."""
    next_year: NextYear


def work_out(database: Database, wanted: Wanted) -> Ready:
    """Reads the file once and works all of it out."""
    with database.read() as reader:
        position, material = year_position.gather(reader, wanted.year, wanted.known_on)
        every = scenario_outturns.read(reader)
    after = FinancialYear(wanted.year.first_year + 1)
    compared = tuple(
        scenario_outturns.compare(material, position.outturn, one)
        for one in every
        if scenario_outturns.concerns(one, wanted.year)
    )
    thoughts = tuple(one for one in every if scenario_outturns.concerns(one, after))
    assuming = next((one for one in thoughts if one.scenario.id == wanted.assuming), NOTHING_ASSUMED)
    beside = next_year.work_out(material, position.outturn, assuming)
    return Ready(wanted, position, compared, thoughts, beside)
