"""Which of the core services are at which hub, the ways in to each, what is missing, and whether the hub can be had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import (
    LONGEST_HEADING,
    Block,
    Bullets,
    Column,
    Figure,
    Grid,
    Paragraph,
    Section,
    Shade,
    Square,
    Table,
)
from nhsdesk.domain import coverage
from nhsdesk.domain.areas import Area
from nhsdesk.domain.coverage import Cell
from nhsdesk.domain.hubs import CoreService, Coverage, Hub, HubService, HubStatus
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import apart, restricted
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Hubs and their services"
NOBODY = "no lead named"


@dataclass(frozen=True, slots=True)
class HubSeen:
    """One hub with its ten services, what it lacks, and its neighbourhood, as pages and papers read it."""

    hub: Hub
    cells: tuple[Cell, ...]
    gaps: tuple[coverage.Gap, ...]
    neighbourhood: Area | None
    team: NeighbourhoodTeam | None


@dataclass(frozen=True, slots=True)
class Seen:
    """All hubs, and the names of organisations that lead services."""

    hubs: tuple[HubSeen, ...]
    names: dict[Id, str]


def read(reader: Reader, rules: Rules) -> Seen:
    """Every hub with its services, by name."""
    hubs = sorted(reader.all(Hub), key=lambda one: (one.name.casefold(), one.id))
    services: dict[Id, list[HubService]] = {}
    for one in reader.all(HubService):
        services.setdefault(one.hub, []).append(one)
    areas = {one.id: one for one in reader.all(Area)}
    teams = {one.id: one for one in reader.all(NeighbourhoodTeam)}
    names = {one.id: one.name for one in reader.all(Organisation)}
    return Seen(tuple(_hub(one, services.get(one.id, []), areas, teams, rules) for one in hubs), names)


def _hub(
    hub: Hub,
    services: list[HubService],
    areas: dict[Id, Area],
    teams: dict[Id, NeighbourhoodTeam],
    rules: Rules,
) -> HubSeen:
    team = teams.get(hub.team) if hub.team is not None else None
    named = hub.neighbourhood or (team.neighbourhood if team is not None else None)
    area = areas.get(named) if named is not None else None
    wanted = coverage.wanted(rules, area.ref if area is not None else "")
    cells = tuple(row[0] for row in coverage.matrix((hub,), services) if row[0].service in wanted)
    return HubSeen(hub, cells, coverage.gaps(hub, cells, wanted), area, team)


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One core service at one hub."""

    service: str
    status: str
    lead: str
    digital: str
    telephone: str
    in_person: str
    expected: date | None
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class HubFacts:
    """One hub as a reader may see it."""

    ref: str
    name: str
    type: str
    status: str
    neighbourhood: str
    channels: tuple[str, ...]
    feasibility: tuple[str, ...]
    assurance: str
    assured_where: str
    lapsed: bool
    counts: str
    services: tuple[ServiceFacts, ...]
    gaps: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The hubs, and those withheld."""

    hubs: tuple[HubFacts, ...]
    withheld: tuple[str, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Every hub an audience may see."""
    hidden = restricted.gather(reader, audience)
    seen = read(reader, asked.rules)
    documents = {one.id: one.title for one in reader.all(SourceDocument) if not hidden.hides(one.id)}
    return Facts(
        tuple(
            _facts(one, seen.names, documents, asked.day)
            for one in seen.hubs
            if not hidden.hides(one.hub.id, one.hub.team)
        ),
        tuple(one.hub.ref for one in seen.hubs if hidden.hides(one.hub.id, one.hub.team)),
    )


def _facts(one: HubSeen, names: dict[Id, str], documents: dict[Id, str], on: date) -> HubFacts:
    hub = one.hub
    where = documents.get(hub.assurance_document, "") if hub.assurance_document is not None else ""
    return HubFacts(
        hub.ref,
        hub.name,
        hub.type.value if hub.type is not None else "",
        hub.status.value,
        one.neighbourhood.name if one.neighbourhood is not None else "",
        tuple(
            f"{words.capitalize()}: {coverage.plain_words(getattr(hub, name))}"
            for name, words in coverage.CHANNELS.items()
        ),
        coverage.feasibility_words(hub),
        coverage.assurance_words(hub, on),
        f"{where}, {hub.assurance_locator}" if where and hub.assurance_locator else where,
        coverage.lapsed(hub, on),
        coverage.count_words(one.cells),
        tuple(_service(cell, names) for cell in one.cells),
        tuple(gap_words(gap) for gap in one.gaps),
        coverage.problems(hub, one.cells, on),
    )


