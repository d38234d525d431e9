"""A sheet of a workbook to be filled, as a table: what stands in its cells, how they look, and what fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from nhsdesk.desktop import theme
from nhsdesk.documents.template_areas import Area
from nhsdesk.documents.template_look import Blank, SeenCell, SeenSheet
from nhsdesk.documents.template_styles import Takes
from nhsdesk.documents.template_suggestions import Suggestion, suggestions
from nhsdesk.documents.template_xml import column_letters, reference

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROWS_AT_ONCE = 300
COLUMNS_MORE, ROWS_MORE = 2, 3
"""Empty ones shown beside and below what is there."""
MOST_COLUMNS = 256
LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class SeenPart:
    """Some rows of a sheet, read beside the window: from row `first` to row `last`."""

    sheet: SeenSheet
    first: int
    last: int
    cells: tuple[SeenCell, ...]
    merges: tuple[Area, ...]
    widths: tuple[float, ...]
    asks: tuple[Suggestion, ...]


def read_part(blank: Blank, sheet: SeenSheet, first: int = 1) -> SeenPart:
    """The next rows of a sheet; with the first of them its merges, widths and the places that ask to be filled."""
    last = min(first + ROWS_AT_ONCE - 1, max(sheet.rows, 1) + ROWS_MORE)
    cells = blank.cells(sheet.name, first, last)
    if first > 1:
        return SeenPart(sheet, first, last, cells, (), (), ())
    widths = tuple(blank.width(sheet.name, column) for column in range(1, columns_of(sheet) + 1))
    return SeenPart(
        sheet, first, last, cells, blank.merges(sheet.name), widths, suggestions(blank, sheet.name)
    )


def columns_of(sheet: SeenSheet) -> int:
    """How many columns are shown."""
    return min(sheet.columns + COLUMNS_MORE, MOST_COLUMNS)


class WorkbookModel(QAbstractTableModel):
    """The rows read so far; more are asked for when somebody scrolls to their end."""

    more_wanted = Signal(int)
    """The first of the rows that are wanted."""

    def __init__(self, part: SeenPart) -> None:
        super().__init__()
        self.sheet = part.sheet
        self._cells = {(one.row, one.column): one for one in part.cells}
        self._rows = part.last
        self._asked = False
        self._fills: Mapping[tuple[int, int], str] = {}
        self._bold = QFont()
        self._bold.setBold(True)

    def add(self, part: SeenPart) -> None:
        """The next rows have been read."""
        self.beginInsertRows(_NOWHERE, self._rows, part.last - 1)
        self._cells |= {(one.row, one.column): one for one in part.cells}
        self._rows = part.last
        self._asked = False
        self.endInsertRows()

    def show_fills(self, fills: Mapping[tuple[int, int], str]) -> None:
        """By row and column, what fills a cell."""
        self._fills = fills
        self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, self.columnCount() - 1))

    def seen(self, row: int, column: int) -> SeenCell | None:
        """A cell, counted from 1; None for one that holds nothing and has no look of its own."""
        return self._cells.get((row, column))

    def fills(self, row: int, column: int) -> str:
        """What fills a cell."""
        return self._fills.get((row, column), "")

    # ---- what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else columns_of(self.sheet)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and self._rows < self.sheet.rows

    def fetchMore(self, parent: Index) -> None:
        self._asked = True
        self.more_wanted.emit(self._rows + 1)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letters(section + 1) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = index.row() + 1, index.column() + 1
        cell, fills = self._cells.get(at), self._fills.get(at, "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"→ {fills}" if fills else shown_text(cell)
            case Qt.ItemDataRole.AccessibleTextRole:
                return in_words(cell, *at, fills)
            case Qt.ItemDataRole.FontRole if cell is not None and cell.bold:
                return self._bold
            case Qt.ItemDataRole.BackgroundRole:
                return _ground(cell, fills)
            case Qt.ItemDataRole.ForegroundRole:
                return _ink(cell, fills)
            case _:
                return None


def shown_text(cell: SeenCell | None) -> str:
    """What stands in a cell, with what it is where nothing stands in it."""
    if cell is None or cell.covered_by:
        return ""
    if cell.formula:
        return cell.text or "(formula)"
    if not cell.text and cell.lists:
        return "(choose)"
    return cell.text


def in_words(cell: SeenCell | None, row: int, column: int, fills: str) -> str:
    """A cell as it is told: where, what it holds and takes, and what fills it."""
    told = [reference(row, column)]
    if cell is None:
        told.append("empty")
    else:
        told.append(" ".join(cell.text.split()) if cell.text else "empty")
        told += _nature(cell)
    if fills:
        told.append(f"filled with {fills}")
    return ", ".join(told)


def _nature(cell: SeenCell) -> list[str]:
    found = []
    if cell.formula:
        found.append("a formula, which is never overwritten")
    elif not cell.fillable:
        found.append("cannot be filled: it is locked, or a heading of a table")
    if cell.lists:
        found.append("offers choices")
    if cell.takes not in (Takes.ANYTHING, Takes.WORDS):
        found.append(f"takes {cell.takes.value}")
    if cell.merge:
        found.append(f"joined over {cell.merge}")
    if cell.hidden:
        found.append("hidden, so that nobody sees what is put there")
    return found


# ---- colours: the workbook's own, wherever they can be read


def _ground(cell: SeenCell | None, fills: str) -> QColor | None:
    tokens = theme.tokens()
    if tokens is theme.CONTRAST:
        return None
    if fills:
        return QColor(tokens.pick)
    return QColor(cell.fill) if cell is not None and cell.fill else None


def _ink(cell: SeenCell | None, fills: str) -> QColor | None:
    tokens = theme.tokens()
    if fills:
        return QColor(tokens.accent_dark)
    if cell is None or tokens is theme.CONTRAST:
        return None
    ground = QColor(cell.fill or tokens.card)
    if cell.colour and contrast(QColor(cell.colour), ground) >= LEAST_CONTRAST:
        return QColor(cell.colour)
    if not cell.fill:
        return None
    black, white = QColor("#000000"), QColor("#FFFFFF")
    return black if contrast(black, ground) >= contrast(white, ground) else white


def contrast(one: QColor, other: QColor) -> float:
    """How far two colours are apart, from 1 to 21, as WCAG 2.2 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())
