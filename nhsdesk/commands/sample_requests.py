"""The sample's support requests as they went on: risk, pauses, offers with their safeguards, time limits, support."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nhsdesk import resources
from nhsdesk.domain import agreed_words, existing_support
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.requests import Category, Happening, RequestEvent, SupportRequest, WaitingOn
from nhsdesk.domain.service_levels import Clock, ServiceLevel
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]

AGREED_WITH = "Wexmere Together Partnership Board"
AGREED_BY = "Practice manager"


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations, documents and requests are there."""
    told = resources.sample_requests()
    for row in told["service_levels"]:
        for risk, days in row["working_days"].items():
            change.add(_level(row, int(risk), days, named))
    support = tuple(change.add(_support(row, named)) for row in told["existing_support"])
    for row in told["requests"]:
        request = change.reader.get(SupportRequest, _needed(named, row["ref"]))
        change.put(_request(request, row, named, support))
        for event in row.get("events", ()):
            change.add(_event(request.id, event))


def _needed(named: Named, name: str) -> Id:
    found = named(name)
    assert found is not None, name
    return found


def _level(row: dict[str, Any], risk: int, days: int, named: Named) -> ServiceLevel:
    return ServiceLevel(
        clock=Clock(row["clock"]),
        risk=risk,
        amount=days,
        starts=row["starts"],
        document=named(row["document"]),
        locator=row["page"],
        agreed_with=AGREED_WITH,
    )


def _support(row: dict[str, Any], named: Named) -> ExistingSupport:
    return ExistingSupport(
        who=row["who"],
        organisation=named(row["organisation"]),
        what_for=row["what_for"],
        categories=tuple(Category(one) for one in row["helps_with"]),
        how_to_ask=row["how_to_ask"],
        cost=row["cost"],
        checked_on=row["checked_on"],
    )


def _request(
    request: SupportRequest, row: dict[str, Any], named: Named, support: tuple[ExistingSupport, ...]
) -> SupportRequest:
    contract, model, checked = row.get("safeguards", (None, None, None))
    fitting = existing_support.fitting(support, request.category)
    looked_at = "; ".join(f"{one.who} ({one.ref})" for one in fitting) or "none is in the directory"
    agreed_on = request.practice_agreed_on
    held = replace(
        request,
        risk=row["risk"],
        safety_concern=row.get("safety_concern"),
        reported_elsewhere=row.get("reported"),
        agreed_by=AGREED_BY,
        support_looked_at=f"Looked at on {day_words(agreed_on)}: {looked_at}." if agreed_on else None,
        offered_by=named(row.get("offered_by")),
        done_before=row.get("done_before"),
        no_contract_transfer=contract,
        no_mandated_model=model,
        existing_support_checked=checked,
        safeguard_note=row.get("safeguard_note"),
        outcome=row.get("outcome"),
        review_on=row.get("review_on"),
    )
    return replace(held, agreed_words=agreed_words.words(held))


def _event(request: Id, row: dict[str, Any]) -> RequestEvent:
    return RequestEvent(
        request=request,
        happened_on=row["on"],
        happening=Happening(row["happening"]),
        waiting_on=WaitingOn(row["waiting_on"]) if "waiting_on" in row else None,
    )
