"""Where our practices lie on a day: each tier with its local definition, who owns it and its date, on one page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Section, Table
from nhsdesk.domain import geography, neighbourhood_shares
from nhsdesk.domain.areas import Area, AreaMembership, NeighbourhoodShare, NetworkMembership, Tier
from nhsdesk.domain.geography import Chain, Geography
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.neighbourhood_shares import percent
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import apart, restricted
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

MEANT = {
    Tier.REGION.value: "NHS England’s region",
    Tier.SYSTEM.value: "the area of one integrated care board (ICB)",
    Tier.PLACE.value: "often a borough or county district; council and NHS plan together here",
    Tier.NEIGHBOURHOOD.value: "people who live near each other, served by one or more PCNs",
    "neighbourhood team": "those who work in it",
    "PCN": "practices of one agreement",
    "practice": "where a patient is registered",
}
"""What each tier is in general. What it is here stands beside its name, with who says so."""


def read(reader: Reader) -> Geography:
    """All that a file says of where practices lie."""
    return Geography.of(
        reader.all(Area),
        [one for one in reader.all(Organisation) if one.sector is Sector.PCN or one.ours],
        reader.all(Practice),
        reader.all(AreaMembership),
        reader.all(NetworkMembership),
        reader.all(NeighbourhoodTeam),
    )


def ours(reader: Reader, held: Geography, on: date) -> tuple[Practice, ...]:
    """The practices of our PCN on a day, by name."""
    own = {one.id for one in reader.all(Organisation, ours=True)}
    found = []
    for practice in held.practices:
        network = held.network_of(practice, on, []) if geography.valid(practice, on) else None
        if network is not None and network.id in own:
            found.append(practice)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def own_neighbourhoods(reader: Reader, held: Geography, on: date) -> frozenset[Id]:
    """The neighbourhoods our PCN belongs to on a day; none where nobody has said."""
    networks = reader.all(Organisation, ours=True)
    return frozenset(
        area.id for network in networks for area in held.above(network, on, []).get(Tier.NEIGHBOURHOOD, ())
    )


@dataclass(frozen=True, slots=True)
class TierFacts:
    """One area, team or PCN above our practices."""

    tier: str
    ref: str
    name: str
    code: str
    definition: str
    owner: str
    defined_on: date | None


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """One practice: its PCN, and in which neighbourhoods its patients live."""

    ref: str
    name: str
    network: str
    lives: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The tiers from the largest to the smallest, the practices, and what is not known or does not fit."""

    day: date
    tiers: tuple[TierFacts, ...]
    practices: tuple[PracticeFacts, ...]
    told: tuple[str, ...]
    withheld: tuple[str, ...] = ()


_Above = tuple[tuple[TierFacts, ...], tuple[str, ...]]
TIERS, PRACTICES = "From region to PCN", "Practices, and the neighbourhoods their patients live in"
NOT_KNOWN = "What is not known or does not fit"


def gather(reader: Reader, asked: Asked, audience: Audience, each: apart.Read) -> Facts:
    """What stands above our practices on the day of the paper: tiers, practices, and what is not known, each apart."""
    day, held = asked.day, cache(lambda: read(reader))
    chains = cache(lambda: [held().chain(one, day) for one in ours(reader, held(), day)])
    tiers, withheld = each.of(TIERS, lambda: _above(reader, held(), day, audience), _texts) or ((), ())
    return Facts(
        day,
        tiers,
        each.of(PRACTICES, lambda: _practices_of(reader, chains(), held(), day)) or (),
        each.of(NOT_KNOWN, lambda: _told(reader, held(), chains(), day)) or (),
        withheld,
    )


def _above(reader: Reader, held: Geography, on: date, audience: Audience) -> _Above:
    hidden = restricted.gather(reader, audience)
    withheld = tuple(area.ref for area in held.areas.values() if hidden.hides(area.id))
    return _tiers(reader, held, on, hidden), withheld


def _practices_of(
    reader: Reader, chains: list[Chain], held: Geography, on: date
) -> tuple[PracticeFacts, ...]:
    shares = neighbourhood_shares.newest(reader.all(NeighbourhoodShare), on)
    return tuple(_practice(chain, shares.get(chain.practice.id, ()), held) for chain in chains)


def _told(reader: Reader, held: Geography, chains: list[Chain], on: date) -> tuple[str, ...]:
    told = [words for chain in chains for words in chain.told]
    for network in reader.all(Organisation, ours=True):
        above = held.above(network, on, told)
        lacking = [tier.value for tier in Tier if not above.get(tier)]
        if above and lacking:
            told.append(f"Above {network.name} no {' and no '.join(lacking)} is written down.")
    return tuple(dict.fromkeys(told))


