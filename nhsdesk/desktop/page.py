"""What every page of the window is: a widget with a name, made when first shown, told when it is shown again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nhsdesk.desktop.desk import Desk


class Page(QWidget):
    """One page. It asks the desk's file and listens to the desk; it knows no other page."""

    title = ""
    selection_changed = Signal()
    """What `selection_words` tells is another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def shown(self) -> None:
        """The page has come to the front."""

    def take_focus(self) -> None:
        """Puts the cursor where work on the page begins."""
        self.setFocus()
        self.focusNextChild()

    def finish_typing(self) -> bool:
        """Brings what is being typed into the file; False where that could not be done and the window must stay."""
        return True

    def selection_words(self) -> str:
        """What is selected, with its totals, for the status line."""
        return ""

    def keep_layout(self) -> None:
        """Leaves splitters and columns as they are for the next time."""
