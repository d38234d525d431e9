"""Support requests for readers outside the PCN: counts and times, never a practice, a reference or a small number."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import heading, support
from nhsdesk.store.reading import Reader

KEY = "support-counts"


@dataclass(frozen=True, slots=True)
class Facts:
    """The counts under their heading."""

    heading: Heading
    support: support.Facts


def gather(reader: Reader, asked: Asked) -> Facts:
    """Counts the requests, suppressed before they are kept."""
    return Facts(heading.gather(reader, asked), support.gather(reader, asked))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before anybody reads it."""
    return heading.check(facts.heading)


def compile(facts: Facts) -> Workbook:
    """The workbook: one sheet for all tables."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"Support requests in {head.network}: counts",
        subject=f"Support requests as at {day_words(head.as_at)}",
        told=(
            f"As at {day_words(head.as_at)}.",
            in_short(facts) + ".",
        ),
        sheets=(_sheet(facts),),
        notes=(support.told(facts.support), support.LATE_MEANS, *_held_back(facts)),
    )


def _held_back(facts: Facts) -> tuple[str, ...]:
    old = {one.as_at for one in facts.support.tables} - {facts.heading.as_at}
    return (support.HELD_BACK,) if old else ()


def _sheet(facts: Facts) -> Sheet:
    columns = (Column("Shared out"), Column("Group"), Column("Requests"), Column("As at", CellKind.DAY))
    rows = tuple(
        (table.name, group.state, support.count_words(group.requests), table.as_at)
        for table in facts.support.tables
        for group in table.groups
    )
    return Sheet(
        "Counts",
        "Support requests, shared out in several ways",
        "This worksheet holds one table. Each way shares out all the requests that were sent.",
        Table("Support_counts", columns, rows),
    )


def due(diary: Diary) -> Due:
    """Whenever somebody asks for it."""
    return Due("Made when somebody asks for it")


def in_short(facts: Facts) -> str:
    """How many requests there are, where that may be told."""
    if not facts.support.states:
        return "No support request has been sent"
    return support.total_words(facts.support).rstrip(".")


PAPER = Paper(
    key=KEY,
    title="Support requests, counts",
    audience=Audience.PARTNERS,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
