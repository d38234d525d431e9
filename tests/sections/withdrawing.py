"""The sample before its uplift was claimed: what was claimed is withdrawn, so that it is due again."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.claimed import ClaimEvent, ClaimStage
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.store.database import Database


def withdraw_uplift(database: Database) -> None:
    """Says of every uplift in the file that it was withdrawn."""
    with database.change("Withdraw the uplift") as change:
        for uplift in change.reader.all(Uplift):
            for event in change.reader.all(ClaimEvent, claim=uplift.id):
                change.remove(event)
            change.add(ClaimEvent(claim=uplift.id, happened_on=date(2026, 10, 2), stage=ClaimStage.WITHDRAWN))
