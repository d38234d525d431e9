"""A table to read and to choose from on pages made for their work: rows of words, one of them current."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from nhsdesk.desktop import theme

_LEAST, _BESIDE = 88, 34
"""What a column has at the least, and what the sheet keeps free beside the words of a heading."""
_ABOVE_AND_BELOW = 12
"""What the sheet keeps free above and below the words of a row."""


class PlainTable(QTableWidget):
    """Rows of words under headings; each row stands for something, which `key` tells. Tab leaves it."""

    chosen = Signal(object)
    """The key of the row that became current; None where there is none."""
    opened = Signal(object)
    """The key of the row on which Enter was pressed, or which was clicked twice."""
    _rows_in_sight, _lines_of_a_row = 0, 1

    def __init__(
        self, name: str, headings: Sequence[str], *, figures: Sequence[int] = (), stretched: int = 0
    ) -> None:
        super().__init__(0, len(headings))
        self._figures = frozenset(figures)
        self._stretched = stretched
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._take_width(QHeaderView.ResizeMode.ResizeToContents)
        heads.setMinimumSectionSize(theme.px(56))
        for column in figures:
            if (heading := self.horizontalHeaderItem(column)) is not None:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lines = max((words.count("\n") + 1 for words in headings), default=1)
        self._at_this_zoom()
        theme.changes.made.connect(self._at_this_zoom)
        self.currentCellChanged.connect(self._tell_current)
        self.cellDoubleClicked.connect(lambda row, _: self.opened.emit(self.key(row)))

    def keep_in_sight(self, rows: int = 3, lines: int = 2) -> None:
        """Keeps room for so many rows, each of so many lines, below the headings; the page is scrolled for it."""
        self._rows_in_sight, self._lines_of_a_row = rows, lines
        self._at_this_zoom()

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these in place of what stands there: a key and the words of its cells. The current row stays current."""
        before = self.key(self.currentRow())
        self.blockSignals(True)
        # A column that fits its words is measured anew for each cell: of 500 posts that took half a minute.
        self._take_width(QHeaderView.ResizeMode.Fixed)
        self.setRowCount(len(rows))
        for at, (key, cells) in enumerate(rows):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, key)
                side = Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(at, column, item)
        self._take_width(QHeaderView.ResizeMode.ResizeToContents)
        self._share_room()
        self.resizeRowsToContents()
        self.blockSignals(False)
        keys = [key for key, _ in rows]
        self.go_to(before if before in keys else keys[0] if keys else None)
        self._tell_current()

    def _take_width(self, others: QHeaderView.ResizeMode) -> None:
        """How columns take their width; the stretched one takes what is left."""
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(others)
        heads.setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _sharing(self) -> tuple[int, ...]:
        """The columns that share what the others leave."""
        return (self._stretched,)

    def _share_room(self) -> None:
        """Keeps whole the headings of columns that share the room; where it is too small, the table is scrolled."""
        heads = self.horizontalHeader()
        heads.length()  # has columns that fit their words take their width first
        sharing = [column for column in self._sharing() if not self.isColumnHidden(column)]
        least = {column: self._least(column) for column in sharing}
        others = (column for column in range(self.columnCount()) if column not in least)
        room = self.viewport().width() - sum(heads.sectionSize(column) for column in others)
        roomy = not sharing or room >= len(sharing) * max(least.values())
        for column in sharing:
            heads.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Fixed
            )
            if not roomy:
                spare = max(room - sum(least.values()), 0) // len(sharing)
                heads.resizeSection(column, least[column] + spare)

    def _least(self, column: int) -> int:
        """Room for the words of its heading, and for a word or two below it."""
        item, measure = self.horizontalHeaderItem(column), self.horizontalHeader().fontMetrics()
        lines = item.text().split("\n") if item is not None else []
        return max([theme.px(_LEAST), *(measure.horizontalAdvance(one) + theme.px(_BESIDE) for one in lines)])

    def go_to(self, key: Any) -> None:
        """Makes a row the current one by its key."""
        for row in range(self.rowCount()):
            if self.key(row) == key:
                self.setCurrentCell(row, max(self.currentColumn(), 0))
                return

    def key(self, row: int) -> Any:
        """What a row stands for; None where there is no such row."""
        item = self.item(row, 0)
        return None if item is None else item.data(Qt.ItemDataRole.UserRole)

    @property
    def current(self) -> Any:
        """The key of the current row."""
        return self.key(self.currentRow())

    def words(self, row: int) -> tuple[str, ...]:
        """The words of a row's cells."""
        items = (self.item(row, column) for column in range(self.columnCount()))
        return tuple("" if item is None else item.text() for item in items)

    def _at_this_zoom(self) -> None:
        """A heading of two lines has the height of two, and the width of its words."""
        heads = self.horizontalHeader()
        heads.setMinimumHeight(heads.fontMetrics().lineSpacing() * self._lines + theme.px(14))
        if self._rows_in_sight:
            row = self.fontMetrics().lineSpacing() * self._lines_of_a_row + theme.px(_ABOVE_AND_BELOW)
            around = self.horizontalScrollBar().sizeHint().height() + 2 * self.frameWidth()
            self.setMinimumHeight(heads.minimumHeight() + self._rows_in_sight * row + around)
        self._share_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what the row stands for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.current)
            return
        super().keyPressEvent(event)

    def _tell_current(self) -> None:
        self.chosen.emit(self.current)
