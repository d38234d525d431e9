"""A table to read whose longer columns share the room there is and go on in the next line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from nhsdesk.desktop import theme
from nhsdesk.desktop.plain_table import PlainTable

_PADDING = 14
"""What the style keeps free at both sides of a cell, and a border of 1 at each."""


class _WithinPadding(QStyledItemDelegate):
    """Asks for the height that words need in the width the style leaves them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        option.rect.setWidth(max(option.rect.width() - theme.px(_PADDING), 1))
        return super().sizeHint(option, index)


class WrappedTable(PlainTable):
    """Rows are as high as their words need, also after the window was made narrower."""

    def __init__(
        self, name: str, headings: Sequence[str], *, wrapped: Sequence[int], figures: Sequence[int] = ()
    ) -> None:
        self._wrapped = tuple(wrapped)
        super().__init__(name, headings, figures=figures, stretched=wrapped[0])
        self.setItemDelegate(_WithinPadding(self))

    def _take_width(self, others: QHeaderView.ResizeMode) -> None:
        super()._take_width(others)
        for column in self._wrapped:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resizeRowsToContents()

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these rows in place of what stands there."""
        super().show_rows(rows)
        self.resizeRowsToContents()
