"""Which workbook the parts of the page are about."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nhsdesk.commands import mapped_workbooks
from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.workbook_mappings import WorkbookToFill

NONE_CHOSEN = "Choose a workbook under Kept first, or keep one there."


class Chosen(QObject):
    """The workbook chosen under Kept."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.id: Id | None = None

    def choose(self, id_: Id | None) -> None:
        """Another workbook, or none."""
        if id_ != self.id:
            self.id = id_
            self.changed.emit()

    def workbook(self) -> WorkbookToFill | None:
        """It as the file holds it now."""
        return mapped_workbooks.find(self._desk.database, self.id)
