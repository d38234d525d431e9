"""Searching the file for what an information request asks for, and putting what was found in scope."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from nhsdesk.commands import information_bundle
from nhsdesk.commands.information_bundle import MOST_FOUND, Search
from nhsdesk.desktop.commitments.bundle_item import Changing
from nhsdesk.desktop.commitments.parts import line, narrow_box, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.consultations import InformationRequest
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.redaction import Choices, Item
from nhsdesk.sections.file_words import FileWords

_EVERY_KIND = "Every kind"
_DAY = InformationRequest.KIND.field("received").kind


class BundleSearch(QWidget):
    """Words, kind and days above; what was found below, to be put in scope."""

    def __init__(self, desk: Desk, change: Changing, words: FileWords) -> None:
        super().__init__()
        self._desk, self._change, self._file_words = desk, change, words
        self._request: InformationRequest | None = None
        self._held = Choices()
        self._asked: Search | None = None
        self._found: tuple[Item, ...] = ()
        self.words = line("Words to search for", 320)
        self.kind = narrow_box("Kind of entry", 22)
        kinds = sorted((cls.KIND for cls in RECORDS), key=lambda kind: kind.plural)
        self.kind.addItem(_EVERY_KIND, "")
        for kind in kinds:
            self.kind.addItem(kind.plural, kind.name)
        self.first, self.last = line("From", 120), line("To", 120)
        self.alike = QCheckBox("Words spelt alike too")
        self.in_files = QCheckBox("Inside files too")
        self.go = pressed("Search the file", "search", self._search)
        for field in (self.words, self.first, self.last):
            field.returnPressed.connect(self._search)
        self.found = WrappedTable("Found", ("Ref", "What it is", "In scope"), wrapped=(1,))
        self.found.opened.connect(lambda _: self._put(one=True))
        self.all = pressed("Put all in scope", "add", lambda: self._put(one=False))
        self.one = pressed("Put the chosen one in scope", "add", lambda: self._put(one=True))
        self._told, self._trouble = label(), Told()
        column = scrolled_column(self, 0)
        column.addLayout(row("Words to search for", self.words))
        column.addLayout(row("Kind", self.kind, self.alike, self.in_files))
        column.addLayout(row("From", self.first, "To", self.last, self.go))
        column.addWidget(self._trouble)
        column.addWidget(self._told)
        column.addLayout(row(self.all, self.one))
        column.addWidget(self.found, 1)

    def show_request(self, request: InformationRequest | None, held: Choices, *, may: bool) -> None:
        """The request that is searched for; what was found for another is forgotten."""
        before = self._request
        if before is None or request is None or before.id != request.id:
            self._asked, self._found = None, ()
            self._told.setText("")
        self._request, self._held = request, held
        for one in (self.words, self.kind, self.first, self.last, self.alike, self.in_files, self.go):
            one.setEnabled(request is not None)
        self._show(may=may)

    # ---- inside

    def _search(self) -> None:
        request, asked = self._request, self._read()
        if request is None or asked is None:
            return
        database, words = self._desk.database, self._file_words
        if not asked.in_files:
            found = self._desk.attempt(lambda: information_bundle.search(database, request, asked))
            if found is not None:
                self._searched(request, asked, found)
            return
        self.go.setEnabled(False)
        self._desk.background.start(
            "Looking inside files",
            lambda job: information_bundle.search(database, request, asked, words, job.tell),
            lambda found: self._searched(request, asked, found),
            writes=True,
            failed=self._could_not,
        )

    def _could_not(self, sentence: str) -> None:
        self.go.setEnabled(True)
        self._desk.warn(sentence)

    def _searched(self, request: InformationRequest, asked: Search, found: tuple[Item, ...]) -> None:
        self.go.setEnabled(True)
        if self._request is None or self._request.id != request.id:
            return  # another request was chosen meanwhile
        self._asked, self._found = asked, found
        most = f" No more than {MOST_FOUND} are looked at." if len(found) >= MOST_FOUND else ""
        told = counted(len(found), "entry or file was", "entries and files were")
        self._told.setText(f"{told} found for {asked.told}.{most}")
        self._show(may=not self._desk.database.read_only_because)
        (self.found if found else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> Search | None:
        days: list[Any] = []
        for field in (self.first, self.last):
            day = _DAY.read(field.text(), self._desk.database.today())
            if isinstance(day, Problem):
                self._trouble.tell(day.sentence)
                return None
            days.append(day)
        words = self.words.text().strip()
        self._trouble.tell("" if words else "Type the words to search for.")
        kind = self.kind.currentData()
        if not words:
            return None
        wide = self.alike.isChecked(), self.in_files.isChecked()
        return Search(words, (kind,) if kind else (), days[0], days[1], *wide)

    def _show(self, *, may: bool) -> None:
        titles = information_bundle.titles(self._desk.database, self._found)
        inside = {item.key for item in self._held.items}
        rows = [
            (item.key, (item.ref, title, "yes" if item.key in inside else "no"))
            for item, title in zip(self._found, titles, strict=True)
        ]
        self.found.show_rows(rows)
        waiting = any(item.key not in inside for item in self._found)
        for one in (self.all, self.one):
            one.setEnabled(may and waiting)

    def _put(self, *, one: bool) -> None:
        asked, key = self._asked, self.found.current
        chosen = tuple(item for item in self._found if not one or item.key == key)
        if asked is None or not chosen:
            return
        number = len(self._found)
        database = self._desk.database
        if self._change(
            lambda request: information_bundle.put_in_scope(database, request, asked, chosen, of=number)
        ):
            self._desk.say(f"{counted(len(chosen), 'item is', 'items are')} in scope.")
