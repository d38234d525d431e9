"""A note being written and not yet added: kept within a second, entry by entry, and there again when one comes back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPlainTextEdit

from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Note
from nhsdesk.store import drafts

KEPT_AFTER_MS = 700
KEY = "on-"
"""Begins what a draft is known by: a note is not yet an entry, so it is known by the entry it is on."""

_WORDS = "words"


class KeptNote(QObject):
    """The words of one field for a note, as drafts of the entry that is shown."""

    def __init__(self, desk: Desk, text: QPlainTextEdit) -> None:
        super().__init__(text)
        self._desk, self._text = desk, text
        self._key = ""
        self._kept = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        text.textChanged.connect(self._timer.start)

    def show_of(self, id_: Id | None) -> None:
        """Keeps what was written on the entry before, and shows what is kept of this one."""
        self.keep()
        self._key = "" if id_ is None else f"{KEY}{id_}"
        self._kept = self._held() if self._key else ""
        self._text.setPlainText(self._kept)
        self._timer.stop()

    def keep(self) -> bool:
        """Keeps the words as they stand; False where that could not be done."""
        self._timer.stop()
        words = self._text.toPlainText()
        if not self._key or words == self._kept or self._desk.database.read_only_because:
            return True
        if not self._desk.may_write:
            self._timer.start()
            return False
        if not self._desk.attempt(lambda: self._written(words), otherwise=False):
            self._timer.start(5 * KEPT_AFTER_MS)
            return False
        self._kept = words
        return True

    def added(self) -> None:
        """The words have become a note."""
        self._text.clear()
        self.keep()

    def _written(self, words: str) -> bool:
        if words.strip():
            drafts.keep(self._desk.database, Note.KIND.name, self._key, _WORDS, words)
        else:
            drafts.drop(self._desk.database, Note.KIND.name, self._key)
        return True

    def _held(self) -> str:
        with self._desk.database.read() as reader:
            held = drafts.of_record(reader, Note.KIND.name, self._key).get(_WORDS)
        return "" if held is None else held.words
