"""The sample's bodies with their seats and interests, and its meetings with agendas, who was there, and minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.commands import meetings
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import (
    Body,
    BodyKind,
    CountedOf,
    ForwardItem,
    GovernanceForm,
    Interest,
    InterestKind,
    Mandate,
    Purpose,
    QuorumKind,
    QuorumNeed,
    Route,
    Seat,
    SeatGroup,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import (
    AgendaItem,
    Attendance,
    ItemState,
    Meeting,
    MeetingSeries,
    MeetingStage,
    Presence,
    SeriesItem,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations, people and meetings are there."""
    told = resources.sample_meetings()
    bodies = {row["ref"]: _body(change, row, named) for row in told["bodies"]}
    seats = {}
    for row in told["seats"]:
        made = change.add(_seat(row, bodies, named))
        seats[(row["body"], row["seat"])] = made.id
    for row in told["interests"]:
        change.add(_interest(row, named))
    series = {row["body"]: _series(change, row, bodies) for row in told["series"]}
    for row in told["meetings"]:
        _meeting(change, row, bodies[row["body"]], series.get(row["body"]), seats, named)
    for row in told["planned"]:
        _coming(change, row, bodies[row["body"]], series.get(row["body"]))


def minute(change: Change, named: Named) -> None:
    """What was said at the meetings that took place, and their final minutes, once all else is in the file."""
    for row in resources.sample_minutes():
        id_ = named(row["ref"])
        assert id_ is not None
        held = change.reader.get(Meeting, id_)
        prefix, _, first = (held.minutes_ref or "").partition("-")[0].rpartition("/")
        items = sorted(change.reader.all(AgendaItem, meeting=id_), key=lambda one: one.number)
        for n, (item, said) in enumerate(zip(items, row["said"], strict=True)):
            change.put(replace(item, said=said, minute_ref=f"{prefix}/{int(first) + n:03d}"))
            for action in change.reader.all(Action, meeting=id_, minute_ref=f"Item {item.number}"):
                change.put(replace(action, item=item.id))
        if "final" in row:
            meetings.finalised(change, id_, row["final"].date(), row["final"])
        else:
            change.put(replace(held, stage=MeetingStage.DRAFT))


def _body(change: Change, row: dict[str, Any], named: Named) -> Id:
    body = change.add(
        Body(
            name=row["name"],
            kind=BodyKind(row["kind"]),
            organisation=named(row.get("organisation")),
            governance=GovernanceForm(row["governance"]) if "governance" in row else None,
            may_decide=row.get("may_decide"),
            limit=Money.pounds(row["limit"]) if "limit" in row else None,
            delegation=row.get("delegation"),
            terms_version=row.get("terms"),
            accountable_body=named(row.get("accountable_body")),
            accountable_for=row.get("accountable_for"),
            quorum_kind=QuorumKind.SHARE if "share" in row else QuorumKind.NUMBER,
            quorum_number=row.get("number"),
            quorum_share=Decimal(row["share"]) if "share" in row else None,
            quorum_of=CountedOf(row["of"]),
            quorum_base=row.get("base"),
            papers_days=row["papers_days"],
            minutes_days=row["minutes_days"],
            minute_prefix=row["prefix"],
            rhythm=row["rhythm"],
            public=row["public"],
            valid_from=row.get("valid_from"),
        )
    )
    for need in row["needs"]:
        change.add(_need(need, body.id, named))
    for item in row.get("plan", ()):
        change.add(_forward(item, body.id, named))
    return body.id


def _need(row: dict[str, Any], body: Id, named: Named) -> QuorumNeed:
    groups = tuple(SeatGroup(one) for one in row.get("groups", ()))
    return QuorumNeed(
        body=body,
        what=row["what"],
        groups=groups,
        role=named(row.get("role")),
        or_role=named(row.get("or_role")),
    )


def _forward(row: dict[str, Any], body: Id, named: Named) -> ForwardItem:
    return ForwardItem(
        body=body,
        title=row["title"],
        month=Month.parse(row["month"]) if "month" in row else None,
        purpose=Purpose(row["purpose"]),
        presenter=named(row.get("presenter")),
        minutes=row["minutes"],
        restricted=row.get("restricted", False),
    )


