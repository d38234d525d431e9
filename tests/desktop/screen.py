"""What a person finds on a page: buttons by their words, fields by their names, and all that is there to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget

from nhsdesk.desktop import theme


def dress() -> None:
    """The look that the program always has by the time it shows a page."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.styleSheet() and theme.tokens() == theme.LIGHT:
        return
    theme.apply(app, theme.Look.LIGHT, 100)


def button(page: QWidget, words: str) -> QAbstractButton:
    """The one visible button with these words."""
    shown = buttons(page)
    found = [one for one in shown if one.text().replace("&&", "&") == words]
    assert len(found) == 1, (words, [one.text() for one in shown])
    return found[0]


def press(page: QWidget, words: str) -> None:
    """Clicks the button with these words, which must be one that can be clicked."""
    pressed = button(page, words)
    assert pressed.isEnabled(), words
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)


def field(page: QWidget, name: str) -> QLineEdit:
    """The visible field of that name."""
    (found,) = (
        one for one in page.findChildren(QLineEdit) if one.accessibleName() == name and one.isVisibleTo(page)
    )
    return found


def read(page: QWidget) -> str:
    """All that stands on the page."""
    QApplication.processEvents()
    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    fields = [one.text() for one in page.findChildren(QLineEdit) if one.isVisibleTo(page)]
    return "\n".join((*labels, *fields))


def table(page: QWidget, name: str) -> list[list[str]]:
    """The cells of the visible table of that name."""
    (found,) = (
        one for one in page.findChildren(QTableView) if one.accessibleName() == name and one.isVisibleTo(page)
    )
    model = found.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def buttons(page: QWidget) -> list[QAbstractButton]:
    """Every visible button."""
    QApplication.processEvents()
    return [one for one in page.findChildren(QAbstractButton) if one.isVisibleTo(page)]


def unnamed(page: QWidget) -> list[str]:
    """What can be reached by keyboard on the page, but has no name for a screen reader."""
    QApplication.processEvents()
    reached = [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(page)
    ]
    assert reached
    return [
        type(one).__name__
        for one in reached
        if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]
