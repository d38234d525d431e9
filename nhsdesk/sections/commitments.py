"""Commitments as a paper shows them: what binds and what is only asked, each with where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import (
    Block,
    Bullets,
    CellKind,
    Column,
    Figure,
    Paragraph,
    Quotation,
    Section,
    Table,
)
from nhsdesk.domain import commitment_rules, commitments
from nhsdesk.domain.commitments import Commitment, CommitmentKind, Result, Status
from nhsdesk.domain.held import Held
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.links import Link
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.unfunded import a_month, cost_a_month, is_without_money, unfunded_week, unfunded_words
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import commitment_views as held_views
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

NO_HOURS = Hours()
UNSHOWN = ", with no evidence in date"
"""Stands behind "met" where nothing shows it."""


WRITTEN = "Where each commitment is written"


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
    kind: str = ""
    basis: str = ""
    strength: str = ""
    work_class: str = ""
    applies_to: str = ""
    times_revised: int = 0
    outcome: str = ""
    purpose: str = ""
    money: Money | None = None
    certainty: str = ""
    unfunded: Hours | None = None
    contract: str = ""
    """What was found in our contract, at which clause, on which day; empty where nobody has looked."""
    not_in_contract: bool = False
    """Looked for, not found, and the look still counts."""
    over: bool = False
    without_money: bool = False
    """An assurance for which no money is agreed."""
    links: tuple[str, ...] = ()
    """What it says of other entries: "is not the same as C-004"."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All commitments a reader may see, how many are withheld, and what is wrong with them."""

    lines: tuple[CommitmentFacts, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]
    unfunded: Hours = NO_HOURS
    hour_cost: int = 0
    """Pounds; 0 where it is not settled."""
    unfunded_refs: tuple[str, ...] = ()
    """Those whose hours make up the unfunded ones."""


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


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """What binds first, then by date; what is restricted, or linked to what is, only for our own board."""
    held = held_views.gather(reader, asked.day, asked.rules)
    hidden = restricted.gather(reader, audience)
    shown = [one for one in held.commitments if not _withheld(one, hidden)]
    links = _links(reader, hidden)
    ordered = sorted(shown, key=lambda one: (_RANK[one.kind], commitments.due_now(one) or date.max, one.id))
    return Facts(
        tuple(_line(one, held, hidden, links) for one in ordered),
        tuple(one.ref for one in held.commitments if _withheld(one, hidden)),
        tuple(found for one in ordered for found in commitment_rules.problems(one, held.known(one))),
        unfunded_week(shown),
        asked.rules.whole("commitments.hour_cost"),
        tuple(one.ref for one in ordered if one.unfunded_hours and not commitments.is_over(one)),
    )


def _withheld(one: Commitment, hidden: Restricted) -> bool:
    """What was read from a restricted document is as restricted as the document."""
    return hidden.hides(one.id, one.document)


def _links(reader: Reader, hidden: Restricted) -> dict[int, tuple[str, ...]]:
    """What each entry says of others, with what is withheld left out."""
    found: dict[int, tuple[str, ...]] = {}
    for link in reader.all(Link):
        target = None if hidden.hides(link.target) else reader.any_of(link.target)
        if target is not None:
            words = f"{link.says.value} {target.ref}"
            found[link.source] = (*found.get(link.source, ()), words)
    return found


def _line(
    one: Commitment, held: Held, hidden: Restricted, links: dict[int, tuple[str, ...]]
) -> CommitmentFacts:
    document, known = held.document(one), held.known(one)
    title = document.title_words() if document else None
    owner = held.people.get(one.owner) if one.owner is not None else None
    binds = commitment_rules.binds(one, known)
    unshown = "" if known.proved else UNSHOWN
    return CommitmentFacts(
        ref=one.ref,
        id=str(one.id),
        what=one.title,
        owed_to=one.owed_to or "not yet known",
        due=one.due,
        revised_due=one.revised_due,
        binds=binds,
        required=binds.startswith(commitments.REQUIRED),
        asked_only=binds.endswith("not required"),
        owner=owner.role_title if owner else "nobody yet",
        status=_words(one.status) + (unshown if one.status is Status.MET else ""),
        result=_result(one, unshown),
        where=restricted.WORDS if hidden.hides(one.document) else commitments.written(one, title),
        quotation=one.quotation or "",
        paraphrase=one.paraphrase or "",
        confidence=_words(one.confidence),
        unfunded_hours=str(one.unfunded_hours) if one.unfunded_hours else "",
        kind=_words(one.kind),
        basis=_words(one.basis),
        strength=_words(one.strength),
        work_class=_words(one.work_class),
        applies_to=one.applies_to or "",
        times_revised=one.times_revised or 0,
        outcome=one.outcome_wanted or "",
        purpose=one.purpose or (one.serves.words if one.serves else ""),
        money=one.funding,
        certainty=_words(one.funding_certainty),
        unfunded=one.unfunded_hours,
        contract=commitment_rules.contract_words(one, known),
        not_in_contract=commitment_rules.is_not_in_contract(one)
        and not commitment_rules.why_look_again(one, known),
        over=commitments.is_over(one),
        without_money=is_without_money(one) and not commitments.is_over(one),
        links=links.get(one.id, ()),
    )


