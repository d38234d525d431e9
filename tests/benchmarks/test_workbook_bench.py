"""How long a native return takes: beside openpyxl writing the same cells without styles, widths or heights."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook as ExcelFile

from nhsdesk.documents import xlsx
from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month

SIZES = (10_000, 1_000)
COLUMNS = (
    Column("Post"),
    Column("Role"),
    Column("WTE", CellKind.DECIMAL),
    Column("Start date", CellKind.DAY),
    Column("Claimed", CellKind.MONEY),
    Column("Paid", CellKind.MONEY),
    Column("Month", CellKind.MONTH),
    Column("Status"),
)


def lines(size: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            f"P-{n:05}", "Clinical pharmacist", Decimal(n % 100) / 100, date(2025, 4, 1 + n % 28),
            Money(412_350 + n), Money(n) if n % 3 else None, Month(2026, 1 + n % 12), "Draft",
        )
        for n in range(size)
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_write_a_native_return(benchmark: Any, size: int) -> None:
    table = Table("Claim", COLUMNS, lines(size))
    sheet = Sheet("Claim", "Claim by post", "This worksheet holds one table.", table)
    made = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    book = Workbook(
        "ARRS claim", "March 2026", "Eastfield PCN", made, ("Prepared on 2 April 2026",), (sheet,)
    )
    benchmark(xlsx.write, book)


@pytest.mark.parametrize("size", SIZES)
def test_write_a_native_return_bare(benchmark: Any, size: int) -> None:
    rows = [tuple(map(bare, line)) for line in lines(size)]

    def write() -> bytes:
        file = ExcelFile(write_only=True)
        page = file.create_sheet("Claim")
        for row in rows:
            page.append(row)
        out = BytesIO()
        file.save(out)
        return out.getvalue()

    benchmark(write)


def bare(value: Cell) -> Any:
    match value:
        case Money():
            return value.exact
        case Month():
            return value.first
        case None:
            return "[x]"
        case _:
            return value
