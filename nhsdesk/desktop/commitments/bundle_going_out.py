"""Giving out a redacted bundle: it is looked through first, then written and kept as what went out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from nhsdesk.commands import information_bundle
from nhsdesk.commands.information_bundle import Made
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.parts import pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import redaction
from nhsdesk.domain.consultations import InformationRequest
from nhsdesk.domain.redaction import Choices
from nhsdesk.sections.file_words import FileWords

_FOLDER = "bundle.folder"
_KINDS = "Redacted bundle (*.zip)"
_WHAT = (
    "One zip: what is disclosed as a PDF, the files, a schedule of what was found and what became of it, an index page "
    "and a list of fingerprints. The program sends nothing. What went out is kept, and cannot be undone."
)


class GoingOut(QWidget):
    """What stands in the way of a bundle, and the button that gives it out."""

    def __init__(self, desk: Desk, words: FileWords) -> None:
        super().__init__()
        self._desk, self._words = desk, words
        self._request: InformationRequest | None = None
        self._held = Choices()
        self._made: Made | None = None
        self.look_through = pressed("Look the bundle through", "search", self._look_through)
        self.way = reading("What stands in the way")
        self.anyway = QCheckBox("I have read this; it may go out")
        self.anyway.toggled.connect(lambda _: self._offer())
        self.give = button("Give out the bundle…", "save", primary=True)
        self.give.clicked.connect(lambda _=False: self._ask_where())
        self._told = Told("")
        column = scrolled_column(self, theme.px(8))
        column.addWidget(label(redaction.DPO))
        column.addWidget(label(_WHAT, "help"))
        column.addLayout(row(self.look_through))
        column.addWidget(self.way, 1)
        column.addWidget(self.anyway)
        column.addLayout(row(self.give))
        column.addWidget(self._told)

    def show_request(self, request: InformationRequest | None, held: Choices, *, may: bool) -> None:
        """The request whose bundle it is; what was looked through is over once anything in it is another."""
        same = request is not None and self._request is not None and request.id == self._request.id
        if not same or held != self._held:
            self._forget()
        if not same:
            self._told.tell("")
        self._request, self._held = request, held
        self.look_through.setEnabled(may and bool(held.items))

    # ---- inside

    def _forget(self) -> None:
        self._made = None
        self.way.setPlainText("")
        self.anyway.setChecked(False)
        self._offer()

    def _look_through(self) -> None:
        request, held = self._request, self._held
        if request is None:
            return
        self._desk.background.start(
            "Looking the bundle through",
            lambda _: information_bundle.make(self._desk.database, request, self._words),
            lambda made: self._looked(made, held),
            failed=self._desk.warn,
        )

    def _looked(self, made: Made, held: Choices) -> None:
        if held != self._held or self._request is None or made.request.id != self._request.id:
            return  # decided otherwise meanwhile
        self._made = made
        self.way.setPlainText(_words(made))
        self._offer()
        (
            self.anyway if self.anyway.isVisible() else self.give if self.give.isEnabled() else self.way
        ).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        made = self._made
        asks = made is not None and bool(information_bundle.to_acknowledge(made))
        whole = made is not None and not information_bundle.to_put_right(made)
        self.anyway.setVisible(asks and whole)
        self.give.setEnabled(whole and (not asks or self.anyway.isChecked()))

    def _ask_where(self) -> None:
        made = self._made
        if made is None:
            return
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        name = information_bundle.suggested_name(made)
        target = asking.choose_file(self, "Give out the bundle", folder, name, _KINDS)
        if target is None:
            return
        database, acknowledged = self._desk.database, self.anyway.isChecked()
        sent = self._desk.attempt(
            lambda: information_bundle.give_out(database, made, target, acknowledged=acknowledged)
        )
        if sent is not None:
            self._desk.layout.keep_word(_FOLDER, str(target.parent))
            self._forget()
            self._told.tell(f"{target.name} was written, and is kept as {sent.ref}: {made.told}.")


def _words(made: Made) -> str:
    lines = [f"{made.told}."]
    for heading, told in (
        ("To put right first:", information_bundle.to_put_right(made)),
        ("To read and acknowledge:", information_bundle.to_acknowledge(made)),
        ("For information:", information_bundle.to_know(made)),
    ):
        if told:
            lines += ["", heading, *(f"• {one}" for one in told)]
    put_right = len(information_bundle.to_put_right(made))
    lines[0] += f" {counted(put_right, 'thing is', 'things are')} to be put right." if put_right else ""
    return "\n".join(lines)
