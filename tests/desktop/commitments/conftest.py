"""A PCN of two practices with an offer before it, contracts, an agreement, and requests that wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.contracts import (
    Agreement,
    BaselineStream,
    Contract,
    ContractKind,
    ContractStatus,
    CoreInScope,
    LocalVariation,
    Signature,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.questions import Question
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person


def fill(change: Any) -> None:
    """What the pages show."""
    practices = [change.add(Practice(name=name)) for name in ("Abbey Surgery", "Brook Surgery")]
    board = change.add(Organisation(name="Wexshire ICB", sector=Sector.ICB))
    trust = change.add(
        Organisation(name="Wexmere Hospitals", sector=Sector.ACUTE_TRUST, legal_form="NHS foundation trust")
    )
    paper = change.add(SourceDocument(title="The specification", body="NHS England"))
    change.add(
        Contract(
            kind=ContractKind.IHO,
            holder=trust.id,
            core_in_scope=CoreInScope.SILENT,
            status=ContractStatus.PROPOSED,
        )
    )
    offer = change.add(
        LocalVariation(
            title="Complex frailty", clauses="7, 8.3", baseline=Money.pounds("2199493.21"),
            offered=Money.pounds(2335800), decide_by=date(2026, 12, 18), private_until=date(2026, 12, 18),
        )
    )  # fmt: skip
    change.add(BaselineStream(variation=offer.id, stream="ARRS sum", amount=Money.pounds("2199493.21")))
    agreement = change.add(Agreement(title="INT data sharing", edition="v0.9"))
    change.add(
        Signature(
            agreement=agreement.id, practice=practices[0].id, role="Partner", signed_on=date(2026, 10, 30)
        )
    )
    change.add(Signature(agreement=agreement.id, organisation=board.id))
    change.add(
        DataRequest(
            metric="Rate of use", asked_by=board.id, asked_on=date(2026, 10, 26), basis_found=False,
            document=paper.id, clause="7.3", checked_on=date(2026, 10, 29), glad_to_discuss="reply times",
            cost=Money.pounds(240),
        )
    )  # fmt: skip
    change.add(Question(question="Does it lie on GMS?", asked_of=board.id, asked_on=date(2026, 9, 16)))
    change.add(InformationRequest(what="Spend", law=RequestLaw.FOI, received=date(2026, 11, 2)))


def filled(database: Database) -> None:
    with database.change("Fill") as change:
        fill(change)


@pytest.fixture
def director(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Person:
    """The clinical director with that file open."""
    return opens(made_once.network(tmp_path / "Ours.nhsdesk", clock, filled))
