"""The recycle bin of a register: what was removed, by whom and when, and a button that brings it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from nhsdesk.commands import recycle_bin as commands
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.parts import row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id


class RecycleBin(QFrame):
    """It stands in the place of the list."""

    closed = Signal()
    """The list is wanted again."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk, self._kind = desk, kind
        self._told = label()
        self.list = PlainTable(f"Removed {kind.nouns}", ("Ref", "What", "Removed", "By"), stretched=1)
        self.list.opened.connect(lambda _: self._bring_back())
        self.bring = button("Bring back", "undo", primary=True)
        self.bring.clicked.connect(lambda _=False: self._bring_back())
        self.back = button("Back to the list", "back")
        self.back.clicked.connect(lambda _=False: self.closed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(f"Removed {kind.nouns}", "h2"))
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.bring, self.back))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def look(self) -> None:
        """Reads what was removed."""
        found = commands.removed(self._desk.database, self._kind)
        self._told.setText(
            f"{counted(len(found), self._kind.noun, self._kind.nouns)} removed. "
            "What belonged to an entry comes back with it."
            if found
            else f"No {self._kind.nouns} were removed."
        )
        self.list.show_rows([(one.id, (one.ref, one.title, one.when, one.who)) for one in found])
        self.list.setVisible(bool(found))
        self.bring.setEnabled(bool(found) and self._desk.may_write)
        (self.list if found else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self) -> None:
        id_: Id | None = self.list.current
        if id_ is None:
            return
        ref = self._desk.attempt(lambda: commands.bring_back(self._desk.database, self._kind, id_))
        if ref:
            self._desk.say(f"{ref} is back.")
            self.look()
