"""Rows of a list under headings: which column goes where, which rows, and in which order, before it is agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import narrow_box, pressed, row, table
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.source_picker import Kind, Source
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import fill_proposals
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.filling import LARGEST_FIRST, Listing, read_filter
from nhsdesk.domain.problems import Problem

AS_THEY_STAND = "as they stand"
LEFT = Source(Kind.NOTHING, "")


@dataclass(frozen=True, slots=True)
class RowsSaid:
    """A list under a heading row: its place, its headings by letter, and what is said of it so far."""

    sheet: str
    header: str
    table: str
    headings: tuple[tuple[str, str], ...]
    listing: Listing
    columns: Mapping[str, Source] = field(default_factory=dict)
    only: str = ""
    in_order: str = ""


def proposed(headings: tuple[tuple[str, str], ...], listing: Listing) -> dict[str, Source]:
    """By letter, the column whose words are those of the heading."""
    pairs = fill_proposals.paired(dict(headings), listing.headings)
    return {letter: Source(Kind.FIGURE, name) for letter, name in pairs.items()}


class RowsForm(QWidget):
    """The pairs of headings and columns; Enter on one changes it."""

    agreed = Signal(object)
    """`RowsSaid`, as the person wants it."""
    column_wanted = Signal(str)
    """The letter of a column that somebody wants to fill otherwise."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said: RowsSaid | None = None
        self._columns: dict[str, Source] = {}
        self._new: set[str] = set()
        self.asks = label(role="field")
        self.list = table("Headings, and what fills them", ("", "Heading", "Filled with"), 1, 2)
        self.list.opened.connect(lambda letter: self.column_wanted.emit(letter) if letter else None)
        self.only = QPlainTextEdit()
        self.only.setAccessibleName("Only those")
        self.only.setPlaceholderText("A line for each, such as: Status is open")
        self.only.setTabChangesFocus(True)
        self.only.setFixedHeight(theme.px(62))
        self.in_order = narrow_box("In the order of", 18)
        self.trouble = Told()
        self.agree = pressed("Fill these rows", "check", self._agree)
        self.agree.setProperty("primary", "true")
        self.change = pressed("Change", "edit", self._change)
        self.back = pressed("Back", "back", self.left.emit)
        self.list.setMinimumHeight(theme.px(150))
        column = scrolled_column(self)
        column.addWidget(self.asks)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.agree, self.change, self.back))
        only = label("Only those", "field", wrap=False)
        only.setBuddy(self.only)
        column.addWidget(only)
        column.addWidget(self.only)
        column.addLayout(row("In the order of", self.in_order))
        column.addWidget(self.trouble)

    @property
    def said(self) -> RowsSaid | None:
        """What it is asked about."""
        return self._said

    def ask(self, said: RowsSaid) -> None:
        """Shows a list with the columns that were said of it; the others as their headings propose."""
        self._said = said
        self._columns = dict(said.columns) or proposed(said.headings, said.listing)
        self._new = set() if said.columns else set(self._columns)
        self.asks.setText(f"Rows of {said.listing.name}, below {said.header} of {quoted(said.sheet)}")
        self.only.setPlainText(said.only)
        orders = [f"{one}{more}" for one in said.listing.headings for more in ("", f", {LARGEST_FIRST}")]
        self.in_order.clear()
        self.in_order.addItems([AS_THEY_STAND, *orders])
        self.in_order.setCurrentIndex(max(self.in_order.findText(said.in_order), 0))
        self.trouble.tell("")
        self._show()
        # One key agrees to what is proposed; without any pair there is nothing to agree to yet.
        (self.agree if self._columns else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def sources(self) -> tuple[Source, ...]:
        """What may fill a column."""
        assert self._said is not None
        return (*(Source(Kind.FIGURE, one) for one in self._said.listing.headings), LEFT)

    def take(self, letter: str, source: Source) -> None:
        """Says what fills a column, and goes on to the next."""
        self._new.discard(letter)
        if source.kind is Kind.NOTHING:
            self._columns.pop(letter, None)
        else:
            self._columns[letter] = source
        self._show()
        self.return_to(letter)

    def return_to(self, letter: str) -> None:
        """Back from the question about a column."""
        self.list.go_to(letter)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def heading(self, letter: str) -> str:
        """The words above a column."""
        return dict(self._said.headings).get(letter, "") if self._said else ""

    def _show(self) -> None:
        if self._said is not None:
            self.list.show_rows(
                [(letter, self._cells(letter, words)) for letter, words in self._said.headings]
            )
        self.agree.setEnabled(bool(self._columns))

    def _cells(self, letter: str, heading: str) -> tuple[str, ...]:
        source = self._columns.get(letter)
        if source is None:
            return letter, heading, "left as it came"
        told = source.name if source.kind is Kind.FIGURE else source.words
        return letter, heading, f"{told} (proposed)" if letter in self._new else told

    def _change(self) -> None:
        if self.list.current:
            self.column_wanted.emit(self.list.current)

    def _agree(self) -> None:
        said = self._said
        if said is None:
            return
        only = self.only.toPlainText().strip()
        lines = [read_filter(one, said.listing.headings) for one in only.splitlines() if one.strip()]
        wrong = [one.sentence for one in lines if isinstance(one, Problem)]
        self.trouble.tell(" ".join(wrong))
        if wrong:
            self.only.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        order = self.in_order.currentText()
        self.agreed.emit(
            RowsSaid(
                said.sheet, said.header, said.table, said.headings, said.listing, dict(self._columns), only,
                "" if order == AS_THEY_STAND else order,
            )
        )  # fmt: skip
