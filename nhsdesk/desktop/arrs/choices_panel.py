"""Local choices: every question where practice differs, what holds today and who agreed it, and settling one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import local_rules
from nhsdesk.commands.local_rules import Settling, Standing
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.line_edit import WordsEdit
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.periods import FinancialYear, day_words

_HEADINGS = ("Question", "Holds today", "Since", "Agreed with")
_HISTORY = ("Ref", "In force from", "Settled as", "Agreed with", "Why")


class ChoicesPanel(QWidget):
    """All questions above, the chosen one below with its alternatives, its history and a form to settle it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._standings: tuple[Standing, ...] = ()
        self._key = ""
        self._table = CellsTable("Local choices", _HEADINGS, most=6)
        self._table.selectionModel().currentRowChanged.connect(self._row_changed)
        self._asks, self._note = label(role="h2"), label(role="help")
        self._holds = label()
        self._history = CellsTable("What was settled before", _HISTORY, most=5)
        self._list, self._line = QComboBox(), WordsEdit()
        self._trouble = Told()
        self._from = AskedField("In force from", "", 220)
        self._agreed = AskedField("Agreed with", "The ICB, the board or another body.", 260)
        self._why = AskedField("Why", "", 320)
        self._press = button("Settle it from this day on", "ok", primary=True)
        self._press.clicked.connect(self._settle)
        self._reason = label(role="help")
        self._outcome = Told("")
        self._lay_out()
        self._from.show_words(day_words(FinancialYear.of(desk.database.today()).first))

    def _lay_out(self) -> None:
        framed, stack = card("Local choices")
        stack.addWidget(
            label(
                "Where no national wording was found, or ICBs differ, a rule is settled here from a day on. What was "
                "settled earlier stays and holds for the days before.",
                "help",
            )
        )
        stack.addWidget(self._table)
        below, under = card("The question")
        for part in (self._asks, self._note, self._holds, self._history):
            under.addWidget(part)
        under.addWidget(self._answer())
        under.addLayout(in_a_row(self._from, self._agreed, self._why))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._press)
        line.addWidget(self._reason, 1)
        under.addLayout(line)
        under.addWidget(self._outcome)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(framed)
        whole.addWidget(below)
        whole.addStretch(1)

    def _answer(self) -> QWidget:
        made = QWidget()
        stack = QVBoxLayout(made)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(4)
        stack.addWidget(label("Holds from that day on", "field", wrap=False))
        for control in (self._list, self._line):
            control.setAccessibleName("Holds from that day on")
            stack.addWidget(control)
        stack.addWidget(self._trouble)
        return made

    def refresh(self) -> None:
        """Reads anew what was settled; the question being looked at stays."""
        self._standings = local_rules.standings(self._desk.database)
        self._table.show_cells(tuple(_cells(one) for one in self._standings))
        self._table.setColumnWidth(0, theme.px(500))
        keys = [one.question.key for one in self._standings]
        at = keys.index(self._key) if self._key in keys else 0
        self._table.setCurrentIndex(self._table.model().index(at, 0))
        self._show(self._standings[at])
        self.allow()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self._press.setEnabled(self._desk.may_write)
        self._reason.setText(self._desk.database.read_only_because)

    def take_focus(self) -> None:
        """Puts the cursor on the questions."""
        self._table.setFocus()

    def _row_changed(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid() and now.row() < len(self._standings):
            self._show(self._standings[now.row()])

    def _show(self, standing: Standing) -> None:
        question = standing.question
        self._asks.setText(question.asks)
        self._note.setText(" ".join(filter(None, (question.note, f"{local_rules.takes(question)}."))))
        self._holds.setText(_holds(standing))
        self._history.show_cells(tuple(_settled(one) for one in standing.history))
        if question.key == self._key:
            return
        self._key = question.key
        self._list.setVisible(bool(question.choices))
        self._line.setVisible(not question.choices)
        self._list.clear()
        self._list.addItems(list(question.choices))
        self._list.setCurrentText(standing.value)
        self._line.setText(standing.value)
        for tell in (self._trouble.tell, self._outcome.tell, self._from.tell, self._agreed.tell):
            tell("")

    def _settle(self) -> None:
        choices = self._list.count()
        value = self._list.currentText() if choices else self._line.text()
        typed = Settling(value, self._from.words, self._agreed.words, self._why.words)
        made = self._desk.attempt(lambda: local_rules.settle(self._desk.database, self._key, typed))
        if made is None:
            return
        told = {} if isinstance(made, LocalRule) else {problem.field: problem.sentence for problem in made}
        self._trouble.tell(told.get("value", ""))
        self._from.tell(told.get("starts", ""))
        self._agreed.tell(told.get("agreed_with", ""))
        if isinstance(made, LocalRule):
            self.refresh()
            self._why.show_words("")
            self._outcome.tell(f"Settled as {made.ref} from {day_words(made.starts)}. Undo takes it back.")
        else:
            first = {"value": self._list if choices else self._line, "starts": self._from.edit}
            first.get(next(iter(told)), self._agreed.edit).setFocus()


def _cells(one: Standing) -> tuple[str, ...]:
    since = day_words(one.since) if one.since else "the default"
    return (one.question.asks, one.value, since, one.agreed_with)


def _settled(rule: LocalRule) -> tuple[str, ...]:
    return (rule.ref, day_words(rule.starts), rule.value, rule.agreed_with or "", rule.reason or "")


def _holds(one: Standing) -> str:
    default = f"The default is “{one.question.default}”."
    if one.since is None:
        today = "Nothing was settled for today, so the default holds."
    else:
        who = f", agreed with {one.agreed_with}" if one.agreed_with else ""
        today = f"Since {day_words(one.since)} it is “{one.value}”{who}."
    coming = [f"From {day_words(rule.starts)} it will be “{rule.value}”." for rule in one.coming]
    return " ".join((today, default, *coming))
