"""The words that are struck out everywhere in a redacted bundle, each with its ground."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nhsdesk.commands import information_bundle
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.bundle_item import Changing, Striking, fill_grounds
from nhsdesk.desktop.commitments.parts import line, narrow_box, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import redaction
from nhsdesk.domain.consultations import InformationRequest
from nhsdesk.domain.redaction import Choices, Strike

_HELP = (
    "Whatever their case, and in titles, names of files and texts alike. Likely NHS numbers are struck out by "
    "themselves. A file disclosed whole is not changed: choose its text, or withhold it."
)


class BundleStrikes(QWidget):
    """A line to type words in, and those struck out so far."""

    def __init__(
        self,
        desk: Desk,
        change: Changing,
        strike: Striking,
    ) -> None:
        super().__init__()
        self._desk, self._change, self._strike = desk, change, strike
        self._held = Choices()
        self._law: object = None
        self.words, self.ground = line("Words to strike out", 300), narrow_box("Ground for these words", 22)
        self.words.returnPressed.connect(self._add)
        self.add = pressed("Strike out everywhere", "remove", self._add)
        self.list = table("Struck out everywhere", ("Words", "Ground"), 0)
        self.stand = pressed("Let the chosen words stand", "undo", self._let_stand)
        self._trouble = Told()
        column = scrolled_column(self, theme.px(8))
        column.addLayout(row("Words", self.words))
        column.addLayout(row("Ground", self.ground, self.add))
        column.addWidget(self._trouble)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.stand))
        column.addWidget(label(_HELP, "help"))

    def show_request(self, request: InformationRequest | None, held: Choices, *, may: bool) -> None:
        """The words struck out for a request."""
        self._held = held
        if request is not None and request.law is not self._law:
            self._law = request.law
            fill_grounds(self.ground, request.law, redaction.for_people(request.law))
        rows = []
        for one in held.strikes:
            ground = None if request is None else redaction.ground(request.law, one.ground)
            rows.append((one, (one.words, ground.told if ground else "no ground chosen")))
        self.list.show_rows(rows)
        for control in (self.words, self.ground, self.add):
            control.setEnabled(may)
        self.stand.setEnabled(may and bool(held.strikes))

    def _add(self) -> None:
        wrong = self._strike(self.words.text(), self.ground.currentData() or "")
        self._trouble.tell(wrong)
        if not wrong:
            self.words.clear()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_stand(self) -> None:
        chosen = self.list.current
        if isinstance(chosen, Strike):
            database = self._desk.database
            self._change(lambda request: information_bundle.leave_standing(database, request, chosen))
