"""Taking in a statement: pasted or read from a file, looked at, and taken in as one step, or left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from nhsdesk.commands import statements
from nhsdesk.commands.statements import WANTED, Seen
from nhsdesk.desktop.arrs.beside import FieldBeside
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.statements import PortalStatement


class StatementTaking(QFrame):
    """What is to be known of a statement stands above the button that takes it in."""

    left = Signal()
    """It was taken in or left: there is nothing more to do here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._month = Month.of(desk.database.today())
        self._seen: Seen | None = None
        self._title = label(role="h2")
        self.box = BlockBox(desk, WANTED, Incoming.PORTAL)
        self.box.changed.connect(self._look)
        self._doubt = Told()
        self._told = label(role="help")
        self.received = QLineEdit()
        self._trouble = Told()
        self.accept = button("", "import", primary=True)
        self.accept.clicked.connect(self._take_in)
        self.leave = button("Leave it", "cancel")
        self.leave.clicked.connect(self._leave)
        self._lay_out()

    def open_for(self, month: Month) -> None:
        """Asks for the statement of a month."""
        self.received.setText(day_words(self._desk.database.today()))
        self.show()
        self.show_month(month)
        self.box.take_focus()

    def show_month(self, month: Month) -> None:
        """For which month it would be taken in."""
        self._month = month
        self._title.setText(f"The portal's statement for {month.words_with_number}")
        self._look()

    # ---- looking

    def _look(self) -> None:
        self._seen = None
        if self.box.block() is not None and not self.box.missing():
            self._seen = self._desk.attempt(self._looked)
        self._show()

    def _looked(self) -> Seen:
        database = self._desk.database
        with database.read() as reader:
            return statements.look(reader, self._month, self.box.reading(), database.today())

    def _show(self) -> None:
        seen = self._seen
        self._doubt.tell(seen.doubt if seen else "")
        self._told.setText("\n".join(one.sentence for one in seen.problems) if seen else "")
        self._told.setVisible(bool(self._told.text()))
        words = f"Take in the statement for {self._month.words}"
        self.accept.setText(on_a_button(words + (" all the same" if seen and seen.doubt else "")))
        self.allow()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self.accept.setEnabled(self._desk.may_write and self._seen is not None and bool(self._seen.lines))

    # ---- doing

    def _take_in(self) -> None:
        seen = self._seen
        if seen is None:
            return
        kind = PortalStatement.KIND.field("received_on").kind
        received: Any = kind.read(self.received.text(), self._desk.database.today())
        if isinstance(received, Problem):
            self._trouble.tell(received.sentence)
            return
        self._trouble.tell("")
        source = self.box.source()
        made = self._desk.attempt(
            lambda: statements.take_in(
                self._desk.database,
                seen,
                received,
                source.name if source else "pasted",
                self.box.headings(),
            )
        )
        if made is not None:
            lines = counted(len(seen.lines), "line", "lines")
            self._desk.say(f"{made.ref} for {made.month.words} was taken in with {lines}.")
            self._leave()

    def _leave(self) -> None:
        self.box.clear()
        self.hide()
        self.left.emit()

    def _lay_out(self) -> None:
        row = Flow()
        row.setSpacing(8)
        received = FieldBeside("Received on", self.received, 168)
        for part in (received, self.accept, self.leave):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self._title, self.box, self._doubt, self._told):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._trouble)
        self.hide()
