"""What the sample is asked and promised besides its commitments: risks, moved work, questions, agreements, an offer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.domain.consultations import DecisionWindow
from nhsdesk.domain.contracts import (
    Agreement,
    AgreementKind,
    BaselineStream,
    Contract,
    ContractKind,
    ContractStatus,
    CoreInScope,
    Decided,
    LocalVariation,
    Signature,
    SignUpDecision,
)
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.money import Money
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.questions import Asker, Question
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.workload import OurAnswer, ResourceRequest, WorkloadTransfer
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations, practices, people, documents, meetings and commitments are there."""
    told = resources.sample_asked()
    for row in told["risks"]:
        change.add(_risk(row, named))
    for row in told["workload_transfers"]:
        change.add(_transfer(row, named))
    for row in told["resource_requests"]:
        change.add(_request(row, named))
    for row in told["questions"]:
        _question(change, row, named)
    for row in told["contracts"]:
        change.add(_contract(row, named))
    for row in told["decision_windows"]:
        change.add(DecisionWindow(what=row["what"], closes=row["closes"]))
    for row in told["data_requests"]:
        change.add(_data_request(row, named))
    for row in told["agreements"]:
        _agreement(change, row, named)
    for row in told["evidence"]:
        _evidence(change, row, named)
    _variation(change, told["local_variation"], named)


def _risk(row: dict[str, Any], named: Named) -> Risk:
    return Risk(
        cause=row["cause"],
        event=row["event"],
        effect=row["effect"],
        owner=named(row["owner"]),
        likelihood=row["likelihood"],
        consequence=row["consequence"],
        target=row["target"],
        review_on=row["review"],
        restricted=row.get("restricted", False),
    )


def _transfer(row: dict[str, Any], named: Named) -> WorkloadTransfer:
    return WorkloadTransfer(
        what=row["what"],
        moved_from=named(row["from"]),
        funded=row["funded"],
        amount=_money(row.get("amount")),
        hours_a_month=Decimal(row["hours_a_month"]),
        answer=OurAnswer(row["answer"]),
        remarks=row.get("remarks"),
    )


def _request(row: dict[str, Any], named: Named) -> ResourceRequest:
    return ResourceRequest(
        what=row["what"],
        asked_by=named(row["asked_by"]),
        asked_on=row["asked_on"],
        cost=_money(row["cost"]),
        remarks=row["remarks"],
    )


def _question(change: Change, row: dict[str, Any], named: Named) -> None:
    """A question of a meeting was asked on its day."""
    meeting = change.reader.find(Meeting, named(row.get("meeting")))
    change.add(
        Question(
            question=row["question"],
            asker=Asker(row["asker"]),
            asked_of=named(row.get("asked_of")),
            meeting=meeting.id if meeting else None,
            asked_on=meeting.held_on if meeting else row.get("asked_on"),
            answered_on=row.get("answered_on"),
            answer=row.get("answer"),
        )
    )


def _contract(row: dict[str, Any], named: Named) -> Contract:
    return Contract(
        kind=ContractKind(row["kind"]),
        holder=named(row.get("holder")),
        layered_words=row["layered_words"],
        core_in_scope=CoreInScope(row["core_in_scope"]),
        status=ContractStatus(row["status"]),
    )


def _data_request(row: dict[str, Any], named: Named) -> DataRequest:
    return DataRequest(
        metric=row["metric"],
        asked_by=named(row["asked_by"]),
        asked_on=row["asked_on"],
        basis_found=row["basis_found"],
        document=named(row["document"]),
        checked_on=row["checked_on"],
        glad_to_discuss=row["glad_to_discuss"],
        answered_on=row["answered_on"],
        remarks=row["remarks"],
    )


def _agreement(change: Change, row: dict[str, Any], named: Named) -> None:
    agreement = change.add(
        Agreement(
            title=row["title"],
            kind=AgreementKind(row["kind"]),
            edition=row.get("edition"),
            dpia=row.get("dpia"),
            expires=row.get("expires"),
        )
    )
    for party in row["parties"]:
        practice = party.startswith("PR-")
        change.add(
            Signature(
                agreement=agreement.id,
                organisation=None if practice else named(party),
                practice=named(party) if practice else None,
                signed_on=row["signed"].get(party),
            )
        )


def _evidence(change: Change, row: dict[str, Any], named: Named) -> None:
    """What proves commitments names them; what shows that an action was done is linked to it."""
    proves = tuple(id_ for name in row["proves"] if (id_ := named(name)) is not None)
    evidence = change.add(
        Evidence(what=row["what"], effective_on=row["effective"], filed_on=row["filed"], proves=proves)
    )
    for name in row.get("shows", ()):
        target = named(name)
        if target is not None:
            change.add(Link(source=evidence.id, target=target, says=LinkKind.EVIDENCE))


def _variation(change: Change, row: dict[str, Any], named: Named) -> None:
    offer = change.add(
        LocalVariation(
            title=row["title"],
            document=named(row["document"]),
            locator=row["page"],
            clauses=row["clauses"],
            baseline=_money(row["baseline"]),
            offered=_money(row["offered"]),
            decide_by=row["decide_by"],
            private_until=row["private_until"],
        )
    )
    for one in row["streams"]:
        change.add(
            BaselineStream(
                variation=offer.id,
                stream=one["stream"],
                working=one["working"],
                amount=Money.pounds(one["amount"]),
            )
        )
    decided: set[Id] = set()
    for one in row["consents"]:
        practice = named(one["practice"])
        if practice is None or practice in decided:  # a real PCN that lends its names may have fewer
            continue
        decided.add(practice)
        change.add(
            SignUpDecision(
                variation=offer.id,
                practice=practice,
                decided=Decided(one["decided"]),
                indicated_on=one.get("indicated_on"),
            )
        )


def _money(pounds: str | None) -> Money | None:
    return None if pounds is None else Money.pounds(pounds)
