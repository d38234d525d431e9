"""Finds a PCN among all of England's as one types: by its name, its code or one of its practices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.long_words import titled
from nhsdesk.desktop.words import counted, label

if TYPE_CHECKING:
    from nhsdesk.commands.networks import Lookup, Offered

_HEADINGS = ("PCN", "Code", "ICB", "Practices")
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_Index = QModelIndex | QPersistentModelIndex


class _Found(QAbstractTableModel):
    """The PCNs that hold what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[Offered, ...] = ()
        self._typed = ""

    def show_found(self, shown: tuple[Offered, ...], typed: str) -> None:
        self.beginResetModel()
        self.shown, self._typed = shown, typed
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return _HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self.shown[index.row()]
        return (one.name, one.code, one.icb, self._practices(one))[index.column()]

    def _practices(self, one: Offered) -> str:
        from nhsdesk.commands.networks import practice_found

        found = practice_found(one, self._typed)
        return f"{len(one.practices)}" if found is None else f"{len(one.practices)}, with {found}"


class PcnFinder(QWidget):
    """A search box over a list of PCNs. Arrows move in the list while one types; Enter takes the one marked."""

    marked = Signal(object)
    """The PCN marked now, or None."""
    taken = Signal(object)
    """The PCN taken with Enter or a double click."""

    def __init__(self) -> None:
        super().__init__()
        self._lookup: Lookup | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Its name, its code or one of its practices")
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self._found = _Found()
        self._table = self._made_table()
        self._count = label(role="quiet")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addWidget(titled("Find your PCN", self.search))
        stack.addWidget(self.search)
        stack.addWidget(self._table, 1)
        stack.addWidget(self._count)

    def offer(self, offered: tuple[Offered, ...]) -> None:
        """Puts these PCNs up to be chosen from."""
        from nhsdesk.commands.networks import Lookup

        self._lookup = Lookup(offered)
        self.search.clear()
        self._find("")

    def current(self) -> Offered | None:
        """The PCN marked in the list; None where none is."""
        rows = self._table.selectionModel().selectedRows()
        return self._found.shown[rows[0].row()] if rows else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows typed in the search box move in the list; Enter takes what is marked there."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES and watched is self.search:
                self._move(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names and ICBs get a quarter of the width each; practices what is left."""
        super().resizeEvent(event)
        for column in (0, 2):
            self._table.setColumnWidth(column, self.width() // 4)

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._found)
        table.setAccessibleName("PCNs found")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMinimumHeight(theme.px(160))
        table.verticalHeader().setDefaultSectionSize(theme.px(30))
        table.verticalHeader().hide()
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setStretchLastSection(True)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.selectionModel().selectionChanged.connect(self._tell_marked)
        table.doubleClicked.connect(self._take)
        table.installEventFilter(self)
        return table

    def _find(self, typed: str) -> None:
        if self._lookup is None:
            return
        found = self._lookup.find(typed)
        self._found.show_found(found, typed)
        # Nothing is marked before something was typed: a PCN is never chosen by accident.
        if typed.strip() and found:
            self._table.selectRow(0)
        else:
            self._table.clearSelection()
            self._tell_marked()
        self._count.setText(
            "No PCN has these words. Try part of its name, its code, or the name of one of its practices."
            if not found
            else counted(len(found), "PCN", "PCNs")
        )

    def _move(self, event: QKeyEvent) -> None:
        if not self._found.shown:
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        rows = self._table.selectionModel().selectedRows()
        wanted = (rows[0].row() if rows else -1) + step[Qt.Key(event.key())]
        self._table.selectRow(min(max(wanted, 0), len(self._found.shown) - 1))

    def _take(self, *_: object) -> None:
        if (one := self.current()) is not None:
            self.taken.emit(one)

    def _tell_marked(self, *_: object) -> None:
        self.marked.emit(self.current())
