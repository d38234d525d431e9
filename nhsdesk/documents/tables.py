"""What a table holds, as plain values, and how a person reads its cells.

A table that breaks its own promise raises ValueError, for that is our mistake and never the user's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month, day_words

Cell = str | int | Decimal | date | Money | Month | Hours | bool | None

NOT_AVAILABLE = "[x]"
"""What a workbook shows where there is nothing to show."""

NOT_GIVEN = "not given"
"""What a printed page says where there is nothing to show."""

MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number than this; an id with more is a text."""

_TOO_LARGE = 10**15

LONGEST_HEADING = 200
"""Characters. A spreadsheet's table allows 255, of which its unit and escapes need some."""


class CellKind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    DAY = "day"
    MONTH = "month"
    HOURS = "hours"

    @property
    def counts(self) -> bool:
        """True for amounts, which are lined up at the right."""
        return self in (CellKind.WHOLE, CellKind.DECIMAL, CellKind.MONEY, CellKind.HOURS)


_SUITS: dict[CellKind, tuple[type, ...]] = {
    CellKind.WHOLE: (int,),
    CellKind.DECIMAL: (Decimal, int),
    CellKind.MONEY: (Money,),
    CellKind.DAY: (date,),
    CellKind.MONTH: (Month,),
    CellKind.HOURS: (Hours,),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and kind; `places` is how many decimals a DECIMAL shows.

    `choices` are what its cells may be filled with; a `hidden` one is for the program that reads the table again.
    """

    heading: str
    kind: CellKind = CellKind.TEXT
    places: int = 2
    choices: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def label(self) -> str:
        """The heading on one line."""
        return " ".join(self.heading.split())

    @property
    def label_with_unit(self) -> str:
        """The heading for bare numbers: amounts of money say that they are pounds."""
        if self.kind is CellKind.MONEY and "£" not in self.label:
            return f"{self.label} (£)"
        return self.label


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; every row has one cell for each column.

    Where its cells are `to_fill`, one without a value stays empty, and words typed into it stay words.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    to_fill: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"table {self.name}: no columns")
        for column in self.columns:
            _check_column(self.name, column)
        for labels in ([c.label for c in self.columns], [c.label_with_unit for c in self.columns]):
            _check_unique(self.name, labels)
        for number, row in enumerate(self.rows, 1):
            _check_row(f"table {self.name}, row {number}", self.columns, row)


def cell_words(value: Cell, column: Column, missing: str = NOT_GIVEN) -> str:
    """A cell as a person reads it: "30 January 2027", "£4,400.00", "October 2026", "22.5", "Yes"."""
    match value:
        case None:
            return missing
        case str():
            return value if value.strip() else missing
        case bool():
            return "Yes" if value else "No"
        case int() if column.kind is not CellKind.DECIMAL:
            return f"{value:,}"
        case int() | Decimal():
            return _decimal_words(Decimal(value), column.places)
        case Month():
            return value.words
        case Money() | Hours():
            return str(value)
        case date():
            return day_words(value)


def _decimal_words(value: Decimal, places: int) -> str:
    """Rounded half away from nought, as a spreadsheet shows it; nought has no sign."""
    shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{abs(shown) if shown == 0 else shown:,.{places}f}"


def _check_column(table: str, column: Column) -> None:
    if not column.label:
        raise ValueError(f"table {table}: a column without a heading")
    if len(column.label) > LONGEST_HEADING:
        raise ValueError(f"table {table}: a heading of {len(column.label)} characters")
    if not 0 <= column.places <= MOST_DIGITS:
        raise ValueError(f"table {table}, {column.label}: {column.places} decimal places")


def _check_unique(table: str, labels: Iterable[str]) -> None:
    seen: set[str] = set()
    for label in labels:
        if label.casefold() in seen:
            raise ValueError(f"table {table}: two columns headed {label}")
        seen.add(label.casefold())


def _check_row(where: str, columns: tuple[Column, ...], row: tuple[Cell, ...]) -> None:
    """The message names the place and the type, never the value: it may reach the log."""
    if len(row) != len(columns):
        raise ValueError(f"{where}: {len(row)} cells for {len(columns)} columns")
    for column, value in zip(columns, row, strict=True):
        if not _suits(value, column.kind):
            kind = column.kind.value
            raise ValueError(f"{where}, {column.label}: {type(value).__name__} in a column of kind {kind}")
        if not _fits(value):
            raise ValueError(f"{where}, {column.label}: over {MOST_DIGITS} digits; an id is written as text")


def _suits(value: Cell, kind: CellKind) -> bool:
    if value is None or kind is CellKind.TEXT:
        return value is None or isinstance(value, str | bool)
    return isinstance(value, _SUITS[kind]) and not isinstance(value, bool | datetime)


def _fits(value: Cell) -> bool:
    """True where a spreadsheet can hold the whole part, the pence or the seconds of it exactly."""
    match value:
        case int():
            return abs(value) < _TOO_LARGE
        case Decimal():
            return value.is_finite() and abs(value) < _TOO_LARGE
        case Money():
            return abs(value.pence) < _TOO_LARGE
        case Hours():
            return abs(value.seconds) < _TOO_LARGE
        case _:
            return True
