"""Columns of a pasted sheet whose headings no field has: each is left out, or is said to be a field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import label
from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import RecordKind

_OUT = "(left out)"
_LONGEST = 40
_NOT_TYPED = (kinds.OneFile, times.Moment)


class PastedColumns(QWidget):
    """One box for each such heading, in the order of the sheet."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QComboBox] = {}
        self._flow = Flow()
        self._flow.setSpacing(12)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def offer(self, kind: RecordKind, headings: Iterable[tuple[str, str]]) -> None:
        """Asks about the headings that have no field, among those as (words, name of the field)."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._boxes = {}
        for words in dict.fromkeys(words for words, name in headings if not name):
            self._flow.addWidget(self._asked(kind, words))
        self.setVisible(bool(self._boxes))

    def chosen(self) -> dict[str, str]:
        """The name of the field chosen for a heading; those left out are not among them."""
        return {words: box.currentData() for words, box in self._boxes.items() if box.currentData()}

    def _asked(self, kind: RecordKind, words: str) -> QWidget:
        box = QComboBox()
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        box.setAccessibleName(f"Column “{short}” is")
        box.setMinimumContentsLength(14)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem(_OUT, "")
        for field in kind.fields:
            if not isinstance(field.kind, _NOT_TYPED):
                box.addItem(field.label, field.name)
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._boxes[words] = box
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        named = label(f"“{short}” is", "field", wrap=False)
        named.setBuddy(box)
        grid.addWidget(named, 0, 0)
        grid.addWidget(box, 1, 0)
        return made
