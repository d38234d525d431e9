"""Decisions as boards log them: exact words, authority, votes, the general practice seat, conflicts, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from nhsdesk.documents.model import Bullets, CellKind, Column, Paragraph, Section, Table
from nhsdesk.domain import decision_rules
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decision_rules import Known
from nhsdesk.domain.decisions import Decision, DecisionStatus
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record
from nhsdesk.domain.integrators import Integrator
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import meetings, restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Decisions"
R = TypeVar("R", bound=Record)
LATELY = timedelta(days=92)
"""How far back a board reads of decisions that ask for nothing any more: a quarter."""


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """One decision as at the day of a paper. Where nobody entered something, the words say so or are empty."""

    ref: str
    id: str
    decided_on: date | None
    body: str
    accountable: str
    meeting: str
    minute_ref: str
    delegation: str
    outside: str
    authority_not_known: str
    words: str
    options: str
    reason: str
    how: str
    dissent: str
    status: str
    practice_seat: str
    conflicts: str
    managed: str
    cost: Money | None
    finance: str
    procurement: str
    supplier: str
    adviser: str
    review_on: date | None
    supersedes: str
    superseded_by: str
    published: str
    commitment: str
    evidence: str
    to_ask: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Decisions that a reader may see, the newest first, the references withheld, and what is to be asked of them."""

    lines: tuple[DecisionFacts, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """All decisions up to the day of a paper; what is restricted only for our own board."""
    return log(reader, asked.day, audience)


def log(reader: Reader, day: date, audience: Audience) -> Facts:
    """All decisions up to a day; what is restricted only for our own board."""
    every = reader.all(Decision)
    found = [one for one in every if one.decided_on is None or one.decided_on <= day]
    hidden = restricted.gather(reader, audience)
    withheld = {one.id for one in found if hidden.hides(one.id, one.commitment, one.item)}
    shown = [one for one in found if one.id not in withheld]
    names = _Names(reader, shown, hidden)
    known = {one.id: _known(one, names, every, day) for one in shown}
    lines = [_line(one, known[one.id], names) for one in shown]
    lines.sort(key=lambda line: (line.decided_on or date.min, int(line.id)), reverse=True)
    problems = tuple(p for one in shown for p in decision_rules.problems(one, known[one.id]))
    return Facts(tuple(lines), tuple(one.ref for one in found if one.id in withheld), problems)


def one(reader: Reader, decision: Decision, day: date) -> DecisionFacts:
    """One decision as our own board reads it on a day."""
    names = _Names(reader, [decision], restricted.gather(reader, Audience.OWN_BOARD))
    return _line(decision, _known(decision, names, reader.all(Decision), day), names)


class _Names:
    """What decisions name, read once."""

    def __init__(self, reader: Reader, found: list[Decision], hidden: Restricted) -> None:
        self.evidence = _evidence(reader, found, hidden)
        self.meetings = reader.several(Meeting, (one.meeting for one in found if one.meeting is not None))
        self.quorums = {id_: meetings.quorum_of(reader, one) for id_, one in self.meetings.items()}
        self.items = reader.several(AgendaItem, (one.item for one in found if one.item is not None))
        boards = [one.board for one in self.meetings.values() if one.board is not None]
        self.bodies = reader.several(Body, [*boards, *(one.body for one in found if one.body is not None)])
        self.organisations = reader.several(
            Organisation,
            (one.accountable_body for one in self.bodies.values() if one.accountable_body is not None),
        )
        self.integrators = reader.several(
            Integrator, (one.decided_by_integrator for one in found if one.decided_by_integrator is not None)
        )
        self.documents = {
            id_: replace(one, title=restricted.WORDS) if hidden.hides(id_) else one
            for id_, one in reader.several(
                SourceDocument,
                (one.delegation_document for one in found if one.delegation_document is not None),
            ).items()
        }
        self.commitments = {
            id_: replace(one, title=restricted.WORDS) if hidden.hides(id_) else one
            for id_, one in reader.several(
                Commitment, (one.commitment for one in found if one.commitment is not None)
            ).items()
        }

    def meeting(self, decision: Decision) -> Meeting | None:
        return _of(self.meetings, decision.meeting)

    def quorate(self, decision: Decision) -> bool | None:
        """Whether its meeting was quorate for its item; None where that is not known."""
        held = self.quorums.get(decision.meeting) if decision.meeting is not None else None
        item = _of(self.items, decision.item)
        return held.quorate_for(item.number if item else None) if held is not None else None

    def body(self, decision: Decision) -> Body | None:
        """The body named, or else the one whose meeting it was."""
        meeting = self.meeting(decision)
        return _of(self.bodies, decision.body) or _of(self.bodies, meeting.board if meeting else None)


def _evidence(reader: Reader, found: list[Decision], hidden: Restricted) -> dict[Id, list[str]]:
    """What is linked with a decision as evidence, and what proves its commitment; without what is withheld."""
    links = {(one.source, one.target) for one in reader.all(Link, says=LinkKind.EVIDENCE)}
    told: dict[Id, list[str]] = {}
    for one in reader.all(Evidence):
        if hidden.hides(one.id, *one.proves):
            continue
        for decision in found:
            linked = (one.id, decision.id) in links or (decision.id, one.id) in links
            if linked or decision.commitment in one.proves:
                told.setdefault(decision.id, []).append(f"{one.ref} {one.what}")
    return told


def _of(held: Mapping[Id, R], id_: Id | None) -> R | None:
    return held.get(id_) if id_ is not None else None


def _known(one: Decision, names: _Names, every: tuple[Decision, ...], day: date) -> Known:
    chain, goes_round = decision_rules.before(one, every)
    after = decision_rules.superseding(every).get(one.id)
    body, meeting = names.body(one), names.meeting(one)
    accountable = _of(names.organisations, body.accountable_body if body else None)
    integrator = _of(names.integrators, one.decided_by_integrator)
    return Known(
        today=day,
        body=body,
        quorate=names.quorate(one),
        called=meeting.body if meeting else "",
        accountable=accountable.name if accountable else "",
        integrator=integrator.name if integrator else "",
        chain=chain,
        goes_round=goes_round,
        superseded_by=after.ref if after else "",
    )


_SEAT = {True: "Present", False: "Not present", None: "Not known"}


def _line(one: Decision, known: Known, names: _Names) -> DecisionFacts:
    meeting, document = names.meeting(one), _of(names.documents, one.delegation_document)
    commitment = _of(names.commitments, one.commitment)
    written = f"{document.title}, {one.delegation_locator or 'page not given'}" if document else ""
    stands = decision_rules.stands(one, known)
    return DecisionFacts(
        ref=one.ref,
        id=str(one.id),
        decided_on=one.decided_on,
        body=known.integrator or (known.body.name if known.body else known.called) or "not known",
        accountable=known.accountable or "not known",
        meeting=meeting.title_words() if meeting else "",
        minute_ref=one.minute_ref or "",
        delegation="; ".join(filter(None, (one.delegation or _of_body(known), written))),
        outside=decision_rules.outside_authority(one, known),
        authority_not_known=decision_rules.authority_not_known(one, known),
        words=one.words,
        options=one.options or "",
        reason=one.reason or "",
        how=decision_rules.vote_words(one),
        dissent=one.dissent or "",
        status=stands.words if stands is not None else "Not known",
        practice_seat=_SEAT[one.practice_seat_present],
        conflicts=one.conflicts or "",
        managed=one.managed or "",
        cost=one.cost,
        finance=one.finance or "",
        procurement=one.procurement.words if one.procurement else "",
        supplier=one.supplier or "",
        adviser=one.adviser or "",
        review_on=one.review_on,
        supersedes=", ".join(before.ref for before in known.chain),
        superseded_by=known.superseded_by,
        published="not known" if one.published is None else "Yes" if one.published else "No",
        commitment=f"{commitment.ref} {commitment.title}" if commitment else "",
        evidence="; ".join(names.evidence.get(one.id, ())),
        to_ask=tuple(
            found.sentence.removeprefix(f"{one.ref}: ") for found in decision_rules.problems(one, known)
        ),
        waits=stands in decision_rules.WAITS,
    )


def _of_body(known: Known) -> str:
    """The delegation that its body has for all it decides."""
    return known.body.delegation or "" if known.body is not None else ""


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each, to be looked through for names."""
    for one in facts.lines:
        words = (one.words, one.options, one.reason, one.dissent, one.conflicts, one.managed, one.finance)
        yield (
            one.ref,
            "\n".join((*words, one.commitment, one.evidence, one.supplier, one.adviser, one.delegation)),
        )


def check(facts: Facts) -> tuple[Problem, ...]:
    """What would mislead a board; what is only missing is told in the log."""
    return tuple(one for one in facts.problems if one.weight is not Weight.NOTE)


def count_words(facts: Facts) -> str:
    """How many there are, and how many wait or are outside authority."""
    number, waits = len(facts.lines), sum(line.waits for line in facts.lines)
    outside = sum(bool(line.outside) for line in facts.lines)
    told = "1 decision" if number == 1 else f"{number} decisions"
    unknown = sum(bool(line.authority_not_known) for line in facts.lines)
    return (
        f"{told}; {waits} not yet made or to be ratified; {outside} outside delegated authority; "
        f"of {unknown} the authority is not known"
    )


# ---- as a board reads them


_COLUMNS = (
    Column("Ref"),
    Column("Decided", CellKind.DAY),
    Column("Decision"),
    Column("How"),
    Column("GP seat"),
    Column("Status"),
)


def lately(facts: Facts, day: date) -> tuple[DecisionFacts, ...]:
    """Those of the last quarter, and older ones that still ask for something."""
    asks = (DecisionStatus.SUPERSEDED.words,)
    return tuple(
        line
        for line in facts.lines
        if line.decided_on is None
        or line.decided_on > day - LATELY
        or (line.status not in asks and (line.waits or line.outside))
    )


def _by_body(lines: tuple[DecisionFacts, ...]) -> list[tuple[str, list[DecisionFacts]]]:
    """Decisions of each body, with who answers for its money; the body that decided last comes first."""
    held: dict[str, list[DecisionFacts]] = {}
    for line in lines:
        held.setdefault(f"{line.body}. Accountable: {line.accountable}", []).append(line)
    return list(held.items())


def _table(body: str, lines: list[DecisionFacts]) -> Table:
    rows = tuple(
        (one.ref, one.decided_on, one.words, one.how, one.practice_seat, one.status) for one in lines
    )
    return Table(f"Decisions of {body}", _COLUMNS, rows, caption=body)


def section(facts: Facts, day: date) -> Section:
    """Decisions of the last quarter with who answers for the money, then what is to be asked of them."""
    shown = lately(facts, day)
    if not shown and not facts.withheld:
        none = "No decision of the last quarter has been recorded, and none waits."
        return Section(TITLE, (Paragraph(none if facts.lines else "No decision has been recorded."),))
    since = f"Decisions since {day_words(day - LATELY)}, and older ones that still wait. "
    words = (
        f"{since}Accountable is the body that answers for the money; it is not known where nobody entered it."
    )
    table = tuple(_table(body, lines) for body, lines in _by_body(shown))
    outside = tuple(f"{line.ref}: {line.outside}" for line in shown if line.outside)
    unknown = tuple(line.ref for line in shown if line.authority_not_known)
    missing = (Paragraph(f"Under which authority these were decided is not entered: {', '.join(unknown)}."),)
    flagged = (
        (Paragraph("Outside delegated authority, as far as is entered:"), Bullets(outside)) if outside else ()
    )
    asks = (*flagged, *(missing if unknown else ()))
    return Section(TITLE, (Paragraph(words), *table, *asks, *withheld_items(facts.withheld)))
