"""The name under which a view is saved, asked for above the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label


class ViewName(QFrame):
    """One line and a button."""

    named = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.line = QLineEdit()
        self.line.setAccessibleName("Name of the view")
        self.line.setAccessibleDescription("Everybody who opens this PCN file will have it")
        self.line.returnPressed.connect(self._give)
        save = QPushButton("Save view")
        save.setProperty("primary", "true")
        save.clicked.connect(self._give)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.closed)
        self.told = Told()
        """What is wrong with the name."""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        row = QHBoxLayout()
        row.setSpacing(8)
        said = label("Name of the view", wrap=False)
        said.setBuddy(self.line)
        for part in (said, self.line, save, cancel):
            row.addWidget(part, 1 if part is self.line else 0)
        column.addLayout(row)
        column.addWidget(self.told)

    def ask(self, name: str = "") -> None:
        """Asks for a name, beginning with one."""
        self.show()
        self.told.tell("")
        self.line.setText(name)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _give(self) -> None:
        self.named.emit(self.line.text())
