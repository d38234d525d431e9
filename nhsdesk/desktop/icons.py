"""Our own small pictures, in the colours of the look in force.

    icons.put(print_button, "print")
    icons.put(save_button, "save", "on_accent")      on a primary button
    icons.icon("late", "bad").paint(painter, rect)

A picture is drawn when it is painted, at the size and sharpness asked for, and remembered. It therefore
follows the look by itself; what is `put` also follows the zoom.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QToolButton

from nhsdesk import paths
from nhsdesk.desktop import theme

SIZE = 20
"""Pixels at 100 per cent zoom, on whatever a picture is put."""

_drawn: dict[tuple[str, str, int, int, float], QPixmap] = {}
_put: WeakKeyDictionary[QAbstractButton | QAction, tuple[str, str]] = WeakKeyDictionary()
_clones: list[_Engine] = []


def icon(name: str, tone: str = "ink") -> QIcon:
    """A picture in one of the look's colours; `tone` is a field of theme.Tokens.

    Ink and quiet pictures turn to the accent while what they stand on is checked. All are faint
    while it is disabled.
    """
    _drawing(name)
    theme.shade(tone)
    return QIcon(_Engine(name, tone))


def put(target: QAbstractButton | QAction, name: str, tone: str = "ink") -> None:
    """Give a button or an action its picture, and keep it in step with the look and the zoom."""
    _put[target] = (name, tone)
    _dress(target, name, tone)


class _Engine(QIconEngine):
    """Draws one picture whenever Qt asks for it."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        sharpness = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        pixmap = self.scaledPixmap(QSize(side, side), mode, state, sharpness)
        corner = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(QRect(corner, QSize(side, side)), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return _pixmap(self._name, theme.shade(self._shade(mode, state)), size, scale)

    def _shade(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "faint"
        if mode == QIcon.Mode.Active and self._tone == "on_accent":
            return "go_ink"
        if state == QIcon.State.On and self._tone in ("ink", "quiet"):
            return "picked"
        return self._tone

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    def isNull(self) -> bool:
        return False

    def key(self) -> str:
        return "nhsdesk"

    def clone(self) -> QIconEngine:
        # Qt takes the clone for its own but does not tell Python, which would otherwise let go of it at once.
        _clones.append(_Engine(self._name, self._tone))
        return _clones[-1]


@cache
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(name: str, colour: str, size: QSize, scale: float) -> QPixmap:
    asked = (name, colour, size.width(), size.height(), scale)
    if asked not in _drawn:
        _drawn[asked] = _draw(*asked)
    return _drawn[asked]


def _draw(name: str, colour: str, width: int, height: int, scale: float) -> QPixmap:
    svg = _drawing(name).replace("currentColor", colour)
    pixmap = QPixmap(round(width * scale), round(height * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(pixmap.width(), pixmap.height())
    with QPainter(pixmap) as painter:
        # Room to spare lies on the right, between the picture and its word.
        QSvgRenderer(QByteArray(svg.encode())).render(
            painter, QRectF(0, (pixmap.height() - side) / 2, side, side)
        )
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _dress(target: QAbstractButton | QAction, name: str, tone: str) -> None:
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(theme.px(SIZE + _gap(target)), theme.px(SIZE)))
    target.setIcon(icon(name, tone))


def _gap(button: QAbstractButton) -> int:
    """Qt leaves 4 pixels between a picture and its word; they want a little more."""
    if isinstance(button, QToolButton):
        return 4 if button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon else 0
    return 2 if button.text() else 0


def _dress_again() -> None:
    _drawn.clear()
    for target, (name, tone) in list(_put.items()):
        with suppress(RuntimeError):  # Qt may have let go of it before Python does
            _dress(target, name, tone)


theme.changes.made.connect(_dress_again)
