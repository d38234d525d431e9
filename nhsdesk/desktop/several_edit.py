"""A line that takes several: choices with commas between them, or entries by their references with semicolons.

What may stand at the cursor is offered as one types; Down offers all. The line is words like any other, so that they
can be copied and pasted, and what cannot be read stays as it was typed.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.line_edit import LineEdit
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field
from nhsdesk.store.candidates import candidates


class _Parts(QCompleter):
    """Puts what is chosen in the place of the part at the cursor alone."""

    def __init__(self, line: SeveralEdit, found: QStringListModel) -> None:
        super().__init__(found, line)
        self._line = line
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)

    def splitPath(self, path: str) -> list[str]:
        return [self._line.part()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._line.with_part(str(index.data() or ""))


class SeveralEdit(LineEdit):
    """Several of a list, or several entries of a kind."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, desk)
        self._kind = field.kind
        self._sign = ";" if isinstance(field.kind, kinds.LinksTo) else ","
        self._found = QStringListModel(self)
        self._typed = ("", 0, 0)
        """The line as it was typed, and where its part at the cursor begins and ends: what is offered is put there."""
        completer = _Parts(self, self._found)
        self.setCompleter(completer)
        completer.activated.connect(lambda _: self.typed.emit())
        self.textEdited.connect(lambda _: self._look())

    def part(self) -> str:
        """The words at the cursor, between the signs before it and behind it."""
        text, start, end = self._typed
        return text[start:end].strip()

    def with_part(self, words: str) -> str:
        """The whole line with other words at the cursor; of an entry its reference is enough."""
        text, start, end = self._typed
        chosen = words.split(" ", 1)[0] if isinstance(self._kind, kinds.LinksTo) else words
        before, behind = text[:start].rstrip(), text[end:]
        return f"{before} {chosen}".lstrip() + (behind or f"{self._sign} ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down offers what may stand here, before a letter was typed."""
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._look()
            self.completer().complete()
            return
        super().keyPressEvent(event)

    def _look(self) -> None:
        text, at = self.text(), self.cursorPosition()
        end = text.find(self._sign, at)
        self._typed = (text, text.rfind(self._sign, 0, at) + 1, len(text) if end < 0 else end)
        self._found.setStringList(self._offered(self.part()))

    def _offered(self, words: str) -> list[str]:
        if isinstance(self._kind, kinds.LinksTo):
            with self._desk.database.read() as reader:
                return candidates(reader, self._kind.target, words)
        assert isinstance(self._kind, kinds.SeveralOf)
        wanted = words.casefold()
        return [one.words for one in self._kind.choices if wanted in one.words.casefold()]
