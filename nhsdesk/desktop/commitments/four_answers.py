"""A commitment in four answers: what, who wants it, by when, and where it is written, which is filled in already."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nhsdesk.commands import documents, entries
from nhsdesk.commands.documents import Answers
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.page_text import Picked
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import Editor, editor_for
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.line_edit import LineEdit
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store import drafts

RESTING_MS = 600
"""How long a hand rests before what it typed is kept."""

_SHOWN = 240
"""Letters of a quotation that are shown while one answers; all of it is kept."""

_ASKED = ("title", "owed_to", "due", "kind")


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN * 2 // 3]} … {words[-_SHOWN // 3 :]}"


class FourAnswers(QFrame):
    """Opens with the words that were selected; Enter in any answer adds the commitment."""

    added = Signal(object)
    """The commitment that was added."""
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._document: SourceDocument | None = None
        self._picked = Picked("", "")
        self._where = label(role="quiet")
        self._words = label(role="quote")
        self._trouble = Told()
        self.fields: dict[str, Editor] = {
            name: editor_for(Commitment.KIND.field(name), desk) for name in _ASKED
        }
        self._key = ""
        """Under what the drafts of the answers lie, once something was typed."""
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(RESTING_MS)
        self._resting.timeout.connect(self.keep)
        for one in self.fields.values():
            one.entered.connect(self._add)
            one.typed.connect(self._resting.start)
        self.add = button("Add commitment", "add", primary=True)
        self.add.clicked.connect(self._add)
        self.not_now = button("Do not add it", "cancel")
        self.not_now.clicked.connect(self._give_up)
        self._lay_out()
        self.hide()

    def keep(self) -> bool:
        """Keeps what was typed so far as drafts; False while other work is writing."""
        self._resting.stop()
        document = self._document
        if document is None or not any(one.words().strip() for one in self.fields.values()):
            return True
        if not self._desk.may_write:
            self._resting.start()
            return False
        self._key = self._key or f"{entries.NEW}-{uuid.uuid4().hex}"
        key, answers, picked = self._key, self._answers(), self._picked
        database = self._desk.database
        kept = self._desk.attempt(
            lambda: documents.keep_begun(database, key, document, answers, picked.locator, picked.words)
        )
        self._desk.drafted.emit(Commitment.KIND.name)
        return bool(kept)

    def _answers(self) -> Answers:
        words = {name: one.words() for name, one in self.fields.items()}
        return Answers(words["title"], words["owed_to"], words["due"], words["kind"])

    def ask(self, document: SourceDocument, picked: Picked) -> None:
        """Asks about words selected in a document; what was typed already stays."""
        self._document, self._picked = document, picked
        self._where.setText(f"Where it is written: {document.ref} {document.title}, {picked.locator}")
        self._words.setText(f"“{_short(picked.words)}”")
        self._trouble.tell("")
        self.add.setEnabled(self._desk.may_write)
        self.show()
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        document, answers, key = self._document, self._answers(), self._key
        if document is None or not self._desk.may_write:
            return
        made = self._desk.attempt(
            lambda: documents.capture(
                self._desk.database,
                document,
                answers,
                self._picked.locator,
                self._picked.words,
                key=key,
            )
        )
        if isinstance(made, Commitment):
            self._clear()
            self.added.emit(made)
        elif made:
            self._trouble.tell(" ".join(problem.sentence for problem in made))
            self.fields[made[0].field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up(self) -> None:
        key = self._key
        if key:
            database = self._desk.database
            self._desk.attempt(lambda: drafts.drop(database, Commitment.KIND.name, key))
        self._clear()
        self.given_up.emit()

    def _clear(self) -> None:
        self._resting.stop()
        if self._key:
            self._desk.drafted.emit(Commitment.KIND.name)
        self._key = ""
        for one in self.fields.values():
            one.show_words("")
        self._trouble.tell("")
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(theme.px(4))
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.addWidget(label("New commitment from these words", "h2"))
        column.addWidget(self._words)
        column.addWidget(self._where)
        for name, editor in self.fields.items():
            named = label(Commitment.KIND.field(name).label, "field", wrap=False)
            assert isinstance(editor, QWidget)
            named.setBuddy(editor)
            column.addWidget(named)
            column.addWidget(editor)
            if isinstance(editor, LineEdit) and name == "owed_to":
                editor.setPlaceholderText("A body or a role; may stay empty")
        column.addWidget(
            label("Only the first is needed. The rest stays “not yet known” until you know it.", "help")
        )
        column.addWidget(self._trouble)
        row = Flow()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.not_now)
        column.addLayout(row)