def _words(value: Choice | None) -> str:
    return value.words if value is not None else "Not yet known"


def _result(one: Commitment, unshown: str) -> str:
    """What came of it, and why: "Declined: no money"."""
    if one.came_to is None:
        return (one.result or "") + (unshown if one.result and one.status is Status.MET else "")
    words = one.came_to.words + (unshown if one.came_to is Result.MET else "")
    return f"{words}: {one.result}" if one.result else words


def texts(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The free words of each commitment with its reference, to be looked through before a paper goes out."""
    return tuple((line.ref, "\n".join(_free_words(line))) for line in facts.lines)


def _free_words(line: CommitmentFacts) -> tuple[str, ...]:
    return (
        line.what,
        line.quotation,
        line.paraphrase,
        line.result,
        line.owed_to,
        line.owner,
        line.where,
        line.applies_to,
        line.outcome,
        line.purpose,
        line.contract,
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
    opening = Paragraph(f"{count_words(facts)} listed, what binds first, then by date.")
    where = Paragraph(f"“{WRITTEN}” gives the document and page of each under its reference.", needs=WRITTEN)
    table = (Table("Commitments", _COLUMNS, rows),) if rows else ()
    blocks = (*table, *withheld_items(facts.withheld), *_money_blocks(facts), *_contract_blocks(facts))
    return Section("Commitments", (opening, where, *blocks), figures=_figures(facts))


_SEEN = "those that the readers of this paper may see"


def counted(facts: Facts) -> tuple[Figure, ...]:
    """How many commitments there are, how many bind, and how many are only asked, as the opening says it."""
    if not facts.lines:
        return ()
    required = tuple(line.ref for line in facts.lines if line.required)
    asked = tuple(line.ref for line in facts.lines if line.asked_only)
    binding = f"{_SEEN}, of the kind contract duty, resting on a contract or a law that is found to bind"
    return (
        _all_of(facts),
        Figure(
            required_words(facts).rstrip("."), f"{len(required)}", "Commitments required", binding, required
        ),
        Figure(
            asked_words(facts).rstrip("."),
            f"{len(asked)}",
            "Commitments that do not bind",
            f"{_SEEN}, asked of us or waiting for a decision",
            asked,
        ),
    )


def _all_of(facts: Facts) -> Figure:
    number = len(facts.lines)
    words = count_words(facts).rsplit(" ", 1)[0]
    return Figure(words, f"{number}", "Commitments", _SEEN, tuple(line.ref for line in facts.lines))


def _figures(facts: Facts) -> tuple[Figure, ...]:
    if not facts.lines:
        return ()
    found = [_all_of(facts)]
    if facts.unfunded:
        what, by = "Unfunded hours", f"{_SEEN}, not at an end, with unfunded hours a week"
        found += [
            Figure(
                f"{facts.unfunded} hours a week", f"{facts.unfunded} a week", what, by, facts.unfunded_refs
            ),
            Figure(
                f"{a_month(facts.unfunded)} hours a month",
                f"{a_month(facts.unfunded)} a month",
                what,
                f"{by}, times 52, a twelfth",
                facts.unfunded_refs,
            ),
        ]
    if facts.unfunded and facts.hour_cost:
        cost = cost_a_month(facts.unfunded, facts.hour_cost)
        by = f"unfunded hours a month at £{facts.hour_cost:,} an hour, our local rule"
        found.append(
            Figure(f"{cost} a month", str(cost), "What unfunded hours cost", by, facts.unfunded_refs)
        )
    return tuple(found)


def _money_blocks(facts: Facts) -> tuple[Block, ...]:
    """What takes time without money, and what was promised without it."""
    assured = tuple(f"{line.ref}: {line.what}. {line.where}." for line in facts.lines if line.without_money)
    told: list[Block] = []
    if facts.lines:
        told.append(Paragraph(unfunded_words(facts.unfunded, facts.hour_cost)))
    if assured:
        told += [Paragraph("Promised to general practice, with no money agreed:"), Bullets(assured)]
    return tuple(told)


def _contract_blocks(facts: Facts) -> tuple[Block, ...]:
    absent = tuple(f"{line.ref}: {line.contract}." for line in facts.lines if line.not_in_contract)
    return (Paragraph("Looked for in our contract and not found:"), Bullets(absent)) if absent else ()


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
    return Section(WRITTEN, tuple(blocks) or (Paragraph("Nothing is listed."),))
