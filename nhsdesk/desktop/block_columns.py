"""A line for each field wanted of a block: which column holds it, and how a column of days is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import label
from nhsdesk.domain import times
from nhsdesk.domain.blocks import Block, DayOrder, Wanted

_NOWHERE = "(not there)"
_ASK = "(choose)"
_LONGEST = 40


class BlockColumns(QWidget):
    """Fields and the columns chosen for them. A column chosen twice is taken from the field that had it."""

    changed = Signal()

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        super().__init__()
        self._wanted = tuple(wanted)
        self._boxes: dict[str, QComboBox] = {}
        self._orders: dict[str, tuple[QLabel, QComboBox]] = {}
        self._lent: dict[str, tuple[str, int]] = {}
        """Which field had the column that another has taken from it, and which column that is."""
        flow = Flow()
        flow.setSpacing(12)
        flow.setContentsMargins(0, 0, 0, 0)
        self.setLayout(flow)
        for one in self._wanted:
            flow.addWidget(self._field(one))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def offer(self, block: Block, found: Mapping[str, int]) -> None:
        """Offers the columns of a block, those found chosen."""
        self._lent = {}
        for one in self._wanted:
            box = self._boxes[one.name]
            box.blockSignals(True)
            box.clear()
            box.addItem(_NOWHERE, -1)
            for column, heading in enumerate(block.headings):
                box.addItem(heading if len(heading) <= _LONGEST else f"{heading[:_LONGEST]}…", column)
            box.setCurrentIndex(found.get(one.name, -1) + 1)
            box.blockSignals(False)
        for words, order in self._orders.values():
            order.blockSignals(True)
            order.setCurrentIndex(0)
            order.blockSignals(False)
            words.hide()
            order.hide()

    def chosen(self) -> dict[str, int]:
        """The column of each field that has one."""
        found = {name: box.currentData() for name, box in self._boxes.items()}
        return {name: column for name, column in found.items() if isinstance(column, int) and column >= 0}

    def orders(self) -> dict[str, DayOrder]:
        """How columns of days are written, as far as somebody said it."""
        said = {name: order.currentData() for name, (_, order) in self._orders.items()}
        return {name: order for name, order in said.items() if isinstance(order, DayOrder)}

    def ask_orders(self, names: Sequence[str]) -> None:
        """Asks in which order these fields' days are written; once asked, it stays in sight to be changed."""
        for name, (words, order) in self._orders.items():
            if name in names:
                words.show()
                order.show()

    def _field(self, wanted: Wanted) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        words = label(wanted.label + (" (needed)" if wanted.needed else ""), "field", wrap=False)
        box = self._box(f"Column for {wanted.label}")
        box.currentIndexChanged.connect(lambda _, name=wanted.name: self._chose(name))
        words.setBuddy(box)
        grid.addWidget(words, 0, 0)
        grid.addWidget(box, 1, 0)
        self._boxes[wanted.name] = box
        if isinstance(wanted.kind, times.Day):
            grid.addLayout(self._order(wanted), 2, 0)
        return made

    def _order(self, wanted: Wanted) -> QVBoxLayout:
        asked = label(f"{wanted.label} is written with the", "field", wrap=False)
        order = self._box(f"Order of days for {wanted.label}")
        order.addItem(_ASK, None)
        for one in DayOrder:
            order.addItem(one.value, one)
        order.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._orders[wanted.name] = (asked, order)
        stack = QVBoxLayout()
        stack.setSpacing(2)
        stack.addWidget(asked)
        stack.addWidget(order)
        return stack

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumContentsLength(14)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.installEventFilter(self)
        return box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel that scrolls the page does not change a choice it passes over."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _chose(self, name: str) -> None:
        self._give_back(name)
        column = self._boxes[name].currentData()
        for other, box in self._boxes.items():
            if other != name and column != -1 and box.currentData() == column:
                self._lent[name] = (other, column)
                self._set(other, -1)
        self.changed.emit()

    def _give_back(self, name: str) -> None:
        """Arrows pass by columns that other fields have: what is only passed by goes back where it was."""
        owner, column = self._lent.pop(name, ("", -1))
        if owner and self._boxes[owner].currentData() == -1:
            self._set(owner, column)

    def _set(self, name: str, column: int) -> None:
        with QSignalBlocker(self._boxes[name]):
            self._boxes[name].setCurrentIndex(column + 1)
