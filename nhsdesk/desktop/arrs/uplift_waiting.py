"""What waits for back-pay: the amount of each post, whose word is waited for, and noting that it was paid."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands import uplifts
from nhsdesk.desktop.arrs.beside import FieldBeside
from nhsdesk.desktop.arrs.fitted_table import FittedTable
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.arrs import BackPay
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.uplifts import Due
from nhsdesk.sections.uplifts import LineFacts, UpliftFacts

_HEADINGS = ("Post", "Portal label", "Would be", "Months", "Employer")
OURS = "our own posts"


class UpliftWaiting(QFrame):
    """A table, and two buttons that confirm: for the post in front, or for all of its employer."""

    wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._lines: tuple[LineFacts, ...] = ()
        self.table = FittedTable("Waiting for back-pay", _HEADINGS, figures=(2,), stretched=4)
        self.table.chosen.connect(lambda _: self._show_choice())
        self.table.opened.connect(lambda ref: self.wanted.emit(ref or ""))
        self.on, self.evidence = QLineEdit(), QLineEdit()
        self.one = button("", "check")
        self.one.clicked.connect(lambda: self._confirm(self._chosen()))
        self.all_of_it = button("", "check")
        self.all_of_it.clicked.connect(lambda: self._confirm(self._of_employer()))
        self._trouble = Told()
        self._lay_out()

    def show_uplift(self, facts: UpliftFacts) -> None:
        """Those that wait, while the uplift can still take them in."""
        self._lines = facts.of(Due.WAITING)
        self.table.show_rows([(line.post, _cells(line)) for line in self._lines])
        self._confirming.setVisible(not facts.submitted)
        self.setVisible(bool(self._lines))
        self._show_choice()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        for one in (self.one, self.all_of_it):
            one.setEnabled(self._desk.may_write and bool(self._chosen()))

    def _chosen(self) -> tuple[LineFacts, ...]:
        return tuple(line for line in self._lines if line.post == self.table.current)

    def _of_employer(self) -> tuple[LineFacts, ...]:
        employers = {line.employer for line in self._chosen()}
        return tuple(line for line in self._lines if line.employer in employers)

    def _show_choice(self) -> None:
        chosen, every = self._chosen(), self._of_employer()
        if chosen:
            self.one.setText(on_a_button(f"Confirm it for {chosen[0].post}"))
            whose = f" of {chosen[0].employer[:40]}" if chosen[0].employer else f" of {OURS}"
            self.all_of_it.setText(on_a_button(f"Confirm it for all{whose} ({len(every)})"))
        self.all_of_it.setVisible(len(every) > 1)
        self.allow()

    def _confirm(self, lines: tuple[LineFacts, ...]) -> None:
        database = self._desk.database
        on: Any = BackPay.KIND.field("paid_on").kind.read(self.on.text(), database.today())
        if on is None or isinstance(on, Problem):
            self._trouble.tell(
                on.sentence if on is not None else "Give the day on which it was paid to the people."
            )
            self.on.setFocus()
            return
        posts = [Id(int(line.post_id)) for line in lines]
        with database.read() as reader:
            rows = uplifts.unconfirmed_back_pay(reader, posts, database.today())
        lacking = [line.post for line in lines if Id(int(line.post_id)) not in {row.post for row in rows}]
        self._trouble.tell(
            f"No back-pay is on file for {', '.join(lacking[:6])}: record it below first." if lacking else ""
        )
        evidence = self.evidence.text().strip() or None
        done = self._desk.attempt(lambda: uplifts.confirm_back_pay(database, rows, on, evidence))
        if done:
            self._desk.say(
                f"Back-pay of {counted(len({row.post for row in rows}), 'post', 'posts')} is confirmed."
            )

    def _lay_out(self) -> None:
        self._confirming = QWidget()
        row = Flow()
        row.setSpacing(8)
        row.addWidget(FieldBeside("Paid to the people on", self.on, 168))
        row.addWidget(FieldBeside("Evidence", self.evidence, 240))
        row.addWidget(self.one)
        row.addWidget(self.all_of_it)
        inner = QVBoxLayout(self._confirming)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(row)
        inner.addWidget(self._trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label("Waiting for back-pay to be confirmed", "h2"))
        column.addWidget(
            label(
                "An uplift is claimed only for people whose back-pay was paid to them, leavers too.", "help"
            )
        )
        column.addWidget(self.table)
        column.addWidget(self._confirming)


def _cells(line: LineFacts) -> tuple[str, ...]:
    return (line.post, line.label[:80], str(line.difference), line.months, line.employer or "Ours")
