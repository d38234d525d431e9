"""Where a practice lies on a day: its PCN, its neighbourhood, place, system and region, and what is not known of it.

Everything is dated. What has ended is followed to its successor; a ring of successors or of areas that lie in each
other, and a step that is missing, are told in words and stop nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from nhsdesk.domain.areas import Area, AreaMembership, NetworkMembership, Tier
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamStatus

TIERS = tuple(Tier)
_RANK = {tier: n for n, tier in enumerate(TIERS)}
_DEEPEST = 20
"""How many areas may stand below each other in the tree; there are four tiers."""

P = TypeVar("P", Area, Organisation)
N = TypeVar("N", Organisation, Practice)


class Dated(Protocol):
    """Anything that holds from one day to another."""

    @property
    def valid_from(self) -> date | None:
        """Its first day."""

    @property
    def valid_to(self) -> date | None:
        """Its last day."""


def valid(one: Dated, on: date) -> bool:
    """Whether it holds on a day; the last day counts. A day that is not given is no limit."""
    return (one.valid_from is None or one.valid_from <= on) and (one.valid_to is None or on <= one.valid_to)


@dataclass(frozen=True, slots=True)
class Chain:
    """A practice and all above it on a day, with what stood in the way in words."""

    practice: Practice
    network: Organisation | None
    areas: Mapping[Tier, tuple[Area, ...]]
    told: tuple[str, ...]

    def at(self, tier: Tier) -> tuple[Area, ...]:
        """The areas of a tier; none where it is not known."""
        return self.areas.get(tier, ())


@dataclass(frozen=True, slots=True)
class Geography:
    """Everything that says where a practice lies, looked up by id."""

    areas: Mapping[Id, Area]
    networks: Mapping[Id, Organisation]
    practices: tuple[Practice, ...]
    of_network: Mapping[Id, tuple[AreaMembership, ...]]
    of_practice: Mapping[Id, tuple[NetworkMembership, ...]]
    teams: Mapping[Id, tuple[NeighbourhoodTeam, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        areas: Iterable[Area],
        networks: Iterable[Organisation],
        practices: Iterable[Practice],
        area_memberships: Iterable[AreaMembership] = (),
        network_memberships: Iterable[NetworkMembership] = (),
        teams: Iterable[NeighbourhoodTeam] = (),
    ) -> Geography:
        """All of it, from lists as a file holds them."""
        of_network: dict[Id, tuple[AreaMembership, ...]] = {}
        for member in area_memberships:
            of_network[member.network] = (*of_network.get(member.network, ()), member)
        of_practice: dict[Id, tuple[NetworkMembership, ...]] = {}
        for joined in network_memberships:
            of_practice[joined.practice] = (*of_practice.get(joined.practice, ()), joined)
        in_area: dict[Id, tuple[NeighbourhoodTeam, ...]] = {}
        for team in teams:
            if team.neighbourhood is not None:
                in_area[team.neighbourhood] = (*in_area.get(team.neighbourhood, ()), team)
        return cls(
            {one.id: one for one in areas},
            {one.id: one for one in networks},
            tuple(practices),
            of_network,
            of_practice,
            in_area,
        )

    def chain(self, practice: Practice, on: date) -> Chain:
        """Everything above a practice on a day."""
        told: list[str] = []
        if not valid(practice, on):
            told.append(f"{practice.name} was not open on {day_words(on)}.")
        network = self.network_of(practice, on, told)
        areas = self.above(network, on, told) if network is not None else {}
        return Chain(practice, network, areas, tuple(dict.fromkeys(told)))

    def network_of(self, practice: Practice, on: date, told: list[str]) -> Organisation | None:
        """The PCN of a practice on a day; without any membership of its own, the PCN on its own page counts."""
        joined = self.of_practice.get(practice.id, ())
        if not joined:
            named = practice.network
        else:
            then = sorted(
                (one for one in joined if valid(one, on)),
                key=lambda one: (one.valid_from or date.min, one.id),
            )
            named = then[-1].network if then else None
            if len({one.network for one in then}) > 1:
                told.append(
                    f"{practice.name} stands in {len({one.network for one in then})} PCNs on {day_words(on)}; the one "
                    "it joined last counts."
                )
        if named is None:
            told.append(f"{practice.name} belongs to no PCN on {day_words(on)}.")
            return None
        return _followed(self.networks, named, on, told)

    def above(self, network: Organisation, on: date, told: list[str]) -> dict[Tier, tuple[Area, ...]]:
        """The areas a PCN lies in on a day, by tier; several of one tier where it lies in several."""
        members = [one for one in self.of_network.get(network.id, ()) if valid(one, on)]
        if not members:
            told.append(f"It is not said in which area {network.name} lies on {day_words(on)}.")
        found: dict[Tier, dict[Id, Area]] = {}
        for member in members:
            for area in self.climb(member.within, on, told):
                found.setdefault(area.tier, {})[area.id] = area
        return {
            tier: tuple(sorted(held.values(), key=lambda one: (one.name.casefold(), one.id)))
            for tier, held in sorted(found.items(), key=lambda pair: _RANK[pair[0]])
        }

    def climb(self, start: Id, on: date, told: list[str]) -> tuple[Area, ...]:
        """An area and all it lies in on a day, the smallest first; a ring is left where it closes, and told."""
        climbed: dict[Id, Area] = {}
        below: Area | None = None
        at: Id | None = start
        while at is not None:
            area = _followed(self.areas, at, on, told)
            if area is None:
                break
            if area.id in climbed:
                names = _listed([one.name for one in climbed.values()])
                told.append(f"These areas lie in each other: {names}. Say of one of them in which it lies.")
                break
            if below is not None and _RANK[area.tier] <= _RANK[below.tier]:
                told.append(
                    f"{below.name} ({below.tier.value}) lies in {area.name} ({area.tier.value}), which is not a larger "
                    "tier."
                )
            climbed[area.id] = below = area
            at = area.within
        return tuple(climbed.values())

    def gaps(self, chain: Chain) -> tuple[Tier, ...]:
        """The tiers of which nothing is known above a practice that has a PCN."""
        return tuple(tier for tier in TIERS if not chain.at(tier)) if chain.network is not None else ()

    def teams_of(self, area: Area) -> tuple[NeighbourhoodTeam, ...]:
        """The neighbourhood teams of an area that have not ended."""
        return tuple(one for one in self.teams.get(area.id, ()) if one.status is not TeamStatus.ENDED)


def _followed(held: Mapping[Id, P], id_: Id, on: date, told: list[str]) -> P | None:
    """What took the place of something by a day; the thing itself while it holds. Told where nothing did."""
    seen: dict[Id, P] = {}
    last: P | None = None
    at: Id | None = id_
    while at is not None:
        one = held.get(at)
        if one is None:
            told.append("What was named is no longer in the file.")
            return None
        if one.id in seen:
            names = _listed([before.name for before in seen.values()])
            told.append(
                f"{names}: each names another as its successor, in a ring. Say which of them took over."
            )
            return None
        if one.valid_from is not None and on < one.valid_from and not seen:
            told.append(f"{one.name} begins on {day_words(one.valid_from)}.")
            return None
        if one.valid_to is None or on <= one.valid_to:
            return one
        seen[one.id] = last = one
        at = one.successor
    assert last is not None
    assert last.valid_to is not None
    told.append(f"{last.name} ended on {day_words(last.valid_to)} and names no successor.")
    return None


_MOST_NAMED = 5


def _listed(names: list[str]) -> str:
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1:,} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# ---- the tree


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree: what it is, what kind of entry opens it, and what lies in it."""

    kind: str
    id: Id
    name: str
    tier: str
    """The word that always stands beside the name: "place", "PCN", "practice", "neighbourhood team"."""
    told: str
    children: tuple[Node, ...] = ()


