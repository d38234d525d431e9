"""A register as it will be printed: what is shown, in its order, with how it was narrowed and as at when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.parts import row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told

if TYPE_CHECKING:  # loaded when the first register is printed
    from nhsdesk.commands.register_files import View
    from nhsdesk.desktop.papers.pdf_preview import PdfPreview

UNDER_WAY = "Making the pages…"


class RegisterPrint(QFrame):
    """The pages, with the ways to print them; it stands in the place of the list."""

    closed = Signal()
    """The list is wanted again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._turn = 0
        self.told = Told("quiet")
        self.back = button("Back to the list", "back")
        self.back.clicked.connect(lambda: self.closed.emit())
        self.pages: PdfPreview | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(12, 8, 12, 12)
        self._inside.addLayout(row(self.back, self.told))
        self._inside.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def show_view(self, view: View) -> None:
        """Makes the pages of what is shown, beside the window."""
        self._turn += 1
        turn, database = self._turn, self._desk.database
        self.told.tell(UNDER_WAY)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

        def work(_: object) -> bytes:
            from nhsdesk.commands import register_files

            return register_files.as_pages(database, view)

        self._desk.background.start(
            f"Making pages of {view.kind.nouns}",
            work,
            lambda content: self._arrived(turn, content),
            failed=self.told.tell,
        )

    def _arrived(self, turn: int, content: bytes) -> None:
        if turn != self._turn:
            return
        if self.pages is None:
            from nhsdesk.desktop.papers.pdf_preview import PdfPreview

            self.pages = PdfPreview()
            self.pages.said.connect(self._desk.say)
            self.pages.wanted.connect(self._open)
            self._inside.insertWidget(1, self.pages, 100)
        self.told.tell("")
        self.pages.show_pages(content)
        if self.isVisible():
            self.pages.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, ref: str) -> None:
        from nhsdesk.commands import papers

        found = self._desk.attempt(lambda: papers.entry_of(self._desk.database, ref))
        if found is not None:
            self._desk.show(found.KIND.name, found.id)
