"""The portal's statement looked at on its own, before any post or claim is on file; nothing of it is written."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from nhsdesk.commands.statements import WANTED
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.first.part import Part
from nhsdesk.desktop.words import label
from nhsdesk.domain import statement_alone
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.periods import Month

_HELP = (
    "Copy the lines of the claims portal with their headings, of one month or of many, or choose the file the ICB "
    "sent. Nothing is written into the PCN file."
)
_MONTHS_BACK = 24


class StatementPart(Part):
    """The lines, the month of those that name none, and what is missing, short-paid or paid after leaving."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _HELP)
        self.month = self._made_month()
        self.box = BlockBox(desk, WANTED, Incoming.PORTAL)
        self.box.changed.connect(self._look)
        self.stack.addWidget(self._row())
        self.stack.addWidget(self.box)
        self.end_with("Take it in, month by month", "ARRS", "Statements")

    def take_focus(self) -> None:
        self.box.take_focus()

    def _made_month(self) -> QComboBox:
        month = QComboBox()
        month.setAccessibleName("Month of lines that name none")
        this = Month.of(self.desk.database.today())
        for back in range(1, _MONTHS_BACK + 1):
            one = this.plus(-back)
            month.addItem(one.words_with_number, one)
        month.activated.connect(lambda _: self._look())
        return month

    def _row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        named = label("Lines that name no month are of", "field", wrap=False)
        named.setBuddy(self.month)
        line.addWidget(named)
        line.addWidget(self.month)
        line.addStretch(1)
        return row

    def _look(self) -> None:
        rows = ((row.number, row.values) for row in self.box.rows())
        lines = statement_alone.lines_of(rows, self.month.currentData())
        self.tell(statement_alone.look(lines, self.desk.database.today()).words)
