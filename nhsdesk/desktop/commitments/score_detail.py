"""One line of a framework: the standard in full, its score and what it rests on, and what is learned from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from nhsdesk.commands import assessments
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.assessments import Assessment
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.assessments import AssessmentFacts, LineFacts

NOT_SCORED = "Not yet scored"


class ScoreDetail(QWidget):
    """The chosen line. What is typed is kept when its field is left."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line: LineFacts | None = None
        self._assessment: Assessment | None = None
        self._filling = False
        self.title = label(role="h2")
        self.standard = label()
        self.standing = label(role="quiet")
        self.meaning = label(role="help")
        self.level = QComboBox()
        self.level.setAccessibleName("Level")
        self.level.activated.connect(lambda _: self.give_level(str(self.level.currentData())))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(theme.px(56))
        self.note.setMaximumHeight(theme.px(96))
        self.note.installEventFilter(self)
        self.evidence = self._typed("Evidence", "Such as EV-001; EV-002", "evidence")
        self.minutes = self._typed("Minutes spent", "Such as 75 or 1:15", "minutes_spent")
        self.claims = label()
        self.learning = label()
        self.trouble = Told()
        self.what = QLineEdit()
        self.what.setAccessibleName("What is to be done better")
        self.add_action = button("Add as an action", "add")
        self.add_action.clicked.connect(self._add_action)
        self.held_on = QLineEdit()
        self.held_on.setAccessibleName("Learning session held on")
        self.add_session = button("Add learning session", "add")
        self.add_session.clicked.connect(self._add_session)
        self._lay_out()

    # ---- showing

    def show_line(
        self, facts: AssessmentFacts | None, assessment: Assessment | None, line_id: object
    ) -> None:
        """The line of that id; nothing where a section or no row is chosen. What is being typed stays."""
        found = next((one for one in facts.lines if one.line_id == line_id), None) if facts else None
        same = found is not None and self._line is not None and found.line_id == self._line.line_id
        if not same:
            self.trouble.tell("")
            self.what.clear()
            self.held_on.clear()
        self._line, self._assessment = found, assessment
        self.setVisible(found is not None)
        if found is None or facts is None:
            return
        self._filling = True
        self.title.setText(found.ref)
        self.standard.setText(found.standard)
        self.standing.setText(". ".join(filter(None, (found.indicator, *_standing(found)))))
        self._fill_levels(found, facts)
        self._fill(self.note, found.note, same)
        self._fill(self.evidence, "; ".join(found.evidence_refs), same)
        self._fill(self.minutes, "" if found.minutes is None else str(found.minutes), same)
        self.claims.setText("Claimed from it: " + "; ".join(found.claims) if found.claims else "")
        self.claims.setVisible(bool(found.claims))
        self.learning.setText("Learned from it: " + "; ".join(found.learning) if found.learning else "")
        self.learning.setVisible(bool(found.learning))
        self._filling = False
        self._allow()

    def _fill_levels(self, line: LineFacts, facts: AssessmentFacts) -> None:
        self.level.clear()
        for words, level in ((NOT_SCORED, ""), *((str(n), str(n)) for n in range(facts.top + 1))):
            self.level.addItem(words, level)
        known = self.level.findData("" if line.level is None else str(line.level))
        if known < 0:
            self.level.addItem(f"{line.level}: no level here", str(line.level))
            known = self.level.count() - 1
        self.level.setCurrentIndex(known)
        told = next((one for one in facts.levels if one.split("=")[0].strip() == str(line.level)), "")
        was = "" if line.before is None else f"Last quarter {line.before}. "
        carried = "Carried forward, looked at by nobody since. " if line.carried else ""
        self.meaning.setText(f"{was}{carried}{told}".strip())
        self.meaning.setVisible(bool(self.meaning.text()))

    def _fill(self, field: QLineEdit | QPlainTextEdit, words: str, same: bool) -> None:
        held = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        if held == words or (same and field.hasFocus()):
            return
        field.setText(words) if isinstance(field, QLineEdit) else field.setPlainText(words)

    def _allow(self) -> None:
        may = not self._desk.database.read_only_because
        for one in (self.level, self.add_action, self.add_session):
            one.setEnabled(may)
        for field in (self.note, self.evidence, self.minutes, self.what, self.held_on):
            field.setReadOnly(not may)

    # ---- keeping

    def give_level(self, words: str) -> None:
        """Sets the level of the line shown; empty takes it away."""
        self._keep(lambda database, held, line: assessments.give_level(database, held, line, words))

    def keep_typed(self) -> bool:
        """Brings what stands in the fields into the file; False where some of it cannot be kept."""
        if self._line is None or self._desk.database.read_only_because:
            return True
        self.trouble.tell("")
        self._give("note", self.note.toPlainText())
        self._give("evidence", self.evidence.text())
        self._give("minutes_spent", self.minutes.text())
        return not self.trouble.text()

    def _give(self, name: str, words: str) -> None:
        line = self._line
        if line is None or words == self._kept(line, name):
            return
        self._keep(lambda database, held, id_: assessments.give(database, held, id_, name, words))

    @staticmethod
    def _kept(line: LineFacts, name: str) -> str:
        if name == "note":
            return line.note
        if name == "evidence":
            return "; ".join(line.evidence_refs)
        return "" if line.minutes is None else str(line.minutes)

    def _keep(self, work: Callable[[Any, Assessment, Id], Problem | None]) -> None:
        line, held = self._line, self._assessment
        if line is None or held is None or self._filling or self._desk.database.read_only_because:
            return
        database = self._desk.database
        mistake = Problem("It was not kept.")
        told = self._desk.attempt(lambda: work(database, held, Id(int(line.line_id))), mistake)
        self.trouble.tell(told.sentence if told is not None else "")
        if told is None:
            self.changed.emit()

    def _add_action(self) -> None:
        line = self._line
        if line is None:
            return
        made = self._desk.attempt(
            lambda: assessments.add_action(self._desk.database, Id(int(line.line_id)), self.what.text())
        )
        if made is not None:
            self.what.clear()
            self._desk.say(f"{made.ref} was added and goes with {line.ref}.")
            self.changed.emit()

    def _add_session(self) -> None:
        line = self._line
        if line is None:
            return
        made = self._desk.attempt(
            lambda: assessments.add_session(self._desk.database, Id(int(line.line_id)), self.held_on.text())
        )
        if isinstance(made, Problem):
            self.trouble.tell(made.sentence)
        elif made is not None:
            self.held_on.clear()
            self._desk.say(f"{made.ref} was added and goes with {line.ref}.")
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A note is kept when it is left."""
        if watched is self.note and event.type() == QEvent.Type.FocusOut:
            self._give("note", self.note.toPlainText())
        return super().eventFilter(watched, event)

    # ---- how it is laid out

    def _typed(self, name: str, hint: str, field: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        made.editingFinished.connect(lambda: self._give(field, made.text()))
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), 0, 0, 0)
        column.setSpacing(6)
        for part in (self.title, self.standard, self.standing):
            column.addWidget(part)
        for words, field in (
            ("Level", self.level), ("Note", self.note), ("Evidence, by reference", self.evidence),
            ("Minutes spent", self.minutes),
        ):  # fmt: skip
            column.addWidget(self._named(words, field))
            column.addWidget(field)
            if field is self.level:
                column.addWidget(self.meaning)
        column.addWidget(self.trouble)
        column.addWidget(self.claims)
        column.addWidget(self.learning)
        for words, field, add in (
            ("What is to be done better", self.what, self.add_action),
            ("Learning session held on", self.held_on, self.add_session),
        ):
            column.addWidget(self._named(words, field))
            column.addWidget(field)
            row = Flow()
            row.addWidget(add)
            column.addLayout(row)
        column.addStretch(1)

    def _named(self, words: str, field: QWidget) -> QLabel:
        made = label(words, "field")
        made.setBuddy(field)
        return made


def _standing(line: LineFacts) -> tuple[str, ...]:
    """Where it is written; a source that itself says “local prompt” says enough."""
    return (line.source,) if line.source.startswith("Local prompt") else (line.standing, line.source)
