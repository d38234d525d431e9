"""Integrated neighbourhood teams: who is in them, how large they are, and whether they may be called live."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    flag,
    link,
    long_text,
    number,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone


class TeamStatus(Choice):
    """How far a team has come. It is live only with a purpose and all gates of its plan met."""

    PROPOSED = "proposed"
    FORMING = "forming"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"

    @property
    def tone(self) -> Tone:
        """Live is good, paused wants attention."""
        return {"live": Tone.GOOD, "paused": Tone.WARN}.get(self.value, Tone.GREY)


@record(
    title="Neighbourhood team",
    plural="Neighbourhood teams",
    prefix="INT",
    columns=("name", "neighbourhood", "status", "headcount", "population", "go_live", "purpose"),
    groups={
        "The team": "name",
        "Its size": "headcount",
        "When it starts": "go_live",
        "Where it is written": "document",
    },
)
class NeighbourhoodTeam(Record):
    """An integrated neighbourhood team (INT)."""

    name: str = text("Name")
    neighbourhood: Id | None = link("Neighbourhood", "Area", default=None)
    status: TeamStatus = choice("Status", TeamStatus, default=TeamStatus.PROPOSED)
    purpose: str | None = text("Purpose", default=None, help="A team cannot go live without one.")
    headcount: Decimal | None = number("Staff", places=1, default=None)
    population: int | None = count("Residents", default=None)
    counted_on: date | None = day("Counted on", default=None, lean=Lean.LAST)
    rural: bool | None = flag("Rural", default=None)
    longest_travel: int | None = count("Longest travel time in minutes", default=None)
    plan: Id | None = link("Plan with its gates", "Plan", default=None)
    go_live: date | None = day("Planned to go live", default=None)
    revised_go_live: date | None = day("Date now", default=None)
    live_since: date | None = day("Live since", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Team member",
    plural="Team members",
    prefix="IM",
    columns=("team", "organisation", "part", "starts", "ends"),
)
class TeamMember(Record):
    """A PCN or another organisation in a neighbourhood team, from when until when."""

    team: Id = parent("Team", "NeighbourhoodTeam")
    organisation: Id = link("PCN or organisation", "Organisation")
    part: str | None = text("What it brings", default=None)
    lead: Id | None = link("Lead", "Person", default=None)
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
