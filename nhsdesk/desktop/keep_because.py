"""Beside words that look like an NHS number: a way to keep them all the same, with the reason for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nhsdesk.desktop.words import label, on_a_button


class KeepBecause(QWidget):
    """A button that asks for the reason. It takes no room while nothing is to be kept."""

    kept = Signal(str)
    """The reason, once it is given."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self._ask = QPushButton(on_a_button("Keep it, because…"))
        self._ask.setAccessibleName(f"Keep “{of}”, because…")
        self._ask.clicked.connect(self._asked)
        self._why = QLineEdit()
        self._why.setAccessibleName(f"Why “{of}” is kept")
        self._why.setPlaceholderText("For example: the council’s own case number")
        self._why.returnPressed.connect(self._given)
        self._keep = QPushButton("Keep it for this reason")
        self._keep.clicked.connect(self._given)
        self._rest = (
            label("Why it is no patient’s number. The reason is kept in the history, without it.", "help"),
            self._why,
            self._keep,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)
        for one in self._rest:
            column.addWidget(one)
        self.offer(False)

    def offer(self, wanted: bool) -> None:
        """Shows the way, or takes it and what was typed away."""
        if wanted and not self.isHidden():
            return
        self._why.clear()
        self._ask.setVisible(wanted)
        for one in self._rest:
            one.hide()
        self.setVisible(wanted)

    def _asked(self) -> None:
        self._ask.hide()
        for one in self._rest:
            one.show()
        self._why.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._into_sight)

    def _into_sight(self) -> None:
        """Scrolls what surrounds it until the last button is seen, once it has found its place."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self._keep)

    def _given(self) -> None:
        if self._why.text().strip():
            self.kept.emit(self._why.text().strip())
