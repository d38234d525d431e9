"""The parts of one entry as tabs: form, lists that belong to it, notes and links, files, history. Made once a kind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.files_tab import FilesTab
from nhsdesk.desktop.history_tab import HistoryTab
from nhsdesk.desktop.notes_tab import NotesTab
from nhsdesk.desktop.owned_list import OwnedList, owned_kinds
from nhsdesk.desktop.record_form import RecordForm
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id

NOTES = "Notes and links"


class EntryTabs(QTabWidget):
    """Shows one entry of a kind after another: a form takes longer to make than to fill."""

    wanted = Signal(str, object)
    """Kind and id of an entry that this one names or owns."""
    owned_wanted = Signal(str)
    """A kind of which one is to be added to the entry's own list."""
    pasted = Signal(object)
    """Cells for one of the entry's own lists."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName("Parts of this entry")
        self.form = RecordForm(desk, kind)
        self.form.wanted.connect(self.wanted)
        self.addTab(self.form, "Details")
        self._lists: list[OwnedList] = []
        for owned in owned_kinds(kind):
            listed = OwnedList(desk, owned)
            listed.wanted.connect(self.wanted)
            listed.wanted_new.connect(self.owned_wanted)
            listed.pasted.connect(self.pasted)
            listed.counted.connect(self._count)
            self._lists.append(listed)
            self.addTab(listed, on_a_button(owned.plural))
        self._notes = NotesTab(desk)
        self._notes.wanted.connect(self.wanted)
        self._notes.counted.connect(self._count)
        self.addTab(self._notes, NOTES)
        self._files = FilesTab(desk)
        self._files.counted.connect(self._count)
        self.addTab(self._files, "Files")
        self._history = HistoryTab(desk, kind)
        self.addTab(self._history, "History")
        self.currentChanged.connect(lambda _: self._look_at_history())

    def show_entry(self, id_: Id | None, key: str) -> None:
        """Shows an entry, or one begun and not yet added."""
        self.form.show_entry(id_, key)
        self.show_further(id_)

    def show_further(self, id_: Id | None) -> None:
        """What an entry has once it is in the file: its lists and its history."""
        for number in range(1, self.count()):
            self.setTabVisible(number, id_ is not None)
        if id_ is None:
            self.setCurrentIndex(0)
            return
        for listed in self._lists:
            listed.show_owner(id_)
        self._notes.show_entry(id_)
        self._files.show_entry(id_)
        self._history.show_entry(id_)
        self._look_at_history()

    def rest(self) -> None:
        """Shows nothing any more, and listens to no change."""
        self.form.rest()
        for listed in self._lists:
            listed.rest()
        self._notes.rest()
        self._files.rest()
        self._history.rest()

    def keep_typed(self) -> bool:
        """Keeps a note being written; False where that could not be done."""
        return self._notes.keep_typed()

    def keep_layout(self) -> None:
        """Leaves the columns of the lists as they are for the next time."""
        for listed in self._lists:
            listed.keep_layout()

    def _look_at_history(self) -> None:
        if self.currentWidget() is self._history:
            self._history.look()

    def _count(self) -> None:
        for listed in self._lists:
            plural = listed.kind.plural
            words = f"{plural} {listed.count}" if listed.count else plural
            self.setTabText(self.indexOf(listed), on_a_button(words))
        hanging = self._notes.count
        self.setTabText(self.indexOf(self._notes), f"{NOTES} {hanging}" if hanging else NOTES)
        files = self._files.count
        self.setTabText(self.indexOf(self._files), f"Files {files}" if files else "Files")
