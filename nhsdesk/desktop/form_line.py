"""One field of a form: its control, what stands around it, and how far the words in it have come."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.commands import entries
from nhsdesk.desktop import icons
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import READ_ONLY, Editor, LinkEdit, LongEdit, editor_for
from nhsdesk.desktop.file_field import FileField
from nhsdesk.desktop.keep_because import KeepBecause
from nhsdesk.desktop.link_chips import LinkChips
from nhsdesk.desktop.words import label
from nhsdesk.domain import kinds
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.store.reading import Reader


@dataclass(slots=True)
class Line:
    """One field of the form: its controls, the words it began from, and whether the person is in the midst of it."""

    field: Field
    editor: Editor
    problem: QLabel
    chips: LinkChips | None
    """Open what the field names."""
    adds: QPushButton | None
    """Adds something for it to name."""
    base: str = ""
    """The words the file held when typing began."""
    dirty: bool = False
    """Typed into, and not yet taken into the file or given up."""
    drafted: bool = False
    told: str | None = None
    """What it was changed to meanwhile, as the person was told; None while they were told of nothing."""
    asked: bool = False
    """Asked whether they want what cannot be undone."""
    confirmed: bool = False
    """Told of that, the person has pressed Enter: they want their own words all the same."""
    whole: QVBoxLayout = dataclasses.field(default_factory=QVBoxLayout)
    """All that stands around the control."""
    because: KeepBecause | None = None
    """Asks why words that look like an NHS number are kept; made when it is first needed."""
    reason: str = ""
    """Why they are, as the person has said."""

    @property
    def stopped(self) -> Problem | None:
        """What is wrong with words that nothing keeps, because they look like an NHS number; None for all others."""
        return entries.stopped(self.field, self.editor.words(), self.base) if self.dirty else None


def made_line(field: Field, desk: Desk) -> Line:
    """A field's control with its label above it, help and what is wrong below, and what a link needs beside it."""
    editor = editor_for(field, desk)
    editor.setObjectName(field.name)
    named = label(field.label + (" (needed)" if field.given else ""), "field")
    named.setBuddy(editor)
    problem = label("", "problem")
    problem.hide()
    line = Line(field, editor, problem, None, None)
    above, row = QHBoxLayout(), QHBoxLayout()
    above.setSpacing(8)
    row.setSpacing(8)
    above.addWidget(named, 1)
    row.addWidget(editor, 1)
    several = isinstance(field.kind, kinds.LinksTo)
    if several or isinstance(editor, LinkEdit):
        line.chips = LinkChips(field.label, several=several)
    if isinstance(editor, LinkEdit):
        line.adds = adding_button(field)
        row.addWidget(line.adds)
    line.whole.setSpacing(4)
    line.whole.setContentsMargins(0, 0, 0, 4)
    line.whole.addLayout(above)
    line.whole.addLayout(row)
    if line.chips is not None:
        (line.whole if several else above).addWidget(line.chips)
    if field.help:
        line.whole.addWidget(label(field.help, "help"))
    line.whole.addWidget(problem)
    return line


def ask_why(line: Line, kept: Callable[[str], object], *, wanted: bool) -> None:
    """Offers to keep words that look like an NHS number for a reason, or offers it no more."""
    if line.because is None and wanted:
        line.because = KeepBecause(line.field.label)
        line.because.kept.connect(kept)
        line.whole.addWidget(line.because)
    if line.because is not None:
        line.because.offer(wanted)


WITH_ITS_REASON = (
    "Not yet in the file, and not kept as a draft. It goes in with your reason once the entry is added."
)

NOT_LEFT = "Nothing was left yet: a field holds what looks like an NHS number. "


def adding_button(field: Field) -> QPushButton:
    """What adds an entry for a field to name that is not yet listed."""
    new = QPushButton()
    icons.put(new, "add", "quiet")
    new.setAccessibleName(f"Add to “{field.label}” something not yet listed")
    new.setToolTip("Add one that is not yet listed")
    new.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return new


def enter_key(line: Line) -> str:
    """The key that says "take it": in long words Enter begins another line."""
    return "Ctrl+Enter" if isinstance(line.editor, LongEdit) else "Enter"


NOT_YET = "Not yet in the file. "

SEALS = (
    "After this nothing in the entry can be changed any more, and Undo does not take it back. Press Enter to do it, or "
    "Escape to leave it as it was."
)


def overtaken(line: Line, words: str) -> str:
    """What to say where the file came to hold other words while the person was typing."""
    held = f"to {quoted(words)}" if words else "to nothing"
    return (
        f"This was changed {held} while you were typing. Your words are not in the file. Press {enter_key(line)} to "
        "put them in its place, or Escape to take what the file holds."
    )


def show_file(line: Line, record: Record | None, kind: RecordKind) -> None:
    """The file in a field that holds one."""
    if isinstance(line.editor, FileField):
        held = None if record is None else getattr(record, line.field.name)
        line.editor.show_file(kind, None if record is None else record.id, held)


def show_chips(line: Line, record: Record | None, words: str) -> None:
    """The ways to what the field names; `words` are those the file holds in it."""
    if line.chips is None:
        return
    held = None if record is None else getattr(record, line.field.name)
    ids = held if isinstance(held, tuple) else () if held is None else (held,)
    refs = (part.split()[0] for part in words.split(";") if part.strip())
    line.chips.show_named(tuple(zip(ids, refs, strict=False)))


def without(words: str, ref: str) -> str:
    """The words of a field that names entries, without one of them."""
    parts = (part.strip() for part in words.split(";") if part.strip())
    return "; ".join(part for part in parts if part.split()[0] != ref)


def words_in(reader: Reader, field: Field, record: Record | None, kind: RecordKind) -> str:
    """What the file holds in a field; of a record not yet added, what stands there at first."""
    if record is None:
        return entries.default_words(kind, field)
    return entries.words_of(reader, field, getattr(record, field.name))


def mark(editor: QWidget, name: str, *, on: bool) -> None:
    """Has the theme show the control as wrong or as a draft."""
    if bool(editor.property(name)) != on:
        editor.setProperty(name, "true" if on else None)
        editor.style().unpolish(editor)
        editor.style().polish(editor)


def lock(line: Line, *, fixed: bool) -> None:
    """Lets the field be read only, or typed into again; long words can be scrolled through either way."""
    read_only = isinstance(line.field.kind, READ_ONLY)
    if line.adds is not None:
        line.adds.setEnabled(not fixed)
    if isinstance(line.editor, FileField):
        line.editor.allow(not fixed)
    elif isinstance(line.editor, LongEdit):
        line.editor.setReadOnly(fixed or read_only)
    elif not read_only:
        line.editor.setEnabled(not fixed)


def why_not_in(desk: Desk, kind: RecordKind, line: Line, words: str, id_: Id | None) -> str | None:
    """Why words are still a draft; of a record not yet added all are, and only the unreadable are told of."""
    with desk.database.read() as reader:
        why = entries.why_not_taken(reader, kind, line.field, id_, words, desk.database.today())
    if why:
        return f"{NOT_YET}{why}"
    return None if id_ is None else f"{NOT_YET}Press {enter_key(line)} in the field to take it in."


def beside(line: Line, words: str) -> str | None:
    """What is told beside words that are in the file: that they may be an NHS number."""
    told = entries.beside(line.field, words)
    return None if told is None else told.sentence


def end_of(column: QVBoxLayout) -> int:
    """Where the next part goes: before the stretch that keeps all at the top, once it is there."""
    last = column.itemAt(column.count() - 1)
    return column.count() - (last is not None and last.spacerItem() is not None)
