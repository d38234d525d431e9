"""The paper as it will be: pages or sheets, or a sentence that says why there is nothing to show yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from nhsdesk.desktop import words
from nhsdesk.desktop.papers.showing import Shown

if TYPE_CHECKING:  # both are loaded when the first of their kind is shown
    from nhsdesk.desktop.papers.pdf_preview import PdfPreview
    from nhsdesk.desktop.papers.sheet_preview import SheetPreview

UNREADABLE = "This file cannot be shown here. Save it, and open it in the program it is for."


class Preview(QFrame):
    """One place for both kinds of paper, made when the first of its kind is shown."""

    chosen = Signal(tuple)
    """The cells of a row somebody pressed Enter on, or the one reference followed on a page."""
    said = Signal(str)
    """What became of printing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.message = words.label(role="quiet")
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.pdf: PdfPreview | None = None
        self.sheets: SheetPreview | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 12)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self.message)
        outer.addWidget(inside)

    def say(self, sentence: str) -> None:
        """Shows a sentence in place of a paper."""
        self.message.setText(sentence)
        self._stack.setCurrentWidget(self.message)

    def show_file(self, shown: Shown) -> None:
        """Shows a paper's file."""
        if shown.sheets:
            sheets = self._sheet_preview()
            sheets.show_sheets(shown.sheets)
            self._stack.setCurrentWidget(sheets)
        elif shown.pages and self._pdf_preview().show_pages(shown.pages):
            self._pdf_preview().show_figures(shown.figures, shown.titles)
            self._stack.setCurrentWidget(self._pdf_preview())
        else:
            self.say(UNREADABLE)

    def _pdf_preview(self) -> PdfPreview:
        if self.pdf is None:
            from nhsdesk.desktop.papers.pdf_preview import PdfPreview

            self.pdf = PdfPreview()
            self.pdf.wanted.connect(lambda ref: self.chosen.emit((ref,)))
            self.pdf.said.connect(self.said)
            self._stack.addWidget(self.pdf)
        return self.pdf

    def _sheet_preview(self) -> SheetPreview:
        if self.sheets is None:
            from nhsdesk.desktop.papers.sheet_preview import SheetPreview

            self.sheets = SheetPreview()
            self.sheets.chosen.connect(self.chosen)
            self._stack.addWidget(self.sheets)
        return self.sheets
