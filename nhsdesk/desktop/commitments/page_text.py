"""The text of a document, a page at a time: to read, to search, and to select words from for a commitment."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.documents.text import DocumentText
from nhsdesk.domain import quotations
from nhsdesk.domain.quotations import Passage

NOTHING_SELECTED = "Select the words on the page first: drag over them, or hold Shift and use the arrow keys."
NO_WORDS = (
    "This page holds no text; it may be a picture of a page. Read it elsewhere and type its page yourself."
)
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Picked:
    """Words selected on a page, and where they stand."""

    locator: str
    words: str


class PageText(QWidget):
    """Pages with a way from one to the next, a search over all of them, and the selection to quote from."""

    picked = Signal(object)
    """Words from which somebody wants to make a commitment: a `Picked`."""

    def __init__(self) -> None:
        super().__init__()
        self._passages: tuple[Passage, ...] = ()
        self._sheets: tuple[range, ...] = ()
        self._has_pages = True
        self._at = 0
        self.text = _Sheet()
        self.text.entered.connect(self._pick)
        self.text.onward.connect(self.turn)
        self._build()
        self.clear("")

    # ---- what is shown

    def clear(self, words: str) -> None:
        """Shows no document, and why there is none."""
        self._passages, self._sheets, self._at = (), (), 0
        self.text.setPlainText(words)
        self._allow()

    def show_text(self, read: DocumentText) -> None:
        """Shows a document from its first page."""
        self._passages, self._has_pages = read.passages, read.has_pages
        self._sheets = quotations.sheets(read.passages, has_pages=read.has_pages)
        self._found.tell("")
        self._show_sheet(0)

    def turn(self, by: int) -> None:
        """Goes so many pages on, or back."""
        at = min(max(self._at + by, 0), len(self._sheets) - 1)
        if self._sheets and at != self._at:
            self._show_sheet(at)

    def go_to(self, where: str | None, words: str = "") -> None:
        """Goes to what a locator names, and selects those words there."""
        named = quotations.locator(where)
        for at, sheet in enumerate(self._sheets):
            for passage in sheet:
                place = quotations.locator(self._passages[passage].locator)
                if named is not None and place is not None and named.covers(place):
                    self._show_sheet(at)
                    self._select_in_sheet(words)
                    return

    def _show_sheet(self, at: int) -> None:
        self._at = at
        shown = self._sheets[at] if self._sheets else range(0)
        words = BETWEEN.join(self._passages[n].text for n in shown)
        self.text.setPlainText(words if words.strip() else NO_WORDS)
        self._allow()

    def _allow(self) -> None:
        many = len(self._sheets)
        self.back.setEnabled(self._at > 0)
        self.on.setEnabled(self._at + 1 < many)
        self.number.setEnabled(many > 0)
        self.sought.setEnabled(many > 0)
        self.find_next.setEnabled(many > 0)
        self.quote.setEnabled(many > 0)
        self.number.setText(str(self._at + 1) if many else "")
        self._of.setText(self._of_words(many))

    def _of_words(self, many: int) -> str:
        if not many:
            return ""
        if self._has_pages:
            return f"of {counted(many, 'page', 'pages')}"
        first, last = self._sheets[self._at][0], self._sheets[self._at][-1]
        return f"of {counted(many, 'part', 'parts')}: {quotations.between(self._passages, first, last)}"

    # ---- what is selected

    @property
    def selection(self) -> Picked | None:
        """The selected words, whole at both ends, with where they stand; None where nothing is selected."""
        cursor, text = self.text.textCursor(), self.text.document().toRawText().replace("\u2029", "\n")
        begins, ends = cursor.selectionStart(), cursor.selectionEnd()
        words = text[begins:ends]
        if not self._sheets or not words.strip():
            return None
        begins += len(words) - len(words.lstrip())
        ends -= len(words) - len(words.rstrip())
        while begins and text[begins].isalnum() and text[begins - 1].isalnum():
            begins -= 1
        while ends < len(text) and text[ends].isalnum() and text[ends - 1].isalnum():
            ends += 1
        first, last = self._passage_at(begins), self._passage_at(ends - 1)
        where = quotations.between(self._passages, first, last)
        return Picked(where, quotations.tidied(text[begins:ends]))

    def _passage_at(self, position: int) -> int:
        at = 0
        for n in self._sheets[self._at]:
            at += len(self._passages[n].text) + len(BETWEEN)
            if position < at:
                return n
        return self._sheets[self._at][-1]

    def _pick(self) -> None:
        picked = self.selection
        self._found.tell(NOTHING_SELECTED if picked is None else "")
        if picked is not None:
            self.picked.emit(picked)

    def read_on(self) -> None:
        """Puts the cursor back behind the words that were selected."""
        cursor = self.text.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- looking for words

    def begin_search(self) -> None:
        """Puts the cursor where words are looked for."""
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sought.selectAll()

    def _find(self) -> None:
        words = self.sought.text().split()
        if not words or not self._sheets:
            return
        wanted = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        for turn in range(len(self._sheets) + 1):
            at = (self._at + turn) % len(self._sheets)
            text = BETWEEN.join(self._passages[n].text for n in self._sheets[at])
            found = wanted.search(text, self.text.textCursor().selectionEnd() if turn == 0 else 0)
            if found is not None:
                if at != self._at:
                    self._show_sheet(at)
                self._select(*found.span())
                self._found.tell("")
                return
        self._found.tell("Those words are not in this document.")

    def _select_in_sheet(self, words: str) -> None:
        parts = words.split()
        if parts:
            found = re.search(r"[\s-]*".join(map(re.escape, parts)), self.text.toPlainText())
            if found is not None:
                self._select(*found.span())

    def _select(self, begins: int, ends: int) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(begins)
        cursor.setPosition(ends, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _go_to_number(self) -> None:
        typed = self.number.text().strip().removeprefix("p")
        if typed.isdecimal() and 1 <= int(typed) <= len(self._sheets):
            self._show_sheet(int(typed) - 1)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._allow()

    # ---- how it is laid out

    def _build(self) -> None:
        self.back = self._small("Previous page", "page-previous", lambda: self.turn(-1))
        self.on = self._small("Next page", "page-next", lambda: self.turn(1))
        self.number = QLineEdit()
        self.number.setAccessibleName("Page")
        self.number.setFixedWidth(theme.px(56))
        self.number.returnPressed.connect(self._go_to_number)
        self._of = label(role="quiet", wrap=False)
        self.sought = QLineEdit()
        self.sought.setAccessibleName("Find in this document")
        self.sought.setPlaceholderText("Find in this document")
        self.sought.setMinimumWidth(theme.px(96))
        self.sought.returnPressed.connect(self._find)
        self.find_next = self._small("Find next", "search", self._find)
        self._found = Told()
        self.quote = button("New commitment from these words", "add", primary=True)
        self.quote.clicked.connect(self._pick)
        pages, words = QHBoxLayout(), QHBoxLayout()
        for one in (self.back, self.number, self._of, self.on):
            pages.addWidget(one)
        pages.addStretch(1)
        words.addWidget(self.sought, 1)
        words.addWidget(self.find_next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(pages)
        column.addLayout(words)
        column.addWidget(self._found)
        column.addWidget(self.text, 1)
        end = QHBoxLayout()
        end.addWidget(self.quote)
        end.addStretch(1)
        column.addLayout(end)

    def _small(self, words: str, picture: str, work: Callable[[], None]) -> QPushButton:
        """A button of a picture alone, which takes little room; it is told and pointed out by its words."""
        made = button("", picture)
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.clicked.connect(lambda _=False: work())
        return made


class _Sheet(QPlainTextEdit):
    """One page of text. Enter takes what is selected; Page Down at its end turns to the next."""

    entered = Signal()
    onward = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Text of the page")
        self.setAccessibleDescription("Select words and press Enter to make a commitment from them.")
        self.setMinimumHeight(theme.px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.onward.emit(1)
            return
        if event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.onward.emit(-1)
            return
        super().keyPressEvent(event)
