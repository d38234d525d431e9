"""Integrators: who hosts, holds the money, holds the contract and answers for it, who takes part, and who does what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk import resources
from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Section, Table
from nhsdesk.domain import integrator_rules
from nhsdesk.domain.areas import Area
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.fields import Record
from nhsdesk.domain.integrators import (
    FunctionTransfer,
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    IntegratorStatus,
    IntegratorStep,
    SelectionCriterion,
)
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.leadership import Stakeholder
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import integrator_facts, restricted, written
from nhsdesk.sections.integrator_facts import (
    UNKNOWN,
    CriterionFacts,
    DoesFacts,
    Facts,
    FunctionFacts,
    HeldFacts,
    IntegratorFacts,
    PartnerFacts,
    StanceFacts,
    StepFacts,
    TransferFacts,
)
from nhsdesk.sections.restricted import WORDS as RESTRICTED
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

TITLE = "The integrator"
NOT_SAID = "not said"


# ---- gather


@dataclass(frozen=True, slots=True)
class _Held:
    bodies: Mapping[Id, Organisation]
    documents: Mapping[Id, SourceDocument]
    areas: Mapping[Id, str]
    hidden: Restricted
    day: date
    own_board: bool


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """What an audience may read, as at the day of the paper. An integrator that has ended is in no paper."""
    return _not_ended(as_at(reader, asked.day, audience))


def gather_whole(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The same with selection scores and stances: each section of them starts at our own board, whoever reads it."""
    return _not_ended(_told(reader, asked.day, restricted.gather(reader, audience), own_board=True))


def _not_ended(found: Facts) -> Facts:
    ended = IntegratorStatus.ENDED.words
    return replace(found, integrators=tuple(one for one in found.integrators if one.status != ended))


def as_at(reader: Reader, day: date, audience: Audience = Audience.OWN_BOARD) -> Facts:
    """What an audience may read as at a day. Selection scores are our own board's alone."""
    own = audience is Audience.OWN_BOARD
    return _told(reader, day, restricted.gather(reader, audience), own_board=own)


def _told(reader: Reader, day: date, kept_back: Restricted, *, own_board: bool) -> Facts:
    held = _Held(
        {one.id: one for one in reader.all(Organisation)},
        {one.id: one for one in reader.all(SourceDocument)},
        {one.id: written.short(one.name) for one in reader.all(Area)},
        kept_back,
        day,
        own_board,
    )
    every, moving = reader.all(Integrator), reader.all(FunctionTransfer)
    hidden = [one.ref for one in (*every, *moving) if held.hidden.hides(one.id)]
    return Facts(
        tuple(_integrator(reader, one, held) for one in every if not held.hidden.hides(one.id)),
        tuple(_transfer(one, held) for one in moving if not held.hidden.hides(one.id)),
        tuple(hidden),
        tuple(_deciding(reader, every, held)),
        tuple(
            _stance(one, held)
            for one in integrator_rules.joint_bid(reader.all(Stakeholder))
            if not held.hidden.hides(one.id)
        )
        if held.own_board
        else (),
    )


def _stance(one: Stakeholder, held: _Held) -> StanceFacts:
    who = _body(one.organisation, held)
    stance = one.stance.words if one.stance else UNKNOWN
    return StanceFacts(
        one.ref, str(one.id), who, stance, written.short(integrator_rules.bid_words(one, held.day))
    )


def _deciding(reader: Reader, every: tuple[Integrator, ...], held: _Held) -> Iterator[Problem]:
    if not every:
        return iter(())
    kinds = [cls for cls in RECORDS if any(one.name in integrator_rules.DECIDING for one in cls.KIND.fields)]
    kinds.append(Decision)
    records: list[Record] = [one for cls in kinds for one in reader.all(cls)]
    evidenced = frozenset(one.target for one in reader.all(Link, says=LinkKind.EVIDENCE))
    shown = [one for one in records if not held.hidden.hides(one.id)]
    return integrator_rules.deciders(shown, every, evidenced)


