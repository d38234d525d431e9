"""The headings of a grouped register, painted over the whole width of their rows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QTableView

from nhsdesk.desktop import theme
from nhsdesk.desktop.grouped_rows import Heading
from nhsdesk.desktop.record_model import RecordModel


def paint_headings(table: QTableView, model: RecordModel) -> None:
    """Paints the headings in sight over the cells of their rows."""
    ground = table.viewport()
    first, last = table.rowAt(0), table.rowAt(ground.height() - 1)
    if first < 0:
        return
    last = model.rowCount() - 1 if last < 0 else last
    painter = QPainter(ground)
    for row in range(first, last + 1):
        heading = model.heading_at(row)
        if heading is not None:
            place = QRect(0, table.rowViewportPosition(row), ground.width(), table.rowHeight(row))
            here = row == table.currentIndex().row() and table.hasFocus()
            _paint(painter, table, place, heading, model.heading_words(heading), here)
    painter.end()


def _paint(
    painter: QPainter, table: QTableView, place: QRect, heading: Heading, words: str, here: bool
) -> None:
    tokens = theme.tokens()
    painter.fillRect(place, QColor(tokens.grey_back))
    if here:
        painter.setPen(QPen(QColor(tokens.focus), 3))
        painter.drawRect(place.adjusted(1, 1, -2, -2))
    ink = QColor(tokens.ink)
    painter.setPen(ink)
    painter.setBrush(ink)
    side = theme.px(4)
    x, y = place.left() + theme.px(12), place.center().y()
    folded = [QPoint(x, y - side), QPoint(x + side, y), QPoint(x, y + side)]
    opened = [QPoint(x - side, y - side // 2), QPoint(x + side, y - side // 2), QPoint(x, y + side // 2)]
    painter.drawPolygon(QPolygon(folded if heading.folded else opened))
    bold = QFont(table.font())
    bold.setBold(True)
    painter.setFont(bold)
    room = place.adjusted(theme.px(24), 0, -theme.px(8), 0)
    said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
