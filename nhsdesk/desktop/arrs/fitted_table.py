"""A table that is as high as its rows need, up to some, and takes no room without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from nhsdesk.desktop import theme
from nhsdesk.desktop.plain_table import PlainTable

_WIDEST = 420


class FittedTable(PlainTable):
    """For pages that are scrolled as a whole. The stretched column keeps its words where others leave no room."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        *,
        figures: Sequence[int] = (),
        stretched: int = 0,
        most: int = 12,
    ) -> None:
        self._most, self._stretched = most, stretched
        super().__init__(name, headings, figures=figures, stretched=stretched)
        self.setWordWrap(False)
        theme.changes.made.connect(self._fit)
        self._fit()

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these in place of what stands there, and takes the height they need."""
        super().show_rows(rows)
        for row in range(self.rowCount()):
            if (item := self.item(row, self._stretched)) is not None:
                item.setToolTip(item.text())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        shown = sum(self.rowHeight(at) for at in range(min(self.rowCount(), self._most)))
        heads = max(self.horizontalHeader().sizeHint().height(), self.horizontalHeader().minimumHeight())
        self.setFixedHeight(heads + shown + theme.px(20))
        self.setVisible(self.rowCount() > 0)
        self._share_out()

    def _share_out(self) -> None:
        """Gives the stretched column what is left, but never less than its words need, within reason."""
        heads, column = self.horizontalHeader(), self._stretched
        wanted = max(self.sizeHintForColumn(column), heads.sectionSizeHint(column))
        wanted = min(wanted, theme.px(_WIDEST))
        others = sum(
            max(self.sizeHintForColumn(n), heads.sectionSizeHint(n))
            for n in range(self.columnCount())
            if n != column and not self.isColumnHidden(n)
        )
        roomy = others + wanted <= self.viewport().width()
        modes = QHeaderView.ResizeMode
        heads.setSectionResizeMode(column, modes.Stretch if roomy else modes.Fixed)
        if not roomy:
            heads.resizeSection(column, wanted)
