"""The real pages of a PDF, as they will be printed, from its bytes."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop import icons, words

SMALLEST, LARGEST, STEP = 0.25, 4.0, 1.25


class PdfPreview(QWidget):
    """Pages below one another, as wide as there is room, until somebody zooms."""

    def __init__(self) -> None:
        super().__init__()
        self._document = QPdfDocument(self)
        self._held: QBuffer | None = None
        self.view = QPdfView(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName("Pages of the paper")
        self.page_words = words.label(role="quiet", wrap=False)
        self.zoom_out = _button("Smaller", "zoom-out", self._smaller)
        self.zoom_in = _button("Larger", "zoom-in", self._larger)
        self.fit = _button("Fit the width", "", self._fit_the_width)
        self._lay_out()
        self.view.pageNavigator().currentPageChanged.connect(self._tell_page)

    def show_pages(self, content: bytes) -> bool:
        """Shows a PDF from its first page; False where it cannot be read as one."""
        self._document.close()
        # The document reads on while pages are drawn, so its bytes must stay.
        self._held = QBuffer(self)
        self._held.setData(QByteArray(content))
        self._held.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._held)
        self._tell_page(0)
        return self._document.status() is QPdfDocument.Status.Ready

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def text(self, page: int) -> str:
        """The words of a page, as a screen reader is given them."""
        return self._document.getAllText(page).text()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        bar.addWidget(self.page_words)
        bar.addStretch(1)
        for button in (self.zoom_out, self.zoom_in, self.fit):
            bar.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(bar)
        whole.addWidget(self.view, 1)

    def _tell_page(self, page: int) -> None:
        self.page_words.setText(f"Page {page + 1} of {self.pages}" if self.pages else "")
        self.view.setAccessibleDescription(self.text(page) if page < self.pages else "")

    def _shown_factor(self) -> float:
        """How large the pages are drawn now, whichever way that was chosen."""
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom or not self.pages:
            return self.view.zoomFactor()
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        widest = max(self._document.pagePointSize(page).width() for page in range(self.pages))
        # A point is 1/72 of an inch.
        return room / (widest * self.view.logicalDpiX() / 72)

    def _zoom(self, factor: float) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(LARGEST, max(SMALLEST, factor)))

    def _smaller(self) -> None:
        self._zoom(self._shown_factor() / STEP)

    def _larger(self) -> None:
        self._zoom(self._shown_factor() * STEP)

    def _fit_the_width(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)


def _button(text: str, icon: str, pressed: object) -> QPushButton:
    button = QPushButton(text)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if icon:
        icons.put(button, icon)
    button.clicked.connect(pressed)
    return button
