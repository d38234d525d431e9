"""The ten core services at each hub, the ways in to each, what is missing, and whether each hub can be had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents.model import CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import coverage, guarded_practices, heading
from nhsdesk.sections.restricted import WORDS as RESTRICTED
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PARTNERS


@dataclass(frozen=True, slots=True)
class Facts:
    """The hubs partners may see."""

    heading: Heading
    coverage: coverage.Facts
    naming: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads every hub with its services."""
    held = coverage.gather(reader, asked, AUDIENCE)
    naming = guarded_practices.named_in(reader, AUDIENCE, coverage.texts(held))
    return Facts(heading.gather(reader, asked), held, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What lapsed, what cannot be had, and words that name who must not be named."""
    return (*heading.check(facts.heading), *facts.naming, *coverage.check(facts.coverage))


def due(diary: Diary) -> Due:
    """No day is settled anywhere that was seen."""
    return Due("When the place asks for it")


def in_short(facts: Facts) -> str:
    """How many hubs are in it."""
    number = len(facts.coverage.hubs)
    return "1 hub" if number == 1 else f"{number:,} hubs"


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"Service coverage, {head.network}, {day_words(head.as_at)}",
        subject=f"Core services by hub, as at {day_words(head.as_at)}",
        told=_cover(facts),
        sheets=(_services(facts), _gaps(facts), _hubs(facts)),
        notes=_notes(facts),
    )


def _cover(facts: Facts) -> Iterator[str]:
    head = facts.heading
    yield f"The ten core services of each hub, as at {day_words(head.as_at)}."


def _notes(facts: Facts) -> Iterator[str]:
    yield "The ten services are those North West London listed in 2024. A neighbourhood may have settled its own list."
    yield "Not known: nobody has said. It is not the same as none."
    yield "A service’s way in is the hub’s own where nothing else is said of the service."
    yield "A gap is a service that is not there, or a way in that is not live though the service is."
    if facts.coverage.withheld:
        yield f"{RESTRICTED}, left out: {', '.join(facts.coverage.withheld)}."


def _services(facts: Facts) -> Sheet:
    columns = (
        Column("Hub"), Column("Hub name"), Column("Service"), Column("Status"), Column("Lead"), Column("Online"),
        Column("By telephone"), Column("In person"), Column("Expected", CellKind.DAY),
        Column("Checked on", CellKind.DAY),
    )  # fmt: skip
    rows = tuple(
        (
            hub.ref, hub.name, one.service, one.status, one.lead or coverage.NOBODY, one.digital, one.telephone,
            one.in_person, one.expected, one.checked_on,
        )
        for hub in facts.coverage.hubs
        for one in hub.services
    )  # fmt: skip
    return Sheet(
        "Coverage",
        "Core services by hub",
        "This worksheet holds one table: each core service of each hub.",
        Table("Coverage", columns, rows),
    )


def _gaps(facts: Facts) -> Sheet:
    rows = tuple((hub.ref, hub.name, gap) for hub in facts.coverage.hubs for gap in hub.gaps)
    return Sheet(
        "Gaps",
        "What is missing",
        "This worksheet holds one table: services and ways in that are missing.",
        Table("Gaps", (Column("Hub"), Column("Hub name"), Column("What is missing")), rows),
    )


def _hubs(facts: Facts) -> Sheet:
    columns = (
        Column("Hub"), Column("Hub name"), Column("Neighbourhood"), Column("Sort of hub"), Column("Status"),
        Column("Services"), Column("Building"), Column("Parking"), Column("Capital"), Column("What was assured"),
        Column("Assured where"), Column("Assurance"),
    )  # fmt: skip
    rows = tuple(_hub(one) for one in facts.coverage.hubs)
    return Sheet(
        "Hubs",
        "Can each hub be had",
        "This worksheet holds one table: each hub, its building, parking, capital, and what was assured.",
        Table("Hubs", columns, rows),
    )


def _hub(one: coverage.HubFacts) -> tuple[str | None, ...]:
    building, parking, capital = (words.partition(": ")[2] for words in one.feasibility)
    assured = "Ask again: its day has passed" if one.lapsed else "In date" if one.assurance else "None"
    return (
        one.ref, one.name, one.neighbourhood or None, one.type or None, one.status, one.counts, building, parking,
        capital, one.assurance or None, one.assured_where or None, assured,
    )  # fmt: skip


PAPER = Paper(
    key="service-coverage",
    title="Service coverage",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
