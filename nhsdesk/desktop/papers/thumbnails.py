"""Small pages beside the large ones, drawn as they come into sight; Enter or a click goes there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QListView

from nhsdesk.desktop import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDE, _HIGH = 84, 118
"""Pixels at 100 %, as of a standing A4 page."""


class SmallPages(QAbstractListModel):
    """The pages of a document as pictures."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._document = document
        self._drawn: dict[int, QPixmap] = {}

    def anew(self) -> None:
        """Another document is shown."""
        self.beginResetModel()
        self._drawn.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._document.pageCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"Page {index.row() + 1}"
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(index.row())
            case _:
                return None

    def _picture(self, page: int) -> QPixmap:
        if page not in self._drawn:
            points = self._document.pagePointSize(page)
            size = points.scaled(
                theme.px(_WIDE), theme.px(_HIGH), Qt.AspectRatioMode.KeepAspectRatio
            ).toSize()
            drawn = QPixmap(size)
            drawn.fill(Qt.GlobalColor.white)
            image = self._document.render(page, size)
            if not image.isNull():
                from PySide6.QtGui import QPainter

                painter = QPainter(drawn)
                painter.drawImage(0, 0, image)
                painter.end()
            self._drawn[page] = drawn
        return self._drawn[page]


class Thumbnails(QListView):
    """The pages in a column."""

    wanted = Signal(int)
    """A page, counted from nought."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._pages = SmallPages(document)
        self.setModel(self._pages)
        self.setAccessibleName("Small pages")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current)
        theme.changes.made.connect(self._at_this_zoom)
        self._at_this_zoom()

    def anew(self) -> None:
        """Another document is shown."""
        self._pages.anew()

    def tell(self, page: int) -> None:
        """The page in sight is this one."""
        if page != self.currentIndex().row():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self._pages.index(page, 0))
            self.selectionModel().blockSignals(False)
            self.viewport().update()

    def _current(self, now: Index) -> None:
        if now.isValid():
            self.wanted.emit(now.row())

    def _at_this_zoom(self) -> None:
        self.setIconSize(QSize(theme.px(_WIDE), theme.px(_HIGH)))
        self.setGridSize(QSize(theme.px(_WIDE + 24), theme.px(_HIGH + 34)))
        self.setFixedWidth(theme.px(_WIDE + 48))
        self._pages.anew()
