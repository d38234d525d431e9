"""The integrator, for our own board: who hosts, holds and answers, who does what, its fund, and our case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Report, Section, Table
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period
from nhsdesk.sections import federation_case, fund_facts, funds, heading, integrator_facts, integrators
from nhsdesk.sections.integrator_facts import IntegratorFacts
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.OWN_BOARD


@dataclass(frozen=True, slots=True)
class Facts:
    """The integrators and the funds, all of them."""

    heading: Heading
    integrators: integrator_facts.Facts
    funds: fund_facts.Facts


def gather(reader: Reader, asked: Asked) -> Facts:
    """All of it, as our own board may see it."""
    return Facts(
        heading.gather(reader, asked),
        integrators.gather(reader, asked, AUDIENCE),
        funds.gather(reader, asked, AUDIENCE),
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is unknown, not evidenced, not ratified or odd."""
    found = [
        *heading.check(facts.heading),
        *integrators.check(facts.integrators),
        *funds.check(facts.funds),
    ]
    if not facts.integrators.integrators:
        found.append(Problem("No integrator is recorded.", Weight.ACKNOWLEDGE, "integrator"))
    return tuple(found)


def compile(facts: Facts) -> Report:
    """The briefing."""
    head = facts.heading
    sections = (
        *(section for one in facts.integrators.integrators for section in _sections(one, head.as_at)),
        *(
            ()
            if facts.integrators.integrators
            else (Section("In short", (Paragraph("No integrator is recorded."),)),)
        ),
        funds.section(facts.funds),
        *_transfers(facts),
        federation_case.section(facts.integrators, facts.funds),
    )
    subtitle = f"For the board of {head.network}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "The integrator and its fund", subtitle, sections)


def _sections(one: IntegratorFacts, on: date) -> Iterator[Section]:
    four = Bullets(tuple(integrator_facts.held_words(held) for held in one.held))
    host = (Paragraph(f"The host’s sector in London’s model: {one.host_sector}."),) if one.host_sector else ()
    each = "Each is said on its own evidence. What nobody has said is unknown."
    yield Section(
        f"{one.name[:90]}: who hosts, holds and answers",
        (Paragraph(integrator_facts.in_short(one)), Paragraph(each), four, *host),
    )
    steps = tuple(integrator_facts.steps_timeline(one, on))
    if steps:
        yield Section("Its steps", steps)
    yield Section("Partners", tuple(integrators.partner_blocks(one)))
    yield Section("Who does what", (*integrators.function_blocks(one), *integrators.does_block(one)))
    if one.criteria:
        yield Section("What it is chosen by, and our own score", tuple(_criteria(one)), own_board=True)


def _criteria(one: IntegratorFacts) -> Iterator[Block]:
    yield Paragraph("Our own scores, from 1 to 5, for our own board alone.")
    columns = (Column("Ref"), Column("Criterion"), Column("Our score"), Column("Comment"))
    rows = tuple(
        (it.ref, it.criterion, "not scored" if it.score is None else str(it.score), it.comment)
        for it in one.criteria
    )
    yield Table(f"Criteria of {one.ref}", columns, rows)


def _transfers(facts: Facts) -> Iterator[Section]:
    blocks = tuple(integrators.transfer_blocks(facts.integrators))
    if blocks:
        yield Section("Functions that move", blocks)


def in_short(facts: Facts) -> str:
    """How many functions and entries are in it."""
    functions = sum(len(one.functions) for one in facts.integrators.integrators)
    entries = sum(len(one.entries) for one in facts.funds.funds)
    told = "1 function" if functions == 1 else f"{functions:,} functions"
    return f"{told}, {'1 entry' if entries == 1 else f'{entries:,} entries'} of funds"


PAPER = Paper(
    key="integrator",
    title="The integrator and its fund",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    in_short=in_short,
)
