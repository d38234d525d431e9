"""The words of the field: what each means, when it was used, what came before and after, and our own among them.

`glossary_lookup` finds them in a text and tells of them; `glossary_links` says how a succession is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    day,
    long_text,
    record,
    text,
)
from nhsdesk.domain.glossary_links import Link, Span, exactly, links_of, one_line
from nhsdesk.domain.periods import day_words


@record(
    title="Glossary term",
    plural="Glossary",
    prefix="GL",
    columns=("term", "meaning", "used_from", "used_to", "successor"),
)
class GlossaryTerm(Record):
    """A term of our own, or what we say of one that came with the program."""

    term: str = text("Term")
    expansion: str | None = text("In full", default=None)
    meaning: str = long_text("Meaning")
    used_from: date | None = day("Used from", default=None, lean=Lean.LAST)
    used_to: date | None = day("Used to", default=None, lean=Lean.LAST)
    predecessor: str | None = text("Came after", default=None)
    successor: str | None = text("Became", default=None)
    warning: str | None = text("Beware", default=None, help="Where the same word means something else.")
    source: str | None = text("Source", default=None)


class Found(Enum):
    """How a term is looked for in a text: "INT" is not "int", and "place" is mostly no term at all."""

    EXACT = "exact"
    ANY_CASE = "any"
    NEVER = "never"


class Sureness(Enum):
    """How far what is said of a term was checked."""

    STATED = "stated in an article"
    READ = "read on a public page"
    COMMENTARY = "read in commentary only"
    PARTLY = "partly from general knowledge"
    NOT_CHECKED = "not checked"
    OURS = "said by this PCN"

    @property
    def remark(self) -> str:
        """What a reader is to be told; nothing where a source said all of it."""
        remarks = {
            Sureness.COMMENTARY: "Read in commentary only, not in the document itself.",
            Sureness.PARTLY: "Partly from general knowledge, not checked against a source.",
            Sureness.NOT_CHECKED: "From general knowledge, not checked against a source.",
        }
        return remarks.get(self, "")


class State(Enum):
    """How a term stood on a day."""

    NOT_YET = "not yet in use"
    IN_USE = "in use"
    OVER = "no longer in use"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or abbreviation in one sense. `name` tells two senses apart; `written` is how it stands in texts."""

    name: str
    meaning: str
    written: tuple[str, ...] = ()
    expansion: str = ""
    used_from: Span | None = None
    used_to: Span | None = None
    used: str = ""
    came_after: tuple[Link, ...] = ()
    became: tuple[Link, ...] = ()
    beware: str = ""
    found: Found = Found.ANY_CASE
    sureness: Sureness = Sureness.OURS
    source: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """How it is written in a text."""
        return self.written or (self.name,)

    @property
    def in_short(self) -> str:
        """Its line in a list: "PCN: primary care network. Group of practices under the network contract."."""
        return (
            f"{self.forms[0]}: {self.expansion}. {self.meaning}"
            if self.expansion
            else f"{self.name}: {self.meaning}"
        )


def with_own(shipped: Sequence[Term], own: Iterable[GlossaryTerm]) -> tuple[Term, ...]:
    """The shipped terms with those of this file: one of the same name takes its place but for what it leaves open."""
    terms, replaced = {key_of(term.name): term for term in shipped}, set[str]()
    added: list[Term] = []
    for said in own:
        name = key_of(said.term)
        alike = [key for key, term in terms.items() if name in map(key_of, term.forms)]
        key = name if name in terms else alike[0] if len(alike) == 1 else ""
        if key:
            added.append(_over(terms[key], said, alone=key not in replaced))
            replaced.add(key)
        elif name:
            added.append(_own(said))
    return (*(term for key, term in terms.items() if key not in replaced), *added)


def _own(said: GlossaryTerm) -> Term:
    name = one_line(said.term)
    short = sum(letter.isupper() or letter.isdigit() for letter in name) > 1 and " " not in name
    return _over(Term(name, "", found=Found.EXACT if short else Found.ANY_CASE), said, alone=True)


def _over(term: Term, said: GlossaryTerm, *, alone: bool) -> Term:
    dated = said.used_from is not None or said.used_to is not None
    if dated or not alone:
        used = " ".join(
            f"{word} {day_words(when)}"
            for word, when in (("from", said.used_from), ("to", said.used_to))
            if when
        )
        term = replace(term, used_from=exactly(said.used_from), used_to=exactly(said.used_to), used=used)
    return replace(
        term,
        meaning=_sentence(said.meaning),
        expansion=one_line(said.expansion or "").rstrip(".") or term.expansion,
        came_after=links_of(said.predecessor or "") or term.came_after,
        became=links_of(said.successor or "") or term.became,
        beware=_sentence(said.warning or "") or term.beware,
        sureness=Sureness.OURS,
        source=one_line(said.source or ""),
    )


def _sentence(words: str) -> str:
    line = one_line(words)
    return line if not line or line.endswith((".", "!", "?")) else f"{line}."


def key_of(words: str) -> str:
    """A word as it is compared with another."""
    return one_line(words).casefold()
