"""The page about the PCN file itself: whose it is, where it lies, what it holds, and how it is looked after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.about_panel import AboutPanel
from nhsdesk.desktop.file.care_panel import CarePanel
from nhsdesk.desktop.file.drafts_panel import DraftsPanel
from nhsdesk.desktop.file.import_panel import ImportPanel
from nhsdesk.desktop.page import Page, scrolled_down
from nhsdesk.desktop.words import label


class FilePage(Page):
    """Four parts, one under the other; each keeps itself up to date while the page is in front."""

    title = "PCN file"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._about = AboutPanel(desk)
        self._care = CarePanel(desk)
        self._imports = ImportPanel(desk)
        self._drafts = DraftsPanel(desk)
        inside = QWidget()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(24, 20, 24, 20)
        stack.setSpacing(16)
        stack.addWidget(label("PCN file", "h1"))
        for panel in (self._about, self._care, self._imports, self._drafts):
            stack.addWidget(panel)
        stack.addStretch(1)
        area = scrolled_down(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        desk.changed.connect(self._changed)
        desk.background.began.connect(self._work_changed)
        desk.background.ended.connect(self._work_changed)

    def shown(self) -> None:
        """The page has come to the front. What another program did to the file's folder is looked up too."""
        self.refresh()

    def refresh(self) -> None:
        """Reads everything anew."""
        for panel in (self._about, self._care, self._imports, self._drafts):
            self.desk.attempt(panel.refresh)

    def selection_words(self) -> str:
        """How much the file holds."""
        return self._about.totals

    def _changed(self, _: object) -> None:
        if self.isVisible():  # otherwise it is read when it is shown
            self.refresh()

    def _work_changed(self, _: object) -> None:
        self._care.allow()
        self._imports.allow()
