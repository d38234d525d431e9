"""A page of several parts on tabs: each looks at the file when it comes to the front, or when the file has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.words import label

CALM_MS = 150


class Part(QWidget):
    """One part of a page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def look(self) -> None:
        """Shows what the file holds now."""

    def begin_at(self) -> QWidget:
        """Where work in this part begins."""
        raise NotImplementedError

    def finish_typing(self) -> bool:
        """Brings what is being typed into the file."""
        return True


class PartsPage(Page):
    """Parts on tabs under a heading; only the one in front follows the file."""

    def __init__(self, desk: Desk, parts: Sequence[tuple[str, Part]]) -> None:
        super().__init__(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(f"Parts of {self.title}")
        self._stale = {part for _, part in parts}
        for words, part in parts:
            self.tabs.addTab(part, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addWidget(label(self.title, "h1"))
        column.addWidget(self.tabs, 1)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._look)
        self.tabs.currentChanged.connect(lambda _: self._look())
        desk.changed.connect(self._changed)

    @property
    def part(self) -> Part:
        """The part in front."""
        front = self.tabs.currentWidget()
        assert isinstance(front, Part)
        return front

    def shown(self) -> None:
        self._look()

    def take_focus(self) -> None:
        self.part.begin_at().setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return all(part.finish_typing() for part in self._parts())

    def _parts(self) -> list[Part]:
        every = (self.tabs.widget(n) for n in range(self.tabs.count()))
        return [part for part in every if isinstance(part, Part)]

    def _changed(self, _: object) -> None:
        self._stale |= set(self._parts())
        if self.isVisible():
            self._calm.start()

    def _look(self) -> None:
        if self.part in self._stale:
            self._stale.discard(self.part)
            self.desk.attempt(self.part.look)


def reading(name: str) -> QPlainTextEdit:
    """Words to read and to copy from; Tab leaves them."""
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.setMinimumHeight(theme.px(72))
    return made


def table(name: str, headings: Sequence[str], *stretched: int, figures: Sequence[int] = ()) -> PlainTable:
    """A table that leaves room for what stands beside it on a small screen; some columns share what is left of it."""
    made = PlainTable(name, headings, figures=figures, stretched=stretched[0])
    for column in stretched:
        made.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    made.setMinimumHeight(theme.px(96))
    made.setMinimumWidth(theme.px(120))
    return made


def pressed(words: str, picture: str, work: Callable[[], object]) -> QPushButton:
    """A button that does its work when pressed."""
    made = button(words, picture)
    made.clicked.connect(lambda _=False: work())
    return made


def line(name: str, width: int = 168) -> QLineEdit:
    """A short field, known by its name."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.px(min(width, 120)))
    made.setMaximumWidth(theme.px(width))
    return made


def row(*controls: QWidget | str) -> Flow:
    """Controls side by side, going on below where there is no room; words name the control after them."""
    made = Flow()
    made.setSpacing(8)
    named = None
    for one in controls:
        if isinstance(one, str):
            named = label(one, "field", wrap=False)
            made.addWidget(named)
            continue
        if named is not None:
            named.setBuddy(one)
            named = None
        made.addWidget(one)
    return made
