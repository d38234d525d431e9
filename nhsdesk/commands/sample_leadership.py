"""Where the time of the sample's leaders goes, what they delegated, offered, delivered and claimed, and with whom."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import (
    Collaborative,
    CollaborativeKind,
    CollaborativeMember,
    Delegation,
    Delivered,
    LeaderTime,
    OfferToLead,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations, people, documents and bodies are there."""
    told = resources.sample_leadership()
    for row in told["time"]:
        change.add(_time(row, named))
    for row in told["delegations"]:
        change.add(_delegation(row, named))
    for row in told["stakeholders"]:
        change.add(_stakeholder(row, named))
    for row in told["offers"]:
        change.add(_offer(change, row))
    for row in told["delivered"]:
        change.add(Delivered(outcome=row["outcome"], measure=row["measure"], period=row["period"]))
    for row in told["claims"]:
        change.add(_claim(row, named))
    for row in told["collaboratives"]:
        _collaborative(change, row, named)


def _body(change: Change, name: str) -> Id | None:
    return next((one.id for one in change.reader.all(Body, name=name)), None)


def _time(row: dict[str, Any], named: Named) -> LeaderTime:
    return LeaderTime(
        month=Month.parse(row["month"]),
        person=named(row["person"]),
        internal=Decimal(row["internal"]),
        external=Decimal(row["external"]),
    )


def _delegation(row: dict[str, Any], named: Named) -> Delegation:
    return Delegation(
        duty=row["duty"],
        held_by=named(row["held_by"]),
        delegated_to=named(row["delegated_to"]),
        since=row["since"],
        deputy=named(row.get("deputy")),
    )


def _stakeholder(row: dict[str, Any], named: Named) -> Stakeholder:
    return Stakeholder(
        organisation=named(row["organisation"]),
        role=named(row["role"]),
        last_contact=row["last_contact"],
        next_step=row["next_step"],
        next_by=row["by"],
    )


def _offer(change: Change, row: dict[str, Any]) -> OfferToLead:
    forum = _body(change, row["forum"])
    return OfferToLead(
        what=row["what"],
        forum=forum,
        forum_words=None if forum is not None else row["forum"],
        offered_on=row["offered_on"],
    )


def _claim(row: dict[str, Any], named: Named) -> ResourceClaim:
    return ResourceClaim(
        what=row["what"],
        sessions=Decimal(row["sessions"]),
        rate=Money.pounds(row["rate"]),
        invoiced=Money.pounds(row["invoiced"]),
        paid=Money.pounds(row["paid"]),
        document=named(row["document"]),
        locator=row["page"],
    )


def _collaborative(change: Change, row: dict[str, Any], named: Named) -> None:
    made = change.add(
        Collaborative(
            name=row["name"],
            kind=CollaborativeKind(row["kind"]),
            body=_body(change, row["name"]),
            terms_version=row["terms"],
            document=named(row["document"]),
        )
    )
    for member in row["members"]:
        if (organisation := named(member)) is not None:
            change.add(CollaborativeMember(collaborative=made.id, organisation=organisation))
