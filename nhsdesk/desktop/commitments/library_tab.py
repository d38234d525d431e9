"""The starter library: documents many PCNs work under, with what was read in them, taken over line by line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import library
from nhsdesk.commands.library import Offered
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable

WHAT_IT_IS = (
    "None of these lines was checked against its document. Each says where it was seen, and names a page only where "
    "that source did. Choose lines with Space; a document’s own line chooses all of it."
)
_HEADINGS = ("Take over", "Document or line", "Page", "Kind", "Seen in")


class LibraryTab(QWidget):
    """Lines to choose from; what was taken over before says as what."""

    adopted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offered: tuple[Offered, ...] = ()
        self._chosen: set[str] = set()
        self.table = _Choosing("Starter library", _HEADINGS, wrapped=(1,))
        self.table.opened.connect(self._toggle)
        self.table.pressed_space.connect(self._toggle)
        self.table.setMinimumHeight(160)
        self.take = button("", "import", primary=True)
        self.take.clicked.connect(self._adopt)
        self._lay_out()

    def look(self) -> None:
        """Lists the library beside what the file has of it."""
        self._offered = self._desk.attempt(lambda: library.offered(self._desk.database), ())
        self._chosen &= {one.key for one in self._offered if not one.taken}
        self._show()

    def _show(self) -> None:
        self.table.show_rows([(one.key, self._cells(one)) for one in self._offered])
        count = counted(len(self._chosen), "chosen line", "chosen lines")
        self.take.setText(f"Take over {count}" if self._chosen else "Take over chosen lines")
        self.take.setEnabled(bool(self._chosen) and self._desk.may_write)

    def _cells(self, one: Offered) -> tuple[str, ...]:
        state = f"Here as {one.taken}" if one.taken else "Yes" if one.key in self._chosen else "No"
        if one.reading is None:
            body = f", {one.document.body}" if one.document.body else ""
            return (state, f"{one.document.title}{body}", "", "Document", one.document.source)
        page = one.reading.locator or "Not given"
        return (state, f"\u2003{one.reading.title}", page, one.reading.kind.words, one.reading.source)

    def _toggle(self, key: str) -> None:
        asked = next((one for one in self._offered if one.key == key), None)
        if asked is None:
            return
        whole = [one for one in self._offered if one.document is asked.document and not one.taken]
        keys = {one.key for one in whole} if asked.reading is None else {key} - _taken(self._offered)
        if keys <= self._chosen:
            self._chosen -= keys
        else:
            self._chosen |= keys
        self._show()

    def _adopt(self) -> None:
        chosen = frozenset(self._chosen)
        done = self._desk.attempt(lambda: library.adopt(self._desk.database, chosen))
        if done is None:
            return
        self._chosen.clear()
        self.look()
        documents = counted(done.documents, "document", "documents")
        commitments = counted(done.commitments, "commitment", "commitments")
        self._desk.say(f"{documents} and {commitments} were taken over. Undo takes them out again.")
        self.adopted.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(WHAT_IT_IS, "quiet"))
        column.addWidget(self.table, 1)
        row = Flow()
        row.addWidget(self.take)
        column.addLayout(row)


def _taken(offered: tuple[Offered, ...]) -> set[str]:
    return {one.key for one in offered if one.taken}


class _Choosing(WrappedTable):
    """Space says yes or no to the current row."""

    pressed_space = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            self.pressed_space.emit(self.current)
            return
        super().keyPressEvent(event)
