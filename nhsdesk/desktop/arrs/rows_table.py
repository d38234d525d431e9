"""A table of rows that each stand for something: Enter or a double click asks for it. Amounts stand at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidgetItem

from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import ReadOnlyTable

MOST_ROWS = 500
"""More are not read on a screen: whoever shows them says how many are left out."""

_WIDEST_NAME = 280
"""Pixels at 100 %: a longer name is cut, and does not push all else out of sight."""

Row = tuple[str, ...]


class RowsTable(ReadOnlyTable):
    """Rows under headings; `amounts` are the columns that stand at the right."""

    wanted = Signal(int)
    """The number of the row somebody pressed Enter on."""
    marked = Signal(int)
    """The number of the row the cursor came to."""

    def __init__(
        self, name: str, headings: Row, amounts: frozenset[int] = frozenset(), most_shown: int = 13
    ) -> None:
        super().__init__(name, headings, stretched=0)
        self._amounts, self._most_shown = amounts, most_shown
        self._shown: tuple[Row, ...] = ()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for column in amounts:
            if (item := self.horizontalHeaderItem(column)) is not None:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.activated.connect(self._ask)
        self.currentCellChanged.connect(lambda row, *_: self.marked.emit(row))
        theme.changes.made.connect(self._size)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._shown

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Puts these words in the cells; the cursor stays in its row where there still is one."""
        shown = tuple(rows[:MOST_ROWS])
        at = max(self.currentRow(), 0)
        self.blockSignals(True)
        super().show_rows(shown)
        self.blockSignals(False)
        self._shown = shown
        for number in range(len(shown)):
            for column in self._amounts:
                if (cell := self.item(number, column)) is not None:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if shown[number][0] == "Total":
                self._embolden(number)
        if shown:
            self.setCurrentCell(min(at, len(shown) - 1), 0)
        self._size()

    def _embolden(self, row: int) -> None:
        for column in range(self.columnCount()):
            cell: QTableWidgetItem | None = self.item(row, column)
            if cell is not None:
                font = cell.font()
                font.setBold(True)
                cell.setFont(font)

    def _ask(self, index: QModelIndex) -> None:
        self.wanted.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A height asked for while the page is being laid out would be lost.
        QTimer.singleShot(0, self, self._size_to_rows)

    def _size(self) -> None:
        self.resizeRowsToContents()
        self._size_to_rows()

    def _size_to_rows(self) -> None:
        """As high as its rows, up to some of them; the bars lead to what is out of sight."""
        self._fit_names()
        shown = sum(self.rowHeight(at) for at in range(min(self.rowCount(), self._most_shown)))
        heads = self.horizontalHeader()
        bar = (
            self.horizontalScrollBar().sizeHint().height() if heads.length() > self.viewport().width() else 0
        )
        wanted = heads.sizeHint().height() + shown + bar + theme.px(6)
        if wanted != self.height() or wanted != self.minimumHeight():
            self.setFixedHeight(wanted)

    def _fit_names(self) -> None:
        """The first column takes the room there is, and where that is too little what its names need."""
        heads = self.horizontalHeader()
        others = sum(heads.sectionSize(column) for column in range(1, self.columnCount()))
        needed = max(self.sizeHintForColumn(0), heads.sectionSizeHint(0))
        needed = min(needed, theme.px(_WIDEST_NAME))
        if self.viewport().width() - others >= needed:
            heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        else:
            heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(0, needed)
