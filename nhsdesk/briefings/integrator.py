"""The integrator: who hosts, holds and answers, who does what, its fund, and our case.

It is for our own board unless somebody composes it for others. Our scores and our case start at our own board.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Report, Section, Table
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, later
from nhsdesk.sections import (
    apart,
    federation_case,
    fund_facts,
    funds,
    guarded_practices,
    heading,
    integrator_facts,
    integrators,
)
from nhsdesk.sections.integrator_facts import IntegratorFacts
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.OWN_BOARD


@dataclass(frozen=True, slots=True)
class Facts:
    """The integrators and the funds, all of them."""

    heading: Heading
    integrators: integrator_facts.Facts | None
    """None where they could not be read; so of the funds."""
    funds: fund_facts.Facts | None
    naming: tuple[Problem, ...] = later(())
    """Where it would name to others a practice that it must not name."""


_MOVES = "Functions that move"


def gather(reader: Reader, asked: Asked) -> Facts:
    """All of it that its readers may see; what cannot be read is left out, and said in its place."""
    each, audience = apart.Read(), asked.audience(AUDIENCE)
    told = each.of(
        integrators.TITLE, lambda: integrators.gather_whole(reader, asked, audience), integrators.texts
    )
    money = each.of(funds.TITLE, lambda: funds.gather(reader, asked, audience), funds.texts)
    naming = guarded_practices.named_in(reader, audience, each.texts)
    return Facts(each.under(heading.gather(reader, asked)), told, money, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is unknown, not evidenced, not ratified or odd."""
    found = [
        *heading.check(facts.heading),
        *facts.naming,
        *apart.problems(integrators.TITLE, facts.integrators, integrators.check),
        *apart.problems(funds.TITLE, facts.funds, funds.check),
    ]
    told = facts.integrators
    if told is not None and not told.integrators and not told.withheld:
        found.append(Problem("No integrator is recorded.", Weight.ACKNOWLEDGE, "integrator"))
    return tuple(found)


def compile(facts: Facts) -> Report:
    """The briefing."""
    head, failed = facts.heading, facts.heading.failed
    told, money = facts.integrators, facts.funds
    both = (told, money) if told is not None and money is not None else None
    sections = (
        *apart.sections(integrators.TITLE, failed, told, lambda held: _integrators(held, head.as_at)),
        *apart.sections(funds.TITLE, failed, money, lambda held: (funds.section(held),)),
        *apart.part(_MOVES, told, _transfers),
        *(
            replace(one, own_board=True)
            for one in apart.part(federation_case.TITLE, both, lambda held: (federation_case.section(*held),))
        ),
    )
    subtitle = f"{head.network}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "The integrator and its fund", subtitle, sections)


def _integrators(told: integrator_facts.Facts, on: date) -> Iterator[Section]:
    for one in told.integrators:
        yield from _sections(one, on)
    if not told.integrators and not told.withheld:
        yield Section("In short", (Paragraph("No integrator is recorded."),))


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


def _transfers(told: integrator_facts.Facts) -> Iterator[Section]:
    blocks = (*integrators.transfer_blocks(told), *withheld_items(told.withheld))
    if blocks:
        yield Section(_MOVES, blocks)


def in_short(facts: Facts) -> str:
    """How many functions and entries are in it."""
    functions = sum(
        len(one.functions) for one in (facts.integrators.integrators if facts.integrators else ())
    )
    entries = sum(len(one.entries) for one in (facts.funds.funds if facts.funds else ()))
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
    readers=tuple(Audience),
)
