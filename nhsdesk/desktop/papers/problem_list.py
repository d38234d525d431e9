"""What stands in the way of a paper: each with a shape, a word and a colour, and a way to its entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import icons, theme, words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.records import KINDS

PAGE = 50
"""How many are shown before one asks for more."""

_LOOKS = {
    Weight.MUST_FIX: ("Put right", "bad", "problem"),
    Weight.ACKNOWLEDGE: ("Acknowledge", "warn", "warning"),
    Weight.NOTE: ("For information", "grey", "info"),
}
_TALLEST = 104
"""Pixels at 100 %: the paper below needs the room."""


class ProblemList(QFrame):
    """Problems under one sentence that says how they stand."""

    wanted = Signal(str, object)
    """Kind and id of the entry a problem is about."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.heading = words.label(role="h2")
        self._problems: tuple[Problem, ...] = ()
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self.area = _Scroll(self._rows)
        self._behind: QWidget = self.area
        """The link drawn last: Tab comes from it to the next, and not from the end of the page."""
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(12, 6, 12, 6)
        self.inside.setSpacing(4)
        self.inside.addWidget(self.heading)
        self.inside.addWidget(self.area)
        theme.changes.made.connect(self._draw_again)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Shows what was found, the gravest first."""
        order = list(_LOOKS)
        self._problems = tuple(sorted(problems, key=lambda problem: order.index(problem.weight)))
        self.heading.setText(_standing(self._problems))
        self.area.setVisible(bool(self._problems))
        self._draw_again()

    def _draw_again(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._behind = self.area
        self._draw(0)

    def _draw(self, first: int) -> None:
        for place, problem in enumerate(self._problems[first : first + PAGE], first):
            self._add(place, problem)
        left = len(self._problems) - first - PAGE
        if left > 0:
            more = QPushButton(f"Show {min(PAGE, left)} more of {left:,}")
            more.clicked.connect(lambda: self._draw_more(more, first + PAGE))
            self._grid.addWidget(more, first + PAGE, 2, Qt.AlignmentFlag.AlignLeft)
            QWidget.setTabOrder(self._behind, more)
        self.area.updateGeometry()

    def _draw_more(self, button: QPushButton, first: int) -> None:
        self._grid.removeWidget(button)
        button.hide()
        button.deleteLater()
        self._draw(first)

    def _add(self, row: int, problem: Problem) -> None:
        word, tone, shape = _LOOKS[problem.weight]
        mark = QLabel()
        side = theme.px(18)
        mark.setPixmap(icons.icon(shape, "quiet" if tone == "grey" else tone).pixmap(QSize(side, side)))
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(words.pill(word, tone), row, 1, top)
        sentence = words.label(problem.sentence)
        # A word longer than the window is cut, and does not push all else out of sight.
        sentence.setMinimumWidth(1)
        sentence.setContentsMargins(0, 2, 0, 2)
        sentence.setAlignment(top)
        sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(sentence, row, 2)
        if problem.record and problem.kind in KINDS:
            link = self._link(problem)
            self._grid.addWidget(link, row, 3, top)
            QWidget.setTabOrder(self._behind, link)
            self._behind = link

    def _link(self, problem: Problem) -> QPushButton:
        link = QPushButton(words.on_a_button(f"Open {KINDS[problem.kind].noun}"))
        link.setProperty("link", "true")
        link.setAccessibleDescription(problem.sentence)
        link.clicked.connect(lambda: self.wanted.emit(problem.kind, problem.record))
        return link


class _Scroll(QScrollArea):
    """As tall as what is in it, within reason."""

    def __init__(self, rows: QWidget) -> None:
        super().__init__()
        self._rows = rows
        self.setWidget(rows)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("What stands in the way")

    def sizeHint(self) -> QSize:
        rows = self._rows
        tall = rows.heightForWidth(self.viewport().width())
        most = min(theme.px(_TALLEST), max(theme.px(48), self.window().height() // 7))
        return QSize(super().sizeHint().width(), min(most, max(tall, 0) + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(theme.px(56), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


def _standing(problems: Sequence[Problem]) -> str:
    counts = {weight: sum(problem.weight is weight for problem in problems) for weight in _LOOKS}
    parts = [
        f"{words.counted(count, 'point', 'points')} {weight.value}"
        for weight, count in counts.items()
        if count
    ]
    return ", ".join(parts) if parts else "Nothing stands in the way"
