"""The tree of areas, PCNs and practices as at a day: the tier beside every name, the local definition beside that."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from nhsdesk.commands import geography
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, line, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import times
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.geography import Node
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

_DAY = times.Day(Lean.LAST)
_ALL_OPEN = 200
"""Of so many lines all are shown at first; of more, those down to the PCNs."""
_MOST_TOLD = 40
_BESIDE = 34
"""What the sheet keeps free beside the words of a heading."""
_NONE = "No area and no practice is here yet. Take in an ICB from the NHS file, or add areas in the lists."


class AreaTree(QTreeWidget):
    """Lines that open with the right arrow and close with the left; Enter shows the entry."""

    opened = Signal(object)
    """Kind and id of the line on which Enter was pressed, or which was clicked twice."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Areas, PCNs and practices")
        self.setHeaderLabels(["Name and tier", "What is meant here, and who says so"])
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMinimumHeight(theme.px(120))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(False)
        self.header().sectionResized.connect(self._share_room)
        self.itemDoubleClicked.connect(lambda item, _: self.opened.emit(_key(item)))

    def show_nodes(self, nodes: tuple[Node, ...]) -> int:
        """Puts these in place of what stands there, the current line kept; gives how many lines there are."""
        before = _key(self.currentItem())
        self.clear()
        made: list[QTreeWidgetItem] = []
        tops = [_item(one, made) for one in nodes]
        self.addTopLevelItems(tops)
        if len(made) <= _ALL_OPEN:
            self.expandAll()
        else:
            for one in made:
                one.setExpanded(_key(one)[0] == "area")
        self.setColumnWidth(0, theme.px(430))
        same = next((one for one in made if _key(one) == before), tops[0] if tops else None)
        if same is not None:
            self.setCurrentItem(same)
        return len(made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self, resized: int = 0) -> None:
        """Gives the words the room there is, and at the least that of their heading; then the tree scrolls sideways."""
        if resized == 0:
            heads = self.header()
            heading = heads.fontMetrics().horizontalAdvance(self.headerItem().text(1)) + theme.px(_BESIDE)
            heads.resizeSection(1, max(heading, self.viewport().width() - heads.sectionSize(0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the entry of the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.opened.emit(_key(self.currentItem()))
            return
        super().keyPressEvent(event)


def _item(node: Node, made: list[QTreeWidgetItem]) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{node.name} ({node.tier})", node.told])
    item.setData(0, Qt.ItemDataRole.UserRole, (node.kind, node.id))
    item.setToolTip(1, node.told)
    made.append(item)
    item.addChildren([_item(one, made) for one in node.children])
    return item


def _key(item: QTreeWidgetItem | None) -> Any:
    return None if item is None else item.data(0, Qt.ItemDataRole.UserRole)


class TreePart(Part):
    """The day above, the tree, and what is not known below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown_for: date | None = None
        self._first = label()
        self.day = line("As at")
        self.day.editingFinished.connect(self._look_at_day)
        self.today = pressed("As at today", "today", self._go_to_today)
        self.open = pressed("Open this entry", "open", self._open)
        self._trouble = Told()
        self.tree = AreaTree()
        self.tree.opened.connect(self._open_key)
        self.told = reading("What is not known or does not fit")
        self._told_head = label("What is not known or does not fit", "field")
        self._told_head.setBuddy(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(row("As at", self.day, self.today, self.open))
        column.addWidget(self._trouble)
        column.addWidget(self._first)
        column.addWidget(self.tree, 4)
        column.addWidget(self._told_head)
        column.addWidget(self.told, 1)
        column.addWidget(label("“Where we are” under Returns and papers prints this on one page.", "help"))

    def begin_at(self) -> QWidget:
        return self.tree

    def look(self) -> None:
        if self._shown_for is None:
            self._shown_for = self.desk.database.today()
            self.day.setText(day_words(self._shown_for))
        self._show(self._shown_for)

    def _show(self, on: date) -> None:
        view = geography.view(self.desk.database, on)
        lines = self.tree.show_nodes(view.nodes)
        self._first.setText(f"{counted(lines, 'line', 'lines')} on {day_words(on)}." if lines else _NONE)
        told = list(view.told[:_MOST_TOLD])
        if len(view.told) > _MOST_TOLD:
            told.append(f"And {len(view.told) - _MOST_TOLD:,} more.")
        self.told.setPlainText("\n".join(told))
        self.told.setVisible(bool(told))
        self._told_head.setVisible(bool(told))
        self.open.setEnabled(bool(lines))

    def _look_at_day(self) -> None:
        read = _DAY.read(self.day.text(), self.desk.database.today())
        if not isinstance(read, date):
            told = (
                read.sentence
                if isinstance(read, Problem)
                else "Give a day. The tree is still that of the day before."
            )
            self._trouble.tell(told)
            return
        self._trouble.tell("")
        self.day.setText(day_words(read))
        if read != self._shown_for:
            self._shown_for = read
            self.desk.attempt(lambda: self._show(read))

    def _go_to_today(self) -> None:
        self.day.setText(day_words(self.desk.database.today()))
        self._look_at_day()

    def _open(self) -> None:
        self._open_key(_key(self.tree.currentItem()))

    def _open_key(self, key: Any) -> None:
        if key is not None:
            kind, id_ = key
            self.desk.show(kind, id_)
