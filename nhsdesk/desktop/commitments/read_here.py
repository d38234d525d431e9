"""The commitments read from one document: page, what, whether it binds, whether the exact words still stand there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import documents
from nhsdesk.commands.documents import Rechecked
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.documents.text import DocumentText
from nhsdesk.domain.commitments import Commitment, QuotationFound, binds
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.sources import SourceDocument

EMPTY = "Nothing was read from this document yet. Select words on the page and press Enter to make the first of them."
_HEADINGS = ("Page", "What", "Binds", "Words found")


class ReadHere(QWidget):
    """A list beside the page. The row that becomes current turns the page to its words."""

    turned_to = Signal(object)
    """The commitment whose row became current."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._document: SourceDocument | None = None
        self._read: DocumentText | None = None
        self._commitments: dict[Id, Commitment] = {}
        self._at: dict[Id, str] = {}
        self.heading = label(role="h2")
        self.empty = label(EMPTY, "quiet")
        self.table = WrappedTable("Commitments read from this document", _HEADINGS, wrapped=(1, 2, 3))
        self.table.keep_in_sight()
        self.table.cellClicked.connect(lambda *_: self._turn())
        self.table.opened.connect(lambda _: self._turn())
        self.table.chosen.connect(lambda _: self._allow())
        self.check = button("Look for the words again", "refresh")
        self.check.clicked.connect(self._check)
        self.take = button("Take the page they are on", "check")
        self.take.clicked.connect(self._take)
        self.open = button("Open the commitment", "open")
        self.open.clicked.connect(self._open)
        self._told = Told("quiet")
        self._lay_out()

    def show_document(self, document: SourceDocument | None, read: DocumentText | None) -> None:
        """Lists what was read from a document."""
        if document is None or self._document is None or document.id != self._document.id:
            self._told.tell("")
            self._at = {}
        self._document, self._read = document, read
        found: tuple[Commitment, ...] = ()
        if document is not None:
            found = self._desk.attempt(lambda: documents.read_from(self._desk.database, document), ())
        self._commitments = {one.id: one for one in found}
        self.table.show_rows([(one.id, self._cells(one)) for one in found])
        self.heading.setText(counted(len(found), "commitment read here", "commitments read here"))
        self.heading.setVisible(document is not None)
        self.table.setVisible(bool(found))
        self.empty.setVisible(document is not None and not found)
        self._allow()

    def go_to(self, commitment: Commitment) -> None:
        """Makes the row of a commitment the current one."""
        self.table.go_to(commitment.id)

    def _cells(self, one: Commitment) -> tuple[str, ...]:
        return (one.locator or "Not yet known", f"{one.ref} {one.title}", binds(one), self._words(one))

    def _words(self, one: Commitment) -> str:
        if not one.quotation:
            return "None quoted"
        if one.quotation_found is None:
            return "Not yet looked for"
        on = f", {day_words(one.quotation_checked)}" if one.quotation_checked else ""
        moved = self._at.get(one.id, "") if one.quotation_found is QuotationFound.MOVED else ""
        return f"{one.quotation_found.words}{f' ({moved})' if moved else ''}{on}"

    def _allow(self) -> None:
        current = self._commitments.get(self.table.current)
        may = self._desk.may_write
        quoted = any(one.quotation for one in self._commitments.values())
        self.check.setEnabled(may and self._read is not None and quoted)
        self.take.setVisible(current is not None and bool(self._at.get(current.id)))
        self.take.setEnabled(may)
        self.open.setEnabled(current is not None)
        for one in (self.check, self.open):
            one.setVisible(bool(self._commitments))

    def _turn(self) -> None:
        current = self._commitments.get(self.table.current)
        if current is not None:
            self.turned_to.emit(current)

    def _check(self) -> None:
        document, read = self._document, self._read
        if document is None or read is None:
            return
        found = self._desk.attempt(lambda: documents.recheck(self._desk.database, document, read))
        if found is not None:
            self._at = {one.commitment.id: one.finding.at for one in found if _moved(one)}
            self.show_document(document, read)
            self._told.tell(told_words(found))

    def _take(self) -> None:
        current = self._commitments.get(self.table.current)
        at = self._at.get(current.id) if current is not None else None
        if current is None or not at:
            return
        if self._desk.attempt(lambda: documents.take_page(self._desk.database, current, at)) is not None:
            del self._at[current.id]
            self.show_document(self._document, self._read)
            self._told.tell(f"{current.ref} is written on {at} now.")

    def _open(self) -> None:
        if self.table.current is not None:
            self._desk.show("commitment", self.table.current)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.heading, self.empty):
            column.addWidget(one)
        column.addWidget(self.table, 1)
        column.addWidget(self._told)
        row = Flow()
        row.setSpacing(8)
        for made in (self.check, self.take, self.open):
            row.addWidget(made)
        column.addLayout(row)
        column.addStretch(0)


def _moved(one: Rechecked) -> bool:
    return one.finding.found is QuotationFound.MOVED


def told_words(found: tuple[Rechecked, ...]) -> str:
    """What came of looking for exact words, in a sentence."""
    if not found:
        return "No exact words were quoted from this document."
    said = []
    for one in found:
        at = f" (now {one.finding.at})" if _moved(one) else ""
        if one.finding.found is not QuotationFound.THERE:
            said.append(f"{one.commitment.ref} {one.finding.found.value}{at}")
    if not said:
        words = counted(len(found), "quotation stands", "quotations stand")
        return f"{words} on the page named."
    more = f", and {len(said) - 8:,} more" if len(said) > 8 else ""
    return f"Of {counted(len(found), 'quotation', 'quotations')}: {'; '.join(said[:8])}{more}."
