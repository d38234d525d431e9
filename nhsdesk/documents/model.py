"""What a workbook, a report and a bundle hold, as plain values: compiled from facts, written by modules of this folder.

Nothing here knows a file format. A table that breaks its own promise raises ValueError, for that is our
mistake and never the user's.
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: a title, one line about it, and one table."""

    name: str
    title: str
    intro: str
    table: Table


@dataclass(frozen=True, slots=True)
class Workbook:
    """A cover, sheets of one table each, and notes. `created` is in UTC; `mark` is SAMPLE, DRAFT or empty.

    In a `working_copy` headings stay in sight while somebody works down the rows; a copy that others read has no
    frozen panes, which screen readers and magnifiers stumble over.
    """

    title: str
    subject: str
    author: str
    created: datetime
    cover: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    mark: str = ""
    working_copy: bool = False

    def __post_init__(self) -> None:
        _check_aware(self.title, self.created)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that run on; a line break in them is kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's own words and where they stand."""

    words: str
    source: str


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
Block = Paragraph | Bullets | Quotation | Table | Picture


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be followed back: what was counted, by which filter, from which entries, as at when.

    `at` is the words it stands in, as printed: a whole cell, or else the first place in its section that says so.
    Its number is given when the paper is put together (`tracing.py`).
    """

    at: str
    shown: str
    what: str
    by: str
    refs: tuple[str, ...] = ()
    table: str = ""
    """The name of the table or chart it stands in, where the same words stand in several."""
    not_named: str = ""
    """Why entries are left out of `refs`, or what was counted instead of entries."""
    as_at: date | None = None
    """Where it is not the paper's own day."""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, at the top of a page of its own where it is to be handed out alone."""

    heading: str
    blocks: tuple[Block, ...]
    own_page: bool = False
    figures: tuple[Figure, ...] = ()
    own_board: bool = False
    """Starts at our own board: others read it from the day somebody gives, or `private_until`."""
    private_until: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A paper to print. `created` is in UTC; `footer`, `mark` and `watermark` stand on every page."""

    title: str
    subtitle: str
    organisation: str
    day: date
    created: datetime
    sections: tuple[Section, ...]
    footer: str
    mark: str = ""
    watermark: str = ""
    """Large and pale across each page."""

    def __post_init__(self) -> None:
        _check_aware(self.title, self.created)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbered figures, in their order."""
        return tuple(one for section in self.sections for one in section.figures if one.number)


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF from outside, known by the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class NotIncluded:
    """Why something is not in a bundle, as the end of a sentence: it stands on a page of its own."""

    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of a bundle: what stands on each of its pages, such as "Enclosure C", and what it is called."""

    label: str
    title: str
    content: Report | Attached | NotIncluded


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several papers in one file: a front page, whose mark all bear, then each under its label."""

    front: Report
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """What the whole is called."""
        return self.front.title

    @property
    def footer(self) -> str:
        """What stands at the foot of its own pages."""
        return self.front.footer


Document = Workbook | Report | Bundle
"""What a paper is compiled to."""


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


def _check_aware(title: str, moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError(f"{title}: the moment it was made has no time zone")
