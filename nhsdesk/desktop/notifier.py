"""Word of every commit, brought to the window's thread: pages listen here, and no page calls another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nhsdesk.store.database import Database, Notice


class Notifier(QObject):
    """Says after each commit what it changed, whoever made it: a form, an import, undo, or another copy."""

    changed = Signal(object)
    """A `Notice`: the position, and the ids of each kind. Ids have 63 bits, so they travel as objects."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._end = database.subscribe(self._tell)

    def stop(self) -> None:
        """No more word of this file."""
        self._end()

    def _tell(self, notice: Notice) -> None:
        self.changed.emit(notice)
