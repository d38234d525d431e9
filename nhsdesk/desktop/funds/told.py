"""Small parts of the pages about integrators and funds: facts in lines, tables with a sign, what wants a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHeaderView, QLabel, QTableWidgetItem, QVBoxLayout, QWidget

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.words import label, pill
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem

_SIGNS = {"good": "ok", "warn": "warning", "bad": "late", "grey": "clock"}


class WholeTable(PlainTable):
    """As high as its rows need, up to some; its longer columns share the room and go on in the next line."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        *,
        wrapped: Sequence[int],
        figures: Sequence[int] = (),
        most: int = 14,
    ) -> None:
        self._wrapped, self._most = tuple(wrapped), most
        super().__init__(name, headings, figures=figures, stretched=wrapped[0])
        self._settled = QTimer(self)  # columns take their widths after the table has taken its own
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self.fit)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._settled.start())
        theme.changes.made.connect(self.fit)
        self.fit()

    def show_rows(self, rows: Sequence[tuple[Any, Sequence[str]]]) -> None:
        """Puts these in place of what stands there, and takes the height they need."""
        super().show_rows(rows)
        self.fit()

    def fit(self) -> None:
        """Takes the height that the rows need; none without any."""
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.resizeRowsToContents()
        shown = sum(self.rowHeight(at) for at in range(min(self.rowCount(), self._most)))
        heads = max(self.horizontalHeader().sizeHint().height(), self.horizontalHeader().minimumHeight())
        self.setFixedHeight(heads + shown + theme.px(20))
        self.setVisible(self.rowCount() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def _sharing(self) -> tuple[int, ...]:
        return tuple(column for column in self._wrapped if column < self.columnCount())

    def _take_width(self, others: QHeaderView.ResizeMode) -> None:
        super()._take_width(others)
        for column in self._wrapped:
            if column < self.columnCount():
                self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def sign(table: WholeTable, column: int, tones: Sequence[str]) -> None:
    """Puts the sign of a tone before the words of a column, row by row; the words say the same."""
    for row, tone in enumerate(tones):
        item = table.item(row, column)
        if isinstance(item, QTableWidgetItem) and tone in _SIGNS:
            item.setIcon(icons.icon(_SIGNS[tone], "quiet" if tone == "grey" else tone))
    table.fit()


class Lines(QWidget):
    """Questions with their answers, one below the other; an answer that is missing bears a sign and a word."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._made: list[QLabel] = []

    def show_lines(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Each a question, the word of its sign or nothing, and the answer."""
        for old in self._made:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
        for row, (question, lacks, answer) in enumerate(lines):
            parts = [(0, label(question, "field", wrap=False)), (2, label(answer))]
            if lacks:
                parts.append((1, pill(lacks, "warn")))
            for column, part in parts:
                self._grid.addWidget(part, row, column)
                self._made.append(part)


class ToLookAt(QWidget):
    """What wants a look, each in a sentence; Enter opens the entry it is about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._problems: tuple[Problem, ...] = ()
        framed, stack = card("What wants a look")
        self.table = WholeTable("What wants a look", ("In words",), wrapped=(0,), most=8)
        self.table.opened.connect(lambda at: self._open(desk, at))
        self._none = label("Nothing.", "quiet")
        stack.addWidget(self._none)
        stack.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Lists them in place of those before."""
        self._problems = tuple(problems)
        self._none.setVisible(not self._problems)
        self.table.show_rows([(at, (one.sentence,)) for at, one in enumerate(self._problems)])
        sign(self.table, 0, ["warn"] * len(self._problems))

    def _open(self, desk: Desk, at: Any) -> None:
        if isinstance(at, int) and at < len(self._problems):
            one = self._problems[at]
            if one.kind and one.record:
                desk.show(one.kind, Id(one.record))


def scrolled_column(part: QWidget, *inside: QWidget) -> None:
    """Lays widgets out below each other in a part that is scrolled as a whole."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 8, 8, 0)
    column.setSpacing(12)
    for one in inside:
        column.addWidget(one)
    column.addStretch(1)
    whole = QVBoxLayout(part)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scrolled_down(held))
