"""Evidence: what shows that something was done, when it holds from, when it was filed, when it runs out."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    day,
    file,
    flag,
    links,
    record,
    text,
)
from nhsdesk.domain.kinds import Id, KeptFile


@record(
    title="Evidence item",
    plural="Evidence items",
    prefix="EV",
    columns=("what", "effective_on", "filed_on", "expires_on", "proves"),
)
class Evidence(Record):
    """One thing that proves one or several commitments. The day it holds from is not the day it was filed."""

    what: str = text("What it is")
    kept: KeptFile | None = file("File", default=None)
    lies_at: str | None = text(
        "Where it is", default=None, help="For what is larger than 25 MB, or kept elsewhere."
    )
    effective_on: date | None = day("Holds from", default=None, lean=Lean.LAST)
    filed_on: date | None = day("Filed on", default=None, lean=Lean.LAST)
    expires_on: date | None = day("Runs out on", default=None)
    proves: tuple[Id, ...] = links("Commitments it proves", "Commitment", default=())
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")
