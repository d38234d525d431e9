"""The buttons above a register: where there is too little room they stand as pictures alone, the first ones first."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QPushButton, QStyleOptionButton

from nhsdesk.desktop import theme
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import on_a_button


class ToolButton(QPushButton):
    """A button whose words may be left to its name and its tip."""

    def __init__(self, words: str) -> None:
        super().__init__(on_a_button(words))
        self._tip = on_a_button(words)
        self._alone = False

    @property
    def alone(self) -> bool:
        """Whether its picture stands without its words."""
        return self._alone

    def stand_alone(self, alone: bool) -> None:
        """Shows the picture alone, or the words with it; a tip of its own stays."""
        if alone == self._alone:
            return
        self._alone = alone
        if alone and not self.toolTip():
            self.setToolTip(self._tip)
        elif not alone and self.toolTip() == self._tip:
            self.setToolTip("")
        self.update()

    def size_where(self, alone: bool) -> QSize:
        """The room it takes with its picture alone, or with its words."""
        whole = super().sizeHint()
        return QSize(self.iconSize().width() + theme.px(20), whole.height()) if alone else whole

    def sizeHint(self) -> QSize:
        return self.size_where(self._alone)

    def minimumSizeHint(self) -> QSize:
        return self.size_where(self._alone)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if self._alone:
            option.text = ""


class ToolRow(Flow):
    """Buttons in one row as long as their pictures fit; further ones go on in the next line."""

    def __init__(self) -> None:
        super().__init__()
        self._alone: frozenset[int] = frozenset()

    def heightForWidth(self, width: int) -> int:
        self._alone = self._leaving_words(width)
        return super().heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        self._alone = self._leaving_words(rect.width())
        super().setGeometry(rect)
        for number, item in enumerate(self._shown()):
            if isinstance(button := item.widget(), ToolButton):
                button.stand_alone(number in self._alone)

    def sizeHint(self) -> QSize:
        self._alone = frozenset()
        return super().sizeHint()

    def _needed(self, item: QLayoutItem) -> QSize:
        button = item.widget()
        if not isinstance(button, ToolButton):
            return super()._needed(item)
        return button.size_where(self._shown().index(item) in self._alone)

    def _leaving_words(self, width: int) -> frozenset[int]:
        """Which of those shown leave their words: as many of the first as it takes to keep one row."""
        alone: set[int] = set()
        shown = self._shown()
        room = width + self.spacing()
        for number, item in enumerate(shown):
            self._alone = frozenset(alone)
            if sum(self._needed(one).width() + self.spacing() for one in shown) <= room:
                break
            if isinstance(item.widget(), ToolButton):
                alone.add(number)
        return frozenset(alone)
