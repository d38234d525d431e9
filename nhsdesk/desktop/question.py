"""Something only a person can say, asked on the page, with the answers as buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop.words import label, on_a_button

Answer = tuple[str, Callable[[], None]]
"""The words on the button, and what follows."""


class Question(QWidget):
    """One question at a time; the last answer is the one that changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label(role="h1")
        self._words = label()
        self._answers = QHBoxLayout()
        self._answers.setSpacing(12)
        self._buttons: list[QPushButton] = []
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(16)
        inside.addWidget(self._words)
        inside.addLayout(self._answers)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        stack.addWidget(self._title)
        stack.addWidget(card)
        stack.addStretch(1)

    def put(self, title: str, sentence: str, answers: tuple[Answer, ...]) -> None:
        """Asks this from now on."""
        while self._answers.count():
            item = self._answers.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._title.setText(title)
        self._words.setText(sentence)
        self._buttons = []
        for words, answer in answers:
            button = QPushButton(on_a_button(words))
            button.setAutoDefault(True)
            button.setAccessibleDescription(sentence)
            button.clicked.connect(lambda _=False, answer=answer: answer())
            self._answers.addWidget(button)
            self._buttons.append(button)
        self._answers.addStretch(1)

    def take_focus(self) -> None:
        """The answer that changes nothing comes first to hand."""
        self._buttons[-1].setFocus()
