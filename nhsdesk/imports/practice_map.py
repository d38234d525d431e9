"""NHS England's monthly map of practices to PCN, sub-ICB, ICB and region ("Patients Registered at a GP Practice")."""

from __future__ import annotations

import re
from datetime import date
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

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

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
    found = re.fullmatch(r"(\d{1,2})([A-Z]{3})(\d{4})", text.strip().upper(), re.ASCII)
    try:
        if found is not None:
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        pass
    raise FileRefused(
        f"{path.name} has a date in EXTRACT_DATE that cannot be read. Nothing was read in. Check that it is the file "
        "as it was published."
    )


IMPORT = Incoming(
    DataSetKind.PRACTICE_MAP,
    frozenset({"PUBLICATION", "EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "PRACTICE_POSTCODE"}),
    read,
)
