"""Every seat with who holds it, for whom they speak and how often they were there; and those filled by quarter."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nhsdesk.commands import bodies as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain import seats
from nhsdesk.domain.seats import Voice
from nhsdesk.sections.bodies import BodyView, SeatView

MOST_ROWS = 500
_NONE = "No seat is entered. Add the seats of each body in the list of seats, held or vacant."


class SeatsPart(Part):
    """The seats of all bodies, or only those of general practice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first, self._quarters, self._more = label(), label(role="quiet"), label(role="quiet")
        self.ours = QCheckBox("Only where general practice has no full voice")
        self.ours.toggled.connect(lambda _: self.look())
        headings = ("Body", "Seat", "Holder", "For whom", "Came by", "Attended", "Heard as")
        self.list = WrappedTable("Seats", headings, wrapped=(0, 1, 2, 3, 4, 6))
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.opened.connect(lambda key: desk.show("seat", key))
        self.open = pressed("Open this seat", "open", self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self._quarters)
        column.addLayout(row(self.ours))
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        column.addLayout(row(self.open))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = commands.view(self.desk.database)
        every = [(body, one) for body in found for one in body.seats]
        self._first.setText(_unheard_words(found) if every else _NONE)
        quarters = seats.quarter_words(commands.seats_by_quarter(self.desk.database))
        self._quarters.setText(f"Seats of general practice: {quarters}." if quarters else "")
        self._quarters.setVisible(bool(quarters))
        today = self.desk.database.today()
        shown = [one for one in every if not self.ours.isChecked() or _unheard(one[1])]
        rows = [(one.seat.id, _cells(one, _heard(one, today))) for _, one in shown[:MOST_ROWS]]
        self.list.show_rows(rows)
        more = len(shown) - MOST_ROWS
        self._more.setText(f"And {more:,} more: the list of seats has them all." if more > 0 else "")
        self._more.setVisible(more > 0)
        self.open.setEnabled(bool(shown))

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("seat", self.list.current)


def _unheard_words(found: tuple[BodyView, ...]) -> str:
    unheard = [f"{one.body.name} ({one.voice.value})" for one in found if one.voice is not Voice.SPEAKS]
    if not unheard:
        return "General practice speaks and votes on every body entered."
    return f"Where general practice has no full voice: {'; '.join(unheard)}."


def _unheard(one: SeatView) -> bool:
    return bool(one.seat.general_practice) and seats.voice_of(one.seat) is not Voice.SPEAKS


def _heard(one: SeatView, today: date) -> str:
    if one.seat.general_practice is None:
        return "Not entered"
    return seats.voice_words(one.seat, today) if one.seat.general_practice else ""


def _cells(one: SeatView, heard: str) -> tuple[str, ...]:
    seat = one.seat
    holder = one.holder or "Vacant"
    holder += f"; deputy {one.deputy}" if one.deputy else ""
    route = seat.route_words or (seat.route.value if seat.route else "not entered")
    mandate = seat.mandate.words if seat.mandate else "Not entered"
    votes = "votes" if seat.voting else "no vote"
    return one.body, seat.seat, holder, f"{mandate}, {votes}", route, one.rate.words, heard
