"""Sections that stand apart: one that fails says so in its place, and the rest of the paper is made.

A fault of ours is logged. What the world refuses, such as a file that cannot be read, is no section's own and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from nhsdesk import log
from nhsdesk.documents.model import Document, Paragraph, Report, Section
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.errors import DeskError

F = TypeVar("F")
Texts = Callable[[F], Iterable[tuple[str, str]]]
"""The free words of a section's facts, each with the reference of its entry."""

NOT_MADE = Paragraph(
    "This section could not be made, through a fault of the program. What it would tell is in the PCN file and is "
    "safe; it is not known here. The other sections were made without it."
)


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


def sections(
    heading: str, failed: Iterable[str], facts: F | None, make: Callable[[F], Iterable[Section]]
) -> tuple[Section, ...]:
    """What is made of a section's facts; that it could not be made, where they or it failed; nothing without facts."""
    if heading in failed:
        return (Section(heading, (NOT_MADE,)),)
    if facts is None:
        return ()
    try:
        return tuple(make(facts))
    except Exception as mistake:
        log.mistake(mistake)
        return (Section(heading, (NOT_MADE,)),)


def problems(heading: str, facts: F | None, check: Callable[[F], Iterable[Problem]]) -> tuple[Problem, ...]:
    """What is to be looked at in a section, or that it could not be looked through."""
    try:
        return () if facts is None else tuple(check(facts))
    except Exception as mistake:
        log.mistake(mistake)
        words = f"“{heading}” could not be looked through, through a fault of the program. Read it yourself."
        return (Problem(words, Weight.ACKNOWLEDGE),)


def not_made(document: Document) -> Iterator[Problem]:
    """Of each section of a paper that could not be made, that it is not in it."""
    for one in document.sections if isinstance(document, Report) else ():
        if NOT_MADE in one.blocks:
            yield Problem(
                f"“{one.heading}” could not be made, through a fault of the program, and the paper says so in its "
                "place. Diagnostics, in the Help menu, tell its makers more.",
                Weight.ACKNOWLEDGE,
            )
