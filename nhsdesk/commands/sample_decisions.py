"""The sample's fourteen decisions, and what was asked of all its practices or partners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nhsdesk import resources
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.contracts import Agreement
from nhsdesk.domain.decisions import DecidedHow, Decision, DecisionStatus
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose meetings, commitments, actions and agreements are there."""
    told = resources.sample_decisions()
    for row in told["decisions"]:
        change.add(_decision(change.reader, row, named))
    for row in told["rounds"]:
        _round(change, row, named)


def _decision(reader: Reader, row: dict[str, Any], named: Named) -> Decision:
    meeting_id = named(row["meeting"])
    assert meeting_id is not None
    meeting = reader.get(Meeting, meeting_id)
    body = next(iter(reader.all(Body, name=meeting.body)), None)
    item = next(iter(reader.all(AgendaItem, meeting=meeting_id, number=row["item"])), None)
    return Decision(
        words=row["words"],
        body=body.id if body else None,
        meeting=meeting_id,
        item=item.id if item else None,
        minute_ref=row["minute_ref"],
        decided_on=meeting.held_on,
        how=DecidedHow(row["how"]),
        votes_for=row.get("for"),
        votes_against=row.get("against"),
        abstained=row.get("abstained"),
        reason=row.get("reason"),
        conflicts=row.get("conflicts"),
        managed=row.get("managed"),
        status=DecisionStatus(row.get("status", "made")),
        practice_seat_present=True,
        commitment=named(row.get("commitment")),
        restricted=row.get("restricted", False),
    )


def _round(change: Change, row: dict[str, Any], named: Named) -> None:
    title = row.get("signatures_of")
    signed = next(iter(change.reader.all(Agreement, title=title)), None) if title else None
    made = change.add(
        Round(
            ask=row["ask"],
            reply_kind=ReplyKind.SIGNATURE if signed else ReplyKind.YES_NO,
            due=row["due"],
            agreement=signed.id if signed else None,
            action=named(row["action"]),
            owner=named(row["owner"]),
        )
    )
    for name in row.get("of", ()):
        answer = row["replied"].get(name)
        change.add(RoundReply(round=made.id, practice=named(name), answer=answer))
