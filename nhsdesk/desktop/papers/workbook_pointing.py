"""What a cell in front means: the words beside it, what may fill it, and where to go from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nhsdesk.commands.mapped_workbooks import Said
from nhsdesk.desktop.papers.source_picker import Kind, Source
from nhsdesk.desktop.papers.workbook_model import SeenPart, WorkbookModel
from nhsdesk.desktop.papers.workbook_rows import RowsSaid
from nhsdesk.documents.template_look import Blank, SeenCell
from nhsdesk.documents.template_rows import is_placeholder
from nhsdesk.documents.template_suggestions import Suggestion
from nhsdesk.documents.template_xml import place, reference
from nhsdesk.domain import fill_proposals
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.filling import Listing, Offered, words_of
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList

MOST_CHOICES = 60
_LONGEST = 40


@dataclass(frozen=True)
class Pointing:
    """One cell of one sheet. `blank` is None while work beside the window reads it: it is no two readers' at once."""

    blank: Blank | None
    part: SeenPart
    model: WorkbookModel
    at: tuple[int, int]
    said: Said
    offered: Offered

    @property
    def ref(self) -> str:
        """Such as B7."""
        return reference(*self.at)

    @property
    def cell(self) -> SeenCell | None:
        """The cell, if it holds anything or has a look of its own."""
        return self.model.seen(*self.at)

    @property
    def asked(self) -> Suggestion | None:
        """The suggestion that begins in this cell."""
        return next((one for one in self.part.asks if one.cell == self.ref), None)

    @property
    def mapped(self) -> MappedCell | MappedList | None:
        """What is said of this cell, or of the list whose headings it is among."""
        sheet = self.part.sheet.name
        for cell in self.said.cells:
            if (cell.sheet, cell.cell) == (sheet, self.ref):
                return cell
        for listed, columns in self.said.lists:
            if listed.sheet == sheet and self.at in (place(listed.header), *_heads(listed, columns)):
                return listed
        return None

    @property
    def question(self) -> str:
        """The words by which a person knows the cell."""
        if self.asked is not None:
            return self.asked.words
        row, column = self.at
        left = (self.model.seen(row, one) for one in range(column - 1, 0, -1))
        above = (self.model.seen(one, column) for one in range(row - 1, 0, -1))
        return next(_words(left), "") or next(_words(above), "")

    @property
    def asks(self) -> str:
        """The question, as it is put."""
        question = self.question
        beside = f", beside {quoted(question)}" if question and self.asked is None else ""
        named = f" for {quoted(question)}" if question and self.asked is not None else ""
        why_not = ""
        if self.cell is not None and self.cell.formula:
            why_not = " It holds a formula, which is never overwritten."
        elif self.cell is not None and not self.cell.fillable:
            why_not = " It is locked, so only rows below it can be filled."
        return f"What fills {self.ref}{beside}{named}?{why_not}"

    @property
    def choices(self) -> tuple[str, ...]:
        """What the cell's own dropdown offers, without what only asks to choose."""
        if self.blank is None or self.cell is None or not self.cell.lists:
            return ()
        found = self.blank.choices(self.part.sheet.name, self.ref) or ()
        return tuple(one for one in found if not is_placeholder(one))[:MOST_CHOICES]

    @property
    def below(self) -> tuple[int, int]:
        """The cell below, past those joined with this one."""
        bottom = max((one.bottom for one in self.part.merges if one.holds(*self.at)), default=self.at[0])
        return min(bottom + 1, self.model.rowCount()), self.at[1]

    def next_ask(self) -> tuple[int, int] | None:
        """The next place that asks to be filled and of which nothing is said, down the sheet and round again."""
        sheet = self.part.sheet.name
        taken = {one.cell for one in self.said.cells if one.sheet == sheet}
        taken |= {one.header for one, _ in self.said.lists if one.sheet == sheet}
        places = sorted(at for one in self.part.asks if one.cell not in taken and (at := place(one.cell)))
        after = [one for one in places if one > self.at]
        before = [one for one in places if one < self.at]
        return next(iter(after + before), None)

    # ---- what may fill it

    def sources(self) -> tuple[Source, ...]:
        """What may fill it, the likelier kind first."""
        figures = tuple(
            Source(Kind.FIGURE, name, words_of(value)[:_LONGEST])
            for name, value in self.offered.figures.items()
        )
        lists = tuple(Source(Kind.ROWS, one.name) for one in self._by_headings())
        words = tuple(Source(Kind.WORDS, one) for one in self.choices)
        if self.cell is not None and (self.cell.formula or not self.cell.fillable):
            return lists
        nothing = (Source(Kind.NOTHING, ""),) if self.mapped is not None else ()
        heads = self._is_heading()
        return (*lists, *figures, *nothing) if heads else (*words, *figures, *lists, *nothing)

    def _is_heading(self) -> bool:
        asked = self.asked
        return (
            bool(asked.columns)
            if asked is not None
            else bool(self.cell and self.cell.text and self.cell.bold)
        )

    def _by_headings(self) -> list[Listing]:
        headings = dict(self.headings()) if self._is_heading() else {}
        return sorted(
            self.offered.listings.values(),
            key=lambda one: -len(fill_proposals.paired(headings, one.headings)),
        )

    def headings(self) -> tuple[tuple[str, str], ...]:
        """Letter and words of each heading from here to the right."""
        if self.asked is not None and self.asked.columns:
            return self.asked.columns
        if self.blank is not None:
            return self.blank.headings(self.part.sheet.name, self.ref)
        return ()

    def rows_of(self, name: str) -> RowsSaid:
        """A list that is to fill the rows below, before anything is said of its columns."""
        asked = self.asked
        table = asked.table if asked is not None else ""
        return RowsSaid(self.part.sheet.name, self.ref, table, self.headings(), self.offered.listings[name])

    def known_rows(self) -> RowsSaid | None:
        """The list that fills the rows below this heading, as it was said."""
        listed = self.mapped
        if not isinstance(listed, MappedList) or listed.fills not in self.offered.listings:
            return None
        columns = next(columns for one, columns in self.said.lists if one.id == listed.id)
        said = {one.column: _source(one) for one in columns}
        headings = {one.column: one.heading or "" for one in columns} | dict(self._headings_of(listed))
        return RowsSaid(
            listed.sheet, listed.header, listed.table or "", tuple(headings.items()),
            self.offered.listings[listed.fills], said, listed.only or "", listed.in_order or "",
        )  # fmt: skip

    def _headings_of(self, listed: MappedList) -> tuple[tuple[str, str], ...]:
        asked = next((one for one in self.part.asks if one.cell == listed.header and one.columns), None)
        if asked is not None:
            return asked.columns
        return self.blank.headings(listed.sheet, listed.header) if self.blank is not None else ()


