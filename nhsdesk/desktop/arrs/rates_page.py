"""Rates and rules: maxima and their confirmation, a table to paste, the year's entitlement, and local choices."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nhsdesk.desktop.arrs.choices_panel import ChoicesPanel
from nhsdesk.desktop.arrs.entitlement_panel import EntitlementPanel
from nhsdesk.desktop.arrs.rates_confirm import ConfirmPanel
from nhsdesk.desktop.arrs.rates_paste import PastePanel
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, scrolled_down
from nhsdesk.desktop.words import label

Part = ConfirmPanel | PastePanel | EntitlementPanel | ChoicesPanel


class RatesPage(Page):
    """Four parts behind tabs of their own, each made when it is first looked at."""

    title = "Rates and rules"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._makers: tuple[tuple[str, Callable[[], Part]], ...] = (
            ("Confirm", lambda: ConfirmPanel(desk)),
            ("Paste a table", lambda: PastePanel(desk)),
            ("Entitlement", lambda: EntitlementPanel(desk)),
            ("Local choices", lambda: ChoicesPanel(desk)),
        )
        self._made: dict[int, tuple[Part, QScrollArea]] = {}
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of rates and rules")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for words, _ in self._makers:
            self._tabs.addTab(words)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 0)
        column.setSpacing(4)
        column.addWidget(label("Rates and rules", "h1"))
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(lambda _: self.shown())
        desk.changed.connect(self._changed)
        desk.background.began.connect(self._work_changed)
        desk.background.ended.connect(self._work_changed)

    def shown(self) -> None:
        """Reads the part in front anew."""
        panel, area = self._front()
        self._stack.setCurrentWidget(area)
        self.desk.attempt(panel.refresh)

    def take_focus(self) -> None:
        """Puts the cursor where work on the part in front begins."""
        self._front()[0].take_focus()

    def _front(self) -> tuple[Part, QScrollArea]:
        number = max(self._tabs.currentIndex(), 0)
        if number not in self._made:
            panel = self._makers[number][1]()
            area = _scrolled(panel)
            self._made[number] = (panel, area)
            self._stack.addWidget(area)
        return self._made[number]

    def _changed(self, _: object) -> None:
        if self.isVisible():  # otherwise it is read when it is shown
            self.desk.attempt(self._front()[0].refresh)

    def _work_changed(self, _: object) -> None:
        for panel, _area in self._made.values():
            panel.allow()


def _scrolled(panel: QWidget) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 8, 0, 16)
    column.addWidget(panel)
    area = scrolled_down(inside)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
