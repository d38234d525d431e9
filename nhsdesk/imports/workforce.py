"""NHS England's PCN workforce file, one row for each member of staff without a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nhsdesk.documents import reader
from nhsdesk.domain.data_sets import DataSetKind
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.errors import FileRefused
from nhsdesk.incoming import Incoming, Reading

COLUMNS = (
    "CENSUS_YEAR", "CENSUS_MONTH", "UNIQUE_IDENTIFIER", "PCN_CODE", "PCN_NAME", "Data_source", "STAFF_GROUP",
    "STAFF_ROLE", "DETAILED_STAFF_ROLE", "FTE",
)  # fmt: skip
NAMES = (
    "identifier",
    "pcn_code",
    "pcn_name",
    "data_source",
    "staff_group",
    "staff_role",
    "detailed_role",
    "fte",
)


def read(path: Path) -> Reading:
    """Every row as published; FTE keeps its nine decimals as text."""
    found = reader.read_csv_columns(path, COLUMNS)
    if not found:
        raise FileRefused(f"{path.name} holds no staff. Nothing was read in. Ask for the file again.")
    as_of = _census_day(found[0], path)
    rows = tuple((row[2] or f"row {n}", row[3], row[2:]) for n, row in enumerate(found, 2))
    networks = len({row[1] for row in rows})
    told = (f"{len(rows):,} rows of staff in {networks:,} PCNs, as of {day_words(as_of)}.",)
    return Reading(DataSetKind.WORKFORCE, "NHS England", as_of, NAMES, rows, told)


def _census_day(row: tuple[str, ...], path: Path) -> date:
    try:
        return Month(int(row[0]), int(row[1])).last
    except ValueError:
        raise FileRefused(
            f"{path.name} has a census month that cannot be read. Nothing was read in. Check that it is the file as it "
            "was published."
        ) from None


IMPORT = Incoming(
    DataSetKind.WORKFORCE,
    frozenset({"Data_source", "STAFF_GROUP", "STAFF_ROLE", "DETAILED_STAFF_ROLE", "FTE"}),
    read,
)