def _service(cell: Cell, names: dict[Id, str]) -> ServiceFacts:
    held = cell.held
    lead = names.get(held.lead, "") if held is not None and held.lead is not None else ""
    return ServiceFacts(
        cell.service.value,
        coverage.plain_words(cell.status),
        lead,
        coverage.plain_words(cell.channel("digital")),
        coverage.plain_words(cell.channel("telephone")),
        coverage.plain_words(cell.channel("in_person")),
        held.expected if held is not None else None,
        held.checked_on if held is not None else None,
    )


def gap_words(gap: coverage.Gap) -> str:
    """What is missing, in a line."""
    if gap.service is None:
        return f"The hub itself, {gap.words}"
    named = gap.service.value
    return f"{named[:1].upper()}{named[1:]}: {gap.words}"


def check(facts: Facts) -> tuple[Problem, ...]:
    """Assurances that lapsed, hubs that cannot be had, and that there is no hub."""
    if not facts.hubs:
        return (Problem("No hub is written down.", Weight.ACKNOWLEDGE, "hub"),)
    return tuple(problem for one in facts.hubs for problem in one.problems)


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Free words with the reference they stand with."""
    for one in facts.hubs:
        words = [one.name, *one.feasibility, one.assurance, one.assured_where]
        yield one.ref, "\n".join([*words, *(service.lead for service in one.services)])


def section(facts: Facts) -> Section:
    """Each hub: how many services, what is missing, what was assured, whether it can be had."""
    blocks: list[Block] = [*grids(facts.hubs)]
    for one in facts.hubs:
        blocks += _blocks(one)
    blocks += withheld_items(facts.withheld)
    figures = tuple(_figure(one) for one in facts.hubs)
    return Section(TITLE, tuple(blocks) or (Paragraph("No hub is written down."),), figures=figures)


def _figure(one: HubFacts) -> Figure:
    """How many services of a hub there are."""
    by = "its core services, each by where it stands on the day"
    return Figure(f"Services: {one.counts}", one.counts, f"Services of {one.ref}", by, (one.ref,))


_MOST_BESIDE = 6
"""Hubs that fit beside each other on a page."""

_SHADES = {
    Coverage.LIVE.value: Shade.DARK,
    Coverage.PLANNED.value: Shade.MIDDLE,
    Coverage.GAP.value: Shade.PALE,
}
NOT_ASKED = "not asked"


def grids(hubs: tuple[HubFacts, ...]) -> Iterator[Grid]:
    """Which service is at which hub, a few hubs at a time; a service that a hub is not to have is not asked of it."""
    listed = {one.service for hub in hubs for one in hub.services}
    services = tuple(one.value for one in CoreService if one.value in listed)
    for begin in range(0, len(hubs) if services else 0, _MOST_BESIDE):
        beside = hubs[begin : begin + _MOST_BESIDE]
        held = [{one.service: one.status for one in hub.services} for hub in beside]
        yield Grid(
            name=f"Services_by_hub_{begin // _MOST_BESIDE + 1}",
            title="Services by hub",
            corner="Service",
            columns=tuple(f"{hub.ref} {hub.name}"[:LONGEST_HEADING] for hub in beside),
            rows=tuple(f"{service[:1].upper()}{service[1:]}" for service in services),
            squares=tuple(tuple(_square(of_hub.get(service)) for of_hub in held) for service in services),
            says=" ".join(f"{hub.ref} {hub.name}: {hub.counts}." for hub in beside),
        )


def _square(status: str | None) -> Square:
    return Square(NOT_ASKED) if status is None else Square(status, _SHADES.get(status, Shade.NONE))


def _blocks(one: HubFacts) -> list[Block]:
    sort = one.type or "it is not said what sort of hub it is"
    where = f", {one.neighbourhood}" if one.neighbourhood else ""
    lines = [f"Services: {one.counts}.", *(f"{words}." for words in one.feasibility)]
    if one.assurance:
        source = f" ({one.assured_where})" if one.assured_where else " (it is not said where)"
        lines.append(f"Assured: {one.assurance}{source}.")
    blocks: list[Block] = [
        Paragraph(f"{one.ref} {one.name}{where}: {one.status}; {sort}."),
        Bullets(tuple(lines)),
    ]
    if one.gaps:
        blocks.append(Paragraph("What is missing:"))
        blocks.append(Bullets(tuple(f"{words}." for words in one.gaps)))
    return blocks


# ---- for the public

WHAT_IS_WHERE = "What is where"


@dataclass(frozen=True, slots=True)
class PublicService:
    """One service as a patient reads it."""

    what: str
    when: str
    how: str


@dataclass(frozen=True, slots=True)
class PublicHub:
    """One hub as a patient reads it."""

    ref: str
    name: str
    open: bool
    intro: str
    here: tuple[PublicService, ...]
    later: tuple[PublicService, ...]
    building: str


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """The hubs that are planned or open, in patients' words."""

    hubs: tuple[PublicHub | NotRead, ...]