def _integrator(reader: Reader, one: Integrator, held: _Held) -> IntegratorFacts:
    partners = integrator_rules.partners_on(reader.all(IntegratorPartner, integrator=one.id), held.day)
    functions = reader.all(IntegratorFunction, integrator=one.id)
    criteria = reader.all(SelectionCriterion, integrator=one.id) if held.own_board else ()
    told = tuple(_partner(partner, held) for partner in partners)
    answers = tuple(_held(answer, held) for answer in integrator_rules.held(one))
    shown = tuple(_function(function, held) for function in functions)
    return IntegratorFacts(
        ref=one.ref,
        id=str(one.id),
        name=written.short(one.name),
        place=held.areas.get(one.place, UNKNOWN) if one.place is not None else UNKNOWN,
        status=one.status.words if one.status else UNKNOWN,
        hosting=one.hosting.words if one.hosting else UNKNOWN,
        in_service_of=written.short(one.in_service_of or UNKNOWN),
        approved_by=written.short(one.approved_by or UNKNOWN),
        held=answers,
        host_sector=_host_sector(one, held),
        steps=tuple(_step(step, held) for step in _in_order(reader.all(IntegratorStep, integrator=one.id))),
        partners=told,
        gp_provider=_gp_provider(partners, told, held),
        functions=shown,
        does=_does(answers, told, shown),
        criteria=tuple(
            CriterionFacts(
                it.ref, str(it.id), written.short(it.criterion), it.our_score, written.short(it.comment or "")
            )
            for it in criteria
            if not held.hidden.hides(it.id)
        ),
        problems=tuple(integrator_rules.problems(one, partners, functions, criteria)),
    )


def _body(id_: Id | None, held: _Held) -> str:
    found = held.bodies.get(id_) if id_ is not None else None
    return written.short(found.name) if found else UNKNOWN


def _held(answer: integrator_rules.Held, held: _Held) -> HeldFacts:
    where = written.where(held.documents, answer.document, answer.locator, held.hidden)
    return HeldFacts(answer.question, _body(answer.body, held), where, where != written.NOWHERE)


def _host_sector(one: Integrator, held: _Held) -> str:
    """What London's model says of hosts of that sector; empty while the host or its sector is unknown."""
    host = held.bodies.get(one.host) if one.host is not None else None
    if host is None or host.sector is None:
        return ""
    found = next((row for row in resources.eligible_hosts() if row.sector == host.sector.value), None)
    said = found.words if found else "not named; it may be one of “others with scale”"
    return f"{host.sector.words}: {said}"


def _in_order(steps: tuple[IntegratorStep, ...]) -> list[IntegratorStep]:
    return sorted(steps, key=lambda step: (step.original, step.id))


def _step(step: IntegratorStep, held: _Held) -> StepFacts:
    return StepFacts(
        step.ref,
        str(step.id),
        step.step.words,
        step.original,
        step.revised,
        step.done_on,
        integrator_rules.slip_words(step, held.day),
        RESTRICTED
        if held.hidden.hides(step.id)
        else written.where(held.documents, step.document, step.locator, held.hidden),
    )


def _partner(one: IntegratorPartner, held: _Held) -> PartnerFacts:
    organisation = held.bodies.get(one.organisation) if one.organisation is not None else None
    sector = integrator_rules.sector_of(one, organisation)
    named = organisation.name if organisation else one.named_as or (sector.words if sector else UNKNOWN)
    hidden = held.hidden.hides(one.id)
    return PartnerFacts(
        one.ref,
        str(one.id),
        RESTRICTED if hidden else written.short(named),
        sector.words if sector else UNKNOWN,
        "" if hidden else written.short(one.part or NOT_SAID),
        integrator_rules.only_a_sector(one),
        RESTRICTED if hidden else written.where(held.documents, one.document, one.locator, held.hidden),
    )


def _gp_provider(partners: tuple[IntegratorPartner, ...], told: tuple[PartnerFacts, ...], held: _Held) -> str:
    named, unnamed = [], []
    for one, facts in zip(partners, told, strict=True):
        organisation = held.bodies.get(one.organisation) if one.organisation is not None else None
        if organisation is None:
            unnamed.append(facts.name)
        else:
            named.append((facts.name, integrator_rules.sector_of(one, organisation)))
    return integrator_rules.gp_provider_words(named, unnamed)


def _function(one: IntegratorFunction, held: _Held) -> FunctionFacts:
    hidden = held.hidden.hides(one.id)
    return FunctionFacts(
        one.ref,
        str(one.id),
        RESTRICTED if hidden else written.short(one.name),
        _body(one.lead, held),
        one.status.words if one.status else UNKNOWN,
        (one.status.tone if one.status else Tone.GREY).value,
        "" if hidden else written.short(one.service_level or "none agreed"),
    )


