"""What can be done with the chosen answer without opening it: move its date, mark it done, skip it, tag it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk import resources
from nhsdesk.commands import commitments, duties, notes
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.duties import Occurrence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

Entry = tuple[str, Id]
"""Kind and id of an answer."""

_COMMITMENT, _OCCURRENCE = "commitment", "occurrence"


class RowActions(QWidget):
    """Buttons for the chosen entry; what needs a day or a reason is asked for in a line below them."""

    did = Signal()
    """Something was done, and the answers are others now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entry: Entry | None = None
        self._asked: Callable[[], None] | None = None
        self.open = self._button("Open", "open", self._open)
        self.finish = self._button("Done today", "check", self._done)
        self.move_ = self._button("Move the date…", "clock", self._ask_when)
        self.skip = self._button("Skip…", "close", self._ask_why)
        self.bring = self._button("", "refresh", self._bring)
        self.tags = QComboBox()
        self.tags.setEditable(True)
        self.tags.addItems(list(resources.starter_tags()))
        self.tags.setAccessibleName("Tag")
        self.tags.setMinimumWidth(theme.px(170))
        self.add_tag = self._button("Add this tag", "add", self._tag)
        self._line = self._asking_line()
        self._told = Told()
        self._lay_out()
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """The answer that is chosen; what can be done with it is offered."""
        if entry != self._entry:
            self._told.tell("")
            self._line.hide()
        self._entry = entry
        kind = self._kind
        may = not self._desk.database.read_only_because
        self.open.setEnabled(entry is not None)
        for one, kinds in (
            (self.finish, (_OCCURRENCE,)), (self.skip, (_OCCURRENCE,)), (self.move_, (_OCCURRENCE, _COMMITMENT)),
            (self.tags, (_COMMITMENT,)), (self.add_tag, (_COMMITMENT,)),
        ):  # fmt: skip
            one.setVisible(kind in kinds and may)

    def show_behind(self, behind: int) -> None:
        """How many recurring duties have days to add or to take out."""
        self.bring.setVisible(behind > 0 and not self._desk.database.read_only_because)
        words = counted(behind, "recurring duty", "recurring duties")
        self.bring.setText(f"Bring {words} up to date")

    @property
    def _kind(self) -> str:
        return self._entry[0] if self._entry is not None else ""

    @property
    def _id(self) -> Id:
        assert self._entry is not None
        return self._entry[1]

    # ---- doing

    def _open(self) -> None:
        if self._entry is not None:
            self._desk.show(*self._entry)

    def _done(self) -> None:
        today = self._desk.database.today()
        self._do(lambda: duties.done(self._desk.database, self._id, today), "It is marked as done today.")

    def _bring(self) -> None:
        brought = self._desk.attempt(lambda: duties.bring_up_to_date(self._desk.database))
        if brought is not None:
            added, removed = (
                counted(brought.added, "day was", "days were"),
                counted(brought.removed, "day", "days"),
            )
            self._desk.say(f"{added} added, {removed} taken out.")
            self.did.emit()

    def _tag(self) -> None:
        word = self.tags.currentText()
        borne = Problem("Choose or type a tag that it does not bear yet.")
        self._do(
            lambda: None if notes.tag(self._desk.database, self._id, word) else borne,
            "The tag was added.",
        )

    def _ask_when(self) -> None:
        self._ask(day=True, why=self._kind == _OCCURRENCE, work=self._move)

    def _ask_why(self) -> None:
        self._ask(day=False, why=True, work=self._skip)

    def _ask(self, *, day: bool, why: bool, work: Callable[[], None]) -> None:
        self._asked = work
        for shown, parts in ((day, (self._day_name, self.day)), (why, (self._why_name, self.why))):
            for one in parts:
                one.setVisible(shown)
        self.day.clear()
        self.why.clear()
        self._told.tell("")
        self._line.show()
        (self.day if day else self.why).setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self) -> None:
        database, why = self._desk.database, self.why.text()
        to = Occurrence.KIND.field("moved_to").kind.read(self.day.text(), database.today())
        if not isinstance(to, date):
            self._told.tell(to.sentence if isinstance(to, Problem) else "Give the day it is moved to.")
            return
        day: date = to

        def move() -> Problem | None:
            if self._kind == _OCCURRENCE:
                return duties.move(database, self._id, day, why)
            commitments.revise_due(database, self._id, day)
            return None

        self._do(move, f"It is moved to {day_words(day)}; the first date is kept.")

    def _skip(self) -> None:
        why = self.why.text()
        self._do(lambda: duties.skip(self._desk.database, self._id, why), "It is skipped, with the reason.")

    def _do(self, work: Callable[[], Problem | None], said: str) -> None:
        if self._entry is None:
            return
        wrong = self._desk.attempt(work, _REFUSED)
        if wrong is _REFUSED:
            return
        self._told.tell("" if wrong is None else wrong.sentence)
        if wrong is None:
            self._line.hide()
            self._desk.say(said)
            self.did.emit()

    # ---- how it is laid out

    def _button(self, words: str, picture: str, work: Callable[[], None]) -> QPushButton:
        made = button(words, picture)
        made.clicked.connect(lambda _=False: work())
        return made

    def _asking_line(self) -> QWidget:
        whole = QWidget()
        row = Flow()
        row.setSpacing(8)
        self._day_name, self.day = label("To which day", "field", wrap=False), QLineEdit()
        self._why_name, self.why = label("Why", "field", wrap=False), QLineEdit()
        for named, field, wide in ((self._day_name, self.day, 130), (self._why_name, self.why, 220)):
            field.setAccessibleName(named.text())
            field.setFixedWidth(theme.px(wide))
            field.returnPressed.connect(self._do_asked)
            named.setBuddy(field)
        keep, leave = button("Keep this", "check", primary=True), button("Leave it as it is", "cancel")
        keep.clicked.connect(lambda _=False: self._do_asked())
        leave.clicked.connect(lambda _=False: whole.hide())
        for part in (self._day_name, self.day, self._why_name, self.why, keep, leave):
            row.addWidget(part)
        whole.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        whole.hide()
        return whole

    def _do_asked(self) -> None:
        if self._asked is not None:
            self._asked()

    def _lay_out(self) -> None:
        buttons = Flow()
        buttons.setSpacing(8)
        for one in (self.open, self.finish, self.move_, self.skip, self.tags, self.add_tag, self.bring):
            buttons.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self._line)
        column.addWidget(self._told)


_REFUSED = Problem("")
"""Stands for a refusal that the desk has told already."""
