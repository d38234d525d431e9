"""What a person does at the window, in their words: go, click, type, press, read. Nothing here reaches behind it."""

from __future__ import annotations

from collections.abc import Callable
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

from nhsdesk.desktop.change_all import ChangeAll
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.messages import Banner
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.window import Window
from nhsdesk.store.database import Database

W = TypeVar("W", bound=QWidget)

PAGE_TURNS = 3
"""A page that is turned to is made, dressed and shown one after the other."""


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
        """Goes to a place by its shortcut, and at once to one of its pages."""
        number = next(n for n, place in enumerate(PLACES) if place.title == title)
        keys = f"Ctrl+{number + 1}"
        if tab:
            self._press(keys)
            self.turns_to(tab)
        else:
            self.presses(keys)
        self.waits()

    def waits_for_today(self) -> None:
        """Stays on Today until all of it is there."""
        self._until(lambda: not self.sees("Looking at the PCN file"))
        self.waits()

    def turns_to_list(self, title: str) -> None:
        """Turns to the register of that name, on a tab of its own or on that of several."""
        place = next(one for one in PLACES if any(cls.KIND.plural == title for cls in one.kinds))
        if title not in {cls.KIND.plural for cls in place.registers}:
            self.turns_to("Lists")
            self.writes("Which list", title, leave=False)
        else:
            self.turns_to(title)

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
            self._press(one)
            self.waits()

    def _press(self, keys: str) -> None:
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self.focus or self.window, combination.key(), combination.keyboardModifiers())

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
            if not self.window.isActiveWindow():  # without a screen a list that closes itself keeps the keys
                self.window.activateWindow()
                self.waits()
                control.setFocus(Qt.FocusReason.PopupFocusReason)
            self.presses("Tab")

    def opens_entry(self, ref: str) -> None:
        """Goes to an entry's row and from there into its form."""
        self.goes_to_cell(ref, "Ref")
        self.presses("F4")

    def leaves_entry_for(self, ref: str) -> None:
        """Goes to the row of another entry, whose form then comes beside the table."""
        self.goes_to_cell(ref, "Ref")
        self._until(lambda: self.shown == ref)

    def types_into_cell(self, ref: str, column: str, words: str) -> None:
        """Goes to a cell, presses Enter, types in place of what stands there, and presses Enter."""
        self.goes_to_cell(ref, column)
        self.presses("Return")
        assert self.focus is not None
        QTest.keySequence(self.focus, QKeySequence("Ctrl+A"))
        self.types(words)
        self.presses("Return")

    def selects(self, refs: list[str], column: str) -> None:
        """Clicks that column's cell of the first of those entries, and with Shift that of the last."""
        self._clicks_cell(refs[0], column)
        self._clicks_cell(refs[-1], column, Qt.KeyboardModifier.ShiftModifier)

    def clicks_cells(self, ref: str, column: str, to_column: str) -> None:
        """Clicks a cell of an entry, and with Shift another."""
        self._clicks_cell(ref, column)
        self._clicks_cell(ref, to_column, Qt.KeyboardModifier.ShiftModifier)

    def _clicks_cell(
        self, ref: str, column: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        index = self.table.model().index(self.listed().index(ref), self._column(column))
        self.table.scrollTo(index)
        middle = self.table.visualRect(index).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, held, middle)
        self.waits()

    def chooses_for_all(self, field: str, words: str) -> None:
        """Says which field of all chosen to change, and to what."""
        self.writes("Field to change", field)
        bar = self.window.page.findChild(ChangeAll) if self.window.page else None
        assert bar is not None
        editor = next(one for one in bar.findChildren(QWidget) if one.accessibleName() == field)
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.types(words)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.hide()

    def pastes(self, words: str) -> None:
        """Pastes words that another program has copied."""
        QApplication.clipboard().setText(words)
        self.presses("Ctrl+V")

    def copies(self) -> str:
        """Copies what is selected; gives what another program would paste."""
        self.presses("Ctrl+C")
        return QApplication.clipboard().text()

    def sorts_by(self, column: str, *, descending: bool = False) -> None:
        """Clicks a column's heading, once or twice."""
        header, at = self.table.horizontalHeader(), self._column(column)
        self.table.setColumnHidden(at, False)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for _ in range(3):
            if header.sortIndicatorSection() == at and header.sortIndicatorOrder() == order:
                break
            self.table.scrollTo(self.table.model().index(0, at))
            middle = header.sectionViewportPosition(at) + header.sectionSize(at) // 2
            QTest.mouseClick(
                header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
            )
            self.waits()
        assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (at, order)

    def narrows(self, chip: str, *offers: str) -> None:
        """Opens the chip that begins so, and chooses each of those from its menu."""
        for offer in offers:
            button = next(
                one for one in self._all(QAbstractButton) if _plain(one.text()).startswith(f"{chip}: ")
            )
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            self.waits()
            self.chooses(offer)

    def _until(self, fact: Callable[[], bool]) -> None:
        for _ in range(200):
            if fact():
                return
            QTest.qWait(10)
        raise AssertionError("it did not come about within two seconds")

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
        for _ in range(PAGE_TURNS):
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
        for _ in range(50):  # a form shows its first fields at once and the others between two keys
            found = [one for kind in kinds for one in self._all(kind) if one.accessibleName() == name]
            if found:
                return found[-1]
            QApplication.processEvents()
        raise AssertionError(f"no field is called {name!r}")

    @property
    def shown(self) -> str:
        """The reference at the head of the form beside the register."""
        shown = [one.text() for one in self._all(QLabel) if one.property("role") == "ref"]
        return shown[-1] if shown else ""

    def beside(self, name: str) -> str:
        """What stands below a field: its help, and what is wrong with the words in it."""
        return self.control(name).accessibleDescription()

    def cell(self, ref: str, column: str) -> str:
        """The words of one cell."""
        return self.listed(column)[self.listed().index(ref)]

    def may_type_into(self, name: str) -> bool:
        """Whether keys pressed in that field would change it."""
        control = self.control(name)
        fixed = isinstance(control, QLineEdit | QPlainTextEdit) and control.isReadOnly()
        return control.isEnabled() and not fixed

    def labels(self) -> list[str]:
        """All that is said by labels in sight."""
        return [one.text() for one in self._all(QLabel)]

    @property
    def undoes(self) -> str:
        """What Undo says it would take back."""
        return _plain(self.window.undoing.undo.text())

    @property
    def banner(self) -> str:
        """What stands above everything, of the file as a whole."""
        return " ".join(one.text() for one in self.window.findChildren(Banner)[0].findChildren(QLabel))

    @property
    def register(self) -> RegisterPage:
        """The register in front."""
        page = self.window.page
        assert page is not None
        front = page.page.register if isinstance(page.page, ListsPage) else page.page
        assert isinstance(front, RegisterPage), f"{page.title}: {page.page.title}"
        return front

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
        return visible(self.window, kind)


def visible(within: QWidget, kind: type[W]) -> list[W]:
    """All of a kind in sight, in the order in which Qt finds them.

    Qt itself would look through every page and form that was ever shown, twenty times as many as are in sight.
    """
    found: list[W] = []
    for one in within.children():
        if isinstance(one, QWidget) and one.isVisible():
            if isinstance(one, kind):
                found.append(one)
            found += visible(one, kind)
    return found


def left_open() -> list[str]:
    """Dialogs and menus that somebody forgot to close."""
    return [
        f"{type(one).__name__} {one.windowTitle()}"
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and isinstance(one, QDialog | QMenu)
    ]
