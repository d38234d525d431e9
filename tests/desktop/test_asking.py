"""Asking for files and folders: what is suggested, what ending is added, and that one may think better of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import asking


@pytest.fixture
def answer(qtbot: QtBot) -> Callable[[str | None], list[str]]:
    """Types a name into the question that comes, or leaves it with Escape; gives what stood there before."""

    def prepared(typed: str | None) -> list[str]:
        stood: list[str] = []

        def act() -> None:
            asked = QApplication.activeModalWidget()
            assert isinstance(asked, QFileDialog)
            name = asked.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(name, QLineEdit)
            stood.extend([asked.windowTitle(), name.text()])
            if typed is None:
                QTest.keyClick(asked, Qt.Key.Key_Escape)
            else:
                name.setText(typed)
                asked.accept()

        QTimer.singleShot(0, act)
        return stood

    return prepared


def test_a_name_is_suggested_and_its_ending_added(
    tmp_path: Path, answer: Callable[[str | None], list[str]]
) -> None:
    stood = answer("October")
    chosen = asking.choose_file(None, "Save the claim", tmp_path, "Claim.xlsx", "Excel workbook (*.xlsx)")
    assert chosen == tmp_path / "October.xlsx"
    assert stood == ["Save the claim", "Claim.xlsx"]


def test_escape_chooses_nothing(tmp_path: Path, answer: Callable[[str | None], list[str]]) -> None:
    answer(None)
    assert asking.choose_file(None, "Save", tmp_path, "Claim.xlsx", "Excel workbook (*.xlsx)") is None
    answer(None)
    assert asking.choose_folder(None, "Where", tmp_path) is None


def test_a_file_that_is_there_is_chosen(tmp_path: Path, answer: Callable[[str | None], list[str]]) -> None:
    (tmp_path / "Ours.nhsdesk").write_bytes(b"x")
    answer("Ours.nhsdesk")
    chosen = asking.choose_existing(None, "Open", tmp_path, "PCN file (*.nhsdesk)")
    assert chosen == tmp_path / "Ours.nhsdesk"


def test_a_folder_that_is_gone_gives_way_to_the_one_above(
    tmp_path: Path, answer: Callable[[str | None], list[str]]
) -> None:
    answer("Claim")
    gone = tmp_path / "gone" / "and gone"
    assert asking.choose_file(None, "Save", gone, "", "PDF (*.pdf)") == tmp_path / "Claim.pdf"
