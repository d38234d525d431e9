"""What the tests of papers and spreadsheets share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from nhsdesk.documents.model import Block, Report, Section, Sheet, Table, Workbook

MADE = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def workbook() -> Callable[..., Workbook]:
    """Makes a workbook of these tables, one on each sheet."""

    def make(*tables: Table, notes: tuple[str, ...] = (), mark: str = "") -> Workbook:
        sheets = tuple(Sheet(table.name, f"About {table.name}", "One table.", table) for table in tables)
        cover = ("Prepared on 2 April 2026",)
        return Workbook("ARRS claim", "March 2026", "Eastfield PCN", MADE, cover, sheets, notes, mark)

    return make


@pytest.fixture
def report() -> Callable[..., Report]:
    """Makes a report of one section of these blocks."""

    def make(
        *blocks: Block, title: str = "ARRS claim", footer: str = "Eastfield PCN", mark: str = ""
    ) -> Report:
        section = Section("What we claim", blocks)
        day = date(2027, 1, 30)
        return Report(title, "October 2026", "Eastfield PCN", day, MADE, (section,), footer, mark)

    return make
