"""An entry can be begun from the tab of its register, as from inside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTabBar

from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.register_page import RegisterPage


class BeginsFromTab(QObject):
    """Hears Ctrl+N on the tabs of a place, and begins an entry in the register in front."""

    def __init__(self, tabs: QTabBar, front: Callable[[], Page]) -> None:
        super().__init__(tabs)
        self._front = front
        tabs.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            front = self._front()
            register = front.register if isinstance(front, ListsPage) else front
            if event.matches(QKeySequence.StandardKey.New) and isinstance(register, RegisterPage):
                register.begin_new()
                return True
        return super().eventFilter(watched, event)
