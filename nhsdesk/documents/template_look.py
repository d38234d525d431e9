"""A workbook to be filled, as a person sees it: sheets, cells with their look, merges, tables, names and choices.

    blank = look(content, "Return.xlsx")
    blank.sheets, blank.tables, blank.names
    blank.cells("2 - Project Admin", 1, 60), blank.cell("2 - Project Admin", "E8"), blank.choices(...)

A sheet is taken apart when it is first asked for, and only in the rows asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from nhsdesk.documents import template_values as values
from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.refusals import damaged
from nhsdesk.documents.template_areas import Area, area
from nhsdesk.documents.template_book import Book, SheetEntry, Table
from nhsdesk.documents.template_choices import Choices
from nhsdesk.documents.template_plan import Plan, Spot
from nhsdesk.documents.template_rows import is_locked, is_placeholder
from nhsdesk.documents.template_sheet import SheetCell
from nhsdesk.documents.template_styles import Takes
from nhsdesk.documents.template_values import Held
from nhsdesk.documents.template_zip import XML_ERRORS

ROWS_SHOWN = 300
"""Rows of a sheet that are gone through for how wide it is and what stands in it."""


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A worksheet: how far it reaches, and whether a person sees it and may type into locked cells."""

    name: str
    hidden: bool
    protected: bool
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class SeenTable:
    """An Excel table: the first cell of its headings, its area, and the letter and heading of each column."""

    name: str
    sheet: str
    header: str
    area: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeenName:
    """A defined name that stands for a place: its sheet and its cell or area, such as B7 or B7:C9."""

    name: str
    sheet: str
    area: str


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell as a person sees it.

    `merge` is the area of which it is the first cell; `covered_by` the first cell of the merge that hides this one.
    `fillable` is False for what can never be put into: formulas, locked cells, headings of tables.
    `lists` is True where it offers choices; a `placeholder` only asks for one. Colours are `#RRGGBB` or empty.
    """

    row: int
    column: int
    text: str
    held: Held
    takes: Takes
    number_format: str
    fill: str
    colour: str
    bold: bool
    bordered: bool
    formula: bool
    fillable: bool
    lists: bool
    placeholder: bool
    hidden: bool
    merge: str = ""
    covered_by: str = ""

    @property
    def ref(self) -> str:
        """Such as B7."""
        return xml.reference(self.row, self.column)

    @property
    def empty(self) -> bool:
        """Nothing in it but a request to choose."""
        return not self.formula and (self.held is None or self.placeholder)


def look(content: bytes, name: str) -> Blank:
    """The workbook to be looked at; FileRefused where it is locked, damaged or too large."""
    return Blank(Book(content, name))


class Blank:
    """A workbook as a person sees it."""

    def __init__(self, book: Book) -> None:
        self.book, self.name = book, book.name
        self._plan = Plan(book)
        self._choices = Choices(book, self._plan.held)

    @cached_property
    def sheets(self) -> tuple[SeenSheet, ...]:
        """Every worksheet in order."""
        with self._sound():
            return tuple(self._seen_sheet(entry) for entry in self.book.entries.values())

    def _seen_sheet(self, entry: SheetEntry) -> SeenSheet:
        sheet = self.book.sheet(entry)
        numbers = sheet.row_numbers
        near = Area(1, 1, numbers[min(len(numbers), ROWS_SHOWN) - 1] if numbers else 1, xml.LAST_COLUMN)
        wide = max((cell.column for cell in sheet.cells(near) if cell.inner), default=0)
        protected = self.book.frame(entry).protected
        return SeenSheet(entry.name, entry.hidden, protected, numbers[-1] if numbers else 0, wide)

    @cached_property
    def tables(self) -> tuple[SeenTable, ...]:
        """Every Excel table, sheet by sheet."""
        return tuple(_seen_table(one) for one in self.book.tables)

    @cached_property
    def names(self) -> tuple[SeenName, ...]:
        """Defined names that stand for a place, without those that programs keep for themselves."""
        found = []
        for one in self.book.names:
            sheet, _, words = one.words.rpartition("!")
            entry = self.book.entry(sheet.strip("'").replace("''", "'"))
            where = area(words)
            if (
                entry is not None
                and where is not None
                and not one.hidden
                and not one.name.startswith("_xlnm")
            ):
                found.append(SeenName(one.name, entry.name, str(where)))
        return tuple(found)

    @property
    def links(self) -> bool:
        """Whether its formulas look into other workbooks, which are never followed."""
        return self.book.package.links

    @property
    def macros(self) -> bool:
        """Whether it holds macros, which are kept and never run."""
        return self.book.package.macros

    @property
    def signed(self) -> bool:
        """Whether somebody signed it digitally, which no change survives."""
        return self.book.package.signed

    # ------------------------------------------------------------ cells

    def cells(self, sheet: str, first: int = 1, last: int = ROWS_SHOWN) -> tuple[SeenCell, ...]:
        """Every cell of some rows that holds something or has a look of its own, row by row."""
        entry = self._entry(sheet)
        near = Area(first, 1, last, xml.LAST_COLUMN)
        try:
            return tuple(
                self._seen(Spot(entry, one.row, one.column), one)
                for one in self.book.sheet(entry).cells(near)
            )
        except XML_ERRORS as error:
            raise damaged(self.name) from error

    def cell(self, sheet: str, ref: str) -> SeenCell | None:
        """One cell, be it empty; None where the sheet or the cell is none."""
        entry, at = self.book.entry(sheet), xml.place(ref)
        if entry is None or at is None:
            return None
        with self._sound():
            return self._seen(Spot(entry, *at), self.book.sheet(entry).cell(*at))

    def merges(self, sheet: str) -> tuple[Area, ...]:
        """Cells joined into one."""
        return self.book.frame(self._entry(sheet)).merges

    def width(self, sheet: str, column: int) -> float:
        """A column's width in characters; nought for one that is hidden."""
        frame = self.book.frame(self._entry(sheet))
        return 0.0 if frame.hides_column(column) else frame.column_width(column)

    def choices(self, sheet: str, ref: str) -> tuple[str, ...] | None:
        """What a cell's dropdown offers; None where there is none, or a formula makes it."""
        entry, at = self._entry(sheet), xml.place(ref)
        with self._sound():
            rule = self.book.frame(entry).rule_at(*at) if at else None
            if at is None or rule is None or rule.kind != "list":
                return None
            offered = self._choices.of(entry, rule, *at)
        return None if offered is None else tuple(one.words for one in offered.entries)

    def headings(self, sheet: str, header: str) -> tuple[tuple[str, str], ...]:
        """The letter and words of each heading from a cell to the right, as far as they go without a gap of two."""
        at = xml.place(header)
        if at is None:
            return ()
        found, column, gaps = [], at[1], 0
        while gaps < 2 and column <= xml.LAST_COLUMN:
            seen = self.cell(sheet, xml.reference(at[0], column))
            if seen is None:
                break
            gaps = 0 if seen.text or seen.covered_by else gaps + 1
            if seen.text and not seen.covered_by:
                found.append((xml.column_letters(column), " ".join(seen.text.split())))
            column += 1
        return tuple(found)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """A part that is broken where it is first looked at is told as any other damage."""
        try:
            yield
        except XML_ERRORS as error:
            raise damaged(self.name) from error

    def _entry(self, sheet: str) -> SheetEntry:
        entry = self.book.entry(sheet)
        if entry is None:
            raise LookupError(f"no sheet named {sheet}")
        return entry

    def _seen(self, spot: Spot, cell: SheetCell | None) -> SeenCell:
        book, frame = self.book, self.book.frame(spot.entry)
        sheet = book.sheet(spot.entry)
        style = book.styles.look(book.style_of(spot.entry, spot.row, spot.column))
        holding = values.held(book, sheet, cell)
        formula = cell is not None and sheet.formula(cell) is not None
        merge, rule = frame.merge_at(spot.row, spot.column), frame.rule_at(spot.row, spot.column)
        begins = merge is not None and (merge.top, merge.left) == (spot.row, spot.column)
        return SeenCell(
            row=spot.row, column=spot.column, text=values.shown(holding, style), held=holding, takes=style.takes,
            number_format=style.number_format, fill=style.fill, colour=style.colour, bold=style.bold,
            bordered=style.bordered, formula=formula,
            fillable=not formula and not is_locked(self._plan, spot) and not self._in_headings(spot),
            lists=rule is not None and rule.kind == "list", placeholder=is_placeholder(holding),
            hidden=spot.entry.hidden or book.is_hidden(spot.entry, spot.row, spot.column),
            merge=str(merge) if merge and begins else "",
            covered_by=xml.reference(merge.top, merge.left) if merge and not begins else "",
        )  # fmt: skip

    def _in_headings(self, spot: Spot) -> bool:
        return any(
            one.sheet == spot.entry.name
            and one.area.holds(spot.row, spot.column)
            and spot.row < one.first_row
            for one in self.book.tables
        )

    def labels(self, sheet: str) -> Iterator[SeenCell]:
        """The cells of a sheet's first rows that hold words of a line or two, as headings and questions do.

        Words where people may type are answers, on a sheet that lets them type nowhere else.
        """
        entry = self._entry(sheet)
        protected = self.book.frame(entry).protected
        with self._sound():
            for one in self.book.sheet(entry).cells(Area(1, 1, ROWS_SHOWN, xml.LAST_COLUMN)):
                if one.kind not in ("s", "inlineStr") or not one.inner:
                    continue
                cell = self._seen(Spot(entry, one.row, one.column), one)
                answer = protected and cell.fillable
                if 1 < len(cell.text) <= 200 and not (answer or cell.formula or cell.placeholder):
                    yield cell


def _seen_table(table: Table) -> SeenTable:
    columns = tuple(
        (xml.column_letters(table.area.left + at), " ".join(column.heading.split()))
        for at, column in enumerate(table.columns)
    )
    header = xml.reference(table.first_row - 1 if table.headings else table.area.top, table.area.left)
    return SeenTable(table.name, table.sheet, header, str(table.area), columns)
