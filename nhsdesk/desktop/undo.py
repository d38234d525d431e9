"""Undo and Redo, which say what they would take back and do again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from nhsdesk.desktop import icons
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import on_a_button
from nhsdesk.store.undoing import Undone


class Undoing(QObject):
    """The two actions, for menu and top bar alike."""

    about_to = Signal()
    """Before anything is taken back: what is being typed goes into the file first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self.undo = QAction("Undo", self)
        self.redo = QAction("Redo", self)
        self.undo.setObjectName("Undo")  # on the sheet of keys, whatever it would take back just now
        self.redo.setObjectName("Redo")
        icons.put(self.undo, "undo")
        icons.put(self.redo, "redo")
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.undo.triggered.connect(self._undo)
        self.redo.triggered.connect(self._redo)
        self.work_on(None)

    def work_on(self, desk: Desk | None) -> None:
        """Undoes in this file from now on."""
        if self._desk is not None:
            self._desk.changed.disconnect(self._look)
        self._desk = desk
        if desk is not None:
            desk.changed.connect(self._look)
        self._look()

    def _look(self, _: object = None) -> None:
        desk = self._desk
        offers = None if desk is None else desk.attempt(desk.database.offers)
        may = desk is not None and not desk.database.read_only_because
        for action, word, step in (
            (self.undo, "Undo", offers.undo if offers else None),
            (self.redo, "Redo", offers.redo if offers else None),
        ):
            action.setEnabled(may and step is not None)
            told = f"{word}: {step.label}" if step is not None else f"Nothing to {word.lower()}"
            if step is None and word == "Undo" and offers is not None and offers.stopped_by is not None:
                told = f"Undo stops at “{offers.stopped_by.label}”"
            action.setText(on_a_button(told))
            action.setToolTip(told)

    def _undo(self) -> None:
        self._do("Undone", "undo")

    def _redo(self) -> None:
        self._do("Done again", "redo")

    def _do(self, word: str, which: str) -> None:
        self.about_to.emit()
        desk = self._desk
        if desk is None:
            return
        done = desk.attempt(getattr(desk.database, which))
        if isinstance(done, Undone):
            desk.say(f"{word}: {done.label}.")
            if done.left:
                desk.warn(" ".join(problem.sentence for problem in done.left[:5]))
