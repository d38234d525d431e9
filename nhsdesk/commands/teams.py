"""Neighbourhood teams: looked at, set live, and the sizes that one neighbourhood settles for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.commands import local_rules
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import AT, BY_KEY
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamStatus
from nhsdesk.sections import teams
from nhsdesk.sections.teams import TeamFacts
from nhsdesk.store.database import Database

SIZES = ("teams.least_residents", "teams.most_residents", "teams.staff", "teams.size_source")
"""The rules by which a team's size is looked at."""


def views(database: Database) -> tuple[TeamFacts, ...]:
    """Every team as its page shows it."""
    with database.read() as reader:
        return teams.views(reader, local_rules.in_force_today(reader, database.today()), database.today())


def sizes(database: Database, area: str) -> dict[str, str]:
    """The sizes that hold today for a neighbourhood, by its reference."""
    with database.read() as reader:
        held = local_rules.in_force_today(reader, database.today())
    return {key: held.text_of(key, area) for key in SIZES}


def go_live(database: Database, team: Id) -> NeighbourhoodTeam:
    """Sets a team live today; refused in words without a purpose or while a gate is not met."""
    with database.read() as reader:
        ref = reader.get(NeighbourhoodTeam, team).ref
    with database.change(f"Set {ref} live") as change:
        held = change.reader.get(NeighbourhoodTeam, team)
        since = held.live_since or database.today()
        return change.put(replace(held, status=TeamStatus.LIVE, live_since=since))


def settle(
    database: Database, area: str, values: dict[str, str], starts: date, agreed_with: str
) -> tuple[Problem, ...]:
    """Settles a neighbourhood's own sizes from a day on, those that differ, as one step; or what is wrong."""
    given = {key: words.strip() for key, words in values.items() if words.strip()}
    found = [
        Problem(f"{BY_KEY[key].asks} {BY_KEY[key].takes}.", Weight.MUST_FIX, field=key)
        for key, words in given.items()
        if not BY_KEY[key].readable(words.replace(",", ""))
    ]
    if not agreed_with.strip():
        found.append(Problem("Say who agreed it.", Weight.MUST_FIX, field="agreed_with"))
    if found:
        return tuple(found)
    with database.read() as reader:
        held = local_rules.in_force_today(reader, database.today())
    with database.change(f"Settle the sizes of {area}") as change:
        for key, words in given.items():
            value = words if BY_KEY[key].words else words.replace(",", "")
            if value != held.text_of(key, area):
                rule = LocalRule(
                    key=f"{key}{AT}{area}", value=value, starts=starts, agreed_with=agreed_with.strip()
                )
                change.add(rule)
    return ()
