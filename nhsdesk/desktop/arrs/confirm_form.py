"""One sheet for all that is shown: who looked it up in the specification, when, and on which page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import rates
from nhsdesk.commands.rates import Checked
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words


class ConfirmForm(QWidget):
    """Three fields and a button that says how many figures it confirms. Gone once there is nothing to confirm."""

    confirmed = Signal(str)
    """It was done; a sentence that says so."""

    def __init__(self, desk: Desk, one: str, many: str, ids: Callable[[], tuple[Id, ...]]) -> None:
        super().__init__()
        self._desk, self._one, self._many, self._ids = desk, one, many, ids
        self.who = AskedField("Checked by", "A role or initials, not a name.", 260, "Practice manager")
        self.on = AskedField("Checked on", "", 200)
        self.page = AskedField("Page of the specification", "", 260, "Table 2, page 31")
        self._fields = {"who": self.who, "on": self.on, "page": self.page}
        self._said = label(role="help")
        self._trouble = Told()
        self._press = button("Confirm", "ok", primary=True)
        self._press.clicked.connect(self._confirm)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._press)
        line.addWidget(self._said, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addLayout(in_a_row(*self._fields.values()))
        stack.addLayout(line)
        stack.addWidget(self._trouble)
        self.on.show_words(day_words(desk.database.today()))

    def refresh(self) -> None:
        """Counts anew what there is to confirm."""
        number = len(self._ids())
        self.setVisible(bool(number))
        these = f"this {self._one}" if number == 1 else f"these {counted(number, self._one, self._many)}"
        self._press.setText(on_a_button(f"Confirm {these}"))
        self.allow()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self._press.setEnabled(self._desk.may_write)
        self._said.setText(
            self._desk.database.read_only_because
            or "Compare each with the specification first. It is one step, which Undo takes back."
        )

    def _confirm(self) -> None:
        ids = self._ids()
        checked = Checked(self.who.words, self.on.words, self.page.words)
        problems = self._desk.attempt(lambda: rates.confirm(self._desk.database, ids, checked))
        if problems is None:
            return
        told = {problem.field: problem.sentence for problem in problems}
        for name, field in self._fields.items():
            field.tell(told.get(name, ""))
        self._trouble.tell(told.get("", ""))
        wrong = next((field for name, field in self._fields.items() if name in told), None)
        if wrong is not None:
            wrong.edit.setFocus()
        elif not problems:
            self.confirmed.emit(f"Confirmed {counted(len(ids), self._one, self._many)}.")
