"""A manager's first days at the window, with the keyboard alone: nothing is replaced but the clock and file dialogs."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from nhsdesk.desktop import asking
from nhsdesk.domain.arrs import Assignment, Pay, Post
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.sources import SourceDocument
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, tab_to
from tests.desktop.desk_side import left_open
from tests.journeys.conftest import SitsDown
from tests.journeys.typist import Typist


@pytest.fixture
def chosen(tmp_path: Path, practice_map: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person saves into; the file they open is the map of practices."""
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(asking, "choose_existing", lambda *_: practice_map)
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: out / name)
    return out


def test_a_managers_first_days_with_the_keyboard_alone(
    sits_down: SitsDown, chosen: Path, clock: Clock
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
