"""The figures of a paper with the entries each was counted from: Enter opens an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from nhsdesk.desktop import theme
from nhsdesk.documents.model import Figure

REF = Qt.ItemDataRole.UserRole


class FigureList(QTreeWidget):
    """One line for each figure; below it, its entries."""

    wanted = Signal(str)
    """The reference of an entry."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Figures, and the entries they come from")
        self.setHeaderLabels(["Figure", "What was counted"])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMinimumWidth(theme.px(220))
        self._figures: tuple[Figure, ...] = ()
        # Enter and a double click open a line; without this a double click would also fold it.
        self.setExpandsOnDoubleClick(False)
        self.itemActivated.connect(lambda item, _: self._opened(item))

    def show_figures(self, figures: Sequence[Figure], titles: Mapping[str, str]) -> None:
        """Shows the figures of a paper; entries that are no longer there have no title."""
        if tuple(figures) == self._figures:
            return
        self._figures = tuple(figures)
        self.clear()
        for one in figures:
            item = _line(f"[{one.number}] {one.shown}", one.what, one.by)
            for ref in one.refs:
                entry = _line(ref, titles.get(ref, "No longer listed"))
                entry.setData(0, REF, ref)
                item.addChild(entry)
            if not one.refs:
                item.addChild(_line("none", one.not_named or "No entry was counted"))
            self.addTopLevelItem(item)
        self.setColumnWidth(0, theme.px(120))

    def go_to(self, number: int) -> None:
        """Opens a figure's line, its first entry current."""
        for place, one in enumerate(self._figures):
            item = self.topLevelItem(place)
            if one.number == number and item is not None:
                item.setExpanded(True)
                self.setCurrentItem(item.child(0) or item)
                self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtTop)
                self.setFocus()

    def figure(self, number: int) -> Figure | None:
        """The figure of that number."""
        return next((one for one in self._figures if one.number == number), None)

    def _opened(self, item: QTreeWidgetItem) -> None:
        if ref := item.data(0, REF):
            self.wanted.emit(ref)
        else:
            item.setExpanded(not item.isExpanded())


def _line(first: str, second: str, hint: str = "") -> QTreeWidgetItem:
    item = QTreeWidgetItem([first, second])
    spoken: Any = f"{first}, {second}. {hint}".rstrip(". ")
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
    item.setToolTip(1, "")
    return item
