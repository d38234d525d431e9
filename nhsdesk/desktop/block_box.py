"""Where a block is pasted or a file chosen: which column holds what, what each row says, and nothing written.

box = BlockBox(desk, wanted, Incoming.PAYROLL)
box.changed.connect(...)        something else was read, or read in another way
box.rows(), box.headings()      what it says, and what to remember of it when it is taken in
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from nhsdesk.commands import blocks as commands
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.block_columns import BlockColumns
from nhsdesk.desktop.block_table import BlockTable
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import blocks
from nhsdesk.domain.blocks import Block, Reading, Row, Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.kinds import Id
from nhsdesk.errors import DeskError

KINDS_OF_FILE = "Workbooks and separated text (*.xlsx *.xlsm *.csv *.txt);;All files (*)"
_FOLDER = "blocks.folder"
_TYPING_ENDS_MS = 600


class BlockBox(QWidget):
    """One block at a time. What it holds is forgotten with `clear`."""

    changed = Signal()
    arrived = Signal()
    """Another block was read and can be worked with."""

    def __init__(self, desk: Desk, wanted: Sequence[Wanted], what: Incoming) -> None:
        super().__init__()
        self._desk, self._wanted, self._what = desk, tuple(wanted), what
        self._employer: Id | None = None
        self._remembered: Mapping[str, str] = {}
        self._block: Block | None = None
        self._source: Path | None = None
        self._reading = Reading()
        self._tabled = True
        self.paste = PasteField()
        self.paste.given.connect(self.take_words)
        self.paste.file_given.connect(self.take_file)
        self.columns = BlockColumns(self._wanted)
        self.columns.changed.connect(self._read)
        self.table = BlockTable(self._wanted)
        self._choose = button("Choose a file…", "open")
        self._choose.clicked.connect(self._ask)
        self._again = button("Columns…", "columns")
        self._again.clicked.connect(lambda: self.open_columns(self.columns.isHidden()))
        self._said = label(role="help")
        self._trouble = Told()
        self._lay_out()
        self.clear()

    # ---- what it says

    def rows(self) -> tuple[Row, ...]:
        """The rows read."""
        return self._reading.rows

    def reading(self) -> Reading:
        """All that was read: rows of totals and what was left out, too."""
        return self._reading

    def block(self) -> Block | None:
        """What was pasted or read, without what tells of persons; None before anything was."""
        return self._block

    def source(self) -> Path | None:
        """The file it was read from; None for what was pasted."""
        return self._source

    def headings(self) -> dict[str, str]:
        """Which heading was chosen for which field, to be remembered; an empty field for one that was refused."""
        if self._block is None:
            return {}
        chosen = self.columns.chosen()
        kept = {self._block.headings[column]: name for name, column in chosen.items()}
        guessed = blocks.guess(self._block, self._wanted, {})
        refused = [self._block.headings[column] for column in guessed.values()]
        return kept | {heading: "" for heading in refused if heading not in kept}

    def missing(self) -> tuple[str, ...]:
        """What still has to be said before it can be taken in: labels of needed fields that have no column."""
        chosen = self.columns.chosen()
        return tuple(one.label for one in self._wanted if one.needed and one.name not in chosen)

    # ---- what is given to it

    def for_employer(self, employer: Id | None) -> None:
        """Whose columns are remembered."""
        self._employer = employer
        self._recall()
        if self._block is not None:
            self._show_block(self._block, self._source)

    def take_words(self, words: str) -> None:
        """Reads what was pasted."""
        self._recall()
        self._take(lambda: commands.from_text(words, self._wanted, self._remembered), None)

    def take_file(self, path: Path) -> None:
        """Reads a file."""
        self._recall()
        self._desk.layout.keep_word(_FOLDER, str(path.parent))
        self._take(lambda: commands.from_file(path, self._wanted, self._remembered), path)

    def clear(self) -> None:
        """Forgets what was read."""
        self._block, self._source, self._reading = None, None, Reading()
        self._trouble.tell("")
        self._said.setText("Copy the cells in the spreadsheet, with their headings, and paste them here.")
        self.columns.hide()
        self._again.hide()
        self._show_rows()
        self.changed.emit()

    def without_table(self) -> None:
        """For a page that shows the rows with what it knows of them itself."""
        self._tabled = False
        self.table.hide()

    def take_focus(self) -> None:
        """Puts the cursor where a block is pasted."""
        self.paste.setFocus()

    # ---- inside

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.paste, 1)
        line.addWidget(self._choose)
        line.addWidget(self._again)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addLayout(line)
        stack.addWidget(self._said)
        for part in (self._trouble, self.columns, self.table):
            stack.addWidget(part)

    def _recall(self) -> None:
        with self._desk.database.read() as reader:
            self._remembered = commands.remembered(reader, self._what, self._employer)

    def _take(self, read: Callable[[], Block], path: Path | None) -> None:
        self._trouble.tell("")
        try:
            block = read()
        except DeskError as refused:
            self.clear()
            self._trouble.tell(str(refused))
            return
        self._show_block(block, path)
        self.arrived.emit()

    def _show_block(self, block: Block, path: Path | None) -> None:
        self._block, self._source = block, path
        found = blocks.guess(block, self._wanted, self._remembered)
        self.columns.offer(block, found)
        self._again.show()
        self.open_columns(bool(self.missing()))
        self._read()

    def open_columns(self, opened: bool = True) -> None:
        """Shows or hides the choice of columns; it opens by itself where something needed has none."""
        self.columns.setVisible(opened)
        self._again.setText("Hide columns" if opened else "Columns…")

    def _read(self) -> None:
        if self._block is None:
            return
        today = self._desk.database.today()
        self._reading = blocks.look(
            self._block, self._wanted, self.columns.chosen(), today, self.columns.orders()
        )
        self.columns.ask_orders(self._reading.unsettled)
        if self._reading.unsettled or self.missing():
            self.open_columns(True)
        self._said.setText(self._told())
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        if self._tabled:
            self.table.show_rows(self._reading.rows)

    def _told(self) -> str:
        assert self._block is not None
        where = self._source.name if self._source else "what was pasted"
        sheet = f", sheet {self._block.sheet}" if self._block.sheet else ""
        begun = (
            f"{counted(len(self._reading.rows), 'row', 'rows')} in {where}{sheet}. Nothing is written yet."
        )
        lacking = self.missing()
        asked = [f"Say which column holds: {', '.join(lacking)}."] if lacking else []
        return " ".join(filter(None, [begun, *asked, self._read_as(), *self._reading.told]))

    def _read_as(self) -> str:
        """Which column was taken for what, until somebody has taken it in so."""
        if self._remembered or self._block is None:
            return ""
        labels = {one.name: one.label for one in self._wanted}
        chosen = self.columns.chosen().items()
        taken = [f"{labels[name]} from “{self._block.headings[n][:40]}”" for name, n in chosen]
        return f"Read as: {'; '.join(taken)}." if taken else ""

    def _ask(self) -> None:
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        path = asking.choose_existing(self, "Choose a file", folder, KINDS_OF_FILE)
        if path is not None:
            self.take_file(path)


class PasteField(QPlainTextEdit):
    """Takes what is pasted whole and keeps none of it in sight; what is typed is read when typing ends."""

    given = Signal(str)
    file_given = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Paste here")
        self.setAccessibleDescription("Cells copied from a spreadsheet with their headings")
        self.setPlaceholderText("Paste here (Ctrl+V)")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_ENDS_MS)
        self._typing.timeout.connect(self._read_typed)
        self.textChanged.connect(self._typing.start)
        self._at_this_zoom()
        theme.changes.made.connect(self._at_this_zoom)

    def event(self, event: QEvent) -> bool:
        """Undo and Redo are the window's: nothing stays here that could be taken back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_given.emit(files[0])
        elif source.hasText():
            self.given.emit(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(source.hasText() or source.hasUrls())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._read_typed()
        super().focusOutEvent(event)

    def _read_typed(self) -> None:
        self._typing.stop()
        words = self.toPlainText()
        if words.strip():
            self.clear()
            self._typing.stop()
            self.given.emit(words)

    def _at_this_zoom(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() + theme.px(20))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
