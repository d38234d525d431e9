"""What a new PCN file begins with: three things that end in a sentence with a figure before anything is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import label
from nhsdesk.domain.arrs import Assignment
from nhsdesk.domain.block_headings import Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.kinds import Number
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.rates import Rate

_MONEY = Rate.KIND.field("annual").kind
WANTED = (
    Wanted(
        "role",
        "Role",
        Rate.KIND.field("role").kind,
        ("role", "arrs role", "job", "job title", "post"),
        needed=True,
    ),
    Wanted("wte", "WTE", Number(places=4), ("wte", "fte", "whole time equivalent")),
    Wanted(
        "hours",
        "Hours a week",
        Assignment.KIND.field("hours").kind,
        ("hours", "hours a week", "weekly hours"),
    ),
    Wanted("annual", "Cost a year", _MONEY, ("cost a year", "annual cost", "total cost", "annual", "cost")),
    Wanted("month", "Cost a month", _MONEY, ("cost a month", "monthly cost", "month")),
)
_HELP = (
    "Copy the lines with their headings: role, WTE or hours a week, cost a year or a month with on-costs. Columns "
    "about people are left behind, and nothing is written into the PCN file."
)


class FirstCard(QFrame):
    """The workforce file, the portal's statement, and the PCN's own spreadsheet, which is looked at here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        framed, stack = card("Three things to begin with, before anything is typed")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(framed)
        self.own = self._begin(
            "Your own ARRS spreadsheet", "who is over the maximum, without a rate, over 1.0 WTE"
        )
        self.own[0].setCheckable(True)
        self.own[0].toggled.connect(self._open_own)
        for place, tab, words, gives in (
            (
                "PCN file",
                "PCN file",
                "NHS workforce file",
                "your staff by role beside PCNs of your size (ARRS, NWRS)",
            ),
            (
                "ARRS",
                "Statements",
                "The portal’s statement",
                "months missing, lines short-paid, leavers still listed",
            ),
        ):
            pressed, line = self._begin(words, gives)
            pressed.clicked.connect(lambda _=False, place=place, tab=tab: desk.show_page(place, tab))
            stack.addLayout(line)
        stack.addLayout(self.own[1])
        self._stack = stack
        self._box: BlockBox | None = None
        self.zone = QComboBox()
        self.zone.setAccessibleName("Where most of the practices are")
        self.found = label("", "field")

    def _begin(self, words: str, gives: str) -> tuple[QPushButton, QHBoxLayout]:
        pressed = button(words, "import")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(pressed)
        line.addWidget(label(f"Tells {gives}.", "quiet"), 1)
        return pressed, line

    # ---- the PCN's own spreadsheet

    def _open_own(self, wanted: bool) -> None:
        if self._box is None:
            self._box = self._made_box()
        for part in (self._box, self._row, self._help, self.found):
            part.setVisible(wanted)
        if wanted:
            self._box.take_focus()
            self._look()

    def _made_box(self) -> BlockBox:
        from nhsdesk.commands import own_sheet

        usual = self._desk.attempt(lambda: own_sheet.usual_zone(self._desk.database))
        for zone in LondonZone:
            self.zone.addItem(zone.words, zone)
        self.zone.setCurrentIndex(max(self.zone.findData(usual), 0))
        self.zone.activated.connect(lambda _: self._look())
        box = BlockBox(self._desk, WANTED, Incoming.PAYROLL)
        box.changed.connect(self._look)
        self._help = label(_HELP, "help")
        self._row = QWidget()
        line = QHBoxLayout(self._row)
        line.setContentsMargins(0, 0, 0, 0)
        named = label("The practices are", "field", wrap=False)
        named.setBuddy(self.zone)
        line.addWidget(named)
        line.addWidget(self.zone)
        line.addStretch(1)
        for part in (self._help, self._row, box, self.found):
            self._stack.addWidget(part)
        return box

    def _look(self) -> None:
        from nhsdesk.commands import own_sheet

        if self._box is None:
            return
        rows = [(row.number, row.values) for row in self._box.rows()]
        zone = self.zone.currentData()
        looked = self._desk.attempt(lambda: own_sheet.look(self._desk.database, rows, zone))
        self.found.setText(looked.words if looked is not None else "")
        if looked is not None and looked.lines:
            self._desk.say(looked.words)
