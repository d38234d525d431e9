"""A workbook as it was made: its sheets as tabs, each a table that Enter follows to the entry behind a row."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import theme, words
from nhsdesk.desktop.long_words import Whole
from nhsdesk.desktop.papers.sheet_rows import SheetRows

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MEASURED = 60
"""Rows by which the width of a column is chosen."""

_WRAPPED = 60
"""A table with more rows than this shows one line of each."""

_NARROWEST, _WIDEST, _WIDEST_LAST, _TALLEST = 72, 260, 640, 160
"""Pixels at 100 %."""


class SheetModel(QAbstractTableModel):
    """The rows of one sheet, as text."""

    def __init__(self, sheet: SheetRows) -> None:
        super().__init__()
        self.sheet = sheet
        self._bold = QFont()
        self._bold.setBold(True)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.sheet.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.sheet.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.FontRole if row[0] == "Total":
                return self._bold
            case Qt.ItemDataRole.ToolTipRole if len(row[index.column()]) > 30:
                # A tooltip that looks like markup would be taken for it.
                return f"<p style='white-space: pre-wrap'>{escape(row[index.column()])}</p>"
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sheet.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        across = Qt.AlignmentFlag.AlignRight if self.sheet.amounts[column] else Qt.AlignmentFlag.AlignLeft
        return across | Qt.AlignmentFlag.AlignVCenter


class SheetPreview(QWidget):
    """The sheets of a workbook, the first with a table in front."""

    chosen = Signal(tuple)
    """The cells of a row somebody pressed Enter on."""

    def __init__(self) -> None:
        super().__init__()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Sheets of the workbook")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)
        theme.changes.made.connect(self._size_again)

    def show_sheets(self, sheets: tuple[SheetRows, ...]) -> None:
        """Shows a workbook; the sheet in front stays in front where there is one of that name."""
        was = self.tabs.tabText(self.tabs.currentIndex())
        while self.tabs.count():
            if (gone := self.tabs.widget(0)) is not None:
                gone.deleteLater()
            self.tabs.removeTab(0)
        for sheet in sheets:
            self.tabs.addTab(self._page(sheet), words.on_a_button(sheet.name))
        names = [self.tabs.tabText(place) for place in range(self.tabs.count())]
        first = next((place for place, sheet in enumerate(sheets) if sheet.headings), 0)
        self.tabs.setCurrentIndex(names.index(was) if was in names else first)

    def _size_again(self) -> None:
        for table in self.tabs.findChildren(QTableView):
            model = table.model()
            if isinstance(model, SheetModel):
                _size(table, model.sheet)

    def _page(self, sheet: SheetRows) -> QWidget:
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, theme.px(8), 0, 0)
        inside.setSpacing(theme.px(4))
        if not sheet.headings:
            inside.addWidget(_cover(sheet))
            return page
        above = QHBoxLayout()
        above.setSpacing(theme.px(12))
        for number, line in enumerate(sheet.words):
            above.addWidget(
                Whole(line, "quiet") if number else words.label(line, "field", wrap=False), number
            )
        inside.addLayout(above)
        inside.addWidget(self._table(sheet), 1)
        return page

    def _table(self, sheet: SheetRows) -> QTableView:
        table = QTableView()
        table.setAccessibleName(f"Sheet {sheet.name}")
        table.setModel(SheetModel(sheet))
        model = table.model()
        model.setParent(table)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        _size(table, sheet)
        table.activated.connect(lambda index: self.chosen.emit(sheet.rows[index.row()]))
        return table


def _cover(sheet: SheetRows) -> QPlainTextEdit:
    shown = QPlainTextEdit("\n".join(sheet.words))
    shown.setReadOnly(True)
    shown.setTabChangesFocus(True)
    shown.setAccessibleName(f"Sheet {sheet.name}")
    return shown


def _size(table: QTableView, sheet: SheetRows) -> None:
    """Columns as wide as their words, within reason; rows of one height where there are many."""
    metrics, strong = table.fontMetrics(), QFont(table.font())
    strong.setBold(True)
    headings, padding = QFontMetrics(strong), theme.px(24)
    for place, heading in enumerate(sheet.headings):
        cells = [row[place] for row in (*sheet.rows[:_MEASURED], *sheet.rows[-1:])]
        widths = [metrics.horizontalAdvance(line[:200]) for cell in cells for line in cell.split("\n")]
        width = max([headings.horizontalAdvance(heading), *widths])
        most = _WIDEST_LAST if place == len(sheet.headings) - 1 else _WIDEST
        table.setColumnWidth(place, min(theme.px(most), max(theme.px(_NARROWEST), width + padding)))
    rows = table.verticalHeader()
    rows.setMinimumSectionSize(theme.px(28))
    rows.setDefaultSectionSize(theme.px(32))
    table.setWordWrap(len(sheet.rows) <= _WRAPPED)
    for number, row in enumerate(sheet.rows if table.wordWrap() else ()):
        # Asked of the view, every height would be worked out again with each change of look, and take seconds.
        if tall := _height(table, row):
            table.setRowHeight(number, tall)
    table.horizontalHeader().setStretchLastSection(True)


def _height(table: QTableView, row: tuple[str, ...]) -> int:
    """What the longest of a row's cells needs where that is more than one line; 0 where one line is enough."""
    metrics, tallest = table.fontMetrics(), 0
    for place, cell in enumerate(row):
        room = table.columnWidth(place) - theme.px(16)
        if "\n" in cell or metrics.horizontalAdvance(cell) > room:
            bounds = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, cell)
            tallest = max(tallest, bounds.height() + theme.px(10))
    return min(tallest, theme.px(_TALLEST))
