"""Handing support requests over, and reading the answers in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.support.hand_over_panel import HandOverPanel
from nhsdesk.desktop.support.reply_reading import ReplyReading


class HandOverPage(Page):
    """Two cards, one under the other."""

    title = "Hand over"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._out, self._back = HandOverPanel(desk), ReplyReading(desk)
        inside = QWidget()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        for one in (self._out, self._back):
            stack.addWidget(one)
        stack.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(_scrolled(inside), 1)

    def shown(self) -> None:
        self._out.refresh()


def _scrolled(inside: QWidget) -> QScrollArea:
    """As high as the words of its labels need once they go on in the next line, which a plain least size leaves out."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
