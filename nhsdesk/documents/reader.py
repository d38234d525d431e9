"""The one place through which a file from outside is read: workbooks and separated text, told apart by content.

Whatever is wrong with a file, `errors.FileRefused` says so in a sentence that quotes no cell. An empty cell is None,
never an empty text; rows and columns are counted from the first, and empty ones at the end are dropped.

Old .xls workbooks are turned away: a damaged one can end the whole program while it is being opened, which nothing
here could prevent. Macros are never run, and links to other workbooks never followed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from math import isfinite
from operator import itemgetter
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from nhsdesk.documents.packages import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, plain_package
from nhsdesk.documents.refusals import damaged, refused, too_large
from nhsdesk.documents.separated import decoded, rows
from nhsdesk.errors import FileRefused

MOST_BYTES = 50_000_000

Value = str | int | Decimal | date | datetime | bool | None
"""What a cell holds. A time of day is text ("09:30"), so is a length of time ("37:30") and an error ("#N/A")."""

_Read = int | float | str | bool | time | date | datetime | timedelta

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXACT_WHOLE = 10**15
_FIRST_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one file of separated text: its name and its rows, all of one width."""

    name: str
    rows: tuple[tuple[Value, ...], ...]


def read_rows(path: Path) -> tuple[Grid, ...]:
    """Every sheet of a workbook, or the one grid of a text, whatever the file's name ends in."""
    data = file_bytes(path)
    if data.startswith(_ZIP):
        return _workbook_grids(data, path.name)
    return (_text_grid(data, path.name, path.stem),)


