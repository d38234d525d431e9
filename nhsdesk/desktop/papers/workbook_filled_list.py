"""What is filled so far, place by place: gone to with Enter, left out with Delete."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands.mapped_workbooks import Said
from nhsdesk.desktop.commitments.parts import pressed, row, table
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.workbook_mappings import MappedCell, MappedList

Mapped = MappedCell | MappedList
NOTHING_YET = (
    "Nothing is filled yet. Go to a cell with the arrows and press Enter, or press F8 to go to the next place that "
    "asks to be filled."
)


class FilledList(QWidget):
    """Every mapped cell and list."""

    wanted = Signal(object)
    """A mapped cell or list that somebody wants to see, and to say anew."""
    emptied = Signal(object)
    """A mapped cell or list that nothing is to fill any more."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[object, Mapped] = {}
        self.whose = ""
        """What the workbook is called."""
        self.first = label(role="help")
        self.list = table("What is filled so far", ("Place", "Filled with"), 1)
        self.list.opened.connect(lambda _: self._tell(self.wanted))
        self.change = pressed("Change", "edit", lambda: self._tell(self.wanted))
        self.leave = pressed("Fill it no longer", "remove", lambda: self._tell(self.emptied))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.first)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.change, self.leave))

    def show_said(self, said: Said) -> None:
        """Shows what is said of a workbook."""
        every: list[Mapped] = [*said.cells, *(one for one, _ in said.lists)]
        self._seen = {(one.KIND.name, one.id): one for one in every}
        count = counted(len(self._seen), "place is", "places are")
        self.first.setText(f"{self.whose}: {count} filled." if self._seen else f"{self.whose}. {NOTHING_YET}")
        self.list.show_rows([(key, _cells(one)) for key, one in self._seen.items()])
        for button in (self.change, self.leave):
            button.setEnabled(bool(self._seen))

    def _tell(self, signal: object) -> None:
        one = self._seen.get(self.list.current)
        if one is not None:
            signal.emit(one)  # type: ignore[attr-defined]


def _cells(one: Mapped) -> tuple[str, ...]:
    if isinstance(one, MappedCell):
        return f"{one.cell} of {one.sheet}", one.fills or f"always {quoted(one.words or '')}"
    return f"below {one.header} of {one.sheet}", f"rows of {one.fills}"
