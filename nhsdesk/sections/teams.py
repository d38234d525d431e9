"""Neighbourhood teams: who is in them, how large they are by whose rule, when they start, and what still stops them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Section, Table
from nhsdesk.domain import teams
from nhsdesk.domain.areas import Area
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import Gate, Plan
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamMember
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Neighbourhood teams"


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One PCN or organisation in a team, and until when."""

    name: str
    part: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class GateFacts:
    """One gate of its plan."""

    what: str
    met_on: date | None
    met: bool


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """One team as it stands on a day."""

    ref: str
    id: str
    name: str
    area: str
    neighbourhood: str
    status: str
    purpose: str
    size: tuple[str, ...]
    travel: str
    starts: str
    members: tuple[MemberFacts, ...]
    gates: tuple[GateFacts, ...]
    stops: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The teams a reader may see."""

    teams: tuple[TeamFacts, ...]
    withheld: tuple[str, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Every team on the day of the paper."""
    hidden = restricted.gather(reader, audience)
    every = reader.all(NeighbourhoodTeam)
    seen = [one for one in every if not hidden.hides(one.id, one.plan)]
    kept = _Kept(reader, asked.rules, asked.day, hidden)
    return Facts(
        tuple(kept.facts(one) for one in seen),
        tuple(one.ref for one in every if hidden.hides(one.id, one.plan)),
    )


def views(reader: Reader, rules: Rules, today: date) -> tuple[TeamFacts, ...]:
    """Every team as its page shows it."""
    kept = _Kept(reader, rules, today, Restricted())
    return tuple(kept.facts(one) for one in reader.all(NeighbourhoodTeam))


class _Kept:
    """What teams rest on, read once."""

    def __init__(self, reader: Reader, rules: Rules, today: date, hidden: Restricted) -> None:
        self._rules, self._today, self._hidden = rules, today, hidden
        self._areas = {one.id: one for one in reader.all(Area)}
        self._names = {one.id: one.name for one in reader.all(Organisation)}
        self._plans = {one.id: one for one in reader.all(Plan)}
        self._gates: dict[Id, list[Gate]] = {}
        for gate in reader.all(Gate):
            shown = replace(gate, what=restricted.WORDS) if hidden.hides(gate.id) else gate
            self._gates.setdefault(gate.plan, []).append(shown)
        self._members: dict[Id, list[TeamMember]] = {}
        for member in reader.all(TeamMember):
            self._members.setdefault(member.team, []).append(member)

    def facts(self, team: NeighbourhoodTeam) -> TeamFacts:
        area = self._areas.get(team.neighbourhood) if team.neighbourhood is not None else None
        ref = area.ref if area is not None else ""
        plan = self._plans.get(team.plan) if team.plan is not None else None
        gates = self._gates.get(plan.id, []) if plan is not None else []
        stops = teams.why_not_live(team, plan, gates, self._today)
        return TeamFacts(
            team.ref,
            str(team.id),
            team.name,
            ref,
            area.name if area is not None else "",
            team.status.value,
            team.purpose or "",
            teams.size_words(team, self._rules, ref),
            teams.travel_words(team),
            teams.go_live_words(team, self._today),
            tuple(self._member(one) for one in self._members.get(team.id, [])),
            tuple(self._gate(one) for one in gates),
            tuple(one.sentence for one in stops),
            teams.problems(team, plan, gates, self._rules, self._today, ref),
        )

    def _member(self, one: TeamMember) -> MemberFacts:
        ended = one.ends if one.ends is not None and one.ends < self._today else None
        if self._hidden.hides(one.id):
            return MemberFacts(restricted.WORDS, "", ended)
        return MemberFacts(self._names.get(one.organisation, "not listed"), one.part or "", ended)

    def _gate(self, one: Gate) -> GateFacts:
        return GateFacts(one.what, one.met_on, one.met_on is not None and one.met_on <= self._today)


def check(facts: Facts) -> tuple[Problem, ...]:
    """Live though it may not be, and of another size than the local rule says."""
    return tuple(problem for one in facts.teams for problem in one.problems)


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Free words with the reference they stand with."""
    for one in facts.teams:
        words = [one.name, one.purpose, *one.size, *one.stops]
        words += [f"{held.name} {held.part}" for held in one.members]
        words += [held.what for held in one.gates]
        yield one.ref, "\n".join(words)


def member_words(one: MemberFacts) -> str:
    """A member with what it brings."""
    part = f": {one.part}" if one.part else ""
    ended = f" (until {day_words(one.ended_on)})" if one.ended_on is not None else ""
    return f"{one.name}{part}{ended}"


def gate_words(one: GateFacts) -> str:
    """A gate, and whether it is met."""
    if one.met and one.met_on is not None:
        return f"{one.what}: met on {day_words(one.met_on)}"
    later = f", to be met on {day_words(one.met_on)}" if one.met_on is not None else ""
    return f"{one.what}: not met{later}"


def section(facts: Facts) -> Section:
    """Each team with its purpose, size, members and gates."""
    blocks: list[Block] = []
    for one in facts.teams:
        blocks += _team(one)
    blocks += withheld_items(facts.withheld)
    return Section(TITLE, tuple(blocks) or (Paragraph("No neighbourhood team is written down."),))


def _team(one: TeamFacts) -> list[Block]:
    where = f", for {one.neighbourhood}" if one.neighbourhood else ""
    purpose = one.purpose or "No purpose is written down; without one it does not go live."
    lines = [f"{one.starts}.", *(f"{words}." for words in one.size), f"{one.travel}."]
    if one.members:
        lines.append(f"In it: {'; '.join(member_words(member) for member in one.members)}.")
    blocks: list[Block] = [
        Paragraph(f"{one.ref} {one.name}{where}: {one.status}. {purpose}"),
        Bullets(tuple(lines)),
    ]
    if one.gates:
        met = {True: "Met", False: "Not met"}
        rows = tuple((gate.what, met[gate.met], _when(gate)) for gate in one.gates)
        columns = (Column("Gate before it goes live"), Column("Met"), Column("When"))
        blocks.append(Table(f"Gates of {one.ref}", columns, rows))
    return blocks


def _when(gate: GateFacts) -> str:
    if gate.met_on is None:
        return "no date"
    return day_words(gate.met_on) if gate.met else f"planned for {day_words(gate.met_on)}"
