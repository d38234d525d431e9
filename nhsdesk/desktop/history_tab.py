"""The history of an entry: field by field, who, in which copy and when, with "Put this back"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nhsdesk.commands import entries, histories
from nhsdesk.commands.histories import Turn
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import label
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.store.database import Notice

MOST = 200
"""Turns shown; the command line tells all of a longer history."""


class HistoryTab(QScrollArea):
    """What was done to one entry, newest first. It is read when it is first looked at."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind
        self._id: Id | None = None
        self._stale = True
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("History")
        desk.changed.connect(self._take_in)

    def show_entry(self, id_: Id) -> None:
        """Tells of this entry from now on."""
        self._stale = self._stale or id_ != self._id
        self._id = id_

    def rest(self) -> None:
        """Tells of none."""
        self._id, self._stale = None, True

    def look(self) -> None:
        """Reads the history, if something was done since it was read."""
        if self._stale and self._id is not None:
            self._stale = False
            self._show(histories.turns(self._desk.database, self._id))

    def _take_in(self, notice: Notice) -> None:
        if self._id in notice.changed.get(self._kind.name, ()):
            self._stale = True
            if self.isVisible():
                self.look()

    def _show(self, turns: tuple[Turn, ...]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(2)
        heading = ("", "", "", "")
        for number, turn in enumerate(turns[:MOST]):
            done = (turn.when, turn.who, turn.copy, turn.step)
            if done != heading:
                heading = done
                column.addSpacing(12 if number else 0)
                column.addWidget(label(f"{turn.when}, {turn.who}, copy {turn.copy}", "field"))
                column.addWidget(label(turn.step, "quiet"))
            column.addLayout(self._line(turn))
        if len(turns) > MOST:
            column.addWidget(label(f"And {len(turns) - MOST:,} earlier changes.", "quiet"))
        column.addStretch(1)
        self.setWidget(inside)

    def _line(self, turn: Turn) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(turn.words), 1)
        if turn.may_go_back and not self._desk.database.read_only_because:
            back = QPushButton("Put this back")
            name = self._kind.field(turn.field).label
            back.setAccessibleName(f"Put this back: {name} as it was before {turn.when}")
            back.clicked.connect(lambda: self._put_back(turn))
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _put_back(self, turn: Turn) -> None:
        id_ = self._id
        if id_ is None:
            return

        def put() -> bool:
            entries.put_back(self._desk.database, self._kind, id_, turn.field, turn.before)
            return True

        if self._desk.attempt(put, otherwise=False):
            self._desk.say(f"“{self._kind.field(turn.field).label}” is as it was before {turn.when}.")
