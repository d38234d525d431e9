"""Commitments as a paper shows them: what binds and what is only asked, each with where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Block, CellKind, Column, Paragraph, Quotation, Section, Table
from nhsdesk.domain import commitments
from nhsdesk.domain.commitments import Commitment, CommitmentKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """One commitment, with what a reader needs to judge it."""

    ref: str
    id: str
    what: str
    owed_to: str
    due: date | None
    revised_due: date | None
    binds: str
    required: bool
    asked_only: bool
    owner: str
    status: str
    result: str
    where: str
    quotation: str
    paraphrase: str
    confidence: str
    unfunded_hours: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All commitments a reader may see, how many are withheld, and what is wrong with them."""

    lines: tuple[CommitmentFacts, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]


_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            CommitmentKind.DUTY,
            CommitmentKind.AGREEMENT,
            CommitmentKind.DECISION,
            CommitmentKind.ASK,
            None,
            CommitmentKind.ASSURANCE,
            CommitmentKind.INTERNAL,
            CommitmentKind.DEFINITION,
        )
    )
}


def gather(reader: Reader, audience: Audience) -> Facts:
    """What binds first, then by date; what is restricted, or linked to what is, only for our own board."""
    found = reader.all(Commitment)
    hidden = restricted.gather(reader, audience)
    shown = [one for one in found if not hidden.hides(one.id)]
    documents = reader.several(SourceDocument, (one.document for one in shown if one.document is not None))
    owners = reader.several(Person, (one.owner for one in shown if one.owner is not None))
    ordered = sorted(shown, key=lambda one: (_RANK[one.kind], one.revised_due or one.due or date.max, one.id))
    lines = tuple(_line(one, documents, owners, hidden) for one in ordered)
    problems = tuple(problem for one in ordered for problem in commitments.problems(one))
    return Facts(lines, tuple(one.ref for one in found if hidden.hides(one.id)), problems)


def _line(
    one: Commitment, documents: dict[Id, SourceDocument], owners: dict[Id, Person], hidden: Restricted
) -> CommitmentFacts:
    document = documents.get(one.document) if one.document is not None else None
    title = document.title_words() if document else None
    owner = owners.get(one.owner) if one.owner is not None else None
    return CommitmentFacts(
        ref=one.ref,
        id=str(one.id),
        what=one.title,
        owed_to=one.owed_to or "not yet known",
        due=one.due,
        revised_due=one.revised_due,
        binds=commitments.binds(one),
        required=commitments.binds(one).startswith(commitments.REQUIRED),
        asked_only=one.kind in (CommitmentKind.ASK, CommitmentKind.DECISION),
        owner=owner.role_title if owner else "nobody yet",
        status=one.status.words if one.status else "Not yet known",
        result=one.result or "",
        where=restricted.WORDS if hidden.hides(one.document) else commitments.written(one, title),
        quotation=one.quotation or "",
        paraphrase=one.paraphrase or "",
        confidence=one.confidence.words if one.confidence else "Not yet known",
        unfunded_hours=str(one.unfunded_hours) if one.unfunded_hours else "",
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """What a reader would be misled by."""
    return facts.problems


def count_words(facts: Facts) -> str:
    """How many commitments there are."""
    return "1 commitment is" if len(facts.lines) == 1 else f"{len(facts.lines) or 'No'} commitments are"


def required_words(facts: Facts) -> str:
    """How many bind by contract or law."""
    required = sum(line.required for line in facts.lines)
    return f"{required or 'None'} of them {'is' if required < 2 else 'are'} required by a contract or a law."


def asked_words(facts: Facts) -> str:
    """How many do not bind."""
    asked = sum(line.asked_only for line in facts.lines)
    if not asked:
        return "None of them is only asked of general practice or awaits a decision."
    verbs = (
        "is asked of general practice or awaits" if asked == 1 else "are asked of general practice or await"
    )
    return f"{asked} of them {verbs} a decision, and {'is' if asked == 1 else 'are'} not required."


_COLUMNS = (
    Column("Ref"),
    Column("What"),
    Column("Whether it binds"),
    Column("Who wants it"),
    Column("By when", CellKind.DAY),
    Column("Where it stands"),
)


def section(facts: Facts) -> Section:
    """A table of what there is, then where each is written."""
    if not facts.lines and not facts.withheld:
        return Section("Commitments", (Paragraph("No commitment has been recorded."),))
    rows = tuple(
        (
            line.ref,
            line.what,
            line.binds,
            line.owed_to,
            line.revised_due or line.due,
            line.result or line.status,
        )
        for line in facts.lines
    )
    opening = f"{count_words(facts)} listed, what binds first, then by date."
    table = (Table("Commitments", _COLUMNS, rows),) if rows else ()
    return Section("Commitments", (Paragraph(opening), *table, *withheld_items(facts.withheld)))


def sources_section(facts: Facts) -> Section:
    """Where each commitment is written: document, page, words, and how sure the reader is."""
    blocks: list[Block] = []
    for line in facts.lines:
        sure = f"How sure: {line.confidence.lower()}."
        if line.quotation:
            blocks.append(Quotation(line.quotation, f"{line.ref}: {line.where}. {sure}"))
        elif line.paraphrase:
            blocks.append(Paragraph(f"{line.ref}: {line.where}. In our words: {line.paraphrase}. {sure}"))
        else:
            blocks.append(Paragraph(f"{line.ref}: {line.where}. {sure}"))
    return Section("Where each commitment is written", tuple(blocks) or (Paragraph("Nothing is listed."),))
