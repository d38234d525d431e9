"""What the record itself says under the headings of a cover sheet: from its agenda item and what is linked with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from nhsdesk.domain import risks, seats
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.contracts import Agreement, Contract
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.fields import Record
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link
from nhsdesk.domain.meetings import AgendaItem, InterestDeclared, Meeting
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import Plan
from nhsdesk.domain.questions import Question
from nhsdesk.domain.risks import Risk
from nhsdesk.papers import Asked
from nhsdesk.sections import meetings
from nhsdesk.sections.enclosures import MeetingPapers
from nhsdesk.sections.meetings import MeetingView
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Around:
    """Everything that hangs together with a paper and that its readers may see."""

    item: AgendaItem | None
    meeting: MeetingView | None
    papers: MeetingPapers | None
    body: Body | None
    decisions: tuple[Decision, ...]
    earlier: tuple[tuple[Meeting, tuple[Decision, ...]], ...]
    """Meetings at which the item stood before, with what they decided on it."""
    declared: tuple[InterestDeclared, ...]
    commitments: tuple[Commitment, ...]
    risks: tuple[Risk, ...]
    actions: tuple[Action, ...]
    funds: tuple[Fund, ...]
    plans: tuple[Plan, ...]
    contracts: tuple[Contract, ...]
    agreements: tuple[Agreement, ...]
    questions: tuple[Question, ...]


class _Linked:
    """What is linked with an entry by a link of any kind, either way round, and may be seen."""

    def __init__(self, reader: Reader, hidden: Restricted) -> None:
        self._reader, self._hidden = reader, hidden
        self._links: dict[Id, list[Id]] = {}
        for link in reader.all(Link):
            self._links.setdefault(link.source, []).append(link.target)
            self._links.setdefault(link.target, []).append(link.source)

    def with_any(self, ids: Iterable[Id]) -> list[Id]:
        return list(dict.fromkeys(one for id_ in ids for one in self._links.get(id_, ())))

    def seen(self, cls: type[R], ids: Iterable[Id]) -> tuple[R, ...]:
        found = self._reader.several(cls, ids).values()
        return tuple(sorted((one for one in found if not self._hidden.hides(one.id)), key=lambda one: one.id))


def around(
    reader: Reader,
    sheet: CoverSheet | None,
    item: AgendaItem | None,
    seen: MeetingView | None,
    papers: MeetingPapers | None,
    hidden: Restricted,
) -> Around:
    """All of it, read once: what names the item, what is linked with it, and what is linked with that."""
    linked = _Linked(reader, hidden)
    own = [one.id for one in (sheet, item) if one is not None]
    near = linked.with_any(own)
    named = reader.all(Decision, item=item.id) if item is not None else ()
    decisions = linked.seen(Decision, [*(one.id for one in named), *near])
    wanted = [one.commitment for one in decisions if one.commitment is not None]
    commitments = linked.seen(Commitment, [*wanted, *near])
    further = [*near, *linked.with_any([one.id for one in (*decisions, *commitments)])]
    set_ = reader.all(Action, item=item.id) if item is not None else ()
    declared = reader.all(InterestDeclared, item=item.id) if item is not None else ()
    return Around(
        item=item,
        meeting=seen,
        papers=papers,
        body=(seen.body if seen is not None else None) or reader.find(Body, sheet.body if sheet else None),
        decisions=decisions,
        earlier=tuple(_earlier(reader, item, linked)),
        declared=tuple(
            one for one in declared if not hidden.hides(one.id) and not hidden.hides(one.interest)
        ),
        commitments=commitments,
        risks=linked.seen(Risk, further),
        actions=linked.seen(Action, [*(one.id for one in set_), *near]),
        funds=linked.seen(Fund, further),
        plans=linked.seen(Plan, further),
        contracts=linked.seen(Contract, further),
        agreements=linked.seen(Agreement, further),
        questions=linked.seen(Question, further),
    )


def _earlier(
    reader: Reader, item: AgendaItem | None, linked: _Linked
) -> Iterator[tuple[Meeting, tuple[Decision, ...]]]:
    known: set[Id] = set()
    while item is not None and item.carried_from is not None and item.carried_from not in known:
        known.add(item.carried_from)
        item = reader.find(AgendaItem, item.carried_from)
        if item is not None and linked.seen(AgendaItem, [item.id]):
            decided = linked.seen(Decision, [one.id for one in reader.all(Decision, item=item.id)])
            yield reader.get(Meeting, item.meeting), decided


def under(name: str, held: Around, asked: Asked, hidden: Restricted) -> tuple[str, ...]:
    """What the record says under a heading, by the name of its field; nothing where it says nothing."""
    told: dict[str, Callable[[], Iterable[str]]] = {
        "recommendations": lambda: _lines([held.item.ask if held.item else ""]),
        "considered_by": lambda: _considered(held),
        "conflicts": lambda: _conflicts(held, hidden),
        "objectives": lambda: map(_objective, held.commitments),
        "risks": lambda: (_risk(one) for one in held.risks if risks.open_on(one, asked.day)),
        "finance": lambda: _finance(held),
        "legal": lambda: _legal(held),
        "engagement": lambda: (
            f"Question from the public {one.ref}: {one.question}" for one in held.questions
        ),
        "data_protection": lambda: _data_protection(held),
        "appendices": lambda: _appendices(held),
    }
    return tuple(told[name]()) if name in told else ()


def _lines(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(one for one in words if one)


def _considered(held: Around) -> Iterator[str]:
    for meeting, decided in held.earlier:
        words = "; ".join(f"{one.ref} {one.words}" for one in decided)
        yield f"{meeting.title_words()}{f': {words}' if words else ''}"


def _conflicts(held: Around, hidden: Restricted) -> Iterator[str]:
    seen = held.meeting
    interests = {one.id: one for one in seen.to_ask} if seen is not None else {}
    for one in held.declared:
        of = interests.get(one.interest) if one.interest is not None else None
        holder = one.who or (of.holder if of else None)
        who = seen.name(holder, "Somebody not named") if seen is not None else "Somebody not named"
        what = one.what or (of.what if of else "an interest")
        yield f"{who}: {what}. {one.managed or 'It is not entered how it was managed'}"
    for decision in held.decisions:
        if decision.conflicts:
            managed = decision.managed or "it is not entered how they were managed"
            yield f"{decision.ref}: {decision.conflicts}; {managed}"
    if seen is not None and seen.to_ask and not held.declared:
        shown = [one for one in seen.to_ask if not hidden.hides(one.id)]
        yield from (f"To be asked of: {seen.name(one.holder)}, {one.what}" for one in shown)


def _objective(one: Commitment) -> str:
    due = one.revised_due or one.due
    return f"{one.ref} {one.title}{f', by {day_words(due)}' if due else ''}"


def _risk(one: Risk) -> str:
    score = risks.product(one.likelihood, one.consequence)
    told = f"score {score}, {risks.band_of(score).value}" if score is not None else "not yet scored"
    return f"{one.ref} {risks.whole(one)}: {told}"


def _finance(held: Around) -> Iterator[str]:
    for decision in held.decisions:
        cost = f"{decision.ref} costs {decision.cost}" if decision.cost is not None else ""
        paid = f"paid from {decision.finance}" if decision.finance else ""
        yield from _lines([", ".join(filter(None, (cost, paid)))])
    for fund in held.funds:
        value = f", {fund.value}" if fund.value is not None else ""
        until = f", to be spent by {day_words(fund.ends)}" if fund.ends else ""
        yield f"{fund.ref} {fund.name}{value}{until}"
    for plan in held.plans:
        if plan.cost is not None:
            funded = (
                f", {plan.funded} of it funded" if plan.funded is not None else ", nothing known as funded"
            )
            yield f"{plan.ref} {plan.title} costs {plan.cost}{funded}"
    for commitment in held.commitments:
        if commitment.funding is not None:
            sure = commitment.funding_certainty
            yield f"{commitment.ref} is funded with {commitment.funding}{f' ({sure.value})' if sure else ''}"


def _legal(held: Around) -> Iterator[str]:
    if held.body is not None and held.body.may_decide:
        yield seats.may_decide(held.body)
    for decision in held.decisions:
        if decision.delegation:
            yield f"{decision.ref}: delegation used, {decision.delegation}"
        if decision.procurement is not None:
            yield f"{decision.ref}: procurement route, {decision.procurement.value}"
    for contract in held.contracts:
        yield f"{contract.ref} {contract.title or contract.kind.words}"
    for agreement in held.agreements:
        until = f", until {day_words(agreement.expires)}" if agreement.expires else ""
        yield f"{agreement.ref} {agreement.title}{until}"


def _data_protection(held: Around) -> Iterator[str]:
    for one in held.agreements:
        if one.dpia:
            yield f"{one.ref} {one.title}: impact assessment, {one.dpia}"


def _appendices(held: Around) -> Iterator[str]:
    if held.papers is None or held.item is None:
        return
    for letter, file in held.papers.of(held.item.id):
        says = f", {file.says}" if file.says else ""
        yield f"Enclosure {letter}: {held.papers.name(file)}{says if file.id not in held.papers.withheld else ''}"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One entry the paper rests on, and how it stands."""

    ref: str
    id: str
    what: str
    stands: str


