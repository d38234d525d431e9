"""Sections that stand apart: one that fails says so in its place, and the rest of the paper is made.

A fault of ours is logged. What the world refuses, such as a file that cannot be read, is no section's own and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar

from nhsdesk import log
from nhsdesk.documents.model import Block, Bundle, Document, NotIncluded, Paragraph, Report, Section
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.errors import DeskError
from nhsdesk.papers import Heading

F = TypeVar("F")


class Headed(Protocol):
    """The facts of a whole paper."""

    @property
    def heading(self) -> Heading:
        """Its head, with what could not be read."""


H = TypeVar("H", bound=Headed)
Texts = Callable[[F], Iterable[tuple[str, str]]]
"""The free words of a section's facts, each with the reference of its entry."""

NOT_MADE = Paragraph(
    "This section could not be made, through a fault of the program. What it would tell is in the PCN file and is "
    "safe; it is not known here. The other sections were made without it."
)
NOT_INCLUDED = (
    "it could not be made, through a fault of the program. What it would tell is in the PCN file and is safe"
)
"""Why a paper is not in a pack, as the end of a sentence."""

IN_SHORT = "part of it could not be made"
"""Instead of how much is in a paper, where that is not known."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Stands among the facts of several things alike for one that could not be read; the heading it would have had."""

    not_read: str


def no_texts(_: object) -> Iterable[tuple[str, str]]:
    """Of a section in which nobody's own words stand."""
    return ()


@dataclass(slots=True)
class Read:
    """Reads the facts of sections one after another, with their free words, and goes on where one fails."""

    failed: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def of(self, heading: str, gather: Callable[[], F], texts: Texts[F] = no_texts) -> F | None:
        """The facts of a section; None where they cannot be read, or their words not be looked through."""
        try:
            facts = gather()
            words = tuple(texts(facts))
        except DeskError:
            raise
        except Exception as mistake:  # whatever a section chokes on, the board gets the others
            log.mistake(mistake)
            self.failed.append(heading)
            return None
        self.texts += words
        return facts

    def one_of(self, heading: str, gather: Callable[[], F], texts: Texts[F] = no_texts) -> F | NotRead:
        """The facts of one of several things alike, each with a section of its own; in its place, that it failed."""
        already = len(self.failed)
        facts = self.of(heading, gather, texts)
        del self.failed[already:]
        return NotRead(heading) if facts is None else facts

    def under(self, head: Heading) -> Heading:
        """The head of the paper, with what could not be read."""
        return replace(head, failed=tuple(self.failed)) if self.failed else head


def sections(
    heading: str, failed: Iterable[str], facts: F | None, make: Callable[[F], Iterable[Section]]
) -> tuple[Section, ...]:
    """What is made of a section's facts; that it could not be made, where they or it failed; nothing without facts."""
    if heading in failed:
        return (Section(heading, (NOT_MADE,)),)
    return () if facts is None else part(heading, facts, make)


def part(heading: str, facts: F | None, make: Callable[[F], Iterable[Section]]) -> tuple[Section, ...]:
    """The same of a section that every such paper has: without facts they could not be read."""
    if facts is None:
        return (Section(heading, (NOT_MADE,)),)
    try:
        return tuple(make(facts))
    except Exception as mistake:
        log.mistake(mistake)
        return (Section(heading, (NOT_MADE,)),)


def titled(facts: H, blocks: Mapping[str, Callable[[H], Iterable[Block]]]) -> Iterator[Section]:
    """Sections by their headings, each of its own blocks, from the facts of a whole paper."""
    for title, made in blocks.items():
        yield from sections(title, facts.heading.failed, facts, partial(_titled, title, made))


def _titled(title: str, made: Callable[[H], Iterable[Block]], facts: H) -> Iterator[Section]:
    yield Section(title, tuple(made(facts)))


def each(
    held: Iterable[F | NotRead], heading: Callable[[F], str], make: Callable[[F], Iterable[Section]]
) -> Iterator[Section]:
    """What is made of several things alike, each apart; in the place of one that failed, that it could not be made."""
    for one in held:
        if isinstance(one, NotRead):
            yield Section(one.not_read, (NOT_MADE,))
        else:
            yield from part(heading(one), one, make)


def content(facts: F | None, make: Callable[[F], Report]) -> Report | NotIncluded:
    """A whole paper among others; that it is not included, where it could not be read or made."""
    if facts is None:
        return NotIncluded(NOT_INCLUDED)
    try:
        return make(facts)
    except Exception as mistake:
        log.mistake(mistake)
        return NotIncluded(NOT_INCLUDED)


def read(held: Iterable[F | NotRead]) -> Iterator[F]:
    """Those of several things alike that could be read."""
    return (one for one in held if not isinstance(one, NotRead))


def not_read(held: Iterable[F | NotRead]) -> Iterator[tuple[str, str]]:
    """The headings of those that could not be read, to be looked through as free words are."""
    return ((f"“{one.not_read}”", one.not_read) for one in held if isinstance(one, NotRead))


def problems(heading: str, facts: F | None, check: Callable[[F], Iterable[Problem]]) -> tuple[Problem, ...]:
    """What is to be looked at in a section, or that it could not be looked through."""
    try:
        return () if facts is None else tuple(check(facts))
    except Exception as mistake:
        log.mistake(mistake)
        words = f"“{heading}” could not be looked through, through a fault of the program. Read it yourself."
        return (Problem(words, Weight.ACKNOWLEDGE),)


def not_made(document: Document) -> Iterator[Problem]:
    """Of each section of a paper that could not be made, and of each paper of a pack, that it is not in it."""
    if isinstance(document, Bundle):
        yield from not_made(document.front)
        for one in document.parts:
            if isinstance(one.content, NotIncluded) and one.content.why == NOT_INCLUDED:
                yield _problem(f"{one.label}, {one.title}")
            elif isinstance(one.content, Report):
                yield from (_problem(f"{one.label}: {heading}") for heading in _failed(one.content))
    elif isinstance(document, Report):
        yield from map(_problem, _failed(document))


def _failed(report: Report) -> Iterator[str]:
    return (one.heading for one in report.sections if NOT_MADE in one.blocks)


def _problem(what: str) -> Problem:
    return Problem(
        f"“{what}” could not be made, through a fault of the program, and the paper says so in its place. "
        "Diagnostics, in the Help menu, tell its makers more.",
        Weight.ACKNOWLEDGE,
    )
