"""A walk through the window with the keys alone: what Tab comes by, in which order, and how to get to a control."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

MOST = 250
"""So many times Tab is pressed before a control counts as out of reach."""


def name_of(widget: QWidget) -> str:
    """The name a screen reader says. On Linux Qt gives a list's choice as its name, and its label beside it."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).replace("&&", "&") if found is not None else ""


def described(widget: QWidget | None) -> str:
    """A control as a failing test names it."""
    if widget is None:
        return "nothing"
    return f"{type(widget).__name__} “{name_of(widget)}”"


def strike(keys: str, window: QWidget) -> None:
    """Strikes keys where the focus is: "Tab", "Ctrl+N", "Shift+Tab". What follows is still to come."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or window
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def press(keys: str, window: QWidget) -> None:
    """Strikes keys, and what follows."""
    strike(keys, window)
    QCoreApplication.processEvents()


def tab_order(window: QWidget, key: str = "Tab") -> list[QWidget]:
    """All controls that Tab comes by, again and again, from wherever the focus is."""
    seen: list[QWidget] = []
    for _ in range(MOST):
        press(key, window)
        now = QApplication.focusWidget()
        assert now is not None, f"the focus is lost behind {described(seen[-1] if seen else None)}"
        assert not seen or now is not seen[-1], f"{key} does not leave {described(now)}"
        if now in seen:
            return seen[seen.index(now) :]
        seen.append(now)
    raise AssertionError(f"{key} does not come round in {MOST} steps")


def tab_to(window: QWidget, wanted: Callable[[QWidget], bool], what: str, key: str = "Tab") -> QWidget:
    """Presses Tab until the focus is on what is wanted."""
    passed = []
    for _ in range(MOST):
        now = QApplication.focusWidget()
        if now is not None and wanted(now):
            return now
        passed.append(described(now))
        press(key, window)
    raise AssertionError(f"Tab does not come by {what}; it came by {', '.join(dict.fromkeys(passed))}")
