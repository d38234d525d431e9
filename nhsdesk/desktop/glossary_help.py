"""What a word of the field means, told where it stands: under the mouse, at a key, and to screen readers.

The one place that does so for labels, headings, cells, buttons and texts that are only read. Words that are being
typed are left alone, and nothing told is ever taken for markup.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QTextEdit,
    QToolTip,
    QWidget,
)

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page

ON_THE_PAGE = "Elsewhere on this page:"
NOTHING = "No word of the glossary stands here. Ctrl+K finds any of them."

_LONG_MS = 30_000
_SOON_MS = 150
"""Descriptions are brought up to date so long after the focus has moved, once for many moves."""

_DESCRIPTION = Qt.ItemDataRole.AccessibleDescriptionRole
_TOLD = "told by the glossary"


@dataclass(frozen=True, slots=True)
class Standing:
    """Words that are shown, by which widget, and where in it."""

    words: str
    widget: QWidget
    where: QRect


class GlossaryHelp(QObject):
    """Tells the meaning of words in a window while a PCN file is open."""

    def __init__(self, window: QMainWindow, desk: Callable[[], Desk | None]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.describe)
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A hint that nothing in the window has given comes to the window itself."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._hint(event.globalPos())
        return super().eventFilter(watched, event)

    def ask(self) -> None:
        """Tells, shows and speaks what the words in focus mean."""
        desk, widget = self._desk(), QApplication.focusWidget()
        if desk is None:
            return
        standing = in_focus(widget) if widget is not None else None
        meaning = self._meaning(standing.words) if standing else ""
        if not meaning and (around := self._meaning(words_around(widget))):
            meaning = f"{ON_THE_PAGE}\n{around}"
        desk.say(meaning or NOTHING)
        if standing and meaning:
            at = standing.widget.mapToGlobal(standing.where.bottomLeft())
            QToolTip.showText(at, as_tip(meaning), standing.widget, QRect(), _LONG_MS)

    def describe(self) -> None:
        """Gives screen readers the meaning of every label in sight, and of what has the focus."""
        for one in self._window.findChildren(QLabel):
            if one.isVisible():
                self._describe(one, one.text())
        widget = QApplication.focusWidget()
        if isinstance(widget, QAbstractButton):
            self._describe(widget, _button_words(widget))

    def _hint(self, at: QPoint) -> bool:
        standing = under(self._window, at)
        meaning = self._meaning(standing.words) if standing else ""
        if standing is None or not meaning:
            return False
        if isinstance(standing.widget, QLabel):
            self._describe(standing.widget, standing.words)
        QToolTip.showText(at, as_tip(meaning), standing.widget, standing.where)
        return True

    def _meaning(self, words: str) -> str:
        desk = self._desk()
        return "" if desk is None else str(desk.attempt(lambda: desk.meaning_of(words), otherwise=""))

    def _describe(self, widget: QWidget, words: str) -> None:
        """A description that somebody else has given is left as it is."""
        before = widget.accessibleDescription()
        meaning = self._meaning(words)
        if before in ("", widget.property(_TOLD)) and before != meaning:
            widget.setAccessibleDescription(meaning)
            widget.setProperty(_TOLD, meaning)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if not QAccessible.isActive() or now is None or self._desk() is None:
            return
        self._soon.start()
        if isinstance(now, QTableWidget) and not now.property(_TOLD):
            now.setProperty(_TOLD, "at each cell")
            now.currentItemChanged.connect(lambda item, _: self._describe_item(item))
            self._describe_item(now.currentItem())

    def _describe_item(self, item: QTableWidgetItem | None) -> None:
        table = None if item is None else item.tableWidget()
        if item is None or table is None:
            return
        blocked = table.blockSignals(True)  # nobody has changed the cell
        item.setData(_DESCRIPTION, self._meaning(item.text()) or None)
        table.blockSignals(blocked)


def as_tip(text: str) -> str:
    """Words for a hint, in lines that wrap; nothing in them is taken for markup."""
    from html import escape  # its table of entities is long, and most starts show no hint

    return f"<qt>{escape(text).replace(chr(10), '<br><br>')}</qt>"


def under(window: QWidget, at: QPoint) -> Standing | None:
    """The words under a point of the screen that are shown and not being typed."""
    widget = window.childAt(window.mapFromGlobal(at))
    if widget is None:
        return None
    holder = widget.parentWidget()
    if widget.objectName() == "qt_scrollarea_viewport" and isinstance(holder, QAbstractScrollArea):
        return _inside(holder, widget.mapFromGlobal(at))
    return _whole(widget, widget.mapFromGlobal(at))


def _inside(holder: QAbstractScrollArea, at: QPoint) -> Standing | None:
    match holder:
        case QHeaderView():
            section = holder.logicalIndexAt(at)
            here = QRect(
                holder.sectionViewportPosition(section), 0, holder.sectionSize(section), holder.height()
            )
            return _standing(_heading(holder, section), holder, here)
        case QAbstractItemView():
            index = holder.indexAt(at)
            return _standing(index.data(), holder, holder.visualRect(index)) if index.isValid() else None
        case QPlainTextEdit() | QTextEdit() if holder.isReadOnly():
            return _standing(holder.cursorForPosition(at).block().text(), holder, holder.rect())
    return None


def _whole(widget: QWidget, at: QPoint) -> Standing | None:
    match widget:
        case QLabel():
            return _standing(widget.text(), widget, widget.rect())
        case QLineEdit() if widget.isReadOnly():
            return _standing(widget.text(), widget, widget.rect())
        case QAbstractButton():
            return _standing(_button_words(widget), widget, widget.rect())
        case QTabBar() if (tab := widget.tabAt(at)) >= 0:
            return _standing(_plain(widget.tabText(tab)), widget, widget.tabRect(tab))
        case QGroupBox():
            return _standing(_plain(widget.title()), widget, widget.rect())
    return None


def in_focus(widget: QWidget) -> Standing | None:
    """The words of what has the focus; of a field that is typed into, its name."""
    match widget:
        case QAbstractItemView():
            index = widget.currentIndex()
            heads = widget.horizontalHeader() if hasattr(widget, "horizontalHeader") else None
            heading = _heading(heads, index.column()) if isinstance(heads, QHeaderView) else ""
            words = f"{index.data() or ''}\n{heading}" if index.isValid() else widget.accessibleName()
            return _standing(words, widget, widget.visualRect(index))
        case QPlainTextEdit() | QTextEdit() if widget.isReadOnly():
            return _standing(f"{widget.toPlainText()}\n{widget.accessibleName()}", widget, widget.rect())
        case QComboBox() if not widget.isEditable():
            return _standing(f"{widget.currentText()}\n{widget.accessibleName()}", widget, widget.rect())
        case QTabBar():
            return _standing(_plain(widget.tabText(widget.currentIndex())), widget, widget.rect())
    whole = _whole(widget, QPoint())
    words = f"{whole.words if whole else ''}\n{widget.accessibleName()}"
    return _standing(words, widget, widget.rect())


def words_around(widget: QWidget | None) -> str:
    """The labels in sight on the page of what has the focus, which no key can go to; a line for each."""
    while widget is not None and not isinstance(widget, Page):
        widget = widget.parentWidget()
    labels = [] if widget is None else widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


def _standing(words: object, widget: QWidget, where: QRect) -> Standing | None:
    return Standing(str(words), widget, where) if words else None


def _heading(header: QHeaderView, section: int) -> str:
    model = header.model()
    return str(model.headerData(section, header.orientation()) or "") if section >= 0 else ""


def _button_words(button: QAbstractButton) -> str:
    return _plain(button.text())


def _plain(words: str) -> str:
    """Words of a button or a tab as they are seen, without the sign of a key."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")
