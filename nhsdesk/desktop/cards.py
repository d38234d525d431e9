"""The parts that pages made for their work are laid out with: cards, buttons, short tables to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.words import label, on_a_button

_MOST_ROWS_SHOWN = 8


def card(title: str) -> tuple[QFrame, QVBoxLayout]:
    """A framed part of the page with its heading, and where its contents go."""
    made = QFrame()
    made.setObjectName("card")
    stack = QVBoxLayout(made)
    stack.setContentsMargins(16, 14, 16, 14)
    stack.setSpacing(8)
    stack.addWidget(label(title, "h2"))
    return made, stack


def button(words: str, picture: str, *, primary: bool = False) -> QPushButton:
    """A button that Enter presses too."""
    made = QPushButton(on_a_button(words))
    made.setAutoDefault(True)
    if primary:
        made.setProperty("primary", "true")
    icons.put(made, picture, "on_accent" if primary else "ink")
    return made


class ReadOnlyTable(QTableWidget):
    """A short table to read and to copy from; Tab leaves it."""

    def __init__(self, name: str, headings: tuple[str, ...], stretched: int) -> None:
        super().__init__(0, len(headings))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Puts these words in the cells, and is as high as they need, up to some rows."""
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row):
                self.setItem(at, column, QTableWidgetItem(words))
        self.resizeRowsToContents()
        shown = sum(self.rowHeight(at) for at in range(min(len(rows), _MOST_ROWS_SHOWN)))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown + theme.px(6))
        self.setVisible(bool(rows))


def beside(words: str) -> QLabel:
    """The name of a fact, beside it."""
    return label(words, "quiet", wrap=False)
