"""Printing pages through the system's own dialog: copies, which pages, both sides, and in black and white."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

MOST_DOTS = 300
"""An inch: finer is not seen, and a page of 600 takes 100 MB while it is drawn."""
_POINTS = 72


def printer() -> QPrinter:
    """A printer as the dialog finds it at first: both sides of the paper, one copy."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    made.setFullPage(True)
    return made


def pages_wanted(chosen: QPrinter, there: int) -> range:
    """The pages to print, counted from nought: the range given in the dialog, or all."""
    if chosen.printRange() is QPrinter.PrintRange.PageRange and chosen.fromPage():
        return range(max(chosen.fromPage(), 1) - 1, min(chosen.toPage() or there, there))
    return range(there)


def print_pages(document: QPdfDocument, chosen: QPrinter) -> int:
    """Prints; gives how many pages went to the printer, 0 where it could not be begun."""
    wanted = pages_wanted(chosen, document.pageCount())
    copies = 1 if chosen.supportsMultipleCopies() else chosen.copyCount()
    order = [page for _ in range(copies) for page in wanted]
    if not order:
        return 0
    _turn(chosen, document, order[0])
    painter = QPainter()
    if not painter.begin(chosen):
        return 0
    for number, page in enumerate(order):
        if number:
            _turn(chosen, document, page)
            chosen.newPage()
        _draw(painter, document, page, chosen)
    painter.end()
    return len(order)


def _turn(chosen: QPrinter, document: QPdfDocument, page: int) -> None:
    """A page that lies on its side is printed so."""
    size = document.pagePointSize(page)
    lies = size.width() > size.height()
    chosen.setPageOrientation(QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait)


def _draw(painter: QPainter, document: QPdfDocument, page: int, chosen: QPrinter) -> None:
    dots = min(chosen.resolution(), MOST_DOTS)
    points = document.pagePointSize(page)
    image = document.render(
        page, QSize(round(points.width() * dots / _POINTS), round(points.height() * dots / _POINTS))
    )
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    under = QPainter(white)
    under.drawImage(0, 0, image)
    under.end()
    grey = chosen.colorMode() is QPrinter.ColorMode.GrayScale
    shown = white.convertToFormat(QImage.Format.Format_Grayscale8) if grey else white
    room = QRectF(chosen.pageLayout().fullRectPixels(chosen.resolution()))
    room.moveTo(0, 0)
    scale = min(room.width() / shown.width(), room.height() / shown.height())
    painter.drawImage(QRectF(0, 0, shown.width() * scale, shown.height() * scale), shown)
