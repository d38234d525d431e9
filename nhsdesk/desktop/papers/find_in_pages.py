"""Looking for words in a paper: typed, gone to one after another, and counted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from nhsdesk.desktop import icons, theme, words


class FindInPages(QWidget):
    """A field with what was found beside it. Enter goes to the next, Shift and Enter to the one before."""

    def __init__(self, document: QPdfDocument, view: QPdfView) -> None:
        super().__init__()
        self._view = view
        self._found = QPdfSearchModel(self)
        self._found.setDocument(document)
        view.setSearchModel(self._found)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Find in the paper")
        self.edit.setAccessibleName("Find in the paper")
        self.edit.setClearButtonEnabled(True)
        self.edit.setMinimumWidth(theme.px(120))
        self.told = words.label(role="quiet", wrap=False)
        self._previous = _button("Previous place", "chevron-up", lambda: self._go(-1))
        self._next = _button("Next place", "chevron-down", lambda: self._go(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for one in (self.edit, self._previous, self._next, self.told):
            row.addWidget(one)
        self.edit.textChanged.connect(self._look)
        self.edit.returnPressed.connect(lambda: self._go(1))
        backwards = QShortcut(QKeySequence("Shift+Return"), self.edit)
        backwards.setContext(Qt.ShortcutContext.WidgetShortcut)
        backwards.activated.connect(lambda: self._go(-1))
        self._found.countChanged.connect(self._tell)
        self._tell()

    def anew(self) -> None:
        """Another document is shown: what was looked for is looked for in it."""
        self._found.setSearchString("")
        self._found.setSearchString(self.edit.text().strip())
        self._tell()

    def _look(self, text: str) -> None:
        self._found.setSearchString(text.strip())
        self._tell()

    def _tell(self) -> None:
        there = self._found.rowCount(self._found.index(-1, 0))
        here = self._view.currentSearchResultIndex()
        place = f"{here + 1} of {there}" if 0 <= here < there else words.counted(there, "place", "places")
        self.told.setText(place if self.edit.text().strip() else "")
        for button in (self._previous, self._next):
            button.setEnabled(bool(there))

    def _go(self, by: int) -> None:
        there = self._found.rowCount(self._found.index(-1, 0))
        if not there:
            return
        here = self._view.currentSearchResultIndex()
        to = (here + by) % there if here >= 0 else (0 if by > 0 else there - 1)
        self._view.setCurrentSearchResultIndex(to)
        found = self._found.resultAtIndex(to)
        navigator = self._view.pageNavigator()
        navigator.jump(found.page(), found.location(), navigator.currentZoom())
        self._tell()


def _button(name: str, icon: str, pressed: object) -> QPushButton:
    button = QPushButton()
    button.setAccessibleName(name)
    button.setToolTip(name)
    icons.put(button, icon)
    button.clicked.connect(pressed)
    return button
