"""A short form for what became of a submitted claim or uplift: a day, an amount, what was said, and a button each."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import claims
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimStage
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.uplifts import Uplift

_WORDS = {
    ClaimStage.QUERIED: ("Note a query about it", "warning"),
    ClaimStage.APPROVED: ("Note that it was approved", "ok"),
    ClaimStage.PAID: ("Note that it was paid", "check"),
    ClaimStage.WITHDRAWN: ("Note that it was withdrawn", "cancel"),
}


class ClaimNote(QWidget):
    """Writes events about a claim; the claim itself stays as it was sent."""

    def __init__(self, desk: Desk, stages: tuple[ClaimStage, ...]) -> None:
        super().__init__()
        self._desk = desk
        self._about: Claim | Uplift | None = None
        self._filled_for: Id | None = None
        self.standing = label(role="help")
        self.on, self.amount, self.told = QLineEdit(), QLineEdit(), QLineEdit()
        self.buttons: dict[ClaimStage, QPushButton] = {}
        for stage in stages:
            words, picture = _WORDS[stage]
            self.buttons[stage] = button(words, picture)
            self.buttons[stage].clicked.connect(lambda _=False, stage=stage: self._note(stage))
        self._trouble = Told()
        self._lay_out()

    def show_claim(
        self, about: Claim | Uplift | None, *, amount: Money | None = None, told: str = "", may: bool = True
    ) -> None:
        """Which claim it is about, with what would likely be noted of it."""
        self._about = about
        new = about.id if about is not None else None
        if new != self._filled_for:
            self._filled_for = new
            self.on.setText(day_words(self._desk.database.today()))
            self.amount.setText("" if amount is None else str(amount))
            self.told.setText(told)
            self._trouble.tell("")
        allowed = may and about is not None and about.sealed() is not None
        for control in (self.on, self.amount, self.told, *self.buttons.values()):
            control.setEnabled(allowed)

    def _note(self, stage: ClaimStage) -> None:
        about = self._about
        if about is None:
            return
        kind, today = ClaimEvent.KIND, self._desk.database.today()
        on: Any = kind.field("happened_on").kind.read(self.on.text(), today)
        amount: Any = kind.field("amount").kind.read(self.amount.text(), today)
        wrong = next((one.sentence for one in (on, amount) if isinstance(one, Problem)), "")
        wrong = wrong or ("" if on is not None else "Give the day on which it happened.")
        if stage is ClaimStage.QUERIED and not self.told.text().strip():
            wrong = wrong or "Say what the query is about."
        self._trouble.tell(wrong)
        if wrong:
            return
        if stage not in (ClaimStage.PAID, ClaimStage.APPROVED):
            amount = None
        noted = self._desk.attempt(
            lambda: claims.note(self._desk.database, about, stage, on, amount=amount, told=self.told.text())
        )
        if noted is not None:
            self.told.clear()
            self._desk.say(f"{stage.words} on {day_words(on)} was noted of {about.ref}.")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (("Day", self.on), ("Amount", self.amount), ("What was said", self.told))
        for place, (words, edit) in enumerate(fields):
            edit.setAccessibleName(words)
            named = label(words, "field", wrap=False)
            named.setBuddy(edit)
            grid.addWidget(named, 0, place)
            grid.addWidget(edit, 1, place)
        grid.setColumnStretch(2, 1)
        row = Flow()
        row.setSpacing(8)
        for one in self.buttons.values():
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.standing)
        column.addLayout(grid)
        column.addLayout(row)
        column.addWidget(self._trouble)
