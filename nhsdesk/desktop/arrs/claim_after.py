"""What became of a submitted claim: queried, approved, paid, each with its day, its amount and what was said."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.commands import claims
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.claimed import ClaimEvent, ClaimStage
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.claim_month import MonthView

_NOT_YET = "What becomes of a claim is noted once it was marked as submitted."


class ClaimAfter(QWidget):
    """The events of a claim in order, and a short form for the next."""

    wanted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: MonthView | None = None
        self.table = PlainTable(
            "What became of the claim", ("Day", "What", "Amount", "What was said"), stretched=3
        )
        self.table.opened.connect(lambda id_: self.wanted.emit("claim_event", id_))
        self._first = label()
        self.stage = QComboBox()
        self.stage.setAccessibleName("What happened")
        self.stage.addItems([one.words for one in ClaimStage])
        self.on, self.amount, self.told = QLineEdit(), QLineEdit(), QLineEdit()
        for edit, name in ((self.on, "On"), (self.amount, "Amount, if told"), (self.told, "What was said")):
            edit.setAccessibleName(name)
        self.note = QPushButton("Note it")
        icons.put(self.note, "add")
        self.note.clicked.connect(self._note)
        self._trouble = Told()
        self._lay_out()

    def show_month(self, seen: MonthView) -> None:
        """The claim's events, and whether another can be noted."""
        self._seen = seen
        self._first.setText(_first(seen))
        ordered = sorted(seen.events, key=lambda one: (one.happened_on, one.id))
        self.table.show_rows([(one.id, _cells(one)) for one in ordered])
        may = seen.submitted and not self._desk.database.read_only_because
        for control in (self.stage, self.on, self.amount, self.told, self.note):
            control.setEnabled(may)
        if not self.on.text():
            self.on.setText(day_words(self._desk.database.today()))

    def _note(self) -> None:
        seen = self._seen
        if seen is None or seen.claim is None:
            return
        kind, today = ClaimEvent.KIND, self._desk.database.today()
        on: Any = kind.field("happened_on").kind.read(self.on.text(), today)
        amount: Any = kind.field("amount").kind.read(self.amount.text(), today)
        wrong = next((one.sentence for one in (on, amount) if isinstance(one, Problem)), "")
        if on is None:
            wrong = "Give the day on which it happened."
        self._trouble.tell(wrong)
        if wrong:
            return
        stage, claim = list(ClaimStage)[self.stage.currentIndex()], seen.claim
        noted = self._desk.attempt(
            lambda: claims.note(self._desk.database, claim, stage, on, amount=amount, told=self.told.text())
        )
        if noted is not None:
            self.amount.clear()
            self.told.clear()
            self._desk.say(f"{stage.words} was noted of {claim.ref}.")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for words, control in (
            ("What happened", self.stage), ("On", self.on), ("Amount, if told", self.amount),
            ("What was said", self.told),
        ):  # fmt: skip
            named = label(words, "field", wrap=False)
            named.setBuddy(control)
            form.addRow(named, control)
        row = QHBoxLayout()
        row.addWidget(self.note)
        row.addStretch(1)
        form.addRow(row)
        self.table.setMinimumHeight(theme.px(110))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        column.addWidget(self._trouble)


def _first(seen: MonthView) -> str:
    if seen.claim is None or not seen.submitted:
        return _NOT_YET
    told = f"{seen.claim.ref} was marked as submitted"
    if seen.claim.submitted_on is not None:
        told += f" on {day_words(seen.claim.submitted_on)}"
    if seen.claim.known_on is not None:
        told += f", with the maxima as known on {day_words(seen.claim.known_on)}"
    return told + "."


def _cells(one: ClaimEvent) -> tuple[str, ...]:
    amount = "" if one.amount is None else str(one.amount)
    return day_words(one.happened_on), one.stage.words, amount, one.told or ""
