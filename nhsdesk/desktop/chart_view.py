"""A chart in the window, drawn from the same description as on paper; its numbers are one key away.

view = ChartView()
view.show_chart(outturn_charts.by_month(worked))
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import ReadOnlyTable
from nhsdesk.desktop.words import label
from nhsdesk.documents import charts
from nhsdesk.documents.model import BarLook, Grid, Picture, Shade, cell_words
from nhsdesk.documents.shapes import Align, Bar, Dot, Ground, Label, Line, Room, Shape, Stroke, Type

_STROKES = {
    Stroke.GRID: ("line", 1.0, Qt.PenStyle.SolidLine),
    Stroke.AXIS: ("edge", 1.0, Qt.PenStyle.SolidLine),
    Stroke.LEVEL: ("ink", 2.0, Qt.PenStyle.SolidLine),
    Stroke.FULL: ("accent", 3.0, Qt.PenStyle.SolidLine),
    Stroke.STRIPED: ("accent", 3.0, Qt.PenStyle.DashLine),
    Stroke.OUTLINED: ("accent", 3.0, Qt.PenStyle.DotLine),
}
_DARKNESS = {Shade.NONE: 0.0, Shade.PALE: 0.12, Shade.MIDDLE: 0.35, Shade.DARK: 1.0}
"""How much of the accent lies on the card."""
_SMALLER = 0.85
_EDGE = 5
"""Pixels at each side, so that no letter lies under the frame of what is focused."""
_NARROWEST = 320
"""Pixels at 100 %."""


class ChartView(QWidget):
    """Title, drawing, and a box to tick for the numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label(role="h2")
        self.drawing = Drawing()
        self.numbers = QCheckBox("Show the numbers")
        self.table: ReadOnlyTable | None = None
        self._chart: Picture | None = None
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(8)
        for part in (self.title, self.drawing, self.numbers):
            self._stack.addWidget(part)
        self.numbers.toggled.connect(self._show_numbers)
        self.drawing.asked.connect(self.numbers.toggle)

    def show_chart(self, chart: Picture) -> None:
        """Draws a chart in place of the one before."""
        if chart == self._chart:
            return
        self._chart = chart
        self.title.setText(chart.title)
        self.drawing.show_chart(chart)
        self.numbers.setAccessibleName(f"Show the numbers of {chart.title}")
        if self.table is not None:
            self._stack.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        self._show_numbers(self.numbers.isChecked())

    def _show_numbers(self, wanted: bool) -> None:
        if self._chart is None or (not wanted and self.table is None):
            return
        if self.table is None:
            self.table = self._made_table(self._chart)
            self._stack.addWidget(self.table)
        self.table.setVisible(wanted)

    def _made_table(self, chart: Picture) -> ReadOnlyTable:
        numbers = chart.numbers
        made = ReadOnlyTable(
            f"The numbers of {chart.title}", tuple(one.label for one in numbers.columns), stretched=0
        )
        made.setParent(self)  # shown without one, it would be a window of its own
        made.show_rows(
            tuple(
                tuple(cell_words(cell, column) for cell, column in zip(row, numbers.columns, strict=True))
                for row in numbers.rows
            )
        )
        return made


class Drawing(QWidget):
    """The picture; Enter or Space shows its numbers."""

    asked = Signal()
    """Somebody wants the numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._chart: Picture | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changes.made.connect(self._dress)

    def show_chart(self, chart: Picture) -> None:
        """Takes another chart."""
        self._chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(f"{chart.says} Press Enter for the numbers.")
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_NARROWEST), self._height())

    def shapes(self) -> tuple[Shape, ...]:
        """What is drawn, in this size and type."""
        if self._chart is None:
            return ()
        metrics = QFontMetricsF(self._font(strong=True))
        room = Room(self.width() - 2 * _EDGE, self.height() - 2)
        return charts.laid_out(self._chart, room, Type(metrics.horizontalAdvance, metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(_EDGE, 1)
        for shape in self.shapes():
            match shape:
                case Bar():
                    _draw_bar(painter, shape)
                case Line():
                    _draw_line(painter, shape)
                case Dot():
                    _draw_dot(painter, shape)
                case Ground():
                    _draw_ground(painter, shape)
                case Label():
                    self._draw_label(painter, shape)
        painter.resetTransform()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.shade("focus")), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def _draw_label(self, painter: QPainter, shape: Label) -> None:
        painter.setFont(self._font(strong=shape.strong))
        name = "on_accent" if shape.light else "ink" if shape.strong or self._on_grounds else "quiet"
        painter.setPen(QColor(theme.shade(name)))
        metrics = painter.fontMetrics()
        wide = QFontMetricsF(painter.font()).horizontalAdvance(shape.words)
        left = {Align.LEFT: 0.0, Align.MIDDLE: wide / 2, Align.RIGHT: wide}[shape.align]
        base = shape.middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(shape.left - left, base), shape.words)

    @property
    def _on_grounds(self) -> bool:
        """Words on a ground are never quiet."""
        return isinstance(self._chart, Grid)

    def _font(self, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALLER)
        font.setBold(strong)
        return font

    def _height(self) -> int:
        if self._chart is None:
            return theme.px(60)
        line = QFontMetricsF(self._font(strong=True)).height()
        return round(charts.height_wanted(self._chart, line))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def _draw_line(painter: QPainter, line: Line) -> None:
    colour, thick, style = _STROKES[line.stroke]
    painter.setPen(QPen(QColor(theme.shade(colour)), thick, style))
    painter.drawLine(QPointF(line.left, line.top), QPointF(line.right, line.bottom))


def _draw_dot(painter: QPainter, dot: Dot) -> None:
    painter.setPen(QPen(QColor(theme.shade("accent")), 2))
    painter.setBrush(QColor(theme.shade("accent" if dot.look is BarLook.FULL else "card")))
    painter.drawEllipse(QPointF(dot.left, dot.middle), dot.radius, dot.radius)


def _draw_ground(painter: QPainter, ground: Ground) -> None:
    painter.fillRect(
        QRectF(ground.left, ground.top, ground.width, ground.height), QColor(theme.shade("card"))
    )
    over = QColor(theme.shade("accent"))
    over.setAlphaF(_DARKNESS[ground.shade])
    painter.setPen(QPen(QColor(theme.shade("line")), 1))
    painter.setBrush(over)
    painter.drawRect(QRectF(ground.left, ground.top, ground.width, ground.height))


def _draw_bar(painter: QPainter, bar: Bar) -> None:
    colour = QColor(theme.shade("accent"))
    pen = QPen(colour, 1.5)
    if bar.look is BarLook.OUTLINED:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    brushes = {BarLook.FULL: Qt.BrushStyle.SolidPattern, BarLook.STRIPED: Qt.BrushStyle.BDiagPattern}
    painter.setBrush(QBrush(colour, brushes.get(bar.look, Qt.BrushStyle.NoBrush)))
    painter.drawRect(QRectF(bar.left, bar.top, bar.width, bar.height))
