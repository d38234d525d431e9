"""A table whose rows are ticked: by a click on the box, or by Space on the row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem

from nhsdesk.desktop import theme
from nhsdesk.desktop.wrapped_table import WrappedTable


class TickTable(WrappedTable):
    """Rows of words, each with a box before its first cell; those that may not be ticked have none."""

    ticked_changed = Signal()
    """Other rows are ticked than before."""

    def __init__(self, name: str, headings: Sequence[str], *, wrapped: Sequence[int]) -> None:
        super().__init__(name, headings, wrapped=wrapped)
        self.keep_in_sight()
        self.itemChanged.connect(self._changed)

    def offer(
        self, rows: Sequence[tuple[Any, Sequence[str]]], ticked: Collection[Any], fixed: Collection[Any] = ()
    ) -> None:
        """Shows these rows, those ticked that are named; `fixed` are rows that cannot be ticked."""
        self.show_rows(rows)
        self.blockSignals(True)
        for at, (key, _) in enumerate(rows):
            item = self.item(at, 0)
            if item is None:
                continue
            if key in fixed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            else:
                self._set(item, key in ticked)
        self.blockSignals(False)
        self._take_width(QHeaderView.ResizeMode.ResizeToContents)  # now that the boxes are there
        self.resizeRowsToContents()

    @property
    def ticked(self) -> tuple[Any, ...]:
        """The keys of the rows that are ticked, from the top."""
        rows = range(self.rowCount())
        return tuple(self.key(row) for row in rows if self._is_ticked(row))

    def tick_all(self, wanted: bool) -> None:
        """Ticks every row that may be, or none."""
        self.blockSignals(True)
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                self._set(item, wanted)
        self.blockSignals(False)
        self.ticked_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the row, in whichever cell the cursor is."""
        item = self.item(self.currentRow(), 0)
        if event.key() == Qt.Key.Key_Space and item is not None:
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                self._set(item, not self._is_ticked(self.currentRow()))
            return
        super().keyPressEvent(event)

    def sizeHintForColumn(self, column: int) -> int:
        """The first column has room for its boxes."""
        return super().sizeHintForColumn(column) + (theme.px(32) if column == 0 else 0)

    def _set(self, item: QTableWidgetItem, ticked: bool) -> None:
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        said = "ticked" if ticked else "not ticked"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {said}")

    def _is_ticked(self, row: int) -> bool:
        item = self.item(row, 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.blockSignals(True)
            self._set(item, item.checkState() is Qt.CheckState.Checked)
            self.blockSignals(False)
            self.ticked_changed.emit()
