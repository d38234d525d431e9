"""Where the leaders' time goes: sessions inside and outside by month, the share outside, its trend and target."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import leadership
from nhsdesk.desktop.chart_view import ChartView
from nhsdesk.desktop.commitments.parts import Part, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.support.whole_table import WholeTable
from nhsdesk.desktop.words import label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import LeaderTime
from nhsdesk.domain.leadership_rules import plain
from nhsdesk.sections.leadership import TimeFacts, time_chart

_NONE = (
    "No time is entered. Add two numbers a month to the list of leaders’ time: sessions inside and outside."
)
_HEADINGS = ("Month", "Whose", "Inside", "Outside", "Share outside", "Against the target")


class TimePart(Part):
    """The sentences, the chart, and a line for each month, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._said = label()
        self.chart = ChartView()
        self.list = WholeTable("Sessions by month", _HEADINGS, wrapped=(1, 5), figures=(2, 3, 4))
        self.list.opened.connect(lambda _: self._open())
        self.open = pressed("Open this month", "open", self._open)
        column = scrolled_column(self)
        column.addWidget(self._said)
        column.addWidget(self.list)
        column.addLayout(row(self.open))
        column.addWidget(self.chart)
        column.addStretch(1)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        facts = leadership.view(self.desk.database)
        self._said.setText(" ".join(facts.said) or _NONE)
        self.chart.setVisible(bool(facts.months))
        if facts.months:
            self.chart.show_chart(time_chart(facts.months))
        self.list.show_rows([(one.id, _cells(one)) for one in reversed(facts.time)])
        self.open.setEnabled(bool(facts.time))

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show(LeaderTime.KIND.name, Id(int(self.list.current)))


def _cells(one: TimeFacts) -> tuple[str, ...]:
    return one.month.words, one.who, plain(one.internal), plain(one.external), one.share, one.target
