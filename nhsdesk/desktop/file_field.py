"""A field that holds a file: add one, save a copy, take it out. Nothing of it is ever opened or run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import attachments
from nhsdesk.commands.attachments import Looked
from nhsdesk.desktop import asking
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.keep_because import KeepBecause
from nhsdesk.desktop.told_here import Told
from nhsdesk.domain import kept_files
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.kinds import Id, KeptFile

ANY_FILE = "All files (*)"
FOLDER = "files.folder"
"""Where files were last taken from, kept for this computer."""


class FileField(QWidget):
    """Shows which file is there and how large it is. A file may be dropped on it."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__()
        self._field = field
        self._desk = desk
        self._kind: RecordKind | None = None
        self._id: Id | None = None
        self._kept: KeptFile | None = None
        self._looked: Looked | None = None
        self._may = not desk.database.read_only_because
        self._name = QLineEdit()
        self._name.setReadOnly(True)
        self._name.setAccessibleName(field.label)
        self._name.setPlaceholderText("No file")
        self._told = Told()
        self._because = KeepBecause(field.label)
        self._because.kept.connect(self._keep)
        self._add, self._save, self._take = (
            self._button(words, f"{words} “{field.label}”")
            for words in ("Add file…", "Save a copy…", "Take out")
        )
        self._add.clicked.connect(self._ask_for_one)
        self._save.clicked.connect(self._save_copy)
        self._take.clicked.connect(self._take_out)
        row = Flow()
        row.setSpacing(8)
        for one in (self._add, self._save, self._take):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._because)
        self.setFocusProxy(self._name)
        self.setAcceptDrops(True)
        self._show_buttons()

    def words(self) -> str:
        return "" if self._kept is None else self._kept.name

    def show_words(self, words: str) -> None:
        """A file is shown by `show_file`; words alone are none."""
        if not words:
            self.show_file(self._kind, None, None)

    def show_file(self, kind: RecordKind | None, id_: Id | None, kept: KeptFile | None) -> None:
        """Shows what the field of an entry holds; an entry not yet added holds nothing."""
        if (id_, kept) != (self._id, self._kept):
            self._looked = None
            self._told.tell("")
            self._because.offer(False)
        self._kind, self._id, self._kept = kind, id_, kept
        self._name.setText("" if kept is None else described(kept))
        self._name.setPlaceholderText(
            "No file" if id_ is not None else "A file can be added once this is added"
        )
        self._name.setCursorPosition(0)
        self._show_buttons()

    def allow(self, may: bool) -> None:
        """Lets files be added and taken out, or only saved."""
        self._may = may
        self._show_buttons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._add.isEnabled() and dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped(event)
        if len(paths) > 1:
            self._told.tell(
                f"“{self._field.label}” holds one file, and {len(paths)} were dropped. None was kept. Drop the one "
                "it is to hold; others can be kept under Files."
            )
        elif paths:
            self._take_in(paths[0])

    # ---- inside

    def _button(self, words: str, named: str) -> QPushButton:
        made = QPushButton(words)
        made.setAccessibleName(named)
        return made

    def _show_buttons(self) -> None:
        self._add.setEnabled(self._may and self._id is not None)
        self._save.setVisible(self._kept is not None and not self._kept.lies_at)
        self._take.setVisible(self._kept is not None and not self._field.given)
        self._take.setEnabled(self._may)

    def _ask_for_one(self) -> None:
        path = asking.choose_existing(self, "Add a file", last_folder(self._desk), ANY_FILE)
        if path is not None:
            self._desk.layout.keep_word(FOLDER, str(path.parent))
            self._take_in(path)

    def _take_in(self, path: Path) -> None:
        looked = self._desk.attempt(lambda: attachments.look(path))
        if looked is None:
            return
        self._looked = looked
        if looked.problem is None:
            self._keep("")
            return
        self._told.tell(f"{looked.problem.sentence} The file was not kept.")
        self._because.offer(True)

    def _keep(self, reason: str) -> None:
        kind, id_, looked = self._kind, self._id, self._looked
        if kind is None or id_ is None or looked is None:
            return
        done = self._desk.attempt(
            lambda: attachments.put_in(
                self._desk.database, kind, id_, self._field.name, looked, patient_data_reason=reason
            )
        )
        if done is not None:
            self._told.tell("")
            self._because.offer(False)
            self._desk.say(looked.told)

    def _save_copy(self) -> None:
        if self._kept is not None:
            save_a_copy(self, self._desk, self._kept)

    def _take_out(self) -> None:
        kind, id_, kept = self._kind, self._id, self._kept
        if kind is None or id_ is None or kept is None:
            return

        def take() -> bool:
            attachments.take_out(self._desk.database, kind, id_, self._field.name)
            return True

        if self._desk.attempt(take, otherwise=False):
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.say(f"{kept.name} was taken out. Undo brings it back.")


def described(kept: KeptFile) -> str:
    """A file's name and size, and where it lies where it is not kept here."""
    size = kept_files.size_words(kept.size)
    return f"{kept.name} ({size}), not kept here: {kept.lies_at}" if kept.lies_at else f"{kept.name} ({size})"


def last_folder(desk: Desk) -> Path:
    """Where files were last taken from or saved to."""
    return Path(desk.layout.word(FOLDER) or Path.home())


def save_a_copy(parent: QWidget, desk: Desk, kept: KeptFile) -> None:
    """Asks where to, and writes the file there byte for byte."""
    name = kept_files.safe_name(kept.name)
    target = asking.choose_file(parent, "Save a copy", last_folder(desk), name, ANY_FILE)
    if target is None:
        return

    def save() -> bool:
        attachments.save_copy(desk.database, kept, target)
        return True

    if desk.attempt(save, otherwise=False):
        desk.layout.keep_word(FOLDER, str(target.parent))
        desk.say(f"A copy of {kept.name} was saved as {target.name}.")


def dropped(event: QDropEvent) -> tuple[Path, ...]:
    """The files that are being dropped; none where something else is among them."""
    urls = event.mimeData().urls()
    local = all(url.isLocalFile() for url in urls)
    return tuple(Path(url.toLocalFile()) for url in urls) if local else ()
