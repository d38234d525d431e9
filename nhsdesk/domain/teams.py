"""Integrated neighbourhood teams: who is in them, how large they are, and whether they may be called live."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from nhsdesk.domain import plans
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Held,
    Record,
    choice,
    count,
    day,
    derived,
    flag,
    link,
    long_text,
    number,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import Gate, Plan
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules


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

    slippage = derived(
        "Days late",
        lambda team, rules, today: slippage(team, today),
        uses=("go_live", "revised_go_live", "live_since", "status"),
    )

    def refused(self, before: Record | None, held: Held, today: date) -> Problem | None:
        """It does not go live without a purpose or while a gate of its plan is not met, whoever writes it."""
        was = before if isinstance(before, NeighbourhoodTeam) else None
        if self.status is not TeamStatus.LIVE:
            return None
        if (
            was is not None
            and was.status is TeamStatus.LIVE
            and was.purpose == self.purpose
            and was.plan == self.plan
        ):
            return None
        plan = held.find(Plan, self.plan)
        gates = held.all(Gate, plan=plan.id) if plan is not None else ()
        stops = why_not_live(self, plan, gates, today)
        if not stops:
            return None
        name = self.ref or self.name
        told = " ".join(one.sentence for one in stops)
        return Problem(
            f"{name} did not go live. {told} Put this right, then try again.",
            Weight.MUST_FIX,
            "neighbourhood_team",
            self.id,
            "status",
        )


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


# ---- going live


def why_not_live(
    team: NeighbourhoodTeam, plan: Plan | None, gates: Iterable[Gate], today: date
) -> tuple[Problem, ...]:
    """What keeps a team from being live: no purpose, or a gate of its plan that is not met."""
    found = []
    if not (team.purpose or "").strip():
        told = "It has no purpose yet. Write one."
        found.append(Problem(told, Weight.MUST_FIX, "neighbourhood_team", team.id, "purpose"))
    for gate in plans.unmet(gates, today) if plan is not None else ():
        told = f"The gate “{gate.what}” is not met."
        found.append(Problem(told, Weight.MUST_FIX, "gate", gate.id, "met_on"))
    return tuple(found)


def slippage(team: NeighbourhoodTeam, today: date) -> int | None:
    """Days between the day first planned and when it went live; not yet live, its date now or today, the later one.

    Less than nought is early; None where no day was planned, or the team has ended without one.
    """
    if team.go_live is None:
        return None
    if team.live_since is not None:
        return (team.live_since - team.go_live).days
    now = team.revised_go_live or team.go_live
    if team.status in (TeamStatus.LIVE, TeamStatus.ENDED):
        return (now - team.go_live).days
    return (max(now, today) - team.go_live).days


def go_live_words(team: NeighbourhoodTeam, today: date) -> str:
    """When it starts or started, and how far that has slipped."""
    if team.go_live is None and team.live_since is None:
        return "No day to go live is planned"
    late = slippage(team, today)
    slipped = "" if not late else f", {_days(late)} late" if late > 0 else f", {_days(-late)} early"
    if team.live_since is not None:
        return f"Live since {day_words(team.live_since)}{slipped}"
    planned = team.revised_go_live or team.go_live
    assert planned is not None
    first = ""
    if team.go_live is not None and planned != team.go_live:
        first = f" (first planned for {day_words(team.go_live)})"
    return f"To go live on {day_words(planned)}{first}{slipped}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


# ---- its size, by local rules that name their source


def size_words(team: NeighbourhoodTeam, rules: Rules, area: str = "") -> tuple[str, ...]:
    """How its size compares with the local rules, each with whose they are; `area` is its neighbourhood's reference."""
    least, most = rules.whole_of("teams.least_residents", area), rules.whole_of("teams.most_residents", area)
    staff, source = rules.whole_of("teams.staff", area), rules.text_of("teams.size_source", area)
    found = []
    if team.population is None:
        found.append("It is not known how many residents it serves")
    elif least and team.population < least:
        found.append(f"{team.population:,} residents, fewer than {least:,} ({source})")
    elif most and team.population > most:
        found.append(f"{team.population:,} residents, more than {most:,} ({source})")
    else:
        found.append(f"{team.population:,} residents, within {least:,} to {most:,} ({source})")
    if team.headcount is None:
        found.append("It is not known how many staff it has")
    elif staff:
        found.append(f"{_plain(team.headcount)} staff, where about {staff:,} are spoken of ({source})")
    return tuple(found)


def outside_size(team: NeighbourhoodTeam, rules: Rules, area: str = "") -> bool:
    """Whether it serves fewer or more residents than the local rules say."""
    least, most = rules.whole_of("teams.least_residents", area), rules.whole_of("teams.most_residents", area)
    known = team.population
    return known is not None and (known < least or bool(most and known > most))


def travel_words(team: NeighbourhoodTeam) -> str:
    """Whether it is rural and how long the longest way takes."""
    rural = {True: "Rural", False: "Not rural", None: "It is not said whether it is rural"}[team.rural]
    way = "the longest travel time is not known"
    if team.longest_travel is not None:
        minutes = "1 minute" if team.longest_travel == 1 else f"{team.longest_travel:,} minutes"
        way = f"the longest travel time is {minutes}"
    return f"{rural}; {way}"


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def problems(
    team: NeighbourhoodTeam,
    plan: Plan | None,
    gates: Iterable[Gate],
    rules: Rules,
    today: date,
    area: str = "",
) -> tuple[Problem, ...]:
    """What a reader must know of a team: live though it may not be, late, of another size than was said."""
    found = []
    if team.status is TeamStatus.LIVE:
        found += [
            Problem(f"{team.ref} is live, but: {one.sentence}", one.weight, one.kind, one.record, one.field)
            for one in why_not_live(team, plan, gates, today)
        ]
    if outside_size(team, rules, area):
        told = f"{team.ref}: {size_words(team, rules, area)[0]}."
        found.append(Problem(told, Weight.ACKNOWLEDGE, "neighbourhood_team", team.id, "population"))
    return tuple(found)