def _seat(row: dict[str, Any], bodies: dict[str, Id], named: Named) -> Seat:
    attended, of = row.get("before", (None, None))
    return Seat(
        body=bodies[row["body"]],
        seat=row["seat"],
        group=SeatGroup(row["group"]),
        general_practice=row.get("general_practice", False),
        holder=named(row.get("holder")),
        voting=row.get("voting", True),
        vacant_since=row.get("vacant_since"),
        mandate=Mandate(row.get("mandate", "representative")),
        route=Route(row.get("route", "ex officio")),
        route_words=row.get("route_words"),
        attended=attended,
        attended_of=of,
    )


def _interest(row: dict[str, Any], named: Named) -> Interest:
    holder = named(row["holder"])
    assert holder is not None
    return Interest(
        holder=holder,
        kind=InterestKind(row["kind"]),
        what=row["what"],
        starts=row["starts"],
        mitigation=row["mitigation"],
        declared_on=row["declared"],
        confirmed_on=row["confirmed"],
    )


def _series(change: Change, row: dict[str, Any], bodies: dict[str, Id]) -> Id:
    made = change.add(
        MeetingSeries(
            title=row["title"],
            body=bodies[row["body"]],
            rhythm=row["rhythm"],
            starts_at=row["starts_at"],
            lasts=row["lasts"],
            place=row["place"],
        )
    )
    for number, item in enumerate(row["items"], 1):
        change.add(
            SeriesItem(
                series=made.id, number=number, title=item["title"], purpose=Purpose(item["purpose"]),
                minutes=item["minutes"],
            )
        )  # fmt: skip
    return made.id


def _meeting(
    change: Change,
    row: dict[str, Any],
    body: Id,
    series: Id | None,
    seats: dict[tuple[str, str], Id],
    named: Named,
) -> None:
    id_ = named(row["ref"])
    assert id_ is not None
    told, of = row.get("told", (None, None))
    held = change.reader.get(Meeting, id_)
    change.put(
        replace(
            held, board=body, series=series, starts_at=row.get("starts_at"), stage=MeetingStage.HELD,
            minutes_ref=row["minute_refs"], interests_asked=True, count_told=told, count_told_of=of,
        )
    )  # fmt: skip
    for number, item in enumerate(row["items"], 1):
        change.add(
            AgendaItem(
                meeting=id_, number=number, title=item["title"], purpose=Purpose(item["purpose"]),
                minutes=item.get("minutes"), state=ItemState.DONE, restricted=item.get("restricted", False),
            )
        )  # fmt: skip
    for entry in _attendance(row, id_, seats, named):
        change.add(entry)


def _coming(change: Change, row: dict[str, Any], body: Id, series: Id | None) -> None:
    """A meeting to come: begun from its series where it has one."""
    if series is not None:
        meetings.begun(change, series, row["date"], row["date"])
        return
    name = change.reader.get(Body, body).name
    made = change.add(Meeting(body=name, held_on=row["date"], board=body, stage=MeetingStage.PLANNED))
    for number, title in enumerate(row["agenda"], 1):
        change.add(AgendaItem(meeting=made.id, number=number, title=title, purpose=Purpose.DECISION))


def _attendance(
    row: dict[str, Any], meeting: Id, seats: dict[tuple[str, str], Id], named: Named
) -> list[Attendance]:
    body = row["body"]
    there = [Attendance(meeting=meeting, seat=seats[(body, one)]) for one in row.get("seats", ())]
    there += [Attendance(meeting=meeting, practice=named(one)) for one in row.get("practices", ())]
    there += [Attendance(meeting=meeting, organisation=named(one)) for one in row.get("partners", ())]
    away = [Attendance(meeting=meeting, seat=seats[(body, one)]) for one in row.get("seats_apologies", ())]
    away += [Attendance(meeting=meeting, practice=named(one)) for one in row.get("apologies", ())]
    away += [
        Attendance(meeting=meeting, organisation=named(one)) for one in row.get("partners_apologies", ())
    ]
    others = [Attendance(meeting=meeting, person=named(one)) for one in row.get("others", ())]
    return [
        *there,
        *(replace(one, presence=Presence.APOLOGIES) for one in away),
        *(replace(one, presence=Presence.ATTENDING) for one in others),
    ]
