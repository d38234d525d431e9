"""What every page of the window is: a widget with a name, made when first shown, told when it is shown again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

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


def scrolled(inside: QWidget) -> QScrollArea:
    """Lets large type on a small screen be scrolled to instead of cut off."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(_Least(inside))
    return area


def within_scroll(inside: QWidget) -> QScrollArea:
    """Lets wrapped words and rows of controls take the height they need, however little of it there is."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def scrolled_column(part: QWidget, left: int = 0) -> QVBoxLayout:
    """A column of controls that fills a part of a page and can be scrolled to where there is too little room."""
    inside = QWidget()
    whole = QVBoxLayout(part)
    whole.setContentsMargins(left, 0, 0, 0)
    whole.addWidget(within_scroll(inside))
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
