"""A list that belongs to an entry, such as the pay of a post: its own little register, with a button to add."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop import icons
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.long_words import Whole
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.words import on_a_button
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
        self._empty = Whole(f"Nothing here yet. “Add {kind.noun}” enters the first.", "quiet")
        self._build(desk)
        self._model.modelReset.connect(self._count)
        self._count()

    def show_owner(self, owner: Id) -> None:
        """Lists what belongs to this entry from now on."""
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
        row.addWidget(add)
        row.addWidget(show)
        self._show = show
        column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)

    def _open_current(self) -> None:
        id_ = self.table.current_id()
        if id_ is not None:
            self.wanted.emit(self.kind.name, id_)

    def _count(self) -> None:
        self._empty.setVisible(not self.count)
        self._show.setEnabled(bool(self.count))
        self.counted.emit()
        if self.count and self.table.current_id() is None:
            self.table.go_to(self._model.ids[0])
