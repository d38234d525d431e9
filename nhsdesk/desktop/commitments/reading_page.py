"""Read a document: its page beside the commitments read from it; where it comes from; what no longer holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from nhsdesk.commands import documents, entries
from nhsdesk.commands.documents import Seen
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.four_answers import FourAnswers
from nhsdesk.desktop.commitments.library_tab import LibraryTab
from nhsdesk.desktop.commitments.line_tab import LineTab
from nhsdesk.desktop.commitments.page_text import PageText, Picked
from nhsdesk.desktop.commitments.read_here import ReadHere
from nhsdesk.desktop.commitments.superseded_tab import SupersededTab
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import editor_for
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.page import scrolled
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.documents.text import DocumentText
from nhsdesk.domain import quotations
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sources import SourceDocument

NO_DOCUMENT = (
    "A document that asks, promises or requires something is read here, beside what was read in it. Take one in, or "
    "choose one above."
)
NO_FILE = "This document has no file here yet. Take in its file, and its pages can be read and quoted from."
KINDS = "Documents (*.pdf *.docx *.txt);;Every file (*)"


class ReadingPage(FollowingPage):
    """A document and what was read in it, side by side."""

    title = "Read a document"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._document: SourceDocument | None = None
        self._read: DocumentText | None = None
        self._sha = ""
        self._superseded_counted = False
        self._build()

    # ---- what the window asks

    def take_focus(self) -> None:
        (self.chosen if self._read is None else self.page.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return self.answers.keep()

    def selection_words(self) -> str:
        return "" if self._document is None else f"{self._document.ref} {self._document.title}"

    # ---- looking

    def look(self) -> None:
        """Shows what the file holds now; the page in front stays where it was."""
        with self.desk.database.read() as reader:
            if self._document is None:
                with_file = [one for one in reader.all(SourceDocument) if one.kept is not None]
                self._document = with_file[-1] if with_file else None
            else:
                self._document = reader.find(SourceDocument, self._document.id)
            words = entries.words_of(reader, _DOCUMENT, self._document.id if self._document else None)
        if not self.chosen.hasFocus():
            self.chosen.show_words(words)
        self._show_document()

    def show_document(self, id_: Id) -> None:
        """Brings a document to the front."""
        with self.desk.database.read() as reader:
            found = reader.find(SourceDocument, id_)
            words = entries.words_of(reader, _DOCUMENT, id_ if found else None)
        if found is not None:
            self._document = found
            self.chosen.show_words(words)
            self._trouble.tell("")
            self._show_document()
            self.tabs.setCurrentIndex(0)

    def _show_document(self) -> None:
        one = self._document
        sha = one.kept.sha256 if one is not None and one.kept is not None else ""
        if sha != self._sha or one is None or not sha:
            self._sha, self._read = sha, None
            self.page.clear(NO_DOCUMENT if one is None else NO_FILE if not sha else "The file is being read.")
            if one is not None and sha:
                self._fetch(one)
        self._beside.show_document(one, self._read)
        self._look_behind()
        self._tell_facts()
        self._allow()
        self.selection_changed.emit()

    def _look_behind(self) -> None:
        """Of the other tabs only the one in front is worked out: each reads much of the file."""
        front = self.tabs.currentIndex()
        if front == _LINE:
            self._line.show_document(self._document)
        elif front == _LIBRARY:
            self._library.look()
        elif front == _SUPERSEDED or not self._superseded_counted:
            self._superseded_counted = True
            self._superseded.look()

    def _fetch(self, document: SourceDocument) -> None:
        self.desk.background.start(
            f"Reading {document.ref}",
            lambda job: documents.text_of(self.desk.database, document),
            lambda read: self._arrived(document, read),
            failed=self._not_read,
        )

    def _arrived(self, document: SourceDocument, read: DocumentText) -> None:
        if self._document is None or document.id != self._document.id:
            return  # another was chosen meanwhile
        self._read = read
        self.page.show_text(read)
        self._beside.show_document(self._document, read)
        self._tell_facts()

    def _not_read(self, sentence: str) -> None:
        self.page.clear(sentence)
        self._trouble.tell(sentence)

    def _tell_facts(self) -> None:
        one, said = self._document, []
        if one is not None:
            said.append(one.status.words if one.status else "Status not yet known")
            if self._read is not None and self._read.has_words:
                times = quotations.names_pcns(self._read.passages)
                said.append(
                    f"PCNs are named {counted(times, 'time', 'times')}" if times else "PCNs are not named"
                )
            elif self._read is not None:
                said.append("No text could be read: it may be a scan")
            if one.kept is not None:
                said.append(f"SHA-256 begins {one.kept.sha256[:12]}")
        self._facts.setText(". ".join(said) + ("." if said else ""))
        self._facts.setVisible(bool(said))

    def _allow(self) -> None:
        may, one = self.desk.may_write, self._document
        self.take_in.setEnabled(may)
        self.take_file.setVisible(one is not None and one.kept is None)
        self.take_file.setEnabled(may)
        self.take_file.setText(on_a_button(f"Take in the file of {one.ref}" if one is not None else ""))
        self.open.setEnabled(one is not None)

    # ---- doing

    def _choose(self) -> None:
        words, today = self.chosen.words(), self.desk.database.today()
        with self.desk.database.read() as reader:
            value = entries.read_words(reader, _DOCUMENT, words, today)
        if isinstance(value, Problem):
            self._trouble.tell(value.sentence)
        elif value is not None and (self._document is None or value != self._document.id):
            self.show_document(value)

    def _ask_for_file(self, into: SourceDocument | None) -> None:
        path = asking.choose_existing(self, "Take in a document", Path.home(), KINDS)
        if path is not None:
            self._trouble.tell("")
            self.desk.background.start(
                f"Reading {path.name}",
                lambda job: documents.look_at(path),
                lambda seen: self._keep(seen, into),
                failed=self._trouble.tell,
            )

    def _keep(self, seen: Seen, into: SourceDocument | None) -> None:
        known = documents.known(self.desk.database, seen)
        kept = self.desk.attempt(lambda: documents.take_in(self.desk.database, seen, into))
        if kept is None:
            return
        self._document, self._read = kept, seen.whole.text
        self._sha = seen.whole.sha256
        if self._read is not None:
            self.page.show_text(self._read)
        else:
            self.page.clear(f"It is larger than 25 MB and stays where it lies: {seen.path}.")
        self.show_document(kept.id)
        said = "was taken in before" if known is not None else "was taken in"
        self.desk.say(f"{kept.ref} {said}.")
        self.take_focus()

    def _ask(self, picked: Picked) -> None:
        if self._document is not None and not self.desk.database.read_only_because:
            self._beside.hide()  # the answers need the room
            self.answers.ask(self._document, picked)

    def _given_up(self) -> None:
        self._beside.show()
        self.page.read_on()

    def _added(self, made: Commitment) -> None:
        self._beside.show()
        self._beside.show_document(self._document, self._read)
        self._beside.go_to(made)
        self.desk.say(f"{made.ref} was added from {made.locator or 'this document'}.")
        self.page.read_on()

    def _turn_to(self, one: Commitment) -> None:
        self.page.go_to(one.locator, one.quotation or "")

    # ---- how it is laid out

    def _build(self) -> None:
        self.chosen = editor_for(_DOCUMENT, self.desk)
        self.chosen.setAccessibleName("Document to read")
        self.chosen.left.connect(self._choose)
        self.take_in = button("Take in a document…", "import")
        self.take_in.clicked.connect(lambda: self._ask_for_file(None))
        self.take_file = button("", "import")
        self.take_file.clicked.connect(lambda: self._ask_for_file(self._document))
        self.open = button("Open in the register", "open")
        self.open.clicked.connect(self._open)
        self._facts = label(role="quiet")
        self._trouble = Told()
        self.page = PageText()
        self.page.picked.connect(self._ask)
        self.answers = FourAnswers(self.desk)
        self.answers.added.connect(self._added)
        self.answers.given_up.connect(self._given_up)
        self._beside = ReadHere(self.desk)
        self._beside.turned_to.connect(self._turn_to)
        self._line = LineTab(self.desk)
        self._line.wanted.connect(self.show_document)
        self._superseded = SupersededTab(self.desk)
        self._superseded.wanted.connect(self.show_document)
        self._superseded.waiting.connect(self._count_superseded)
        self._library = LibraryTab(self.desk)
        self._lay_out()
        keys = QShortcut(QKeySequence("Ctrl+F"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._begin_search)

    def _begin_search(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.page.begin_search()

    def _open(self) -> None:
        if self._document is not None:
            self.desk.show("source_document", self._document.id)

    def _count_superseded(self, count: int) -> None:
        self.tabs.setTabText(_SUPERSEDED, f"Superseded {count}" if count else "Superseded")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        named = label("Document to read", "field", wrap=False)
        named.setBuddy(self.chosen)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(named)
        first.addWidget(self.chosen, 1)
        column.addLayout(first)
        row = Flow()
        row.setSpacing(8)
        for one in (self.take_in, self.take_file, self.open):
            row.addWidget(one)
        column.addLayout(row)
        column.addWidget(self._facts)
        column.addWidget(self._trouble)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Parts of reading")
        self.tabs.addTab(self._side_by_side(), "Read")
        self.tabs.addTab(scrolled(self._line), "Where it comes from")
        self.tabs.addTab(scrolled(self._superseded), "Superseded")
        self.tabs.addTab(scrolled(self._library), "Library")
        self.tabs.currentChanged.connect(lambda _: self._look_behind())
        column.addWidget(self.tabs, 1)

    def _side_by_side(self) -> QWidget:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(theme.px(12), 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.answers)
        inside.addWidget(self._beside, 1)
        inside.addStretch(0)
        split = Split()
        split.setContentsMargins(0, theme.px(8), 0, 0)
        split.addWidget(scrolled(self.page))
        split.addWidget(scrolled(right))
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(560), theme.px(520)])
        return split


_DOCUMENT = Commitment.KIND.field("document")
_LINE, _SUPERSEDED, _LIBRARY = 1, 2, 3
"""Where the tabs stand."""
