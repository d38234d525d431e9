"""Handing a request over at the window, and taking its answer in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from nhsdesk.desktop import asking
from nhsdesk.desktop.support.hand_over_page import HandOverPage
from nhsdesk.documents import sealed
from nhsdesk.domain.requests import RequestCopy, SupportRequest
from tests.commands.handing import AGREED, PASSPHRASE, answered, given, request
from tests.desktop.desk_side import Person


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", 4)


@pytest.fixture
def page(newcomer: Person) -> Iterator[HandOverPage]:
    assert newcomer.window.desk is not None
    made = HandOverPage(newcomer.window.desk)
    made.resize(900, 900)
    made.show()
    made.shown()
    yield made
    made.close()


def said(page: HandOverPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def pressed(page: HandOverPage, words: str) -> None:
    next(one for one in page.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()


def field(page: HandOverPage, name: str) -> QLineEdit:
    return next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == name)


def to(page: HandOverPage, whom: str) -> None:
    page._out._to.setText(whom)


def way(page: HandOverPage, words: str) -> None:
    box = next(one for one in page.findChildren(QComboBox) if one.accessibleName() == "As what")
    box.setCurrentIndex(next(at for at in range(box.count()) if words in box.itemText(at)))


def test_without_a_request_it_says_where_to_begin(page: HandOverPage) -> None:
    assert "No request is open." in said(page)
    assert "Nobody outside holds a copy." in said(page)


def test_a_request_that_was_not_agreed_says_what_is_missing(newcomer: Person, page: HandOverPage) -> None:
    request(newcomer.database, practice_agreed_on=None, agreed_words=None)
    newcomer.waits()
    assert "SR-001: The practice has not agreed its words yet." in said(page)
    assert not any(
        one.isVisible() and one.text() == "Write the copy…" for one in page.findChildren(QPushButton)
    )


def test_a_file_under_a_passphrase_is_written_once_all_is_said(
    newcomer: Person, page: HandOverPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request(newcomer.database)
    newcomer.waits()
    target = tmp_path / "SR-001.nhsdesk-request"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    leaves = [page._out._leaves.words(row)[1] for row in range(page._out._leaves.rowCount())]
    assert any(words.startswith(AGREED) for words in leaves)
    pressed(page, "Write the copy…")
    assert "Say to whom it goes" in said(page)
    to(page, "Host desk")
    field(page, "Passphrase").setText("Chandler Road Surgery")
    pressed(page, "Write the copy…")
    assert "what everybody knows" in said(page)
    field(page, "Passphrase").setText(PASSPHRASE)
    pressed(page, "Write the copy…")
    assert "The two passphrases differ." in said(page)
    assert not target.exists()
    field(page, "Passphrase, once more").setText(PASSPHRASE)
    pressed(page, "Write the copy…")
    newcomer.waits()
    assert (
        "SR-001.nhsdesk-request was written, and noted as SJ-001. Tell the passphrase by telephone"
        in said(page)
    )
    assert field(page, "Passphrase").text() == ""
    with newcomer.database.read() as reader:
        assert [one.given_to for one in reader.all(RequestCopy)] == ["Host desk"]
    assert page._out._copies.words(0)[0] == "Host desk"


def test_an_answer_is_shown_and_taken_in_with_one_press_and_undone_with_one(
    newcomer: Person, page: HandOverPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, _ = given(newcomer.database, request(newcomer.database), tmp_path)
    today = newcomer.database.today()
    path = answered(form, offer="Two sessions", offered_on=today, closed_on=date(2030, 1, 1))
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    pressed(page, "Choose the answer…")
    assert "An answer to SR-001: 2 changes. 1 cell is left out." in said(page)
    assert page._back.preview.wrong.words(0)[1:] == ("Closed on", "1 January 2030 has not come.")
    pressed(page, "Take in the answer")
    newcomer.waits()
    assert "2 changes written to SR-001, as one step." in said(page)
    pressed(page, "Choose the answer…")
    assert "This answer to SR-001 was already read on" in said(page)
    newcomer.database.undo()
    with newcomer.database.read() as reader:
        assert reader.all(SupportRequest)[0].offer is None


def test_a_wrong_file_is_told_and_nothing_is_shown(
    newcomer: Person, page: HandOverPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(b"not a workbook")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    pressed(page, "Choose the answer…")
    assert "other.xlsx was not read: it is not an Excel workbook." in newcomer.message
    assert not page._back.preview.changes.isVisible()
