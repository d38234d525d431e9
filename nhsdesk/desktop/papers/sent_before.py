"""What was sent of a paper: shown as it was, byte for byte, and written out again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import icons, theme, words
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.preview import Preview
from nhsdesk.desktop.papers.showing import Shown, shown_of
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.times import Moment

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NONE_SENT = "Nothing was sent yet. A paper saved as sent is kept here, byte for byte, with all it rests on."
PICK = "Pick a paper, and press Show as sent."


class SentModel(QAbstractTableModel):
    """Papers sent, newest first."""

    HEADINGS = ("Reference", "Sent", "Period", "File", "Points")

    def __init__(self) -> None:
        super().__init__()
        self.papers: tuple[SentPaper, ...] = ()
        self._cells: list[tuple[str, ...]] = []

    def show_papers(self, papers: Sequence[SentPaper]) -> None:
        self.beginResetModel()
        self.papers = tuple(papers)
        self._cells = [_cells(one) for one in papers]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.papers)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._cells[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.HEADINGS[section] if shown else None


def _cells(sent: SentPaper) -> tuple[str, ...]:
    points = len((sent.acknowledged or "").splitlines())
    return (
        sent.ref,
        Moment().words(sent.issued_at),
        sent.period or "",
        sent.kept.name,
        words.counted(points, "point", "points") if points else "none",
    )


class SentBefore(QWidget):
    """The papers sent of one kind, and one of them as it was."""

    again = Signal(object)
    """A `SentPaper` to be written out again."""
    email_wanted = Signal(object)
    """A `SentPaper` to be attached to a draft e-mail."""
    chosen = Signal(tuple)
    """The cells of a row somebody pressed Enter on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown_ref = ""
        self._papers = SentModel()
        self.table = QTableView()
        self.table.setModel(self._papers)
        self.show_it = QPushButton("Show as sent")
        self.save_again = QPushButton("Save again…")
        self.email = QPushButton("Draft e-mail…")
        self.preview = Preview()
        self.preview.chosen.connect(self.chosen)
        self._set_up_table()
        self._lay_out()

    def show_papers(self, papers: Sequence[SentPaper]) -> None:
        """Shows what was sent, newest first; the one picked stays picked."""
        picked = self._picked()
        self._papers.show_papers(papers)
        refs = [one.ref for one in papers]
        if papers:
            self.table.selectRow(refs.index(picked.ref) if picked and picked.ref in refs else 0)
        self.table.setVisible(bool(papers))
        for button in (self.show_it, self.save_again, self.email):
            button.setVisible(bool(papers))
        if self._shown_ref not in refs:
            self._shown_ref = ""
            self.preview.say(PICK if papers else NONE_SENT)

    def _picked(self) -> SentPaper | None:
        row = self.table.currentIndex().row()
        return self._papers.papers[row] if 0 <= row < len(self._papers.papers) else None

    def _set_up_table(self) -> None:
        table = self.table
        table.setAccessibleName("Papers sent before")
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(32))
        table.horizontalHeader().setHighlightSections(False)
        table.setWordWrap(False)
        table.horizontalHeader().setResizeContentsPrecision(20)
        for place, heading in enumerate(SentModel.HEADINGS):
            fits = (
                QHeaderView.ResizeMode.Stretch
                if heading == "File"
                else QHeaderView.ResizeMode.ResizeToContents
            )
            table.horizontalHeader().setSectionResizeMode(place, fits)
        table.activated.connect(lambda _: self._show())

    def _lay_out(self) -> None:
        icons.put(self.show_it, "document")
        icons.put(self.save_again, "save")
        self.show_it.clicked.connect(self._show)
        self.save_again.clicked.connect(self._again)
        self.email.clicked.connect(self._email)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.show_it)
        buttons.addWidget(self.save_again)
        buttons.addWidget(self.email)
        buttons.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.table, 1)
        inside.addLayout(buttons)
        inside.addWidget(self.preview, 3)

    def _again(self) -> None:
        if (sent := self._picked()) is not None:
            self.again.emit(sent)

    def _email(self) -> None:
        if (sent := self._picked()) is not None:
            self.email_wanted.emit(sent)

    def _show(self) -> None:
        sent = self._picked()
        if sent is None:
            return
        self._shown_ref = sent.ref
        self.preview.say(f"Fetching {sent.ref}…")
        database, ref = self._desk.database, sent.ref

        def work(_: object) -> Shown:
            from nhsdesk.commands import paper_checks, papers

            sent, content = papers.as_sent(database, ref)
            figures = papers.figures_of_sent(database, sent)
            return shown_of(content, figures, paper_checks.titles(database, figures))

        self._desk.background.start(
            f"Fetching {ref}",
            work,
            lambda shown: self._arrived(ref, shown),
            failed=lambda sentence: self._refused(ref, sentence),
        )

    def _arrived(self, ref: str, shown: Shown) -> None:
        if ref == self._shown_ref:
            self.preview.show_file(shown)

    def _refused(self, ref: str, sentence: str) -> None:
        if ref == self._shown_ref:
            self.preview.say(sentence)


def name_of(sent: SentPaper) -> str:
    """The name it was sent under, with no folder in it whatever the file says."""
    return Path(sent.kept.name.replace("\\", "/")).name or sent.ref
