"""Service coverage: the matrix, the chosen cell with its ways in and lead, and what the hub lacks."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import coverage as commands
from nhsdesk.commands import entries
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import LinkEdit
from nhsdesk.desktop.neighbourhoods.coverage_table import CoverageTable
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import coverage as rules
from nhsdesk.domain.coverage import Cell
from nhsdesk.domain.hubs import Coverage, HubService
from nhsdesk.sections.coverage import HubSeen, Seen, gap_words

_NONE = "No hub is written down. Add one to the list of hubs; its ten services are then set here."
_EVERYWHERE = "All neighbourhoods"
_MOST_HUBS = 30
"""Columns of the matrix at once; of more, a neighbourhood is chosen."""
_AS_HUB = "as the hub"
_NOT_SAID = "not known"


class CoveragePart(Part):
    """The matrix above, the current cell and its hub below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen = Seen((), {})
        self._first = label()
        self.where = _combo("Neighbourhood")
        self.where.setMinimumContentsLength(18)
        self.where.activated.connect(lambda _: self._show_hubs())
        self.table = CoverageTable()
        self.table.moved.connect(self._show_cell)
        self.table.pressed_status.connect(self._set_status)
        self.table.opened.connect(lambda _: self._open())
        self._cell = label(role="h2")
        self.status = _combo("Status", _NOT_SAID, *(one.value for one in Coverage))
        self.status.activated.connect(lambda at: self._set_status(_choice(at)))
        self.channels = {
            name: _combo(words.capitalize(), _AS_HUB, *(one.value for one in Coverage))
            for name, words in rules.CHANNELS.items()
        }
        for name, box in self.channels.items():
            box.activated.connect(lambda at, name=name: self._set_channel(name, _choice(at)))
        self.lead = LinkEdit("organisation", desk)
        self.lead.setAccessibleName("Lead")
        for said in (self.lead.chosen, self.lead.entered, self.lead.left):
            said.connect(self._set_lead)
        self._trouble = Told()
        self.about = reading("About this hub")
        self.open = pressed("Open this hub", "open", self._open)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(row("Neighbourhood", self.where, self._first))
        split = Split()
        split.addWidget(self.table)
        split.addWidget(self.about)
        split.setChildrenCollapsible(False)
        split.setSizes([theme.px(640), theme.px(400)])
        column.addWidget(split, 1)
        column.addWidget(self._cell)
        controls: list[QWidget | str] = ["Status", self.status]
        for box in self.channels.values():
            controls += [box.accessibleName(), box]
        column.addLayout(row(*controls))
        led = QHBoxLayout()
        led.setSpacing(8)
        named = label("Lead", "field", wrap=False)
        named.setBuddy(self.lead)
        led.addWidget(named)
        led.addWidget(self.lead, 1)
        led.addWidget(self.open)
        column.addLayout(led)
        column.addWidget(self._trouble)
        column.addWidget(
            label("In the table L sets live, P planned, G a gap, N none, Delete takes it away.", "help")
        )

    def begin_at(self) -> QWidget:
        return self.table

    def finish_typing(self) -> bool:
        self._set_lead()
        return True

    # ---- looking

    def look(self) -> None:
        self._seen = commands.seen(self.desk.database)
        before = self.where.currentText()
        names = sorted({one.neighbourhood.name for one in self._seen.hubs if one.neighbourhood is not None})
        with QSignalBlocker(self.where):
            self.where.clear()
            self.where.addItems([_EVERYWHERE, *names])
            self.where.setCurrentIndex(max(self.where.findText(before), 0))
        self._show_hubs()

    def _show_hubs(self) -> None:
        chosen = self.where.currentText()
        hubs = [
            one
            for one in self._seen.hubs
            if chosen == _EVERYWHERE or (one.neighbourhood is not None and one.neighbourhood.name == chosen)
        ]
        told = counted(len(hubs), "hub", "hubs")
        if len(hubs) > _MOST_HUBS:
            told = f"The first {_MOST_HUBS} of {told}. Choose a neighbourhood."
        self._first.setText(told if self._seen.hubs else _NONE)
        self.table.show_hubs(tuple(hubs[:_MOST_HUBS]))
        self._show_cell()

    def _current(self) -> tuple[HubSeen, Cell] | None:
        hub, service = self.table.hub, self.table.service
        if hub is None or service is None:
            return None
        cell = next((one for one in hub.cells if one.service is service), None)
        return None if cell is None else (hub, cell)

    def _show_cell(self) -> None:
        current, hub = self._current(), self.table.hub
        cell = current[1] if current is not None else None
        may = cell is not None and self.desk.may_write
        said = may and cell is not None and cell.held is not None
        self._cell.setText("" if hub is None else _title(hub, cell))
        self.status.setCurrentIndex(_index(cell.status if cell is not None else None))
        self.status.setEnabled(may)
        held = cell.held if cell is not None else None
        for name, box in self.channels.items():
            box.setCurrentIndex(_index(getattr(held, name) if held is not None else None))
            box.setEnabled(said)
        if not self.lead.hasFocus():
            self.lead.show_words(self._lead_words(held))
        self.lead.setEnabled(said)
        self.open.setEnabled(hub is not None)
        self.about.setPlainText("" if hub is None else _about(hub, self.desk))

    def _lead_words(self, held: HubService | None) -> str:
        if held is None:
            return ""
        with self.desk.database.read() as reader:
            return entries.words_of(reader, HubService.KIND.field("lead"), held.lead)

    # ---- doing

    def _set_status(self, status: Coverage | None) -> None:
        current = self._current()
        if current is None or not self.desk.may_write:
            return
        hub, cell = current
        database = self.desk.database
        if self.desk.attempt(lambda: commands.set_status(database, hub.hub.id, cell.service, status)):
            words = rules.plain_words(status)
            self.desk.say(f"{cell.service.value} at {hub.hub.name}: {words}.")
            self.look()

    def _set_channel(self, name: str, status: Coverage | None) -> None:
        current = self._current()
        if current is not None:
            hub, cell = current
            database = self.desk.database
            if self.desk.attempt(
                lambda: commands.set_field(database, hub.hub.id, cell.service, name, status)
            ):
                self.look()

    def _set_lead(self) -> None:
        current = self._current()
        held = current[1].held if current is not None else None
        words = self.lead.currentText()
        if held is None or words == self._lead_words(held):
            self._trouble.tell("")
            return
        database = self.desk.database
        with database.read() as reader:
            why = entries.why_not_taken(
                reader, HubService.KIND, HubService.KIND.field("lead"), held.id, words, database.today()
            )
        self._trouble.tell(why)
        if not why:
            self.desk.attempt(lambda: entries.enter(database, HubService.KIND, held.id, "lead", words))

    def _open(self) -> None:
        if self.table.hub is not None:
            self.desk.show("hub", self.table.hub.hub.id)


def _combo(name: str, *offers: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItems(offers)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(9)
    return made


def _choice(at: int) -> Coverage | None:
    return list(Coverage)[at - 1] if at > 0 else None


def _index(status: Coverage | None) -> int:
    return 0 if status is None else 1 + list(Coverage).index(status)


def _title(hub: HubSeen, cell: Cell | None) -> str:
    if cell is None:
        return f"{hub.hub.name}: this service is not in its list"
    words = cell.service.value
    return f"{words[:1].upper()}{words[1:]} at {hub.hub.name}: {rules.plain_words(cell.status)}"


def _about(hub: HubSeen, desk: Desk) -> str:
    one = hub.hub
    sort = one.type.value if one.type is not None else "it is not said what sort of hub it is"
    assured = rules.assurance_words(one, desk.database.today())
    lines = [
        f"{one.ref} {one.name}: {one.status.value}; {sort}. Services: {rules.count_words(hub.cells)}.",
        f"{'. '.join(rules.feasibility_words(one))}.",
        f"Assured: {assured}." if assured else "Nothing was assured.",
        "",
        "What is missing:" if hub.gaps else "Nothing is missing.",
        *(f"• {gap_words(gap)}" for gap in hub.gaps),
    ]
    return "\n".join(lines)
