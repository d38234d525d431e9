"""The pages themselves: a double click on a figure or a reference says which it was."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from nhsdesk.desktop.papers.page_places import Laid, followed

_BESIDE = 4
"""Points by which a click may miss."""
_BEFORE_NUMBER = 60
"""Points: a click on the figure itself, before its number, is meant for it."""


class PageView(QPdfView):
    """Pages below one another, as wide as there is room, until somebody zooms."""

    followed = Signal(str)
    """The number of a figure, or the reference of an entry."""

    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDocument(document)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setAccessibleName("Pages of the paper")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and (told := self.told_at(event.position())):
            self.followed.emit(told)
        else:
            super().mouseDoubleClickEvent(event)

    def told_at(self, point: QPointF) -> str:
        """The number or reference under a point of the view; empty where there is none."""
        place = self.laid().at(
            point.x() + self.horizontalScrollBar().value(), point.y() + self.verticalScrollBar().value()
        )
        if place is None:
            return ""
        page, x, y = place
        for begin, length, told in followed(self.document().getAllText(page).text()):
            box = self.document().getSelectionAtIndex(page, begin, length).boundingRectangle()
            reach = _BEFORE_NUMBER if told.isdigit() else _BESIDE
            if box.adjusted(-reach, -_BESIDE, _BESIDE, _BESIDE).contains(x, y):
                return told
        return ""

    def laid(self) -> Laid:
        """How the pages are laid now."""
        document, margins = self.document(), self.documentMargins()
        points = [document.pagePointSize(page) for page in range(document.pageCount())]
        custom = self.zoomMode() is QPdfView.ZoomMode.Custom
        return Laid(
            sizes=[(one.width(), one.height()) for one in points],
            width=self.viewport().width(),
            margins=(margins.left(), margins.top(), margins.right()),
            spacing=self.pageSpacing(),
            dots=self.logicalDpiX(),
            zoom=self.zoomFactor() if custom else None,
        )
