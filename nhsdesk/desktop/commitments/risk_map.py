"""The square of likelihood by consequence: each cell with its band in words, how many risks, and which."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from nhsdesk.desktop import theme
from nhsdesk.desktop.words import counted
from nhsdesk.domain import risks
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.risks import CONSEQUENCES, HIGHEST, LIKELIHOODS
from nhsdesk.sections.risks import RiskFacts

_NAMED = 3
"""So many references stand in a cell; the others are told on Enter."""
_TONE = Qt.ItemDataRole.UserRole

Cell = tuple[int, int]
"""Likelihood and consequence."""


class _OnItsGround(QStyledItemDelegate):
    """A cell on the ground of its band; where it is chosen, on the style's own."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = theme.tokens()
        if not option.state & QStyle.StateFlag.State_Selected:
            backs = {Tone.GOOD: tokens.good_back, Tone.WARN: tokens.warn_back, Tone.BAD: tokens.bad_back}
            painter.fillRect(option.rect, QColor(backs.get(index.data(_TONE), tokens.grey_back)))
        super().paint(painter, option, index)


class RiskMap(QTableWidget):
    """Arrows move over the cells; Enter, Space or a click asks for a cell's risks. Tab leaves it."""

    asked = Signal(int, int)
    """Likelihood and consequence of the cell whose risks are wanted."""

    def __init__(self) -> None:
        super().__init__(HIGHEST, HIGHEST)
        self._held: dict[Cell, list[RiskFacts]] = {}
        self.setAccessibleName("Risks by likelihood and consequence")
        self.setAccessibleDescription("Arrow keys move over the cells. Enter lists the risks of a cell.")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setItemDelegate(_OnItsGround(self))
        self.setHorizontalHeaderLabels([str(consequence) for consequence in range(1, HIGHEST + 1)])
        self.setVerticalHeaderLabels([str(likelihood) for likelihood in range(HIGHEST, 0, -1)])
        for heads, words in (
            (self.horizontalHeader(), CONSEQUENCES),
            (self.verticalHeader(), tuple(reversed(LIKELIHOODS))),
        ):
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            heads.setHighlightSections(False)
            heads.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
            heads.setToolTip(", ".join(words))
        self.cellClicked.connect(lambda row, column: self.asked.emit(HIGHEST - row, column + 1))
        self.show_risks(())
        self.setCurrentCell(0, 0)
        theme.changes.made.connect(self._draw)

    def show_risks(self, lines: Iterable[RiskFacts]) -> None:
        """Puts each scored risk into its cell; one without a score, or outside the square, is in none."""
        self._held = {}
        for line in lines:
            if line.score is not None and line.likelihood is not None and line.consequence is not None:
                self._held.setdefault((line.likelihood, line.consequence), []).append(line)
        self._draw()

    def words(self, likelihood: int, consequence: int) -> str:
        """The words in a cell."""
        item = self.item(HIGHEST - likelihood, consequence - 1)
        return "" if item is None else item.text()

    def go_to(self, likelihood: int, consequence: int) -> None:
        """Makes a cell the current one."""
        self.setCurrentCell(HIGHEST - likelihood, consequence - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space ask for the risks of the current cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(HIGHEST - self.currentRow(), self.currentColumn() + 1)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Room for a band and its number in each cell, whatever the type."""
        letters = self.fontMetrics()
        wide = letters.horizontalAdvance("Moderate 12") + theme.px(4)
        high = 2 * letters.lineSpacing() + theme.px(10)
        heads = QSize(self.verticalHeader().sizeHint().width(), self.horizontalHeader().sizeHint().height())
        return QSize(HIGHEST * wide, HIGHEST * high) + heads + QSize(theme.px(4), theme.px(4))

    def _draw(self) -> None:
        for likelihood in range(1, HIGHEST + 1):
            for consequence in range(1, HIGHEST + 1):
                self._draw_cell(likelihood, consequence)

    def _draw_cell(self, likelihood: int, consequence: int) -> None:
        row, column = HIGHEST - likelihood, consequence - 1
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.setItem(row, column, item)
        here = self._held.get((likelihood, consequence), [])
        band = risks.band_of(likelihood * consequence)
        item.setText(_cell_words(likelihood * consequence, band.words, here))
        spoken = _spoken((likelihood, consequence), band.words, here)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(spoken)
        item.setData(_TONE, band.tone)
        item.setForeground(QColor(theme.tokens().ink if here else theme.tokens().quiet))


def _cell_words(score: int, band: str, here: list[RiskFacts]) -> str:
    if not here:
        return f"{band} {score}"
    named = ", ".join(line.ref for line in here[:_NAMED])
    more = f" and {len(here) - _NAMED} more" if len(here) > _NAMED else ""
    return f"{band} {score}\n{len(here)}: {named}{more}"


def _spoken(cell: Cell, band: str, here: list[RiskFacts]) -> str:
    likelihood, consequence = cell
    told = (
        f"Likelihood {likelihood} {LIKELIHOODS[likelihood - 1]}, consequence {consequence} "
        f"{CONSEQUENCES[consequence - 1]}: {band} {likelihood * consequence}. "
    )
    return told + (
        f"{counted(len(here), 'risk', 'risks')}: {', '.join(line.ref for line in here)}"
        if here
        else "No risk"
    )
