"""NHS England's monthly map of practices to PCN, sub-ICB, ICB and region ("Patients Registered at a GP Practice")."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from nhsdesk.documents import reader
from nhsdesk.domain.data_sets import DataSetKind
from nhsdesk.domain.periods import day_words
from nhsdesk.errors import FileRefused
from nhsdesk.incoming import Incoming, Reading

COLUMNS = (
    "EXTRACT_DATE",
    "PRACTICE_CODE",
    "PRACTICE_NAME",
    "PRACTICE_POSTCODE",
    "PCN_CODE",
    "PCN_NAME",
    "SUB_ICB_LOCATION_CODE",
    "SUB_ICB_LOCATION_NAME",
    "ICB_CODE",
    "ICB_NAME",
    "COMM_REGION_CODE",
    "COMM_REGION_NAME",
)
NAMES = (
    "practice_code", "practice_name", "postcode", "pcn_code", "pcn_name", "sub_icb_code", "sub_icb_name", "icb_code",
    "icb_name", "region_code", "region_name",
)  # fmt: skip

UNALLOCATED = "U"
"""The code the file gives practices that belong to no PCN."""


def read(path: Path) -> Reading:
    """Every practice with where it belongs. Raises FileRefused naming a missing column or a date it cannot read."""
    found = reader.read_csv_columns(path, COLUMNS)
    if not found:
        raise FileRefused(f"{path.name} holds no practice. Nothing was read in. Ask for the file again.")
    as_of = _day(found[0][0], path)
    rows = tuple((row[1], None if row[4] in ("", UNALLOCATED) else row[4], row[1:]) for row in found)
    networks = len({row[1] for row in rows if row[1]})
    alone = sum(row[1] is None for row in rows)
    told = (
        f"{len(rows):,} practices in {networks:,} PCNs, as of {day_words(as_of)}.",
        f"{alone:,} practices belong to no PCN.",
    )
    return Reading(DataSetKind.PRACTICE_MAP, "NHS England", as_of, NAMES, rows, told)


def _day(text: str, path: Path) -> date:
    try:
        return datetime.strptime(text.strip(), "%d%b%Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise FileRefused(
            f"{path.name} has a date in EXTRACT_DATE that cannot be read. Nothing was read in. Check that it is the "
            "file as it was published."
        ) from None


IMPORT = Incoming(
    DataSetKind.PRACTICE_MAP,
    frozenset({"PUBLICATION", "EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "PRACTICE_POSTCODE"}),
    read,
)
