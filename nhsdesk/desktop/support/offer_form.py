"""The offer for a request: what it is, who makes it and has done it before, and its three safeguards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.commands import support_requests
from nhsdesk.commands.support_requests import Detail
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import pressed
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import editor_for
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import offers
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.requests import SupportRequest

_WIDTHS = {
    "offered_by": 300,
    "done_before": 380,
    "no_contract_transfer": 90,
    "no_mandated_model": 90,
    "existing_support_checked": 90,
    "safeguard_note": 380,
}


class OfferForm(QWidget):
    """What is told of the offer, a breach first, and fields for what is known of it; one button keeps them all."""

    did = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Detail | None = None
        self._before: dict[str, str] = {}
        self._breach, self._told, self._trouble = Told(), label(), Told()
        kind = SupportRequest.KIND
        self.editors = {name: editor_for(kind.field(name), desk) for name in _WIDTHS}
        self.keep = pressed("Keep what is known of the offer", "check", self._keep)
        fields = Flow()
        fields.setSpacing(8)
        for name, editor in self.editors.items():
            editor.setFixedWidth(theme.px(_WIDTHS[name]))
            editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            named = label(kind.field(name).label, "field", wrap=False)
            named.setBuddy(editor)
            fields.addWidget(named)
            fields.addWidget(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for part in (self._breach, self._told):
            column.addWidget(part)
        column.addLayout(fields)
        column.addWidget(self._trouble)
        keeping = Flow()
        keeping.addWidget(self.keep)
        column.addLayout(keeping)
        column.addStretch(1)

    def show_request(self, found: Detail | None) -> None:
        """The offer of a request. What was typed and not kept stays while it is the same request, unchanged."""
        same = (
            found is not None and self._shown is not None and found.view.request == self._shown.view.request
        )
        self._shown = found
        request = None if found is None else found.view.request
        breach = "" if request is None else offers.breach(request)
        if self._breach.text() != breach:
            self._breach.tell(breach)
        told = () if found is None else support_requests.told_of_offer(found)
        self._told.setText("\n".join(one for one in told if one != breach))
        self.keep.setEnabled(found is not None and not self._desk.database.read_only_because)
        if not same:
            self._trouble.tell("")
            words = {} if request is None else support_requests.offer_words(self._desk.database, request)
            for name, editor in self.editors.items():
                editor.show_words(words.get(name, ""))
            self._before = self._typed()

    def finish_typing(self) -> bool:
        """Keeps what was typed and not kept; False where that could not be done."""
        if self._shown is None or not self.keep.isEnabled() or self._typed() == self._before:
            return True
        return self._keep()

    def _typed(self) -> dict[str, str]:
        return {name: editor.words() for name, editor in self.editors.items()}

    def _keep(self) -> bool:
        if self._shown is None:
            return False
        database, request = self._desk.database, self._shown.view.request
        typed = self._typed()

        def work() -> SupportRequest | Problem:
            offer = support_requests.read_offer(database, typed)
            return (
                offer
                if isinstance(offer, Problem)
                else support_requests.keep_offer(database, request.id, offer)
            )

        done = self._desk.attempt(work)
        if done is not None:
            self._trouble.tell(done.sentence if isinstance(done, Problem) else "")
        if not isinstance(done, SupportRequest):
            return False
        self._before = typed
        self._desk.say(f"What is known of the offer for {done.ref} is kept.")
        self.did.emit()
        return True
