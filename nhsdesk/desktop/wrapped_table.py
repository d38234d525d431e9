"""A table to read whose longer columns share the room there is and go on in the next line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView

from nhsdesk.desktop import theme
from nhsdesk.desktop.plain_table import PlainTable

_ENDLESS = 100_000


class WrappedTable(PlainTable):
    """Rows are as high as their words need, also after the window was made narrower."""

    _wrapped: tuple[int, ...] = ()

    def __init__(
        self, name: str, headings: Sequence[str], *, wrapped: Sequence[int], figures: Sequence[int] = ()
    ) -> None:
        super().__init__(name, headings, figures=figures, stretched=wrapped[0])
        self._wrapped = tuple(wrapped)
        self._take_width(QHeaderView.ResizeMode.ResizeToContents)

    def _take_width(self, others: QHeaderView.ResizeMode) -> None:
        super()._take_width(others)
        for column in self._wrapped:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _sharing(self) -> tuple[int, ...]:
        return self._wrapped

    def sizeHintForRow(self, row: int) -> int:
        """The most lines that its wrapped words need, with the room that the sheet keeps beside them."""
        found = super().sizeHintForRow(row)
        for column in self._wrapped:
            item = self.item(row, column)
            room = max(self.columnWidth(column) - theme.px(28), theme.px(40))
            if item is not None:
                words = self.fontMetrics().boundingRect(
                    0, 0, room, _ENDLESS, Qt.TextFlag.TextWordWrap, item.text()
                )
                found = max(found, words.height() + theme.px(12))
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resizeRowsToContents()
