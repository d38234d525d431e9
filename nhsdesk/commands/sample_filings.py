"""What the sample's PCN must file and by when, what it sent, what came back, and invitations it was offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nhsdesk import resources
from nhsdesk.domain.filings import (
    DueRule,
    Filing,
    FilingEvent,
    FilingKind,
    FilingState,
    ReturnToMake,
    Rhythm,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations and documents are there."""
    told = resources.sample_filings()
    rules = {row["ref"]: change.add(_return(row, named)) for row in told["returns"]}
    for row in told["filings"]:
        rule = rules[row["of"]]
        filing = Filing(
            title=rule.title,
            made_by=rule.id,
            period=row["period"],
            due_on=row.get("due_on"),
            to=rule.to,
            state=FilingState(row["state"]),
            sent_on=row["sent_on"],
        )
        _with_events(change, filing, row)
    for row in told["invitations"]:
        invitation = Filing(
            title=row["title"],
            kind=FilingKind.INVITATION,
            due_on=row["answer_by"],
            to=named(row["to"]),
            state=FilingState(row["state"]),
            remarks=row.get("remarks"),
        )
        _with_events(change, invitation, row)


def _return(row: dict[str, Any], named: Named) -> ReturnToMake:
    return ReturnToMake(
        title=row["title"],
        paper=row["paper"],
        to=named(row["to"]),
        address=row.get("address"),
        rhythm=Rhythm(row["rhythm"]),
        due_rule=DueRule(row["due_rule"]) if "due_rule" in row else None,
        due_number=row.get("due_number"),
        document=named(row.get("document")),
        locator=row.get("locator"),
        valid_from=row["from"],
        remarks=row.get("remarks"),
    )


def _with_events(change: Change, filing: Filing, row: dict[str, Any]) -> None:
    kept = change.add(filing)
    for event in row.get("events", ()):
        change.add(
            FilingEvent(
                filing=kept.id,
                happened_on=event["on"],
                state=FilingState(event["state"]),
                words=event["words"],
            )
        )
