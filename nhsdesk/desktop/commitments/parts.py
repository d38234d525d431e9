"""A page of several parts on tabs: each looks at the file when it comes to the front, or when the file has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
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
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable


class Part(QWidget):
    """One part of a page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def look(self) -> None:
        """Shows what the file holds now."""

    def event(self, event: QEvent) -> bool:
        """Controls that go on in a second line take their room from no one: the page is scrolled instead."""
        column = self.layout()
        if column is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(max(column.minimumHeightForWidth(self.width()), 0))
        return super().event(event)

    def begin_at(self) -> QWidget:
        """Where work in this part begins."""
        raise NotImplementedError

    def finish_typing(self) -> bool:
        """Brings what is being typed into the file."""
        return True


Made = Part | Callable[[], Part]
"""A part of a page, or what makes it when it first comes to the front."""

P = TypeVar("P", bound=Part)


class PartsPage(FollowingPage):
    """Parts on tabs under a heading; only the one in front follows the file."""

    def __init__(self, desk: Desk, parts: Sequence[tuple[str, Made]]) -> None:
        super().__init__(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(f"Parts of {self.title}")
        self._unseen = {part for _, part in parts if isinstance(part, Part)}
        self._makers: dict[QWidget, Callable[[], Part]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addWidget(label(self.title, "h1"))
        column.addWidget(self.tabs, 1)
        # Into tabs that have their place: Qt dresses all that is in them at every move.
        for words, part in parts:
            if isinstance(part, Part):
                self.tabs.addTab(part, words)
            else:
                self._makers[waits := QWidget()] = part
                self.tabs.addTab(waits, words)
        self.tabs.currentChanged.connect(lambda _: self.look())

    @property
    def part(self) -> Part:
        """The part in front."""
        return self._part_at(self.tabs.currentIndex())

    def the(self, number: int, kind: type[P]) -> P:
        """The part on that tab, made if nobody has looked at it yet."""
        part = self._part_at(number)
        assert isinstance(part, kind)
        return part

    def _part_at(self, number: int) -> Part:
        held = self.tabs.widget(number)
        if held in self._makers:
            part, words, front = self._makers.pop(held)(), self.tabs.tabText(number), self.tabs.currentIndex()
            self._was_made(part)
            self.tabs.blockSignals(True)
            self.tabs.removeTab(number)
            self.tabs.insertTab(number, part, words)
            self.tabs.setCurrentIndex(front)
            self.tabs.blockSignals(False)
            held.deleteLater()
            return part
        assert isinstance(held, Part)
        return held

    def _was_made(self, part: Part) -> None:
        """A part that waited was made; it has seen nothing yet."""
        self._unseen.add(part)

    def take_focus(self) -> None:
        self.part.begin_at().setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return all(part.finish_typing() for part in self._parts())

    def _parts(self) -> list[Part]:
        every = (self.tabs.widget(n) for n in range(self.tabs.count()))
        return [part for part in every if isinstance(part, Part)]

    def _changed(self, notice: object) -> None:
        self._unseen |= set(self._parts())
        super()._changed(notice)

    def look(self) -> None:
        if self.part in self._unseen:
            self._unseen.discard(self.part)
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
    made = WrappedTable(name, headings, wrapped=stretched, figures=figures)
    made.keep_in_sight()
    made.setMinimumWidth(theme.px(120))
    return made


def pressed(words: str, picture: str, work: Callable[[], object], *, primary: bool = False) -> QPushButton:
    """A button that does its work when pressed."""
    made = button(words, picture, primary=primary)
    made.clicked.connect(lambda _=False: work())
    return made


def line(name: str, width: int = 168) -> QLineEdit:
    """A short field, known by its name."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.px(min(width, 120)))
    made.setMaximumWidth(theme.px(width))
    return made


def narrow_box(name: str, letters: int) -> QComboBox:
    """A list to choose from that need not be as wide as its longest line."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(letters)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
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


class ListPart(Part):
    """A sentence, a list, and what is to be known of its chosen line; Enter or the button opens the entry."""

    kind = ""
    """The kind of record that a line of the list stands for."""

    def __init__(self, desk: Desk, listed: PlainTable, told: str, opens: str) -> None:
        super().__init__(desk)
        self._seen: Mapping[Any, Any] = {}
        self._first = label()
        self.list, self.told = listed, reading(told)
        self.open = pressed(opens, "open", self._open)
        self.list.chosen.connect(lambda _: self.show_chosen())
        self.list.opened.connect(lambda _: self._open())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self._first)
        self.column.addWidget(self.list, 3)
        self.column.addWidget(self.told, 2)

    def begin_at(self) -> QWidget:
        return self.list

    def words(self, one: Any) -> str:
        """What is to be known of one line."""
        raise NotImplementedError

    @property
    def chosen(self) -> Any:
        """What the chosen line stands for; None where there is none."""
        return self._seen.get(self.list.current)

    def show_found(
        self, first: str, seen: Mapping[Any, Any], cells: Callable[[Any], tuple[str, ...]]
    ) -> None:
        """Lists these by their keys, under a sentence."""
        self._seen = seen
        self._first.setText(first)
        self.list.show_rows([(key, cells(one)) for key, one in seen.items()])
        self.show_chosen()

    def show_chosen(self) -> None:
        """Tells of the chosen line."""
        one = self.chosen
        self.told.setPlainText("" if one is None else self.words(one))
        self.open.setEnabled(one is not None)

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show(self.kind, self.list.current)
