"""Pages in the window: small ones, figures that open their entries, words found, and what goes to a printer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import asking, printing
from nhsdesk.desktop.papers.pdf_preview import PdfPreview
from nhsdesk.documents import pdf, tracing
from nhsdesk.documents.model import Figure, Paragraph, Report, Section

PAPER = tracing.traced(
    Report(
        "Board paper",
        "For a test",
        "Eastfield PCN",
        date(2026, 11, 20),
        datetime(2026, 11, 20, 9, tzinfo=UTC),
        (
            Section(
                "Actions",
                (Paragraph("1 action is late. C-014 rests on it. 2 risks are open."),),
                figures=(
                    Figure("1 action", "1", "Late actions", "overdue", ("A-007",)),
                    Figure("2 risks", "2", "Open risks", "open", ("RK-001", "RK-002")),
                ),
            ),
            Section("More", (Paragraph("A federation, and another federation."),), own_page=True),
        ),
        "foot",
    )
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf.write(PAPER)


@pytest.fixture
def preview(content: bytes, qtbot: QtBot) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    assert made.show_pages(content)
    made.show_figures(PAPER.figures, {"RK-001": "Rooms", "RK-002": "Staff"})
    return made


def place_of(preview: PdfPreview, words: str) -> QPoint:
    """Where words stand on the first page, in the view."""
    document, laid = preview.view.document(), preview.view.laid()
    box = document.getSelectionAtIndex(0, preview.text(0).index(words), len(words)).boundingRectangle()
    scale = laid.size(0)[0] / laid.sizes[0][0]
    left = (laid.width - laid.size(0)[0]) / 2
    return QPointF(left + box.center().x() * scale, laid.margins[1] + box.center().y() * scale).toPoint()


def clicked_twice(preview: PdfPreview, words: str) -> None:
    QTest.mouseDClick(preview.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(preview, words))


@pytest.mark.parametrize(("words", "opened"), [("[1]", "A-007"), ("action", "A-007"), ("C-014", "C-014")])
@pytest.mark.parametrize("zoomed", [0, 2])
def test_a_double_click_on_a_figure_or_a_reference_opens_its_entry(
    preview: PdfPreview, qtbot: QtBot, words: str, opened: str, zoomed: int
) -> None:
    for _ in range(zoomed):
        preview.zoom_out.click()
    with qtbot.waitSignal(preview.wanted, timeout=1000) as told:
        clicked_twice(preview, words)
    assert told.args == [opened]


def test_a_figure_of_several_entries_opens_their_list_and_enter_opens_one(
    preview: PdfPreview, qtbot: QtBot
) -> None:
    clicked_twice(preview, "[2]")
    assert preview.figures.isVisible()
    current = preview.figures.currentItem()
    assert current is not None
    assert (current.text(0), current.text(1)) == ("RK-001", "Rooms")
    QTest.keyClick(preview.figures, Qt.Key.Key_Down)
    with qtbot.waitSignal(preview.wanted, timeout=1000) as told:
        QTest.keyClick(preview.figures, Qt.Key.Key_Return)
    assert told.args == ["RK-002"]


def test_words_are_found_counted_and_gone_to(preview: PdfPreview, qtbot: QtBot) -> None:
    QTest.keyClicks(preview.finder.edit, "federation")
    qtbot.waitUntil(lambda: preview.finder.told.text() == "2 places")
    QTest.keyClick(preview.finder.edit, Qt.Key.Key_Return)
    assert preview.finder.told.text() == "1 of 2"
    qtbot.waitUntil(lambda: preview.page_words.text() == "Page 2 of 2")


def test_a_small_page_leads_to_the_large_one(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_small.click()
    preview.small.setFocus()
    assert preview.small.model().rowCount() == 2
    QTest.keyClick(preview.small, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: preview.page_words.text() == "Page 2 of 2")


def test_chosen_pages_are_printed_in_grey(
    preview: PdfPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = printing.printer()
    chosen.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    chosen.setOutputFileName(str(tmp_path / "printed.pdf"))
    chosen.setColorMode(QPrinter.ColorMode.GrayScale)
    chosen.setPrintRange(QPrinter.PrintRange.PageRange)
    chosen.setFromTo(1, 2)
    monkeypatch.setattr(asking, "choose_printer", lambda *_: chosen)
    said: list[str] = []
    preview.said.connect(said.append)
    preview.print_it.click()
    assert said == ["2 pages sent to the file chosen."]
    with pdfium.PdfDocument(tmp_path / "printed.pdf") as printed:
        assert len(printed) == 2
        colours = printed[0].render(scale=0.5).to_pil().convert("RGB").getcolors(1_000_000)
    assert colours is not None
    assert all(red == green == blue for _, (red, green, blue) in colours)


def test_nothing_is_printed_where_the_person_thought_better_of_it(
    preview: PdfPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_printer", lambda *_: None)
    said: list[str] = []
    preview.said.connect(said.append)
    preview.print_it.click()
    assert said == []


def test_all_pages_are_wanted_unless_a_range_is_given() -> None:
    chosen = printing.printer()
    assert printing.pages_wanted(chosen, 5) == range(5)
    chosen.setPrintRange(QPrinter.PrintRange.PageRange)
    chosen.setFromTo(2, 9)
    assert printing.pages_wanted(chosen, 5) == range(1, 5)
