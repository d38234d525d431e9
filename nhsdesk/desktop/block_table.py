"""The rows of a block as they were read, each with what is wrong with it; thousands of them cost no more than a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from nhsdesk.desktop import theme
from nhsdesk.domain.blocks import Row, Wanted

_ROWS_SHOWN = 8
_WIDEST, _NARROWEST = 260, 130
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
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._figures:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None


class CellsTable(QTableView):
    """A table to read, as high as some rows need; Tab leaves it."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        figures: Sequence[int] = (),
        most: int = _ROWS_SHOWN,
        stretched: int | None = None,
    ) -> None:
        super().__init__()
        self._most = most
        self._stretched = len(headings) - 1 if stretched is None else stretched
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
        heads.setMinimumSectionSize(theme.px(48))
        self.horizontalScrollBar().rangeChanged.connect(lambda *_: self._be_as_high_as_needed())
        self.show_cells(())

    def show_cells(self, rows: Cells) -> None:
        """Puts these words in the cells; without any it takes no room."""
        self._cells.put(rows)
        down = self.verticalHeader()
        down.setDefaultSectionSize(self.fontMetrics().lineSpacing() + theme.px(10))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.resizeColumnsToContents()
        for column in range(self._cells.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column), theme.px(_WIDEST)))
        self._share_room()
        self._be_as_high_as_needed()
        self.setVisible(bool(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Gives one column what room the others leave; some of its words may be cut short, but not all."""
        others = sum(self.columnWidth(n) for n in range(self._cells.columnCount()) if n != self._stretched)
        needed = min(self.sizeHintForColumn(self._stretched) + theme.px(12), theme.px(_NARROWEST))
        self.setColumnWidth(self._stretched, max(self.viewport().width() - others, needed))

    def _be_as_high_as_needed(self) -> None:
        rows = min(self._cells.rowCount(), self._most) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + below + theme.px(6))


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
