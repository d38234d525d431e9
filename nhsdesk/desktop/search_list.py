"""What was found, over the page below the box: headings, and below each its lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.search_lines import Group, Line, Way

_WAY = Qt.ItemDataRole.UserRole
_MOST_HEIGHT = 430


class SearchList(QFrame):
    """Arrows in the box move in it; it takes no keys itself."""

    chosen = Signal(object)
    """The `Way` of the line clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._list)
        self.hide()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Lists these in place of what was there."""
        self._list.clear()
        for group in groups:
            self._heading(group.heading)
            for line in group.lines:
                self._line(group.heading, line)

    def say(self, words: str) -> None:
        """A sentence in place of what was found."""
        self._list.clear()
        self._heading(words, small=False)

    @property
    def words(self) -> list[str]:
        """The lines as they are shown, without headings; a sentence where nothing was found."""
        items = [self._list.item(row) for row in range(self._list.count())]
        lines = [item.text().partition("\n")[0] for item in items if item.data(_WAY) is not None]
        return lines or [item.text() for item in items]

    @property
    def whole(self) -> list[str]:
        """Everything as it is shown, headings and what stands below a line included."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @property
    def way(self) -> Way | None:
        """Where the chosen line leads; None where there is none."""
        row = self._list.currentRow()
        way = self._list.item(row).data(_WAY) if row >= 0 else None
        return way if isinstance(way, Way) else None

    def move_by(self, rows: int) -> None:
        """Chooses the next line or the one before; headings are passed over, and the last is followed by the first."""
        lines = self._lines()
        if lines:
            at = lines.index(self._list.currentRow()) if self._list.currentRow() in lines else -1
            self._list.setCurrentRow(lines[(at + rows) % len(lines)])
            if self._list.currentRow() == lines[0]:
                self._list.scrollToTop()

    def show_below(self, box: QLineEdit) -> None:
        """Comes to the front below the box, as high as its lines need."""
        window = self.parentWidget()
        assert window is not None
        at = box.mapTo(window, box.rect().bottomLeft())
        rows = (max(self._list.sizeHintForRow(n), theme.px(28)) for n in range(self._list.count()))
        room = min(theme.px(_MOST_HEIGHT), window.height() - at.y() - theme.px(40))
        width = min(max(box.width(), theme.px(520)), window.width() - 16)
        left = max(8, min(at.x(), window.width() - width - 8))
        self.setGeometry(left, at.y() + 4, width, min(sum(rows) + theme.px(16), room))
        if lines := self._lines():
            self._list.setCurrentRow(self._first(lines))
        self.show()
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.hide()

    def _lines(self) -> list[int]:
        return [row for row in range(self._list.count()) if self._list.item(row).data(_WAY) is not None]

    def _first(self, lines: list[int]) -> int:
        """What Enter takes: the first line; a word of the field only where there is nothing else."""
        ways = ((row, self._list.item(row).data(_WAY)) for row in lines)
        return next((row for row, way in ways if not way.word), lines[0])

    def _heading(self, words: str, *, small: bool = True) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)  # it can be read, not chosen
        item.setForeground(QColor(theme.tokens().quiet))
        if small:
            font = self._list.font()
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 0.9)
            item.setFont(font)
        self._list.addItem(item)

    def _line(self, heading: str, line: Line) -> None:
        words, why = " ".join(line.words.split()), " ".join(line.why.split())
        item = QListWidgetItem(f"{words}\n{why}" if why else words)
        item.setData(_WAY, line.way)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ". ".join(filter(None, (heading, words, why))))
        if why:
            height = 2 * self._list.fontMetrics().lineSpacing() + theme.px(12)
            item.setSizeHint(QSize(0, height))
        self._list.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        if (way := item.data(_WAY)) is not None:
            self.chosen.emit(way)
