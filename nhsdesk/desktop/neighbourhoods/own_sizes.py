"""The sizes that one neighbourhood settles for itself; where it has not, those settled for everywhere hold."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands import teams
from nhsdesk.desktop.arrs.beside import FieldBeside
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label

_LABELS = ("Least residents", "Most residents", "About how many staff", "Whose sizes")


class OwnSizes(QWidget):
    """Four fields and who agreed them, for the neighbourhood of the chosen team."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._area = desk, ""
        self._told, self._trouble = label(role="help"), Told()
        self.fields = {key: QLineEdit() for key in teams.SIZES}
        self.agreed = QLineEdit()
        self.settle = pressed("Settle for this neighbourhood", "check", self._settle)
        beside = [
            FieldBeside(name, field, 200 if name == _LABELS[-1] else 84)
            for name, field in zip(_LABELS, self.fields.values(), strict=True)
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._told)
        column.addLayout(row(*beside, FieldBeside("Agreed with", self.agreed, 200), self.settle))
        column.addWidget(self._trouble)

    def show_area(self, area: str, name: str) -> None:
        """Shows what holds for a neighbourhood, by its reference; nothing to settle where there is none."""
        self.setVisible(bool(area))
        if area and area != self._area:
            self._trouble.tell("")
        self._area = area
        if not area:
            return
        self._told.setText(f"Sizes that hold for {name}, settled here from today for it alone:")
        held = teams.sizes(self._desk.database, area)
        for key, field in self.fields.items():
            if not field.hasFocus():
                field.setText(_spoken(held[key]))
        self.settle.setEnabled(self._desk.may_write)

    def _settle(self) -> None:
        typed = {key: field.text() for key, field in self.fields.items()}
        database = self._desk.database
        found = self._desk.attempt(
            lambda: teams.settle(database, self._area, typed, database.today(), self.agreed.text())
        )
        if found is None:
            return
        self._trouble.tell(" ".join(one.sentence for one in found))
        if not found:
            self.agreed.clear()
            self._desk.say("The sizes were settled for this neighbourhood from today.")


def _spoken(value: str) -> str:
    return f"{int(value):,}" if value.isdecimal() else value