def facts(held: Around) -> tuple[FactLine, ...]:
    """The entries a paper rests on, for the table behind its words."""
    return tuple(FactLine(one.ref, str(one.id), what, stands) for one, what, stands in _facts(held))


def _facts(held: Around) -> Iterator[tuple[Record, str, str]]:
    for decision in held.decisions:
        when = day_words(decision.decided_on) if decision.decided_on else "not dated"
        yield decision, decision.words, f"{decision.status.words if decision.status else 'Decision'}, {when}"
    for commitment in held.commitments:
        yield commitment, commitment.title, commitment.status.words if commitment.status else "No status"
    for risk in held.risks:
        score = risks.product(risk.likelihood, risk.consequence)
        yield risk, risk.event, risks.band_of(score).words
    for action in held.actions:
        due = action.revised_due or action.due
        closed = f"Closed {day_words(action.closed_on)}" if action.closed_on else ""
        yield action, action.what, closed or (f"Due {day_words(due)}" if due else "No date")
    for plan in held.plans:
        yield plan, plan.title, plan.status.words
    for fund in held.funds:
        yield fund, fund.name, str(fund.value) if fund.value is not None else "No value entered"


def meeting_of(reader: Reader, item: AgendaItem | None, asked: Asked) -> MeetingView | None:
    """The meeting at which an item stands."""
    meeting = None if item is None else reader.find(Meeting, item.meeting)
    return None if meeting is None else meetings.view(reader, meeting, asked.day)
