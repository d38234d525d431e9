"""The months of a year beside the claim: each with how far its claim has come and what it comes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout

from nhsdesk.commands import claims
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import label
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.sections.claim_month import MonthInYear


class ClaimYear(QFrame):
    """April to March of one year; choosing a month shows its claim."""

    wanted = Signal(object)
    """The month somebody wants to see."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._year = FinancialYear.of(desk.database.today())
        self._title = label(role="h2", wrap=False)
        self._back, self._on = QToolButton(), QToolButton()
        self._list = QListWidget()
        self._list.setAccessibleName("Months of the year")
        self._list.currentItemChanged.connect(self._tell)
        self._lay_out()

    @property
    def list(self) -> QListWidget:
        """The list itself, for the focus."""
        return self._list

    def show_month(self, month: Month) -> None:
        """Brings the year of a month up to date and marks the month."""
        self._year = month.financial_year
        self._title.setText(str(self._year))
        months = self._desk.attempt(lambda: claims.year(self._desk.database, self._year), ())
        self._list.blockSignals(True)
        self._list.clear()
        for one in months:
            item = QListWidgetItem(_words(one))
            item.setData(Qt.ItemDataRole.UserRole, one.month)
            self._list.addItem(item)
            if one.month == month:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))

    def _step(self, years: int) -> None:
        first = self._year.first_year + years
        if 2019 <= first <= 2100:
            self.wanted.emit(Month(first, 4))

    def _lay_out(self) -> None:
        icons.put(self._back, "back")
        icons.put(self._on, "forward")
        for button, words, by in ((self._back, "Year before", -1), (self._on, "Year after", 1)):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _=False, by=by: self._step(by))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._title, 1)
        row.addWidget(self._back)
        row.addWidget(self._on)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._list, 1)
        self._list.setMinimumWidth(theme.px(120))
        self._list.setMinimumHeight(theme.px(160))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _words(one: MonthInYear) -> str:
    told = one.words if one.claimed is None else f"{one.words}, {one.claimed}"
    if one.paid is not None and one.claimed is not None and one.paid != one.claimed:
        told += f", paid {one.paid}"
    return f"{one.month.words_with_number}\n{told}"
