"""One item of a redacted bundle: what becomes of it and on which ground, its fields, and what its reader will see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from nhsdesk.commands import information_bundle
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import narrow_box, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import redaction
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.redaction import Becomes, Item
from nhsdesk.sections.information_items import Seen

_NONE = "Put something in scope first, then choose it on the left."
_OF_ENTRY = (Becomes.UNDECIDED, Becomes.DISCLOSED, Becomes.WITHHELD)
_OF_FILE = (Becomes.UNDECIDED, Becomes.AS_TEXT, Becomes.DISCLOSED, Becomes.WITHHELD)
_WHOLE_FILE = "Disclosed whole, as it is"
_NO_GROUND = "Choose a ground"

Changing = Callable[[Callable[[InformationRequest], Any]], bool]
"""Does what changes the choices of the request in front; whether it was done."""
Striking = Callable[[str, str], str]
"""Strikes words out on a ground; what is wrong with them, in a sentence."""


class BundleItem(QWidget):
    """What was decided of the chosen item; every choice is kept at once."""

    def __init__(
        self,
        desk: Desk,
        change: Changing,
        strike: Striking,
    ) -> None:
        super().__init__()
        self._desk, self._change, self._strike = desk, change, strike
        self._seen: Seen | None = None
        self._law = RequestLaw.FOI
        self._heading, self._began = label(role="h2"), label(role="help")
        self.becomes, self.ground = narrow_box("What becomes of it", 22), narrow_box("Ground", 22)
        self.becomes.activated.connect(lambda _: self._decide())
        self.ground.activated.connect(lambda _: self._decide())
        self.fields = QListWidget()
        self.fields.setAccessibleName("Fields to strike out")
        self.fields.setMinimumHeight(theme.px(96))
        self.fields.itemChanged.connect(self._strike_field)
        self._fields_named = label("Fields to strike out (Space)", "field", wrap=False)
        self._fields_named.setBuddy(self.fields)
        self.will = reading("What its reader will see")
        self.strike = pressed("Strike out the selected words everywhere", "remove", self._strike_selected)
        self._trouble = Told()
        self._lay_out()

    def show_item(self, request: InformationRequest | None, seen: Seen | None) -> None:
        """The item that is chosen; None where there is none."""
        if seen is None or self._seen is None or seen.item.key != self._seen.item.key:
            self._trouble.tell("")
        self._seen = seen
        may = seen is not None and not self._desk.database.read_only_because
        for control in (self.becomes, self.ground, self.fields, self.strike):
            control.setEnabled(may)
        self._heading.setText(_NONE if seen is None else f"{seen.item.ref} {seen.title}")
        self._began.setText("" if seen is None else seen.item.began_because)
        self._began.setVisible(seen is not None and bool(seen.item.began_because))
        self.will.setPlainText("" if seen is None else seen.will_read)
        if request is None or seen is None:
            self.fields.clear()
            return
        self._law = request.law
        self._fill(seen)

    def take_focus(self) -> None:
        """Puts the cursor where an item is decided."""
        self.becomes.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _fill(self, seen: Seen) -> None:
        item = seen.item
        self.becomes.clear()
        for one in _OF_FILE if item.field else _OF_ENTRY:
            whole = item.field and one is Becomes.DISCLOSED
            self.becomes.addItem(_WHOLE_FILE if whole else one.words, one.value)
        self.becomes.setCurrentIndex(max(self.becomes.findData(item.becomes.value), 0))
        fill_grounds(self.ground, self._law, item.ground)
        self.fields.blockSignals(True)
        row_before = self.fields.currentRow()
        self.fields.clear()
        for field in seen.fields:
            line = QListWidgetItem(_field_words(item, field.name, field.label, self._law))
            line.setData(Qt.ItemDataRole.UserRole, field.name)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            struck = field.name in item.hides
            line.setCheckState(Qt.CheckState.Checked if struck else Qt.CheckState.Unchecked)
            self.fields.addItem(line)
        self.fields.setCurrentRow(min(max(row_before, 0), len(seen.fields) - 1))
        self.fields.blockSignals(False)
        for control in (self.fields, self._fields_named):
            control.setVisible(bool(seen.fields))

    def _decide(self) -> None:
        if self._seen is not None:
            becomes = Becomes(self.becomes.currentData())
            self._put(replace(self._seen.item, becomes=becomes, ground=self.ground.currentData() or ""))

    def _strike_field(self, line: QListWidgetItem) -> None:
        if self._seen is None:
            return
        struck = line.checkState() is Qt.CheckState.Checked
        ground = self.ground.currentData() or redaction.for_people(self._law)
        name = line.data(Qt.ItemDataRole.UserRole)
        self._put(self._seen.item.with_field(name, ground if struck else ""))

    def _put(self, item: Item) -> None:
        database = self._desk.database
        self._change(lambda request: information_bundle.decide(database, request, item))

    def _strike_selected(self) -> None:
        words = self.will.textCursor().selectedText().replace("\u2029", " ")
        if not words.strip():
            self._trouble.tell("Select words in what its reader will see, then press this again.")
            return
        ground = self.ground.currentData() or redaction.for_people(self._law)
        self._trouble.tell(self._strike(words, ground))

    def _lay_out(self) -> None:
        column = scrolled_column(self, theme.px(8))
        column.addWidget(self._heading)
        column.addWidget(self._began)
        column.addLayout(row("What becomes of it", self.becomes))
        column.addLayout(row("Ground", self.ground))
        column.addWidget(self._fields_named)
        column.addWidget(self.fields, 1)
        named = label("What its reader will see", "field", wrap=False)
        named.setBuddy(self.will)
        column.addWidget(named)
        column.addWidget(self.will, 2)
        column.addLayout(row(self.strike))
        column.addWidget(self._trouble)


def fill_grounds(box: QComboBox, law: RequestLaw, chosen: str) -> None:
    """The grounds under a law, the chosen one in front."""
    box.clear()
    box.addItem(_NO_GROUND, "")
    for one in redaction.grounds(law):
        box.addItem(one.told, one.key)
    box.setCurrentIndex(max(box.findData(chosen), 0))


def _field_words(item: Item, name: str, label_: str, law: RequestLaw) -> str:
    ground = redaction.ground(law, item.hides.get(name, ""))
    return f"{label_}: struck out, {ground.mark}" if ground else label_