def _does(
    answers: tuple[HeldFacts, ...], partners: tuple[PartnerFacts, ...], functions: tuple[FunctionFacts, ...]
) -> tuple[DoesFacts, ...]:
    """Who does what: a line for each partner, and for each other body that holds or leads something."""
    parts = {one.name: one.part for one in partners}
    others = [one.who for one in answers] + [one.lead for one in functions]
    names = dict.fromkeys([*parts, *(name for name in others if name != UNKNOWN)])
    found = []
    for name in names:
        holds = [_HOLDS[one.question] for one in answers if one.who == name]
        leads = [f"{one.name} ({one.status.lower()})" for one in functions if one.lead == name]
        found.append(
            DoesFacts(
                name, parts.get(name, "not a partner"), ", ".join(holds) or "nothing named", "; ".join(leads)
            )
        )
    return tuple(found)


_HOLDS = {
    "Who hosts it": "hosts",
    "Who holds the money": "holds the money",
    "Who holds the contract": "holds the contract",
    "Who answers for it": "answers for it",
}


def _transfer(one: FunctionTransfer, held: _Held) -> TransferFacts:
    return TransferFacts(
        one.ref,
        str(one.id),
        written.short(one.function),
        written.short(integrator_rules.transfer_words(one, held.day)),
        RESTRICTED
        if one.quotation and held.hidden.hides(one.document)
        else written.short(one.quotation or ""),
        written.where(held.documents, one.document, one.locator, held.hidden),
    )


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for one in facts.integrators:
        where = (*(held.where for held in one.held), *(step.where for step in one.steps))
        yield one.ref, "\n".join((one.name, one.in_service_of, one.approved_by, *where))
        for partner in one.partners:
            yield partner.ref, "\n".join((partner.name, partner.part, partner.where))
        for function in one.functions:
            yield function.ref, "\n".join((function.name, function.service_level))
        for criterion in one.criteria:
            yield criterion.ref, "\n".join((criterion.criterion, criterion.comment))
    for stance in facts.stances:
        yield stance.ref, "\n".join((stance.who, stance.next))
    for transfer in facts.transfers:
        yield transfer.ref, "\n".join((transfer.function, transfer.told, transfer.quotation, transfer.where))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is unknown, not evidenced or odd."""
    return (*(problem for one in facts.integrators for problem in one.problems), *facts.deciding)


# ---- on paper


def section(facts: Facts) -> Section:
    """For a board of the place: the four answers, the partners, the functions, and what moves."""
    blocks: list[Block] = []
    for one in facts.integrators:
        blocks.append(Paragraph(integrator_facts.in_short(one)))
        blocks.append(Bullets(tuple(integrator_facts.held_words(held) for held in one.held)))
        blocks += partner_blocks(one)
        blocks += function_blocks(one)
    if not facts.integrators and not facts.withheld:
        blocks.append(Paragraph("No integrator is recorded."))
    blocks += transfer_blocks(facts)
    return Section(TITLE, (*blocks, *restricted.withheld_items(facts.withheld)))


def partner_blocks(one: IntegratorFacts) -> Iterator[Block]:
    """The partners, with those named only as a sector, and whether a GP provider is named."""
    yield Paragraph(f"GP provider named as a partner? {one.gp_provider}.")
    if one.partners:
        columns = (Column("Ref"), Column("Partner"), Column("Sector"), Column("Part"))
        rows = tuple((x.ref, integrator_facts.partner_name(x), x.sector, x.part) for x in one.partners)
        yield Table(f"Partners of {one.ref}", columns, rows)


def function_blocks(one: IntegratorFacts) -> Iterator[Block]:
    """The functions with lead, status and service level."""
    if not one.functions:
        yield Paragraph("No functions are recorded.")
        return
    columns = (Column("Ref"), Column("Function"), Column("Lead"), Column("Status"), Column("Service level"))
    rows = tuple((x.ref, x.name, x.lead, x.status, x.service_level) for x in one.functions)
    yield Table(f"Functions of {one.ref}", columns, rows)


def does_block(one: IntegratorFacts) -> Iterator[Block]:
    """Who does what."""
    if one.does:
        columns = (Column("Who"), Column("Part"), Column("Holds"), Column("Leads"))
        rows = tuple((x.name, x.part, x.holds, x.leads or "nothing named") for x in one.does)
        yield Table(f"Who does what, {one.ref}", columns, rows)


def transfer_blocks(facts: Facts) -> Iterator[Block]:
    """What is said to move from one body to another."""
    if facts.transfers:
        columns = (Column("Ref"), Column("Function"), Column("What is known"), Column("Where it is written"))
        rows = tuple((x.ref, x.function, _quoted(x), x.where) for x in facts.transfers)
        yield Table("Functions that move", columns, rows)


def _quoted(one: TransferFacts) -> str:
    return f"{one.told} “{one.quotation}”" if one.quotation else one.told