def fills_by_cell(said: Said, sheet: str) -> Mapping[tuple[int, int], str]:
    """By row and column, what fills the cells of a sheet; of a list the row below its headings tells."""
    found: dict[tuple[int, int], str] = {}
    for one in said.cells:
        if one.sheet == sheet and (at := place(one.cell)):
            found[at] = one.fills or quoted(one.words or "")
    for listed, columns in said.lists:
        if listed.sheet == sheet:
            for (row, column), filled in zip(_heads(listed, columns), columns, strict=True):
                found[row + 1, column] = filled.fills or quoted(filled.words or "")
    return found


def _heads(listed: MappedList, columns: tuple[MappedColumn, ...]) -> tuple[tuple[int, int], ...]:
    """The heading cells of a list's columns."""
    first = place(listed.header)
    row = first[0] if first else 1
    places = (place(f"{one.column}{row}") for one in columns)
    return tuple(at or (row, 1) for at in places)


def _source(column: MappedColumn) -> Source:
    return Source(Kind.FIGURE, column.fills) if column.fills else Source(Kind.WORDS, column.words or "")


def _words(cells: Iterator[SeenCell | None]) -> Iterator[str]:
    return (
        " ".join(one.text.split()) for one in cells if one is not None and one.text and not one.covered_by
    )
