"""A manager's first days at the window, with the keyboard alone: nothing is replaced but the clock and file dialogs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QMenu, QPlainTextEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from nhsdesk import paths, settings
from nhsdesk.desktop import asking, start
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.window import Window
from nhsdesk.domain.arrs import Assignment, Pay, Post
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.fields import Record
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, press, tab_to
from tests.desktop.desk_side import left_open


@dataclass
class Typist:
    """Somebody with a keyboard and no mouse."""

    window: Window
    qtbot: QtBot

    # ---- doing

    def presses(self, *keys: str) -> None:
        for one in keys:
            press(one, self.window)
            self.waits()

    def types(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        QTest.keyClicks(focus, words)
        self.waits()

    def tabs_to(self, name: str) -> QWidget:
        """Goes on with Tab until the focus is on what bears the name."""
        found = tab_to(self.window, lambda one: name_of(one) == name, f"“{name}”")
        self.waits()
        return found

    def presses_the_button(self, name: str) -> None:
        self.tabs_to(name)
        self.presses("Space")

    def fills(self, name: str, words: str) -> None:
        """Goes to the field, types, and goes on."""
        field = self.tabs_to(name)
        if not isinstance(field, QComboBox) or field.isEditable():
            self.presses("Ctrl+A")
        self.types(words)
        self.presses("Tab")

    def turns_to(self, tab: str) -> None:
        """Goes to the tabs that have one of these words, and to that one with the arrow."""

        def has_it(one: QWidget) -> bool:
            return isinstance(one, QTabBar) and any(_named(one, n, tab) for n in range(one.count()))

        bar = tab_to(self.window, has_it, f"the tab “{tab}”")
        assert isinstance(bar, QTabBar)
        for _ in range(bar.count()):
            if _named(bar, bar.currentIndex(), tab):
                return
            self.presses("Right")
        for _ in range(bar.count()):
            if _named(bar, bar.currentIndex(), tab):
                return
            self.presses("Left")
        raise AssertionError(f"arrows do not lead to “{tab}”")

    def picks_paper(self, title: str) -> None:
        """Goes down the list of papers to one, and waits until it is shown."""
        found = self.tabs_to("Returns and papers")
        assert isinstance(found, QListView)
        self.presses(*["Up"] * found.model().rowCount())
        for _ in range(found.model().rowCount()):
            if found.currentIndex().data() == title:
                break
            self.presses("Down")
        assert found.currentIndex().data() == title
        self.waits()

    # ---- waiting and reading

    def waits(self, until: Callable[[], object] = lambda: True) -> None:
        QCoreApplication.processEvents()
        self.window.background.wait()
        self.qtbot.waitUntil(lambda: bool(until()))

    @property
    def database(self) -> Database:
        assert self.window.desk is not None, "no file is open"
        return self.window.desk.database

    @property
    def told(self) -> str:
        return self.window.status.said

    def holds(self, cls: type[Record]) -> list[Record]:
        with self.database.read() as reader:
            return list(reader.all(cls))

    def kept(self) -> dict[str, bytes]:
        """Every paper kept as sent, by its key."""
        with self.database.read() as reader:
            return {one.paper: reader.kept_bytes(one.kept.sha256) or b"" for one in reader.all(SentPaper)}

    def everything(self) -> dict[str, list[Record]]:
        """All that the file holds, by kind."""
        return {name: self.holds(kind.cls) for name, kind in KINDS.items()}

    def offers(self, word: str) -> str:
        """What Undo or Redo says it would do, as the Edit menu has it."""
        self.presses("Alt+E")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        said = next(one.text() for one in menu.actions() if one.text().split(":")[0].split()[0] == word)
        self.presses("Escape")
        if QApplication.activePopupWidget() is not None:
            self.presses("Escape")
        return said


def _named(bar: QTabBar, at: int, tab: str) -> bool:
    return re.sub(r" \(?\d+\)?$", "", words_on(bar, at)) == tab


def words_on(bar: QTabBar, number: int) -> str:
    return bar.tabText(number).replace("&&", "&")


@pytest.fixture
def chosen(tmp_path: Path, practice_map: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person saves into; the file they open is the map of practices."""
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(asking, "choose_existing", lambda *_: practice_map)
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: out / name)
    return out


@pytest.fixture
def sits_down(qtbot: QtBot, own_home: Path) -> Iterator[Callable[[Clock], Typist]]:
    """Starts the program as a person does."""
    opened: list[Window] = []

    def start_(clock: Clock) -> Typist:
        preferences = Preferences(settings.load(paths.settings_file()), paths.settings_file())
        window = start.made_window(start.application(), preferences, clock)
        opened.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Typist(window, qtbot)

    yield start_
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_managers_first_days_with_the_keyboard_alone(
    sits_down: Callable[[Clock], Typist], chosen: Path, clock: Clock
) -> None:
    one = sits_down(clock)
    a_new_file_for_our_pcn(one)
    a_post_with_hours_and_pay(one)
    claim = october_is_claimed(one, chosen)
    a_commitment_with_its_source(one)
    board = the_board_is_told(one, chosen)
    three_steps_back_two_again(one)
    held = one.everything()
    one.presses("Ctrl+Q")
    assert not one.window.isVisible()
    assert not left_open()

    again = sits_down(clock)
    again.presses("Return")
    again.waits(lambda: again.window.desk is not None)
    assert again.window.windowTitle().startswith("North Stockton")
    assert again.everything() == held
    assert again.kept() == {"arrs-claim": claim.read_bytes(), "place-board": board.read_bytes()}
    assert where_the_commitment_stands(again) == (date(2027, 1, 30), Status.AT_RISK, None)
    assert again.offers("Undo") == "Undo: Change Status of C-001"
    again.presses("Ctrl+7")
    again.picks_paper("ARRS monthly claim")
    again.turns_to("Sent before")
    claim.unlink()
    again.presses_the_button("Save again…")
    assert claim.read_bytes() == again.kept()["arrs-claim"]
    again.presses("Ctrl+W")
    assert again.window.desk is None


