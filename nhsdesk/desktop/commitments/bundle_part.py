"""The redacted bundle of an information request: search, decide of each item, strike words out, give it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from nhsdesk.commands import data_requests, information_bundle
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.bundle_going_out import GoingOut
from nhsdesk.desktop.commitments.bundle_item import BundleItem
from nhsdesk.desktop.commitments.bundle_search import BundleSearch
from nhsdesk.desktop.commitments.bundle_strikes import BundleStrikes
from nhsdesk.desktop.commitments.parts import Part, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain import redaction
from nhsdesk.domain.consultations import InformationRequest
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.redaction import Becomes, Choices, Item
from nhsdesk.sections.data_requests import InformationView
from nhsdesk.sections.file_words import FileWords

NEXT_KEY = "F8"
_NONE = (
    "No information request is listed. Add it to the list of information requests with the day it was received, then "
    "search the file for it here."
)


class BundlePart(Part):
    """The request and its clock above; what was found and is in scope on the left, the chosen item on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._requests: tuple[InformationView, ...] = ()
        self._held = Choices()
        self._words = FileWords()
        self.request = QComboBox()
        self.request.setAccessibleName("Request")
        self.request.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.request.setMinimumWidth(theme.px(200))
        self.request.activated.connect(lambda _: self._look_at_request())
        self._clock = label(role="h2")
        self.item = BundleItem(desk, self._change, self._strike)
        self.search = BundleSearch(desk, self._change, self._words)
        self.scope = WrappedTable("In scope", ("Ref", "What it is", "Becomes", "Ground"), wrapped=(1, 2))
        self.scope.chosen.connect(lambda _: self._show_item())
        self.scope.opened.connect(lambda _: self.item.take_focus())
        self.next = pressed(f"Next item ({NEXT_KEY})", "forward", self.go_on)
        self.rest = pressed("Disclose all that is undecided", "check", self._disclose_rest)
        self.out = pressed("Take out of scope", "remove", self._take_out)
        self.open = pressed("Open this entry", "open", self._open)
        self.strikes = BundleStrikes(desk, self._change, self._strike)
        self.going_out = GoingOut(desk, self._words)
        self._lay_out()
        shortcut = QShortcut(QKeySequence(NEXT_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_on)

    def begin_at(self) -> QWidget:
        return self.scope if self._held.items else self.search.words

    # ---- looking

    def look(self) -> None:
        before = self._chosen()
        self._requests = data_requests.information_seen(self.desk.database)
        self.request.blockSignals(True)
        self.request.clear()
        self.request.addItems([f"{one.request.ref} {one.request.what}" for one in self._requests])
        ids = [one.request.id for one in self._requests]
        if before is not None and before.request.id in ids:
            self.request.setCurrentIndex(ids.index(before.request.id))
        self.request.blockSignals(False)
        self._look_at_request()

    def go_to(self, id_: Id) -> None:
        """Brings a request to the front."""
        ids = [one.request.id for one in self._requests]
        if id_ in ids:
            self.request.setCurrentIndex(ids.index(id_))
            self._look_at_request()

    def _chosen(self) -> InformationView | None:
        at = self.request.currentIndex()
        return self._requests[at] if 0 <= at < len(self._requests) else None

    @property
    def _request(self) -> InformationRequest | None:
        chosen = self._chosen()
        return None if chosen is None else chosen.request

    def _look_at_request(self) -> None:
        chosen, request = self._chosen(), self._request
        self._clock.setText(_NONE if chosen is None else f"{chosen.clock.words}. {chosen.request.law.words}.")
        none = Choices()
        self._held = (
            none
            if request is None
            else self.desk.attempt(lambda: information_bundle.choices(self.desk.database, request), none)
        )
        self._show_all()

    def _show_all(self) -> None:
        request, held, database = self._request, self._held, self.desk.database
        titles = () if request is None else information_bundle.titles(database, held.items)
        rows = [
            (item.key, (item.ref, title, item.becomes.words, self._ground(item)))
            for item, title in zip(held.items, titles, strict=True)
        ]
        self.scope.show_rows(rows)
        undecided = sum(item.becomes is Becomes.UNDECIDED for item in held.items)
        told = counted(undecided, "item is", "items are")
        self._stands.setText(f"{told} not yet decided." if held.items else "Nothing is in scope yet.")
        may = request is not None and not database.read_only_because
        self.rest.setEnabled(may and bool(undecided))
        for one in (self.out, self.open, self.next):
            one.setEnabled(may and bool(held.items))
        self.search.show_request(request, held, may=may)
        self.strikes.show_request(request, held, may=may)
        self.going_out.show_request(request, held, may=may)
        self._show_item()

    def _ground(self, item: Item) -> str:
        request = self._request
        if request is None:
            return ""
        if item.becomes is Becomes.WITHHELD:
            chosen = redaction.ground(request.law, item.ground)
            return chosen.mark if chosen else "to choose"
        fields = len(item.hidden)
        return f"{counted(fields, 'field', 'fields')} struck out" if fields else ""

    def _show_item(self) -> None:
        request, item = self._request, self._held.item(self.scope.current)
        seen = None
        if request is not None and item is not None:
            database, held = self.desk.database, self._held
            seen = self.desk.attempt(
                lambda: information_bundle.look_at(database, request, item, held, self._words)
            )
        self.item.show_item(request, seen)

    # ---- doing

    def _change(self, work: Callable[[InformationRequest], Any]) -> bool:
        """Does what changes the choices, and shows what they came to; False where it was refused."""
        request = self._request
        if request is None:
            return False
        changed = self.desk.attempt(lambda: work(request))
        if not isinstance(changed, Choices):
            return False
        self._held = changed
        self._show_all()
        return True

    def _strike(self, words: str, ground: str) -> str:
        """Strikes words out everywhere; what is wrong with them, in a sentence."""
        wrong = ""

        def strike(request: InformationRequest) -> Choices | None:
            nonlocal wrong
            struck = information_bundle.strike_out(self.desk.database, request, words, ground)
            if isinstance(struck, Problem):
                wrong = struck.sentence
                return None
            return struck

        if self._change(strike):
            self.desk.say("The words are struck out everywhere in the bundle.")
        return wrong

    def go_on(self) -> None:
        """Brings the next item to the front, after the last the first again."""
        if self.scope.rowCount():
            self.scope.setCurrentCell((self.scope.currentRow() + 1) % self.scope.rowCount(), 0)
            self.item.take_focus()

    def _disclose_rest(self) -> None:
        decided = [
            replace(item, becomes=Becomes.AS_TEXT if item.field else Becomes.DISCLOSED)
            for item in self._held.items
            if item.becomes is Becomes.UNDECIDED
        ]
        database = self.desk.database
        self._change(lambda request: information_bundle.decide(database, request, *decided))

    def _take_out(self) -> None:
        key = self.scope.current
        if key is not None:
            database = self.desk.database
            self._change(lambda request: information_bundle.take_out_of_scope(database, request, key))
            self.scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        item = self._held.item(self.scope.current)
        if item is not None:
            self.desk.show(item.kind, Id(int(item.id)))

    # ---- how it is laid out

    def _lay_out(self) -> None:
        self._stands = label()
        scope = QWidget()
        stack = QVBoxLayout(scope)
        stack.setContentsMargins(0, 8, 0, 0)
        stack.setSpacing(8)
        stack.addWidget(self._stands)
        stack.addWidget(self.scope, 1)
        stack.addLayout(row(self.next, self.rest, self.out, self.open))
        left, right = _tabs("Find, and what is in scope"), _tabs("What becomes of it")
        left.addTab(self.search, "1 Search")
        left.addTab(scope, "2 In scope")
        right.addTab(self.item, "3 The chosen item")
        right.addTab(self.strikes, "4 Struck out everywhere")
        right.addTab(self.going_out, "5 Give it out")
        split = Split()
        split.addWidget(left)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(560), theme.px(560)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        named = label("Request", "field", wrap=False)
        named.setBuddy(self.request)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(named)
        top.addWidget(self.request, 1)
        column.addLayout(top)
        column.addWidget(self._clock)
        column.addWidget(split, 1)


def _tabs(name: str) -> QTabWidget:
    made = QTabWidget()
    made.setDocumentMode(True)
    made.setAccessibleName(name)
    return made