def _tiers(reader: Reader, held: Geography, on: date, hidden: Restricted) -> tuple[TierFacts, ...]:
    rows: list[TierFacts] = []
    networks = reader.all(Organisation, ours=True)
    above: dict[Tier, dict[Id, Area]] = {tier: {} for tier in Tier}
    for network in networks:
        for tier, areas in held.above(network, on, []).items():
            above[tier].update({one.id: one for one in areas if not hidden.hides(one.id)})
    for tier in reversed(tuple(Tier)):
        rows += [_area(one) for one in above[tier].values()]
    for area in above[Tier.NEIGHBOURHOOD].values():
        rows += [
            TierFacts("neighbourhood team", one.ref, one.name, "", f"{one.status.value}", "", None)
            for one in held.teams_of(area)
            if not hidden.hides(one.id)
        ]
    rows += [TierFacts("PCN", one.ref, one.name, one.ods_code or "", "", "", None) for one in networks]
    return tuple(rows)


def _area(one: Area) -> TierFacts:
    return TierFacts(
        one.tier.value,
        one.ref,
        one.name,
        one.code or "",
        one.definition or "",
        one.defined_by or "",
        one.defined_on,
    )


def _practice(chain: Chain, shares: tuple[NeighbourhoodShare, ...], held: Geography) -> PracticeFacts:
    network = chain.network.name if chain.network is not None else ""
    lives = lives_words(shares, held)
    if not lives:
        lives = ", ".join(one.name for one in chain.at(Tier.NEIGHBOURHOOD))
        lives = f"{lives} (of its PCN; shares not counted)" if lives else ""
    return PracticeFacts(chain.practice.ref, chain.practice.name, network, lives)


def lives_words(shares: tuple[NeighbourhoodShare, ...], held: Geography) -> str:
    """Where a practice's patients live: "Millbrook 71%, Canal Side 29%"; empty where nobody has counted."""
    ordered = sorted(shares, key=lambda one: (-one.share, one.id))
    names = {one.id: one.name for one in held.areas.values()}
    return ", ".join(f"{names.get(one.neighbourhood, 'not listed')} {percent(one.share)}" for one in ordered)


def check(facts: Facts, failed: Collection[str] = ()) -> tuple[Problem, ...]:
    """What is missing, and definitions that nobody owns; `failed` are the parts that could not be read."""
    found = [Problem(words, Weight.ACKNOWLEDGE, "area") for words in facts.told]
    for one in facts.tiers:
        if one.tier in {tier.value for tier in Tier} and not (one.definition and one.owner):
            lacks = "what is meant by it here" if not one.definition else "who defined it"
            found.append(
                Problem(f"{one.ref} {one.name} ({one.tier}): it is not said {lacks}.", Weight.NOTE, "area")
            )
    if not facts.practices and PRACTICES not in failed:
        found.append(Problem("Our PCN has no practice on that day.", Weight.ACKNOWLEDGE, "practice"))
    return tuple(found)


def _texts(above: _Above) -> Iterator[tuple[str, str]]:
    """Free words with the reference they stand with."""
    for one in above[0]:
        yield one.ref, "\n".join((one.name, one.definition, one.owner))


def tiers(facts: Facts) -> Iterator[Section]:
    """The tiers from the largest to the smallest."""
    yield Section(TIERS, _tier_blocks(facts))


def practices(facts: Facts) -> Iterator[Section]:
    """The practices, by where their patients live."""
    yield _practices(facts)


def not_known(facts: Facts) -> Iterator[Section]:
    """What is not known, where anything is not."""
    if facts.told:
        yield Section(NOT_KNOWN, (Bullets(facts.told),))


def _tier_blocks(facts: Facts) -> tuple[Block, ...]:
    columns = (Column("Area and tier"), Column("What is meant here"), Column("Who says so, and when"))
    rows = tuple((_named(one), _meant(one), _owner(one)) for one in facts.tiers)
    if not rows:
        return (Paragraph("No area is written down yet, and no PCN is chosen."),)
    return (Table("Tiers", columns, rows), *restricted.withheld_items(facts.withheld))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _named(one: TierFacts) -> str:
    code = f", {one.code}" if one.code else ""
    return f"{one.name} ({one.tier}{code})"


def _meant(one: TierFacts) -> str:
    general = _capital(MEANT[one.tier])
    if one.tier == "neighbourhood team":
        return f"{general}; {one.definition}"
    if one.definition:
        return one.definition
    return general if one.tier == "PCN" else f"Not defined here. In general: {MEANT[one.tier]}"


def _owner(one: TierFacts) -> str:
    if one.tier in ("PCN", "neighbourhood team"):
        return "Its members"
    if not one.owner:
        return "Nobody has said"
    return f"{one.owner}, {day_words(one.defined_on) if one.defined_on else 'no date'}"


def _practices(facts: Facts) -> Section:
    """Practices whose patients all live in one neighbourhood stand together; of the others each has a line."""
    if not facts.practices:
        return Section("Practices", (Paragraph("No practice is listed on that day."),))
    alike: dict[str, list[str]] = {}
    for one in facts.practices:
        alike.setdefault(one.lives or "Not known where their patients live", []).append(one.name)
    lines = "\n".join(f"{lives}: {', '.join(names)}." for lives, names in alike.items())
    return Section(PRACTICES, (Paragraph(lines),))
