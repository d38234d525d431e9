"""The guide in a window of its own, beside the work: its pages, the keys, accessibility, and about the program.

    guide.open_at("meetings", "Taking minutes")
    guide.open_at(KEYS)

All of it comes with the program; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from nhsdesk import paths, resources
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import guide
from nhsdesk.domain.guide import Page

KEYS, ABOUT, ACCESS = "keys", "about", "accessibility"
FIRST = ("first-day", "today-and-search", "the-window")
"""Pages that stand before the others."""
_AT = Qt.ItemDataRole.UserRole


class GuideWindow(QWidget):
    """Contents and search on the left, the page on the right."""

    diagnostics_wanted = Signal()

    def __init__(self, parent: QWidget, made: Callable[[str], str]) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Guide – nhsdesk")
        self._made = made
        self._pages = _in_order(resources.guide())
        self._at = ""
        self.line = QLineEdit()
        self.line.setPlaceholderText("Search the guide")
        self.line.setAccessibleName("Search the guide")
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(lambda _: self._list())
        self.contents = QListWidget()
        self.line.returnPressed.connect(self._first)
        self.contents.setAccessibleName("Pages of the guide")
        self.contents.setWordWrap(True)
        self.contents.setResizeMode(QListWidget.ResizeMode.Adjust)  # wrapped anew at another width
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(self._chosen)
        self.told = label("", "help")
        self.text = _Text()
        self.text.setAccessibleName("The page")
        self.text.anchorClicked.connect(self._followed)
        self.diagnostics = button("Save diagnostics…", "save")
        self.diagnostics.clicked.connect(self.diagnostics_wanted)
        self._lay_out()
        self._list()

    def open_at(self, key: str, heading: str = "") -> None:
        """Comes to the front at a page, and there at a heading."""
        self.line.clear()
        self._list()
        self.show()
        self._show(key, heading)
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_AT) == (key, ""):
                self.contents.blockSignals(True)
                self.contents.setCurrentRow(row)
                self.contents.blockSignals(False)
        self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def heading(self) -> str:
        """The heading that stands at the top of what is in sight."""
        return self.text.heading

    @property
    def key(self) -> str:
        """The page in front."""
        return self._at

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus() and self.contents.count():
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
            self.contents.setCurrentRow(0)
            return
        super().keyPressEvent(event)

    # ---- what is listed

    def _list(self) -> None:
        asked = self.line.text().strip()
        self.contents.blockSignals(True)
        self.contents.clear()
        if asked:
            hits = guide.find(self._pages, asked)
            for hit in hits:
                self._item(
                    "\n".join(filter(None, (f"{hit.title}: {hit.heading}", hit.words))), hit.page, hit.heading
                )
            self.told.setText(counted(len(hits), "place", "places") + " in the guide")
        else:
            for page in self._pages:
                self._item(page.title, page.key)
            self._item("Keys", KEYS)
            self._item("About nhsdesk", ABOUT)
            self.told.setText("")
        self.told.setVisible(bool(asked))
        self.contents.setCurrentRow(-1)
        self.contents.blockSignals(False)

    def _item(self, words: str, key: str, heading: str = "") -> None:
        item = QListWidgetItem(words)
        item.setData(_AT, (key, heading))
        self.contents.addItem(item)

    def _first(self) -> None:
        self.contents.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem | None, *_: object) -> None:
        if item is not None:
            self._show(*item.data(_AT))

    # ---- what is shown

    def _show(self, key: str, heading: str = "") -> None:
        held = next((page for page in self._pages if page.key == key), None)
        self._at = key
        self.text.show_page(held.text if held is not None else self._made(key), heading)
        self.diagnostics.setVisible(key == ABOUT)

    def _followed(self, link: QUrl) -> None:
        key = link.path().removesuffix(".md")
        if not link.scheme() and any(page.key == key for page in self._pages):
            self._show(key)

    # ---- how it is laid out

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 0, 12)
        column.setSpacing(8)
        for part in (self.line, self.told, self.contents):
            column.addWidget(part)
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.diagnostics)
        inside.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowIcon(icons.icon("app"))
        room = self.screen().availableSize()
        width = min(theme.px(960), room.width())
        self.resize(width, min(theme.px(680), room.height() - 40))
        split.setSizes([min(theme.px(280), width // 3), width])


class _Text(QTextBrowser):
    """A page to read; links lead to other pages and to nothing outside."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self._markdown = ""
        self.heading = ""

    def show_page(self, markdown: str, heading: str = "") -> None:
        """Shows a page from its beginning, or from a heading."""
        if markdown != self._markdown:
            self._markdown = markdown
            self.document().setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
            self.document().setDocumentMargin(theme.px(12))
        self.heading = heading
        self.moveCursor(QTextCursor.MoveOperation.Start)
        QTimer.singleShot(0, self, self._go_to_heading)  # once the page is as wide as it will be

    def _go_to_heading(self) -> None:
        block = self.document().begin()
        while self.heading and block.isValid():
            if block.blockFormat().headingLevel() and block.text() == self.heading:
                self.setTextCursor(QTextCursor(block))
                place = self.document().documentLayout().blockBoundingRect(block).y()
                self.verticalScrollBar().setValue(round(place))
                return
            block = block.next()
        self.heading = ""
        self.verticalScrollBar().setValue(0)

    def loadResource(self, _type: int, name: QUrl | str) -> object:
        """A picture of the guide, as wide as the page; nothing else is ever fetched."""
        asked = name.toString() if isinstance(name, QUrl) else name
        found = (paths.guide() / asked).resolve()
        if not found.is_relative_to(paths.guide().resolve()) or found.suffix != ".png":
            return None
        width = max(self.viewport().width() - theme.px(48), theme.px(240))
        picture = QImage(str(found))
        if picture.width() <= width:
            return picture
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def _in_order(pages: Sequence[Page]) -> tuple[Page, ...]:
    """As a newcomer reads them; what is about all pages stands last."""
    order = {key: number for number, key in enumerate(FIRST)}
    return tuple(
        sorted(pages, key=lambda one: (one.key == ACCESS, order.get(one.key, len(FIRST)), one.title))
    )
