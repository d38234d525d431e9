"""Decisions with what is to be asked of each: authority, quorum, the practice seat, conflicts, reason, review."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nhsdesk.commands import follow_up
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, line, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import decisions
from nhsdesk.sections.decisions import DecisionFacts

_NONE = "No decision is entered. Decisions come from the minutes of a meeting, or from the list of decisions."


class DecisionsPart(Part):
    """The log above, what is to be asked of the chosen decision below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, DecisionFacts] = {}
        self._first = label()
        self.only = QCheckBox("Only what waits or is outside delegated authority")
        self.only.toggled.connect(lambda _: self.look())
        self.list = WrappedTable(
            "Decisions",
            ("Ref", "Decided on", "Body", "Decision", "How", "GP seat", "Status"),
            wrapped=(2, 3, 4),
        )
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("decision", key))
        self.asked = reading("What is to be asked of this decision")
        self.open = pressed("Open this decision", "open", self._open)
        self.ratified_on = line("Ratified on")
        self.ratify = pressed("Note that it was ratified", "check", self._ratify)
        self._trouble = Told()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addLayout(row(self.only))
        column.addWidget(self.list, 3)
        column.addWidget(self.asked, 1)
        column.addLayout(row(self.open, "Ratified on", self.ratified_on, self.ratify))
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        facts = follow_up.decision_log(self.desk.database)
        self._first.setText(f"{decisions.count_words(facts)}." if facts.lines else _NONE)
        shown = [one for one in facts.lines if not self.only.isChecked() or one.waits or one.outside]
        self._seen = {Id(int(one.id)): one for one in shown}
        self.list.show_rows([(key, _cells(one)) for key, one in self._seen.items()])
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.list.current)
        self.asked.setPlainText("" if one is None else _words(one))
        self.open.setEnabled(one is not None)
        waits = one is not None and one.waits
        self.ratify.setEnabled(waits and self.desk.may_write)
        self.ratified_on.setEnabled(waits)
        self._trouble.tell("")

    def _ratify(self) -> None:
        key, database = self.list.current, self.desk.database
        on = Decision.KIND.field("ratified_on").kind.read(self.ratified_on.text(), database.today())
        if not isinstance(key, int) or not isinstance(on, date):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "Give the day it was ratified on.")
            return
        made = self.desk.attempt(lambda: follow_up.ratify(database, Id(key), on), Problem(""))
        if isinstance(made, Problem):
            self._trouble.tell(made.sentence)
            return
        self.ratified_on.clear()
        self.look()
        follows = f"{made.ref} follows it, and the decision in final minutes stays as it is."
        self.desk.say(f"Ratified on {day_words(on)}. {follows if made.id != key else ''}".strip())

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("decision", self.list.current)


def _cells(one: DecisionFacts) -> tuple[str, ...]:
    on = day_words(one.decided_on) if one.decided_on else "not known"
    return one.ref, on, one.body, one.words, one.how, one.practice_seat, one.status


def _words(one: DecisionFacts) -> str:
    lines = [f"Accountable body: {one.accountable}. Authority: {one.delegation or 'none is named'}."]
    if one.commitment:
        lines.append(f"Commitment: {one.commitment}. Evidence: {one.evidence or 'none is linked'}.")
    if one.superseded_by:
        lines.append(f"{one.superseded_by} took its place.")
    if one.supersedes:
        lines.append(f"It supersedes {one.supersedes}.")
    lines += [f"• {sentence}" for sentence in one.to_ask] or ["Nothing is to be asked of it."]
    return "\n".join(lines)
