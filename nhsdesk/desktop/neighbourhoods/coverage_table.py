"""The ten core services by hub: a status in every cell as shape and word, set by a letter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidgetItem

from nhsdesk.desktop import theme
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain import coverage
from nhsdesk.domain.hubs import CoreService
from nhsdesk.sections.coverage import HubSeen

_NOT_WANTED = "not in its list"


class CoverageTable(WrappedTable):
    """A row for each service, a column for each hub. L, P, G and N set the status of the current cell."""

    pressed_status = Signal(object)
    """A status to be set for the current cell; None to take away what was said."""
    moved = Signal()
    """Another cell is current."""

    def __init__(self) -> None:
        super().__init__("Services by hub", ("Service", ""), wrapped=(0,))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setAccessibleDescription("L sets live, P planned, G a gap, N none; Delete takes it away")
        self.setMinimumHeight(theme.px(160))
        self._hubs: tuple[HubSeen, ...] = ()
        self.currentCellChanged.connect(lambda *_: self.moved.emit())

    def show_hubs(self, hubs: tuple[HubSeen, ...]) -> None:
        """Shows every service at these hubs."""
        at = self.currentColumn()
        self._hubs = hubs
        self.blockSignals(True)
        self.setColumnCount(1 + len(hubs))
        self.setHorizontalHeaderLabels(["Service", *(_short(one.hub.name) for one in hubs)])
        self.blockSignals(False)
        rows = [(service, self._cells(service)) for service in CoreService] if hubs else []
        self.show_rows(rows)
        for n in range(1, self.columnCount()):
            heading = self.horizontalHeaderItem(n)
            if isinstance(heading, QTableWidgetItem):
                heading.setToolTip(hubs[n - 1].hub.name)
        if rows:
            self.setCurrentCell(max(self.currentRow(), 0), min(max(at, 1), len(hubs)))

    def _cells(self, service: CoreService) -> tuple[str, ...]:
        words = service.value
        return (f"{words[:1].upper()}{words[1:]}", *(_status(one, service) for one in self._hubs))

    @property
    def hub(self) -> HubSeen | None:
        """The hub of the current column."""
        at = self.currentColumn() - 1
        return self._hubs[at] if 0 <= at < len(self._hubs) else self._hubs[0] if self._hubs else None

    @property
    def service(self) -> CoreService | None:
        """The service of the current row."""
        key: Any = self.current
        return key if isinstance(key, CoreService) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter sets the status of the current cell, Delete takes it away."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        status = coverage.KEYS.get(event.text().casefold()) if plain and event.text() else None
        if status is not None:
            self.pressed_status.emit(status)
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pressed_status.emit(None)
            return
        super().keyPressEvent(event)


def _status(one: HubSeen, service: CoreService) -> str:
    cell = next((cell for cell in one.cells if cell.service is service), None)
    if cell is None:
        return _NOT_WANTED
    lacks = " (a way in is missing)" if cell.missing else ""
    return f"{coverage.status_words(cell.status)}{lacks}"


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"
