"""What an answer that came back would change, and what is wrong in it, with the button that takes it in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands.answer_forms import Becomes
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.support.whole_table import WholeTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.domain.filled_forms import Wrong


class AnswerPreview(QWidget):
    """Shown once an answer was looked at; nothing is written before its button is pressed."""

    taken = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self._summary = Told("")
        self.changes = WholeTable("What it would change", ("What", "Now", "Then"), wrapped=(2, 1))
        self.wrong = WholeTable("What is wrong in it", ("Cell", "Line", "What is wrong"), wrapped=(2,))
        self._take = button(words, "ok", primary=True)
        self._take.clicked.connect(lambda _=False: self.taken.emit())
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        for one in (self._summary, self.changes, self.wrong):
            stack.addWidget(one)
        last = Flow()
        last.addWidget(self._take)
        stack.addLayout(last)
        self.clear()

    def clear(self) -> None:
        """Shows no answer."""
        self._summary.tell("")
        for one in (self.changes, self.wrong, self._take):
            one.hide()

    def show_answer(
        self, told: Sequence[str], changes: Iterable[Becomes], wrong: Iterable[Wrong], *, may: bool
    ) -> None:
        """Shows an answer in these sentences and tables, and whether it can be taken in."""
        changed = [(one.what, (one.what, one.now or "–", one.then)) for one in changes]
        left_out = [(one.cell, (one.cell, one.label, one.sentence)) for one in wrong]
        self.changes.show_rows(changed)
        self.wrong.show_rows(left_out)
        self.changes.setVisible(bool(changed))
        self.wrong.setVisible(bool(left_out))
        self._take.setVisible(may)
        self._summary.tell("\n".join(told))
        if may:
            self._take.setFocus(Qt.FocusReason.OtherFocusReason)
