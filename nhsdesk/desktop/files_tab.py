"""The files kept with one entry of any kind: add, save a copy, say what they show, take out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import attachments, entries
from nhsdesk.commands.attachments import Looked
from nhsdesk.desktop import asking, icons
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file_field import ANY_FILE, FOLDER, described, dropped, last_folder, save_a_copy
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.keep_because import KeepBecause
from nhsdesk.desktop.page import scrolled
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.problems import Problem
from nhsdesk.errors import DeskError
from nhsdesk.store.database import Notice

_LISTED = frozenset({Attachment.KIND.name, Evidence.KIND.name})


class FilesTab(QWidget):
    """A list of files. One or several may be dropped on it."""

    counted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id: Id | None = None
        self._looked: Looked | None = None
        self._files: dict[Id, Attachment] = {}
        self._told = Told()
        self._current = label()
        self._because = KeepBecause("the file")
        self._because.kept.connect(self._keep)
        self._list = PlainTable("Files of this entry", ("File", "What it shows"))
        self._list.chosen.connect(lambda _: self._show_chosen())
        self._list.opened.connect(lambda _: self._save_copy())
        self._list.keep_in_sight(2, lines=1)
        self._says = QLineEdit()
        self._says.setAccessibleName("What the chosen file shows")
        self._says.editingFinished.connect(self._say)
        self._build()
        self.setAcceptDrops(not desk.database.read_only_because)
        desk.changed.connect(self._take_in)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._files)

    def show_entry(self, id_: Id) -> None:
        """Lists the files of this entry from now on."""
        if id_ != self._id:
            self._forget()
        self._id = id_
        self._refresh()

    def rest(self) -> None:
        """Lists none."""
        self._id = None
        self._forget()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped(event)
        if len(paths) == 1:
            self._look(paths[0])
        elif paths:
            self._keep_several(paths)

    # ---- building

    def _build(self) -> None:
        self._add, self._save, self._take = (
            QPushButton("Add file…"),
            QPushButton("Save a copy…"),
            QPushButton("Take out"),
        )
        icons.put(self._add, "add")
        self._add.setAccessibleName("Add file… to this entry")
        self._add.setEnabled(not self._desk.database.read_only_because)
        self._save.setAccessibleName("Save a copy… of the chosen file")
        self._take.setAccessibleName("Take out the chosen file")
        self._add.clicked.connect(self._ask_for_one)
        self._save.clicked.connect(self._save_copy)
        self._take.clicked.connect(self._take_out)
        row = Flow()
        row.setSpacing(8)
        for one in (self._add, self._save, self._take):
            row.addWidget(one)
        named = label("What the chosen file shows", "field")
        named.setBuddy(self._says)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._because)
        column.addWidget(self._current)
        column.addWidget(self._list, 1)
        column.addWidget(named)
        column.addWidget(self._says)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def _forget(self) -> None:
        self._looked = None
        self._told.tell("")
        self._because.offer(False)

    def _refresh(self) -> None:
        held = () if self._id is None else attachments.of_entry(self._desk.database, self._id)
        self._files = {one.id: one for one in held}
        current = "" if self._id is None else attachments.current_words(self._desk.database, self._id)
        self._current.setText(current)
        self._current.setVisible(bool(current))
        self._list.show_rows([(one.id, (described(one.kept), one.says or "")) for one in held])
        self._show_chosen()
        self.counted.emit()

    def _chosen(self) -> Attachment | None:
        return self._files.get(self._list.key(self._list.currentRow()))

    def _show_chosen(self) -> None:
        one = self._chosen()
        may = one is not None and not self._desk.database.read_only_because
        self._save.setEnabled(one is not None and not one.kept.lies_at)
        self._take.setEnabled(may)
        self._says.setEnabled(may)
        self._says.setText("" if one is None else one.says or "")

    # ---- what the person does

    def _ask_for_one(self) -> None:
        path = asking.choose_existing(self, "Add a file", last_folder(self._desk), ANY_FILE)
        if path is not None:
            self._desk.layout.keep_word(FOLDER, str(path.parent))
            self._look(path)

    def _look(self, path: Path) -> None:
        self._forget()
        self._looked = self._desk.attempt(lambda: attachments.look(path))
        if self._looked is None:
            return
        if self._looked.problem is None:
            self._keep("")
            return
        self._told.tell(f"{self._looked.problem.sentence} The file was not kept.")
        self._because.offer(True)

    def _keep(self, reason: str) -> None:
        id_, looked = self._id, self._looked
        if id_ is None or looked is None:
            return
        made = self._desk.attempt(
            lambda: attachments.attach(self._desk.database, id_, looked, patient_data_reason=reason)
        )
        if made is not None:
            self._forget()
            self._list.go_to(made.id)
            self._desk.say(looked.told)

    def _keep_several(self, paths: tuple[Path, ...]) -> None:
        """Keeps each file that may be kept without a word, and tells of each of the others why it was not."""
        id_ = self._id
        self._forget()
        if id_ is None or not self._desk.may_write:
            return
        kept, refused = 0, list[str]()
        for path in paths:
            try:
                looked = attachments.look(path)
                attachments.attach(self._desk.database, id_, looked)
                kept += 1
            except DeskError as error:
                refused.append(str(error))
        self._desk.say(f"{kept} of {len(paths)} files are kept in the PCN file.")
        if refused:
            self._told.tell(" ".join(refused))

    def _save_copy(self) -> None:
        one = self._chosen()
        if one is not None and not one.kept.lies_at:
            save_a_copy(self, self._desk, one.kept)

    def _take_out(self) -> None:
        one = self._chosen()
        if one is not None and self._desk.attempt(lambda: entries.remove(self._desk.database, one)) == ():
            self._desk.say(f"{one.kept.name} was taken out. Undo brings it back.")

    def _say(self) -> None:
        one, words = self._chosen(), self._says.text()
        if one is None or words.strip() == (one.says or ""):
            return
        done = self._desk.attempt(
            lambda: entries.enter(self._desk.database, Attachment.KIND, one.id, "says", words)
        )
        self._told.tell(done.sentence if isinstance(done, Problem) else "")

    def _take_in(self, notice: Notice) -> None:
        if self._id is not None and not _LISTED.isdisjoint(notice.changed):
            self._refresh()
