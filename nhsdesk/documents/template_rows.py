"""Where the rows of a list go in a workbook: under headings as far as it is prepared, or into a table that grows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.formula.translate import Translator

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_areas import Area
from nhsdesk.documents.template_book import SheetEntry, Table
from nhsdesk.documents.template_plan import Plan, Rows, Spot
from nhsdesk.documents.template_sheet import Sheet, SheetCell
from nhsdesk.domain.problems import Weight

_PLACEHOLDER = re.compile(r"\W*(?:please\s+)?(?:select|choose|pick)\b.*", re.IGNORECASE | re.DOTALL)


def is_placeholder(words: object) -> bool:
    """Whether a cell's words only ask for a choice, such as < Select >."""
    return isinstance(words, str) and len(words) < 60 and _PLACEHOLDER.fullmatch(words) is not None


def place(plan: Plan, asked: Rows) -> None:
    """Puts the values of a list into the plan, row by row, and tells what did not find room."""
    entry = plan.book.entry(asked.sheet)
    table = _table(plan, asked)
    if asked.table and table is None:
        sentence = f"The workbook has no table named “{asked.table}”, so its rows were not filled in."
        plan.problem(Weight.MUST_FIX, sentence, asked.sheet)
        return
    if table is not None:
        entry = plan.book.entry(table.sheet)
    if entry is None:
        sentence = (
            f"The workbook has no sheet named “{asked.sheet}”, so the rows meant for it were not filled in."
        )
        plan.problem(Weight.MUST_FIX, sentence, asked.sheet)
        return
    _Placing(plan, asked, entry, table).run()


def _table(plan: Plan, asked: Rows) -> Table | None:
    """The table of that name, or the one whose headings the list is to stand under."""
    if asked.table:
        return next((one for one in plan.book.tables if one.name.casefold() == asked.table.casefold()), None)
    at, entry = xml.place(asked.header), plan.book.entry(asked.sheet)
    return next(
        (
            one
            for one in plan.book.tables
            if at and entry and one.headings and one.sheet == entry.name
            and one.area.top <= at[0] < one.first_row and one.area.holds(*at)
        ),
        None,
    )  # fmt: skip


