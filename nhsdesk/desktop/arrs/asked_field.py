"""One line asked for on a page made for its work: its name above, what is wrong with it below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.line_edit import WordsEdit
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label


class AskedField(QWidget):
    """Words typed for the page alone; nothing is kept of them until a button says so."""

    done = Signal()
    """The person has left the field, or pressed Enter in it."""

    def __init__(self, name: str, help: str = "", wide: int = 200, example: str = "") -> None:
        super().__init__()
        self.edit = WordsEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(example)
        self.edit.editingFinished.connect(self.done)
        self._wide, self._help = wide, help
        self._trouble = Told()
        named = label(name, "field", wrap=False)
        named.setBuddy(self.edit)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(4)
        stack.addWidget(named)
        stack.addWidget(self.edit)
        if help:
            stack.addWidget(label(help, "help"))
        stack.addWidget(self._trouble)
        stack.addStretch(1)
        self._at_this_zoom()
        theme.changes.made.connect(self._at_this_zoom)
        self.tell("")

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.edit.text()

    def show_words(self, words: str) -> None:
        """Puts words in it in place of what stands there."""
        self.edit.setText(words)
        self.edit.setCursorPosition(0)
        self.tell("")

    def tell(self, problem: str) -> None:
        """Says what is wrong with it, to eyes and ears; nothing takes it back."""
        self._trouble.tell(problem)
        self.edit.setAccessibleDescription(" ".join(filter(None, (self._help, problem))))

    def _at_this_zoom(self) -> None:
        self.edit.setMinimumWidth(theme.px(120))
        self.setMaximumWidth(theme.px(self._wide))


def in_a_row(*parts: QWidget) -> QHBoxLayout:
    """Fields beside each other, their tops in line, the rest of the line empty."""
    line = QHBoxLayout()
    line.setSpacing(12)
    for part in parts:
        line.addWidget(part, 1)
    line.addStretch(0)
    return line
