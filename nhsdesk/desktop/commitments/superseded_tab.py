"""What rests on words that may no longer hold: commitments under a replaced document, assurances to be read again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import documents
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.lineage import ToReadAgain
from nhsdesk.domain.periods import day_words

NOTHING_RESTS = "No commitment rests on a document that was replaced."
NOTHING_TO_READ = "No publisher of an assurance to us has published anything since."


class SupersededTab(QWidget):
    """Two lists, each with what to do about it."""

    wanted = Signal(object)
    """The id of a document that somebody wants to read."""
    waiting = Signal(int)
    """How many entries wait here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._again: dict[Id, ToReadAgain] = {}
        self._rest_words = label(role="quiet")
        self.resting = WrappedTable(
            "Commitments resting on what was replaced",
            ("Commitment", "Page", "Rests on", "In force today"),
            wrapped=(0, 2, 3),
        )
        self.resting.opened.connect(lambda id_: self._desk.show("commitment", id_))
        self._again_words = label(role="quiet")
        self.again = WrappedTable(
            "Assurances to be read again", ("Given in", "Assurances", "Published since"), wrapped=(0, 1, 2)
        )
        self.again.opened.connect(self.wanted.emit)
        self.read_newer = button("Read what was published since", "document")
        self.read_newer.clicked.connect(self._read_newer)
        self.done = button("I have read them again", "check")
        self.done.clicked.connect(self._mark)
        self._lay_out()

    def look(self) -> None:
        """Lists what waits now."""
        found = self._desk.attempt(lambda: documents.standing(self._desk.database))
        if found is None:
            return
        rows = [
            (
                one.id,
                (
                    f"{one.ref} {one.title}",
                    one.locator or "Not yet known",
                    f"{old.ref} {old.title}",
                    f"{now.ref} {now.title}" if now else "Not yet known",
                ),
            )
            for old, now, several in found.superseded
            for one in several
        ]
        self.resting.show_rows(rows)
        self.resting.setVisible(bool(rows))
        count = counted(len(rows), "commitment rests", "commitments rest")
        told = f"{count} on a document that was replaced. Read them in what is in force today."
        self._rest_words.setText(told if rows else NOTHING_RESTS)
        self._again = {one.older.id: one for one in found.to_read_again}
        self.again.show_rows([(id_, _cells(one)) for id_, one in self._again.items()])
        self.again.setVisible(bool(self._again))
        several = sum(len(one.assurances) for one in self._again.values())
        count = counted(several, "assurance may", "assurances may")
        told = f"{count} have been taken back since: whoever gave them has published again."
        self._again_words.setText(told if self._again else NOTHING_TO_READ)
        for press in (self.read_newer, self.done):
            press.setVisible(bool(self._again))
        self.done.setEnabled(self._desk.may_write)
        self.waiting.emit(len(rows) + several)

    def _read_newer(self) -> None:
        current = self._again.get(self.again.current)
        if current is not None:
            self.wanted.emit(current.newer.id)

    def _mark(self) -> None:
        current = self._again.get(self.again.current)
        if current is None:
            return
        done = self._desk.attempt(lambda: documents.mark_read_again(self._desk.database, current.older))
        if done is not None:
            self.look()
            self._desk.say(f"The assurances of {done.ref} were read again today.")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Resting on what was replaced", "h2"))
        column.addWidget(self._rest_words)
        column.addWidget(self.resting, 1)
        column.addWidget(label("Assurances to be read again", "h2"))
        column.addWidget(self._again_words)
        column.addWidget(self.again, 1)
        row = Flow()
        row.setSpacing(8)
        row.addWidget(self.read_newer)
        row.addWidget(self.done)
        column.addLayout(row)
        column.addStretch(0)
        for table in (self.resting, self.again):
            table.keep_in_sight()


def _cells(one: ToReadAgain) -> tuple[str, ...]:
    since = f", {day_words(one.newer.dated)}" if one.newer.dated else ""
    refs = "; ".join(f"{held.ref} {held.title}" for held in one.assurances)
    return (f"{one.older.ref} {one.older.title}", refs, f"{one.newer.ref} {one.newer.title}{since}")