def tree(held: Geography, on: date) -> tuple[Node, ...]:
    """All there is on a day, the largest first; what lies nowhere stands at the top, no area twice."""
    return _Tree(held, on).made()


class _Tree:
    """Areas by what they lie in, PCNs by area, practices by PCN, on one day."""

    def __init__(self, held: Geography, on: date) -> None:
        self._held, self._on = held, on
        self._areas: dict[Id | None, list[Area]] = {}
        self._networks: dict[Id | None, list[Organisation]] = {}
        self._practices: dict[Id | None, list[Practice]] = {}
        self._shown: set[Id] = set()
        for area in held.areas.values():
            if valid(area, on):
                above = None if area.within is None else _followed(held.areas, area.within, on, [])
                self._areas.setdefault(None if above is None else above.id, []).append(area)
        self._place_networks()
        for practice in held.practices:
            if valid(practice, on):
                network = held.network_of(practice, on, [])
                self._practices.setdefault(None if network is None else network.id, []).append(practice)

    def _place_networks(self) -> None:
        for network in self._held.networks.values():
            if not valid(network, self._on):
                continue
            members = [one for one in self._held.of_network.get(network.id, ()) if valid(one, self._on)]
            areas = [
                found for one in members if (found := _followed(self._held.areas, one.within, self._on, []))
            ]
            for area in self._narrowest(areas) or [None]:
                self._networks.setdefault(None if area is None else area.id, []).append(network)

    def _narrowest(self, areas: list[Area]) -> list[Area | None]:
        """Those of several areas that none of the others lies in."""
        above = {up.id for one in areas for up in self._held.climb(one.id, self._on, [])[1:]}
        return [*{one.id: one for one in areas if one.id not in above}.values()]

    def made(self) -> tuple[Node, ...]:
        """The tree. Areas in a ring are reached from none, so they stand at the top, each ring once."""
        tops = [self._area(one) for one in _in_order(self._areas.get(None, []))]
        for area in _in_order([one for held in self._areas.values() for one in held]):
            if area.id not in self._shown:
                tops.append(self._area(area))
        tops += [self._network(one) for one in _by_name(self._networks.get(None, []))]
        tops += [_practice(one, "in no PCN") for one in _by_name(self._practices.get(None, []))]
        return tuple(tops)

    def _area(self, area: Area, depth: int = 0) -> Node:
        self._shown.add(area.id)
        inside = _in_order(self._areas.get(area.id, [])) if depth < _DEEPEST else []
        children = [self._area(one, depth + 1) for one in inside if one.id not in self._shown]
        children += [_team(one) for one in self._held.teams_of(area)]
        children += [self._network(one) for one in _by_name(self._networks.get(area.id, []))]
        return Node("area", area.id, area.name, area.tier.value, definition_words(area), tuple(children))

    def _network(self, network: Organisation) -> Node:
        practices = tuple(_practice(one, "") for one in _by_name(self._practices.get(network.id, [])))
        told = f"{len(practices)} {'practice' if len(practices) == 1 else 'practices'}"
        return Node("organisation", network.id, network.name, "PCN", told, practices)


def _practice(one: Practice, told: str) -> Node:
    return Node("practice", one.id, one.name, "practice", told)


def _team(one: NeighbourhoodTeam) -> Node:
    return Node("neighbourhood_team", one.id, one.name, "neighbourhood team", one.status.value)


def _in_order(areas: list[Area]) -> list[Area]:
    return sorted(areas, key=lambda one: (-_RANK[one.tier], one.name.casefold(), one.id))


def _by_name(held: list[N]) -> list[N]:
    return sorted(held, key=lambda one: (one.name.casefold(), one.id))


def definition_words(area: Area) -> str:
    """What is meant by an area here, who says so and since when; that nobody has said it where nobody has."""
    if not area.definition and not area.defined_by:
        return "not defined here"
    meant = (area.definition or "no words of it are kept").strip()
    by = f"; defined by {area.defined_by}" if area.defined_by else "; it is not said who defined it"
    on = f" on {day_words(area.defined_on)}" if area.defined_on else ", no date"
    return f"{meant}{by}{on}"
