"""What a chart, a grid and a timeline show, as plain values: drawn alike in the window, on paper and for a browser.

Each says in words what it shows, and has its numbers as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from nhsdesk.documents.tables import CellKind, Column, Table
from nhsdesk.domain.money import Money


class BarLook(Enum):
    """How the parts of a bar are told apart, without colour."""

    FULL = "full"
    STRIPED = "striped"
    OUTLINED = "outlined"


@dataclass(frozen=True, slots=True)
class Series:
    """One amount for each name along a chart; None where there is none."""

    name: str
    look: BarLook
    values: tuple[Money | int | Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a chart, with the words that stand beside it."""

    words: str
    value: Money


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for each of some names, the series of each stacked; drawn alike in the window and on paper.

    `says` tells what it shows to whoever does not see it. `names` stand whole in its table, `short` along the bars.
    """

    name: str
    title: str
    unit: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    series: tuple[Series, ...]
    says: str
    level: Level | None = None
    sideways: bool = False
    """Bars that lie, each with its name at the left: for names too long to stand below."""
    joined: bool = False
    """Points joined by lines, one for each series, beside each other: for what goes on in time."""

    def __post_init__(self) -> None:
        if len(self.short) != len(self.names):
            raise ValueError(f"chart {self.name}: {len(self.short)} short names for {len(self.names)}")
        for one in self.series:
            if len(one.values) != len(self.names):
                raise ValueError(f"chart {self.name}: {len(one.values)} values for {len(self.names)} names")

    @property
    def kind(self) -> CellKind:
        """What its values are: money, unless they are counts or numbers with a part after the point."""
        values = [value for one in self.series for value in one.values if value is not None]
        if any(isinstance(value, Decimal) for value in values):
            return CellKind.DECIMAL
        return CellKind.WHOLE if values and not isinstance(values[0], Money) else CellKind.MONEY

    @property
    def numbers(self) -> Table:
        """Its numbers as a table."""
        columns = (Column(self.unit), *(Column(one.name, self.kind, places=1) for one in self.series))
        rows = tuple(
            (name, *(one.values[place] for one in self.series)) for place, name in enumerate(self.names)
        )
        return Table(self.name, columns, rows, caption=f"{self.title}: the numbers")


class Shade(Enum):
    """How dark a square is, from nothing to the darkest."""

    NONE = "none"
    PALE = "pale"
    MIDDLE = "middle"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Square:
    """Words on a ground."""

    words: str
    shade: Shade = Shade.NONE


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares in rows and columns: a heat map, or what is there where. `corner` says what the rows are."""

    name: str
    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    squares: tuple[tuple[Square, ...], ...]
    says: str

    def __post_init__(self) -> None:
        if [len(row) for row in self.squares] != [len(self.columns)] * len(self.rows):
            raise ValueError(f"grid {self.name}: not every row has a square for each column")

    @property
    def numbers(self) -> Table:
        """Its squares as a table."""
        columns = (Column(self.corner), *map(Column, self.columns))
        rows = tuple(
            (row, *(square.words for square in squares))
            for row, squares in zip(self.rows, self.squares, strict=True)
        )
        return Table(self.name, columns, rows, caption=f"{self.title}: as a table")


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day, or from one day to another; `told` stands beside it."""

    what: str
    first: date
    last: date
    told: str
    look: BarLook = BarLook.FULL


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happens when, one line for each event; `unit` says what they are. `today` is marked."""

    name: str
    title: str
    unit: str
    events: tuple[Event, ...]
    today: date
    says: str

    def __post_init__(self) -> None:
        for number, event in enumerate(self.events, 1):
            if event.last < event.first:
                raise ValueError(f"timeline {self.name}: event {number} ends before it begins")

    @property
    def numbers(self) -> Table:
        """Its days as a table."""
        days = (Column("First day", CellKind.DAY), Column("Last day", CellKind.DAY))
        columns = (Column(self.unit), *days, Column("How it stands"))
        rows = tuple((event.what, event.first, event.last, event.told) for event in self.events)
        return Table(self.name, columns, rows, caption=f"{self.title}: the days")


Picture = Chart | Grid | Timeline
