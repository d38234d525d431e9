"""One section of a composed briefing: words of one's own before and after it, and until when it is private."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from nhsdesk.desktop import theme, words
from nhsdesk.domain.composing import Chosen
from nhsdesk.domain.entry import read_day
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

_PAUSE = 700
"""Thousandths of a second after the last key."""


class SectionWords(QWidget):
    """What is typed is kept when its field is left, and a moment after each pause so that it outlives a crash.

    `keep` takes the `Chosen` as it is now, and says whether it was kept: what was not kept stays in its field.
    """

    paused = Signal(object)
    """The `Chosen` as it is typed just now."""

    def __init__(self, keep: Callable[[Chosen], bool]) -> None:
        super().__init__()
        self._keep = keep
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._tell_typed)
        self._chosen: Chosen | None = None
        self._today = date.min
        self.heading = words.label(role="h2")
        self.why = words.label(role="help")
        self.before, self.after = _field("Own words before it"), _field("Own words after it")
        for edit in (self.before, self.after):
            edit.textChanged.connect(self._pause.start)
        self.until = QLineEdit()
        self.until.setAccessibleName("Private until")
        self.until.editingFinished.connect(self.take)
        self.trouble = words.label(role="problem")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(12), 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.heading)
        inside.addWidget(self.why)
        for name, control in (
            ("Own words before it", self.before),
            ("Own words after it", self.after),
            ("Private until", self.until),
        ):
            label = words.label(name, role="field")
            label.setBuddy(control)
            inside.addWidget(label)
            inside.addWidget(control)
            control.installEventFilter(self)
        inside.addWidget(
            words.label(
                "Until that day only our own board reads it. An empty line begins a paragraph.", "help"
            )
        )
        inside.addWidget(self.trouble)
        inside.addStretch(1)

    def show_section(self, chosen: Chosen | None, why: str, today: date, *, locked: bool) -> bool:
        """Shows a section, and why it is left out. False where words being typed in the same section stay."""
        same = chosen is not None and self._chosen is not None and chosen.heading == self._chosen.heading
        if same and self._typed() != self._chosen:
            return False
        self._chosen, self._today = chosen, today
        shown = chosen or Chosen("")
        self.heading.setText(shown.heading)
        self.why.setText(f"Left out: {why}." if why else "")
        self.why.setVisible(bool(why))
        self.before.setPlainText(shown.before)
        self.after.setPlainText(shown.after)
        self._pause.stop()
        self.until.setText(day_words(shown.private_until) if shown.private_until else "")
        self._tell("")
        for control in (self.before, self.after, self.until):
            control.setEnabled(chosen is not None and not locked)
        return True

    def take(self) -> bool:
        """Tells what was typed; False where its day cannot be read, which then stays as typed."""
        if self._chosen is None:
            return True
        typed = self._typed()
        if typed is None:
            return False
        if typed != self._chosen:
            self._pause.stop()
            before, self._chosen = self._chosen, typed
            if not self._keep(typed):
                self._chosen = before
                return False
        elif self._pause.isActive():
            self._pause.stop()
            self._tell_typed()
        return True

    def put_typed(self, before: str, after: str) -> None:
        """Puts words back that were being typed."""
        self.before.setPlainText(before)
        self.after.setPlainText(after)

    def _tell_typed(self) -> None:
        if self._chosen is not None:
            before, after = self.before.toPlainText().strip(), self.after.toPlainText().strip()
            self.paused.emit(replace(self._chosen, before=before, after=after))

    def _typed(self) -> Chosen | None:
        """The section as typed; None where there is none, or its day cannot be read."""
        if self._chosen is None:
            return None
        until = None
        if text := self.until.text().strip():
            read = read_day(text, self._today)
            if isinstance(read, Problem):
                self._tell(read.sentence)
                return None
            until = read
        self._tell("")
        return replace(
            self._chosen,
            before=self.before.toPlainText().strip(),
            after=self.after.toPlainText().strip(),
            private_until=until,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and watched in (self.before, self.after):
            self.take()
        return super().eventFilter(watched, event)

    def _tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


def _field(name: str) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setAccessibleName(name)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(theme.px(88))
    return edit
