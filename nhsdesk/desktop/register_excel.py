"""A register out to Excel or separated text, and its changes back: shown first, taken in as one step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from nhsdesk.desktop import asking
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.parts import row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.pasted_columns import PastedColumns
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id, LinksTo, LinkTo

if TYPE_CHECKING:  # loaded when the first register goes out
    from collections.abc import Callable, Iterator

    from nhsdesk.commands.register_changes import Line, Seen
    from nhsdesk.commands.register_files import View

MOST_SHOWN = 500
"""Of more changes the rest is only counted."""

_FOLDER = "registers.folder"
_WRITTEN = "Excel workbook (*.xlsx);;Separated text (*.csv)"
_READ = "Workbooks and separated text (*.xlsx *.csv);;All files (*)"
_THERE = "In the file"
_HEADINGS = ("Row", "Entry", "Field", "Here", _THERE, "What happens")
_TAKEN, _ADDED, _REFUSED = "is changed", "is added", "is not taken"


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells that were pasted: into which kind, from which entry down and over which columns, and whose list it is."""

    kind: RecordKind
    words: str
    place: tuple[tuple[Id, ...], tuple[str, ...]]
    owner: str = ""
    """The reference of the entry whose own list it is; empty for a register."""


def export(desk: Desk, parent: QWidget, view: View) -> None:
    """Asks where, and writes what is shown."""
    from nhsdesk.commands import register_files

    database = desk.database
    name = register_files.suggested_name(view, database.today())
    target = asking.choose_file(parent, f"Export {view.kind.nouns}", _folder(desk), name, _WRITTEN)
    if target is None:
        return
    desk.layout.keep_word(_FOLDER, str(target.parent))

    def write() -> bool:
        register_files.save(database, view, target)
        return True

    if desk.attempt(write, False):
        desk.say(f"{counted(len(view.ids), view.kind.noun, view.kind.nouns)} saved as {target}.")


def _folder(desk: Desk) -> Path:
    return Path(desk.layout.word(_FOLDER) or desk.database.path.parent)


