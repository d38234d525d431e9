"""What lines of the minutes have made, and the field that answers what could not be understood."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import minuting as commands
from nhsdesk.commands.minuting import Made
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words


class MadeList(QWidget):
    """A table of what was made, and below it one question at a time."""

    settled = Signal()
    done = Signal()
    """Nothing is asked any more: typing may go on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: Made | None = None
        self.list = WrappedTable(
            "Made from these minutes", ("Ref", "What", "Who", "By", "Still asked"), wrapped=(1, 2, 4)
        )
        self.list.setFixedHeight(theme.px(112))
        self.list.setMinimumWidth(theme.px(120))
        self.list.opened.connect(self._open)
        self._question = label(role="problem")
        self.answer = line("Answer", 320)
        self.answer.returnPressed.connect(self._settle)
        self.keep = pressed("Answer", "check", self._settle)
        self.keep.setAccessibleName("Keep this answer")
        self._trouble = Told()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self._question)
        self._named = label("Answer (Alt+Q)", "field", wrap=False)
        self._named.setBuddy(self.answer)
        column.addLayout(row(self._named, self.answer, self.keep))
        column.addWidget(self._trouble)

    def show_made(self, made: tuple[Made, ...]) -> None:
        """Lists what was made and asks the first thing that is not understood."""
        self.list.show_rows([((one.record.KIND.name, one.record.id), _cells(one)) for one in made])
        self.setVisible(bool(made))
        asked = commands.unsettled(made)
        self._asked = asked[0] if asked else None
        told = f"{asked[0].record.ref} “{asked[0].what[:60]}”: {asked[0].asks[0]}" if asked else ""
        self._question.setText(told)
        for one in (self._question, self._named, self.answer, self.keep):
            one.setVisible(bool(asked))

    def ask(self) -> bool:
        """Goes to the question, where there is one."""
        if self._asked is not None:
            self.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._desk.say(self._question.text())
        return self._asked is not None

    def _settle(self) -> None:
        asked, words = self._asked, self.answer.text()
        if asked is None or not words.strip():
            return
        action: Id = asked.record.id
        before = self._desk.database.head.position
        wrong = self._desk.attempt(lambda: commands.settle(self._desk.database, action, words))
        self._trouble.tell(wrong.sentence if wrong is not None else "")
        if self._desk.database.head.position == before:
            return
        self.answer.clear()
        self.settled.emit()
        if not self.ask():
            self.done.emit()

    def _open(self, key: tuple[str, Id] | None) -> None:
        if key is not None:
            self._desk.show(*key)


def _cells(one: Made) -> tuple[str, ...]:
    by = day_words(one.due) if one.due is not None else ""
    return one.record.ref, one.what, one.who, by, " ".join(one.asks)
