"""What a person does at the window, in their words: go, click, type, press, read. Nothing here reaches behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from nhsdesk.desktop.navigation import PLACES
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.window import Window
from nhsdesk.store.database import Database

W = TypeVar("W", bound=QWidget)


def _plain(words: str) -> str:
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


@dataclass
class Person:
    """Somebody at the window."""

    window: Window
    warned: list[str] = field(default_factory=list)

    # ---- going about

    @property
    def database(self) -> Database:
        assert self.window.desk is not None, "no file is open"
        return self.window.desk.database

    def goes_to(self, title: str, tab: str = "") -> None:
        """Goes to a place by its shortcut, and to one of its pages."""
        number = next(n for n, place in enumerate(PLACES) if place.title == title)
        self.presses(f"Ctrl+{number + 1}")
        if tab:
            self.turns_to(tab)
        self.waits()

    def turns_to(self, tab: str) -> None:
        """Turns to a tab by its words."""
        for bar in self._all(QTabBar):
            for n in range(bar.count()):
                words = _plain(bar.tabText(n))
                if words == tab or words.rstrip("0123456789 ") == tab:
                    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(n).center())
                    self.waits()
                    return
        raise AssertionError(f"no tab says {tab!r}")

    def clicks(self, words: str) -> None:
        """Clicks the button that says so."""
        button = self.button(words)
        assert button.isEnabled(), f"“{words}” cannot be clicked"
        QTest.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2)
        )
        self.waits()

    def presses(self, *keys: str) -> None:
        """Presses keys where the focus is: "Tab", "Ctrl+N", "Return"."""
        for one in keys:
            combination = QKeySequence(one)[0]  # type: ignore[index]
            target = self.focus or self.window
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            self.waits()

    def types(self, words: str) -> None:
        """Types where the focus is."""
        assert self.focus is not None, "nothing has the focus"
        QTest.keyClicks(self.focus, words)
        self.waits()

    def writes(self, name: str, words: str, *, leave: bool = True) -> None:
        """Writes into the field of that name in place of what stands there, and leaves it with Tab."""
        control = self.control(name)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(control, QComboBox) and not control.isEditable():
            at = control.findText(words)
            assert at >= 0, f"{name} does not offer {words!r}"
            while control.currentIndex() != at:
                QTest.keyClick(control, Qt.Key.Key_Down if control.currentIndex() < at else Qt.Key.Key_Up)
        else:
            QTest.keySequence(control, QKeySequence("Ctrl+A"))
            QTest.keyClick(control, Qt.Key.Key_Delete)
            QTest.keyClicks(control, words)
        self.waits()
        if leave:
            # A list of suggestions below the field takes the first Escape.
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.hide()
            self.presses("Tab")

    def chooses(self, words: str) -> None:
        """Chooses from the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        action = next((one for one in menu.actions() if _plain(one.text()) == words), None)
        assert action is not None, f"the menu does not offer {words!r}"
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.waits()

    def waits(self) -> None:
        """Lets the window do what it has been asked, and work beside it come to its end."""
        QApplication.processEvents()
        self.window.background.wait()
        QApplication.processEvents()

    # ---- looking

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def status(self) -> str:
        """The left of the status line: what is selected."""
        return self.window.status.selection

    @property
    def told(self) -> str:
        """What was said last in passing."""
        return self.window.status.said

    @property
    def message(self) -> str:
        """The sentence above the page."""
        return self.window.message

    def sees(self, words: str) -> bool:
        """Whether some label or button in sight holds the words."""
        shown = [one.text() for one in self._all(QLabel)] + [
            _plain(b.text()) for b in self._all(QAbstractButton)
        ]
        return any(words in one for one in shown)

    def reads(self, name: str) -> str:
        """The words in the field of that name."""
        control = self.control(name)
        if isinstance(control, QComboBox):
            return control.currentText()
        assert isinstance(control, QLineEdit | QPlainTextEdit)
        return control.text() if isinstance(control, QLineEdit) else control.toPlainText()

    def button(self, words: str) -> QAbstractButton:
        for one in self._all(QAbstractButton):
            if words in (_plain(one.text()), one.accessibleName()):
                return one
        raise AssertionError(f"no button says {words!r}")

    def control(self, name: str) -> QWidget:
        """The control of the form, or elsewhere in sight, that bears the accessible name."""
        kinds = (QLineEdit, QPlainTextEdit, QComboBox)
        found = [one for kind in kinds for one in self._all(kind) if one.accessibleName() == name]
        assert found, f"no field is called {name!r}"
        return found[-1]

    @property
    def register(self) -> RegisterPage:
        """The register in front."""
        page = self.window.page
        assert page is not None
        assert isinstance(page.page, RegisterPage)
        return page.page

    @property
    def table(self) -> RecordTable:
        return self.register.table

    def listed(self, column: str = "Ref") -> list[str]:
        """The words of a column, row by row."""
        at = self._column(column)
        model = self.table.model()
        return [str(model.index(row, at).data() or "") for row in range(model.rowCount())]

    def goes_to_cell(self, ref: str, column: str) -> None:
        """Puts the cursor into a cell."""
        row = self.listed().index(ref)
        index = self.table.model().index(row, self._column(column))
        self.table.scrollTo(index)
        self.table.setFocus()
        self.table.setCurrentIndex(index)
        self.waits()

    def action(self, words: str) -> QAction:
        """The menu entry that begins so."""
        return next(a for a in self.window.findChildren(QAction) if _plain(a.text()).startswith(words))

    def _column(self, label: str) -> int:
        model = self.table.model()
        heading = Qt.Orientation.Horizontal
        labels = [
            model.headerData(n, heading, Qt.ItemDataRole.DisplayRole) for n in range(model.columnCount())
        ]
        return labels.index(label)

    def _all(self, kind: type[W]) -> list[W]:
        return [one for one in self.window.findChildren(kind) if one.isVisible()]


def left_open() -> list[str]:
    """Dialogs and menus that somebody forgot to close."""
    return [
        f"{type(one).__name__} {one.windowTitle()}"
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and isinstance(one, QDialog | QMenu)
    ]