class _Placing:
    def __init__(self, plan: Plan, asked: Rows, entry: SheetEntry, table: Table | None) -> None:
        self._plan, self._asked, self._entry, self._table = plan, asked, entry, table
        self._sheet, self._frame = plan.book.sheet(entry), plan.book.frame(entry)
        self._ended = ""

    def run(self) -> None:
        columns = self._columns()
        start = self._start()
        if columns is None or start is None or not self._asked.rows:
            return
        self._tell_of_query()
        room = list(self._room(start, [column for column in columns if column]))
        columns = self._without_formulas(columns, room)
        grown = self._grow(len(self._asked.rows) - len(room)) if self._table else []
        like = self._table.last_row if self._table else 0
        for number, row in zip([*room, *grown], self._asked.rows, strict=False):
            for column, value in zip(columns, row, strict=True):
                if column:
                    self._ask(Spot(self._entry, number, column), value, like if number in grown else number)
        self._tell(len(room) + len(grown))

    def _ask(self, spot: Spot, value: object, like: int) -> None:
        self._plan.asked[spot] = value, like  # type: ignore[assignment]

    def _columns(self) -> list[int] | None:
        """The columns' numbers; None when one of them is no column of this list."""
        numbers = []
        for letters in self._asked.columns:
            at = xml.place(f"{letters}1")
            if at is None or (self._table and not self._table.area.left <= at[1] <= self._table.area.right):
                whose = f"the table {self._table.name}" if self._table else f"“{self._entry.name}”"
                sentence = f"{letters} is no column of {whose}, so its rows were not filled in."
                self._plan.problem(Weight.MUST_FIX, sentence, self._entry.name, letters)
                return None
            numbers.append(at[1])
        return numbers

    def _tell_of_query(self) -> None:
        if self._table and self._table.outside:
            sentence = (
                f"The rows of the table {self._table.name} on “{self._entry.name}” come from a query, which puts "
                "its own in place of what is filled in as soon as somebody refreshes it."
            )
            self._plan.problem(Weight.ACKNOWLEDGE, sentence, self._entry.name)

    def _start(self) -> int | None:
        if self._table:
            return max(self._table.first_row, self._asked.first)
        at = xml.place(self._asked.header)
        if at is None:
            sentence = (
                f"“{self._asked.header}” is no cell of “{self._entry.name}”, so the rows were not filled in."
            )
            self._plan.problem(Weight.MUST_FIX, sentence, self._entry.name, self._asked.header)
            return None
        merge = self._frame.merge_at(*at)
        return max(self._asked.first, (merge.bottom if merge else at[0]) + 1)

    # ------------------------------------------------------------ room

    def _room(self, start: int, columns: list[int]) -> Iterator[int]:
        """The rows there are, from the first that is free."""
        last = self._last(start)
        row = self._first_free(start, last, columns) if not self._asked.first else start
        needed = len(self._asked.rows)
        prepared = self._is_prepared(row, columns)
        while needed and row <= last:
            if self._plan.book.hides_row(self._entry, row) and not self._table:
                row += 1
                if row <= self._last_known or not self._frame.hides_unwritten_rows:
                    continue
                self._ended = f"all rows from {row} are hidden"
                return
            if (joined := self._joined_down_to(row, columns)) >= row:
                row = joined + 1
                continue
            self._ended = self._why_not(row, columns, prepared=prepared)
            if self._ended:
                return
            yield row
            row, needed = row + 1, needed - 1
        if needed:
            self._ended = f"it ends at row {last}"

    @property
    def _last_known(self) -> int:
        return self._sheet.row_numbers[-1] if self._sheet.row_numbers else 0

    def _last(self, start: int) -> int:
        last = self._table.last_row if self._table else xml.LAST_ROW
        return max(start - 1, min(last, self._asked.last)) if self._asked.last else last

    def _first_free(self, start: int, last: int, columns: list[int]) -> int:
        """A table is filled below all it holds; under headings, the first gap is where the rows are meant to go."""
        known = [number for number in self._sheet.row_numbers if start <= number <= last]
        if self._table:
            taken = (number for number in reversed(known) if not self._is_free(number, columns))
            return next(taken, start - 1) + 1
        below = min(last, known[-1] + 1) if known else start
        free = (
            row
            for row in range(start, below + 1)
            if self._is_free(row, columns) and not self._is_locked(row, columns)
        )
        return next(free, below)

    def _is_free(self, row: int, columns: list[int]) -> bool:
        """Nothing in it but formulas and what stands in lists of choices before anybody has chosen."""
        if any(Spot(self._entry, row, column) in self._plan.asked for column in columns):
            return False
        full = [column for column in columns if self._holds_something(row, column)]
        if not full:
            return True
        offers = {column for column in columns if self._offers_choices(row, column)}
        return len(offers) < len(columns) and offers.issuperset(full)

    def _holds_something(self, row: int, column: int) -> bool:
        cell = self._sheet.cell(row, column)
        if cell is None or not cell.inner or self._sheet.formula(cell) is not None:
            return False
        holding = self._plan.held(self._entry, row, column)
        return holding is not None and not is_placeholder(holding)

    def _offers_choices(self, row: int, column: int) -> bool:
        rule = self._frame.rule_at(row, column)
        return rule is not None and rule.kind == "list"

    def _is_locked(self, row: int, columns: list[int]) -> bool:
        return all(is_locked(self._plan, Spot(self._entry, row, column)) for column in columns)

    def _joined_down_to(self, row: int, columns: list[int]) -> int:
        """The last row of cells that are joined with one above, where an entry takes several rows; else nought."""
        merges = (self._frame.merge_at(row, column) for column in columns)
        return max((one.bottom for one in merges if one is not None and one.top < row), default=0)

    def _is_prepared(self, row: int, columns: list[int]) -> bool:
        """Whether the first row has been given a look of its own."""
        cells = (self._sheet.cell(row, column) for column in columns)
        return any(
            cell is not None and ((look := self._plan.book.look(cell)).bordered or look.fill)
            for cell in cells
        )

    def _why_not(self, row: int, columns: list[int], *, prepared: bool) -> str:
        """Why a row cannot be filled, as the end of a sentence; empty when it can."""
        if not self._is_free(row, columns):
            return f"row {row} already holds something"
        if self._table:
            return ""
        if prepared and not self._is_prepared(row, columns):
            return f"the rows prepared for them end at row {row - 1}"
        if self._is_locked(row, columns):
            return f"row {row} is locked"
        return ""

    def _without_formulas(self, columns: list[int], room: list[int]) -> list[int]:
        """Nought for each column that the workbook works out itself."""
        at = room[0] if room else self._table.last_row if self._table else 0
        kept = []
        for column in columns:
            cell = self._sheet.cell(at, column)
            worked_out = cell is not None and self._sheet.formula(cell) is not None
            if worked_out:
                letters = xml.column_letters(column)
                sentence = (
                    f"Column {letters} of “{self._entry.name}” is worked out by formulas, which are never overwritten. "
                    "Map another column, or none."
                )
                self._plan.problem(Weight.MUST_FIX, sentence, self._entry.name, letters)
            kept.append(0 if worked_out else column)
        return kept

    def _tell(self, filled: int) -> None:
        wanted = len(self._asked.rows)
        if filled >= wanted:
            return
        whose = f"The table {self._table.name}" if self._table else f"The list under {self._asked.header}"
        left = wanted - filled
        sentence = (
            f"{whose} on “{self._entry.name}” has no room for {left:,} of {wanted:,} rows: {self._ended}. "
            "They were not filled in. Ask for a template with more rows, or send them beside it."
        )
        self._plan.problem(Weight.MUST_FIX, sentence, self._entry.name, self._asked.header)

    # ------------------------------------------------------------ growing

    def _grow(self, missing: int) -> list[int]:
        """The rows that a table gets below its last, each with the formats and formulas of that."""
        table = self._table
        if table is None or missing <= 0:
            return []
        if self._asked.last and self._asked.last <= table.last_row:
            return []
        grown: list[int] = []
        self._ended = self._why_it_cannot_grow(table)
        while not self._ended and len(grown) < missing:
            row = table.last_row + len(grown) + 1
            self._ended = self._in_the_way(table, row)
            if not self._ended:
                grown.append(row)
        if grown:
            self._plan.growths[table.name] = table, grown[-1]
            for row in grown:
                self._prepare(table, row)
        return grown

    def _why_it_cannot_grow(self, table: Table) -> str:
        if table.name in self._plan.growths:
            return "it was made longer for another list already"
        if self._frame.protected:
            return "its sheet is protected, so that its table cannot grow"
        return "its totals stand in the row below" if table.totals else ""

    def _in_the_way(self, table: Table, row: int) -> str:
        below = Area(row, table.area.left, row, table.area.right)
        if row > (self._asked.last or xml.LAST_ROW):
            return f"it may go no further than row {row - 1}"
        if any(cell.inner for cell in self._sheet.cells(below)) or any(
            Spot(self._entry, row, column) in self._plan.asked
            for column in range(below.left, below.right + 1)
        ):
            return f"something stands below it in row {row}"
        others = [
            one.area for one in self._plan.book.tables if one.sheet == table.sheet and one.name != table.name
        ]
        if any(
            one.meets(below) for one in (*others, *self._frame.merges, *self._plan.book.pivots(self._entry))
        ):
            return f"something stands below it in row {row}"
        return ""

    def _prepare(self, table: Table, row: int) -> None:
        for column in range(table.area.left, table.area.right + 1):
            above = self._sheet.cell(table.last_row, column)
            spot = Spot(self._entry, row, column)
            self._plan.styled[spot] = self._plan.book.style_of(self._entry, table.last_row, column)
            formula = formula_of(self._sheet, above) if above else None
            if above is not None and formula:
                self._plan.formulas[spot] = moved_formula(formula, above, spot.ref)
                if is_array(self._sheet, above):
                    self._plan.arrays.add(spot)