def a_new_file_for_our_pcn(one: Typist) -> None:
    assert name_of(QApplication.focusWidget() or one.window) == "New PCN file"
    one.presses("Return")
    one.presses_the_button("Choose NHS England's file…")
    one.tabs_to("Find your PCN")
    one.types("U07032")
    one.presses("Return")
    one.presses("Return")
    one.waits(lambda: one.window.desk is not None)
    assert len(one.holds(Practice)) > 1
    assert "not locked with a key" in one.window.message
    one.presses_the_button("Close this message")
    assert one.window.message == ""


def a_post_with_hours_and_pay(one: Typist) -> None:
    one.presses("Ctrl+6")
    one.waits(lambda: one.window.findChild(QWidget, "london_zone") is not None)
    one.fills("London zone", "outside")
    first = one.holds(Practice)[0]
    assert isinstance(first, Practice)
    assert first.london_zone is not None
    one.presses("Ctrl+3", "Ctrl+N")
    one.fills("Role", "Clinical pharmacist")
    one.fills("Contracted hours a week", "37.5")
    one.fills("Practice base", first.ref)
    one.fills("Start date", "1 Apr 2026")
    (post,) = one.holds(Post)
    assert isinstance(post, Post)
    assert (post.contracted, post.base, post.starts) == (Hours.of("37.5"), first.id, date(2026, 4, 1))
    one.turns_to("Assignments")
    one.presses_the_button("Add assignment")
    one.fills("Hours a week", "37.5")
    one.fills("From", "1 Apr 2026")
    (assignment,) = one.holds(Assignment)
    assert isinstance(assignment, Assignment)
    assert (assignment.post, assignment.hours) == (post.id, Hours.of("37.5"))
    one.presses_the_button("Back to the ARRS post")
    one.turns_to("Pay")
    one.presses_the_button("Add pay")
    one.fills("From", "1 Apr 2026")
    one.fills("Salary a month", "4,400")
    (pay,) = one.holds(Pay)
    assert isinstance(pay, Pay)
    assert (pay.post, pay.salary) == (post.id, Money.pounds("4400.00"))


def october_is_claimed(one: Typist, folder: Path) -> Path:
    one.presses("Ctrl+7")
    one.picks_paper("ARRS monthly claim")
    saved_as_sent(one)
    claim = folder / "ARRS monthly claim 2026-10.xlsx"
    book = openpyxl.load_workbook(BytesIO(claim.read_bytes()))
    rows = list(book["Claim"].iter_rows(min_row=4, values_only=True))
    (line,) = [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0] != "Total"]
    assert line["Claimed (£)"] == 5630.17
    assert "P-001" in line.values()
    return claim


def saved_as_sent(one: Typist) -> None:
    tab_to(one.window, lambda found: name_of(found).startswith("I have read"), "the points to be read")
    one.presses("Space")
    one.presses_the_button("Save as sent…")
    assert "kept as SP-" in one.told


def a_commitment_with_its_source(one: Typist) -> None:
    one.presses("Ctrl+2", "Ctrl+N")
    one.fills("What", "Offer enhanced access")
    one.presses_the_button("Add to “Where it is written” something not yet listed")
    one.fills("Title", "Network Contract DES")
    one.presses_the_button("Back to the commitment")
    one.fills("Page or paragraph", "page 40")
    quotation = one.tabs_to("Exact words")
    assert isinstance(quotation, QPlainTextEdit)
    one.types("A PCN must provide enhanced access")
    one.presses("Tab")
    (commitment,) = one.holds(Commitment)
    (document,) = one.holds(SourceDocument)
    assert isinstance(commitment, Commitment)
    assert commitment.document == document.id
    assert (commitment.locator, commitment.quotation) == ("page 40", "A PCN must provide enhanced access")


def the_board_is_told(one: Typist, folder: Path) -> Path:
    one.presses("Ctrl+7")
    one.picks_paper("Place board briefing")
    one.tabs_to("Pages of the paper")
    saved_as_sent(one)
    (board,) = folder.glob("Place board briefing *.pdf")
    document = pdfium.PdfDocument(board.read_bytes())
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert "Offer enhanced access" in text
    assert "A PCN must provide enhanced access" in text
    return board


def three_steps_back_two_again(one: Typist) -> None:
    one.presses("Ctrl+2")
    one.fills("By when", "30/1/2027")
    one.fills("Status", "at")
    one.fills("In words, and why", "Parked until spring")
    assert where_the_commitment_stands(one) == (date(2027, 1, 30), Status.AT_RISK, "Parked until spring")
    one.presses("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert where_the_commitment_stands(one) == (None, None, None)
    one.presses("Ctrl+Y", "Ctrl+Y")
    assert where_the_commitment_stands(one) == (date(2027, 1, 30), Status.AT_RISK, None)


def where_the_commitment_stands(one: Typist) -> tuple[date | None, Status | None, str | None]:
    (found,) = one.holds(Commitment)
    assert isinstance(found, Commitment)
    return found.due, found.status, found.result
