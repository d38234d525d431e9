"""The sample's integrator with its partners and functions, and the fund held for it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.domain.funds import (
    Fund,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    PrincipleTest,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.integrators import (
    FunctionStatus,
    HostingModel,
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    IntegratorStatus,
    IntegratorStep,
    SelectionCriterion,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Sector
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations and documents are there."""
    told = resources.sample_funds()
    integrator = change.add(_integrator(told["integrator"], named))
    for row in told["steps"]:
        change.add(_step(integrator.id, row, named))
    for row in told["partners"]:
        change.add(_partner(integrator.id, row, named))
    for row in told["functions"]:
        change.add(
            IntegratorFunction(
                integrator=integrator.id,
                name=row["name"],
                lead=named(row["lead"]),
                status=FunctionStatus(row["status"]),
                service_level=row.get("service_level"),
            )
        )
    for row in told["criteria"]:
        change.add(
            SelectionCriterion(integrator=integrator.id, criterion=row["criterion"], our_score=row["score"])
        )
    _fund(change, told, integrator.id, named)


def _integrator(row: dict[str, Any], named: Named) -> Integrator:
    four: dict[str, Any] = {}
    for name in ("host", "fund_holder", "contract_holder", "accountable_body"):
        told = row[name]
        four[name] = named(told.get("body"))
        four[f"{name}_document"] = named(told.get("document"))
        four[f"{name}_locator"] = told.get("page")
    return Integrator(
        name=row["name"],
        place=named(row["place"]),
        status=IntegratorStatus(row["status"]),
        hosting=HostingModel(row["hosting"]),
        in_service_of=row["in_service_of"],
        approved_by=row["approved_by"],
        **four,
    )


def _step(integrator: Id, row: dict[str, Any], named: Named) -> IntegratorStep:
    return IntegratorStep(
        integrator=integrator,
        step=IntegratorStatus(row["step"]),
        original=row["original"],
        revised=row.get("revised"),
        done_on=row["done"],
        document=named(row["document"]),
        locator=row["page"],
    )


def _partner(integrator: Id, row: dict[str, Any], named: Named) -> IntegratorPartner:
    return IntegratorPartner(
        integrator=integrator,
        organisation=named(row["organisation"]),
        sector=Sector(row["sector"]) if "sector" in row else None,
        part=row["part"],
    )


def _fund(change: Change, told: dict[str, Any], integrator: Id, named: Named) -> None:
    row = told["fund"]
    fund = change.add(
        Fund(
            name=row["name"],
            value=Money.pounds(row["value"]),
            purpose=row["purpose"],
            year=FinancialYear.parse(row["year"]),
            document=named(row["document"]),
            locator=row["page"],
            holder=named(row["holder"]),
            held_for=integrator,
            beneficiary=row["beneficiary"],
        )
    )
    for partner in row["partners"]:
        if (organisation := named(partner)) is not None:
            change.add(FundPartner(fund=fund.id, organisation=organisation))
    principles = {one["ref"]: _principle(change, fund.id, one, named) for one in told["principles"]}
    for line in told["lines"]:
        _entry(change, fund.id, line, principles)


def _principle(change: Change, fund: Id, row: dict[str, Any], named: Named) -> Id:
    document = named("D-07")
    principle = change.add(
        SpendPrinciple(
            fund=fund,
            words=row["words"],
            test=PrincipleTest(row["test"]) if "test" in row else None,
            share=Decimal(row["share"]) if "share" in row else None,
            document=document,
            locator=row["page"],
        )
    )
    for partner, on in row["ratified"].items():
        if (organisation := named(partner)) is not None:
            change.add(Ratification(principle=principle.id, partner=organisation, answered_on=on))
    return principle.id


def _entry(change: Change, fund: Id, row: dict[str, Any], principles: dict[str, Id]) -> None:
    entry = change.add(
        FundEntry(
            fund=fund,
            what=row["what"],
            planned=Money.pounds(row["planned"]),
            sector=Sector(row["sector"]) if "sector" in row else None,
            shared=row.get("shared", False),
            consultancy=row["consultancy"],
            principle=principles.get(row.get("principle", "")),
        )
    )
    change.add(
        FundMovement(entry=entry.id, kind=MovementKind.SPENT, amount=Money.pounds(row["spent"]), on=row["on"])
    )
