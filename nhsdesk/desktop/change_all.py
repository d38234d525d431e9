"""One field of all selected entries, changed as one step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import READ_ONLY, Editor, editor_for
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.fields import Field
from nhsdesk.domain.kinds import Id


class ChangeAll(QFrame):
    """Which field, what it shall hold, and a button that says how many entries it changes."""

    closed = Signal()

    def __init__(self, desk: Desk, model: RecordModel, table: RecordTable) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._model, self._table = model, table
        self._ids: list[Id] = []
        self._fields = [field for field in model.kind.fields if not isinstance(field.kind, READ_ONLY)]
        self._which = QComboBox()
        self._which.setAccessibleName("Field to change")
        self._which.addItems([field.label for field in self._fields])
        self._which.setMaxVisibleItems(16)
        self._which.currentIndexChanged.connect(self._show_editor)
        self._editor: Editor | None = None
        self._do = QPushButton()
        self._do.setProperty("primary", "true")
        self._do.clicked.connect(self._change)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.closed)
        table.chosen_changed.connect(self._follow)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        named = label("Change", wrap=False)
        named.setBuddy(self._which)
        self._row.addWidget(named)
        self._row.addWidget(self._which)
        self._row.addWidget(label("to", wrap=False))
        self._row.addWidget(self._do)
        self._row.addWidget(cancel)

    def ask(self) -> None:
        """Asks for the entries that are chosen."""
        self._follow()
        self._show_editor()
        self._which.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _follow(self) -> None:
        """Whoever chooses others meanwhile changes those."""
        if self.isHidden():
            return
        self._ids, kind = self._table.selected_ids(), self._model.kind
        self._do.setText(on_a_button(f"Change {counted(len(self._ids), kind.noun, kind.nouns)}"))
        self._do.setEnabled(bool(self._ids))

    @property
    def _field(self) -> Field:
        return self._fields[max(self._which.currentIndex(), 0)]

    def _show_editor(self) -> None:
        if self._editor is not None:
            self._row.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
        self._editor = editor_for(self._field, self._desk)
        self._row.insertWidget(3, self._editor, 1)
        for first, second in ((self._which, self._editor), (self._editor, self._do)):
            self.setTabOrder(first, second)

    def _change(self) -> None:
        assert self._editor is not None
        if self._model.enter_for_all(self._ids, self._field.name, self._editor.words()):
            self.closed.emit()
