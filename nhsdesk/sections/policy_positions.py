"""What national bodies have said: each position with its day and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Block, Paragraph, Quotation, Section
from nhsdesk.domain import policy
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.policy import PolicyPosition
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import long_lists, restricted
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store.reading import Reader

TITLE = "What national bodies have said"


@dataclass(frozen=True, slots=True)
class PositionFacts:
    """One position of one body, in our words and in its own."""

    ref: str
    id: str
    body: str
    position: str
    quotation: str
    taken_on: date | None
    where: str
    written: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Positions by body, each body's newest first, and the references withheld."""

    lines: tuple[PositionFacts, ...]
    withheld: tuple[str, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Positions taken by the day of the paper; one that rests on a restricted document is withheld with it."""
    found = reader.all(PolicyPosition)
    hidden = restricted.gather(reader, audience)
    withheld = {one.id for one in found if hidden.hides(one.id) or hidden.hides(one.document)}
    shown = [one for one in found if one.id not in withheld]
    documents = reader.several(SourceDocument, (one.document for one in shown if one.document is not None))
    lines = [
        _line(one, body, documents.get(one.document) if one.document is not None else None)
        for body, theirs in policy.by_body(shown, asked.day).items()
        for one in theirs
    ]
    return Facts(tuple(lines), tuple(one.ref for one in found if one.id in withheld))


def _line(one: PolicyPosition, body: str, document: SourceDocument | None) -> PositionFacts:
    where = "not yet known where this is written"
    if document is not None:
        where = f"{document.title_words()}, {one.locator or 'page not given'}"
    return PositionFacts(
        ref=one.ref,
        id=str(one.id),
        body=body,
        position=one.position,
        quotation=one.quotation or "",
        taken_on=one.taken_on,
        where=where,
        written=document is not None,
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """A position with no document behind it is hearsay to a board."""
    return tuple(
        Problem(
            f"{line.ref}: it is not yet known where {line.body} says so.",
            Weight.ACKNOWLEDGE,
            "policy_position",
            int(line.id),
            "document",
        )
        for line in facts.lines
        if not line.written
    )


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for line in facts.lines:
        yield line.ref, "\n".join((line.body, line.position, line.quotation, line.where))


def section(facts: Facts, rest: str = long_lists.IN_FILE) -> Section:
    """Body by body, with the day, our words, theirs, and where they stand; `rest` says where all are of a long list."""
    if not facts.lines and not facts.withheld:
        return Section(TITLE, (Paragraph("No position of any body has been recorded."),))
    blocks: list[Block] = []
    for line in facts.lines[: long_lists.MOST]:
        when = f"on {day_words(line.taken_on)}" if line.taken_on else "on a day not yet known"
        source = f"{line.ref}: {line.where}."
        if line.quotation:
            blocks.append(Paragraph(f"{line.body}, {when}: {line.position}"))
            blocks.append(Quotation(line.quotation, source))
        else:
            blocks.append(Paragraph(f"{line.body}, {when}: {line.position} ({source})"))
    if len(facts.lines) > long_lists.MOST:
        blocks.append(long_lists.told(len(facts.lines), rest))
    opening = Paragraph(
        "What others have said is their view. It is neither a contract duty nor an ask of this PCN."
    )
    return long_lists.cut_lists(Section(TITLE, (opening, *blocks, *withheld_items(facts.withheld))), rest)
