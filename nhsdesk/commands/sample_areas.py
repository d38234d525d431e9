"""Where the sample's practices lie: its areas, shares, neighbourhood team with plan and gates, hub, and appraisal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.domain.areas import Area, AreaMembership, NeighbourhoodShare, Tier
from nhsdesk.domain.fields import Record
from nhsdesk.domain.footprints import FootprintAppraisal, FootprintChoice, FootprintOption
from nhsdesk.domain.hubs import CoreService, Coverage, Hub, HubService
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, ListSize
from nhsdesk.domain.plans import Gate, Milestone, Plan, PlanStatus
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamMember, TeamStatus
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named, keep: Callable[[str, Record], None]) -> None:
    """All of it into a file whose organisations, practices, people and documents are there; `keep` names the place."""
    told = resources.sample_areas()
    areas = _areas(change, told, named, keep)
    _shares(change, told, named, areas)
    team = _team(change, told, named, areas["N-01"])
    _hub(change, told["hub"], named, team, areas["N-01"])
    _appraisal(change, told, named)


def _areas(
    change: Change, told: dict[str, Any], named: Named, keep: Callable[[str, Record], None]
) -> dict[str, Id]:
    """Region, system, place and neighbourhoods, with our PCN in the first; their ids by name."""
    above: Id | None = None
    for tier in (Tier.REGION, Tier.SYSTEM, Tier.PLACE):
        row = told[tier.value]
        made = Area(
            name=row["name"],
            tier=tier,
            code=row.get("code"),
            within=above,
            population=row.get("population"),
            definition=row["definition"],
            defined_by=row["defined_by"],
            document=named(row.get("document")),
        )
        added = change.add(made)
        above = added.id
        keep(row.get("ref", ""), added)
    found: dict[str, Id] = {}
    for row in told["neighbourhoods"]:
        drawn = Area(
            name=row["name"],
            tier=Tier.NEIGHBOURHOOD,
            within=above,
            population=row["population"],
            definition=row["definition"],
            defined_by=told["boundaries"]["decided_by"],
            defined_on=told["boundaries"]["decided_on"],
        )
        found[row["ref"]] = change.add(drawn).id
    ours = named("O-10")
    if ours is not None:
        change.add(AreaMembership(within=found["N-01"], network=ours, source="Decision of the place board"))
    return found


def _shares(change: Change, told: dict[str, Any], named: Named, areas: dict[str, Id]) -> None:
    """The shares of each practice; a real PCN that lends its names may have fewer practices."""
    sizes = {row["ref"]: row["list_size"] for row in resources.sample()["practices"]}
    filled: set[Id] = set()
    for ref, shares in told["shares"].items():
        practice = named(ref)
        if practice is None or practice in filled:
            continue
        filled.add(practice)
        for area, share in shares.items():
            change.add(
                NeighbourhoodShare(
                    practice=practice,
                    neighbourhood=areas[area],
                    share=Decimal(share),
                    counted_on=told["boundaries"]["counted_on"],
                    source=told["boundaries"]["source"],
                )
            )
        _list_size(change, practice, sizes[ref], told["boundaries"]["counted_on"])


def _list_size(change: Change, practice: Id, patients: int, counted_on: date) -> None:
    """The registered list, unless a published file that was taken in has it for that day."""
    held = change.reader.all(ListSize, practice=practice, base=ListBase.REGISTERED)
    if not any(one.counted_on == counted_on for one in held):
        size = Decimal(patients).quantize(Decimal("0.01"))
        change.add(
            ListSize(
                practice=practice,
                base=ListBase.REGISTERED,
                counted_on=counted_on,
                patients=size,
                source="Made up for the sample",
            )
        )


def _team(change: Change, told: dict[str, Any], named: Named, area: Id) -> Id:
    row, plan = told["team"], _plan(change, told["plan"], named)
    team = change.add(
        NeighbourhoodTeam(
            name=row["name"],
            neighbourhood=area,
            status=TeamStatus.FORMING,
            purpose=row["purpose"],
            headcount=Decimal(row["headcount"]),
            population=row["population"],
            counted_on=row["counted_on"],
            rural=row["rural"],
            longest_travel=row["longest_travel"],
            plan=plan,
            go_live=row["go_live"],
            document=named(row["document"]),
        )
    )
    for member in row["members"]:
        organisation = named(member["organisation"])
        if organisation is not None:
            change.add(TeamMember(team=team.id, organisation=organisation, part=member["part"]))
    return team.id


def _plan(change: Change, row: dict[str, Any], named: Named) -> Id:
    plan = change.add(
        Plan(title=row["title"], purpose=row["purpose"], status=PlanStatus.AGREED, owner=named(row["owner"]))
    )
    for one in row["milestones"]:
        change.add(Milestone(plan=plan.id, what=one["what"], original=one["original"]))
    for one in row["gates"]:
        change.add(Gate(plan=plan.id, what=one["what"], met_on=one.get("met_on")))
    return plan.id


def _hub(change: Change, row: dict[str, Any], named: Named, team: Id, area: Id) -> None:
    hub = change.add(
        Hub(
            name=row["name"],
            team=team,
            neighbourhood=area,
            digital=Coverage(row["digital"]),
            telephone=Coverage(row["telephone"]),
            in_person=Coverage(row["in_person"]),
            estate_agreed=False,
            parking=row["parking"],
            capital_confirmed=False,
            assurance=row["assurance"],
            assurance_document=named(row["document"]),
            assurance_review=row["review"],
            for_patients=row["for_patients"],
        )
    )
    for one in row["services"]:
        change.add(
            HubService(
                hub=hub.id,
                service=CoreService(one["service"]),
                status=Coverage(one["status"]),
                lead=named(one.get("lead")),
                digital=_coverage(one.get("digital")),
                telephone=_coverage(one.get("telephone")),
                in_person=_coverage(one.get("in_person")),
                expected=one.get("expected"),
                for_patients=one.get("for_patients"),
            )
        )


def _coverage(word: str | None) -> Coverage | None:
    return None if word is None else Coverage(word)


def _appraisal(change: Change, told: dict[str, Any], named: Named) -> None:
    row = told["appraisal"]
    appraisal = change.add(
        FootprintAppraisal(
            title=row["title"],
            network=named("O-10"),
            map_reference=row["map_reference"],
            closes=row["closes"],
            our_view=row["our_view"],
            decided_by=told["boundaries"]["decided_by"],
            decided_on=told["boundaries"]["decided_on"],
            reason=row["reason"],
        )
    )
    for one in row["options"]:
        change.add(
            FootprintOption(
                appraisal=appraisal.id,
                kind=FootprintChoice(one["kind"]),
                what=one.get("what"),
                speaks_for=one["speaks_for"],
                speaks_against=one["speaks_against"],
            )
        )
