"""Several registers on one page, one at a time: for kinds of record that are looked at seldom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout

from nhsdesk.desktop import last_place
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.words import label
from nhsdesk.domain.fields import RecordKind


class _Which(QComboBox):
    """Says which list; the keys of the register work from here too."""

    adds = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.New):  # the register's own hears it only from inside
            self.adds.emit()
            return
        super().keyPressEvent(event)


class ListsPage(Page):
    """A box that says which list, and below it the register of that kind, made when it is first chosen."""

    def __init__(self, desk: Desk, title: str, kinds: tuple[RecordKind, ...]) -> None:
        super().__init__(desk)
        self.title = title
        self._kinds = kinds
        self._made: dict[int, RegisterPage] = {}
        self._which = _Which()
        self._which.setAccessibleName("Which list")
        self._which.addItems([kind.plural for kind in kinds])
        self._stack = QStackedWidget()
        named = label("Which list", "field", wrap=False)
        named.setBuddy(self._which)
        line = QHBoxLayout()
        line.setContentsMargins(24, 12, 24, 0)
        line.setSpacing(8)
        line.addWidget(named)
        line.addWidget(self._which)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._stack, 1)
        self._before = last_place.number_of(desk.layout, self._last, [kind.plural for kind in kinds])
        self._which.setCurrentIndex(self._before)
        self._which.currentIndexChanged.connect(self._turn_to)
        self._which.adds.connect(lambda: self.register.begin_new())

    @property
    def register(self) -> RegisterPage:
        """The register in front."""
        number = max(self._which.currentIndex(), 0)
        if number not in self._made:
            made = self._made[number] = RegisterPage(self.desk, self._kinds[number])
            made.selection_changed.connect(self.selection_changed)
            self._stack.addWidget(made)
        return self._made[number]

    def register_of(self, kind: RecordKind) -> RegisterPage:
        """Turns to the list of a kind."""
        self._which.setCurrentIndex(self._kinds.index(kind))
        return self.register

    def shown(self) -> None:
        register = self.register
        self._stack.setCurrentWidget(register)
        register.shown()
        self.selection_changed.emit()

    def take_focus(self) -> None:
        self._which.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return all(register.finish_typing() for register in self._made.values())

    def selection_words(self) -> str:
        return self.register.selection_words()

    @property
    def _last(self) -> str:
        """Under what this computer keeps which list was in front: several places have a page of lists."""
        return f"lists of {self._kinds[0].plural}"

    def keep_layout(self) -> None:
        last_place.keep(self.desk.layout, self._last, self._which.currentText())
        for register in self._made.values():
            register.keep_layout()

    def _turn_to(self, number: int) -> None:
        before = self._made.get(self._before)
        if number != self._before and before is not None and not before.finish_typing():
            self._which.setCurrentIndex(self._before)
            return
        self._before = number
        self.shown()
