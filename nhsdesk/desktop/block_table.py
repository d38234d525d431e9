"""The rows of a block as they were read, each with what is wrong with it; thousands of them cost no more than a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from nhsdesk.desktop import theme
from nhsdesk.domain.blocks import Row, Wanted

_ROWS_SHOWN = 8
_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Cells = tuple[tuple[str, ...], ...]


class CellsModel(QAbstractTableModel):
    """Rows of words under headings; figures stand to the right."""

    def __init__(self, headings: Sequence[str], figures: Sequence[int] = ()) -> None:
        super().__init__()
        self._headings, self._figures = tuple(headings), frozenset(figures)
        self._rows: Cells = ()

    def put(self, rows: Cells) -> None:
        """Shows these rows in place of those before."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._figures:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None


class CellsTable(QTableView):
    """A table to read, as high as some rows need; Tab leaves it."""

    def __init__(
        self, name: str, headings: Sequence[str], figures: Sequence[int] = (), most: int = _ROWS_SHOWN
    ) -> None:
        super().__init__()
        self._most = most
        self._cells = CellsModel(headings, figures)
        self.setModel(self._cells)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setResizeContentsPrecision(100)
        heads.setStretchLastSection(True)
        self.show_cells(())

    def show_cells(self, rows: Cells) -> None:
        """Puts these words in the cells; without any it takes no room."""
        self._cells.put(rows)
        down = self.verticalHeader()
        down.setDefaultSectionSize(self.fontMetrics().lineSpacing() + theme.px(10))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.resizeColumnsToContents()
        for column in range(self._cells.columnCount() - 1):
            self.setColumnWidth(column, min(self.columnWidth(column), theme.px(260)))
        shown = min(len(rows), self._most) * down.defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown + theme.px(18))
        self.setVisible(bool(rows))


class BlockTable(CellsTable):
    """The rows of a block: number, the fields wanted, and what is wrong."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = tuple(wanted)
        headings = ("Row", *(one.label for one in wanted), "What is wrong")
        super().__init__("Rows read", headings)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows what was read, row by row; what is wrong stands in words at its end."""
        self.show_cells(tuple(self._cells_of(row) for row in rows))

    def _cells_of(self, row: Row) -> tuple[str, ...]:
        values = (one.kind.words(row.values.get(one.name)) for one in self._wanted)
        return (f"{row.number:,}", *values, " ".join(problem.sentence for problem in row.problems))
