"""A passphrase typed twice, with advice and a way to see it. It lives in these fields alone, until they are emptied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from nhsdesk.desktop.words import label

ADVICE = (
    "Three or four random words. It is kept nowhere: whoever loses it needs a new copy. Tell it by telephone."
)


class PassphraseFields(QWidget):
    """Both fields may be pasted into."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._first, self._again = _field("Passphrase"), _field("Passphrase, once more")
        self._see = QCheckBox("Show the passphrase")
        self._see.toggled.connect(self._show)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        for words, field in (("Passphrase", self._first), ("Passphrase, once more", self._again)):
            named = label(words, "field")
            named.setBuddy(field)
            stack.addWidget(named)
            stack.addWidget(field)
            field.textEdited.connect(lambda _: self.typed.emit())
        stack.addWidget(label(ADVICE, "help"))
        stack.addWidget(self._see)

    @property
    def words(self) -> str:
        """What is typed in the first."""
        return self._first.text()

    def why_not_alike(self) -> str:
        """A sentence where the two differ."""
        return (
            ""
            if self._first.text() == self._again.text()
            else "The two passphrases differ. Type both once more."
        )

    def clear(self) -> None:
        """Forgets what was typed."""
        for field in (self._first, self._again):
            field.clear()
        self._see.setChecked(False)

    def _show(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password
        for field in (self._first, self._again):
            field.setEchoMode(mode)


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
