"""A new score of one risk: likelihood, consequence, why so, and when it is looked at next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands import risks as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.record_model import why_not
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.risks import CONSEQUENCES, HIGHEST, LIKELIHOODS, Risk
from nhsdesk.sections.risks import RiskFacts, now_words

_CHOOSE = "Choose"


class RiskScoring(QFrame):
    """The chosen risk with its score as it stands, and a new one to be noted."""

    opened = Signal(object)
    """The id of the risk somebody wants to see whole."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._risk: Id | None = None
        self._heading = label(role="h2")
        self._stands = label(role="quiet")
        self._trouble = Told()
        self.likelihood = _scale("Likelihood", LIKELIHOODS)
        self.consequence = _scale("Consequence", CONSEQUENCES)
        self.why = _line("Why so")
        self.review = _line("Next review on")
        self.note = button("Note the new score", "check", primary=True)
        self.note.clicked.connect(lambda _=False: self._note())
        self.whole = button("Open the risk", "open")
        self.whole.clicked.connect(lambda _=False: self._open())
        self._lay_out()
        self.show_risk(None)

    def show_risk(self, line: RiskFacts | None) -> None:
        """Shows a risk. What was typed for the same one stays."""
        self.setVisible(line is not None)
        if line is None:
            self._risk = None
            return
        another = Id(int(line.id)) != self._risk
        self._risk = Id(int(line.id))
        self._heading.setText(f"{line.ref}: {line.event}")
        self._stands.setText(f"{now_words(line)[:1].upper()}{now_words(line)[1:]}; {line.trend}.")
        self.note.setEnabled(not self._desk.database.read_only_because)
        if another:
            self._fill(line)

    def _fill(self, line: RiskFacts) -> None:
        for scale, held in ((self.likelihood, line.likelihood), (self.consequence, line.consequence)):
            scale.setCurrentIndex(held if held is not None and 1 <= held <= HIGHEST else 0)
        self.why.clear()
        self.review.clear()
        self._trouble.tell("")

    def _note(self) -> None:
        database, risk = self._desk.database, self._risk
        if risk is None:
            return
        if not self._desk.may_write:
            self._trouble.tell(why_not(self._desk))
            return
        likelihood, consequence = self.likelihood.currentIndex(), self.consequence.currentIndex()
        if not likelihood or not consequence:
            self._trouble.tell("Choose a likelihood and a consequence from 1 to 5.")
            return
        review: date | Problem | None = Risk.KIND.field("review_on").kind.read(
            self.review.text(), database.today()
        )
        if isinstance(review, Problem):
            self._trouble.tell(review.sentence)
            return
        self._risk = None  # what was typed has gone in: the fields are filled anew
        kept = self._desk.attempt(
            lambda: commands.note_score(
                database, risk, likelihood, consequence, why=self.why.text(), review_on=review
            )
        )
        if kept is None:
            self._risk = risk
            return
        self._desk.say(f"The new score of {kept.ref} was noted; the one before is kept. Undo takes it back.")

    def _open(self) -> None:
        if self._risk is not None:
            self.opened.emit(self._risk)

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setSpacing(8)
        for place, one in enumerate((self.likelihood, self.consequence, self.why, self.review)):
            fields.addWidget(_named(one), *divmod(place, 2))
        fields.setColumnStretch(0, 1)
        fields.setColumnStretch(1, 1)
        buttons = Flow()
        buttons.setSpacing(8)
        for press in (self.note, self.whole):
            buttons.addWidget(press)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        for words in (self._heading, self._stands):
            column.addWidget(words)
        column.addLayout(fields)
        column.addWidget(self._trouble)
        column.addLayout(buttons)
        column.addStretch(1)


def _scale(name: str, words: tuple[str, ...]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    made.addItem(_CHOOSE)
    made.addItems([f"{number} {word}" for number, word in enumerate(words, 1)])
    return made


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.px(90))
    return made


def _named(control: QWidget) -> QWidget:
    """A control under its name."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    name = label(control.accessibleName(), "field", wrap=False)
    name.setBuddy(control)
    column.addWidget(name)
    column.addWidget(control)
    return whole
