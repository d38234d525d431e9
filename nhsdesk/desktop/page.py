"""What every page of the window is: a widget with a name, made when first shown, told when it is shown again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

from nhsdesk.desktop.desk import Desk


class Page(QWidget):
    """One page. It asks the desk's file and listens to the desk; it knows no other page."""

    title = ""
    selection_changed = Signal()
    """What `selection_words` tells is another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def shown(self) -> None:
        """The page has come to the front."""

    def take_focus(self) -> None:
        """Puts the cursor where work on the page begins."""
        self.setFocus()
        self.focusNextChild()

    def finish_typing(self) -> bool:
        """Brings what is being typed into the file; False where that could not be done and the window must stay."""
        return True

    def selection_words(self) -> str:
        """What is selected, with its totals, for the status line."""
        return ""

    def keep_layout(self) -> None:
        """Leaves splitters and columns as they are for the next time."""


def first_button(*parts: QWidget | None) -> QAbstractButton | None:
    """The first button that can be pressed in whichever of the parts is shown; None where none of them is."""
    for part in parts:
        if part is not None and not part.isHidden():
            return next(
                (one for one in part.findChildren(QAbstractButton) if _may_be_pressed(one, part)), None
            )
    return None


def _may_be_pressed(button: QAbstractButton, part: QWidget) -> bool:
    return button.isVisibleTo(part) and button.isEnabled() and button.focusPolicy() != Qt.FocusPolicy.NoFocus


CALM_MS = 150
"""How long nothing may have changed before a page looks again."""


def when_calm(page: QWidget, then: Callable[[], None], wait: int = CALM_MS) -> QTimer:
    """What is started at each change and lets a page look again when no other has followed."""
    timer = QTimer(page)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(then)
    return timer


def scrolled_down(inside: QWidget) -> QScrollArea:
    """As wide as the room there is, and as high as its wrapped words need at that width."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def scrolled(inside: QWidget) -> QScrollArea:
    """Lets large type on a small screen be scrolled to instead of cut off."""
    return scrolled_down(_Least(inside))


def bring_into_sight(part: QWidget) -> None:
    """Scrolls to a part of a page, once the page is laid out."""
    QTimer.singleShot(0, part, lambda: _scroll_to(part))


def _scroll_to(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()


def scrolled_column(part: QWidget, left: int = 0) -> QVBoxLayout:
    """A column of controls that fills a part of a page and can be scrolled to where there is too little room."""
    inside = QWidget()
    whole = QVBoxLayout(part)
    whole.setContentsMargins(left, 0, 0, 0)
    whole.addWidget(scrolled_down(inside))
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 8, 8, 0)
    column.setSpacing(8)
    return column


class _Least(QWidget):
    """As large as the room there is, and no smaller than what is in it can be."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSizeHint().expandedTo(self._inside.minimumSize())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.resize(event.size())
