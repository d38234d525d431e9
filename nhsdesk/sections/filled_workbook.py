"""What was put into a workbook of others: each cell with what filled it, so that every one can be followed back."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.papers import Heading


@dataclass(frozen=True, slots=True)
class PutCell:
    """One cell as it was asked for: where, what filled it, and the value as words."""

    sheet: str
    cell: str
    source: str
    value: str


@dataclass(frozen=True, slots=True)
class PutRows:
    """One list: where its headings begin, what filled it, which rows and in which order, and its rows as words."""

    sheet: str
    header: str
    source: str
    only: str
    in_order: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FilledFacts:
    """The facts of a filled workbook: which workbook by its reference, its blank by SHA-256, and what was put in."""

    heading: Heading
    workbook: str
    name: str
    blank: str
    cells: tuple[PutCell, ...]
    lists: tuple[PutRows, ...]
