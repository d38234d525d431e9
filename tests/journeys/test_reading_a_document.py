"""A clinical director reads a long paper on a train: ten commitments with page and quotation, counted key by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nhsdesk.commands import documents
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.reading_page import ReadingPage
from nhsdesk.domain.commitments import Commitment, QuotationFound
from nhsdesk.domain.sources import SourceDocument
from tests.desktop.conftest import *  # noqa: F403 - the window and those who sit at it
from tests.desktop.desk_side import Person
from tests.documents.test_text import pdf

MOST = 15
"""Keystrokes and clicks for each commitment, beyond typing its words."""


class Counting(QObject):
    """Counts keys that type nothing, and clicks."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            # What a control leaves alone comes by its parents too: one click is counted where it fell.
            fell_here = isinstance(watched, QWidget) and watched.childAt(event.position().toPoint()) is None
            self.count += fell_here
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            types = event.text().isprintable() and event.text() != ""
            self.count += watched is QApplication.focusWidget() and not types
        return False


def page(person: Person) -> ReadingPage:
    place = person.window.page
    assert place is not None
    assert isinstance(place.page, ReadingPage)
    return place.page


def drags_over(person: Person, words: str) -> None:
    """Selects words on the page as a hand does: click before them, Shift and click behind them."""
    text = page(person).page.text
    begins = text.toPlainText().index(words)
    for at, held in (
        (begins, Qt.KeyboardModifier.NoModifier),
        (begins + len(words), Qt.KeyboardModifier.ShiftModifier),
    ):
        cursor = text.textCursor()
        anchor = cursor.anchor()
        cursor.setPosition(at)
        spot = text.cursorRect(cursor).center()
        if not text.viewport().rect().contains(spot):
            text.verticalScrollBar().setValue(text.verticalScrollBar().value() + cursor.blockNumber())
            spot = text.cursorRect(cursor).center()
        assert anchor >= 0
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, held, QPoint(spot.x(), spot.y()))
    person.waits()


def captures(person: Person, find: str, what: str, who: str, by_when: str) -> None:
    """From the cursor in the page to the next: finds the words, takes them, and gives the answers."""
    QTest.mouseClick(person.control("Find in this document"), Qt.MouseButton.LeftButton)
    person.presses("Ctrl+A")
    person.types(find)
    person.presses("Return")
    person.clicks("New commitment from these words")
    person.types(what)
    person.presses("Tab")
    person.types(who)
    person.presses("Tab")
    person.types(by_when)
    person.presses("Return")


@pytest.fixture
def watch() -> Iterator[Counting]:
    counting, application = Counting(), QApplication.instance()
    assert application is not None
    application.installEventFilter(counting)
    yield counting
    application.removeEventFilter(counting)


def take_in(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> SourceDocument:
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    person.clicks("Take in a document…")
    with person.database.read() as reader:
        return reader.all(SourceDocument)[-1]


def kept(person: Person, document: SourceDocument) -> tuple[Commitment, ...]:
    return documents.read_from(person.database, document)


def test_ten_commitments_are_read_from_a_paper_in_fifteen_keys_and_clicks_each(
    newcomer: Person, watch: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Neighbourhood_plan.pdf"
    path.write_bytes(
        pdf(
            *(
                (f"Chapter {n}", f"{n}.1 Each PCN gives the board report {n}", "every quarter.")
                for n in range(1, 13)
            )
        )
    )
    newcomer.goes_to("Commitments", "Read a document")
    document = take_in(newcomer, path, monkeypatch)
    counts = []
    for n in range(1, 11):
        watch.count = 0
        if n % 2:
            captures(newcomer, f"the board report {n}", f"Report {n} to the board", "Place board", "30/1")
        else:  # by hand: turn the page, drag over the words, Enter
            newcomer.clicks("Next page")
            drags_over(newcomer, f"PCN gives the board report {n}")
            newcomer.presses("Return")
            newcomer.types(f"Report {n} to the board")
            newcomer.presses("Return")
        counts.append(watch.count)
    assert max(counts) <= MOST, counts
    assert min(counts) >= 4, counts  # it does count
    found = kept(newcomer, document)
    assert [one.locator for one in found] == [f"p{n}" for n in range(1, 11)]
    assert all(one.quotation and f"report {n}" in one.quotation for n, one in enumerate(found, 1))
    read = documents.text_of(newcomer.database, document)
    checked = documents.recheck(newcomer.database, document, read)
    assert [one.finding.found for one in checked] == [QuotationFound.THERE] * 10


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            "epraccur_spec.pdf",
            (
                "do not always close practices that are inactive",
                "often a practice will be given a state",
                "unnecessary re-allocation of codes",
                "prior to their opening",
                "take note of a record's status",
                "follows the standard 27 field format",
                "As advised by NHS England",
                "Code for the Commissioning Organisation",
                "Public Health Service",
                "Secure Training Centre",
            ),
        ),
        ("ePCN_Specification.pdf", ("core partners within each PCN", "Partner Organisation Code")),
    ],
)
def test_words_of_the_real_specifications_are_read_and_found_again(
    newcomer: Person,
    watch: Counting,
    shared_data: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    words: tuple[str, ...],
) -> None:
    newcomer.goes_to("Commitments", "Read a document")
    document = take_in(newcomer, shared_data / "reference" / file, monkeypatch)
    for one in words:
        watch.count = 0
        captures(newcomer, one, f"Keep to {one}", "NHS England", "")
        assert watch.count <= MOST
    read = documents.text_of(newcomer.database, document)
    checked = documents.recheck(newcomer.database, document, read)
    assert [one.finding.found for one in checked] == [QuotationFound.THERE] * len(words)