def gather_public(reader: Reader, asked: Asked, each: apart.Read) -> PublicFacts:
    """What the public may read, hub by hub: no restricted entry, no lead, no capital, nothing that is only an idea."""
    hidden = restricted.gather(reader, Audience.PUBLIC)
    shown = [
        one
        for one in read(reader, asked.rules).hubs
        if one.hub.status in (HubStatus.PLANNED, HubStatus.LIVE)
        and not hidden.hides(one.hub.id, one.hub.team)
    ]

    def told(one: HubSeen) -> PublicHub | NotRead:
        return each.one_of(one.hub.name, lambda: _public(one, hidden), _public_texts)

    return PublicFacts(tuple(map(told, shown)))


def _public(one: HubSeen, hidden: Restricted) -> PublicHub:
    hub = one.hub
    told = [
        cell
        for cell in one.cells
        if cell.service is not CoreService.PUBLIC_HEALTH
        and not (cell.held is not None and hidden.hides(cell.held.id))
    ]
    here = [cell for cell in told if cell.status is Coverage.LIVE]
    later = [cell for cell in told if cell.status is Coverage.PLANNED]
    return PublicHub(
        hub.ref,
        hub.name,
        hub.status is HubStatus.LIVE,
        hub.for_patients or "",
        tuple(_public_service(cell) for cell in here),
        tuple(_public_service(cell) for cell in later),
        hub.estate or "" if hub.estate_agreed else "",
    )


def _public_service(cell: Cell) -> PublicService:
    own = cell.held.for_patients if cell.held is not None else None
    return PublicService(
        own or coverage.service_for_patients(cell.service),
        coverage.when_for_patients(cell),
        coverage.ways_for_patients(cell),
    )


def _public_texts(one: PublicHub) -> Iterator[tuple[str, str]]:
    words = [one.name, one.intro, one.building]
    yield one.ref, "\n".join([*words, *(held.what for held in (*one.here, *one.later))])


def public_sections(facts: PublicFacts) -> tuple[Section, ...]:
    """A section for each hub, which can be read alone."""
    if not facts.hubs:
        words = (
            "No shared place for services is planned or open yet. Go on using your GP practice as you do now."
        )
        return (Section(WHAT_IS_WHERE, (Paragraph(words),)),)
    return tuple(apart.each(facts.hubs, lambda one: one.name, lambda one: (_public_section(one),)))


def _public_section(one: PublicHub) -> Section:
    stands = "It is open." if one.open else "It is planned. It is not open yet."
    if one.here and not one.open:
        stands = "It is planned. The place is not open yet, but some of its services can be reached already."
    blocks: list[Block] = [Paragraph(f"{stands} {one.intro}".strip())]
    if one.building:
        blocks.append(Paragraph(f"Where: {one.building}"))
    elif not one.open:
        blocks.append(Paragraph("Where it will be is not settled."))
    if one.here:
        rows = tuple((held.what, held.how) for held in one.here)
        blocks.append(
            Table(f"Now at {one.ref}", (Column("What you can get now"), Column("How to reach it")), rows)
        )
    else:
        blocks.append(Paragraph("None of its services is there yet."))
    if one.later:
        rows = tuple((held.what, held.when) for held in one.later)
        blocks.append(Table(f"Later at {one.ref}", (Column("What is planned"), Column("When")), rows))
    words = "Go on using your GP practice as you do now. If you do not know where to go, ask there or ring NHS 111."
    blocks.append(Paragraph(f"{words} In an emergency ring 999."))
    return Section(one.name, tuple(blocks))
