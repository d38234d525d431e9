"""Pay in: what each employer says a month cost, and what is owed to them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget, QVBoxLayout

from nhsdesk.desktop.arrs.owed_panel import OwedPanel
from nhsdesk.desktop.arrs.pay_in_panel import PayInPanel
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, scrolled_down
from nhsdesk.desktop.words import label
from nhsdesk.store.database import Notice

_OF_PAY = {
    "organisation", "post", "holder", "assignment", "pay", "back_pay", "employer_statement", "employer_line",
    "local_rule",
}  # fmt: skip
_OF_OWED = _OF_PAY | {
    "rate", "practice", "claim", "claim_line", "claim_event", "portal_statement", "portal_line", "employer_payment",
}  # fmt: skip


class PayInPage(Page):
    """What each employer says a month cost, and what is owed to them."""

    title = "Pay in"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stale = {0: True, 1: True}
        self.panel, self.owed = PayInPanel(desk), OwedPanel(desk)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Take in, or who is owed")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addWidget(label("Pay in", "h1"))
        column.addWidget(label("What each employer says a month cost, and what is owed to them.", "quiet"))
        column.addWidget(self._tabs, 1)
        # Into tabs that have their place: Qt dresses all that is in them at every move.
        for panel, words in ((self.panel, "Take in"), (self.owed, "Who is owed")):
            self._tabs.addTab(scrolled_down(panel), words)
        self._tabs.currentChanged.connect(lambda _: self._turned())
        desk.changed.connect(self._changed)
        desk.background.began.connect(lambda _: self._allow())
        desk.background.ended.connect(lambda _: self._allow())

    def shown(self) -> None:
        """Brings what is in front up to date; the cursor goes to work unless arrows are moving along the tabs."""
        self._keep_up()
        focused = QApplication.focusWidget()
        if not isinstance(focused, QTabBar) or self.isAncestorOf(focused):
            self.take_focus()

    def take_focus(self) -> None:
        self._front().take_focus()

    def _front(self) -> PayInPanel | OwedPanel:
        return self.owed if self._tabs.currentIndex() == 1 else self.panel

    def _turned(self) -> None:
        self._keep_up()
        if QApplication.focusWidget() is not self._tabs.tabBar():
            self.take_focus()

    def _changed(self, notice: Notice) -> None:
        kinds = set(notice.changed)
        self._stale[0] |= bool(kinds & _OF_PAY)
        self._stale[1] |= bool(kinds & _OF_OWED)
        if self.isVisible():
            self._keep_up()

    def _keep_up(self) -> None:
        front = self._tabs.currentIndex()
        if self._stale[front]:
            self._stale[front] = False
            self.desk.attempt(self._front().refresh)
        self._allow()

    def _allow(self) -> None:
        if self.isVisible():
            self.panel.allow()
            self.owed.allow()
