"""One page for each practice: its list, what is asked of it and whether that binds, what it has not answered yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents.model import Block, CellKind, Column, Paragraph, Report, Section, Table
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period
from nhsdesk.sections import apart, guarded_practices, heading, practice_pages
from nhsdesk.sections.practice_pages import PageFacts
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PRACTICE
OWN_PAGE = "Give each practice its own page, and nobody else any."
_PRACTICES = "Practices"


@dataclass(frozen=True, slots=True)
class Facts:
    """The pages under their heading, and where their words name a practice that must not be named."""

    heading: Heading
    told: practice_pages.Facts | None
    """None where they could not be read."""
    naming: tuple[Problem, ...] = ()


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads every practice of ours as at the day."""
    each = apart.Read()
    told = each.of(_PRACTICES, lambda: practice_pages.gather(reader, asked, each))
    found = guarded_practices.named_in(reader, AUDIENCE, each.texts)
    return Facts(each.under(heading.gather(reader, asked)), told, found)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before pages are handed out."""
    own = (Problem(OWN_PAGE, Weight.NOTE),) if facts.told is not None and facts.told.pages else ()
    return (*heading.check(facts.heading), *facts.naming, *own)


def compile(facts: Facts) -> Report:
    """A page for each practice."""
    head = facts.heading
    pages = apart.part(_PRACTICES, facts.told, _pages)
    subtitle = f"A page for each practice of {head.network}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "Your practice", subtitle, pages)


def _pages(told: practice_pages.Facts) -> tuple[Section, ...]:
    none = Section(_PRACTICES, (Paragraph("No practice of ours is entered."),))
    each = apart.each(
        told.pages,
        lambda page: practice_pages.heading_of(page.name),
        lambda page: (_section(page, told.unsaid),),
    )
    return heading.pages(each, none, told.withheld)


def _section(page: PageFacts, unsaid: int) -> Section:
    name = practice_pages.heading_of(page.name)
    return Section(name, tuple(_blocks(page, unsaid, whole=name != page.name)))


def _blocks(page: PageFacts, unsaid: int, *, whole: bool) -> Iterator[Block]:
    if whole:
        yield Paragraph(page.name)
    code = f"ODS code {page.code}" if page.code else "Its ODS code is not entered"
    yield Paragraph(
        f"{code}. {f'{page.contract} contract' if page.contract else 'Its contract is not entered'}."
    )
    yield Table(
        f"Your list {page.ref}",
        (
            Column("Counted as"),
            Column("Patients", CellKind.DECIMAL, 0),
            Column("On", CellKind.DAY),
            Column("Source"),
        ),
        tuple((one.base, one.patients, one.counted_on, one.source) for one in page.lists),
        caption="Your list",
    )
    yield Table(
        f"Asked of you {page.ref}",
        (
            Column("Ref"),
            Column("What"),
            Column("Whether it binds"),
            Column("Who wants it"),
            Column("By", CellKind.DAY),
        ),
        tuple((one.ref, one.what, one.binds, one.owed_to, one.due) for one in page.asks),
        caption="What is asked of practices, and whether it binds",
    )
    if unsaid:
        of = "1 commitment" if unsaid == 1 else f"{unsaid:,} commitments"
        yield Paragraph(
            f"Of {of} nobody has said yet whom they apply to. They are in the commitments register."
        )
    yield Table(
        f"Questions to you {page.ref}",
        (Column("Ref"), Column("Question"), Column("By", CellKind.DAY), Column("Your answer")),
        tuple((one.ref, one.ask, one.due, one.answer) for one in page.rounds),
        caption="What we have asked you",
    )
    yield Table(
        f"Roles based with you {page.ref}",
        (Column("Ref"), Column("Role"), Column("Hours a week"), Column("Since", CellKind.DAY)),
        tuple((one.ref, one.role, one.hours, one.starts) for one in page.posts),
        caption="Additional roles based with you",
    )


def in_short(facts: Facts) -> str:
    """How many pages it has."""
    if facts.told is None:
        return apart.IN_SHORT
    count = len(facts.told.pages)
    return f"{count} {'practice' if count == 1 else 'practices'}"


PAPER = Paper(
    key="practice",
    title="Your practice, a page for each",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    in_short=in_short,
)
