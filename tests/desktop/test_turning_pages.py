"""Keys pressed while a page is on its way go to the page that comes, never to the one that goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from tests.desktop.desk_side import Person, visible


def bar_of(person: Person) -> QTabBar:
    return next(one for one in visible(person.window, QTabBar) if one.accessibleName().startswith("Pages of"))


def strikes(where: QWidget | None, keys: str) -> None:
    """Presses keys without giving the window time for anything before."""
    assert where is not None
    combination = QKeySequence(keys)[0]  # type: ignore[index]
    QTest.keyClick(where, combination.key(), combination.keyboardModifiers())


@pytest.fixture
def at_actions(person: Person) -> Person:
    person.goes_to("Meetings", "Actions")
    person.goes_to_cell("A-001", "Ref")
    return person


def test_a_key_right_after_the_click_on_a_tab_leaves_the_page_that_goes_alone(at_actions: Person) -> None:
    bar = bar_of(at_actions)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    strikes(QApplication.focusWidget(), "Ctrl+Shift+D")
    at_actions.waits()
    assert "A-001" not in at_actions.undoes
    assert at_actions.register.kind.plural == "Meetings"
    assert at_actions.focus is not None
    assert at_actions.register.isAncestorOf(at_actions.focus)


def test_enter_right_after_the_arrow_goes_into_the_page_turned_to(at_actions: Person) -> None:
    at_actions.presses("F6")
    bar = bar_of(at_actions)
    strikes(bar, "Right")
    strikes(bar, "Return")
    at_actions.waits()
    assert at_actions.register.kind.plural == "Meetings"
    assert at_actions.focus is at_actions.table


def test_what_stands_in_place_of_a_list_has_the_focus_when_one_comes_back_to_it(at_actions: Person) -> None:
    at_actions.narrows("View", "Removed actions…")
    at_actions.presses("Ctrl+1")
    at_actions.presses("Ctrl+5")
    assert at_actions.button("Back to the list").hasFocus()
    at_actions.presses("Space")
    assert at_actions.table.hasFocus()
