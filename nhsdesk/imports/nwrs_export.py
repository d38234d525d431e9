"""Our own export from the NWRS, recognised by its headings whatever their order, in a text or a workbook.

Names, dates of birth, national insurance numbers, gender and ethnicity are never kept: only the identifier, staff
group, role, detailed role, contracted and average hours, start, leave date, still working here, and record status.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from nhsdesk.documents import reader
from nhsdesk.domain import block_headings, blocks, kinds, times
from nhsdesk.domain.block_cells import DayOrder
from nhsdesk.domain.blocks import Block, Wanted
from nhsdesk.domain.data_sets import DataSetKind
from nhsdesk.domain.entry import Lean
from nhsdesk.errors import FileRefused
from nhsdesk.incoming import Incoming, Reading, Row

PUBLISHER = "Our own export from the NWRS"
NAMES = (
    "identifier", "staff_group", "staff_role", "detailed_role", "contracted", "average", "starts", "left",
    "still_here", "status", "service",
)  # fmt: skip

WANTED: tuple[Wanted, ...] = (
    Wanted(
        "identifier", "NWRS identifier", kinds.Reference(),
        (
            "unique identifier", "nwrs identifier", "identifier", "unique id", "nwrs id", "nwrs reference", "record id",
            "staff id", "unique reference",
        ),
    ),
    Wanted("staff_group", "Staff group", kinds.Text(), ("staff group", "group")),
    Wanted("staff_role", "Staff role", kinds.Text(), ("staff role", "role", "job role")),
    Wanted(
        "detailed_role", "Detailed staff role", kinds.Text(), ("detailed staff role", "detailed role"), needed=True
    ),
    Wanted(
        "contracted", "Contracted hours a week", kinds.HoursAWeek(),
        (
            "contracted weekly hours", "contracted hours", "contracted hours per week", "weekly contracted hours",
            "contracted hours a week", "hours",
        ),
    ),
    Wanted(
        "average", "Average hours worked a week", kinds.HoursAWeek(),
        ("average weekly hours worked", "average weekly hours", "average hours worked", "average hours"),
    ),
    Wanted(
        "starts", "Start date", times.Day(Lean.LAST),
        ("start date", "join date", "start/join date", "date joined", "joining date", "date started"),
    ),
    Wanted(
        "left", "Leave date", times.Day(Lean.LAST),
        ("leave date", "leaving date", "date left", "date of leaving", "end date"),
    ),
    Wanted(
        "still_here", "Still working here", kinds.Flag(),
        ("are they still working here", "still working here", "are they still working here?"),
    ),
    Wanted("status", "Record status", kinds.Text(), ("record status", "submission status", "status")),
    Wanted("module", "Module", kinds.Text(), ("data source", "module", "source")),
)  # fmt: skip
"""The columns that are read; all others are left behind."""

_SERVICE = "contracted service"
_MOST_TOLD = 3
_ROLE, _HOURS = {"detailed_role", "staff_role"}, {"contracted", "average"}
_ONLY_THERE = {"still_here", "status"}


def knows(headings: tuple[str, ...]) -> bool:
    """Whether these are the headings of an own export: role, hours a week, and what only a record of the NWRS has."""
    found = set(blocks.guess(Block(headings, (), 2), WANTED, {}))
    of_a_record = found & _ONLY_THERE or {"identifier", "detailed_role"} <= found
    return bool(found & _ROLE and found & _HOURS and of_a_record)


def in_workbook(path: Path) -> bool:
    """Whether a sheet of a workbook is an own export."""
    return any(knows(block.headings) for block in _blocks(path))


def read(path: Path) -> Reading:
    """The rows of an own export. Raises FileRefused where there is none, or no row in it."""
    fitting = [block for block in _blocks(path) if knows(block.headings)]
    if not fitting:
        raise FileRefused(
            f"{path.name} has no columns for a role and hours a week. Nothing was read in. Check that it is the export "
            "from the NWRS, with its headings."
        )
    block = max(fitting, key=lambda one: len(one.rows))
    columns = block_headings.guess(block, WANTED, {})
    return reading_of(block, columns, _written_on(path))


def reading_of(
    block: Block, columns: Mapping[str, int], today: date, orders: Mapping[str, DayOrder] | None = None
) -> Reading:
    """What a block says as rows to be kept; days that can be read both ways have the day first, as in the NWRS."""
    days_first = {one.name: DayOrder.DAY_FIRST for one in WANTED if isinstance(one.kind, times.Day)}
    first = blocks.look(block, WANTED, columns, today, orders)
    unsettled = {name: days_first[name] for name in first.unsettled}
    seen = blocks.look(block, WANTED, columns, today, {**unsettled, **(orders or {})}) if unsettled else first
    rows = kept_rows(seen.rows)
    if not rows:
        raise FileRefused(
            "There is no row with a role in it. Nothing was read in. Export the staff from the NWRS again, with their "
            "roles and hours."
        )
    return Reading(DataSetKind.NWRS_EXPORT, PUBLISHER, None, NAMES, rows, _told(rows, seen))


def kept_rows(rows: Sequence[blocks.Row]) -> tuple[Row, ...]:
    """The rows that name a role, with nothing else in them than what may be kept."""
    return tuple(
        _kept(row) for row in rows if row.values.get("detailed_role") or row.values.get("staff_role")
    )


def sha256(rows: Sequence[Row], taken_in: date) -> str:
    """What pasted rows are known by: the SHA-256 of what is kept of them and of the day, for they may not change."""
    told = json.dumps([taken_in.isoformat(), NAMES, rows], ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _kept(row: blocks.Row) -> Row:
    held = row.values
    service = _SERVICE in (held.get("module") or "").casefold()
    identifier = held.get("identifier") or ""
    values = (
        identifier, held.get("staff_group"), held.get("staff_role"), held.get("detailed_role"),
        *(None if held.get(name) is None else held[name].seconds for name in ("contracted", "average")),
        *(None if held.get(name) is None else held[name].isoformat() for name in ("starts", "left")),
        held.get("still_here"), held.get("status"), service,
    )  # fmt: skip
    return identifier or f"row {row.number}", None, values


def _told(rows: Sequence[Row], seen: blocks.Reading) -> tuple[str, ...]:
    services = sum(values[-1] for _, _, values in rows)
    told = [
        f"{len(rows):,} rows of our own staff, {services:,} of them contracted services.",
        "Kept of each: identifier, staff group, roles, hours, start and leave date, still working here, record status. "
        "Names and everything else of a person are left behind.",
    ]
    wrong = [problem.sentence for row in seen.rows for problem in row.problems]
    if wrong:
        more = f" And {len(wrong) - _MOST_TOLD:,} more." if len(wrong) > _MOST_TOLD else ""
        told.append(f"Cells that could not be read are left empty. {' '.join(wrong[:_MOST_TOLD])}{more}")
    return (*told, *seen.told)


def _blocks(path: Path) -> list[Block]:
    return [
        blocks.of_rows([[blocks.as_words(cell) for cell in row] for row in grid.rows], WANTED, {}, grid.name)
        for grid in reader.read_rows(path)
        if grid.rows
    ]


def _written_on(path: Path) -> date:
    """Days without a year are meant as of when the file was written."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


IMPORT = Incoming(DataSetKind.NWRS_EXPORT, frozenset(), read, knows)
