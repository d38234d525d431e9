"""A list that belongs to an entry, such as the pay of a post: its own little register, with a button to add."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import entries
from nhsdesk.desktop import icons
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.long_words import Whole
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.register_excel import Pasted
from nhsdesk.desktop.words import counted, on_a_button, still_named
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.records import KINDS


def owned_kinds(kind: RecordKind) -> tuple[RecordKind, ...]:
    """The kinds of list that belong to an entry of a kind."""
    return tuple(one for one in KINDS.values() if (owner := one.owner) and _target(owner.kind) == kind.name)


def _target(kind: kinds.Kind) -> str:
    return kind.target if isinstance(kind, kinds.LinkTo) else ""


class OwnedList(QWidget):
    """The entries of a kind that belong to one record."""

    wanted = Signal(str, object)
    wanted_new = Signal(str)
    counted = Signal()
    pasted = Signal(object)
    """Cells that were copied elsewhere, as `Pasted`."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self.kind = kind
        self._model = RecordModel(desk, kind, NEW)
        self.table = RecordTable(desk, self._model)
        self.table.restore_layout(f"owned.{kind.name}")
        owner_field = kind.owner
        for number, column in enumerate(self._model.columns):
            if owner_field is not None and column.name == owner_field.name:
                self.table.setColumnHidden(number, True)
        self.table.opened.connect(lambda id_: self.wanted.emit(kind.name, id_))
        self.table.pasted.connect(self._paste)
        self.table.chosen_changed.connect(self._show_buttons)
        self.table.installEventFilter(self)
        self._desk = desk
        self._owner = NEW
        self._empty = Whole(f"Nothing here yet. “Add {kind.noun}” enters the first.", "quiet")
        self._build(desk)
        self._model.modelReset.connect(self._count)
        self._count()

    def show_owner(self, owner: Id) -> None:
        """Lists what belongs to this entry from now on."""
        self._owner = owner
        self._model.belong_to(owner)

    def rest(self) -> None:
        """Lists nothing."""
        self._model.belong_to(NEW)

    def keep_layout(self) -> None:
        """Leaves columns and their widths for the next time."""
        self.table.keep_layout(f"owned.{self.kind.name}")

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._model.ids)

    def _build(self, desk: Desk) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        row = Flow()
        add = QPushButton(on_a_button(f"Add {self.kind.noun}"))
        icons.put(add, "add")
        add.clicked.connect(lambda: self.wanted_new.emit(self.kind.name))
        add.setEnabled(not desk.database.read_only_because)
        show = QPushButton("Open")
        show.setAccessibleName(f"Open the chosen {self.kind.noun}")
        show.clicked.connect(self._open_current)
        self._remove = QPushButton("Remove")
        icons.put(self._remove, "remove")
        self._remove.setAccessibleName(f"Remove the chosen {self.kind.nouns}")
        self._remove.clicked.connect(self._remove_chosen)
        for one in (add, show, self._remove):
            row.addWidget(one)
        self._add, self._show = add, show
        column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)

    def _open_current(self) -> None:
        id_ = self.table.current_id()
        if id_ is not None:
            self.wanted.emit(self.kind.name, id_)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+N in the list adds to it, and not to the register."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.New):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._add.click()
                return True
        return super().eventFilter(watched, event)

    def _remove_chosen(self) -> None:
        records = self._model.records(self.table.selected_ids())
        told = self._desk.attempt(lambda: entries.remove_all(self._desk.database, records))
        if told:
            self._desk.warn(still_named(told))
        elif told is not None:
            what = counted(len(records), self.kind.noun, self.kind.nouns)
            self._desk.say(f"Removed {what}. Undo brings back what was removed.")

    def _paste(self, words: str) -> None:
        with self._desk.database.read() as reader:
            owner = reader.any_of(self._owner)
        if owner is not None:
            self.pasted.emit(Pasted(self.kind, words, self.table.cells_from_here(), owner.ref))

    def _show_buttons(self) -> None:
        chosen = bool(self.table.selected_ids())
        self._remove.setEnabled(chosen and not self._desk.database.read_only_because)

    def _count(self) -> None:
        self._empty.setVisible(not self.count)
        self._show.setEnabled(bool(self.count))
        self._show_buttons()
        self.counted.emit()
        if self.count and self.table.current_id() is None:
            self.table.go_to(self._model.ids[0])
