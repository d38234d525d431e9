"""All papers, returns above briefings, each with when it is next due and when it was last sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nhsdesk.desktop import theme
from nhsdesk.domain.times import Moment

if TYPE_CHECKING:  # loaded when the page is first shown
    from nhsdesk.commands.papers import Listed

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.ItemDataRole.UserRole
LINES = Qt.ItemDataRole.UserRole + 1
_WRAPPED = Qt.TextFlag.TextWordWrap


class PaperList(QListView):
    """The papers one can pick from."""

    picked = Signal(str)
    """The key of a paper."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Returns and papers")
        self.setItemDelegate(_Painted(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.selectionModel().currentChanged.connect(self._picked)
        theme.changes.made.connect(self.scheduleDelayedItemsLayout)

    def show_papers(self, groups: dict[str, tuple[Listed, ...]]) -> None:
        """Shows the papers under their headings; the one picked stays picked."""
        if self._items.rowCount() == 0:
            self._fill(groups)
        for one in (one for group in groups.values() for one in group):
            self._tell(one)
        self.scheduleDelayedItemsLayout()

    def pick(self, key: str) -> None:
        """Picks a paper, the first where there is none of that key."""
        rows = [self._items.item(row) for row in range(self._items.rowCount())]
        papers = [item for item in rows if item.data(KEY)]
        for item in [*(item for item in papers if item.data(KEY) == key), *papers][:1]:
            self.setCurrentIndex(item.index())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Words wrap anew in another width, and are then of another height.
        self.scheduleDelayedItemsLayout()

    def _fill(self, groups: dict[str, tuple[Listed, ...]]) -> None:
        for heading, papers in groups.items():
            group = QStandardItem(heading)
            group.setFlags(Qt.ItemFlag.NoItemFlags)
            self._items.appendRow(group)
            for one in papers:
                item = QStandardItem(one.paper.title)
                item.setData(one.paper.key, KEY)
                self._items.appendRow(item)

    def _tell(self, one: Listed) -> None:
        item = next(
            item
            for item in map(self._items.item, range(self._items.rowCount()))
            if item.data(KEY) == one.paper.key
        )
        lines = ((one.due.words, "bad" if one.due.late else "quiet"), (sent_words(one), "quiet"))
        if item.data(LINES) != lines:
            item.setData(lines, LINES)
            spoken = ". ".join((one.paper.title, *(words for words, _ in lines)))
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)

    def _picked(self, now: Index) -> None:
        if key := now.data(KEY):
            self.picked.emit(key)


def sent_words(one: Listed) -> str:
    """When it was last sent: "Sent 2 November 2026 as SP-003"."""
    if not one.sent:
        return "Never sent"
    day, _, _ = Moment().words(one.sent[0].issued_at).partition(",")
    return f"Sent {day} as {one.sent[0].ref}"


class _Painted(QStyledItemDelegate):
    """A paper's name in strong type over its two lines; a heading in small type."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        widget: Any = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        for rect, words, font, tone in self._lines(option, index):
            painter.setFont(font)
            painter.setPen(QColor(getattr(theme.tokens(), tone)))
            painter.drawText(rect, _WRAPPED, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        self.initStyleOption(option, index)
        view: Any = option.widget
        option.rect = QRect(0, 0, view.viewport().width(), 0)
        lines = self._lines(option, index)
        return QSize(option.rect.width(), lines[-1][0].bottom() + theme.px(10))

    def _lines(self, option: QStyleOptionViewItem, index: Index) -> list[tuple[QRect, str, QFont, str]]:
        """Each line with its place, type and colour."""
        paper = bool(index.data(KEY))
        strong = QFont(option.font)
        strong.setBold(True)
        if not paper:
            strong.setPointSizeF(strong.pointSizeF() * 0.9)
        told = [(index.data(), strong, "ink" if paper else "quiet")]
        told += [(words, option.font, tone) for words, tone in index.data(LINES) or ()]
        left, width = option.rect.left() + theme.px(12), option.rect.width() - theme.px(24)
        top, placed = option.rect.top() + theme.px(8), []
        for words, font, tone in told:
            bounds = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), 10_000), _WRAPPED, words)
            placed.append((QRect(left, top, width, bounds.height()), words, font, tone))
            top += bounds.height() + theme.px(2)
        return placed
