"""What a field names, as chips that open it: by click, by Enter or Space; Delete and Backspace take it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain.kinds import NEW, Id


class _Chip(QPushButton):
    """One entry that is named."""

    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.id = NEW
        self.ref = ""
        self.setProperty("link", "true")
        self.setAccessibleDescription("Delete takes it out of the field.")
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.ref)
            return
        super().keyPressEvent(event)


class LinkChips(QWidget):
    """A chip for each entry that a field names; hidden while it names none."""

    opened = Signal(object)
    """The id of an entry somebody wants to see."""
    removed = Signal(str)
    """The reference of one that the field is to name no more."""

    def __init__(self, label: str, *, several: bool) -> None:
        super().__init__()
        self._label, self._several = label, several
        self._chips: list[_Chip] = []
        self._row = Flow()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.setLayout(self._row)
        self._add_chip()  # so that Tab comes by it in its turn
        self.hide()

    def show_named(self, named: Sequence[tuple[Id, str]]) -> None:
        """Shows those entries, each by its id and reference."""
        while len(self._chips) < len(named):
            self._add_chip()
        for chip, (id_, ref) in zip(self._chips, named, strict=False):
            chip.id, chip.ref = id_, ref
            chip.setText(on_a_button(f"Open {ref}"))
            one = f"Open {ref}, named in “{self._label}”"
            chip.setAccessibleName(one if self._several else f"Open what “{self._label}” names")
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < len(named))
        self.setVisible(bool(named))

    def _add_chip(self) -> None:
        chip = _Chip()
        chip.clicked.connect(lambda: self.opened.emit(chip.id))
        chip.removed.connect(self.removed)
        self._row.addWidget(chip)
        if self._chips:
            QWidget.setTabOrder(self._chips[-1], chip)
        self._chips.append(chip)