def is_text(path: Path) -> bool:
    """Whether a file is text and no workbook, whatever its name ends in."""
    return not file_bytes(path).startswith((_ZIP, _OLE))


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Every worksheet in order, hidden ones too, with values as they were last saved."""
    data = file_bytes(path)
    if not data.startswith(_ZIP):
        refuse_old(data, path.name)
        advice = "Save it as an Excel workbook (.xlsx), and read that in."
        raise refused(path.name, "it is not an Excel workbook", advice)
    return _workbook_grids(data, path.name)


def read_workbook_bytes(data: bytes, name: str) -> tuple[Grid, ...]:
    """The worksheets of a workbook that came inside another file, under the name a refusal is to give."""
    if not data.startswith(_ZIP):
        raise refused(name, "it is not an Excel workbook", "Ask whoever sent it for the form as .xlsx.")
    return _workbook_grids(data, name)


def read_csv(source: Path | bytes) -> Grid:
    """Separated text with all cells as text; from bytes the grid has no name."""
    if isinstance(source, bytes):
        return _text_grid(source, "The text", "")
    return _text_grid(file_bytes(source), source.name, source.stem)


def read_csv_columns(path: Path, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The named columns, in the order asked, of a large text whose first row holds the headings; empty is ""."""
    name = path.name
    lines = filter(None, rows(_decoded(file_bytes(path), name), name))
    heading = [cell.strip() for cell in next(lines, [])]
    places = _places(heading, columns, name)
    found = tuple(islice(_picked(lines, len(heading), places, name), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise too_large(name, f"it has more than {MOST_ROWS:,} rows")
    return found


def csv_headings(path: Path) -> tuple[str, ...]:
    """The first row of a text, by which its kind is told; empty for a file that is not text."""
    data = file_bytes(path)
    if data.startswith((_ZIP, _OLE)):
        return ()
    lines = filter(None, rows(_decoded(data[:_FIRST_BYTES], path.name), path.name))
    return tuple(cell.strip() for cell in next(lines, []))


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal, whatever its size."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unopened(path) from error


def file_bytes(path: Path) -> bytes:
    """All of a file from outside, unless it is empty, too large or may not be opened."""
    try:
        size = path.stat().st_size if path.is_file() else None
        if size is not None and 0 < size <= MOST_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise _unopened(path) from error
    if size is None:
        raise _unopened(path)
    if size == 0:
        raise refused(path.name, "it is empty", "Ask for the file again, or choose another.")
    raise too_large(path.name, f"it is larger than {MOST_BYTES // 1_000_000} MB")


def _unopened(path: Path) -> FileRefused:
    return refused(
        path.name,
        "it is not there, or may not be opened",
        "If it is open in another program, close it there; otherwise look where it was saved, and try again.",
    )


def refuse_old(data: bytes, name: str) -> None:
    """Turns away what is locked with a password or of the old .xls kind; anything else may go on."""
    if not data.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        advice = "Remove the password in Excel, save a copy, and read that in."
        raise refused(name, "it is locked with a password", advice)
    raise refused(
        name,
        "it is a workbook of the old .xls kind, which cannot be read safely",
        "Open it in Excel, save it as an Excel workbook (.xlsx), and read that in.",
    )


# ---------------------------------------------------------------- workbooks


def _workbook_grids(data: bytes, name: str) -> tuple[Grid, ...]:
    package = plain_package(data, name)
    try:
        grids = tuple(_sheets(package))
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged(name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own failure, which it does not name
            raise
        raise damaged(name) from error
    if not grids:
        raise refused(
            name, "it has no worksheets", "Open it in Excel, and see whether it is the file you meant."
        )
    return grids


def _sheets(package: BytesIO) -> Iterator[Grid]:
    with CalamineWorkbook.from_filelike(package) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                cells = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                yield Grid(sheet.name, _trimmed([tuple(map(_value, row)) for row in cells]))


def _value(read: _Read) -> Value:
    match read:
        case "":
            return None
        case float():
            return _number(read)
        case timedelta():
            return _clock(round(read.total_seconds()))
        case time():
            return _clock(3600 * read.hour + 60 * read.minute + round(read.second + read.microsecond / 1e6))
        case datetime():
            return (read + timedelta(microseconds=500_000)).replace(microsecond=0)
        case _:
            return read


def _number(read: float) -> Value:
    """Exact as far as a spreadsheet is: whole numbers up to 15 digits, else the shortest decimal that means it."""
    if not isfinite(read):
        return repr(read)
    if read.is_integer() and abs(read) < _EXACT_WHOLE:
        return int(read)
    return Decimal(repr(read))


def _clock(seconds: int) -> str:
    sign, (minutes, rest) = "-" if seconds < 0 else "", divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")


# ---------------------------------------------------------------- separated text


def _text_grid(data: bytes, name: str, title: str) -> Grid:
    found: list[tuple[Value, ...]] = []
    cells = width = 0
    for row in rows(_decoded(data, name), name):
        found.append(tuple(cell or None for cell in row))
        cells, width = cells + len(row), max(width, len(row))
        if (
            len(found) > MOST_ROWS
            or width > MOST_COLUMNS
            or cells > MOST_CELLS
            or width * len(found) > MOST_CELLS
        ):
            raise too_large(name, "it has more rows or columns than can be read")
    return Grid(title, _trimmed(found))


def _decoded(data: bytes, name: str) -> str:
    refuse_old(data, name)
    if data.startswith(_ZIP):
        raise refused(
            name, "it is not text but a workbook or an archive", "Save it as text (CSV), and read that in."
        )
    return decoded(data, name)


def _places(heading: list[str], columns: tuple[str, ...], name: str) -> list[int]:
    """Where each named column stands in the heading."""
    missing = [column for column in columns if column not in heading]
    if missing:
        raise refused(
            name,
            f"it has no column named {' or '.join(missing)}",
            "Check that it is the file you meant, as it was published, with its headings in the first row.",
        )
    twice = [column for column in columns if heading.count(column) > 1]
    if twice:
        advice = "Remove the one that is not meant, and read it in again."
        raise refused(name, f"it has two columns named {twice[0]}", advice)
    return [heading.index(column) for column in columns]


def _picked(
    lines: Iterable[list[str]], width: int, places: list[int], name: str
) -> Iterator[tuple[str, ...]]:
    """The cells at these places; a row cut short before them, or with cells beyond the headings, is refused."""
    pick = itemgetter(*places, *places[:1])  # one more than asked, since of one alone it gives no tuple
    least = max(places) + 1
    for number, row in enumerate(lines, 2):
        if len(row) != width and (len(row) < least or any(row[width:])):
            raise refused(
                name,
                f"row {number:,} has {len(row)} cells where there are {width} headings",
                "Open it in Excel, look at that row, and read it in again when it is right.",
            )
        picked: tuple[str, ...] = pick(row)
        yield picked[:-1]


def _trimmed(found: list[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """Without empty rows and columns at the end, and all of one width."""
    widths = [
        next((place for place in range(len(row), 0, -1) if row[place - 1] is not None), 0) for row in found
    ]
    width = max(widths, default=0)
    height = next((place for place in range(len(widths), 0, -1) if widths[place - 1]), 0)
    return tuple(row[:width] + (None,) * (width - len(row)) for row in found[:height])
