"""The sample's workbook to fill: a made-up return of a place, blank as it came, with what fills it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

from nhsdesk import resources
from nhsdesk.documents import template_print
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""

FILE = "Place quarterly return.xlsx"
PUBLISHER = "O-08"
_CELLS = (
    ("B4", "Name of PCN", "Our PCN: name"),
    ("B5", "ODS code of PCN", "Our PCN: ODS code"),
    ("B6", "Month of this return", "Month: words"),
    ("B7", "As at", "Day: as at"),
    ("B8", "Practices in the PCN", "Register: Practices: number of rows"),
)
_COLUMNS = (("A", "Ref"), ("B", "What"), ("C", "Kind"), ("D", "Status"))


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose organisations are there."""
    content = resources.sample_workbook()
    workbook = change.add(
        WorkbookToFill(
            name="Place quarterly return",
            published_by=named(PUBLISHER),
            edition="Version 2",
            received_on=date(2026, 10, 1),
            blank=change.keep_bytes(FILE, content, hashlib.sha256(content).hexdigest()),
            fingerprint=template_print.print_of(content, FILE).as_text(),
        )
    )
    for cell, heading, fills in _CELLS:
        change.add(MappedCell(workbook=workbook.id, sheet="Summary", cell=cell, heading=heading, fills=fills))
    change.add(
        MappedCell(
            workbook=workbook.id, sheet="Summary", cell="B9", heading="Is a neighbourhood team live?", words="Not known"
        )
    )  # fmt: skip
    listed = change.add(
        MappedList(
            workbook=workbook.id,
            sheet="Commitments",
            header="A4",
            fills="Register: Commitments",
            in_order="Ref",
        )
    )
    for letter, heading in _COLUMNS:
        change.add(MappedColumn(table=listed.id, column=letter, heading=heading, fills=heading))
