"""Columns of a pasted sheet whose headings no field has: each is left out, or is said to be a field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.editors import ChoiceEdit
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
        self._boxes: dict[str, ChoiceEdit] = {}
        self._names: dict[str, str] = {}
        self._said: dict[str, str] = {}
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
        self._boxes, self._said = {}, {}
        typed = (one for one in kind.fields if not isinstance(one.kind, _NOT_TYPED))
        self._names = {one.label: one.name for one in typed}
        for words in dict.fromkeys(words for words, name in headings if not name):
            self._flow.addWidget(self._asked(words))
        self.setVisible(bool(self._boxes))

    def chosen(self) -> dict[str, str]:
        """The name of the field chosen for a heading; those left out are not among them."""
        said = {words: self._names.get(box.words(), "") for words, box in self._boxes.items()}
        return {words: name for words, name in said.items() if name}

    def _asked(self, words: str) -> QWidget:
        box = ChoiceEdit([_OUT, *self._names], may_be_empty=False)
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        box.setAccessibleName(f"Column “{short}” is")
        box.setMinimumWidth(theme.px(200))
        box.show_words(_OUT)
        box.left.connect(self._left)
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

    def _left(self) -> None:
        """What was typed counts when the cursor goes on; words that are no field leave the column out."""
        said = self.chosen()
        if said != self._said:
            self._said = said
            self.changed.emit()
