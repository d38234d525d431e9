"""The ARRS year on the page of the day: four figures, what would be lost, months not claimed, and the chart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nhsdesk.desktop.chart_view import ChartView
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.today_list import TodayList
from nhsdesk.desktop.words import label
from nhsdesk.domain.money import Money
from nhsdesk.sections.today import MoneyFacts

_UNKNOWN = "not known"


class TodayMoney(QWidget):
    """Made when there is money to tell of."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._figures: dict[str, tuple[QLabel, QLabel]] = {}
        figures = Flow()
        figures.setSpacing(16)
        for name in ("entitlement", "claimed", "forecast", "lost"):
            one, (number, words) = _figure()
            self._figures[name] = (number, words)
            figures.addWidget(one)
        self.loss = label()
        self.not_claimed = TodayList("Months that are not claimed", "")
        self.not_claimed.opened.connect(self.opened)
        self.chart = ChartView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(figures)
        for part in (self.loss, self.not_claimed, self.chart):
            column.addWidget(part)

    def show_facts(self, facts: MoneyFacts) -> None:
        """Shows a year."""
        least = "" if facts.complete else ", with gaps"
        self._tell("entitlement", facts.entitlement, f"entitlement {facts.year}")
        self._tell("claimed", facts.claimed, "claimed so far")
        self._tell("forecast", facts.forecast, f"forecast outturn{least}")
        self._tell("lost", facts.lost, "would be lost on 31 March")
        self.loss.setText(facts.loss)
        self.not_claimed.setVisible(bool(facts.not_claimed))
        self.not_claimed.show_lines(facts.not_claimed)
        self.chart.show_chart(facts.chart)

    def _tell(self, name: str, amount: Money | None, words: str) -> None:
        number, said = self._figures[name]
        number.setText(_UNKNOWN if amount is None else str(amount))
        said.setText(words)


def _figure() -> tuple[QWidget, tuple[QLabel, QLabel]]:
    """A figure over what it is."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    number, words = label("", "big", wrap=False), label("", "quiet", wrap=False)
    column.addWidget(number)
    column.addWidget(words)
    return whole, (number, words)
