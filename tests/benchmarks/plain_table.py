"""A table model that does nothing but give the rows it was handed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class PlainTable(QAbstractTableModel):
    """As many rows as there are ids; the words of the first of them."""

    def __init__(self, ids: Sequence[int], rows: Sequence[Sequence[Any]]) -> None:
        super().__init__()
        self._ids, self._rows = ids, rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows[0])

    def data(self, index: Index, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or index.row() >= len(self._rows):
            return None
        value = self._rows[index.row()][index.column()]
        return None if value is None else str(value)
