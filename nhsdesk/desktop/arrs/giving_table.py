"""A table some of whose columns give way where there is no room for all, so that nothing must be scrolled sideways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from nhsdesk.desktop import theme
from nhsdesk.desktop.plain_table import PlainTable

_LEAST = 112
"""Pixels at 100 % that the stretched column keeps for its words, which wrap."""


class GivingTable(PlainTable):
    """The columns that give way are told in the order in which they do."""

    gave_way = Signal(object)
    """The headings of the columns that are not shown, in the order of the table."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        *,
        figures: Sequence[int] = (),
        stretched: int = 0,
        giving: Sequence[int] = (),
    ) -> None:
        self._giving, self._wide = tuple(giving), [0] * len(headings)
        super().__init__(name, headings, figures=figures, stretched=stretched)
        theme.changes.made.connect(self._measure)
        self.horizontalHeader().sectionResized.connect(self._wrap_anew)

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these in place of what stands there; which columns there is room for is looked at again."""
        super().show_rows(rows)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _measure(self) -> None:
        heads = self.horizontalHeader()
        self._wide = [
            max(self.sizeHintForColumn(n), heads.sectionSizeHint(n), heads.minimumSectionSize())
            for n in range(self.columnCount())
        ]
        self._wide[self._stretched] = theme.px(_LEAST)
        self._give_way()

    def _give_way(self) -> None:
        over = sum(self._wide) - self.viewport().width()
        hidden = set()
        for column in self._giving:
            if over > 0:
                hidden.add(column)
                over -= self._wide[column]
        if hidden != {column for column in self._giving if self.isColumnHidden(column)}:
            for column in self._giving:
                self.setColumnHidden(column, column in hidden)
            self.gave_way.emit([self._heading(column) for column in sorted(hidden)])

    def _wrap_anew(self, column: int, before: int, width: int) -> None:
        if column == self._stretched and width != before:
            self.resizeRowsToContents()

    def _heading(self, column: int) -> str:
        item = self.horizontalHeaderItem(column)
        return "" if item is None else " ".join(item.text().split())
