"""A table whose words go on in the next line, as high as all its rows: for pages scrolled as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent, QShowEvent

from nhsdesk.desktop import theme
from nhsdesk.desktop.wrapped_table import WrappedTable


class WholeTable(WrappedTable):
    """It grows with its rows and has no scroll bar of its own; for lists that are never long."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these rows in place of what stands there."""
        super().show_rows(rows)
        self._fit()

    def _fit(self) -> None:
        heads = max(self.horizontalHeader().sizeHint().height(), self.horizontalHeader().minimumHeight())
        rows = sum(self.rowHeight(at) for at in range(self.rowCount()))
        self.setFixedHeight(heads + rows + theme.px(6))