def formula_of(sheet: Sheet, cell: SheetCell) -> str | None:
    """The words of a cell's formula as they would stand in that cell, without =; None for a value."""
    found = sheet.formula(cell)
    if found is None:
        return None
    words, attributes = found
    if words or attributes.get("t") != "shared":
        return words
    origin = sheet.shared_formulas.get(attributes.get("si", ""))
    written = sheet.formula(origin) if origin else None
    return "" if origin is None or written is None else moved_formula(written[0], origin, ref_of(cell))


def is_array(sheet: Sheet, cell: SheetCell) -> bool:
    """Whether a cell's formula works on whole areas, which the same words alone would not."""
    found = sheet.formula(cell)
    return found is not None and found[1].get("t") == "array"


def moved_formula(words: str, origin: SheetCell, to: str) -> str:
    """A cell's formula as it reads in another cell."""
    return str(Translator(f"={words}", ref_of(origin)).translate_formula(to)).removeprefix("=")


def ref_of(cell: SheetCell) -> str:
    """Where a cell stands, such as B7."""
    return xml.reference(cell.row, cell.column)


def is_locked(plan: Plan, spot: Spot) -> bool:
    """Whether a person could not type there, because the sheet's protection does not let them."""
    frame = plan.book.frame(spot.entry)
    if not frame.protected or any(one.holds(spot.row, spot.column) for one in frame.opened):
        return False
    return plan.book.styles.look(plan.book.style_of(spot.entry, spot.row, spot.column)).locked
