"""The headings of a register's table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from nhsdesk.desktop import theme
from nhsdesk.desktop.column_widths import MOST_LINES

_BESIDE = 32
"""What the sheet keeps free beside the words of a heading, the sign of the order among it."""

_ENDLESS = 10_000


class SortingHeader(QHeaderView):
    """The headings. One that is clicked sorts; that it also chose every row would have the next key empty a column.

    Words that are longer than their column go on below, for which all headings make room.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(theme.px(48))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)  # or it would be cut before it can go on below
        self.setStretchLastSection(True)
        self._lines = 1
        self.sectionResized.connect(lambda *_: self._look_at_lines())

    def sizeHint(self) -> QSize:
        # Only the height is asked for. For the width Qt would measure every heading, again and again.
        height = self.fontMetrics().lineSpacing() * self._lines + theme.px(14)
        return QSize(self.minimumSectionSize(), height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_at_lines()

    def _look_at_lines(self) -> None:
        if not self.isVisible():
            return  # every column is given its width before that
        lines = max((self._lines_of(n) for n in range(self.count())), default=1)
        if lines != self._lines:
            self._lines = lines
            self.geometriesChanged.emit()

    def _lines_of(self, number: int) -> int:
        """How many lines the words of a heading take in their column."""
        if self.isSectionHidden(number):
            return 1
        words = str(self.model().headerData(number, self.orientation()) or "")
        room = self.sectionSize(number) - theme.px(_BESIDE)
        if self.fontMetrics().horizontalAdvance(words) <= room:
            return 1
        wrapped = self.fontMetrics().boundingRect(
            0, 0, max(room, 1), _ENDLESS, Qt.TextFlag.TextWordWrap, words
        )
        return max(1, min(wrapped.height() // self.fontMetrics().lineSpacing(), MOST_LINES))