class BringBack(QFrame):
    """What a file would change stands here before anything is written."""

    opened = Signal()
    """A file was read and is shown."""
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._seen: Seen | None = None
        self._pasted: Pasted | None = None
        self.columns = PastedColumns()
        self.columns.changed.connect(self._read_again)
        self._title = label("", "h2")
        self._told = label()
        self._more = Told("help")
        self.list = WrappedTable("Changes in the file", _HEADINGS, wrapped=(3, 4, 5))
        self.list.keep_in_sight()
        self.overwrite = QCheckBox("Take the file’s word where a field was changed here as well")
        self.overwrite.toggled.connect(self._show)
        self.accept = button("Take in", "import", primary=True)
        self.accept.clicked.connect(lambda _=False: self._take_in())
        self._leave = button("Leave it", "cancel")
        self._leave.clicked.connect(lambda _=False: self.leave())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self._title, self._told, self._more, self.columns):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.overwrite, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row(self.accept, self._leave))

    def ask(self) -> None:
        """Asks for a file, and shows what it would change."""
        path = asking.choose_existing(self.window(), "Bring back from Excel", _folder(self._desk), _READ)
        if path is not None:
            self._desk.layout.keep_word(_FOLDER, str(path.parent))
            self.read(path)

    def read(self, path: Path) -> None:
        """Reads a file beside the window."""
        from nhsdesk.commands import register_changes

        database = self._desk.database
        self._desk.background.start(
            f"Reading {path.name}",
            lambda _: register_changes.look(database, path),
            self._arrived,
            failed=self._desk.warn,
        )

    def read_pasted(self, pasted: Pasted) -> None:
        """Reads pasted cells beside the window; without headings they go to the entries and columns of their place."""
        self._pasted = pasted
        self._read_cells({}, self._arrived)

    def _read_again(self) -> None:
        """The same cells, with what was said of their columns; the cursor stays where that was said."""
        self._read_cells(self.columns.chosen(), self._show_seen)

    def _read_cells(self, chosen: dict[str, str], done: Callable[[Seen], None]) -> None:
        from nhsdesk.commands import register_paste

        database, pasted = self._desk.database, self._pasted
        if pasted is None:
            return
        place = register_paste.Place(*pasted.place, pasted.owner)
        self._desk.background.start(
            "Reading what was pasted",
            lambda _: register_paste.look(database, pasted.kind, pasted.words, place, chosen),
            done,
            failed=self._desk.warn,
        )

    def leave(self) -> None:
        """Writes nothing."""
        self._seen = self._pasted = None
        self.closed.emit()

    def _arrived(self, seen: Seen) -> None:
        self.overwrite.setChecked(False)
        self.columns.offer(seen.brought.kind, seen.brought.headings)
        self._show_seen(seen)
        self.opened.emit()
        (self.accept if self.accept.isEnabled() else self._leave).setFocus()

    def _show_seen(self, seen: Seen) -> None:
        self._seen = seen
        self._show()

    def _show(self) -> None:
        seen = self._seen
        if seen is None:
            return
        overwrite = self.overwrite.isChecked()
        kind = seen.brought.kind
        self._title.setText(f"{kind.plural} from {seen.name}")
        self._told.setText(_sums(seen))
        self.overwrite.setVisible(bool(seen.conflicts))
        self.list.setHorizontalHeaderLabels(
            ["Pasted" if seen.pasted and one == _THERE else one for one in _HEADINGS]
        )
        rows = [cells for line in seen.lines for cells in _rows(line, overwrite=overwrite)]
        more = (
            f"{len(rows) - MOST_SHOWN:,} more changes are not listed here." if len(rows) > MOST_SHOWN else ""
        )
        self._more.tell(" ".join(filter(None, (*seen.told, more))))
        self.list.show_rows(list(enumerate(rows[:MOST_SHOWN])))
        self.list.setVisible(bool(rows))
        todo = sum(bool(line.edits or line.added or (overwrite and line.conflicts)) for line in seen.lines)
        self.accept.setText(
            f"Take in {counted(todo, kind.noun, kind.nouns)}" if todo else "Nothing to take in"
        )
        self.accept.setEnabled(bool(todo) and self._desk.may_write)

    def _take_in(self) -> None:
        from nhsdesk.commands import register_changes

        seen, overwrite = self._seen, self.overwrite.isChecked()
        if seen is None:
            return
        database = self._desk.database
        done = self._desk.attempt(lambda: register_changes.take_in(database, seen, overwrite=overwrite))
        if done is not None:
            kind = seen.brought.kind
            self._desk.drafted.emit(kind.name)
            self.leave()
            what = counted(done, kind.noun, kind.nouns)
            self._desk.say(f"{what} changed or added from {seen.name}. Undo takes it back as one step.")


def _sums(seen: Seen) -> str:
    kind = seen.brought.kind
    said = [f"{counted(len(seen.brought.rows), 'row', 'rows')} in {seen.where}. Nothing is written yet."]
    if seen.changed:
        said.append(f"{counted(seen.changed, kind.noun, kind.nouns)} would be changed.")
    if seen.added:
        said.append(f"{counted(seen.added, kind.noun, kind.nouns)} would be added.")
    if seen.conflicts:
        one = seen.conflicts == 1
        fields, left = counted(seen.conflicts, "field was", "fields were"), "it is" if one else "they are"
        said.append(f"{fields} changed here as well, and would be left as {left} here.")
    if seen.refused:
        said.append(f"{counted(seen.refused, 'row has', 'rows have')} something that is not taken.")
    return " ".join(said) if seen.lines else f"{said[0]} It holds no change."


def _rows(line: Line, *, overwrite: bool) -> Iterator[tuple[str, ...]]:
    number = str(line.number)
    for edit in line.edits:
        yield number, line.ref, edit.field.label, edit.before, edit.after, _TAKEN
    left = "is taken from the file" if overwrite else "was changed here as well: stays as it is here"
    for edit in line.conflicts:
        yield number, line.ref, edit.field.label, edit.before, edit.after, left
    if line.added is not None:
        yield number, "new", "", "", _what(line.added), _ADDED
    for sentence in line.told:
        yield number, line.ref, "", "", "", f"{_REFUSED}: {sentence}"


def _what(record: Record) -> str:
    """The words by which a row that would be added is known; where it has no title, what it holds."""
    held = (
        f"{field.label} {field.kind.words(value)}"
        for field in record.KIND.fields
        if not isinstance(field.kind, LinkTo | LinksTo) and (value := getattr(record, field.name)) is not None
    )
    return record.title_words() or "; ".join(held)
