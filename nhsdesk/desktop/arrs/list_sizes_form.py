"""The practices' counts that a year's sums still lack: one base and day at a time, typed beside each other."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import rates
from nhsdesk.desktop.arrs.asked_field import AskedField
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase
from nhsdesk.domain.periods import day_words
from nhsdesk.sections import entitlement
from nhsdesk.sections.entitlement import Facts


class ListSizesForm(QFrame):
    """A field for each practice whose count is missing; gone where none is."""

    added = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: tuple[ListBase, date, tuple[Id, ...]] | None = None
        self._fields: dict[Id, AskedField] = {}
        self._title = label(role="h2")
        self._room = QWidget()
        self._source = AskedField("Where the counts are written", "", 420, "CQRS, January 2026")
        self._trouble = Told()
        self._press = button("Add these list sizes", "add")
        self._press.clicked.connect(self._add)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 8, 0, 0)
        self._stack.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self._press)
        line.addStretch(1)
        for part in (self._title, self._room, self._source, self._trouble):
            self._stack.addWidget(part)
        self._stack.addLayout(line)
        self.hide()

    def ask_for(self, facts: Facts) -> None:
        """Asks for the counts of the first sum that lacks any; what is being typed for the same ones stays."""
        wanted = next((one for one in facts.streams if one.amount is None and not one.superseded), None)
        if wanted is None:
            self._asked = None
            self.hide()
            return
        with self._desk.database.read() as reader:
            lacking = entitlement.lacking(reader, wanted.base, wanted.counted_on, facts.year)
        asked = (wanted.base, wanted.counted_on, tuple(one.id for one in lacking))
        if asked != self._asked:
            self._asked = asked
            self._lay_fields({one.id: f"{one.ref} {one.name}" for one in lacking})
        what = (
            "Care home beds" if wanted.base is ListBase.CARE_HOME_BEDS else f"{wanted.base.words} list sizes"
        )
        self._title.setText(f"{what} on {day_words(wanted.counted_on)} that are missing")
        self.setVisible(bool(lacking))
        self.allow()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self._press.setEnabled(self._desk.may_write)

    def _lay_fields(self, names: dict[Id, str]) -> None:
        room = QWidget()
        flow = Flow()
        flow.setSpacing(12)
        room.setLayout(flow)
        self._fields = {}
        for practice, name in names.items():
            field = self._fields[practice] = AskedField(name, "", 240)
            flow.addWidget(field)
        self._stack.replaceWidget(self._room, room)
        self._room.deleteLater()
        self._room = room

    def _add(self) -> None:
        if self._asked is None:
            return
        base, on, _ = self._asked
        typed = {practice: field.words for practice, field in self._fields.items()}
        number = sum(bool(words.strip()) for words in typed.values())
        database, source = self._desk.database, self._source.words
        problems = self._desk.attempt(lambda: rates.add_list_sizes(database, base, on, typed, source))
        if problems is None:
            return
        told = {problem.record: problem.sentence for problem in problems}
        for practice, field in self._fields.items():
            field.tell(told.get(practice, ""))
        self._trouble.tell(told.get(0, ""))
        if not problems:
            self.added.emit(f"Added {counted(number, 'list size', 'list sizes')}.")
