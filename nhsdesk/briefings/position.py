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
from nhsdesk.sections import heading, next_year, position, year_position, years_beside
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.OWN_BOARD


@dataclass(frozen=True, slots=True)
class Facts:
    """The year and the next under one heading."""

    heading: Heading
    position: position.Facts
    beside: years_beside.Facts


def gather(reader: Reader, asked: Asked) -> Facts:
    """The year that the day lies in, as it was known on that day, and the one after it."""
    year = FinancialYear.of(asked.day)
    worked, material = year_position.gather(reader, year, asked.day)
    coming = next_year.work_out(material, worked.outturn)
    return Facts(
        heading.gather(reader, asked),
        position.of_position(worked, asked, AUDIENCE),  # whoever reads it: each section says who may
        years_beside.of_years(coming, asked),
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of it, and what its figures lack."""
    return (*heading.check(facts.heading), *position.check(facts.position))


def due(diary: Diary) -> Due:
    """For the next meeting of our own board, as entered."""
    return due_at_next_meeting(diary, _is_ours, "No coming meeting of the PCN's own board is entered")


def _is_ours(meeting: Meeting) -> bool:
    body = meeting.body.casefold()
    return "pcn" in body and "board" in body


def in_short(facts: Facts) -> str:
    """How many roles it tells of."""
    roles = len(facts.position.roles)
    return f"{roles} {'role' if roles == 1 else 'roles'}"


def compile(facts: Facts) -> Report:
    """The briefing. It tells of what would be unspent, so all of it starts at our own board."""
    head, year = facts.heading, facts.position.year
    scheme = f"Additional Roles Reimbursement Scheme of {head.network}"
    sections = (
        *position.whole_sections(facts.position),
        years_beside.section(facts.beside),
        position.rests_on(facts.position),
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
