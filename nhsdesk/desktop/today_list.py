"""A list on the page of the day: a few lines, each with how it stands; Enter opens what a line is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.pills import TONE, PillDelegate
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.today import Line

FEW, MOST = 10, 300
_WHAT, _TOLD = 1, 2


class TodayList(QWidget):
    """Some lines, or the sentence that says there are none; the first few, and all of them when asked."""

    opened = Signal(object)
    """What the line leads to (`Opens`)."""

    def __init__(self, name: str, empty: str, first: str = "Ref") -> None:
        super().__init__()
        self._empty = empty
        self._lines: tuple[Line, ...] = ()
        self._whole = False
        self.none = label("", "quiet")
        self.table = _Table(name, first)
        self.table.opened.connect(self._open)
        self.more = QPushButton()
        self.more.setProperty("link", "true")
        self.more.clicked.connect(self._show_all)
        self.after = label("", "help")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.none, self.table, self.more, self.after):
            column.addWidget(part)
            part.hide()

    def show_lines(self, lines: Sequence[Line], after: str = "") -> None:
        """Shows these in place of what stands there, with a sentence below."""
        self._lines = tuple(lines)
        self.after.setText(after)
        self.after.setVisible(bool(after))
        self.none.setText(self._empty)
        self.none.setVisible(not lines)
        self._show()

    def _show(self) -> None:
        shown = self._lines[: MOST if self._whole else FEW]
        self.table.setVisible(bool(shown))
        self.table.show_lines(shown)
        left = len(self._lines) - len(shown)
        self.more.setVisible(left > 0)
        self.more.setEnabled(not self._whole)
        beyond = f"And {left:,} more, in their own lists"
        self.more.setText(beyond if self._whole else f"Show all {counted(len(self._lines), 'line', 'lines')}")

    def _show_all(self) -> None:
        self._whole = True
        self.table.setFocus()
        self._show()

    def _open(self, at: int) -> None:
        self.opened.emit(self._lines[at].opens)


class _Table(WrappedTable):
    """As high as its rows: the page is what scrolls."""

    def __init__(self, name: str, first: str) -> None:
        super().__init__(name, (first, "What", "Stands"), wrapped=(_WHAT,))
        self.horizontalHeader().hide()
        self.setItemDelegateForColumn(_TOLD, PillDelegate(self))
        self.setMinimumWidth(theme.px(240))
        theme.changes.made.connect(self._at_this_size)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The lines as rows, known by their place."""
        rows = [(at, (one.ref, " ".join(one.what.split()), one.told)) for at, one in enumerate(lines)]
        self.show_rows(rows)
        for at, one in enumerate(lines):
            if (item := self.item(at, _TOLD)) is not None:
                item.setData(TONE, one.tone)
        self.setColumnHidden(0, not any(one.ref for one in lines))
        self.resizeRowsToContents()
        if not self.hasFocus():
            self.clearSelection()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that Enter opens is marked where the keys are, and only there."""
        super().focusInEvent(event)
        self.selectRow(max(self.currentRow(), 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()

    def _at_this_size(self) -> None:
        """A method of its own: one that Qt has a slot for stays connected when the table is gone."""
        self.resizeRowsToContents()

    def resizeRowsToContents(self) -> None:
        super().resizeRowsToContents()
        height = sum(self.rowHeight(row) for row in range(self.rowCount())) + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), self.height())
