"""The headings of a register's table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


class SortingHeader(QHeaderView):
    """The headings. One that is clicked sorts; that it also chose every row would have the next key empty a column."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table

    def sizeHint(self) -> QSize:
        # All headings are one line high. Qt would measure every one of them, and does so again each time the table is
        # put into something or dressed.
        return self.sectionSizeFromContents(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
