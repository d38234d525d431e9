"""The ARRS position for our own board: the year in sum and what would be lost, by month, by role, and the next year.

Nobody else sees it, for it says what would be unspent. The return of the same position has every post.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nhsdesk.documents.model import Report
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period, due_at_next_meeting
from nhsdesk.sections import apart, heading, next_year, position, year_position, years_beside
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.OWN_BOARD


@dataclass(frozen=True, slots=True)
class Facts:
    """The year and the next under one heading."""

    heading: Heading
    position: position.Facts | None
    beside: years_beside.Facts | None
    """None where they could not be worked out."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """The year that the day lies in, as it was known on that day, and the one after it."""
    year, each = FinancialYear.of(asked.day), apart.Read()
    head = heading.gather(reader, asked)
    worked = each.of(position.IN_SUM, lambda: year_position.gather(reader, year, asked.day))
    if worked is None:
        return Facts(each.under(head), None, None)
    of_year, material = worked
    # Whoever reads it: each section says who may.
    told = each.of(position.IN_SUM, lambda: position.of_position(of_year, asked, AUDIENCE))
    beside = each.of(
        years_beside.heading_of(year),
        lambda: years_beside.of_years(next_year.work_out(material, of_year.outturn), asked),
    )
    return Facts(each.under(head), told, beside)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of it, and what its figures lack."""
    return (
        *heading.check(facts.heading),
        *apart.problems("ARRS position", facts.position, position.check),
    )


def due(diary: Diary) -> Due:
    """For the next meeting of our own board, as entered."""
    return due_at_next_meeting(diary, _is_ours, "No coming meeting of the PCN's own board is entered")


def _is_ours(meeting: Meeting) -> bool:
    body = meeting.body.casefold()
    return "pcn" in body and "board" in body


def in_short(facts: Facts) -> str:
    """How many roles it tells of."""
    if facts.position is None:
        return apart.IN_SHORT
    roles = len(facts.position.roles)
    return f"{roles} {'role' if roles == 1 else 'roles'}"


def compile(facts: Facts) -> Report:
    """The briefing. It tells of what would be unspent, so all of it starts at our own board."""
    head, told = facts.heading, facts.position
    year = FinancialYear.of(head.as_at)
    scheme = f"Additional Roles Reimbursement Scheme of {head.network}"
    sections = (
        *apart.part(position.IN_SUM, told, position.in_sum),
        *apart.part(position.BY_MONTH, told, position.by_month),
        *apart.part(position.BY_ROLE, told, position.by_role),
        *apart.part(years_beside.heading_of(year), facts.beside, lambda held: (years_beside.section(held),)),
        *apart.part(position.RESTS_ON, told, lambda held: (position.rests_on(held),)),
    )
    own = (replace(section, own_board=True) for section in sections)
    subtitle = f"{scheme}, {year}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "ARRS position", subtitle, own)


PAPER = Paper(
    key="position",
    title="ARRS position",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
    readers=tuple(Audience),
)
