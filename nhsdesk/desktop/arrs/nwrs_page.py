"""NWRS: our posts beside the workforce return, PCNs of our size, the month-end check, and the crosswalk of roles."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout

from nhsdesk.commands import workforce as commands
from nhsdesk.commands.workforce import Looked
from nhsdesk.desktop.arrs.nwrs_beside import BesidePanel
from nhsdesk.desktop.arrs.nwrs_check import CheckPanel
from nhsdesk.desktop.arrs.nwrs_crosswalk import CrosswalkPanel
from nhsdesk.desktop.arrs.nwrs_posts import PostsPanel
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, scrolled
from nhsdesk.desktop.words import label, on_a_button
from nhsdesk.domain.periods import Month

_MONTHS_BACK = 6


class NwrsPage(Page):
    """One month at a time: what differs, what is due, and what it rests on."""

    title = "NWRS"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stale = True
        self._months: list[Month] = []
        self._month = QComboBox()
        self._month.setAccessibleName("Month")
        self._due = label(role="quiet")
        self.posts = PostsPanel(desk)
        self.beside = BesidePanel(desk)
        self.check = CheckPanel(desk)
        self.crosswalk = CrosswalkPanel(desk)
        self.tabs = QTabWidget()
        self._lay_out()
        self._offer_months()
        self._month.currentIndexChanged.connect(self._turn_month)
        self.tabs.currentChanged.connect(self._turn_tab)
        desk.changed.connect(self._changed)
        desk.background.began.connect(self._allow)
        desk.background.ended.connect(self._allow)

    # ---- what the window asks

    def shown(self) -> None:
        """As the file holds it now."""
        self._offer_months()
        self._refresh()

    def take_focus(self) -> None:
        self._month.setFocus()

    def finish_typing(self) -> bool:
        """Keeps the answers given to the check."""
        return self.check.finish()

    def selection_words(self) -> str:
        return self.posts.selection_words() if self.tabs.currentIndex() == 0 else ""

    # ---- keeping up

    @property
    def month(self) -> Month:
        """The month looked at."""
        return self._months[max(self._month.currentIndex(), 0)]

    def _offer_months(self) -> None:
        this = Month.of(self.desk.database.today())
        months = [this.plus(-n) for n in range(_MONTHS_BACK + 1)]
        if months == self._months:
            return
        self._months = months
        self._month.blockSignals(True)
        self._month.clear()
        self._month.addItems([month.words_with_number for month in months])
        self._month.blockSignals(False)

    def _turn_month(self) -> None:
        self.check.finish()
        self._refresh()

    def _turn_tab(self) -> None:
        self._show_front()
        self.selection_changed.emit()

    def _changed(self, _: object) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        seen = self.desk.attempt(lambda: commands.look(self.desk.database, self.month))
        if not isinstance(seen, Looked):
            return
        self._stale = False
        self._due.setText(seen.check.due_words)
        self.posts.show_facts(seen.compared)
        self.check.show_facts(seen.check)
        self.crosswalk.show_facts(seen.compared, seen.crosswalk)
        unsettled = len(seen.compared.unknown)
        self.tabs.setTabText(3, on_a_button(f"Crosswalk ({unsettled:,})" if unsettled else "Crosswalk"))
        self.beside.make_stale()
        self._show_front()
        self._allow()
        self.selection_changed.emit()

    def _show_front(self) -> None:
        if self.tabs.currentIndex() == 1 and self.isVisible():
            self.beside.keep_up()

    def _allow(self, _: object = None) -> None:
        for panel in (self.posts, self.check, self.crosswalk):
            panel.allow()

    # ---- how it is laid out

    def _lay_out(self) -> None:
        named = label("Month", "field", wrap=False)
        named.setBuddy(self._month)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label("NWRS", "h1", wrap=False))
        line.addSpacing(16)
        line.addWidget(named)
        line.addWidget(self._month)
        line.addWidget(self._due, 1)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Parts of the NWRS reconciliation")
        parts = (
            (self.posts, "Reconciliation"),
            (self.beside, "PCNs of your size"),
            (self.check, "Month-end check"),
            (self.crosswalk, "Crosswalk"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.tabs, 1)
        # Into tabs that have their place: Qt dresses all that is in them at every move.
        for panel, words in parts:
            self.tabs.addTab(scrolled(panel), words)
        self.posts.chosen.connect(self.selection_changed)
