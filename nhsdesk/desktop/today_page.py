"""Today: the day, and what will stand here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.words import label
from nhsdesk.domain.periods import day_words

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TodayPage(Page):
    """The page the window opens on."""

    title = "Today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._day = label("", "h1")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addWidget(self._day)
        sentence = (
            "What is overdue, what is due this week and which papers are next will stand here; until then the pages "
            "on the left hold all of it."
        )
        column.addWidget(label(sentence, "quiet"))
        column.addStretch(1)
        # There is nothing to press here yet; the place in front still has to be where the keys go.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The day")
        self.shown()

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> None:
        today = self.desk.database.today()
        self._day.setText(f"{_DAYS[today.weekday()]} {day_words(today)}")
