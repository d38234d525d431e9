"""Reading a host's answer in: what it would change, what is wrong in which cell, and then one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands import request_replies
from nhsdesk.commands.request_replies import Reply
from nhsdesk.desktop import asking
from nhsdesk.desktop.answer_preview import AnswerPreview
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.periods import day_words

_FOLDER = "requests.folder"
_KINDS = "Answers (*.xlsx *.nhsdesk-request)"


class ReplyReading(QWidget):
    """A card for any page. Nothing is written before “Take in the answer”."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path: Path | None = None
        self._reply: Reply | None = None
        framed, stack = card("Read an answer in")
        self._choose = button("Choose the answer…", "import")
        self._open = button("Open a request handed to us…", "open")
        self._asking = QWidget()
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._look = button("Open it", "open")
        self._trouble, self._told = Told(), Told("")
        self.preview = AnswerPreview("Take in the answer")
        self._purpose = self._look_at
        self._lay_out(stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)
        self._choose.clicked.connect(lambda: self._begin("Choose the answer", self._look_at))
        self._open.clicked.connect(lambda: self._begin("Open a request handed to us", self._unpack))
        self._look.clicked.connect(lambda: self._purpose())
        self._passphrase.returnPressed.connect(lambda: self._purpose())
        self.preview.taken.connect(self._take_in)
        self._show_nothing()

    def _lay_out(self, stack: QVBoxLayout) -> None:
        stack.addWidget(
            label(
                "The answer form comes back as an Excel file, or inside a file under a passphrase. It is known by its "
                "form number, and shown here first.",
                "quiet",
            )
        )
        inside = QVBoxLayout(self._asking)
        inside.setContentsMargins(0, 0, 0, 0)
        named = label("Passphrase of the file", "field")
        named.setBuddy(self._passphrase)
        inside.addWidget(named)
        inside.addWidget(self._passphrase)
        row = Flow()
        row.setSpacing(8)
        row.addWidget(self._choose)
        row.addWidget(self._open)
        stack.addLayout(row)
        below = Flow()
        below.addWidget(self._look)
        inside.addLayout(below)
        for one in (self._asking, self._trouble, self.preview, self._told):
            stack.addWidget(one)

    # ---- inside

    def _show_nothing(self) -> None:
        self._reply = None
        self._asking.hide()
        self.preview.clear()
        for told in (self._trouble, self._told):
            told.tell("")

    def _begin(self, title: str, purpose: Callable[[], None]) -> None:
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        path = asking.choose_existing(self, title, folder, _KINDS)
        if path is None:
            return
        self._desk.layout.keep_word(_FOLDER, str(path.parent))
        self._show_nothing()
        self._path, self._purpose = path, purpose
        sealed = self._desk.attempt(lambda: request_replies.needs_passphrase(path))
        if sealed is None:
            return
        if sealed:
            self._asking.show()
            self._passphrase.clear()
            self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            purpose()

    def _look_at(self) -> None:
        path, words = self._path, self._passphrase.text()
        if path is None:
            return
        reply = self._desk.attempt(lambda: request_replies.look(self._desk.database, path, words))
        if reply is not None:
            self._asking.hide()
            self._passphrase.clear()
            self._show(reply)

    def _show(self, reply: Reply) -> None:
        self._reply = reply
        may = reply.read_before is None and bool(reply.changes or reply.answers.anything_else)
        self.preview.show_answer((_opening(reply), *reply.notes), reply.changes, reply.wrong, may=may)

    def _take_in(self) -> None:
        reply = self._reply
        if reply is None:
            return
        number = self._desk.attempt(lambda: request_replies.take_in(self._desk.database, reply))
        if number is None:
            return
        self._show_nothing()
        self._told.tell(
            f"{counted(number, 'change', 'changes')} written to {reply.ref}, as one step. Undo takes it back."
        )

    def _unpack(self) -> None:
        path, words = self._path, self._passphrase.text()
        if path is None:
            return
        folder = asking.choose_folder(self, "Where its page and form are to go", path.parent)
        if folder is None:
            return
        wrote = self._desk.attempt(lambda: request_replies.unpack_into(path, words, folder))
        if wrote is not None:
            self._show_nothing()
            self._passphrase.clear()
            self._told.tell(f"{' and '.join(one.name for one in wrote)} were written in {folder}.")


def _opening(reply: Reply) -> str:
    if reply.read_before is not None:
        return f"This answer to {reply.ref} was already read on {day_words(reply.read_before)}."
    wrong = f" {counted(len(reply.wrong), 'cell is', 'cells are')} left out." if reply.wrong else ""
    return f"An answer to {reply.ref}: {counted(len(reply.changes), 'change', 'changes')}.{wrong}"
