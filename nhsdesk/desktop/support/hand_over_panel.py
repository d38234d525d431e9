"""Handing a request over: what would leave, as what, to whom; and who holds a copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands import hand_over
from nhsdesk.commands.hand_over import Giving, Prepared
from nhsdesk.desktop import asking
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.support.passphrase_fields import PassphraseFields
from nhsdesk.desktop.support.whole_table import WholeTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import handing_over
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.requests import GivenAs, RequestCopy, RequestEvent, RequestNote, SupportRequest
from nhsdesk.store.database import Notice

_FOLDER = "requests.folder"
_WAYS = (
    (GivenAs.FILE, "A file under a passphrase, for a host with this program", "Request under a passphrase"),
    (GivenAs.FORM, "An Excel form, to be filled in by hand", "Excel workbook"),
    (GivenAs.EMAIL, "A draft e-mail for [secure] mail, with the PDF and the form", "Draft e-mail"),
    (GivenAs.PDF, "A PDF to read", "PDF"),
)
_RESTS_ON = {one.KIND.name for one in (SupportRequest, RequestEvent, RequestNote, RequestCopy)}


class HandOverPanel(QWidget):
    """A card for any page: it follows the file while it is in sight."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._prepared = Prepared(None, ())
        framed, stack = card("Hand a request over")
        self._none = label("No request is open. Enter one under Support requests first.", "quiet")
        self._request = _combo("Request")
        self._why_not = Told()
        self._leaves = WholeTable("What would leave", ("What", "Words"), wrapped=(1,))
        self._as = _combo("As what")
        self._as.addItems([words for _, words, _ in _WAYS])
        self._to = QLineEdit()
        self._to.setPlaceholderText("For example: integrator host, request desk")
        self._passphrase = PassphraseFields()
        self._write = button("Write the copy…", "save", primary=True)
        self._trouble = Told()
        self._told = Told("")
        self._copies = WholeTable(
            "Who holds a copy", ("Given to", "On", "As", "Form number", "Reply read on"), wrapped=(0,)
        )
        self._no_copy = label("Nobody outside holds a copy.", "quiet")
        self._asking = QWidget()
        self._lay_out(stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)
        self._connect()

    def _lay_out(self, stack: QVBoxLayout) -> None:
        inside = QVBoxLayout(self._asking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(label(handing_over.MARK, "quiet"))
        for words, field in (("As what", self._as), ("To whom: organisation and role", self._to)):
            inside.addWidget(_named(words, field))
            inside.addWidget(field)
        inside.addWidget(self._passphrase)
        row = Flow()
        row.addWidget(self._write)
        inside.addLayout(row)
        for one in (self._none, _named("Request", self._request), self._request, self._why_not, self._leaves):
            stack.addWidget(one)
        for one in (self._asking, self._trouble, self._told, label("Who holds a copy", "h2")):
            stack.addWidget(one)
        stack.addWidget(self._no_copy)
        stack.addWidget(self._copies)

    def _connect(self) -> None:
        self._request.currentIndexChanged.connect(self._show_request)
        self._as.currentIndexChanged.connect(self._show_way)
        self._passphrase.typed.connect(lambda: self._trouble.tell(""))
        self._write.clicked.connect(self._ask_where)
        self._desk.changed.connect(self._take_in)
        self._show_way()

    def refresh(self) -> None:
        """Looks the requests up anew; the one that was chosen stays chosen."""
        chosen = self._request.currentData()
        offered = hand_over.offered(self._desk.database)
        self._request.blockSignals(True)
        self._request.clear()
        for one in offered:
            self._request.addItem(one.words, one.id)
        self._request.setCurrentIndex(max(self._request.findData(chosen), 0) if offered else -1)
        self._request.blockSignals(False)
        self._none.setVisible(not offered)
        self._request.setVisible(bool(offered))
        self._show_request()

    def show_request(self, request: Id) -> None:
        """Chooses a request."""
        self._request.setCurrentIndex(self._request.findData(request))

    # ---- inside

    def _show_request(self) -> None:
        request = self._request.currentData()
        self._trouble.tell("")
        if request is None:
            self._prepared = Prepared(None, ())
        else:
            self._prepared = hand_over.prepare(self._desk.database, request)
        message = self._prepared.message
        self._why_not.tell("\n".join(one.sentence for one in self._prepared.problems))
        rows = handing_over.request_words(message) if message else ()
        self._leaves.show_rows([(name, (name, words)) for name, words in rows])
        for one in (self._leaves, self._asking):
            one.setVisible(message is not None)
        self._show_copies(request)

    def _show_copies(self, request: Id | None) -> None:
        held = hand_over.copies(self._desk.database, request) if request is not None else ()
        self._copies.show_rows(
            [
                (
                    one.id,
                    (
                        one.given_to,
                        day_words(one.given_on),
                        one.given_as.words,
                        one.message or "",
                        day_words(one.reply_read_on) if one.reply_read_on else "not yet",
                    ),
                )
                for one in held
            ]
        )
        self._copies.setVisible(bool(held))
        self._no_copy.setVisible(not held)

    def _show_way(self) -> None:
        self._passphrase.setVisible(self._way is GivenAs.FILE)

    @property
    def _way(self) -> GivenAs:
        return _WAYS[max(self._as.currentIndex(), 0)][0]

    def _ask_where(self) -> None:
        why = self._what_lacks()
        if why:
            self._told.tell("")
            self._trouble.tell(why)
            return
        way = self._way
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        kind = next(words for one, _, words in _WAYS if one is way)
        name = hand_over.suggested_name(self._prepared, way)
        target = asking.choose_file(
            self, "Write the copy", folder, name, f"{kind} (*{hand_over.ENDINGS[way]})"
        )
        if target is not None:
            self._give(
                Giving(way, self._to.text(), target, self._passphrase.words if way is GivenAs.FILE else "")
            )

    def _what_lacks(self) -> str:
        if not self._to.text().strip():
            self._to.setFocus(Qt.FocusReason.OtherFocusReason)
            return "Say to whom it goes: an organisation and a role."
        if self._way is not GivenAs.FILE:
            return ""
        weak = hand_over.advice_on(self._passphrase.words, self._prepared)
        return weak or self._passphrase.why_not_alike()

    def _give(self, giving: Giving) -> None:
        request = self._request.currentData()
        copy = self._desk.attempt(lambda: hand_over.give(self._desk.database, request, giving))
        if copy is None:
            return
        self._desk.layout.keep_word(_FOLDER, str(giving.target.parent))
        self._passphrase.clear()
        self._trouble.tell("")
        say = " Tell the passphrase by telephone, never in the same message." if giving.passphrase else ""
        self._told.tell(f"{giving.target.name} was written, and noted as {copy.ref}.{say}")
        self.refresh()

    def _take_in(self, notice: Notice) -> None:
        if self.isVisible() and _RESTS_ON.intersection(notice.changed):
            self.refresh()


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumWidth(0)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _named(words: str, field: QWidget) -> QWidget:
    made = label(words, "field")
    made.setBuddy(field)
    return made
