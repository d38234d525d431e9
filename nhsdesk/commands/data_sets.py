"""Taking in published files: recognised by what they hold, previewed, adopted as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nhsdesk import errors
from nhsdesk.documents import reader as files
from nhsdesk.domain import patient_data
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.entry import whole_letters
from nhsdesk.imports import IMPORTS, recognised
from nhsdesk.incoming import Reading, Row
from nhsdesk.store import data_sets
from nhsdesk.store.database import Database

Tell = Callable[[int, int], object]
"""Told how many rows of how many are written; what it raises stops the work, and then nothing is written."""

_ROWS_BETWEEN = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as read, before anything is written."""

    path: Path
    sha256: str
    reading: Reading


def preview(path: Path) -> Preview:
    """Reads a file and tells what is in it. Raises FileRefused for one that is none of those taken in."""
    found = recognised(files.csv_headings(path))
    if found is None:
        known = "; ".join(one.kind.words for one in IMPORTS)
        raise errors.FileRefused(
            f"{path.name} is none of the files this program takes in ({known}). Nothing was read in. Check that it is "
            "the file as it was published, with its headings in the first row."
        )
    reading = found.read(path)
    refuse_patient_data(path.name, reading.names, (row[2] for row in reading.rows))
    return Preview(path, files.sha256(path), reading)


def refuse_patient_data(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Turns away rows, of a file or pasted, in which a cell looks like an NHS number. The sentence has it masked."""
    found = patient_data.find_in_rows(headings, rows)
    if found is not None:
        number, heading, what = found
        column = f", “{heading.replace('_', ' ')}”," if heading else ""
        raise errors.PatientData(
            f"{patient_data.masked(name)} was not read: row {number:,} below the headings{column} holds what looks "
            f"like an {what.what} ({what.masked}). Nothing has been changed. No patient’s number is kept here: take it "
            "out, save a copy, and read that in."
        )


def adopted(database: Database, seen: Preview) -> DataSet | None:
    """The data set that a previewed file was adopted as before; None when it was not, or was withdrawn."""
    with database.read() as reader:
        return next(iter(reader.all(DataSet, sha256=seen.sha256)), None)


def adopt(database: Database, seen: Preview, tell: Tell | None = None) -> DataSet:
    """Keeps a previewed file as a data set. One adopted before is not adopted twice."""
    reading, known = seen.reading, adopted(database, seen)
    if known is not None:
        return known
    data_set = DataSet(
        kind=reading.kind,
        file_name=whole_letters(seen.path.name),
        sha256=seen.sha256,
        publisher=reading.publisher,
        as_of=reading.as_of,
        rows=len(reading.rows),
        read_at=database.now(),
    )
    rows = reading.rows if tell is None else _telling(reading.rows, tell)
    with database.change(f"Adopt data set: {reading.kind.value}") as change:
        return data_sets.adopt(change, data_set, reading.names, rows)


def _telling(rows: tuple[Row, ...], tell: Tell) -> Iterator[Row]:
    for n, row in enumerate(rows):
        if n % _ROWS_BETWEEN == 0:
            tell(n, len(rows))
        yield row
    tell(len(rows), len(rows))
