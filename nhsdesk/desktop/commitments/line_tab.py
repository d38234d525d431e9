"""Where a policy comes from: the line of documents that one stands in, and how many of them name PCNs at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import documents, entries
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import Editor, editor_for
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.kinds import Flag
from nhsdesk.domain.lineage import Mentions, Step
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database

NONE_CHOSEN = (
    "Choose a document above. Its line shows what it carries out, what carries it out, and what replaced it."
)
_DOCUMENT = Commitment.KIND.field("document")
_Joins = Callable[[Database, SourceDocument, SourceDocument], SourceDocument]
_INDENT = "\u2003"


class LineTab(QWidget):
    """The line of the document chosen above, oldest first; what came from a document stands below it."""

    wanted = Signal(object)
    """The id of a document that somebody wants to read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._document: SourceDocument | None = None
        self._heading = label(NONE_CHOSEN, "quiet")
        self.table = WrappedTable(
            "Where this policy comes from",
            ("Step", "Document", "Published by", "Date", "Status", "PCNs named"),
            wrapped=(1, 2),
        )
        self.table.opened.connect(self.wanted.emit)
        self.comes_from = self._named("Comes from", "comes_from")
        self.supersedes = self._named("Supersedes", "supersedes")
        self.say_from = button("Say where it comes from", "link")
        self.say_from.clicked.connect(self._say_from)
        self.say_supersedes = button("Say what it supersedes", "link")
        self.say_supersedes.clicked.connect(self._say_supersedes)
        self._told = Told()
        self.mentions = WrappedTable(
            "Documents that name PCNs, by publisher",
            ("Published by", "Name PCNs", "Do not", "Not yet known"),
            figures=(1, 2, 3),
            wrapped=(0,),
        )
        self._lay_out()
        self.show_document(None)

    def show_document(self, document: SourceDocument | None) -> None:
        """Shows the line that a document stands in."""
        other = document is None or self._document is None or document.id != self._document.id
        self._document = document
        database = self._desk.database
        steps: tuple[Step, ...] = ()
        if document is not None:
            steps = self._desk.attempt(lambda: documents.where_from(database, document), ())
            self._heading.setText(f"The line in which {document.ref} {document.title} stands")
        else:
            self._heading.setText(NONE_CHOSEN)
        self.table.show_rows([(step.document.id, _cells(step, document)) for step in steps])
        counts = self._desk.attempt(lambda: documents.mentions(database), ())
        self.mentions.show_rows([(one.body, _counts(one)) for one in counts])
        if other:
            self._fill(document)
        for one in (self.comes_from, self.supersedes, self.say_from, self.say_supersedes):
            one.setEnabled(document is not None and self._desk.may_write)

    def _fill(self, document: SourceDocument | None) -> None:
        self._told.tell("")
        with self._desk.database.read() as reader:
            for editor, name in ((self.comes_from, "comes_from"), (self.supersedes, "supersedes")):
                field = SourceDocument.KIND.field(name)
                value = None if document is None else getattr(document, name)
                editor.show_words(entries.words_of(reader, field, value))

    def _say_from(self) -> None:
        self._join(self.comes_from, "comes from", documents.carry_out)

    def _say_supersedes(self) -> None:
        self._join(self.supersedes, "supersedes", documents.supersede)

    def _join(self, editor: Editor, says: str, work: _Joins) -> None:
        document, database = self._document, self._desk.database
        if document is None:
            return
        with database.read() as reader:
            id_ = entries.read_words(reader, _DOCUMENT, editor.words(), database.today())
            other = None if id_ is None or isinstance(id_, Problem) else reader.find(SourceDocument, id_)
        if other is None:
            self._told.tell(id_.sentence if isinstance(id_, Problem) else "Choose the other document first.")
            return
        self._told.tell("")
        if self._desk.attempt(lambda: work(database, document, other)) is not None:
            self._desk.say(f"{document.ref} {says} {other.ref}.")

    def _named(self, name: str, field: str) -> Editor:
        made = editor_for(SourceDocument.KIND.field(field), self._desk)
        made.setAccessibleName(name)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        self.table.keep_in_sight(4)  # a line of several documents is read as a whole
        column.addWidget(self.table, 2)
        for words, editor, press in (
            ("This document comes from", self.comes_from, self.say_from),
            ("This document supersedes", self.supersedes, self.say_supersedes),
        ):
            named = label(words, "field")
            named.setBuddy(editor)
            column.addWidget(named)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(editor, 1)
            row.addWidget(press)
            column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(label("Are PCNs named at all?", "h2"))
        self.mentions.keep_in_sight()
        column.addWidget(self.mentions, 1)


def _cells(step: Step, chosen: SourceDocument | None) -> tuple[str, ...]:
    one = step.document
    here = " (this one)" if chosen is not None and one.id == chosen.id else ""
    named = Flag().words(one.mentions_pcns) or "Not yet known"
    date_words = day_words(one.dated) if one.dated else one.edition or ""
    title = f"{_INDENT * step.depth}{one.ref} {one.title}{here}"
    return (str(step.depth + 1), title, one.body or "", date_words, step.status, named)


def _counts(one: Mentions) -> tuple[str, ...]:
    return (one.body, f"{one.named:,}", f"{one.not_named:,}", f"{one.not_known:,}")
