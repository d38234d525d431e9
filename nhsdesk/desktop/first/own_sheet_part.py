"""The PCN's own ARRS spreadsheet, looked at before anything is entered; nothing of it is written."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from nhsdesk.commands import own_sheet
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.first.part import Part
from nhsdesk.desktop.words import label
from nhsdesk.domain.arrs import Assignment
from nhsdesk.domain.block_headings import Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.kinds import Number, Text
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.rates import Rate

_MONEY = Rate.KIND.field("annual").kind
WANTED = (
    Wanted(
        "role", "Role", Rate.KIND.field("role").kind, ("role", "arrs role", "job", "job title", "post"), needed=True,
    ),
    Wanted("wte", "WTE", Number(places=4), ("wte", "fte", "whole time equivalent")),
    Wanted(
        "hours", "Hours a week", Assignment.KIND.field("hours").kind, ("hours", "hours a week", "weekly hours"),
    ),
    Wanted("annual", "Cost a year", _MONEY, ("cost a year", "annual cost", "total cost", "annual", "cost")),
    Wanted("month", "Cost a month", _MONEY, ("cost a month", "monthly cost", "month")),
    Wanted(
        "person", "Payroll reference", Text(),
        ("payroll reference", "payroll ref", "payroll number", "payroll no", "employee number", "employee no",
         "employee id", "staff number", "staff id", "assignment number"),
    ),
)  # fmt: skip
_HELP = (
    "Copy the lines with their headings: role, WTE or hours a week, cost a year or a month with on-costs. Names only "
    "tell whether two lines are of one person, and are left behind. Nothing is written into the PCN file."
)


class OwnSheetPart(Part):
    """Where most practices are, the lines, and what is over the maximum, without a rate, or over 1.0 WTE."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _HELP)
        self.zone = self._made_zone()
        self.box = BlockBox(desk, WANTED, Incoming.PAYROLL)
        self.box.changed.connect(self._look)
        self.stack.addWidget(self._row())
        self.stack.addWidget(self.box)
        self.end_with("Enter the posts", "ARRS", "ARRS posts")

    def take_focus(self) -> None:
        self.box.take_focus()

    def _made_zone(self) -> QComboBox:
        zone = QComboBox()
        zone.setAccessibleName("Where most of the practices are")
        usual = self.desk.attempt(lambda: own_sheet.usual_zone(self.desk.database))
        for one in LondonZone:
            zone.addItem(one.words, one)
        zone.setCurrentIndex(max(zone.findData(usual), 0))
        zone.activated.connect(lambda _: self._look())
        return zone

    def _row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        named = label("The practices are", "field", wrap=False)
        named.setBuddy(self.zone)
        line.addWidget(named)
        line.addWidget(self.zone)
        line.addStretch(1)
        return row

    def _look(self) -> None:
        rows = [(row.number, row.values) for row in self.box.rows()]
        block, zone = self.box.block(), self.zone.currentData()
        persons = block.persons() if block is not None else {}
        looked = self.desk.attempt(lambda: own_sheet.look(self.desk.database, rows, zone, persons))
        self.tell(looked.words if looked is not None else "")
