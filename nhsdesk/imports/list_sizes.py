"""NHS England's yearly list of practices with their registered list and PCN adjusted population at 1 January."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from nhsdesk.documents import reader
from nhsdesk.domain.data_sets import DataSetKind
from nhsdesk.domain.money import read_decimal
from nhsdesk.domain.periods import day_words
from nhsdesk.errors import FileRefused
from nhsdesk.incoming import Incoming, Reading

COLUMNS = ("Practice Code", "Practice Name", "PCN Code", "PCN Name", "Raw list size", "Adjusted Population")
NO_NETWORK = "no_data"
"""What the file writes for a practice that belongs to no PCN."""

_MOST_PATIENTS = 10_000_000
NAMES = ("practice_code", "practice_name", "pcn_code", "pcn_name", "registered", "adjusted")


def read(path: Path) -> Reading:
    """Every practice with its two counts. Raises FileRefused for a count that is not a number."""
    found = reader.read_csv_columns(path, COLUMNS)
    if not any(row[0] for row in found):
        raise FileRefused(f"{path.name} holds no practice. Nothing was read in. Ask for the file again.")
    rows = tuple(
        (row[0], None if row[2] in ("", NO_NETWORK) else row[2], (*row[:4], *_counts(row, number, path)))
        for number, row in enumerate(found, 2)
        if row[0]  # the last row is the sum of all
    )
    as_of = _counted_on(path)
    when = f", counted on {day_words(as_of)}" if as_of else ", the day of counting not told by the file"
    empty = sum(row[2][4] is None for row in rows)
    told = [f"{len(rows):,} practices with their list sizes{when}."]
    told += [f"Practices without a list size: {empty:,}."] if empty else []
    return Reading(DataSetKind.LIST_SIZES, "NHS England", as_of, NAMES, rows, tuple(told))


def _counts(row: tuple[str, ...], number: int, path: Path) -> tuple[str | None, str | None]:
    return _count(row[4], number, path), _count(row[5], number, path)


def _count(text: str, number: int, path: Path) -> str | None:
    if not text.strip():
        return None
    count: Decimal | None = read_decimal(text)
    if count is None or not 0 <= count < _MOST_PATIENTS:
        raise FileRefused(
            f"{path.name} has a list size in row {number:,} that is not a number of patients. Nothing was read in. "
            "Look at that row."
        )
    return str(count)


def _counted_on(path: Path) -> date | None:
    """1 January of the year in the last column's heading ("PCN member January 25")."""
    for heading in reader.csv_headings(path):
        found = re.search(r"January (\d{2}|\d{4})$", heading)
        if found:
            return date(int(found[1]) % 100 + 2000, 1, 1)
    return None


IMPORT = Incoming(
    DataSetKind.LIST_SIZES, frozenset({"Practice Code", "Raw list size", "Adjusted Population"}), read
)
