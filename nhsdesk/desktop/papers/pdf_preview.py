"""The real pages of a PDF, as they will be printed, from its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop import asking, icons, theme, words
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.papers.figure_list import FigureList
from nhsdesk.desktop.papers.find_in_pages import FindInPages
from nhsdesk.desktop.papers.page_view import PageView
from nhsdesk.desktop.papers.thumbnails import Thumbnails
from nhsdesk.desktop.split import Split
from nhsdesk.documents.model import Figure

SMALLEST, LARGEST, STEP = 0.25, 4.0, 1.25


class PdfPreview(QWidget):
    """Small pages, large pages, and the figures with their entries."""

    wanted = Signal(str)
    """The reference of an entry to be opened."""
    said = Signal(str)
    """What became of printing."""

    def __init__(self) -> None:
        super().__init__()
        self._document = QPdfDocument(self)
        self._held: QBuffer | None = None
        self.view = PageView(self._document, self)
        self.small = Thumbnails(self._document)
        self.figures = FigureList()
        self.finder = FindInPages(self._document, self.view)
        self.page_words = words.label(role="quiet", wrap=False)
        self.zoom_out = _button("Smaller", "zoom-out", self._smaller)
        self.zoom_in = _button("Larger", "zoom-in", self._larger)
        self.fit = _button("Fit the width", "", self._fit_the_width)
        self.show_small = _toggle("Small pages", self.small)
        self.show_figures_ = _toggle("Figures", self.figures)
        self.print_it = _button("Print…", "print", self._print)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.view.pageNavigator().currentPageChanged.connect(self._tell_page)
        self.view.followed.connect(self._follow)
        self.small.wanted.connect(self.go_to)
        self.figures.wanted.connect(self.wanted)
        for keys, work in (("Ctrl+F", self._into_find), ("Ctrl+P", self._print)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(work)

    def show_figures(self, figures: Sequence[Figure], titles: Mapping[str, str]) -> None:
        """The figures of the paper shown, with their entries, which have these titles."""
        self.figures.show_figures(figures, titles)
        self.show_figures_.setVisible(bool(figures))
        self.figures.setVisible(bool(figures) and self.show_figures_.isChecked())

    def go_to(self, page: int) -> None:
        """Brings a page into sight."""
        navigator = self.view.pageNavigator()
        if page != navigator.currentPage():
            navigator.jump(page, QPointF(), navigator.currentZoom())

    def show_pages(self, content: bytes) -> bool:
        """Shows a PDF from its first page; False where it cannot be read as one."""
        self._document.close()
        # The document reads on while pages are drawn, so its bytes must stay.
        self._held = QBuffer(self)
        self._held.setData(QByteArray(content))
        self._held.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._held)
        self.small.anew()
        self.finder.anew()
        self._tell_page(0)
        return self._document.status() is QPdfDocument.Status.Ready

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def text(self, page: int) -> str:
        """The words of a page, as a screen reader is given them."""
        return self._document.getAllText(page).text()

    def _follow(self, told: str) -> None:
        """A reference opens its entry; a figure its one entry, or its list where it has several."""
        if not told.isdigit():
            self.wanted.emit(told)
            return
        figure = self.figures.figure(int(told))
        if figure is not None and len(figure.refs) == 1:
            self.wanted.emit(figure.refs[0])
        elif figure is not None:
            self.show_figures_.setChecked(True)
            self.figures.go_to(figure.number)

    def _into_find(self) -> None:
        self.finder.edit.setFocus()
        self.finder.edit.selectAll()

    def _print(self) -> None:
        if not self.pages:
            return
        chosen = asking.choose_printer(self, self.pages)
        if chosen is None:
            return
        from nhsdesk.desktop import printing

        went = printing.print_pages(self._document, chosen)
        self.said.emit(
            f"{words.counted(went, 'page', 'pages')} sent to {chosen.printerName() or 'the file chosen'}."
            if went
            else "Nothing was printed: the printer could not be reached. Look whether it is on, and print again."
        )

    def _lay_out(self) -> None:
        bar = Flow()
        bar.setSpacing(8)
        for control in (
            self.show_small, self.show_figures_, self.finder, self.zoom_out, self.zoom_in, self.fit, self.print_it,
            self.page_words,
        ):  # fmt: skip
            bar.addWidget(control)
        self.small.hide()
        self.figures.hide()
        self.show_figures_.hide()
        beside = Split()
        beside.setChildrenCollapsible(False)
        for part in (self.small, self.view, self.figures):
            beside.addWidget(part)
        beside.setStretchFactor(1, 1)
        beside.setSizes([theme.px(132), theme.px(500), theme.px(300)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(bar)
        whole.addWidget(beside, 1)

    def _tell_page(self, page: int) -> None:
        self.small.tell(page)
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


def _toggle(text: str, part: QWidget) -> QPushButton:
    """A button that shows and hides a part."""
    button = QPushButton(text)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.toggled.connect(part.setVisible)
    return button


def _button(text: str, icon: str, pressed: object) -> QPushButton:
    button = QPushButton(text)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if icon:
        icons.put(button, icon)
    button.clicked.connect(pressed)
    return button
