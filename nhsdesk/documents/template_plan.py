"""What is asked of a filling and what comes of it: cells, rows under headings, problems and differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents import template_values as values
from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_book import Book, SheetEntry, Table
from nhsdesk.documents.template_values import Fitted, Held, Value
from nhsdesk.domain.problems import Problem, Weight


@dataclass(frozen=True, slots=True)
class Rows:
    """Entries to be put one below the other, under a row of headings or into an Excel table.

    `header` is the first cell of the headings' lowest row, such as A5; with the name of a `table` it may be empty.
    `columns` are letters; each row has one value for each. They begin in row `first`, or in the first free row when it
    is 0, and end no lower than row `last`, or where the workbook has room for no more.
    """

    sheet: str
    header: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    table: str = ""
    first: int = 0
    last: int = 0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row that has not one value for each column")


@dataclass(frozen=True, slots=True)
class FillProblem(Problem):
    """Something about one cell, or one list of rows, with what could be chosen instead, the nearest first.

    What must be put right was not put into the workbook; what must be acknowledged was.
    """

    sheet: str = ""
    cell: str = ""
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that holds something else than before; where it got a formula, `new` is that formula, beginning with =."""

    sheet: str
    cell: str
    old: Held
    new: Held
    by_formula: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook filled in, what was wrong, and every cell that differs, by sheet, row and column.

    `grown` names the tables that got more rows than they had.
    """

    content: bytes
    problems: tuple[FillProblem, ...] = ()
    differences: tuple[Difference, ...] = ()
    grown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of one sheet."""

    entry: SheetEntry
    row: int
    column: int

    @property
    def ref(self) -> str:
        """Such as B7."""
        return xml.reference(self.row, self.column)

    def __str__(self) -> str:
        return f"{self.ref} of “{self.entry.name}”"


class Plan:
    """What is to be put where, gathered before anything is written."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.asked: dict[Spot, tuple[Value, int]] = {}
        """The value asked for, and the row whose style and rules the cell follows where it has none."""
        self.fitted: dict[Spot, Fitted] = {}
        self.old: dict[Spot, Held] = {}
        """What each of these held before."""
        self.formulas: dict[Spot, str] = {}
        self.arrays: set[Spot] = set()
        """Of these formulas, those that work on whole areas."""
        self.styled: dict[Spot, int] = {}
        """Cells that are not there yet, and their style."""
        self.growths: dict[str, tuple[Table, int]] = {}
        """Tables that grow, by name, and the last row that each will have."""
        self._problems: dict[FillProblem, None] = {}

    @property
    def problems(self) -> tuple[FillProblem, ...]:
        """What was found, the heaviest first."""
        order = list(Weight)
        return tuple(sorted(self._problems, key=lambda one: order.index(one.weight)))

    def problem(
        self, weight: Weight, sentence: str, sheet: str = "", cell: str = "", offered: tuple[str, ...] = ()
    ) -> None:
        """Notes one, once."""
        one = FillProblem(sentence, weight, "workbook", 0, f"{sheet}!{cell}", sheet, cell, offered)
        self._problems.setdefault(one)

    def held(self, entry: SheetEntry, row: int, column: int) -> Held:
        """What a cell will hold, as far as is known yet; else what it holds."""
        spot = Spot(entry, row, column)
        if spot in self.fitted:
            return self.fitted[spot].held
        asked = self.asked.get(spot)
        if asked is not None and isinstance(asked[0], str):
            return asked[0]
        sheet = self.book.sheet(entry)
        return values.held(self.book, sheet, sheet.cell(row, column))

    def spots(self) -> Iterator[Spot]:
        """Every cell that will differ, by sheet, row and column."""
        order = list(self.book.entries.values())
        yield from sorted(
            self.fitted.keys() | self.formulas.keys(),
            key=lambda one: (order.index(one.entry), one.row, one.column),
        )
