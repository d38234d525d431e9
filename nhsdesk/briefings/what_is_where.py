"""What is where: the hubs and their services in patients' words, to be put up on a wall or a website."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents.model import Report
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, coverage, guarded_practices, heading
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Facts:
    """The hubs as the public may read of them."""

    heading: Heading
    coverage: coverage.PublicFacts | None
    """None where they could not be read."""
    naming: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads the hubs for anybody."""
    each = apart.Read()
    shown = each.of(coverage.WHAT_IS_WHERE, lambda: coverage.gather_public(reader, asked, each))
    texts = (*each.texts, *apart.not_read(shown.hubs if shown else ()))
    naming = guarded_practices.named_in(reader, AUDIENCE, texts)
    return Facts(each.under(heading.gather(reader, asked)), shown, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What a patient would miss, and words that name who must not be named."""
    found = apart.problems(coverage.WHAT_IS_WHERE, facts.coverage, _missed)
    return (*heading.check(facts.heading), *facts.naming, *found)


def _missed(shown: coverage.PublicFacts) -> Iterator[Problem]:
    for one in apart.read(shown.hubs):
        if not one.intro:
            told = f"{one.ref}: nothing is written in patients’ words."
            yield Problem(told, Weight.ACKNOWLEDGE, "hub", field="for_patients")
        if one.open and not one.building:
            told = f"{one.ref}: it is open, but it is not said where it is."
            yield Problem(told, Weight.ACKNOWLEDGE, "hub", field="estate")


def due(diary: Diary) -> Due:
    """Whenever something opens or closes."""
    return Due("When a service opens, closes or moves")


def in_short(facts: Facts) -> str:
    """How many hubs it tells of."""
    if facts.coverage is None:
        return apart.IN_SHORT
    number = len(facts.coverage.hubs)
    return "1 hub" if number == 1 else f"{number} hubs"


def compile(facts: Facts) -> Report:
    """A page that can be read alone."""
    head = facts.heading
    subtitle = f"For patients of {head.network}, as things stood on {day_words(head.as_at)}"
    sections = apart.part(coverage.WHAT_IS_WHERE, facts.coverage, coverage.public_sections)
    return heading.report(head, facts, "What is where", subtitle, sections)


PAPER = Paper(
    key="what-is-where",
    title="What is where, for patients",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
