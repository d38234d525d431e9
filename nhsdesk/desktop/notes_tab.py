"""What hangs on one entry of any kind: notes, tags and links, each added in a line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nhsdesk import resources
from nhsdesk.commands import entries, notes
from nhsdesk.commands.notes import Hanging
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.keep_because import KeepBecause
from nhsdesk.desktop.kept_note import KeptNote
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind, Note, Tag
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Notice

_LOOK_MS = 120
_KINDS = frozenset({Note.KIND.name, Tag.KIND.name, Link.KIND.name})


class NotesTab(QWidget):
    """Notes above, then tags, then links."""

    counted = Signal()
    wanted = Signal(str, object)
    """Kind and id of an entry that a link names."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id: Id | None = None
        self._held = Hanging()
        self._built = False
        desk.changed.connect(self._take_in)

    @property
    def count(self) -> int:
        """How much hangs on the entry."""
        return self._held.count

    def show_entry(self, id_: Id) -> None:
        """Lists what hangs on this entry from now on."""
        if id_ != self._id:
            self._id = id_
            self._forget()
        self._refresh()

    def rest(self) -> None:
        """Lists nothing."""
        self._id = None
        self._forget()

    def keep_typed(self) -> bool:
        """Keeps a note being written; False where that could not be done."""
        return not self._built or self._kept_note.keep()

    # ---- building

    def showEvent(self, event: QShowEvent) -> None:
        """Its controls are made when it first comes to the front: most entries are looked at without it."""
        if not self._built:
            self._make()
            self._build()
            self._built = True
            self._kept_note.show_of(self._id)
            self._fill()
        super().showEvent(event)

    def _make(self) -> None:
        self._notes = WrappedTable("Notes of this entry", ("Note",), wrapped=(0,))
        self._tags = PlainTable("Tags of this entry", ("Tag",))
        self._links = WrappedTable("Links of this entry", ("Says", "Entry", "Remark"), wrapped=(1, 2))
        self._note = QPlainTextEdit()
        self._kept_note = KeptNote(self._desk, self._note)
        self._tag, self._says, self._remark = QComboBox(), QComboBox(), QLineEdit()
        self._other = AnyEntry(self._desk)
        self._because = KeepBecause("the note")
        self._because.kept.connect(self._add_note)
        self._note_told, self._tag_told, self._link_told = Told(), Told(), Told()
        self._may: list[QWidget] = []

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        self._build_notes(column)
        self._build_tags(column)
        self._build_links(column)
        column.addStretch(1)
        for one in self._may:
            one.setEnabled(not self._desk.database.read_only_because)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled_down(inside))

    def _build_notes(self, column: QVBoxLayout) -> None:
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(theme.px(64))
        add = self._button("Add this note", "add", lambda: self._add_note(""))
        take = self._button("Take out the chosen note", "remove", lambda: self._take_out(self._notes))
        self._notes.opened.connect(lambda id_: self.wanted.emit(Note.KIND.name, id_))
        self._part(column, "Notes", self._notes)
        column.addWidget(_named("New note", self._note))
        column.addWidget(self._note)
        column.addLayout(_row(add, take))
        column.addWidget(self._note_told)
        column.addWidget(self._because)
        self._may += [self._note, add, take]

    def _build_tags(self, column: QVBoxLayout) -> None:
        self._tag.setEditable(True)
        self._tag.setMinimumWidth(theme.px(150))
        line = self._tag.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._add_tag)
        add = self._button("Add this tag", "add", self._add_tag)
        take = self._button("Take out the chosen tag", "remove", lambda: self._take_out(self._tags))
        self._part(column, "Tags", self._tags)
        column.addLayout(_row(_named("New tag", self._tag), self._tag, add, take))
        column.addWidget(self._tag_told)
        self._may += [self._tag, add, take]

    def _build_links(self, column: QVBoxLayout) -> None:
        self._says.addItems([one.words for one in LinkKind])
        self._says.setCurrentIndex(list(LinkKind).index(LinkKind.RELATED))
        self._other.setMinimumWidth(theme.px(150))
        self._remark.setMinimumWidth(theme.px(150))
        for field in (self._other, self._remark):
            field.returnPressed.connect(self._add_link)
        add = self._button("Add this link", "link", self._add_link)
        take = self._button("Take out the chosen link", "remove", lambda: self._take_out(self._links))
        self._links.opened.connect(self._open_link)
        self._part(column, "Links", self._links)
        column.addLayout(_row(_named("This entry", self._says), self._says))
        column.addLayout(_row(_named("Linked entry", self._other), self._other))
        column.addLayout(_row(_named("Remark", self._remark), self._remark))
        column.addLayout(_row(add, take))
        column.addWidget(self._link_told)
        self._may += [self._says, self._other, self._remark, add, take]

    def _part(self, column: QVBoxLayout, title: str, table: PlainTable) -> None:
        table.keep_in_sight(lines=1)
        column.addWidget(label(title, "h2"))
        column.addWidget(table)

    def _button(self, words: str, picture: str, work: Callable[[], None]) -> QPushButton:
        made = QPushButton(words)
        made.setAutoDefault(True)
        icons.put(made, picture)
        made.clicked.connect(lambda _=False: work())
        return made

    # ---- showing

    def _forget(self) -> None:
        if not self._built:
            return
        self._kept_note.show_of(self._id)
        self._other.clear()
        self._remark.clear()
        self._because.offer(False)
        for told in (self._note_told, self._tag_told, self._link_told):
            told.tell("")

    def _refresh(self) -> None:
        self._held = Hanging() if self._id is None else notes.of_entry(self._desk.database, self._id)
        if self._built:
            self._fill()
        self.counted.emit()

    def _fill(self) -> None:
        held = self._held
        self._notes.show_rows([(one.id, (one.words,)) for one in held.notes])
        self._tags.show_rows([(one.id, (one.word,)) for one in held.tags])
        self._links.show_rows(
            [(one.link.id, (one.says, one.named, one.link.remark or "")) for one in held.links]
        )
        for table in (self._notes, self._tags, self._links):
            table.setVisible(table.rowCount() > 0)
        if self._tag.count() == 0:
            self._tag.addItems(list(resources.starter_tags()))
            self._tag.setEditText("")

    # ---- doing

    def _add_note(self, reason: str) -> None:
        id_, words = self._id, self._note.toPlainText()
        if id_ is None:
            return
        why = None if reason else entries.stopped(Note.KIND.field("words"), words)
        if why is not None:
            self._note_told.tell(why.sentence)
            self._because.offer(True)
            return
        made = self._desk.attempt(
            lambda: notes.add_note(self._desk.database, id_, words, patient_data_reason=reason)
        )
        if isinstance(made, Problem):
            self._note_told.tell(made.sentence)
        elif made is not None:
            self._kept_note.added()
            self._note_told.tell("")
            self._because.offer(False)
            self._desk.say("The note was added.")

    def _add_tag(self) -> None:
        id_ = self._id
        if id_ is None:
            return
        word = self._tag.currentText()
        added = self._desk.attempt(lambda: notes.tag(self._desk.database, id_, word))
        if added is not None:
            self._tag_told.tell("" if added else "Choose or type a tag that it does not bear yet.")
        if added:
            self._tag.setEditText("")
            self._desk.say("The tag was added.")

    def _add_link(self) -> None:
        id_ = self._id
        if id_ is None:
            return
        says = list(LinkKind)[self._says.currentIndex()]
        made = self._desk.attempt(
            lambda: notes.link(self._desk.database, id_, says, self._other.text(), self._remark.text())
        )
        self._link_told.tell(made.sentence if isinstance(made, Problem) else "")
        if isinstance(made, Link):
            self._other.clear()
            self._remark.clear()
            self._desk.say("The link was added.")

    def _open_link(self, id_: Id) -> None:
        seen = next((one for one in self._held.links if one.link.id == id_), None)
        if seen is not None and seen.kind:
            self.wanted.emit(seen.kind, seen.other)

    def _take_out(self, table: PlainTable) -> None:
        every: list[Record] = [*self._held.notes, *self._held.tags, *(one.link for one in self._held.links)]
        chosen = next((one for one in every if one.id == table.current), None)
        if chosen is None:
            return
        done = self._desk.attempt(lambda: entries.remove(self._desk.database, chosen))
        if done == ():
            self._desk.say(f"The {chosen.KIND.noun} was taken out. Undo brings it back.")

    def _take_in(self, notice: Notice) -> None:
        if self._id is not None and not _KINDS.isdisjoint(notice.changed):
            self._refresh()


class AnyEntry(QLineEdit):
    """Names an entry of any kind by its reference, or by words of it as you type."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found = QStringListModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_LOOK_MS)
        self._wait.timeout.connect(self._look)
        self.textEdited.connect(lambda _: self._wait.start())
        self.setPlaceholderText("C-014, or words")

    def _look(self) -> None:
        words = self.text()
        found = self._desk.attempt(lambda: notes.offered(self._desk.database, words), ())
        self._found.setStringList(list(found))
        completer = self.completer()
        if found and self.hasFocus():
            completer.complete()


def _named(words: str, control: QWidget) -> QWidget:
    """The name of a control before it, by which it is known."""
    made = label(words, "field", wrap=False)
    made.setBuddy(control)
    control.setAccessibleName(words)
    return made


def _row(*controls: QWidget) -> Flow:
    made = Flow()
    made.setSpacing(8)
    for one in controls:
        made.addWidget(one)
    return made
