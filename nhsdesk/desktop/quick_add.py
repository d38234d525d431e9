"""Add anything from anywhere: one line above the page, read as it is typed, with what was understood as chips.

Enter adds it as one step and leaves the line ready for the next; Escape goes back to where one was. A chip is put right
or taken away in its menu, and then gives its words back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.messages import announce
from nhsdesk.desktop.words import label, on_a_button
from nhsdesk.domain import quick_add
from nhsdesk.domain.fields import Record
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.quick_add import FORMS, NOTHING, Chip, Corrected, Known, Understood

_HINT = "For example: action WF starter list 5 Dec; request Alder House estates; question who pays for it?"
_BUSY = "Not added yet: other work is being written into the PCN file just now. Press Enter again when it is over."
_MOST_OFFERED = 40


class QuickAdd(QFrame):
    """Hidden until it is asked for."""

    def __init__(self, desk_of: Callable[[], Desk | None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk_of = desk_of
        self._known = Known()
        self._corrected = NOTHING
        self._understood = Understood(None, "", (), "")
        self._before: QWidget | None = None
        self._added: Record | None = None
        self.line = QLineEdit()
        self.line.setAccessibleName("Add anything in one line")
        self.line.setPlaceholderText(_HINT)
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._add)
        self._add_button = button("Add", "add", primary=True)
        self._add_button.clicked.connect(self._add)
        self._close = button("Close", "close")
        self._close.clicked.connect(self.leave)
        self.chips = QWidget()
        self._row = Flow()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.chips.setLayout(self._row)
        self.title = label("", "quiet")
        self.asks = label("", "help")
        self._open = button("Open it", "open")
        self._open.clicked.connect(self._open_added)
        self._lay_out()
        self.hide()

    # ---- what the window asks

    def begin(self) -> None:
        """Comes to the front with an empty line, or with the one that was left."""
        desk = self._desk_of()
        if desk is None:
            return
        from nhsdesk.commands import quick_add as commands

        self._known = desk.attempt(lambda: commands.known(desk.database), Known())
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._typed()

    def leave(self) -> None:
        """Goes away; the focus is where it was. The line stays for the next time."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def let_go(self) -> None:
        """The PCN file was closed."""
        self._added = None
        self._before = None
        self.line.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    # ---- reading it

    def _typed(self) -> None:
        if not self.line.text().strip():
            self._corrected = NOTHING
        self._read()

    def _read(self) -> None:
        desk = self._desk_of()
        if desk is None:
            return
        line, today = self.line.text(), desk.database.today()
        self._understood = quick_add.read(line, self._known, today, self._corrected)
        if line.strip():
            self._open.hide()
        self._show()

    def _show(self) -> None:
        found, typed = self._understood, bool(self.line.text().strip())
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if typed:
            self._row.addWidget(self._kind_chip(found))
            for chip in found.chips:
                self._row.addWidget(self._chip(chip))
        self.chips.setVisible(typed)
        if found.form is not None and found.title:
            self.title.setText(f"{found.form.cls.KIND.field(found.form.title).label}: {found.title}")
        self.title.setVisible(typed and found.form is not None and bool(found.title))
        told = " ".join(filter(None, (found.lacking if typed else "", *found.asks)))
        self.asks.setText(told)
        self.asks.setVisible(bool(told))
        self._add_button.setEnabled(typed and not found.lacking)
        self._add_button.setAccessibleDescription(told)

    # ---- chips

    def _kind_chip(self, found: Understood) -> QPushButton:
        words = found.form.cls.KIND.title if found.form is not None else "What is it?"
        chip, menu = self._made_chip(words, "Kind")
        chip.setChecked(found.form is not None)
        for form in FORMS:
            action = menu.addAction(on_a_button(form.cls.KIND.title))
            action.triggered.connect(partial(self._correct, replace(self._corrected, kind=form.word)))
        return chip

    def _chip(self, one: Chip) -> QPushButton:
        chip, menu = self._made_chip(f"{one.label}: {one.words}", one.label)
        chip.setChecked(True)
        off = replace(
            self._corrected,
            off=self._corrected.off | {one.field},
            said={name: value for name, value in self._corrected.said.items() if name != one.field},
        )
        words = f"Not this: “{one.typed}” stays in the words" if one.typed else "Not this"
        menu.addAction(on_a_button(words)).triggered.connect(partial(self._correct, off))
        assert self._understood.form is not None
        offers = quick_add.offers(self._understood.form, one.field, self._known)
        if offers:
            menu.addSeparator()
        for value, told in offers[:_MOST_OFFERED]:
            said = replace(self._corrected, said={**self._corrected.said, one.field: value})
            menu.addAction(on_a_button(told)).triggered.connect(partial(self._correct, said))
        return chip

    def _made_chip(self, words: str, name: str) -> tuple[QPushButton, QMenu]:
        chip = QPushButton(on_a_button(words[:80]))
        chip.setProperty("chip", "true")
        chip.setCheckable(True)
        chip.setAccessibleDescription("Opens a menu to put it right.")
        icons.put(chip, "chevron-down", "quiet")
        menu = QMenu(chip)
        menu.setAccessibleName(name)
        chip.setMenu(menu)
        return chip, menu

    def _correct(self, corrected: Corrected, *_: Any) -> None:
        self._corrected = corrected
        self._read()
        QTimer.singleShot(0, self, self._go_on)  # once the menu has gone
        told = [chip.label + " " + chip.words for chip in self._understood.chips]
        announce(self, ". ".join(filter(None, (*told, self._understood.title))))

    def _go_on(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)

    # ---- adding it

    def _add(self) -> None:
        desk = self._desk_of()
        if desk is None or not self.line.text().strip():
            return
        if self._understood.lacking:
            announce(self, self._understood.lacking)
            return
        if because := desk.database.read_only_because:
            desk.warn(f"Nothing was added. {because}")
            return
        if not desk.may_write:
            desk.warn(_BUSY)
            return
        from nhsdesk.commands import quick_add as commands

        added = desk.attempt(lambda: commands.add(desk.database, self._understood))
        if isinstance(added, Problem):
            self.asks.setText(added.sentence)
            self.asks.show()
            announce(self, added.sentence)
        elif isinstance(added, Record):
            self._added = added
            self._corrected = NOTHING
            self.line.clear()
            self._open.setText(on_a_button(f"Open {added.ref}"))
            self._open.show()
            desk.say(f"Added {added.ref} {added.title_words()[:80]}.")

    def _open_added(self) -> None:
        desk, added = self._desk_of(), self._added
        self.leave()
        if desk is not None and added is not None:
            desk.show(added.KIND.name, added.id)

    # ---- how it is laid out

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        named = label("Add", "field", wrap=False)
        named.setBuddy(self.line)
        row.addWidget(named)
        row.addWidget(self.line, 1)
        for one in (self._add_button, self._open, self._close):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(10), theme.px(16), theme.px(10))
        column.setSpacing(8)
        column.addLayout(row)
        for part in (self.chips, self.title, self.asks):
            column.addWidget(part)
            part.hide()
        self._open.hide()
