"""What every kind of file we take in is: recognised by its headings, read whole, previewed, adopted as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nhsdesk.domain.data_sets import DataSetKind

Row = tuple[str, str | None, tuple[Any, ...]]
"""The code a row is found by, its group's code, and its values in the order of the names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its rows, and what a person is told of it before anything is written."""

    kind: DataSetKind
    publisher: str
    as_of: date | None
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One kind of file: the headings by which it is known, and how it is read."""

    kind: DataSetKind
    known_by: frozenset[str]
    read: Callable[[Path], Reading]
    also_known: Callable[[tuple[str, ...]], bool] | None = None
    """For a file whose headings vary: whether it is one of these."""

    def knows(self, headings: tuple[str, ...]) -> bool:
        """Whether these are the headings of such a file, however complete."""
        if self.known_by:
            return self.known_by <= set(headings)
        return self.also_known is not None and self.also_known(headings)
