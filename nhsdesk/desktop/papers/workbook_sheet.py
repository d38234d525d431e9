"""The sheet in front of a workbook to be filled: walked with arrows, pointed at with Enter or two clicks."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from nhsdesk.desktop import theme
from nhsdesk.desktop.papers.workbook_model import Index, SeenPart, WorkbookModel, shown_text
from nhsdesk.documents.template_areas import Area
from nhsdesk.documents.template_look import SeenCell

_LETTER = 7.5
"""Pixels of one letter at 100 %."""
_NARROWEST, _WIDEST = 28, 420
_LINE, _BESIDE, _MOST_LINES = 20, 10, 6
_MOST_SPANS = 2_000


class _Ground(QStyledItemDelegate):
    """Paints the workbook's own colour below a cell, which the style sheet would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class SheetView(QTableView):
    """One sheet at a time."""

    pointed = Signal(int, int)
    """Row and column, counted from 1, that somebody wants to say something of."""
    emptied = Signal(int, int)
    """What fills that cell is to be left out."""
    moved = Signal()
    """Another cell is the current one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sheet of the workbook")
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Ground(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.horizontalHeader().setHighlightSections(True)
        self.verticalHeader().setMinimumSectionSize(theme.px(_LINE))
        self._part: SeenPart | None = None
        self.doubleClicked.connect(lambda index: self.pointed.emit(*self._first(index.row(), index.column())))
        theme.changes.made.connect(self._size)

    @property
    def at(self) -> tuple[int, int] | None:
        """Row and column of the current cell, counted from 1; of joined cells the first."""
        index = self.currentIndex()
        return self._first(index.row(), index.column()) if index.isValid() else None

    @property
    def shown(self) -> WorkbookModel | None:
        """The model of the sheet in front."""
        model = self.model()
        return model if isinstance(model, WorkbookModel) else None

    def show_sheet(self, model: WorkbookModel, part: SeenPart) -> None:
        """Puts a sheet in front, its first cell current."""
        before = self.model()
        self._part = part
        self.setModel(model)
        model.setParent(self)
        if before is not None:
            before.deleteLater()
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.clearSpans()
        for one in part.merges[:_MOST_SPANS]:
            self._join(one, model)
        self._size()
        self.go_to(1, 1)

    def add(self, part: SeenPart) -> None:
        """More rows of the same sheet."""
        if (model := self.shown) is not None:
            model.add(part)
            self._heights(part.cells, part.first)

    def go_to(self, row: int, column: int) -> None:
        """Makes a cell the current one and brings it into sight."""
        if self.model() is not None:
            index = self.model().index(row - 1, column - 1)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _first(self, row: int, column: int) -> tuple[int, int]:
        for one in self._part.merges if self._part else ():
            if one.holds(row + 1, column + 1):
                return one.top, one.left
        return row + 1, column + 1

    def _join(self, one: Area, model: WorkbookModel) -> None:
        down = min(one.bottom, model.rowCount()) - one.top + 1
        across = min(one.right, model.columnCount()) - one.left + 1
        if down > 0 and across > 0 and (down > 1 or across > 1):
            self.setSpan(one.top - 1, one.left - 1, down, across)

    def _size(self) -> None:
        if self._part is None:
            return
        for column, width in enumerate(self._part.widths):
            self.setColumnHidden(column, width == 0)
            self.setColumnWidth(column, theme.px(min(max(width * _LETTER, _NARROWEST), _WIDEST)))
        self.verticalHeader().setDefaultSectionSize(theme.px(_LINE + _BESIDE))
        self._heights(self._part.cells, 1)

    def _heights(self, cells: tuple[SeenCell, ...], first: int) -> None:
        """Rows as high as the lines of their longest words, which are counted and not measured."""
        assert self._part is not None
        joined = {(one.top, one.left): one for one in self._part.merges}
        lines: dict[int, int] = {}
        for cell in cells:
            text = shown_text(cell)
            if len(text) < 8:
                continue
            area = joined.get((cell.row, cell.column))
            right = area.right if area else cell.column
            room = sum(min(one, _WIDEST / _LETTER) for one in self._part.widths[cell.column - 1 : right])
            high = area.bottom - area.top + 1 if area else 1
            asked = sum(ceil(max(len(one), 1) / max(room - 1, 4)) for one in text.split("\n"))
            lines[cell.row] = max(lines.get(cell.row, 1), ceil(min(asked, _MOST_LINES * high) / high))
        for row, count in lines.items():
            if row >= first:
                self.setRowHeight(row - 1, theme.px(_LINE * min(count, _MOST_LINES) + _BESIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says what fills the cell, Delete that nothing does."""
        if self.at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.pointed.emit(*self.at)
        elif self.at is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit(*self.at)
        else:
            super().keyPressEvent(event)
